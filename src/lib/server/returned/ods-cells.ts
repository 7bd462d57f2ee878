import { mergeMarks, type CellMark, type Mark } from '../../domain/import/cell-marks';
import { cellName } from '../../domain/import/issue-cells';
import { withNote } from './ods-notes';
import { attribute, elementsIn, withAttribute, withoutAttribute, type Element, type Piece } from './xml-text';

/* The cells of one sheet of `content.xml` marked where they stand; a run of equal ones is cut around the one marked. */

/** Rows or cells written once for several: the place of the first, and how many they are. */
interface Run extends Element {
	readonly first: number;
	readonly times: number;
}

const [CELL, COVERED] = ['table:table-cell', 'table:covered-table-cell'];
const [COLUMNS, ROWS] = ['table:number-columns-repeated', 'table:number-rows-repeated'];
const STYLE = 'table:style-name';
const DEFAULT_STYLE = 'table:default-cell-style-name';
/** Rows looked through for the cell that a merged one is shown by. */
const TALLEST_MERGE = 500;

/** Name of the style a cell gets, from the name of its own; null when it has none. */
export type StyleOf = (own: string | null, mark: Mark) => string;

/**
 * What to change in a sheet for its marks to show.
 * in     `table`: the element of the sheet; comments beyond `comments` are not written
 * out    one piece per row, or run of rows, that holds a mark; a mark on a cell hidden by a merge goes to the one shown
 */
export function markCells(
	xml: string,
	table: Element,
	marks: readonly CellMark[],
	book: { readonly style: StyleOf; readonly comments: number }
): Piece[] {
	const sheet = openSheet(xml, table);
	const shown = mergeMarks(marks.map(sheet.shown));
	const noted = new Set(shown.slice(0, book.comments));
	const byRow = new Map<Run, CellMark[]>();
	for (const mark of shown) {
		const row = sheet.rowAt(mark.ligne);
		if (!row) continue;
		const known = byRow.get(row);
		if (known) known.push(mark);
		else byRow.set(row, [mark]);
	}
	const marked = (cell: Pick<Element, 'tag' | 'inside'>, mark: CellMark, content: string, inherited: string | null) => {
		const own = attribute(cell.inside, STYLE) ?? inherited;
		const inside = withAttribute(withoutAttribute(cell.inside, COLUMNS), STYLE, book.style(own, mark.marque));
		return written(cell.tag, inside, noted.has(mark) ? withNote(content, mark.texte) : content);
	};

	const rowWith = (row: Run, own: readonly CellMark[]): string => {
		const inherited = (colonne: number): string | null =>
			attribute(row.inside, DEFAULT_STYLE) ?? sheet.columnStyle(colonne);
		let [text, from, at] = ['', row.contentStart, 0];
		for (const cell of sheet.cellsOf(row)) {
			const end = cell.first + cell.times;
			const inside = own.filter((m) => m.colonne >= cell.first && m.colonne < end);
			const content = xml.slice(cell.contentStart, cell.contentEnd);
			text += xml.slice(from, cell.start);
			if (inside.length === 0) text += xml.slice(cell.start, cell.end);
			at = cell.first;
			for (const mark of inside) {
				text += repeated(cell, COLUMNS, mark.colonne - at, content);
				text += marked(cell, mark, content, inherited(mark.colonne));
				at = mark.colonne + 1;
			}
			if (inside.length > 0) text += repeated(cell, COLUMNS, end - at, content);
			[from, at] = [cell.end, end];
		}
		text += xml.slice(from, row.contentEnd);
		const blank = { tag: CELL!, inside: '' };
		for (const mark of own.filter((m) => m.colonne >= at)) {
			text += repeated(blank, COLUMNS, mark.colonne - at, '') + marked(blank, mark, '', inherited(mark.colonne));
			at = mark.colonne + 1;
		}
		return text;
	};

	return [...byRow].map(([row, own]) => {
		const content = xml.slice(row.contentStart, row.contentEnd);
		own.sort((a, b) => a.ligne - b.ligne || a.colonne - b.colonne);
		let [text, at] = ['', row.first];
		for (const ligne of new Set(own.map((m) => m.ligne))) {
			text += repeated(row, ROWS, ligne - at, content);
			const inside = own.filter((m) => m.ligne === ligne);
			text += repeated(row, ROWS, 1, rowWith(row, inside));
			at = ligne + 1;
		}
		return { start: row.start, end: row.end, text: text + repeated(row, ROWS, row.first + row.times - at, content) };
	});
}

/** An element said to stand for `times` of them; nothing for none. */
function repeated({ tag, inside }: Pick<Element, 'tag' | 'inside'>, name: string, times: number, content: string) {
	if (times <= 0) return '';
	return written(tag, times === 1 ? withoutAttribute(inside, name) : withAttribute(inside, name, times), content);
}

const written = (tag: string, inside: string, content: string): string =>
	content === '' ? `<${tag}${inside}/>` : `<${tag}${inside}>${content}</${tag}>`;

function openSheet(xml: string, table: Element) {
	const inTable = elementsIn(xml, table.contentStart, table.contentEnd, 'table:table-row|table:table');
	const rows = runs(
		inTable.filter((e) => e.tag !== 'table:table'),
		ROWS!,
		1
	);
	const head = rows[0]?.start ?? table.contentEnd;
	const columns = runs(elementsIn(xml, table.contentStart, head, 'table:table-column'), COLUMNS!, 0);
	const known = new Map<Run, readonly Run[]>();
	const cellsOf = (row: Run): readonly Run[] => {
		const found =
			known.get(row) ?? runs(elementsIn(xml, row.contentStart, row.contentEnd, `${CELL}|${COVERED}`), COLUMNS!, 0);
		known.set(row, found);
		return found;
	};
	const rowAt = (ligne: number): Run | undefined => holding(rows, ligne);
	return {
		rowAt,
		cellsOf,
		columnStyle: (colonne: number): string | null => attribute(holding(columns, colonne)?.inside ?? '', DEFAULT_STYLE),
		shown(mark: CellMark): CellMark {
			for (let up = 0; up <= TALLEST_MERGE; up++) {
				const row = rowAt(mark.ligne - up);
				const cells = row ? cellsOf(row) : [];
				if (up === 0 && holding(cells, mark.colonne)?.tag !== COVERED) return mark;
				const cell = cells.findLast((c) => c.tag === CELL && c.first <= mark.colonne);
				if (!cell || spanned(cell, 'columns') <= mark.colonne - cell.first || spanned(cell, 'rows') <= up) continue;
				const texte = `${cellName(mark.colonne, mark.ligne)}, fusionnée avec cette cellule\u00a0: ${mark.texte}`;
				return { ...mark, ligne: mark.ligne - up, colonne: cell.first, texte };
			}
			return mark;
		}
	};
}

const spanned = ({ inside }: Run, what: 'columns' | 'rows'): number => times(inside, `table:number-${what}-spanned`);

const times = (inside: string, name: string): number =>
	inside.includes(name) ? Math.max(1, Math.trunc(Number(attribute(inside, name))) || 1) : 1;

function runs(elements: readonly Element[], repeat: string, first: number): Run[] {
	let at = first;
	return elements.map((element) => {
		const run = { ...element, first: at, times: times(element.inside, repeat) };
		at += run.times;
		return run;
	});
}

/** The run a place is in. */
function holding(all: readonly Run[], place: number): Run | undefined {
	let [low, high] = [0, all.length - 1];
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (all[middle]!.first <= place) low = middle;
		else high = middle - 1;
	}
	const run = all[low];
	return run && place >= run.first && place < run.first + run.times ? run : undefined;
}
