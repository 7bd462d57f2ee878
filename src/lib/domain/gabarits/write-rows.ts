import type { ActionDraft, Champ, FinancingLine, PlanKind } from '../action';
import type { Money } from '../money';
import type { PlansFile } from '../rules/referentiel';
import type { Choices } from './choices';
import { continued, layoutOf, type GabaritColumn, type GabaritsFile, type ListName } from './gabarit';
import { encodeItem, encodeList } from './list-cell';

/* Actions to the rows of our table: every field has its column, and `read-rows` gives it back. */

export interface DateCell {
	readonly date: string;
}
export type GridCell = string | number | DateCell | null;

export interface PlannedDraft {
	/** Null when the file does not say of which plan. */
	readonly plan: PlanKind | null;
	readonly draft: ActionDraft;
}

export interface ActionGrid {
	readonly colonnes: readonly GabaritColumn[];
	readonly lignes: readonly (readonly GridCell[])[];
}

/** Name of our JSON of actions; `server/files/plan-json.ts` reads it back. */
export const ACTIONS_SCHEMA = 'croisee/actions-du-territoire/1';

/** What a cell of a spreadsheet may hold at most, in characters. */
const CELL_CHARACTERS = 32_000;

/**
 * Actions as a table with only the columns where something is said or asked.
 * in     `champs`: fields their documents have a column for; `plan`: null when they are of several plans
 * out    one row per action, in order; a text too long for a cell goes on in a column of its own
 */
export function actionGrid(
	items: readonly PlannedDraft[],
	about: {
		readonly def: GabaritsFile;
		readonly plans: PlansFile;
		readonly choices: Choices;
		readonly plan: PlanKind | null;
		readonly champs: readonly Champ[];
	}
): ActionGrid {
	const lignes = Math.max(0, ...items.map(({ draft }) => draft.financements.length));
	const layout = layoutOf(about.def, about.plans, about.plan, { lignes });
	const label = labels(about.choices);
	const full = items.map(({ plan, draft }) => {
		const court = about.plans.types.find((t) => t.code === plan)?.court ?? plan ?? about.def.repere.action;
		return cellsOf(draft, court, layout, label);
	});
	const asked = new Set(about.champs);
	const kept = layout.flatMap((column, c) => {
		const filled = full.some((row) => row[c] !== null);
		// A field asked for and never filled keeps one column: it stays « empty », not « not asked ».
		const first = layout.findIndex((other) => other.champ === column.champ && other.cle !== 'repere') === c;
		return filled || (first && asked.has(column.champ)) || column.cle === 'titre' ? [c] : [];
	});
	return split(
		kept.map((c) => layout[c]!),
		full.map((row) => kept.map((c) => row[c] ?? null)),
		about.def
	);
}

/** Long texts cut into as many columns as they need. */
function split(
	colonnes: readonly GabaritColumn[],
	rows: readonly (readonly GridCell[])[],
	def: GabaritsFile
): ActionGrid {
	const parts = colonnes.map((_, c) => Math.max(1, ...rows.map((row) => chunks(row[c] ?? null).length)));
	return {
		colonnes: colonnes.flatMap((column, c) =>
			Array.from({ length: parts[c]! }, (_, i) => ({ ...column, entete: continued(def, column.entete, i + 1) }))
		),
		lignes: rows.map((row) =>
			row.flatMap((cell, c) => {
				const pieces = chunks(cell);
				return Array.from({ length: parts[c]! }, (_, i) => pieces[i] ?? null);
			})
		)
	};
}

function chunks(cell: GridCell): GridCell[] {
	if (typeof cell !== 'string' || cell.length <= CELL_CHARACTERS) return [cell];
	const pieces: string[] = [];
	for (let at = 0; at < cell.length;) {
		let end = Math.min(cell.length, at + CELL_CHARACTERS);
		// Neither a pair of surrogates nor a run of blanks is cut: a reader trims blank cells away.
		while (end < cell.length && end > at + 1 && /[\s\udc00-\udfff]/.test(cell[end]!)) end--;
		pieces.push(cell.slice(at, end));
		at = end;
	}
	return pieces;
}

type Labels = (list: ListName | null) => ReadonlyMap<string, string>;

function labels(choices: Choices): Labels {
	const maps = new Map<ListName, ReadonlyMap<string, string>>();
	return (list) => {
		if (list === null) return new Map();
		const known =
			maps.get(list) ?? new Map(choices[list].flatMap((c) => (c.code === null ? [] : [[c.code, c.texte] as const])));
		maps.set(list, known);
		return known;
	};
}

function cellsOf(
	draft: ActionDraft,
	court: string,
	layout: readonly GabaritColumn[],
	label: Labels
): readonly GridCell[] {
	const lists = new Map<string, string[]>();
	/** Columns of one meaning take the values one after the other; the last takes all that is left. */
	const next = (column: GabaritColumn, values: readonly string[]): string | null => {
		const left = lists.get(column.cle) ?? [...values];
		lists.set(column.cle, left);
		if (column.genre === 'liste')
			return left.length ? encodeList(left.splice(0), codedLabels(column, layout, label)) : null;
		const known = label(column.liste);
		const [first] = left;
		// A column of T codes takes nothing else: the order of the values is that of the columns.
		if (first === undefined || (column.cle === 'enjeux' && !known.has(first))) return null;
		left.shift();
		return encodeItem(first, prefixed(known));
	};
	return layout.map((column): GridCell => {
		if (column.cle === 'repere') return court;
		return valueOf(draft, column, label, next);
	});
}

/** Codes whose words are « CODE — libellé » are encoded by code; the words are kept without the code. */
const prefixed = (known: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
	new Map([...known].map(([code, texte]) => [code, texte.slice(code.length + 3)]));

function codedLabels(
	column: GabaritColumn,
	layout: readonly GabaritColumn[],
	label: Labels
): ReadonlyMap<string, string> {
	const lists = layout.filter((c) => c.cle === column.cle && c.liste !== null).map((c) => label(c.liste));
	return new Map(lists.flatMap((known) => [...prefixed(known)]));
}

function valueOf(
	draft: ActionDraft,
	column: GabaritColumn,
	label: Labels,
	next: (column: GabaritColumn, values: readonly string[]) => string | null
): GridCell {
	const shown = (code: string | null): string | null =>
		code === null ? null : (label(column.liste).get(code) ?? code);
	const day = (date: string | null | undefined): DateCell | null => (date ? { date } : null);
	const line = draft.financements[column.n - 1];
	switch (column.cle) {
		case 'repere':
			return null;
		case 'reference':
		case 'axe':
		case 'objectif':
		case 'titre':
		case 'description':
		case 'porteur':
		case 'pilote':
		case 'elu':
		case 'instance':
		case 'priorite':
		case 'indicateurs':
		case 'participation':
		case 'notes':
		case 'etp':
			return draft[column.cle];
		case 'partenaires':
		case 'publics':
		case 'communes':
		case 'etapes':
		case 'secteurs':
			return draft[column.cle].length ? encodeList(draft[column.cle]) : null;
		case 'quartiers':
			return next(column, draft.quartiers);
		case 'enjeux':
			return next(column, draft.enjeuxDeclares);
		case 'porteur_type':
			return shown(draft.porteurType);
		case 'porteur_siren':
			return draft.porteurSiren;
		case 'echelle':
			return shown(draft.echelle);
		case 'statut':
			return shown(draft.statut);
		case 'atteinte':
			return draft.atteinteDeclaree;
		case 'geometrie':
			return draft.geometrie === null ? null : JSON.stringify(draft.geometrie);
		case 'debut':
			return day(draft.dates?.debut);
		case 'fin':
			return day(draft.dates?.fin);
		case 'mise_a_jour':
			return day(draft.misAJourLe);
		case 'dates_texte':
			return draft.dates?.texte ?? null;
		case 'budget':
		case 'fonctionnement':
			return draft[column.cle]?.euros ?? null;
		case 'budget_max':
		case 'fonctionnement_max':
			return moneyOf(draft, column.cle)?.max ?? null;
		case 'budget_base':
		case 'fonctionnement_base':
			return shown(moneyOf(draft, column.cle)?.base ?? null);
		case 'nature':
			return draft.natureDeclaree === null ? null : encodeItem(draft.natureDeclaree, prefixed(label(column.liste)));
		case 'clause':
			return draft.clauseAdaptation === null ? null : shown(String(draft.clauseAdaptation));
		case 'financeur':
		case 'dispositif':
		case 'genre':
		case 'demande':
		case 'obtenu':
		case 'etat':
		case 'financement_base':
			return line ? financing(line, column.cle, shown) : null;
	}
}

const moneyOf = (draft: ActionDraft, cle: string): Money | null =>
	cle.startsWith('budget') ? draft.budget : draft.fonctionnement;

function financing(
	line: FinancingLine,
	cle: 'financeur' | 'dispositif' | 'genre' | 'demande' | 'obtenu' | 'etat' | 'financement_base',
	shown: (code: string | null) => string | null
): GridCell {
	switch (cle) {
		case 'financeur':
			return line.libelle;
		case 'demande':
		case 'obtenu':
			return line[cle];
		case 'financement_base':
			return shown(line.base ?? null);
		default:
			return shown(line[cle]);
	}
}
