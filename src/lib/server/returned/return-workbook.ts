import type { Anomalie } from '../../domain/import/anomalies';
import { isReturnedList, LIST_NAME, listHead, listLines, marksOf, type CellMark } from '../../domain/import/cell-marks';
import type { Correction } from '../../domain/import/choices';
import type { ImportReport } from '../../domain/import/import-report';
import { isRefusal, type Refusal } from '../../domain/issue';
import { openArchive, type Archive } from '../files/archive-guard';
import { writeCells } from '../files/spreadsheet-write';
import { readWorkbook } from '../files/workbook';
import { markOds } from './marked-ods';
import { markXlsx } from './marked-xlsx';
import type { Marking } from './marking';

/** What is said of a file, to be written in it. */
export interface Told {
	readonly rapport: Pick<ImportReport, 'fichier' | 'lues' | 'acceptees' | 'rejetees' | 'ignorees'>;
	readonly anomalies: readonly Anomalie[];
	readonly corrections: readonly Correction[];
	/** Day of the reading. */
	readonly le: string;
	readonly demarche?: string | null;
}

export interface ReturnedWorkbook {
	readonly nom: string;
	readonly octets: Uint8Array;
	/** 'original': the file itself, marked; 'copie': the cells read from it, in a new workbook. */
	readonly genre: 'original' | 'copie';
}

/**
 * The workbook a person sent, with the cells to look at marked, a comment in each and a list of them all.
 * in     bytes as received
 * out    the XLSX or ODS itself edited in place; for any other format a copy of the cells in an XLSX, marked the same way
 * never  changes a value: corrections made on the screen are told in comments
 */
export async function returnWorkbook(bytes: Uint8Array, told: Told): Promise<ReturnedWorkbook | Refusal> {
	const { fichier } = told.rapport;
	const marking = {
		marks: marksOf(told.anomalies, told.corrections),
		head: listHead(told.rapport, told.anomalies, told.le),
		lines: listLines(told.anomalies, told.corrections)
	};
	const files = await filesOf(bytes);
	for (const { format, names, mark } of IN_PLACE) {
		const [part, list] = names;
		if (!files?.has(part)) continue;
		const listed = mayHoldList(files.get(list)) ? await oldListOf(bytes, fichier) : null;
		const octets = mark(files, { ...marking, oldList: listed });
		if (octets) return { nom: returnedName(fichier, format), octets, genre: 'original' };
	}
	return copied(bytes, told, marking);
}

/** Formats edited where they stand: the file each is known by, and the one that names its sheets. */
const IN_PLACE = [
	{ format: 'xlsx', names: ['[Content_Types].xml', 'xl/workbook.xml'], mark: markXlsx },
	{ format: 'ods', names: ['content.xml', 'content.xml'], mark: markOds }
] as const;

/** « plan 2026.csv » → « plan 2026 - relu.xlsx »; a file returned twice keeps one « relu ». */
export const returnedName = (fichier: string, format: 'xlsx' | 'ods' = 'xlsx'): string =>
	`${fichier.replace(/\.[A-Za-z]{2,8}$/, '').replace(/ - relu$/, '')} - relu.${format}`;

async function copied(
	bytes: Uint8Array,
	{ rapport, demarche }: Told,
	marking: Omit<Marking, 'oldList'>
): Promise<ReturnedWorkbook | Refusal> {
	const read = await readWorkbook(bytes, rapport.fichier, demarche ? { demarche } : {});
	if (isRefusal(read)) return read;
	const copy = await writeCells(read.sheets.filter((s) => !isReturnedList(s)));
	const rename = <T>(entries: Iterable<readonly [string, T]>): [string, T][] =>
		[...entries].map(([name, value]) => [copy.noms.get(name) ?? name, value]);
	const marks: ReadonlyMap<string, readonly CellMark[]> = new Map(rename(marking.marks));
	const lines = marking.lines.map((l) => ({ ...l, feuille: copy.noms.get(l.feuille ?? '') ?? l.feuille }));
	const files = await filesOf(copy.octets);
	const octets = files && markXlsx(files, { ...marking, marks, lines, oldList: null });
	if (!octets) throw new Error('bug: a workbook just written cannot be marked');
	return { nom: returnedName(rapport.fichier), octets, genre: 'copie' };
}

async function filesOf(bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array> | null> {
	if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return null;
	const archive = await openArchive(bytes);
	return isRefusal(archive) ? null : unpacked(archive);
}

async function unpacked(archive: Archive): Promise<ReadonlyMap<string, Uint8Array>> {
	const files = new Map<string, Uint8Array>();
	for (const name of archive.names) {
		if (name.endsWith('/')) continue;
		const content = await archive.extract(name);
		if (content) files.set(name, content);
	}
	return files;
}

/** Reading the whole workbook again is for those that may hold a list of ours. */
const mayHoldList = (part: Uint8Array | undefined): boolean =>
	part === undefined || Buffer.from(part.buffer, part.byteOffset, part.byteLength).includes(`"${LIST_NAME}`);

/** Name of the list we had added, when the file comes back with it. */
async function oldListOf(bytes: Uint8Array, fichier: string): Promise<string | null> {
	const read = await readWorkbook(bytes, fichier);
	return isRefusal(read) ? null : (read.sheets.find(isReturnedList)?.nom ?? null);
}
