import { isDateFormat } from 'hucre';
import { extractText, type Archive } from './archive-guard';
import { attributeOf, scanXml } from './xml-scan';

/* What an .xlsx says of itself before its cells: its sheets and where they are, its texts, which styles are dates. */

export interface XlsxSheet {
	readonly nom: string;
	readonly masquee: boolean;
	/** Name of its part in the archive. */
	readonly part: string;
}

export interface XlsxPackage {
	readonly sheets: readonly XlsxSheet[];
	readonly texts: string | null;
	/** Days are counted from 1904. */
	readonly since1904: boolean;
	/** By index of style: is a number in it a date? */
	readonly dates: readonly boolean[];
}

/** Part of a tag after its prefix: « x:row » → « row ». */
export const bareTag = (tag: string): string => {
	const colon = tag.indexOf(':');
	return colon < 0 ? tag : tag.slice(colon + 1);
};

/**
 * Reads the parts that lead to the cells.
 * throws when the workbook does not say where its sheets are
 */
export async function readXlsxPackage(archive: Archive): Promise<XlsxPackage> {
	const root = await linksOf(archive, '');
	const workbook = root.find((link) => link.type === 'officeDocument')?.part ?? 'xl/workbook.xml';
	const xml = await extractText(archive, workbook);
	if (xml === null) throw new Error('missing workbook part');
	const links = await linksOf(archive, workbook);
	const partOf = (type: string): string | null => links.find((link) => link.type === type)?.part ?? null;
	const byId = new Map(links.map((link) => [link.id, link.part]));
	const sheets: XlsxSheet[] = [];
	let since1904 = false;
	scanTags(xml, (tag, body) => {
		if (tag === 'workbookPr') since1904 = /^(?:1|true)$/.test(attributeOf(body, 'date1904') ?? '');
		if (tag !== 'sheet') return;
		const nom = attributeOf(body, 'name');
		const id = /[\s:]id\s*=\s*["']([^"']*)/.exec(body)?.[1];
		if (!nom || !id) return;
		const masquee = /^(?:very)?hidden$/i.test(attributeOf(body, 'state') ?? '');
		sheets.push({ nom, masquee, part: byId.get(id) ?? '' });
	});
	const styles = partOf('styles');
	return {
		sheets,
		texts: partOf('sharedStrings'),
		since1904,
		dates: dateStyles(styles && (await extractText(archive, styles)))
	};
}

interface Link {
	readonly id: string;
	/** Last word of its type: « worksheet », « sharedStrings »… */
	readonly type: string;
	readonly part: string;
}

/** Links of a part, '' for those of the package. */
async function linksOf(archive: Archive, part: string): Promise<readonly Link[]> {
	const slash = part.lastIndexOf('/') + 1;
	const folder = part.slice(0, slash);
	const links: Link[] = [];
	scanTags((await extractText(archive, `${folder}_rels/${part.slice(slash)}.rels`)) ?? '', (tag, body) => {
		const target = attributeOf(body, 'Target');
		if (tag !== 'Relationship' || target === null || attributeOf(body, 'TargetMode') === 'External') return;
		const type = (attributeOf(body, 'Type') ?? '').replace(/^.*\//, '');
		links.push({ id: attributeOf(body, 'Id') ?? '', type, part: resolved(folder, target) });
	});
	return links;
}

/** « ../media/a.png » from « xl/worksheets/ » → « xl/media/a.png » */
function resolved(folder: string, target: string): string {
	const steps = target.startsWith('/') ? [] : folder.split('/').filter(Boolean);
	for (const step of target.split('/')) {
		if (step === '..') steps.pop();
		else if (step !== '.' && step !== '') steps.push(step);
	}
	return steps.join('/');
}

/** Numbers of the formats every spreadsheet knows as dates or times (ECMA-376, 18.8.30). */
const isKnownDate = (id: number): boolean =>
	(id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

function dateStyles(xml: string | null): readonly boolean[] {
	const formats = new Map<number, string>();
	const dates: boolean[] = [];
	let inCells = false;
	const ends = (tag: string): void => void (inCells &&= tag !== 'cellXfs');
	scanTags(
		xml ?? '',
		(tag, body) => {
			if (tag === 'numFmt') formats.set(Number(attributeOf(body, 'numFmtId')), attributeOf(body, 'formatCode') ?? '');
			else if (tag === 'cellXfs') inCells = true;
			else if (tag === 'xf' && inCells) {
				const id = Number(attributeOf(body, 'numFmtId') ?? 0);
				const own = formats.get(id);
				dates.push(own ? isDateFormat(own) : isKnownDate(id));
			}
		},
		ends
	);
	return dates;
}

function scanTags(xml: string, open: (tag: string, body: string) => void, close?: (tag: string) => void): void {
	scanXml(xml, {
		open: (tag, _attributes, _alone, body) => open(bareTag(tag), body),
		close: (tag) => close?.(bareTag(tag)),
		text() {}
	});
}
