import { count } from '../../domain/french';
import type { CellRef, CellValue, MergedCells, Sheet } from '../../domain/import/sheet';
import { anomaly, type Issue } from '../../domain/issue';
import { cellBudget, MAX_SHEETS, textCell, TooManyCells, trimmedSheet } from './cell-budget';
import { scanXml } from './xml-scan';

/* Tables of `word/document.xml`. What is deleted, noted, drawn or only suggested by a form is not read. */

export interface DocumentTables {
	readonly sheets: readonly Sheet[];
	readonly issues: readonly Issue[];
}

interface OpenTable {
	readonly rows: CellValue[][];
	/** Cells that go on with the one above, `ligne` from 1. */
	readonly continued: CellRef[];
	readonly nested: OpenTable[];
	row: { cells: CellValue[]; column: number; deleted: boolean; continued: number[] } | null;
	cell: { lines: string[]; span: number; continued: boolean } | null;
}

interface Heading {
	readonly level: number;
	readonly text: string;
}

/** Parts of a document that are not its text: what was deleted or moved away, drawings, and the copy kept for old readers. */
const ASIDE = new Set([
	'w:del',
	'w:moveFrom',
	'w:drawing',
	'w:pict',
	'w:object',
	'mc:Fallback',
	'w:pPrChange',
	'w:rPrChange'
]);
/** A short bold line, or one that starts so, heads what follows it even without a style. */
const HEADS = /^(?:axe|objectif|enjeu|orientation|pilier|volet|th[ée]matique|priorit[ée]|ambition|fiche|action)s?\b/i;
const MAX_HEADING = 200;

/**
 * Tables of a Word document, in its order, each as a sheet named « Tableau 3 — heading above ».
 * in     text of `word/document.xml`, and of `word/styles.xml` when there is one
 * out    merged cells have their text in the first of them, and `fusions` tells those that go down; a table inside a cell is
 *        the text of that cell, save when the outer one is only a frame; rows of a table cut in two are read together;
 *        `issues` say what is not read
 * throws TooManyCells when they hold more than a workbook may
 */
export function readDocxTables(document: string, styles: string | null): DocumentTables {
	const levels = headingLevels(styles ?? '');
	const spend = cellBudget();
	const sheets: { nom: string; sections: readonly string[]; rows: CellValue[][]; continued: CellRef[] }[] = [];
	const stack: OpenTable[] = [];
	let headings: Heading[] = [];
	let paragraph: { text: string; style: string; level: number | null; bold: boolean; plain: boolean } | null = null;
	let outside = 0;
	let sinceTable = 0;
	let aside = 0;
	let inText = false;
	let inProperties = 0;
	const placeholders: boolean[] = [];

	const endParagraph = (): void => {
		const ended = paragraph;
		paragraph = null;
		const text = ended?.text.trim() ?? '';
		if (!ended || text === '') return;
		const cell = stack.at(-1)?.cell;
		if (cell) {
			cell.lines.push(text);
			return;
		}
		if (stack.length > 0) return;
		sinceTable++;
		const styled = ended.level ?? levels.get(ended.style) ?? null;
		const bold = ended.bold && !ended.plain;
		const level = styled ?? (text.length <= MAX_HEADING && (bold || HEADS.test(text)) ? 9 : null);
		if (level === null) outside++;
		else headings = [...headings.filter((h) => h.level < level), { level, text: text.slice(0, MAX_HEADING) }];
	};
	const emit = (table: OpenTable): void => {
		const filled = table.rows.some((row) => row.some((cell) => cell !== null));
		// A table whose only content is other tables is a frame: they are read in its place.
		if (!filled && table.nested.length > 0) return table.nested.forEach(emit);
		const last = sheets.at(-1);
		if (last && sinceTable === 0 && follows(last.rows, table.rows)) {
			const above = last.rows.length;
			for (const cell of table.continued) last.continued.push({ ...cell, ligne: above + cell.ligne });
			last.rows.push(...table.rows);
		} else {
			const [nom, sections] = [`Tableau ${sheets.length + 1}`, headings.map((h) => h.text)];
			sheets.push({ nom, sections, rows: table.rows, continued: table.continued });
		}
		sinceTable = 0;
		if (sheets.length > 5 * MAX_SHEETS) throw new TooManyCells();
	};
	const endCell = (table: OpenTable): void => {
		const { row, cell } = table;
		table.cell = null;
		if (!row || !cell) return;
		const value = cell.continued ? null : textCell(chosen(cell.lines.join('\n')));
		spend(cell.span);
		if (cell.continued) row.continued.push(row.column);
		row.cells[row.column] = value;
		for (let i = 1; i < cell.span; i++) row.cells[row.column + i] = null;
		row.column += cell.span;
	};

	scanXml(document, {
		open(tag, attributes, selfClosing) {
			if (aside > 0 || ASIDE.has(tag)) {
				// « w:del » inside the properties of a row says that the row itself is deleted.
				const row = stack.at(-1)?.row;
				if (aside === 0 && tag === 'w:del' && selfClosing && row && !paragraph && !stack.at(-1)!.cell)
					row.deleted = true;
				if (!selfClosing) aside++;
				return;
			}
			const table = stack.at(-1);
			const value = (): string => attributes()['w:val'] ?? '';
			if (tag === 'w:tbl') stack.push({ rows: [], continued: [], nested: [], row: null, cell: null });
			else if (tag === 'w:tr' && table && !selfClosing)
				table.row = { cells: [], column: 0, deleted: false, continued: [] };
			else if (tag === 'w:gridBefore' && table?.row) {
				const skipped = spanOf(value());
				spend(skipped);
				for (let i = 0; i < skipped; i++) table.row.cells.push(null);
				table.row.column = skipped;
			} else if (tag === 'w:tc' && table?.row && !selfClosing) table.cell = { lines: [], span: 1, continued: false };
			else if (tag === 'w:gridSpan' && table?.cell) table.cell.span = spanOf(value());
			else if (tag === 'w:vMerge' && table?.cell) table.cell.continued = value() !== 'restart';
			else if (tag === 'w:p' && !selfClosing)
				paragraph = { text: '', style: '', level: null, bold: false, plain: false };
			else if (tag === 'w:pPr' || tag === 'w:rPr') inProperties += selfClosing ? 0 : 1;
			else if (tag === 'w:pStyle' && paragraph) paragraph.style = value();
			else if (tag === 'w:outlineLvl' && paragraph) paragraph.level = Number(value()) < 9 ? Number(value()) + 1 : null;
			else if (tag === 'w:b' && paragraph) paragraph.bold ||= !/^(?:0|false)$/.test(value());
			else if (tag === 'w:t') inText = !selfClosing;
			else if (tag === 'w:sdt' && !selfClosing) placeholders.push(false);
			else if (tag === 'w:showingPlcHdr' && placeholders.length > 0) placeholders[placeholders.length - 1] = true;
			else if (paragraph && inProperties === 0 && (tag === 'w:br' || tag === 'w:cr')) paragraph.text += '\n';
			else if (paragraph && inProperties === 0 && tag === 'w:tab') paragraph.text += '\t';
			else if (paragraph && tag === 'w:noBreakHyphen') paragraph.text += '-';
		},
		close(tag) {
			if (aside > 0) {
				aside--;
				return;
			}
			const table = stack.at(-1);
			if (tag === 'w:p') endParagraph();
			else if (tag === 'w:pPr' || tag === 'w:rPr') inProperties = Math.max(0, inProperties - 1);
			else if (tag === 'w:t') inText = false;
			else if (tag === 'w:sdt') placeholders.pop();
			else if (tag === 'w:tc' && table) endCell(table);
			else if (tag === 'w:tr' && table?.row) {
				if (!table.row.deleted) {
					const ligne = table.rows.push(table.row.cells);
					table.continued.push(...table.row.continued.map((colonne) => ({ ligne, colonne })));
				}
				spend(1);
				table.row = null;
			} else if (tag === 'w:tbl' && table) {
				stack.pop();
				const parent = stack.at(-1);
				if (!parent) emit(table);
				else {
					parent.nested.push(table);
					if (hasOwnText(parent)) parent.cell?.lines.push(...linesOf(table));
				}
			}
		},
		text(text) {
			if (!inText || aside > 0 || !paragraph || placeholders.includes(true)) return;
			paragraph.text += text;
			if (text.trim() !== '' && !paragraph.bold) paragraph.plain = true;
		}
	});
	return {
		sheets: sheets.map(({ nom, sections, rows, continued }) => ({
			...trimmedSheet(named(nom, sections.at(-1)), false, rows, mergesOf(continued)),
			sections
		})),
		issues: outside > 0 ? [notRead(outside)] : []
	};
}

/** Cells that go on with the one above, row after row, as merges. */
function mergesOf(continued: readonly CellRef[]): MergedCells[] {
	const open = new Map<number, { ligne: number; colonne: number; hauteur: number }>();
	return continued.flatMap(({ ligne, colonne }) => {
		const known = open.get(colonne);
		if (known && known.ligne + known.hauteur === ligne) {
			known.hauteur++;
			return [];
		}
		const merged = { ligne: ligne - 1, colonne, hauteur: 2 };
		open.set(colonne, merged);
		return ligne > 1 ? [merged] : [];
	});
}

const spanOf = (written: string): number => Math.min(1_000, Math.max(1, Math.trunc(Number(written)) || 1));

const named = (nom: string, section: string | undefined): string =>
	section ? `${nom} — ${section.replace(/\s+/g, ' ').slice(0, 80)}` : nom;

/** A nested table counts as text only where there is other text: alone, the outer one may be a mere frame. */
const hasOwnText = (table: OpenTable): boolean =>
	table.rows.some((row) => row.some((cell) => cell !== null)) ||
	(table.row?.cells.some((cell) => cell !== null) ?? false) ||
	(table.cell?.lines.length ?? 0) > 0;

const linesOf = ({ rows }: OpenTable): string[] =>
	rows.map((row) => row.filter((cell) => cell !== null).join('\u00a0: ')).filter((line) => line !== '');

/** The rest of a table cut by a page: as many columns (three or more), nothing written in between. */
function follows(before: readonly CellValue[][], after: readonly CellValue[][]): boolean {
	const width = (rows: readonly CellValue[][]): number => Math.max(0, ...rows.map((row) => row.length));
	return width(before) >= 3 && width(before) === width(after);
}

/** « ☒ oui ☐ non » says « oui »; a list with no box ticked says nothing. */
function chosen(text: string): string {
	if (!/[☐☒☑]/.test(text)) return text;
	const [before = '', ...options] = text.split(/(?=[☐☒☑])/);
	const ticked = options.filter((option) => !option.startsWith('☐')).map((option) => option.slice(1).trim());
	return [before.trim(), ticked.join(' ; ')].filter(Boolean).join(' ');
}

/** Styles that head a part: by their outline level, or by their name (« heading 2 », « Titre 2 »), their own or their model's. */
function headingLevels(styles: string): ReadonlyMap<string, number> {
	const found = new Map<string, { level: number | null; model: string | null }>();
	let id = '';
	scanXml(styles, {
		open(tag, attributes) {
			if (tag === 'w:style') {
				id = attributes()['w:styleId'] ?? '';
				found.set(id, { level: levelIn(id), model: null });
			}
			const style = found.get(id);
			if (!style) return;
			if (tag === 'w:name') style.level ??= levelIn(attributes()['w:val'] ?? '');
			else if (tag === 'w:basedOn') style.model = attributes()['w:val'] ?? null;
			else if (tag === 'w:outlineLvl') style.level = Number(attributes()['w:val']) + 1;
		},
		close: () => undefined,
		text: () => undefined
	});
	const levelOf = (style: string, depth = 0): number | null => {
		const { level, model } = found.get(style) ?? { level: levelIn(style), model: null };
		return level ?? (model && depth < 10 ? levelOf(model, depth + 1) : null);
	};
	const levels = new Map<string, number>();
	for (const style of [...found.keys(), 'Heading1', 'Heading2', 'Heading3', 'Titre1', 'Titre2', 'Titre3']) {
		const level = levelOf(style);
		if (level !== null && level <= 9) levels.set(style, level);
	}
	return levels;
}

const levelIn = (name: string): number | null => {
	const rank = /^(?:heading|titre) ?(\d)$/i.exec(name)?.[1];
	return rank ? Number(rank) : null;
};

const notRead = (paragraphs: number): Issue =>
	anomaly(
		'ligne-ecartee',
		'info',
		paragraphs === 1
			? 'Un paragraphe hors tableau n’est pas lu.'
			: `${count(paragraphs, 'paragraphe')} hors tableau ne sont pas lus.`,
		{
			expected: 'des actions dans les tableaux du document',
			hint: 'Si des actions sont écrites en paragraphes, mettez-les dans un tableau\u00a0: une par ligne.'
		}
	);
