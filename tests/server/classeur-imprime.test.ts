import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readXlsx } from 'hucre';
import type { GridSheet } from '../../src/lib/domain/gabarits/grid-sheet';
import { isRefusal } from '../../src/lib/domain/issue';
import { buildFeuilleDeRoute } from '../../src/lib/domain/roadmap/feuille-de-route';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { exportActions, exportTemplate } from '../../src/lib/server/exports/export-actions';
import { exportFeuilleDeRoute } from '../../src/lib/server/exports/exports';
import { writeGridXlsx } from '../../src/lib/server/files/spreadsheet-grid';
import { writeWorkbook } from '../../src/lib/server/files/spreadsheet-write';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { unzip } from '../fixtures/unzip';

/* A workbook opens without being repaired, and prints whole columns: what its file says of itself. */

const LE = '2026-11-22';
const ref = loadReferentiel();

const decoded = (xml: string): string =>
	xml.replace(
		/&(amp|lt|gt|quot|apos);/g,
		(_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[name]!
	);

/** Sheet names, defined names with the sheet they are of, and the XML of each sheet. */
async function inside(bytes: Uint8Array) {
	const files = await unzip(bytes);
	const workbook = files.get('xl/workbook.xml')!;
	const names = [...workbook.matchAll(/<sheet [^>]*?name="([^"]*)"/g)].map((m) => decoded(m[1]!));
	const defined = [...workbook.matchAll(/<definedName name="([^"]+)" localSheetId="(\d+)"[^>]*>([^<]*)</g)].map(
		(m) => ({
			nom: m[1]!,
			feuille: names[Number(m[2])]!,
			ou: decoded(m[3]!)
		})
	);
	expect(defined).toHaveLength([...workbook.matchAll(/<definedName /g)].length);
	return { names, defined, sheets: names.map((_, i) => files.get(`xl/worksheets/sheet${i + 1}.xml`)!) };
}

/** « 'Ce qu''il faut'!$7:$7 »: a name that Excel reads needs quotes unless it is plain letters. */
function namesTheSheet(name: string, range: string): void {
	const quoted = `'${name.replaceAll("'", "''")}'`;
	const plain = /^\p{L}{4,}$/u.test(name) ? name : quoted;
	expect(range).toMatch(/!\$\d+:\$\d+$/);
	expect(range.slice(0, range.lastIndexOf('!'))).toBe(plain);
}

describe('un classeur que Croisée écrit', () => {
	let db: Db;
	let written: Uint8Array[];
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
		const road = buildFeuilleDeRoute((await readQuartier(db, ref, 'QNZZZ01F', LE))!, ref);
		const about = { territoire: 'ZZ0000001', day: LE };
		const actions = await exportActions(db, ref, { ...about, plan: null, format: 'xlsx' });
		const tet = await exportActions(db, ref, { ...about, plan: 'pcaet', format: 'tet' });
		const model = await exportTemplate(db, ref, { ...about, plan: 'plh', format: 'xlsx' });
		if (isRefusal(actions) || isRefusal(tet) || isRefusal(model)) throw new Error('refus');
		written = [await exportFeuilleDeRoute(road, 'xlsx'), actions, tet, model].map((f) => f.octets);
	}, 120_000);
	afterAll(() => db.destroy());

	it('nomme ses feuilles entre apostrophes là où il y renvoie, si bien qu’Excel n’a rien à réparer', async () => {
		for (const bytes of written) {
			const { defined } = await inside(bytes);
			expect(defined.length).toBeGreaterThan(0);
			for (const { feuille, ou } of defined) namesTheSheet(feuille, ou);
		}
	});

	it('répète l’en-tête de chaque tableau, et Croisée le relit à sa ligne', async () => {
		const read = await readXlsx(written[0]!);
		for (const { scope, range } of read.namedRanges ?? []) {
			const row = Number(/\$(\d+)$/.exec(range)![1]);
			const sheet = read.sheets.find((s) => s.name === scope)!;
			expect(sheet.rows[row - 1]!.filter(Boolean).length, range).toBeGreaterThan(1);
			expect(sheet.rows[row - 2]?.filter(Boolean) ?? [], range).toEqual([]);
		}
	});

	it('s’imprime ajusté à la largeur de la page', async () => {
		for (const bytes of written)
			for (const sheet of (await inside(bytes)).sheets) {
				expect(sheet).toMatch(/<sheetPr>.*<pageSetUpPr fitToPage="1"\/><\/sheetPr>/);
				expect(sheet).toMatch(/<pageSetup [^>]*fitToWidth="\d+" fitToHeight="0"/);
			}
		for (const sheet of (await inside(written[0]!)).sheets) expect(sheet).toContain('fitToWidth="1"');
	});
	it('nomme les feuilles de la feuille de route en mots entiers, comme ses sections', async () => {
		const { names } = await inside(written[0]!);
		const { sections } = buildFeuilleDeRoute((await readQuartier(db, ref, 'QNZZZ01F', LE))!, ref);
		expect(names).toHaveLength(sections.length);
		names.forEach((name, i) => {
			expect(name.length).toBeLessThanOrEqual(31);
			const words = sections[i]!.titre.split(/[\s\u00a0]+/);
			const own = name.replace(/^\d+ /, '').split(' ');
			if (name !== '6 Actions vers le quartier' && name !== '9 Financement par action')
				for (const word of own) expect(words, name).toContain(word);
		});
		expect(names).toContain('6 Actions vers le quartier');
		expect(names).toContain('9 Financement par action');
		expect(names.at(-2)).toBe('Annexe');
	});
});

it('une feuille nommée d’une apostrophe, d’un chiffre ou d’une colonne se désigne entre apostrophes', async () => {
	const table = { entete: [], colonnes: [{ titre: 'A', genre: 'texte' as const }], lignes: [['x']] };
	const hostile = ["L'eau d'ici", '2024', 'PLH', 'A1', 'Deux mots', 'Lettres', 'a & b'];
	const { defined } = await inside(await writeWorkbook(hostile.map((nom) => ({ nom, ...table }))));
	expect(defined.map((d) => d.feuille)).toEqual(hostile);
	for (const { feuille, ou } of defined) namesTheSheet(feuille, ou);
	expect(defined[0]!.ou).toBe("'L''eau d''ici'!$1:$1");
});

it('un tableau trop large pour être lu sur une page en prend deux, pas une de plus', async () => {
	const wide = (largeur: number): GridSheet => ({
		...{ nom: 'Actions', masquee: false, menus: [], filtre: true, figees: { lignes: 1, colonnes: 0 } },
		colonnes: Array.from({ length: 10 }, () => ({ largeur, genre: 'texte' as const, couleur: null })),
		lignes: [{ style: 'entete', cellules: Array.from({ length: 10 }, (_, i) => `C${i}`) }]
	});
	const pages = async (largeur: number) =>
		/fitToWidth="(\d+)"/.exec((await inside(await writeGridXlsx([wide(largeur)], LE))).sheets[0]!)![1];
	expect([await pages(20), await pages(40)]).toEqual(['1', '2']);
});

it('un nom de feuille trop long s’arrête entre deux mots', async () => {
	const nom = 'Actions qui atteignent le quartier de la gare';
	const sheet = { nom, entete: ['x'], colonnes: [], lignes: [] };
	expect((await inside(await writeWorkbook([sheet, sheet]))).names).toEqual([
		'Actions qui atteignent le',
		'Actions qui atteignent le 2'
	]);
});
