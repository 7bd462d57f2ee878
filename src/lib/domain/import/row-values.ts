import type { Champ, Statut } from '../action';
import { visible } from './cell';
import { quoted } from '../french';
import { anomaly, type Issue, type IssueCode, type Severity } from '../issue';
import type { PlansFile } from '../rules/referentiel';
import type { CellValue, MappedColumn, Table } from './sheet';
import { isTicked } from './header-marks';
import { remember, rememberWith } from '../remember';
import { plain } from '../text';

/* Small readings of one cell: text, list, reference in a title, status. */

const PLACEHOLDER = /^(?:[-–—_./?]+|null|n\.?\s?[acdr]\.?|s\.?o\.?|sans objet|néant|vide)$/i;
const INSTRUCTION_CELL = /^(?:ce champ ne sera pas|ces informations devront être saisies)/i;
const TAGS = /<\/?(?:p|br|div|span|strong|em|ul|ol|li|b|i|u|h\d|a)\b[^>]*>/gi;

/** Words of the file inside a sentence, cut when long. */
export const quote = (text: string): string => quoted(text.length > 80 ? `${text.slice(0, 77).trimEnd()}…` : text);

/** An issue about one row, in one call. */
export function rowIssue(
	code: IssueCode,
	severity: Severity,
	where: { readonly feuille: string | null; readonly ligne: number | null; readonly colonne?: string | null },
	message: string,
	more: { readonly found?: string | null; readonly expected?: string | null; readonly hint?: string | null } = {}
): Issue {
	return anomaly(code, severity, message, {
		...more,
		where: { sheet: where.feuille, row: where.ligne, column: where.colonne ?? null }
	});
}

export const isEmpty = (cell: CellValue | undefined): cell is null | undefined =>
	cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');

/** What a cell says, trimmed; null for a blank, a dash, « NC », « sans objet » or an instruction left by a model. */
export function textOf(cell: CellValue | undefined): string | null {
	if (isEmpty(cell)) return null;
	if (typeof cell === 'boolean') return cell ? 'oui' : 'non';
	const text = cleaned(String(cell)).trim();
	return text === '' || PLACEHOLDER.test(text) || INSTRUCTION_CELL.test(text) ? null : text;
}

/** A look is cheaper than a copy: most cells hold none of those signs. */
const TO_CLEAN = /[<&\r\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

const cleaned = (text: string): string =>
	TO_CLEAN.test(text)
		? visible(text)
				.replace(TAGS, ' ')
				.replace(/&nbsp;/g, ' ')
				.replace(/\r\n?/g, '\n')
		: text;

export interface FieldCell {
	readonly colonne: MappedColumn;
	readonly cell: CellValue;
}

/** The cells of a row that feed a field, in column order; a ticked cell says what its column is for. */
export function cellsOf(cells: readonly CellValue[], table: Table, champ: Champ): FieldCell[] {
	return columnsOf(table, champ).map((colonne) => ({ colonne, cell: cellIn(cells, colonne) }));
}

/** Texts of a field, in column order, blanks left out. */
export function textsOf(cells: readonly CellValue[], table: Table, champ: Champ): string[] {
	const texts: string[] = [];
	for (const colonne of columnsOf(table, champ)) {
		const text = textOf(cellIn(cells, colonne));
		if (text !== null) texts.push(text);
	}
	return texts;
}

function cellIn(cells: readonly CellValue[], { index, marque }: MappedColumn): CellValue {
	const cell = cells[index] ?? null;
	return marque === undefined ? cell : isTicked(cell) ? marque : null;
}

const byField = new WeakMap<Table['colonnes'], Map<Champ, readonly MappedColumn[]>>();

/** Columns of a field; asked for some forty times on every row. */
function columnsOf({ colonnes }: Table, champ: Champ): readonly MappedColumn[] {
	let fields = byField.get(colonnes);
	if (!fields) byField.set(colonnes, (fields = new Map()));
	let known = fields.get(champ);
	if (!known) fields.set(champ, (known = colonnes.filter((c) => c.champ === champ)));
	return known;
}

/** Texts of a field, blanks left out, one after the other. */
export function joined(cells: readonly CellValue[], table: Table, champ: Champ, glue: string): string | null {
	const texts = textsOf(cells, table, champ);
	return texts.length > 1 ? [...new Set(texts)].join(glue) : (texts[0] ?? null);
}

const USUAL = /[,;|\n•]/;

/**
 * Parts of a cell that holds a list: separated by a comma, a semicolon, a bar, a bullet or a new line.
 * out    trimmed, without repeats; what is inside brackets is never cut; a comma between two digits is a decimal
 */
export const splitList = (text: string, separators = USUAL): string[] => [...new Set(cutList(text, separators))];

/** The same, repeats kept: two equal amounts are two. */
export function cutList(text: string, separators = USUAL): string[] {
	const parts: string[] = [];
	let depth = 0;
	let start = 0;
	for (const { 0: sign, index } of text.matchAll(signsOf(separators.source))) {
		if (sign === '(' || sign === '[') depth++;
		if (sign === ')' || sign === ']') depth = Math.max(0, depth - 1);
		if (depth > 0 || !separators.test(sign)) continue;
		if (sign === ',' && /\d/.test(text[index - 1] ?? '') && /\d/.test(text[index + 1] ?? '')) continue;
		parts.push(text.slice(start, index));
		start = index + 1;
	}
	// A bracket that is never closed would swallow the whole list.
	if (depth > 0) return cutList(text.replace(/[([]/g, ' '), separators);
	const clean = [...parts, text.slice(start)].map((p) => p.replace(/^\s*[-–—*]\s+/, '').trim());
	return clean.filter((p) => textOf(p) !== null);
}

/** Separators and brackets: the only places where a list may be cut, or must not be. */
const signsOf = remember((separators) => new RegExp(String.raw`[()[\]]|${separators}`, 'g'));

/** Lists of a field, over all its columns. */
export function listOf(cells: readonly CellValue[], table: Table, champ: Champ, separators?: RegExp): string[] {
	const all: string[] = [];
	for (const { cell, colonne } of cellsOf(cells, table, champ)) {
		const text = textOf(cell);
		if (text === null) continue;
		if (colonne.marque === undefined) all.push(...splitCell(text, colonne.separateur, separators));
		else all.push(text);
	}
	return all.length > 1 ? [...new Set(all)] : all;
}

/** A cell cut where a person said, or else at the usual marks. */
export function splitCell(text: string | null, separateur: string | undefined, usual?: RegExp): string[] {
	if (text === null) return [];
	if (separateur === '') return [text];
	return splitList(text, separateur === undefined ? usual : marksIn(separateur));
}

const marksIn = remember((separateur) => new RegExp(`[${separateur.replace(/[\\\]^-]/g, '\\$&')}]`));

const NUMBER = String.raw`\d+(?:[.\-]\d+)*\s?(?:bis|ter|[a-z](?![a-zà-ÿ]))?`;
const LEADING = [
	new RegExp(
		String.raw`^(?:fiche[\s-]+)?(?:action|fiche|opération|operation|mesure|projet)\s*(?:n\s?[°o.]\s?)?([A-Z]{0,3}[-.]?${NUMBER})\s*[-–—:.)\t]+\s*(.+)$`,
		'is'
	),
	new RegExp(String.raw`^([A-Z]{1,3}[-. ]?\d+(?:[.\-]\d+)*)\s*(?:\t|[:–—)]|\.\s|-\s|\s{2,})\s*(.+)$`, 's'),
	new RegExp(String.raw`^(${NUMBER})\s*(?:\.(?!\d)|[:)–—\t]|-\s)+\s*(.+)$`, 's'),
	/^(\d+(?:\.\d+)+)\s+(.+)$/s
];
const TRAILING = /^(.+?)\s*\(([A-Z]{0,2}\d+(?:\.\d+)+[a-z]?)\)\s*$/s;

/** The reference a title carries, and the title without it: « ACTION 8 - Isoler », « A-3 → Isoler », « Isoler (1.2.1) ». */
export function splitReference(title: string): { readonly reference: string | null; readonly titre: string } {
	const trimmed = title.trim();
	for (const pattern of LEADING) {
		const [, reference = '', rest = ''] = pattern.exec(trimmed) ?? [];
		// « 2025 - 2028 : voiries » starts with a year, not with a number of action.
		if (reference && !/^(?:19|20)\d{2}(?:\D|$)/.test(reference) && /\p{L}{3}/u.test(rest))
			return { reference: reference.trim(), titre: rest.trim() };
	}
	const [, rest = '', reference = ''] = TRAILING.exec(trimmed) ?? [];
	return reference ? { reference, titre: rest.trim() } : { reference: null, titre: trimmed };
}

const folded = new WeakMap<object, readonly string[]>();

/** Folded ways to name an entry of `data/plans.yaml`; made once, asked for on every row. */
export function namesOf(entry: {
	readonly code: string;
	readonly libelle: string;
	readonly synonymes: readonly string[];
}): readonly string[] {
	const known = folded.get(entry);
	if (known) return known;
	const names = [...new Set([entry.libelle, entry.code, ...entry.synonymes].map(plain))].filter((name) => name !== '');
	folded.set(entry, names);
	return names;
}

export const within = (text: string, words: string): boolean => words !== '' && ` ${text} `.includes(` ${words} `);

export interface Understood<T> {
	readonly code: T;
	readonly libelle: string;
	readonly exact: boolean;
}

/** The status that words name: exactly, by a synonym, or because one synonym alone is among them; null when none or several. */
export const matchStatut = (text: string, plans: PlansFile, header = ''): Understood<Statut> | null =>
	statusUnder(`${header}\u0000${text}`, plans);

const statusUnder = rememberWith((asked: string, plans: PlansFile) => {
	const cut = asked.indexOf('\u0000');
	return readStatus(asked.slice(cut + 1), plans, asked.slice(0, cut));
});

function readStatus(text: string, plans: PlansFile, header: string): Understood<Statut> | null {
	const share = doneShare(text, header);
	if (share !== null) {
		const code = share === 0 ? 'a-venir' : share < 1 ? 'en-cours' : 'realise';
		const known = plans.statuts.find((s) => s.code === code);
		return known ? { code, libelle: known.libelle, exact: false } : null;
	}
	const words = plain(text);
	const exact = plans.statuts.find((s) => namesOf(s)[0] === words || s.code === text.trim().toLowerCase());
	if (exact) return { code: exact.code, libelle: exact.libelle, exact: true };
	const same = plans.statuts.find((s) => namesOf(s).includes(words));
	if (same) return { code: same.code, libelle: same.libelle, exact: false };
	// « non démarrée » also contains « démarrée »: the longest name decides.
	const found = plans.statuts
		.map((s) => ({
			s,
			size: Math.max(
				0,
				...namesOf(s)
					.filter((n) => within(words, n))
					.map((n) => n.length)
			)
		}))
		.filter((f) => f.size > 0)
		.sort((a, b) => b.size - a.size);
	const [best, second] = found;
	return best && best.size !== second?.size ? { code: best.s.code, libelle: best.s.libelle, exact: false } : null;
}

/** « 50 % », or 0,5 in a cell shown as a percentage; null for anything else. */
function doneShare(text: string, header: string): number | null {
	const [, figure, percent] = /^(\d+(?:[.,]\d+)?)\s*(%?)$/.exec(text.trim()) ?? [];
	if (figure === undefined) return null;
	const value = Number(figure.replace(',', '.'));
	if (percent) return value <= 100 ? value / 100 : null;
	if (value > 0 && value < 1) return value;
	const rate = /\bavancement\b|\bavancee\b|\brealisation\b|\btaux\b|%/.test(`${plain(header)} ${header}`);
	if (!rate) return null;
	return value <= 1 ? value : value <= 100 && /%/.test(header) ? value / 100 : null;
}

/** Yes, no, or null when the cell says neither. */
export function matchYesNo(cell: CellValue | undefined): boolean | null {
	if (typeof cell === 'boolean') return cell;
	const words = plain(textOf(cell) ?? '');
	if (/^(?:oui|vrai|true|x|1|o|yes)\b/.test(words)) return true;
	return /^(?:non|faux|false|0|n|aucune?|sans)\b/.test(words) ? false : null;
}
