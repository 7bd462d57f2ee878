import { linesWithin, LIST_NAME } from '../../domain/import/cell-marks';
import { MAX_COMMENTS, type Marking } from './marking';
import { markCells } from './ods-cells';
import { listRange, listTable, RANGE } from './ods-list';
import { hasOurNotes, withoutOurNotes } from './ods-notes';
import { openOdsStyles, withoutOurFills } from './ods-styles';
import { attribute, elementsIn, rootOf, spliced, type Element, type Piece } from './xml-text';
import { writeZip } from './zip-write';

/* An OpenDocument spreadsheet given back with its cells marked: `content.xml` is edited where it stands, the rest is copied. */

const CONTENT = 'content.xml';
/** What we write is named by these. */
const NAMESPACES: Readonly<Record<string, string>> = {
	dc: 'http://purl.org/dc/elements/1.1/',
	fo: 'urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0',
	style: 'urn:oasis:names:tc:opendocument:xmlns:style:1.0',
	text: 'urn:oasis:names:tc:opendocument:xmlns:text:1.0',
	xlink: 'http://www.w3.org/1999/xlink'
};

/**
 * Marks the cells of an ODS file.
 * in     the files of the archive, by path
 * out    bytes of the new archive; null when the content is not built as the format says, and is better copied
 * never  changes a value, a formula, a format, a width; a signature on the document would be false, it is taken off
 */
export function markOds(files: ReadonlyMap<string, Uint8Array>, marking: Marking): Uint8Array | null {
	const bytes = files.get(CONTENT);
	if (!bytes) return null;
	const received = new TextDecoder().decode(bytes);
	const xml = hasOurNotes(received) || marking.oldList ? withoutOurFills(withoutOurNotes(received)) : received;
	const styles = openOdsStyles(xml);
	const root = rootOf(xml);
	const tables = elementsIn(xml, 0, linked(xml), 'table:table').map((e) => ({
		...e,
		nom: attribute(e.inside, 'table:name')
	}));
	const last = tables.at(-1);
	if (!styles || !root || !last) return null;

	const pieces: Piece[] = [];
	let comments = MAX_COMMENTS;
	for (const table of tables) {
		const marks = marking.marks.get(table.nom ?? '') ?? [];
		if (marks.length === 0 || table.nom === marking.oldList) continue;
		pieces.push(...markCells(xml, table, marks, { style: styles.marked, comments }));
		comments = Math.max(0, comments - marks.length);
	}
	const old = tables.find((t) => t.nom !== null && t.nom === marking.oldList);
	const name = old?.nom ?? freeName(new Set(tables.map((t) => (t.nom ?? '').toLowerCase())));
	const lines = linesWithin(marking.lines, new Set(tables.flatMap((t) => t.nom ?? [])));
	const list = listTable(name, marking.head, lines, styles);
	pieces.push(old ? { ...old, text: list } : { start: last.end, end: last.end, text: list });
	pieces.push(...rangePieces(xml, last, lines.length > 0 ? listRange(name, marking.head, lines) : ''));
	pieces.push(styles.piece());
	const missing = Object.entries(NAMESPACES).filter(([prefix]) => attribute(root.inside, `xmlns:${prefix}`) === null);
	const at = root.start + 1 + root.tag.length + root.inside.length;
	pieces.push({ start: at, end: at, text: missing.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('') });

	const marked = new Map(files).set(CONTENT, new TextEncoder().encode(spliced(xml, pieces)));
	marked.delete('META-INF/documentsignatures.xml');
	// The first file of the archive says what it is.
	const mimetype = marked.get('mimetype');
	return writeZip(mimetype ? new Map([['mimetype', mimetype], ...marked]) : marked);
}

/** Where the copies of other workbooks begin, which are no sheets of this one. */
function linked(xml: string): number {
	const found = xml.indexOf('<table:dde-links');
	return found < 0 ? xml.length : found;
}

function freeName(taken: ReadonlySet<string>): string {
	let name: string = LIST_NAME;
	for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${LIST_NAME} ${n}`;
	return name;
}

/** The range of the filter put among those of the workbook, in place of the one of an earlier list. */
function rangePieces(xml: string, last: Element, range: string): Piece[] {
	const [ranges] = elementsIn(xml, last.end, xml.length, 'table:database-ranges');
	if (!ranges || ranges.contentStart === ranges.end) {
		const text = range && `<table:database-ranges>${range}</table:database-ranges>`;
		if (ranges) return [{ ...ranges, text }];
		const next = /<table:(?:data-pilot-tables|consolidation|dde-links)\b|<\/office:spreadsheet>/g;
		next.lastIndex = last.end;
		const at = next.exec(xml)?.index ?? last.end;
		return [{ start: at, end: at, text }];
	}
	const known = elementsIn(xml, ranges.contentStart, ranges.contentEnd, 'table:database-range');
	const old = known.filter((e) => attribute(e.inside, 'table:name') === RANGE);
	return [
		...old.map(({ start, end }) => ({ start, end, text: '' })),
		{ start: ranges.contentEnd, end: ranges.contentEnd, text: range }
	];
}
