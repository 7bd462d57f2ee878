import { Champ, type PlanKind } from '../action';
import { columnKeys, type ColumnChoice, type ColumnChoices } from '../import/choices';
import { understandingOf, type ColumnReading, type Sureness } from '../import/column-reading';
import { REPEATABLE } from '../import/header-assign';
import type { ImportReport } from '../import/import-report';
import type { ChampDef, PlansFile } from '../rules/referentiel';

/* The page where a person says what each column of a file is. */

export type ColumnKind = 'texte' | 'liste' | 'montant' | 'financement';

export interface MappingColumn {
	/** Rank in the report: the name of its fields in the form. */
	readonly rang: number;
	readonly entete: string;
	readonly exemples: readonly string[];
	readonly champ: Champ | null;
	readonly surete: Sureness;
	readonly raison: string | null;
	readonly lecture: ColumnReading;
	/** Other columns read as the same field, when that field takes only one. */
	readonly rivales: readonly string[];
}

export interface FieldTheme {
	readonly nom: string;
	readonly champs: readonly { readonly champ: Champ; readonly libelle: string; readonly sorte: ColumnKind }[];
}

const THEMES: readonly (readonly [nom: string, champs: readonly Champ[]])[] = [
	['L’action', ['titre', 'sous_action', 'numero', 'description', 'statut', 'priorite', 'natures']],
	[
		'Sa place dans le plan',
		['axe', 'objectif', 'secteurs', 'enjeux_transition', 'enjeux_politique_ville', 'leviers_sgpe']
	],
	['Qui', ['porteur', 'porteur_type', 'porteur_siren', 'pilote', 'elu', 'instance', 'partenaires', 'publics']],
	['Où', ['qpv', 'atteinte_qpv', 'communes', 'echelle', 'territoire', 'geometrie', 'longitude', 'latitude']],
	['Quand', ['date_debut', 'date_fin', 'etapes', 'mise_a_jour', 'annee', 'periode']],
	['Argent', ['cout_investissement', 'cout_fonctionnement', 'financements', 'dispositif', 'etp']],
	['Suivi', ['indicateurs', 'participation', 'marqueurs', 'clause_adaptation', 'notes', 'source']]
];

/** What an expected field without a column costs. */
const COSTS: Readonly<Partial<Record<Champ, string>>> = {
	titre: 'sans elle, aucune ligne n’est une action',
	description: 'sans elle, les enjeux sont lus dans le seul intitulé',
	porteur: 'sans elle, le financement reste non évalué',
	pilote: 'sans elle, on ne sait pas qui appeler',
	qpv: 'sans elle, les quartiers sont cherchés dans les intitulés et les communes',
	statut: 'sans elle, une action abandonnée compte comme les autres',
	date_debut: 'sans elle, les échéances ne sont pas contrôlées',
	date_fin: 'sans elle, les échéances ne sont pas contrôlées',
	cout_investissement: 'sans elle, le financement reste non évalué',
	financements: 'sans elle, les cofinancements ne sont ni additionnés ni contrôlés'
};

/** How the cells of a field are cut or counted. */
function kindOf({ champ, genre }: ChampDef): ColumnKind {
	if (champ === 'financements') return 'financement';
	if (genre === 'montant') return 'montant';
	return genre === 'liste' || genre === 'codes' ? 'liste' : 'texte';
}

export function fieldThemes(plans: PlansFile): FieldTheme[] {
	const defs = new Map(plans.champs.map((def) => [def.champ, def]));
	const listed = new Set(THEMES.flatMap(([, champs]) => champs));
	const others = plans.champs.map((d) => d.champ).filter((champ) => !listed.has(champ));
	return [...THEMES, ['Autres', others] as const].flatMap(([nom, champs]) => {
		const known = champs.flatMap((champ) => {
			const def = defs.get(champ);
			return def ? [{ champ, libelle: def.libelle, sorte: kindOf(def) }] : [];
		});
		return known.length ? [{ nom, champs: known }] : [];
	});
}

/**
 * The columns of a file and what stands in the way of reading them well.
 * out    every column once, in the order of the file; `manques`: expected fields that no column feeds, and what that costs
 */
export function mappingPage(rapport: Pick<ImportReport, 'colonnes'>, plans: PlansFile, plan: PlanKind) {
	const readers = (champ: Champ): string[] => rapport.colonnes.filter((c) => c.champ === champ).map((c) => c.entete);
	const colonnes = rapport.colonnes.map((column, rang): MappingColumn => {
		const { entete, exemples, champ, lecture = {} } = column;
		const same = champ !== null && !REPEATABLE.has(champ) && lecture.marque === undefined ? readers(champ) : [];
		return {
			rang,
			entete,
			exemples,
			champ,
			...understandingOf(column, plans, plan),
			lecture,
			rivales: same.length > 1 ? same : []
		};
	});
	const fed = new Set(colonnes.map((c) => c.champ));
	if (fed.has('sous_action')) fed.add('titre');
	if (fed.has('porteur_type')) fed.add('porteur');
	if (fed.has('annee') || fed.has('etapes')) fed.add('date_debut').add('date_fin');
	if (fed.has('dispositif')) fed.add('financements');
	return {
		colonnes,
		manques: plans.champs
			.filter((def) => def.attendu && !fed.has(def.champ))
			.map(({ champ, libelle }) => ({
				champ,
				libelle,
				cout: COSTS[champ] ?? 'sans elle, ce champ reste non renseigné'
			})),
		themes: fieldThemes(plans)
	};
}

/** A form read field by field; '' for what is not there. */
export type ReadField = (nom: string) => string;

export const SEPARATEURS = [
	['auto', 'automatique'],
	[',', 'virgule'],
	[';', 'point-virgule'],
	['\\n', 'retour à la ligne'],
	['|', 'barre « | »'],
	['/', 'barre « / »'],
	['aucun', 'aucun : une seule valeur']
] as const;

/** « auto » → null, « aucun » → '', '\\n' → a new line. */
export const separatorOf = (said: string): string | null =>
	said === '' || said === 'auto' ? null : said === 'aucun' ? '' : said === '\\n' ? '\n' : said;

/** The value of the list for a separator already chosen. */
export const separatorSaid = (separateur: string | undefined): string =>
	separateur === undefined ? 'auto' : separateur === '' ? 'aucun' : separateur === '\n' ? '\\n' : separateur;

/**
 * Choices typed on the page; a column left as it was understood is no choice.
 * in     `before`: choices already made, by column key; they stay unless « auto » takes them back
 * never  keeps a role, a unit or a basis for a field they say nothing of
 */
export function parseMappingForm(
	read: ReadField,
	rapport: Pick<ImportReport, 'colonnes'>,
	before: ColumnChoices,
	plans: PlansFile
): ColumnChoices {
	const kinds = new Map(plans.champs.map((def) => [def.champ as string, kindOf(def)]));
	const keys = columnKeys(rapport.colonnes);
	const choices: Record<string, ColumnChoice> = {};
	rapport.colonnes.forEach((column, i) => {
		const key = keys[i]!;
		const said = read(`champ-${i}`);
		if (said === 'auto') return;
		const champ = said === '' ? null : Champ.safeParse(said).data;
		if (champ === undefined) return;
		const kind = champ === null ? 'texte' : (kinds.get(champ) ?? 'texte');
		const choice = choiceOf(read, i, champ, kind, column.champ === champ ? (column.lecture ?? {}) : {});
		const changed = champ !== column.champ || choice.changed || read(`confirme-${i}`) !== '';
		if (changed || before[key]) choices[key] = choice.value;
	});
	return choices;
}

function choiceOf(read: ReadField, i: number, champ: Champ | null, kind: ColumnKind, now: ColumnReading) {
	const separateur = kind === 'liste' ? separatorOf(read(`separateur-${i}`)) : null;
	const [base, unite, role] = [read(`base-${i}`), Number(read(`unite-${i}`)), read(`role-${i}`)];
	const amount = kind === 'montant' || kind === 'financement';
	const more: Partial<ColumnChoice> = {
		...(amount && (base === 'HT' || base === 'TTC' || base === 'inconnu') ? { base } : {}),
		...(amount && (unite === 1 || unite === 1_000 || unite === 1_000_000) ? { unite } : {}),
		...(kind === 'financement' && isRole(role) ? { role: role === 'texte' ? null : role } : {}),
		...(kind === 'financement' && role !== '' ? { financeur: read(`financeur-${i}`).trim() || null } : {})
	};
	const value: ColumnChoice = { champ, separateur, ...more };
	const changed =
		(separateur ?? undefined) !== now.separateur ||
		(more.base !== undefined && more.base !== (now.base ?? 'inconnu')) ||
		(more.unite !== undefined && more.unite !== (now.unite ?? 1)) ||
		(more.role !== undefined && more.role !== (now.role ?? null)) ||
		(more.financeur !== undefined && more.financeur !== (now.financeur ?? null));
	return { value, changed };
}

const isRole = (said: string): said is 'texte' | 'financeur' | 'base' | 'demande' | 'obtenu' | 'montant' =>
	['texte', 'financeur', 'base', 'demande', 'obtenu', 'montant'].includes(said);
