import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlanKind } from '../../src/lib/domain/action';
import { templateSheets } from '../../src/lib/domain/gabarits/template-sheets';
import { isRefusal } from '../../src/lib/domain/issue';
import type { CellValue, Workbook } from '../../src/lib/domain/import/sheet';
import { open, type Db } from '../../src/lib/server/db/client';
import { writeGridOds } from '../../src/lib/server/files/ods-write';
import { writeGridXlsx } from '../../src/lib/server/files/spreadsheet-grid';
import { readWorkbook } from '../../src/lib/server/files/workbook';
import { readPlan } from '../../src/lib/server/plans/import-reading';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { unzip } from '../fixtures/unzip';

const LE = '2026-11-22';
const ref = loadReferentiel();
const quartiers = [
	{ code: 'QNZZZ01F', nom: 'Les Tilleuls, cité-jardin' },
	{ code: 'QNZZZ02F', nom: 'Le Moulin' },
	{ code: 'QNZZZ03F', nom: 'Bel-Air' }
];
const territoire = { nom: 'CA d’Aubrelle' };
const sheetsOf = (plan: PlanKind) => templateSheets(ref, { plan, territoire, quartiers });
const FORMATS = ['xlsx', 'ods'] as const;
const write = (plan: PlanKind, format: (typeof FORMATS)[number]): Promise<Uint8Array> | Uint8Array =>
	format === 'ods' ? writeGridOds(sheetsOf(plan), LE) : writeGridXlsx(sheetsOf(plan), LE);

async function opened(bytes: Uint8Array, nom: string): Promise<Workbook> {
	const workbook = await readWorkbook(bytes, nom);
	if (isRefusal(workbook)) throw new Error(workbook.refus);
	return workbook;
}

let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
});
afterAll(() => db.destroy());

describe('chaque modèle livré se lit', () => {
	it.each(PlanKind.options)('%s : toutes les colonnes sont sûres, les exemples ne sont pas lus', async (plan) => {
		for (const format of FORMATS) {
			const bytes = await write(plan, format);
			const read = await readPlan(db, ref, { bytes, fichier: `modele.${format}`, territoire: '200072460', plan });
			if (isRefusal(read)) throw new Error(read.refus);
			const { lues, acceptees, rejetees, ignorees, colonnes, anomalies } = read.report;
			expect({ lues, acceptees, rejetees, ignorees }).toEqual({ lues: 2, acceptees: 0, rejetees: 0, ignorees: 2 });
			expect(colonnes.filter((c) => c.confiance < 1)).toEqual([]);
			expect(colonnes.slice(1).filter((c) => c.champ === null)).toEqual([]);
			expect(anomalies.map((a) => a.code)).toEqual(['saisie-incomplete', 'ligne-de-consigne', 'ligne-de-consigne']);
			expect(anomalies[0]!.message).toContain('n’est pas rempli');
		}
	});

	it('les exemples, une fois leur marque effacée, donnent chaque champ qu’ils montrent', async () => {
		const { sheets } = await opened(await write('contrat-de-ville', 'xlsx'), 'modele.xlsx');
		const rows = sheets[0]!.rows.map((row, r) => (r === 0 ? row : [null, ...row.slice(1)]));
		const read = await readRows(rows, 'contrat-de-ville');
		expect(read.map((d) => d.titre)).toEqual([
			'Réhabiliter 120 logements de la résidence des Tilleuls',
			'Planter la cour de l’école Jean-Macé'
		]);
		expect(read[0]).toMatchObject({
			reference: '1.2',
			porteurType: 'bailleur-social',
			partenaires: ['Département', 'Association Les Voisins du Parc'],
			echelle: 'batiment',
			quartiers: ['QNZZZ01F'],
			statut: 'en-cours',
			dates: { debut: '2025-09-01', fin: '2027-12-31', texte: null },
			budget: { euros: 4_200_000, base: 'HT', max: null },
			financements: [{ libelle: 'Région', demande: 600_000, obtenu: null, etat: 'demande', genre: 'subvention' }],
			enjeuxDeclares: ['T01', 'P01'],
			natureDeclaree: 'N1',
			clauseAdaptation: true
		});
		expect(read[1]).toMatchObject({
			quartiers: ['QNZZZ02F', 'QNZZZ03F'],
			budget: { euros: 310_000, base: 'HT', max: 340_000 },
			fonctionnement: { euros: 6_000, base: 'TTC', max: null },
			etp: 0.2,
			financements: [
				{ libelle: 'Fonds vert', dispositif: 'fonds-vert', demande: 155_000, obtenu: 120_000, etat: 'obtenu' }
			]
		});
	});
});

async function readRows(rows: readonly (readonly CellValue[])[], plan: PlanKind) {
	const csv = rows
		.map((row) => row.map((cell) => (cell === null ? '' : `"${String(cell).replaceAll('"', '""')}"`)).join(';'))
		.join('\n');
	const bytes = new TextEncoder().encode(csv);
	const read = await readPlan(db, ref, { bytes, fichier: 'rempli.csv', territoire: '200072460', plan });
	if (isRefusal(read)) throw new Error(read.refus);
	return read.drafts;
}

describe('un modèle rempli à la main', () => {
	const header = sheetsOf('pcaet')[0]!.lignes[0]!.cellules.map(String);
	const row = (said: Readonly<Record<string, CellValue>>): CellValue[] => header.map((name) => said[name] ?? null);

	it('se lit comme tout fichier : montants en toutes lettres, statut par synonyme, axe écrit une fois', async () => {
		const drafts = await readRows(
			[
				header,
				row({ 'Plan (Croisée)': 'Exemple', Axe: 'Axe des exemples', 'Intitulé de l’action': 'Exemple' }),
				row({ Axe: 'Sobriété', 'Intitulé de l’action': '1.1 - Isoler les écoles', 'Coût ou budget (€)': '1,2 M€ TTC' }),
				row({
					'Intitulé de l’action': 'Former les agents',
					Statut: 'terminée',
					Partenaires: 'CAF, Ademe ; "Eau, air et forêt"'
				}),
				row({
					Axe: 'Mobilité',
					'Intitulé de l’action': 'Pédibus',
					Début: 'mi-2026',
					'Financeur 1': 'Prêt de la Banque des territoires',
					'Demandé 1 (€)': '30 k€'
				})
			],
			'pcaet'
		);
		expect(drafts.map((d) => [d.axe, d.reference, d.titre])).toEqual([
			['Sobriété', '1.1', 'Isoler les écoles'],
			['Sobriété', null, 'Former les agents'],
			['Mobilité', null, 'Pédibus']
		]);
		expect(drafts[0]!.budget).toEqual({ euros: 1_200_000, base: 'TTC', max: null });
		expect(drafts[1]).toMatchObject({ statut: 'realise', partenaires: ['CAF', 'Ademe', 'Eau, air et forêt'] });
		expect(drafts[2]!.financements).toMatchObject([{ demande: 30_000, etat: 'demande', genre: 'pret' }]);
		expect(drafts[2]!.dates?.debut).toMatch(/^2026-/);
	});

	it('garde ses colonnes déplacées, retirées ou ajoutées', async () => {
		const drafts = await readRows(
			[
				['Intitulé de l’action', 'Leviers SGPE', 'Quartier 2', 'Plan (Croisée)', 'Quartier 1'],
				['Isoler', 'Vélo', 'QNZZZ02F — Le Moulin', null, 'Bel-Air']
			],
			'plh'
		);
		expect(drafts).toMatchObject([{ titre: 'Isoler', quartiers: ['Bel-Air', 'QNZZZ02F'], enjeuxDeclares: ['Vélo'] }]);
	});

	it('dit la ligne d’un autre plan au lieu de la mêler à celui-ci', async () => {
		const bytes = new TextEncoder().encode('Plan (Croisée);Intitulé de l’action\nPLH;Loger\nPCAET;Isoler\nPCAET;\n');
		const read = await readPlan(db, ref, { bytes, fichier: 'export.csv', territoire: '200072460', plan: 'pcaet' });
		if (isRefusal(read)) throw new Error(read.refus);
		expect(read.drafts.map((d) => d.titre)).toEqual(['Isoler']);
		expect(read.report).toMatchObject({ lues: 3, acceptees: 1, ignorees: 2, rejetees: 0 });
		expect(read.report.anomalies.map((a) => a.message).join(' ')).toContain('action d’un autre plan (PLH)');
	});
});

describe('les listes de choix', () => {
	it('sont sur une feuille cachée, bornées à leurs valeurs, quartiers du territoire compris', async () => {
		const files = await unzip(await write('plh', 'xlsx'));
		expect(files.get('xl/workbook.xml')).toMatch(/name="Listes"[^>]*state="hidden"/);
		const xml = files.get('xl/worksheets/sheet1.xml')!;
		const lists = [
			...xml.matchAll(/<dataValidation type="list" sqref="([^"]+)"[^>]*>.*?<formula1>([^<]+)<\/formula1>/gs)
		];
		expect(lists.length).toBeGreaterThan(20);
		const workbook = await opened(await write('plh', 'xlsx'), 'modele.xlsx');
		const hidden = workbook.sheets.find((s) => s.nom === 'Listes')!;
		expect(hidden.masquee).toBe(true);
		for (const [, , formula] of lists) {
			const [, letter, from, to] = /^Listes!\$([A-Z]+)\$(\d+):\$\1\$(\d+)$/.exec(formula!)!;
			const column = letter!.charCodeAt(0) - 65;
			const values = hidden.rows.slice(Number(from) - 1, Number(to)).map((r) => r[column] ?? null);
			expect(values).not.toContain(null);
			expect(hidden.rows[Number(to)]?.[column] ?? null).toBeNull();
		}
		expect(hidden.rows.flat()).toContain('QNZZZ01F — Les Tilleuls, cité-jardin');
	});

	it('sont les mêmes en ODS, avec la même aide', async () => {
		const content = (await unzip(await write('plh', 'ods'))).get('content.xml')!;
		const excel = (await unzip(await write('plh', 'xlsx'))).get('xl/worksheets/sheet1.xml')!;
		const inOds = [...content.matchAll(/cell-content-is-in-list\(\[\$Listes\.\$([A-Z]+\$\d+):\.\$([A-Z]+\$\d+)\]\)/g)];
		const inXlsx = [...excel.matchAll(/<formula1>Listes!\$([A-Z]+\$\d+):\$([A-Z]+\$\d+)<\/formula1>/g)];
		expect(inOds.map((m) => m.slice(1))).toEqual(inXlsx.map((m) => m.slice(1)));
		expect([...content.matchAll(/<table:help-message/g)].length).toBe([...excel.matchAll(/promptTitle=/g)].length);
		expect(content).toContain('Le seul champ obligatoire.');
	});
});

describe('sans sa première colonne, un modèle vide n’a encore aucune action', () => {
	it.each(['pcaet', 'plh', 'contrat-de-ville', 'npnru'] as const)('%s : ses exemples ne sont pas lus', async (plan) => {
		const rows = sheetsOf(plan)[0]!.lignes.map(({ cellules }) =>
			cellules.slice(1).map((cell) => (cell !== null && typeof cell === 'object' ? cell.date : cell))
		);
		expect(await readRows(rows, plan)).toEqual([]);
	});
});
