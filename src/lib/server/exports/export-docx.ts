import {
	AlignmentType,
	Document,
	Footer,
	HeadingLevel,
	Packer,
	PageNumber,
	PageOrientation,
	Paragraph,
	ShadingType,
	Table,
	TableCell,
	TableLayoutType,
	TableRow,
	TextRun,
	WidthType
} from 'docx';
import * as fr from '../../domain/french';
import {
	FICTIF,
	headingOf,
	type FeuilleDeRoute,
	type RoadmapCell,
	type RoadmapColumn,
	type RoadmapSection,
	type RoadmapTable
} from '../../domain/roadmap/roadmap';
import { columnWidths } from './docx-widths';
import { datedArchive } from './export-archive';

const INK = '17201F';
const MUTED = '5F6A67';
const RULE = 'C9CFC8';
const PAPER = 'EAEDE8';
/** A4 landscape less the margins, in twentieths of a point. */
const PAGE_WIDTH = 14838;
/** « non renseigné », short enough for a column of figures; spelt out under the table. */
const UNKNOWN = `n.${fr.INSECABLE}r.`;
/** Characters before a table that stay on its page. */
const INTRODUCTION = 500;
/** Rows, and characters, of a table that one page holds whole: it is not cut in two. */
const WHOLE = { rows: 8, characters: 1200 };
/** 9 points, in half-points: tables. */
const SMALL = 18;

/**
 * The roadmap as a Word document: real headings and repeated table headers, so that it can be read, restyled and edited.
 * out    the same roadmap makes the same bytes: dates come from it, never from the clock
 */
export async function renderDocx(road: FeuilleDeRoute): Promise<Uint8Array> {
	const document = new Document({
		creator: 'Croisée',
		title: road.titre,
		styles: {
			default: {
				document: { run: { font: 'Calibri', size: 21, color: INK, language: { value: 'fr-FR' } } },
				title: { run: { font: 'Georgia', size: 44, color: INK }, paragraph: { spacing: { before: 160, after: 80 } } },
				heading1: {
					run: { font: 'Georgia', size: 28, color: INK },
					paragraph: { spacing: { before: 400, after: 120 }, keepNext: true }
				}
			}
		},
		sections: [
			{
				properties: {
					page: {
						size: { orientation: PageOrientation.LANDSCAPE },
						margin: { top: 1000, bottom: 900, left: 1000, right: 1000 }
					}
				},
				footers: { default: footer(road) },
				children: [
					...(road.fictif ? [shaded([new TextRun({ text: FICTIF, bold: true })])] : []),
					new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(road.titre)] }),
					new Paragraph({
						spacing: { after: 160 },
						children: [new TextRun({ text: road.sousTitre, color: MUTED, size: 24 })]
					}),
					...road.sections.flatMap((section, i) => renderSection(section, i + 1))
				]
			}
		]
	});
	const core = { path: 'docProps/core.xml', data: properties(road) };
	return datedArchive(new Uint8Array(await Packer.toBuffer(document, undefined, [core])), road.asOf);
}

/** Title and dates of the file, in place of those the library would take from the clock. */
function properties(road: FeuilleDeRoute): string {
	const escape = (text: string) => text.replace(/[<>&]/g, (c) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[c]!);
	const day = (tag: string) => `<dcterms:${tag} xsi:type="dcterms:W3CDTF">${road.asOf}T00:00:00Z</dcterms:${tag}>`;
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escape(road.titre)}</dc:title><dc:creator>Croisée</dc:creator><dc:language>fr-FR</dc:language>${day('created')}${day('modified')}</cp:coreProperties>`;
}

function renderSection(section: RoadmapSection, rank: number): (Paragraph | Table)[] {
	return [
		new Paragraph({
			heading: HeadingLevel.HEADING_1,
			children: [new TextRun(headingOf(section, rank))]
		}),
		// Of a long introduction, the last one alone: held whole to its table, it would leave a page almost blank.
		...section.paragraphes.map((p, i) => {
			const last = i === section.paragraphes.length - 1;
			const held = section.tableau !== null && (last || section.paragraphes.join('').length < INTRODUCTION);
			return new Paragraph({ spacing: { after: 120 }, keepNext: held, children: [new TextRun(p)] });
		}),
		...(section.tableau ? [renderTable(section.tableau), legend(section.tableau)] : []),
		...section.aCompleter.map((p) =>
			shaded([new TextRun({ text: `À compléter${fr.INSECABLE}: `, bold: true }), new TextRun(p)])
		)
	];
}

const shaded = (children: TextRun[]): Paragraph =>
	new Paragraph({
		spacing: { after: 80 },
		shading: { type: ShadingType.CLEAR, fill: PAPER, color: 'auto' },
		children
	});

function legend(table: RoadmapTable): Paragraph {
	const blank = table.lignes.some((line) => table.colonnes.some((c, i) => !c.aRemplir && (line[i] ?? null) === null));
	const text = blank ? `${UNKNOWN}${fr.INSECABLE}: non renseigné dans les documents lus.` : '';
	return new Paragraph({
		spacing: { before: 40, after: 100 },
		children: [new TextRun({ text, size: 16, color: MUTED })]
	});
}

function renderTable(table: RoadmapTable): Table {
	const widths = columnWidths(
		table.colonnes.map((column, i) => ({
			titre: column.titre,
			aRemplir: column.aRemplir ?? false,
			textes: table.lignes.map((line) => written(line[i] ?? null, column))
		})),
		PAGE_WIDTH
	);
	const said = table.lignes.flat().reduce<number>((sum, value) => sum + String(value ?? '').length, 0);
	const whole = table.lignes.length <= WHOLE.rows && said <= WHOLE.characters;
	const border = { style: 'single', size: 4, color: RULE } as const;
	return new Table({
		width: { size: PAGE_WIDTH, type: WidthType.DXA },
		layout: TableLayoutType.FIXED,
		columnWidths: widths,
		borders: {
			top: border,
			bottom: border,
			left: border,
			right: border,
			insideHorizontal: border,
			insideVertical: border
		},
		rows: [
			new TableRow({
				tableHeader: true,
				cantSplit: true,
				children: table.colonnes.map((c, i) =>
					cell(new TextRun({ text: c.titre, bold: true, size: SMALL }), widths[i]!, c.genre !== 'texte', whole, PAPER)
				)
			}),
			...table.lignes.map(
				(line, row) =>
					new TableRow({
						cantSplit: true,
						children: table.colonnes.map((c, i) => {
							const value = line[i] ?? null;
							const color = value === null ? MUTED : INK;
							const run = new TextRun({ text: written(value, c), size: SMALL, color });
							return cell(run, widths[i]!, c.genre !== 'texte', whole && row < table.lignes.length - 1);
						})
					})
			)
		]
	});
}

function written(value: RoadmapCell, { genre, aRemplir }: RoadmapColumn): string {
	if (value === null) return aRemplir ? '' : UNKNOWN;
	if (typeof value === 'number') return genre === 'euros' ? fr.euros(value) : fr.number(value);
	return value;
}

/** in     `held`: its row stays on the page of the next one */
function cell(run: TextRun, width: number, right: boolean, held: boolean, fill?: string): TableCell {
	return new TableCell({
		width: { size: width, type: WidthType.DXA },
		margins: { top: 50, bottom: 50, left: 80, right: 80 },
		...(fill ? { shading: { type: ShadingType.CLEAR, fill, color: 'auto' } } : {}),
		children: [
			new Paragraph({
				alignment: right ? AlignmentType.RIGHT : AlignmentType.LEFT,
				...(held ? { keepNext: true } : {}),
				children: [run]
			})
		]
	});
}

function footer(road: FeuilleDeRoute): Footer {
	const place = `Croisée, ${road.territoire.nom}, ${road.quartier.nom}${road.fictif ? ' (territoire fictif)' : ''}.`;
	const stamp = `Calculé le ${fr.date(road.asOf)}, référentiel ${road.referentiel.version} (${road.referentiel.hash}).`;
	return new Footer({
		children: [
			new Paragraph({
				children: [
					new TextRun({ text: `${place} ${stamp}  `, size: 16, color: MUTED }),
					new TextRun({
						children: ['Page ', PageNumber.CURRENT, ' sur ', PageNumber.TOTAL_PAGES],
						size: 16,
						color: MUTED
					})
				]
			})
		]
	});
}
