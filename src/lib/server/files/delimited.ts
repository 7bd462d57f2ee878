import Papa from 'papaparse';
import { unguardFormula } from '../../domain/formula-guard';
import type { CellValue, Sheet, Workbook } from '../../domain/import/sheet';
import { anomaly, type Issue, type Refusal } from '../../domain/issue';
import { cellTexts, MAX_CELLS } from './cell-budget';
import { decodeOneByte, mixedUp, saidOfAccents, unmixed, unsureAccents, viaIconv, type Decoded } from './encoding';

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
/** Quotes mended in one file; beyond, it is no table. */
const MENDED = 20;

/**
 * Delimited text (CSV, TSV) to a workbook of one sheet; every value stays text: « 02 » stays « 02 ».
 * out    blank cells and the word NULL are null; line breaks inside cells are kept; `lecture` says what was understood
 */
export function readDelimited(bytes: Uint8Array, fichier: string): Workbook | Refusal {
	const decoded = decode(bytes);
	const mended = decoded?.encodage.startsWith('UTF-8') ? unmixed(decoded.text) : decoded;
	if (decoded !== null && mended === null) return mixedUp;
	if (decoded === null || mended === null || looksBinary(mended.text)) {
		return {
			refus: 'Ce fichier n’est ni un classeur ni un tableau en texte\u00a0: il ne peut pas être lu.',
			conseil: 'Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx, .ods ou .csv.'
		};
	}
	if (decoded.doute) return unsureAccents;
	const encodage = mended.text === decoded.text ? decoded.encodage : mended.encodage;
	const { text, announced } = unwrapped(mended.text);
	if (text.trim() === '')
		return { refus: 'Ce fichier est vide.', conseil: 'Choisissez le fichier qui contient le plan.' };

	const separator = announced ?? findSeparator(text);
	const { records: parsed, issues } = recordsOf(text, separator[0]);
	let cells = 0;
	const words = cellTexts();
	// The records become the rows where they are: a second table would weigh as much as the first.
	const rows: CellValue[][] = parsed;
	const largeurs = parsed.map((row) => row.length);
	for (const row of rows) {
		for (let i = 0; i < row.length; i++) row[i] = row[i] === 'NULL' ? null : words(unguardFormula(row[i] as string));
		while (row.length > 0 && row.at(-1) === null) row.pop();
		cells += Math.max(1, row.length);
		if (cells > MAX_CELLS)
			return { refus: 'Ce tableau est trop grand pour être lu.', conseil: 'Découpez-le en plusieurs fichiers.' };
	}
	while (rows.length > 0 && rows.at(-1)!.length === 0) rows.pop();
	const sheet: Sheet = { nom: sheetName(fichier), masquee: false, rows, largeurs };
	const lecture = { encodage, separateur: separator[1] };
	const accents = saidOfAccents(encodage);
	const said = accents ? [accents, ...issues] : issues;
	return { fichier, format: 'csv', lecture, sheets: [sheet], ...(said.length ? { issues: said } : {}) };
}

const BY_PAIRS = 'des guillemets par paires';

/** The row where a quote is open and never closed: at the last row, the file stops in the middle of a cell. */
export const openQuoteRow = (issue: Issue): number | null => (issue.expected === BY_PAIRS ? issue.where.row : null);

/** A quote opened and never closed would swallow every row below: it is read as an ordinary sign, and said. */
function recordsOf(
	raw: string,
	delimiter: string
): { readonly records: string[][]; readonly issues: readonly Issue[] } {
	const issues: Issue[] = [];
	let text = raw;
	for (;;) {
		const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\n' });
		const fault = errors.find((e) => e.type === 'Quotes');
		const at = (fault?.index ?? 0) - 1;
		if (!fault || text[at] !== '"' || issues.length >= MENDED) return { records: data, issues };
		const ligne = (fault.row ?? 0) + 1;
		const message = `Ligne ${ligne}\u00a0: un guillemet est ouvert et n’est pas fermé\u202f; il est lu comme un signe ordinaire.`;
		issues.push(
			anomaly('valeur-suspecte', 'a-verifier', message, {
				where: { row: ligne },
				found: text.slice(at, at + 60).split('\n')[0] ?? null,
				expected: BY_PAIRS,
				hint: 'Vérifiez cette ligne, ou enregistrez le tableau au format .xlsx.'
			})
		);
		text = text.slice(0, at) + text.slice(at + 1);
	}
}

/** UTF-8 when the bytes are valid UTF-8, else the encoding of one byte a letter that its words say; null when none can be. */
export function decode(bytes: Uint8Array): (Decoded & { readonly doute?: true }) | null {
	const [a, b, c] = bytes;
	if (a === 0xff && b === 0xfe) return { text: viaIconv(bytes.subarray(2), 'utf-16le'), encodage: 'UTF-16' };
	if (a === 0xfe && b === 0xff) return { text: viaIconv(bytes.subarray(2), 'utf-16be'), encodage: 'UTF-16' };
	const wide = withoutMark(bytes);
	if (wide) return { text: viaIconv(bytes, wide), encodage: 'UTF-16' };
	const marked = a === 0xef && b === 0xbb && c === 0xbf;
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return { text, encodage: marked ? 'UTF-8 (avec BOM)' : 'UTF-8' };
	} catch {
		return decodeOneByte(bytes);
	}
}

/** UTF-16 saved without its mark: in French nearly every other byte is zero. */
function withoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
	const sample = bytes.subarray(0, 1_000);
	const zeros = (odd: number): number => sample.filter((byte, i) => i % 2 === odd && byte === 0).length;
	if (sample.length < 8) return null;
	if (zeros(1) > sample.length * 0.4 && zeros(0) === 0) return 'utf-16le';
	return zeros(0) > sample.length * 0.4 && zeros(1) === 0 ? 'utf-16be' : null;
}

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
		const options = { delimiter: separator[0], newline: '\n', preview: SAMPLE_ROWS } as const;
		const { data, errors } = Papa.parse<string[]>(sample, options);
		// A quote closed before anything but the separator: it is not this one, if another reads the quotes right.
		const trust = errors.some((e) => e.code === 'InvalidQuotes') ? 0.5 : 1;
		const widths = data.filter((row) => row.some((cell) => cell.trim() !== '')).map((row) => row.length);
		// A comma here and there in a list of titles separates nothing.
		if (widths.filter((width) => width > 1).length < widths.length / 2) continue;
		const byWidth = new Map<number, number>();
		for (const width of widths) if (width > 1) byWidth.set(width, (byWidth.get(width) ?? 0) + 1);
		for (const [width, rowsOfWidth] of byWidth) {
			const score = trust * (rowsOfWidth / widths.length) * (1 + Math.log2(width) / 4);
			if (score > best.score + 1e-9) best = { separator, score };
		}
	}
	return best.separator;
}

const sheetName = (fichier: string): string => fichier.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') || 'Feuille 1';
