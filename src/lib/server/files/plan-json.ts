import { BLANK_DRAFT } from '../../domain/blank-draft';
import { z } from 'zod';
import { ActionDraft, FinancingLine, PlanKind, type Statut } from '../../domain/action';
import { choicesOf } from '../../domain/gabarits/choices';
import { ACTIONS_SCHEMA, actionGrid, type PlannedDraft } from '../../domain/gabarits/write-rows';
import { count } from '../../domain/french';
import type { CellValue, Workbook } from '../../domain/import/sheet';
import type { Refusal } from '../../domain/issue';
import { loadReferentiel } from '../referentiel';
import { decode } from './delimited';

/* JSON that already speaks of actions, as a table of ours: our own export, and the national schema of projects. */

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
/** Fields are those of `plans`, `actions`, `operations` and `financements`, v0.2.0. */
const Shared = z.looseObject({
	id: text,
	nom: z.string(),
	description: text,
	leviersSgpe: texts,
	planIds: texts,
	territoireCommunes: texts,
	classificationThematiques: texts,
	qpvCodes: texts,
	atteinteQpv: text,
	phase: text,
	phaseStatut: text,
	porteurOperationnelSiret: text,
	classificationInterventions: texts
});
const NationalAction = Shared.extend({ objectifs: text, statut: text });
const NationalOperation = Shared.extend({
	budgetPrevisionnel: z.number().nullish(),
	baseBudget: z.enum(['HT', 'TTC']).nullish().catch(null),
	budgetExact: z.number().nullish().catch(null),
	budgetMax: z.number().nullish().catch(null),
	dateDebut: text,
	dateFin: text,
	actionIds: texts
});
const NationalFinancing = z.looseObject({
	operationId: text,
	source: z.string(),
	montantDemande: z.number().nullish(),
	montantAttribue: z.number().nullish(),
	dispositifCroisee: z.string().nullish().catch(null),
	montantDemandeExact: z.number().nullish().catch(null),
	montantAttribueExact: z.number().nullish().catch(null),
	natureFinancement: FinancingLine.shape.genre.nullish().catch(null),
	montantPaye: z.number().nullish(),
	baseMontants: z.enum(['HT', 'TTC']).nullish().catch(null),
	statut: text
});
const NationalPlan = z.looseObject({ id: text, type: text, nom: text });
const National = z.looseObject({
	plans: z.array(NationalPlan).nullish(),
	actions: z.array(NationalAction).nullish(),
	operations: z.array(NationalOperation).nullish(),
	financements: z.array(NationalFinancing).nullish()
});
type National = z.infer<typeof National>;

const Own = z.looseObject({
	schema: z.literal(ACTIONS_SCHEMA),
	actions: z.array(ActionDraft.omit({ origine: true }).extend({ plan: PlanKind }))
});

/**
 * A JSON file of actions as a workbook.
 * out    null when it is another kind of JSON; a refusal that names the first fault when it is one of these and is broken
 */
export function readPlanJson(bytes: Uint8Array, fichier: string): Workbook | Refusal | null {
	let json: unknown;
	try {
		json = JSON.parse(decode(bytes)?.text.replace(/^\ufeff/, '') ?? '');
	} catch {
		return null;
	}
	if (!isRecord(json)) return null;
	if (json.schema === ACTIONS_SCHEMA) {
		const own = Own.safeParse(json);
		if (!own.success) return broken('un export d’actions de Croisée', own.error);
		return workbook(
			own.data.actions.map(({ plan, ...draft }) => ({ plan, draft: { ...draft, origine: NOWHERE } })),
			fichier
		);
	}
	if (!isNational(json)) return null;
	const national = National.safeParse(json);
	if (!national.success) return broken('un fichier du schéma national des projets', national.error);
	return workbook(draftsOf(national.data), fichier);
}

const NOWHERE = { fichier: '', feuille: null, ligne: null };
const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x);

/** The four tables under their names, one row at least having the « nom » of the schema. */
const isNational = (json: Record<string, unknown>): boolean =>
	['actions', 'operations'].some((table) => {
		const rows = json[table];
		return Array.isArray(rows) && rows.some((row) => isRecord(row) && typeof row.nom === 'string');
	});

function broken(what: string, error: z.ZodError): Refusal {
	const [first] = error.issues;
	const at = first?.path.map((key) => (typeof key === 'number' ? `n°\u00a0${key + 1}` : String(key))).join(' › ');
	return {
		refus: `Ce fichier JSON est ${what}, mais une valeur n’y est pas comme prévu\u00a0: ${at || 'au début'}.`,
		conseil: `Corrigez cette valeur, ou demandez le fichier à nouveau (${count(error.issues.length, 'écart')} en tout).`
	};
}

function workbook(items: readonly PlannedDraft[], fichier: string): Workbook | Refusal {
	if (items.length === 0)
		return { refus: 'Ce fichier ne contient aucune action.', conseil: 'Choisissez le fichier rempli.' };
	const ref = loadReferentiel();
	const about = { def: ref.gabarits, plans: ref.plans, choices: choicesOf(ref, []), plan: null, champs: [] };
	const grid = actionGrid(items, about);
	const rows = grid.lignes.map((row) =>
		row.map((cell): CellValue => (cell !== null && typeof cell === 'object' ? cell.date : cell))
	);
	const sheet = {
		nom: ref.gabarits.feuilles.actions,
		masquee: false,
		rows: [grid.colonnes.map((c) => c.entete), ...rows]
	};
	return { fichier, format: 'plan-json', lecture: null, sheets: [sheet] };
}

const STATUTS: Readonly<Record<string, Statut>> = {
	'À venir': 'a-venir',
	'En cours': 'en-cours',
	'En retard': 'en-retard',
	'En pause': 'en-pause',
	Bloqué: 'bloque',
	Abandonné: 'abandonne',
	Terminé: 'realise'
};
const ETATS: Readonly<Record<string, FinancingLine['etat']>> = {
	Prévisionnel: 'envisage',
	Demandé: 'demande',
	Obtenu: 'obtenu',
	Refusé: 'refuse',
	Payé: 'obtenu'
};

/** One draft per action, with the operations that carry it out; one more per operation that belongs to no action. */
function draftsOf({ plans, actions, operations, financements }: National): PlannedDraft[] {
	const ref = loadReferentiel();
	const kinds = new Map(
		(plans ?? []).map((p) => [
			p.id ?? '',
			ref.plans.types.find((t) => [t.code, t.court, t.libelle].some((n) => n.toLowerCase() === p.type?.toLowerCase()))
				?.code
		])
	);
	const kindOf = (ids: readonly string[] | null | undefined): PlanKind | null =>
		(ids ?? []).flatMap((id) => kinds.get(id) ?? [])[0] ?? null;
	const known = new Set((actions ?? []).map((a) => a.id));
	const free = (operations ?? []).filter((o) => !(o.actionIds ?? []).some((id) => known.has(id)));
	const fundsOf = (owned: readonly z.infer<typeof NationalOperation>[]): FinancingLine[] =>
		owned.flatMap((o) => (financements ?? []).filter((f) => f.operationId && f.operationId === o.id).map(lineOf));
	return [
		...(actions ?? []).map((action) => {
			const owned = (operations ?? []).filter((o) => action.id && (o.actionIds ?? []).includes(action.id));
			return draft(action, owned, fundsOf(owned), kindOf(action.planIds));
		}),
		...free.map((operation) => draft(operation, [operation], fundsOf([operation]), kindOf(operation.planIds)))
	];
}

function lineOf(f: z.infer<typeof NationalFinancing>): FinancingLine {
	const obtenu = f.montantAttribueExact ?? f.montantAttribue ?? f.montantPaye ?? null;
	const demande = f.montantDemandeExact ?? f.montantDemande ?? null;
	const said = /\bautofinancement\b/i.test(f.source)
		? 'autofinancement'
		: /\bpr[êe]t\b/i.test(f.source)
			? 'pret'
			: 'subvention';
	const genre = f.natureFinancement ?? said;
	const etat = ETATS[f.statut ?? ''] ?? (obtenu === null ? (demande ? 'demande' : 'envisage') : 'obtenu');
	const base = f.baseMontants ?? undefined;
	return {
		...{ libelle: f.source, dispositif: f.dispositifCroisee ?? null, demande, obtenu, etat },
		...(base && { base }),
		genre
	};
}

/** What an action and its operations say together; an amount missing from one of them is not a zero. */
function draft(
	said: z.infer<typeof NationalAction> | z.infer<typeof NationalOperation>,
	operations: readonly z.infer<typeof NationalOperation>[],
	financements: readonly FinancingLine[],
	plan: PlanKind | null
): PlannedDraft {
	const own = said as z.infer<typeof NationalAction> & z.infer<typeof NationalOperation>;
	const all = [own, ...operations.filter((o) => o !== said)];
	const each = (of: (o: (typeof all)[number]) => readonly string[] | null | undefined): string[] => [
		...new Set(all.flatMap((o) => of(o) ?? []))
	];
	const first = (of: (o: (typeof all)[number]) => string | null | undefined): string | null =>
		all.flatMap((o) => filled(of(o)) ?? [])[0] ?? null;
	const days = (of: (o: z.infer<typeof NationalOperation>) => string | null | undefined): string[] =>
		operations.flatMap((o) => /^\d{4}-\d{2}-\d{2}/.exec(of(o) ?? '')?.[0] ?? []).sort();
	const debut = days((o) => o.dateDebut)[0] ?? null;
	const fin = days((o) => o.dateFin).at(-1) ?? null;
	const budgets = operations.flatMap((o) => o.budgetExact ?? o.budgetPrevisionnel ?? []);
	const bases = new Set(operations.map((o) => o.baseBudget ?? 'inconnu'));
	const [base] = bases.size === 1 ? bases : [];
	const max = operations.length === 1 ? (operations[0]!.budgetMax ?? null) : null;
	const told = first((o) => ('statut' in o ? (o.statut as string) : null) ?? o.phaseStatut);
	const idea = operations.length > 0 && operations.every((o) => o.phase === 'Idée');
	const statut = STATUTS[told ?? ''] ?? null;
	return {
		plan,
		draft: {
			...BLANK,
			titre: own.nom.trim() || 'Action sans nom',
			description: first((o) => o.description),
			objectif: filled(own.objectifs),
			porteurSiren: first((o) => /^\d{14}$/.exec(o.porteurOperationnelSiret ?? '')?.[0].slice(0, 9)),
			communes: each((o) => o.territoireCommunes),
			quartiers: each((o) => o.qpvCodes),
			atteinteDeclaree: first((o) => o.atteinteQpv),
			statut: statut === 'a-venir' && idea ? 'a-discuter' : statut,
			dates: debut === null && fin === null ? null : { debut, fin, texte: null },
			budget:
				budgets.length === 0 || budgets.length < operations.length
					? null
					: { euros: Math.round(budgets.reduce((a, b) => a + b) * 100) / 100, base: base ?? 'inconnu', max },
			financements: [...financements],
			enjeuxDeclares: each((o) => o.leviersSgpe),
			secteurs: each((o) => o.classificationThematiques),
			natureDeclaree: each((o) => o.classificationInterventions).join(', ') || null
		}
	};
}

const filled = (value: string | null | undefined): string | null => value?.trim() || null;

const BLANK: ActionDraft = { ...BLANK_DRAFT, origine: NOWHERE };
