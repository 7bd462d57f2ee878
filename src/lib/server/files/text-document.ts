import type { Sheet, Workbook } from '../../domain/import/sheet';
import { isRefusal, type Refusal } from '../../domain/issue';
import { extractText, type Archive } from './archive-guard';
import { readDocxTables } from './docx-tables';
import { readOdsSheets } from './ods';
import { scanXml } from './xml-scan';

/** Characters of XML: some two thousand pages of tables. */
const MAX_XML = 60_000_000;

/**
 * Tables of a Word (.docx, .docm: macros never run) or LibreOffice (.odt) document, as a workbook.
 * in     an archive already weighed and verified
 * out    one sheet per table; or why nothing can be read
 */
export async function readTextDocument(
	archive: Archive,
	format: 'docx' | 'odt',
	fichier: string
): Promise<Workbook | Refusal> {
	const read = format === 'docx' ? await docx(archive) : await odt(archive);
	if (isRefusal(read)) return read;
	const sheets = read.sheets.filter((sheet) => sheet.rows.length > 0);
	if (sheets.length === 0)
		return {
			refus: 'Ce document ne contient aucun tableau.',
			conseil:
				'Seuls les tableaux sont lus\u00a0: mettez les actions dans un tableau, une par ligne, ou une fiche par action.'
		};
	return { fichier, format, lecture: null, sheets, ...(read.issues.length ? { issues: read.issues } : {}) };
}

async function docx(
	archive: Archive
): Promise<(Pick<Workbook, 'sheets'> & { issues: NonNullable<Workbook['issues']> }) | Refusal> {
	const main = archive.names.find((n) => /^word\/document\d*\.xml$/.test(n));
	const document = main && (await extractText(archive, main));
	if (!document || !document.includes('w:body')) return broken;
	if (document.length > MAX_XML) return tooLong;
	const { sheets, issues } = readDocxTables(document, await extractText(archive, 'word/styles.xml'));
	return { sheets, issues: [...issues] };
}

async function odt(
	archive: Archive
): Promise<(Pick<Workbook, 'sheets'> & { issues: NonNullable<Workbook['issues']> }) | Refusal> {
	const manifest = await extractText(archive, 'META-INF/manifest.xml');
	if (manifest?.includes('encryption-data'))
		return {
			refus: 'Ce document est protégé par un mot de passe.',
			conseil: 'Retirez la protection, puis enregistrez-le de nouveau.'
		};
	const content = await extractText(archive, 'content.xml');
	if (!content) return broken;
	if (content.length > MAX_XML) return tooLong;
	const above = headingsAbove(content);
	const tables = await readOdsSheets((await archive.stream('content.xml'))!);
	const sheets = tables.map((sheet, i): Sheet => {
		const sections = above[i] ?? [];
		const heading = sections.at(-1);
		return { ...sheet, nom: `Tableau ${i + 1}${heading ? ` — ${heading.slice(0, 80)}` : ''}`, sections };
	});
	return { sheets, issues: [] };
}

/** Headings over each table of an ODT, outermost first, in the order of the tables. */
function headingsAbove(xml: string): string[][] {
	const found: string[][] = [];
	let headings: { level: number; text: string }[] = [];
	let open: { level: number; text: string } | null = null;
	let depth = 0;
	scanXml(xml, {
		open(tag, attributes, selfClosing) {
			if (tag === 'text:h' && !selfClosing) open = { level: Number(attributes()['text:outline-level'] ?? 1), text: '' };
			else if (tag === 'table:table' && !selfClosing && depth++ === 0) found.push(headings.map((h) => h.text));
		},
		close(tag) {
			if (tag === 'table:table') depth--;
			else if (tag === 'text:h' && open) {
				const ended = open;
				const text = ended.text.replace(/\s+/g, ' ').trim();
				if (text !== '') headings = [...headings.filter((h) => h.level < ended.level), { level: ended.level, text }];
				open = null;
			}
		},
		text(text) {
			if (open) open.text += text;
		}
	});
	return found;
}

const broken: Refusal = {
	refus: 'Ce document est abîmé\u00a0: son texte ne peut pas être lu.',
	conseil: 'Ouvrez-le dans votre traitement de texte et enregistrez-le de nouveau.'
};
const tooLong: Refusal = {
	refus: 'Ce document est trop long pour être lu.',
	conseil: 'Copiez les tableaux du plan dans un document neuf, ou dans un classeur .xlsx.'
};
