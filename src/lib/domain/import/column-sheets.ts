import type { Champ, PlanKind } from '../action';
import { cellText } from './cell';
import { findHeader } from './header-rows';
import { scoreHeader } from './header-score';
import type { PlansFile } from '../rules/referentiel';
import type { CellValue, Sheet } from './sheet';

/* One action per column, its labels down the first one: stood up, it is a table like another. */

const LABEL_CHARACTERS = 60;
/** A label that sure of its field. */
const SURE = 0.9;
const LABELS = 4;
/** Labels stand in one of the first columns. */
const LABEL_COLUMNS = 4;
const TALLEST = 400;

/**
 * Sheets with one action per column turned into sheets with one per row.
 * out    the other sheets as they are; `origines` say which column each row comes from
 * never  takes a table with a row of headers, nor a fiche (one value beside each label)
 */
export function standUp(sheets: readonly Sheet[], plans: PlansFile, plan: PlanKind): readonly Sheet[] {
	const label = (cell: CellValue | undefined): Champ | null => labelOf(cell, plans, plan);
	return sheets.map((sheet) => {
		if (sheet.masquee || sheet.rows.length > TALLEST) return sheet;
		const found = labelColumn(sheet, label);
		if (found === null || isTable(sheet, plans, plan)) return sheet;
		return turned(sheet, found);
	});
}

/** A row of headers with rows under it. */
function isTable({ rows }: Sheet, plans: PlansFile, plan: PlanKind): boolean {
	const { titled, reconnues, header, entetes } = findHeader(rows, plans, plan);
	const named = entetes.filter((cell) => cellText(cell) !== '').length;
	return titled && reconnues >= 3 && reconnues >= 0.5 * named && rows.length > header + 1;
}

function labelOf(cell: CellValue | undefined, plans: PlansFile, plan: PlanKind): Champ | null {
	if (typeof cell !== 'string') return null;
	const text = cellText(cell);
	if (text === '' || text.length > LABEL_CHARACTERS) return null;
	const [best] = scoreHeader(text, plans, plan);
	return best && best.score >= SURE ? best.champ : null;
}

const blank = (cell: CellValue | undefined): boolean => cell === undefined || cellText(cell) === '';

interface Found {
	/** Column of the labels. */
	readonly labels: number;
	readonly titleRow: number;
	/** Columns of the actions. */
	readonly actions: readonly number[];
}

function labelColumn({ rows }: Sheet, label: (cell: CellValue | undefined) => Champ | null): Found | null {
	const columns = Array.from({ length: LABEL_COLUMNS }, (_, labels) => ({
		labels,
		fields: new Set(rows.flatMap((row) => label(row[labels]) ?? [])).size
	}));
	const [best] = columns.sort((a, b) => b.fields - a.fields || a.labels - b.labels);
	if (!best || best.fields < LABELS) return null;
	const { labels } = best;
	const titleRow = rows.findIndex((row) => label(row[labels]) === 'titre');
	if (titleRow < 0) return null;
	const titles = rows[titleRow]!;
	const actions = [...titles.keys()].filter((c) => c > labels && !blank(titles[c]));
	// « Titre | … | Porteur | … » is a fiche with two columns of labels.
	const beside = actions.some((c) => rows.filter((row) => label(row[c]) !== null && !blank(row[c + 1])).length >= 2);
	// A merged title comes back once per column.
	const distinct = new Set(actions.map((c) => cellText(titles[c]!))).size;
	return distinct < 2 || beside ? null : { labels, titleRow, actions };
}

function turned({ nom, masquee, rows }: Sheet, { labels, titleRow, actions }: Found): Sheet {
	const named = rows.flatMap((row, i) => (blank(row[labels]) ? [] : [{ row, ligne: i + 1 }]));
	const columns = [labels, ...actions];
	return {
		nom,
		masquee,
		rows: columns.map((colonne) => named.map(({ row }) => row[colonne] ?? null)),
		cellules: columns.map((colonne) =>
			named.map(({ row, ligne }) => [{ feuille: nom, ligne, colonne, contenu: row[colonne] ?? null }])
		),
		origines: [null, ...actions.map((c) => ({ feuille: `${nom}, colonne ${letter(c)}`, ligne: titleRow + 1 }))]
	};
}

/** 0 → « A », 27 → « AB ». */
const letter = (column: number): string =>
	(column >= 26 ? letter(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));
