import iconv from 'iconv-lite';
import Papa from 'papaparse';
import type { CellValue, Sheet, Workbook } from '../domain/sheet';
import type { Refusal } from '../domain/issue';
import { MAX_CELLS, textCell } from './cell-budget';

const SEPARATORS = [
	[';', 'point-virgule'],
	['\t', 'tabulation'],
	[',', 'virgule'],
	['|', 'barre verticale']
] as const;
type Separator = (typeof SEPARATORS)[number];

/** Enough to see how the file is cut, whatever its size. */
const SAMPLE_CHARACTERS = 200_000;
const SAMPLE_ROWS = 60;

/**
 * Delimited text (CSV, TSV) to a workbook of one sheet; every value stays text: « 02 » stays « 02 ».
 * out    blank cells and the word NULL are null; line breaks inside cells are kept; `lecture` says what was understood
 */
export function readDelimited(bytes: Uint8Array, fichier: string): Workbook | Refusal {
	const decoded = decode(bytes);
	if (decoded === null || looksBinary(decoded.text)) {
		return {
			refus: 'Ce fichier n’est ni un classeur ni un tableau en texte\u00a0: il ne peut pas être lu.',
			conseil: 'Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx, .ods ou .csv.'
		};
	}
	const { text, announced } = unwrapped(decoded.text);
	if (text.trim() === '')
		return { refus: 'Ce fichier est vide.', conseil: 'Choisissez le fichier qui contient le plan.' };

	const separator = announced ?? findSeparator(text);
	const parsed = Papa.parse<string[]>(text, { delimiter: separator[0], newline: '\n' }).data;
	let cells = 0;
	const rows: CellValue[][] = [];
	for (const record of parsed) {
		const row = record.map((value) => (value === 'NULL' ? null : textCell(value)));
		while (row.length > 0 && row.at(-1) === null) row.pop();
		cells += Math.max(1, row.length);
		if (cells > MAX_CELLS)
			return { refus: 'Ce tableau est trop grand pour être lu.', conseil: 'Découpez-le en plusieurs fichiers.' };
		rows.push(row);
	}
	while (rows.length > 0 && rows.at(-1)!.length === 0) rows.pop();
	const sheet: Sheet = { nom: sheetName(fichier), masquee: false, rows };
	return { fichier, format: 'csv', lecture: { encodage: decoded.encodage, separateur: separator[1] }, sheets: [sheet] };
}

/** UTF-8 when the bytes are valid UTF-8, else windows-1252, the encoding of French Excel; null when neither can be. */
export function decode(bytes: Uint8Array): { readonly text: string; readonly encodage: string } | null {
	const [a, b, c] = bytes;
	if (a === 0xff && b === 0xfe) return { text: viaIconv(bytes.subarray(2), 'utf-16le'), encodage: 'UTF-16' };
	if (a === 0xfe && b === 0xff) return { text: viaIconv(bytes.subarray(2), 'utf-16be'), encodage: 'UTF-16' };
	const marked = a === 0xef && b === 0xbb && c === 0xbf;
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return { text, encodage: marked ? 'UTF-8 (avec BOM)' : 'UTF-8' };
	} catch {
		// Not TextDecoder('windows-1252'): on Node 20 it loses €, œ and ’.
		return { text: viaIconv(bytes, 'windows-1252'), encodage: 'Windows-1252' };
	}
}

const viaIconv = (bytes: Uint8Array, encoding: string): string =>
	iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding);

/** A table in text has no control characters; a few stray ones are forgiven. */
function looksBinary(text: string): boolean {
	const sample = text.slice(0, SAMPLE_CHARACTERS);
	const odd = sample.match(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufffd]/g)?.length ?? 0;
	return sample.includes('\u0000') || odd > sample.length / 200;
}

/** One kind of line end, and without the « sep=; » line some exports start with. */
function unwrapped(raw: string): { text: string; announced: Separator | null } {
	const text = raw.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
	const [line, sign] = /^"?sep=(.)"?\n/i.exec(text) ?? [];
	const announced = SEPARATORS.find(([s]) => s === sign) ?? null;
	return line && announced ? { text: text.slice(line.length), announced } : { text, announced: null };
}

/** The separator that cuts most rows into the same number of cells; with none, the whole line is one cell. */
export function findSeparator(text: string): Separator {
	const sample = text.slice(0, SAMPLE_CHARACTERS);
	let best: { separator: Separator; score: number } = { separator: SEPARATORS[0], score: 0 };
	for (const separator of SEPARATORS) {
		const rows = Papa.parse<string[]>(sample, { delimiter: separator[0], newline: '\n', preview: SAMPLE_ROWS }).data;
		const widths = rows.filter((row) => row.some((cell) => cell.trim() !== '')).map((row) => row.length);
		const byWidth = new Map<number, number>();
		for (const width of widths) if (width > 1) byWidth.set(width, (byWidth.get(width) ?? 0) + 1);
		for (const [width, rowsOfWidth] of byWidth) {
			const score = (rowsOfWidth / widths.length) * (1 + Math.log2(width) / 4);
			if (score > best.score + 1e-9) best = { separator, score };
		}
	}
	return best.separator;
}

const sheetName = (fichier: string): string => fichier.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') || 'Feuille 1';
