import type { FinancingLine, PlanKind, Statut, RowOrigin } from './action';
import type { Coverage } from './coverage';
import type { Gap } from './gaps';
import type { Matrix } from './matrix';
import type { Money } from './money';
import type { CroiseRow, QuartierSummary, TerritoryView } from './overview';
import type { Niveau, PlacedAction } from './place';
import { NIVEAUX } from './place';
import type { Referentiel, SeverityLevel } from './referentiel';

/* What a page sends to the browser: the same figures, without the texts nobody opens. */

export interface ActionBrief {
	readonly id: string;
	readonly titre: string;
	readonly plan: PlanKind;
	readonly reference: string | null;
	readonly nature: string | null;
	readonly statut: Statut | null;
	readonly budget: Money | null;
	readonly financements: readonly FinancingLine[];
	readonly pilote: string | null;
	readonly porteur: string | null;
	readonly origine: RowOrigin;
	readonly disparue: boolean;
	readonly transition: readonly string[];
	readonly ville: readonly string[];
	readonly croises: readonly string[];
	/** Quartier code → reach; a quartier left out is « aucune ». */
	readonly atteintes: Readonly<Record<string, Niveau>>;
}

export interface CellBrief {
	readonly actions: readonly string[];
	readonly coverage: Coverage;
}

export interface TotalBrief {
	readonly code: string;
	readonly actions: readonly string[];
}

export interface MatrixBrief {
	readonly rows: readonly { readonly code: string; readonly libelle: string }[];
	readonly columns: readonly { readonly code: string; readonly libelle: string }[];
	readonly cells: readonly (readonly CellBrief[])[];
	readonly totals: {
		readonly rows: readonly TotalBrief[];
		readonly columns: readonly TotalBrief[];
		readonly all: readonly string[];
	};
}

export interface CroiseBrief extends CroiseRow {
	readonly libelle: string;
	readonly transition: string;
	readonly ville: string;
	readonly pourquoi: string;
	readonly tension: boolean;
}

/** Facts kept per finding on a page that lists them all; the quartier's page has every one. */
const FACTS = 3;
const gapBrief = (gap: Gap): Gap => ({
	...gap,
	preuves: { ...gap.preuves, faits: gap.preuves.faits.slice(0, FACTS) }
});

/** A quartier without its outline. */
export interface QuartierBrief extends Omit<QuartierSummary, 'quartier'> {
	readonly code: string;
	readonly nom: string;
	readonly communes: readonly string[];
}

/** The same rule on the same enjeu over several quartiers, read at once. */
export interface GapGroup {
	readonly regle: string;
	readonly enjeu: string | null;
	readonly gravite: SeverityLevel;
	readonly reponse: Gap['reponse'];
	readonly gaps: readonly Gap[];
}

export type TerritoryPage = ReturnType<typeof territoryPage>;

/** The action as a line of a list, with its reach where it has one. */
export function briefAction(placed: PlacedAction): ActionBrief {
	const { action } = placed;
	return {
		id: action.id,
		titre: action.titre,
		plan: action.plan,
		reference: action.reference,
		nature: placed.nature?.code ?? null,
		statut: action.statut,
		budget: action.budget,
		financements: action.financements,
		pilote: action.pilote,
		porteur: action.porteur,
		origine: action.origine,
		disparue: action.disparue,
		transition: placed.transition.map((t) => t.code),
		ville: placed.ville.map((t) => t.code),
		croises: placed.croises.map((c) => c.code),
		atteintes: Object.fromEntries(placed.reach.filter((r) => r.niveau !== 'aucune').map((r) => [r.quartier, r.niveau]))
	};
}

/** The strongest reach first, then by plan and reference; without a quartier, the strongest reach anywhere. */
export function nearestFirst(actions: readonly ActionBrief[], quartier: string | null): ActionBrief[] {
	const rank = (a: ActionBrief) => NIVEAUX.indexOf(reachOn(a, quartier));
	const name = (a: ActionBrief) => `${a.plan} ${a.reference ?? ''} ${a.titre}`;
	return [...actions].sort((a, b) => rank(a) - rank(b) || name(a).localeCompare(name(b), 'fr', { numeric: true }));
}

export function reachOn(action: ActionBrief, quartier: string | null): Niveau {
	if (quartier !== null) return action.atteintes[quartier] ?? 'aucune';
	const reached = Object.values(action.atteintes);
	return NIVEAUX.find((n) => reached.includes(n)) ?? 'aucune';
}

/** Groups gaps by rule and enjeu, most severe and most widespread first; set-aside ones come with their group. */
export function groupGaps(gaps: readonly Gap[]): GapGroup[] {
	const groups = new Map<string, Gap[]>();
	for (const gap of gaps) {
		const key = `${gap.regle}|${gap.enjeu}|${gap.gravite}|${gap.reponse}`;
		groups.set(key, [...(groups.get(key) ?? []), gap]);
	}
	return [...groups.values()]
		.map((list) => {
			const first = list[0]!;
			return { regle: first.regle, enjeu: first.enjeu, gravite: first.gravite, reponse: first.reponse, gaps: list };
		})
		.sort((a, b) => SEVERITIES.indexOf(a.gravite) - SEVERITIES.indexOf(b.gravite) || b.gaps.length - a.gaps.length);
}

const SEVERITIES: readonly SeverityLevel[] = ['critique', 'haute', 'moyenne', 'information', 'opportunite'];

export function bySeverity(a: Gap, b: Gap): number {
	return SEVERITIES.indexOf(a.gravite) - SEVERITIES.indexOf(b.gravite) || a.regle.localeCompare(b.regle);
}

export function matrixBrief(matrix: Matrix): MatrixBrief {
	const total = (t: { code: string; actions: readonly string[] }) => ({ code: t.code, actions: t.actions });
	return {
		rows: matrix.rows.keys,
		columns: matrix.columns.keys,
		cells: matrix.cells.map((row) => row.map(({ actions, coverage }) => ({ actions, coverage }))),
		totals: {
			rows: matrix.totals.rows.map(total),
			columns: matrix.totals.columns.map(total),
			all: matrix.totals.all.actions
		}
	};
}

export function quartierBrief(summary: QuartierSummary): QuartierBrief {
	const { quartier, ...rest } = summary;
	return { ...rest, code: quartier.code, nom: quartier.nom, communes: quartier.communes.map((c) => c.nom) };
}

export function croiseBriefs(rows: readonly CroiseRow[], ref: Referentiel): CroiseBrief[] {
	const defs = new Map(ref.enjeux.croises.map((c) => [c.code, c]));
	return rows.flatMap((row) => {
		const def = defs.get(row.code);
		if (!def) return [];
		const { libelle, transition, ville, pourquoi } = def;
		return [{ ...row, libelle, transition, ville, pourquoi, tension: def.genre === 'tension' }];
	});
}

/** Short names of the 28 enjeux and of the crossings, by code. */
export function enjeuNames(ref: Referentiel): Record<string, { court: string; libelle: string }> {
	const { transition, ville, croises } = ref.enjeux;
	return Object.fromEntries([
		...[...transition, ...ville].map((e) => [e.code, { court: e.court, libelle: e.libelle }]),
		...croises.map((c) => [c.code, { court: c.libelle, libelle: c.libelle }])
	]);
}

export const ruleNames = (ref: Referentiel): Record<string, string> =>
	Object.fromEntries(ref.lacunes.regles.map((r) => [r.id, r.libelle]));

export const natureNames = (ref: Referentiel): Record<string, string> =>
	Object.fromEntries(ref.enjeux.natures.map((n) => [n.code, n.libelle]));

/** The territory without outlines nor full texts of actions. */
export function territoryPage(view: TerritoryView, ref: Referentiel) {
	return {
		code: view.territory.code as string,
		nom: view.territory.nom,
		fictif: view.territory.fictif,
		asOf: view.asOf,
		referentiel: view.referentiel,
		titre: view.titre,
		chapo: view.chapo,
		documents: view.documents,
		quartiers: view.quartiers.map(quartierBrief),
		actions: Object.fromEntries(view.actions.map((a) => [a.action.id, briefAction(a)])),
		croises: croiseBriefs(view.croiseRows, ref),
		matrice: matrixBrief(view.croises),
		grille: matrixBrief(view.grille),
		lacunes: view.gaps.map(gapBrief),
		enjeux: enjeuNames(ref),
		regles: ruleNames(ref),
		natures: natureNames(ref)
	};
}
