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
import * as fr from '../domain/french';
import type { FeuilleDeRoute, RoadmapCell, RoadmapSection, RoadmapTable } from '../domain/roadmap';

const INK = '17201F';
const MUTED = '5F6A67';
const RULE = 'D9DDD6';
const PAPER = 'EAEDE8';

/** The roadmap as a Word document: real headings and repeated table headers, so that it can be read, restyled and edited. */
export async function renderDocx(road: FeuilleDeRoute): Promise<Uint8Array> {
	const document = new Document({
		creator: 'Croisée',
		title: road.titre,
		// The same data give the same file: dates come from the roadmap, never from the clock.
		styles: {
			default: {
				document: { run: { font: 'Calibri', size: 21, color: INK, language: { value: 'fr-FR' } } },
				title: { run: { font: 'Georgia', size: 44, color: INK }, paragraph: { spacing: { after: 80 } } },
				heading1: {
					run: { font: 'Georgia', size: 30, color: INK },
					paragraph: { spacing: { before: 360, after: 120 }, keepNext: true }
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
					...(road.fictif
						? [muted('Territoire fictif, créé pour la démonstration. Aucun chiffre ne décrit un lieu réel.', true)]
						: []),
					new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(road.titre)] }),
					muted(road.sousTitre),
					...road.sections.flatMap((section, i) => renderSection(section, i + 1))
				]
			}
		]
	});
	return new Uint8Array(await Packer.toBuffer(document));
}

function renderSection(section: RoadmapSection, rank: number): (Paragraph | Table)[] {
	return [
		new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(`${rank}. ${section.titre}`)] }),
		...section.paragraphes.map((p) => new Paragraph({ spacing: { after: 120 }, children: [new TextRun(p)] })),
		...(section.tableau ? [renderTable(section.tableau), new Paragraph({ spacing: { after: 60 }, children: [] })] : []),
		...section.aCompleter.map(
			(p) =>
				new Paragraph({
					spacing: { after: 80 },
					shading: { type: ShadingType.CLEAR, fill: PAPER, color: 'auto' },
					children: [new TextRun({ text: `À compléter${fr.INSECABLE}: `, bold: true }), new TextRun(p)]
				})
		)
	];
}

function renderTable(table: RoadmapTable): Table {
	const widths = columnWidths(table);
	return new Table({
		width: { size: 100, type: WidthType.PERCENTAGE },
		layout: TableLayoutType.FIXED,
		columnWidths: widths,
		borders: Object.fromEntries(
			['top', 'bottom', 'left', 'right', 'insideHorizontal', 'insideVertical'].map((side) => [
				side,
				{ style: 'single', size: 4, color: RULE }
			])
		) as never,
		rows: [
			new TableRow({
				tableHeader: true,
				cantSplit: true,
				children: table.colonnes.map((c, i) =>
					cell([new TextRun({ text: c.titre, bold: true, size: 18 })], widths[i]!, c.genre !== 'texte', PAPER)
				)
			}),
			...table.lignes.map(
				(line) =>
					new TableRow({
						cantSplit: true,
						children: table.colonnes.map((c, i) => {
							const shown = written(line[i] ?? null, c.genre);
							return cell(
								[new TextRun({ text: shown, size: 18, color: line[i] === null ? MUTED : INK })],
								widths[i]!,
								c.genre !== 'texte'
							);
						})
					})
			)
		]
	});
}

function written(value: RoadmapCell, kind: 'texte' | 'euros' | 'nombre'): string {
	if (value === null) return kind === 'texte' ? '' : 'non renseigné';
	if (typeof value === 'number') return kind === 'euros' ? fr.euros(value) : fr.number(value);
	return value;
}

function cell(runs: TextRun[], width: number, right: boolean, fill?: string): TableCell {
	return new TableCell({
		width: { size: width, type: WidthType.DXA },
		margins: { top: 50, bottom: 50, left: 80, right: 80 },
		...(fill ? { shading: { type: ShadingType.CLEAR, fill, color: 'auto' } } : {}),
		children: [new Paragraph({ alignment: right ? AlignmentType.RIGHT : AlignmentType.LEFT, children: runs })]
	});
}

const PAGE_WIDTH = 14800;

/** Wide texts get wide columns: the square root keeps a long one from starving the others. */
function columnWidths(table: RoadmapTable): number[] {
	const weights = table.colonnes.map((c, i) => {
		const longest = Math.max(c.titre.length, ...table.lignes.map((l) => written(l[i] ?? null, c.genre).length));
		return Math.sqrt(Math.min(longest, 160)) + 1;
	});
	const sum = weights.reduce((a, b) => a + b, 0);
	return weights.map((w) => Math.round((w / sum) * PAGE_WIDTH));
}

function muted(text: string, bold = false): Paragraph {
	return new Paragraph({ spacing: { after: 160 }, children: [new TextRun({ text, color: MUTED, bold })] });
}

function footer(road: FeuilleDeRoute): Footer {
	const stamp = `Croisée, ${road.territoire.nom}, ${road.quartier.nom}${road.fictif ? ' (fictif)' : ''}. Calculé le ${fr.date(road.asOf)}, référentiel ${road.referentiel.version} (${road.referentiel.hash}).  `;
	return new Footer({
		children: [
			new Paragraph({
				children: [
					new TextRun({ text: stamp, size: 16, color: MUTED }),
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
