import {
	BorderStyle,
	DeletedTextRun,
	Document,
	FootnoteReferenceRun,
	HeadingLevel,
	InsertedTextRun,
	Packer,
	Paragraph,
	Table,
	TableCell,
	TableRow,
	TextRun,
	VerticalMergeType
} from 'docx';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import type { Workbook } from '../../src/lib/domain/import/sheet';
import { open } from '../../src/lib/server/db/client';
import { readWorkbook } from '../../src/lib/server/files/workbook';
import { readPlan, type ReadPlan } from '../../src/lib/server/plans/import-reading';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { odsRow, zip } from '../fixtures/classeurs.build';

type Cell = string | TableCell | Paragraph[];
const cell = (content: Cell): TableCell =>
	content instanceof TableCell
		? content
		: new TableCell({
				children: typeof content === 'string' ? content.split('\n').map((t) => new Paragraph(t)) : content
			});
const table = (...rows: Cell[][]): Table =>
	new Table({ rows: rows.map((cells) => new TableRow({ children: cells.map(cell) })) });
const wide = (text: string, columnSpan: number): TableCell =>
	new TableCell({ columnSpan, children: [new Paragraph(text)] });
const tall = (text: string, verticalMerge: (typeof VerticalMergeType)[keyof typeof VerticalMergeType]): TableCell =>
	new TableCell({ verticalMerge, children: [new Paragraph(text)] });
const heading = (
	text: string,
	level: (typeof HeadingLevel)[keyof typeof HeadingLevel] = HeadingLevel.HEADING_1
): Paragraph => new Paragraph({ text, heading: level });
const docx = async (...children: (Paragraph | Table)[]): Promise<Uint8Array> =>
	Packer.toBuffer(
		new Document({ footnotes: { 1: { children: [new Paragraph('Note de bas de page')] } }, sections: [{ children }] })
	);

async function read(bytes: Uint8Array): Promise<Workbook> {
	const workbook = await readWorkbook(bytes, 'contrat.docx');
	if (isRefusal(workbook)) throw new Error(workbook.refus);
	return workbook;
}
const ref = loadReferentiel();
async function plan(bytes: Uint8Array, fichier = 'contrat.docx'): Promise<ReadPlan> {
	const db = await open(':memory:');
	const read = await readPlan(db, ref, { bytes, fichier, territoire: '200043396', plan: 'contrat-de-ville' });
	if (isRefusal(read)) throw new Error(`${read.refus} ${read.conseil}`);
	const { lues, acceptees, rejetees, ignorees } = read.report;
	expect(lues).toBe(acceptees + rejetees + ignorees);
	return read;
}

const HEADERS = ['N°', 'Intitulé de l’action', 'Porteur', 'Budget prévisionnel'];

describe('les tableaux d’un document Word', () => {
	test('chaque tableau porte son rang et le titre qui le précède ; les paragraphes autour sont comptés, pas lus', async () => {
		const workbook = await read(
			await docx(
				heading('Contrat de ville'),
				new Paragraph(
					'Un préambule assez long pour ne pas être pris pour un titre de partie, et qui ne dit rien des actions.'
				),
				heading('Axe 1 : Habitat', HeadingLevel.HEADING_2),
				table(HEADERS, ['1', 'Isoler les écoles', 'Ville', '10 000 €']),
				new Paragraph('Le texte qui suit ne fait pas partie du tableau des actions et ne doit pas y entrer.'),
				heading('Axe 2 : Emploi', HeadingLevel.HEADING_2),
				table(HEADERS, ['2', 'Former aux métiers', 'Association', '5 000 €'])
			)
		);
		expect(workbook.format).toBe('docx');
		expect(workbook.sheets.map((s) => s.nom)).toEqual(['Tableau 1 — Axe 1 : Habitat', 'Tableau 2 — Axe 2 : Emploi']);
		expect(workbook.sheets[0]!.rows[1]).toEqual(['1', 'Isoler les écoles', 'Ville', '10 000 €']);
		expect(workbook.issues?.map((i) => i.message)).toEqual(['2\u00a0paragraphes hors tableau ne sont pas lus.']);
	});

	test('un tableau par axe est lu d’un seul tenant, le titre au-dessus donne l’axe', async () => {
		const { drafts, report } = await plan(
			await docx(
				heading('Axe 1 : Habitat (2024-2030)'),
				table(
					HEADERS,
					['1', 'Isoler les écoles', 'Ville', '10 000 €'],
					['2', 'Rénover le gymnase', 'Ville', '20 000 €']
				),
				heading('Axe 2 : Emploi (2024-2030)'),
				table(HEADERS, ['3', 'Former aux métiers de la réparation', 'Association', '5 000 €'])
			)
		);
		expect(drafts.map((d) => [d.titre, d.axe, d.budget?.euros])).toEqual([
			['Isoler les écoles', 'Axe 1 : Habitat (2024-2030)', 10000],
			['Rénover le gymnase', 'Axe 1 : Habitat (2024-2030)', 20000],
			['Former aux métiers de la réparation', 'Axe 2 : Emploi (2024-2030)', 5000]
		]);
		expect(drafts[2]!.origine).toMatchObject({ feuille: 'Tableau 2 — Axe 2 : Emploi (2024-2030)', ligne: 2 });
		expect(report.acceptees).toBe(3);
	});

	test('un tableau coupé par un saut de page continue, même sans répéter ses en-têtes', async () => {
		const { drafts } = await plan(
			await docx(
				heading('Programme'),
				table(HEADERS, ['1', 'Isoler les écoles', 'Ville', '10 000 €']),
				new Paragraph(''),
				table(['2', 'Rénover le gymnase', 'Ville', '20 000 €'], ['3', 'Planter des arbres', 'Ville', '3 000 €'])
			)
		);
		expect(drafts.map((d) => d.titre)).toEqual(['Isoler les écoles', 'Rénover le gymnase', 'Planter des arbres']);
	});

	test('les cellules fusionnées gardent leur place', async () => {
		const { sheets } = await read(
			await docx(
				table(
					['Axe', 'Action', 'Porteur'],
					[wide('Axe 1', 3)],
					[tall('Habitat', VerticalMergeType.RESTART), 'Isoler', 'Ville'],
					[tall('', VerticalMergeType.CONTINUE), 'Rénover', 'Bailleur']
				)
			)
		);
		expect(sheets[0]!.rows).toEqual([['Axe', 'Action', 'Porteur'], ['Axe 1'], ['Habitat', 'Isoler', 'Ville'], [null, 'Rénover', 'Bailleur']]); // prettier-ignore
	});

	test('le texte supprimé en suivi des modifications n’est pas lu, celui ajouté l’est ; ni les notes', async () => {
		const mark = { id: 1, author: 'A', date: '2026-01-01T00:00:00Z' };
		const changed = new Paragraph({
			children: [
				new TextRun('Isoler '),
				new DeletedTextRun({ text: 'le gymnase', ...mark }),
				new InsertedTextRun({ text: 'les écoles', ...mark }),
				new FootnoteReferenceRun(1)
			]
		});
		const { sheets } = await read(await docx(table(['Action', 'Porteur'], [[changed], 'Ville'])));
		expect(sheets[0]!.rows[1]).toEqual(['Isoler les écoles', 'Ville']);
	});

	test('un tableau dans une cellule en est le texte ; un cadre autour d’un tableau disparaît', async () => {
		const inner = table(['Ville', '10 000 €'], ['Région', '5 000 €']);
		const nested = new TableCell({ children: [new Paragraph('Plan de financement'), inner] });
		const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
		const frame = new Table({
			borders: { top: none, bottom: none, left: none, right: none },
			rows: [
				new TableRow({
					children: [new TableCell({ children: [table(HEADERS, ['1', 'Isoler', 'Ville', '1 €']), new Paragraph('')] })]
				})
			]
		});
		const { sheets } = await read(await docx(table(['Action', 'Financement'], ['Isoler', nested]), new Paragraph('Le second tableau est dans un cadre, ce qui ne change rien à sa lecture.'), frame)); // prettier-ignore
		expect(sheets[0]!.rows[1]).toEqual(['Isoler', 'Plan de financement\nVille\u00a0: 10 000 €\nRégion\u00a0: 5 000 €']);
		expect(sheets[1]!.rows[1]).toEqual(['1', 'Isoler', 'Ville', '1 €']);
	});
});

describe('les fiches-actions, une par tableau', () => {
	const fiche = (titre: string, porteur: string, cout: string): Table =>
		table(
			[wide(`Fiche action n° ${titre.length}`, 2)],
			['Intitulé de l’action', titre],
			['Porteur de l’action', porteur],
			['Description', 'Première ligne\nSeconde ligne'],
			['Quartiers concernés', 'Épinette'],
			['Coût prévisionnel', cout],
			['Particularité locale', 'Aucune']
		);

	test('deviennent une ligne chacune, et disent d’où elles viennent', async () => {
		const { drafts, report } = await plan(
			await docx(
				heading('Axe 1 : Habitat'),
				fiche('Isoler les écoles', 'Ville de Maubeuge', '10 000 €'),
				new Paragraph(''),
				fiche('Rénover le gymnase', 'Bailleur', '20 000 €'),
				heading('Axe 2 : Emploi'),
				fiche('Former aux métiers', 'Association', 'beaucoup')
			)
		);
		expect(drafts.map((d) => [d.titre, d.axe, d.porteur, d.budget?.euros ?? null])).toEqual([
			['Isoler les écoles', 'Axe 1 : Habitat', 'Ville de Maubeuge', 10000],
			['Rénover le gymnase', 'Axe 1 : Habitat', 'Bailleur', 20000],
			['Former aux métiers', 'Axe 2 : Emploi', 'Association', null]
		]);
		expect(drafts[0]!.reference).toBe('17');
		expect(drafts[0]!.description).toBe('Première ligne\nSeconde ligne');
		expect(drafts[1]!.origine).toMatchObject({ feuille: 'Tableau 2 — Axe 1 : Habitat', ligne: 1 });
		expect(report.anomalies.find((a) => a.code === 'montant-illisible')?.message).toMatch(
			/^Tableau 3 — Axe 2 : Emploi, ligne 1/
		);
	});

	test('en quatre colonnes, étiquette au-dessus de la valeur, ou titre dans le document', async () => {
		const { drafts } = await plan(
			await docx(
				heading('Axe 1 : Habitat'),
				heading('Fiche 1.2 : Isoler les écoles', HeadingLevel.HEADING_2),
				table(
					['Porteur', 'Ville', 'Statut', 'En cours'],
					['Budget prévisionnel', '10 000 €', 'Partenaires', 'Région ; État'],
					[wide('Description', 4)],
					[wide('Isolation par l’extérieur de trois écoles du quartier', 4)]
				),
				heading('Fiche 1.3 : Planter des arbres', HeadingLevel.HEADING_2),
				table(['Porteur', 'Agglomération', 'Statut', 'À venir'], ['Budget prévisionnel', '2 000 €', 'Partenaires', ''], [wide('Description', 4)], [wide('Deux cents arbres', 4)]) // prettier-ignore
			)
		);
		expect(drafts).toHaveLength(2);
		expect(drafts[0]).toMatchObject({
			axe: 'Axe 1 : Habitat',
			porteur: 'Ville',
			statut: 'en-cours',
			description: 'Isolation par l’extérieur de trois écoles du quartier'
		});
		expect(drafts[0]!.titre).toBe('Isoler les écoles');
		expect(drafts[0]!.budget?.euros).toBe(10000);
		expect(drafts[1]).toMatchObject({ statut: 'a-venir', porteur: 'Agglomération', partenaires: [] });
	});

	test('une liste à deux colonnes n’est pas une fiche', async () => {
		const { drafts } = await plan(await docx(table(['Action', 'Porteur'], ['Isoler les écoles', 'Ville'], ['Planter des arbres', 'Agglomération']))); // prettier-ignore
		expect(drafts.map((d) => d.titre)).toEqual(['Isoler les écoles', 'Planter des arbres']);
	});
});

describe('ce qui n’est pas lisible se dit en une phrase', () => {
	const whole = docx(table(HEADERS, ['1', 'Isoler', 'Ville', '1 €']));
	test('docx sans tableau', async () => {
		const bytes = await docx(heading('Axe 1'), new Paragraph('Du texte.'));
		expect(await readWorkbook(bytes, 'c.docx')).toMatchObject({
			refus: 'Ce document ne contient aucun tableau.',
			conseil: expect.stringContaining('une fiche par action')
		});
	});
	test('docx tronqué', async () => {
		expect(await readWorkbook((await whole).slice(0, 4000), 'c.docx')).toMatchObject({
			refus: expect.stringContaining('incomplet')
		});
	});
	test('docx au texte abîmé', async () => {
		const bytes = zip([
			{ name: '[Content_Types].xml', data: '<Types/>' },
			{ name: 'word/document.xml', data: '<w:doc' }
		]);
		expect(await readWorkbook(bytes, 'c.docx')).toMatchObject({ refus: expect.stringContaining('abîmé') });
	});
	test('doc ancien', async () => {
		const bytes = Buffer.concat([
			Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
			Buffer.alloc(600),
			Buffer.from('WordDocument', 'utf16le')
		]);
		expect(await readWorkbook(bytes, 'c.doc')).toMatchObject({
			refus: expect.stringContaining('.doc'),
			conseil: expect.stringContaining('.docx')
		});
	});
	test('une entité externe n’est ni ouverte ni lue', async () => {
		const xml =
			'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>';
		const { sheets } = await read(
			zip([
				{ name: '[Content_Types].xml', data: '<Types/>' },
				{ name: 'word/document.xml', data: xml }
			])
		);
		expect(sheets[0]!.rows).toEqual([['&e;']]);
	});
});

test('les tableaux d’un document LibreOffice sont lus de même', async () => {
	const content = `<office:document-content><office:body><office:text><text:h text:outline-level="1">Axe 1 : Habitat</text:h><table:table table:name="Tableau1">${odsRow('Action', 'Porteur')}${odsRow('Isoler les écoles', 'Ville')}</table:table><text:p>fin</text:p></office:text></office:body></office:document-content>`;
	const bytes = zip([
		{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.text' },
		{ name: 'content.xml', data: content }
	]);
	const { sheets, format } = await read(bytes);
	expect(format).toBe('odt');
	expect(sheets).toMatchObject([{ nom: 'Tableau 1 — Axe 1 : Habitat', sections: ['Axe 1 : Habitat'], rows: [['Action', 'Porteur'], ['Isoler les écoles', 'Ville']] }]); // prettier-ignore
});

test('cinq mille lignes de tableau Word se lisent en moins de trois secondes', async () => {
	const row = (i: number): string => `<w:tr>${Array.from({ length: 8 }, (_, j) => `<w:tc><w:p><w:r><w:t>Ligne ${i} colonne ${j} assez longue</w:t></w:r></w:p></w:tc>`).join('')}</w:tr>`; // prettier-ignore
	const xml = `<w:document><w:body><w:tbl>${Array.from({ length: 5000 }, (_, i) => row(i)).join('')}</w:tbl></w:body></w:document>`;
	const bytes = zip([
		{ name: '[Content_Types].xml', data: '<Types/>' },
		{ name: 'word/document.xml', data: xml }
	]);
	const start = performance.now();
	const { sheets } = await read(bytes);
	expect(sheets[0]!.rows).toHaveLength(5000);
	expect(performance.now() - start).toBeLessThan(3000);
});
