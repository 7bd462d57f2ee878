import type { Action, FinancingLine, PlanDocument, Statut } from '../action';
import type { Referentiel } from '../rules/referentiel';
import type { Quartier, Territory } from '../territory';

/*
 * The national schema « Plan → Action → Opération → Financement », v0.2.0 (Licence Ouverte 2.0), as JSON: its four tables,
 * its field names, its words. What is ours is under two names of ours, declared in `extensions`.
 */

export const NATIONAL_SCHEMA = {
	nom: 'schema-projet-collectivites-transition-ecologique',
	version: 'v0.2.0',
	url: 'https://github.com/betagouv/schema-projet-collectivites-transition-ecologique'
} as const;

export const EXTENSIONS = {
	qpvCodes: 'Ajout de Croisée : codes des quartiers prioritaires que l’action ou l’opération nomme.',
	atteinteQpv: 'Ajout de Croisée : part ou atteinte du quartier, telle que déclarée.',
	baseMontants: 'Ajout de Croisée : base des montants du financement, HT ou TTC, quand elle est écrite.',
	baseBudget: 'Ajout de Croisée : base du budget prévisionnel, HT ou TTC, quand elle est écrite.',
	budgetExact: 'Ajout de Croisée : budget prévisionnel au centime, quand le champ entier l’arrondit.',
	budgetMax: 'Ajout de Croisée : borne haute du budget, quand il est un intervalle.',
	montantDemandeExact: 'Ajout de Croisée : montant demandé au centime, quand le champ entier l’arrondit.',
	montantAttribueExact: 'Ajout de Croisée : montant attribué au centime, quand le champ entier l’arrondit.',
	dispositifCroisee: 'Ajout de Croisée : code du dispositif de financement, quand il est reconnu.',
	natureFinancement: 'Ajout de Croisée : pret, autofinancement ou valorisation ; sans elle, une subvention.'
} as const;

/** Our words to theirs; « à discuter » is the phase « Idée » of an operation. */
const STATUTS: Readonly<Record<Statut, string>> = {
	'a-discuter': 'À venir',
	'a-venir': 'À venir',
	'en-cours': 'En cours',
	'en-retard': 'En retard',
	'en-pause': 'En pause',
	bloque: 'Bloqué',
	abandonne: 'Abandonné',
	realise: 'Terminé'
};
const ETATS: Readonly<Record<FinancingLine['etat'], string>> = {
	envisage: 'Prévisionnel',
	demande: 'Demandé',
	obtenu: 'Obtenu',
	refuse: 'Refusé'
};
/** Plan types as their list of known types writes them. */
const TYPES: Readonly<Record<string, string>> = { pcaet: 'PCAET', crte: 'CRTE', pat: 'PAT', plui: 'PLUi', pdm: 'PDM' };

export interface NationalPackage {
	readonly schema: typeof NATIONAL_SCHEMA;
	readonly extensions: typeof EXTENSIONS;
	readonly plans: readonly Record<string, unknown>[];
	readonly actions: readonly Record<string, unknown>[];
	readonly operations: readonly Record<string, unknown>[];
	readonly financements: readonly Record<string, unknown>[];
}

/**
 * Actions as the four tables of the schema: one action each, and one operation where there is money, a calendar or a phase.
 * in     `uuid`: the same text gives the same identifier
 */
export function nationalPackage(
	actions: readonly Action[],
	documents: readonly PlanDocument[],
	ref: Pick<Referentiel, 'plans' | 'enjeux'>,
	about: {
		readonly territoire: Territory;
		readonly quartiers: readonly Quartier[];
		readonly uuid: (text: string) => string;
	}
): NationalPackage {
	const { territoire, uuid } = about;
	const siren = /^\d{9}$/.test(territoire.code) ? { collectiviteResponsableSiren: territoire.code } : {};
	const planId = (id: number): string => uuid(`${territoire.code}/plan/${id}`);
	const leviers = new Set(ref.enjeux.transition.flatMap((e) => e.leviers_sgpe));
	const made = actions.map((action) => {
		const id = uuid(`${territoire.code}/action/${action.id}`);
		const shared = {
			nom: action.titre,
			...said('description', action.description),
			...siren,
			...many(
				'leviersSgpe',
				[...action.enjeuxDeclares, ...action.secteurs].filter((word) => leviers.has(word))
			),
			planIds: [planId(action.document)],
			...many('territoireCommunes', communeCodes(action, territoire)),
			...many('qpvCodes', qpvCodes(action, about.quartiers)),
			...said('atteinteQpv', action.atteinteDeclaree)
		};
		const operation = operationOf(action);
		const operationId = uuid(`${territoire.code}/operation/${action.id}`);
		return {
			action: { id, ...shared, ...said('objectifs', action.objectif), ...statut('statut', action.statut) },
			operation: operation && { id: operationId, ...shared, ...operation, actionIds: [id] },
			financements: action.financements.map((line, i) => ({
				id: uuid(`${territoire.code}/financement/${action.id}/${i}`),
				operationId,
				source: line.libelle,
				...amount('montantDemande', line.demande, 'montantDemandeExact'),
				...amount('montantAttribue', line.obtenu, 'montantAttribueExact'),
				...(line.base && { baseMontants: line.base }),
				...(line.dispositif && { dispositifCroisee: line.dispositif }),
				...(line.genre !== 'subvention' && { natureFinancement: line.genre }),
				statut: ETATS[line.etat]
			}))
		};
	});
	return {
		schema: NATIONAL_SCHEMA,
		extensions: EXTENSIONS,
		plans: documents.map((d) => ({
			id: planId(d.id),
			nom: d.titre,
			type: TYPES[d.plan] ?? ref.plans.types.find((t) => t.code === d.plan)?.court ?? d.plan,
			...period(d.periode),
			...siren,
			...many('territoireCommunes', frenchCodes(territoire.communes.map((c) => c.code)))
		})),
		actions: made.map((m) => m.action),
		operations: made.flatMap((m) => m.operation ?? []),
		financements: made.flatMap((m) => (m.operation ? m.financements : []))
	};
}

/** Money, a calendar, a phase: what makes an operation; null when the action says none. */
function operationOf(action: Action): Record<string, unknown> | null {
	const { budget, dates, financements, porteurSiren, statut: own } = action;
	const idea = own === 'a-discuter';
	if (!budget && !dates?.debut && !dates?.fin && financements.length === 0 && !idea) return null;
	return {
		...amount('budgetPrevisionnel', budget?.euros ?? null, 'budgetExact'),
		...(budget && budget.base !== 'inconnu' && { baseBudget: budget.base }),
		...(budget && budget.max !== null && { budgetMax: budget.max }),
		...said('dateDebut', dates?.debut ?? null),
		...said('dateFin', dates?.fin ?? null),
		...(own === null ? {} : { phase: idea ? 'Idée' : 'Opération' }),
		...statut('phaseStatut', own),
		// Their field is a SIRET: a SIREN is not one, it is left out rather than made up.
		...(porteurSiren && /^\d{14}$/.test(porteurSiren) ? { porteurOperationnelSiret: porteurSiren } : {})
	};
}

const said = (name: string, value: string | null): Record<string, string> => (value === null ? {} : { [name]: value });
const many = (name: string, values: readonly string[]): Record<string, readonly string[]> =>
	values.length ? { [name]: [...new Set(values)] } : {};
const statut = (name: string, value: Statut | null): Record<string, string> =>
	value === null ? {} : { [name]: STATUTS[value] };
/** Their amounts are whole euros: the cents go beside, in a field of ours. */
const amount = (name: string, euros: number | null, exact: keyof typeof EXTENSIONS): Record<string, number> =>
	euros === null ? {} : { [name]: Math.round(euros), ...(Number.isInteger(euros) ? {} : { [exact]: euros }) };

const frenchCodes = (codes: readonly string[]): string[] => codes.filter((code) => /^\d{5}$/.test(code));

/** INSEE codes of the communes an action names: their pattern takes five figures only. */
function communeCodes({ communes }: Action, territoire: Territory): string[] {
	const byName = new Map(territoire.communes.map((c) => [c.nom.toLocaleLowerCase('fr'), c.code as string]));
	return frenchCodes(communes.flatMap((name) => byName.get(name.toLocaleLowerCase('fr')) ?? name));
}

/** Codes of the quartiers an action names, by their code or by the very name of one and only one of them. */
function qpvCodes({ quartiers: named }: Action, quartiers: readonly Quartier[]): string[] {
	const same = (a: string, b: string): boolean => a.toLocaleLowerCase('fr') === b.toLocaleLowerCase('fr');
	return named.flatMap((text) => {
		if (/^Q[NP][0-9A-Z]{6}$/.test(text)) return [text];
		const found = quartiers.filter((q) => same(q.nom, text));
		return found.length === 1 ? [found[0]!.code] : [];
	});
}

/** « 2024-2030 » → first and last days. */
function period(texte: string | null): Record<string, string> {
	const [, from, to] = /^(\d{4})\s*[-–/]\s*(\d{4})$/.exec(texte ?? '') ?? [];
	return from ? { periodeDebut: `${from}-01-01`, periodeFin: `${to}-12-31` } : {};
}
