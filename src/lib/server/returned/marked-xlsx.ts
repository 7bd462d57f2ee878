import { linesWithin, LIST_NAME, type CellMark } from '../../domain/import/cell-marks';
import { MAX_COMMENTS, type Marking } from './marking';
import { styleCells, restyled } from './xlsx-cells';
import { NO_COMMENTS, NO_DRAWING, withComments, withoutOurs } from './xlsx-comments';
import { listSheet } from './xlsx-list';
import { openPackage, type Package, type SheetPart } from './xlsx-package';
import { NO_STYLES, openStyles, type StyleBook } from './xlsx-styles';
import { attribute, childrenOf, localName, rootOf } from './xml-text';
import { writeZip } from './zip-write';

/* A workbook given back with its cells marked: the parts concerned are edited where they stand, all others are copied. */

const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/**
 * Marks the cells of an XLSX file.
 * in     the files of the archive, by path
 * out    bytes of the new archive; null when the workbook is not built as the format says, and is better copied
 * never  changes a value, a formula, a width, a sheet that holds no mark
 */
export function markXlsx(files: ReadonlyMap<string, Uint8Array>, marking: Marking): Uint8Array | null {
	const pack = openPackage(files);
	if (!pack) return null;
	const stylesPath = pack.pathOf(pack.workbook, `${RELATION}/styles`) ?? pack.addStyles(NO_STYLES);
	const styles = openStyles(pack.text(stylesPath));
	if (!styles) return null;
	let comments = MAX_COMMENTS;
	for (const sheet of pack.sheets) {
		if (sheet.nom === marking.oldList) continue;
		const marks = marking.marks.get(sheet.nom) ?? [];
		if (styles.alreadyMarked) cleanSheet(pack, sheet, styles);
		if (marks.length === 0) continue;
		const cells = marks.map((m) => ({ ...m, style: (own: number) => styles.marked(styles.unmarked(own), m.marque) }));
		pack.write(sheet.path, styleCells(pack.text(sheet.path), cells));
		commentSheet(pack, sheet, marks.slice(0, comments));
		comments = Math.max(0, comments - marks.length);
	}
	const lines = linesWithin(marking.lines, new Set(pack.sheets.map((s) => s.nom)));
	const list = listSheet(marking.head, lines, {
		...styles.list,
		marque: (m) => styles.marked(styles.list.texte, m)
	});
	const old = pack.sheets.find((s) => s.nom === marking.oldList);
	if (old) pack.write(old.path, list);
	else pack.addSheet(LIST_NAME, list);
	pack.write(stylesPath, styles.write());
	return writeZip(pack.files());
}

/** Takes off the marks and comments an earlier return had left. */
function cleanSheet(pack: Package, sheet: SheetPart, styles: StyleBook): void {
	pack.write(sheet.path, restyled(pack.text(sheet.path), styles.unmarked));
	const parts = commentParts(pack, sheet);
	if (!parts.comments || !parts.drawing) return;
	const kept = withoutOurs(pack.text(parts.comments), pack.text(parts.drawing));
	pack.write(parts.comments, kept.comments);
	pack.write(parts.drawing, kept.drawing);
}

function commentSheet(pack: Package, sheet: SheetPart, marks: readonly CellMark[]): void {
	if (marks.length === 0) return;
	const known = commentParts(pack, sheet);
	const comments =
		known.comments ??
		pack.addPart(sheet.path, 'xl/comments', '.xml', `${RELATION}/comments`, `${MAIN}.comments+xml`).path;
	const written = known.comments ? pack.text(known.comments) : NO_COMMENTS;
	let { drawing } = known;
	const shapes = drawing ? pack.text(drawing) : NO_DRAWING;
	if (!drawing) {
		const part = pack.addPart(sheet.path, 'xl/drawings/vmlDrawing', '.vml', `${RELATION}/vmlDrawing`, null);
		drawing = part.path;
		pack.write(sheet.path, withLegacyDrawing(pack.text(sheet.path), part.id));
	}
	const marked = withComments(written, shapes, marks);
	pack.write(comments, marked.comments);
	pack.write(drawing, marked.drawing);
}

function commentParts(pack: Package, sheet: SheetPart): { comments: string | null; drawing: string | null } {
	const xml = pack.text(sheet.path);
	const root = rootOf(xml);
	const legacy = root && childrenOf(xml, root).find((e) => localName(e.tag) === 'legacyDrawing');
	const id = legacy ? /\b[\w.-]+:id\s*=\s*["']([^"']+)["']/.exec(legacy.inside)?.[1] : null;
	return {
		comments: pack.pathOf(sheet.path, `${RELATION}/comments`),
		drawing: id ? pack.pathOf(sheet.path, `${RELATION}/vmlDrawing`, id) : null
	};
}

/** What may follow the drawing of the comments in a worksheet. */
const AFTER = [
	'legacyDrawingHF',
	'drawingHF',
	'picture',
	'oleObjects',
	'controls',
	'webPublishItems',
	'tableParts',
	'extLst',
	'AlternateContent'
];

function withLegacyDrawing(xml: string, id: string): string {
	const root = rootOf(xml);
	if (!root) return xml;
	const p = root.tag.slice(0, -'worksheet'.length);
	const parts = childrenOf(xml, root);
	const data = parts.findIndex((e) => localName(e.tag) === 'sheetData');
	const next = parts.slice(data + 1).find((e) => AFTER.includes(localName(e.tag)));
	const at = next?.start ?? root.contentEnd;
	const namespace = attribute(root.inside, 'xmlns:r') === RELATION ? '' : ` xmlns:r="${RELATION}"`;
	return `${xml.slice(0, at)}<${p}legacyDrawing${namespace} r:id="${id}"/>${xml.slice(at)}`;
}
