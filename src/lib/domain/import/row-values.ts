import type { Champ, Echelle, PorteurType, Statut } from '../action';
import { visible } from './cell';
import { quoted } from '../french';
import { anomaly, type Issue, type IssueCode, type Severity } from '../issue';
import type { PlansFile } from '../rules/referentiel';
import type { CellValue, MappedColumn, Table } from './sheet';
import { isTicked } from './header-marks';
import { plain } from '../text';

/* Small readings of one cell: text, list, reference in a title, status, porteur. */

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
	const text = visible(String(cell))
		.replace(TAGS, ' ')
		.replace(/&nbsp;/g, ' ')
		.replace(/\r\n?/g, '\n')
		.trim();
	return text === '' || PLACEHOLDER.test(text) || INSTRUCTION_CELL.test(text) ? null : text;
}

export interface FieldCell {
	readonly colonne: MappedColumn;
	readonly cell: CellValue;
}

/** The cells of a row that feed a field, in column order; a ticked cell says what its column is for. */
export function cellsOf(cells: readonly CellValue[], table: Table, champ: Champ): FieldCell[] {
	return columnsOf(table, champ).map((colonne) => {
		const cell = cells[colonne.index] ?? null;
		return { colonne, cell: colonne.marque === undefined ? cell : isTicked(cell) ? colonne.marque : null };
	});
}

const byField = new WeakMap<Table['colonnes'], Map<Champ, readonly MappedColumn[]>>();

/** Columns of a field; asked for some forty times on every row. */
function columnsOf({ colonnes }: Table, champ: Champ): readonly MappedColumn[] {
	const fields = byField.get(colonnes) ?? new Map<Champ, readonly MappedColumn[]>();
	byField.set(colonnes, fields);
	const known = fields.get(champ) ?? colonnes.filter((c) => c.champ === champ);
	fields.set(champ, known);
	return known;
}

/** Texts of a field, blanks left out, one after the other. */
export function joined(cells: readonly CellValue[], table: Table, champ: Champ, glue: string): string | null {
	const texts = cellsOf(cells, table, champ).flatMap(({ cell }) => textOf(cell) ?? []);
	return texts.length ? [...new Set(texts)].join(glue) : null;
}

/**
 * Parts of a cell that holds a list: separated by a comma, a semicolon, a bar, a bullet or a new line.
 * out    trimmed, without repeats; what is inside brackets is never cut; a comma between two digits is a decimal
 */
export function splitList(text: string, separators = /[,;|\n•]/): string[] {
	const parts: string[] = [];
	let depth = 0;
	let part = '';
	for (let i = 0; i < text.length; i++) {
		const letter = text[i] ?? '';
		if (letter === '(' || letter === '[') depth++;
		if (letter === ')' || letter === ']') depth = Math.max(0, depth - 1);
		const decimal = letter === ',' && /\d/.test(text[i - 1] ?? '') && /\d/.test(text[i + 1] ?? '');
		if (depth === 0 && !decimal && separators.test(letter)) {
			parts.push(part);
			part = '';
		} else part += letter;
	}
	// A bracket that is never closed would swallow the whole list.
	if (depth > 0) return splitList(text.replace(/[([]/g, ' '), separators);
	const clean = [...parts, part].map((p) => p.replace(/^\s*[-–—*]\s+/, '').trim());
	return [...new Set(clean.filter((p) => textOf(p) !== null))];
}

/** Lists of a field, over all its columns. */
export function listOf(cells: readonly CellValue[], table: Table, champ: Champ, separators?: RegExp): string[] {
	const all = cellsOf(cells, table, champ).flatMap(({ cell, colonne }) =>
		colonne.marque === undefined ? splitCell(textOf(cell), colonne.separateur, separators) : (textOf(cell) ?? [])
	);
	return [...new Set(all)];
}

/** A cell cut where a person said, or else at the usual marks. */
export function splitCell(text: string | null, separateur: string | undefined, usual?: RegExp): string[] {
	if (text === null) return [];
	if (separateur === '') return [text];
	return splitList(text, separateur === undefined ? usual : new RegExp(`[${separateur.replace(/[\\\]^-]/g, '\\$&')}]`));
}

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

const within = (text: string, words: string): boolean => words !== '' && ` ${text} `.includes(` ${words} `);

export interface Understood<T> {
	readonly code: T;
	readonly libelle: string;
	readonly exact: boolean;
}

/** The status that words name: exactly, by a synonym, or because one synonym alone is among them; null when none or several. */
export function matchStatut(text: string, plans: PlansFile, header = ''): Understood<Statut> | null {
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

/** The kind of body a name points to, by the longest of the known words; null when no word is known. */
export function inferPorteurType(
	text: string | null,
	plans: PlansFile,
	territoire: { readonly nom: string; readonly communes: readonly { readonly nom: string }[] } | null
): PorteurType | null {
	if (text === null) return null;
	const words = plain(text);
	const found = plans.porteurs
		.map((p) => ({
			code: p.code,
			size: Math.max(
				0,
				...namesOf(p)
					.filter((n) => within(words, n))
					.map((n) => n.length)
			)
		}))
		.filter((f) => f.size > 0)
		.sort((a, b) => b.size - a.size);
	if (territoire && words === plain(territoire.nom)) return 'epci';
	if (territoire?.communes.some((c) => plain(c.nom) === words)) return 'commune';
	return found[0]?.code ?? null;
}

const ECHELLES: readonly (readonly [Echelle, RegExp])[] = [
	['supra-epci', /\b(?:supra|departement\w*|region\w*|national\w*|pays|scot|inter ?epci)\b/],
	['batiment', /\b(?:batiments?|sites?|ecoles?|equipements?|residences?)\b/],
	['quartier', /\b(?:quartiers?|qpv|qp|infra ?communal\w*)\b|\bq[np]\w{6}\b/],
	[
		'epci',
		/\b(?:epci|intercommunal\w*|agglo\w*|metropol\w*|communaute\w*|communautaire|territoire|toutes les communes|ensemble des communes)\b/
	],
	['commune', /\b(?:communes?|communal\w*|villes?|municipal\w*)\b/]
];

/** The scale that words name; null when they name none. */
export function matchEchelle(text: string): Echelle | null {
	const words = plain(text);
	return ECHELLES.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

/** Yes, no, or null when the cell says neither. */
export function matchYesNo(cell: CellValue | undefined): boolean | null {
	if (typeof cell === 'boolean') return cell;
	const words = plain(textOf(cell) ?? '');
	if (/^(?:oui|vrai|true|x|1|o|yes)\b/.test(words)) return true;
	return /^(?:non|faux|false|0|n|aucune?|sans)\b/.test(words) ? false : null;
}
