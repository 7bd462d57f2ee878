import { cellName } from '../../domain/import/issue-cells';
import { attribute, childrenOf, elementsIn, localName, rootOf, spliced, withAttribute, type Element } from './xml-text';

/* The cells of one worksheet given another style, where they stand; their values are not read, so they cannot change. */

export interface StyledCell {
	/** From 1. */
	readonly ligne: number;
	/** From 0. */
	readonly colonne: number;
	/** From the style the cell has to the one it gets. */
	readonly style: (own: number) => number;
}

const columnIndex = (name: string): number =>
	[...name].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;
/** Opening tags of rows, the only thing looked at in the rows that hold no mark. */
const ROW = /<((?:[\w.-]+:)?row)(\s(?:[^>"']|"[^"]*"|'[^']*')*?)?(\/?)>/g;

/** A worksheet with some cells styled; one that was not written, or whose row was not, is added empty. */
export function styleCells(xml: string, cells: readonly StyledCell[]): string {
	const root = rootOf(xml);
	const parts = root ? childrenOf(xml, root) : [];
	const data = parts.find((e) => localName(e.tag) === 'sheetData');
	if (!data) return xml;
	const p = data.tag.slice(0, -'sheetData'.length);
	const byRow = new Map<number, StyledCell[]>();
	for (const cell of cells) byRow.set(cell.ligne, [...(byRow.get(cell.ligne) ?? []), cell]);
	for (const row of byRow.values()) row.sort((a, b) => a.colonne - b.colonne);
	const columnStyle = columnStyles(xml, parts);
	const pieces: { start: number; end: number; text: string }[] = [];
	const blank = (cell: StyledCell, rowStyle: number | null): string =>
		`<${p}c r="${cellName(cell.colonne, cell.ligne)}" s="${cell.style(rowStyle ?? columnStyle(cell.colonne))}"/>`;
	const newRow = (ligne: number): string =>
		`<${p}row r="${ligne}">${byRow
			.get(ligne)!
			.map((c) => blank(c, null))
			.join('')}</${p}row>`;

	const missing = [...byRow.keys()].sort((a, b) => a - b);
	ROW.lastIndex = data.contentStart;
	let ligne = 0;
	for (let m = ROW.exec(xml); m && m.index < data.contentEnd; m = ROW.exec(xml)) {
		const [whole, tag = '', inside = '', lone] = m;
		ligne = Number(attribute(inside, 'r') ?? ligne + 1);
		while (missing.length > 0 && missing[0]! < ligne)
			pieces.push({ start: m.index, end: m.index, text: newRow(missing.shift()!) });
		const own = byRow.get(ligne);
		if (!own || missing[0] !== ligne) continue;
		missing.shift();
		const rowStyle = attribute(inside, 'customFormat') === '1' ? Number(attribute(inside, 's') ?? 0) : null;
		const contentStart = m.index + whole.length;
		if (lone) {
			const text = `<${tag}${inside}>${own.map((c) => blank(c, rowStyle)).join('')}</${tag}>`;
			pieces.push({ start: m.index, end: contentStart, text });
			continue;
		}
		const contentEnd = xml.indexOf(`</${tag}>`, contentStart);
		pieces.push(...inRow(xml, elementsIn(xml, contentStart, contentEnd), own, contentEnd, (c) => blank(c, rowStyle)));
		ROW.lastIndex = contentEnd;
	}
	const rest = missing.map(newRow).join('');
	if (data.contentStart === data.end && rest)
		pieces.push({ start: data.start, end: data.end, text: `<${data.tag}>${rest}</${data.tag}>` });
	else if (rest) pieces.push({ start: data.contentEnd, end: data.contentEnd, text: rest });
	return spliced(xml, pieces);
}

function inRow(
	xml: string,
	written: readonly Element[],
	wanted: readonly StyledCell[],
	rowEnd: number,
	blank: (cell: StyledCell) => string
): { start: number; end: number; text: string }[] {
	const pieces: { start: number; end: number; text: string }[] = [];
	const left = [...wanted];
	let colonne = -1;
	for (const cell of written) {
		if (localName(cell.tag) !== 'c') continue;
		const reference = /^[A-Z]+/.exec(attribute(cell.inside, 'r') ?? '')?.[0];
		colonne = reference ? columnIndex(reference) : colonne + 1;
		while (left.length > 0 && left[0]!.colonne < colonne)
			pieces.push({ start: cell.start, end: cell.start, text: blank(left.shift()!) });
		if (left[0]?.colonne !== colonne) continue;
		const own = Number(attribute(cell.inside, 's') ?? 0);
		const start = cell.start + 1 + cell.tag.length;
		const text = withAttribute(cell.inside, 's', left.shift()!.style(own));
		pieces.push({ start, end: start + cell.inside.length, text });
	}
	return [...pieces, ...left.map((cell) => ({ start: rowEnd, end: rowEnd, text: blank(cell) }))];
}

/** Style of the cells a column does not write. */
function columnStyles(xml: string, parts: readonly Element[]): (colonne: number) => number {
	const cols = parts.find((e) => localName(e.tag) === 'cols');
	const ranges = (cols ? childrenOf(xml, cols) : []).map(({ inside }) => ({
		min: Number(attribute(inside, 'min')) - 1,
		max: Number(attribute(inside, 'max')) - 1,
		style: Number(attribute(inside, 'style') ?? 0)
	}));
	return (colonne) => ranges.find((r) => colonne >= r.min && colonne <= r.max)?.style ?? 0;
}

/** A worksheet with the styles of all its cells passed through a function. */
export const restyled = (xml: string, style: (own: number) => number): string =>
	xml.replace(/<(?:[\w.-]+:)?c\s(?:[^>"']|"[^"]*"|'[^']*')*?\ss\s*=\s*"(\d+)"/g, (tag, own: string) =>
		tag.replace(/"\d+"$/, `"${style(Number(own))}"`)
	);
