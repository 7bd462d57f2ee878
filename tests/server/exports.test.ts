import { fromBufferPromise } from 'yauzl';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildFeuilleDeRoute } from '../../src/lib/domain/roadmap/feuille-de-route';
import { isRefusal } from '../../src/lib/domain/issue';
import type { Matrix } from '../../src/lib/domain/crossing/matrix';
import type { QuartierView, TerritoryView } from '../../src/lib/domain/crossing/overview';
import { headingOf, type FeuilleDeRoute } from '../../src/lib/domain/roadmap/roadmap';
import type { Workbook } from '../../src/lib/domain/import/sheet';
import { viewMatrix } from '../../src/lib/domain/crossing/view-matrix';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { exportFeuilleDeRoute, matrixCsv } from '../../src/lib/server/exports/exports';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { readTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { writeWorkbook } from '../../src/lib/server/files/spreadsheet-write';
import { readWorkbook } from '../../src/lib/server/files/workbook';

const LE = '2026-11-22';
const ref = loadReferentiel();
let db: Db;
let road: FeuilleDeRoute;
let quartier: QuartierView;
let territory: TerritoryView;

beforeAll(async () => {
	db = await open(':memory:');
	await loadDemonstration(db, ref, LE);
	quartier = (await readQuartier(db, ref, 'QNZZZ01F', LE))!;
	territory = (await readTerritory(db, ref, 'ZZ0000001', LE))!;
	road = buildFeuilleDeRoute(quartier, ref);
}, 120_000);
afterAll(() => db.destroy());

/** Text of every entry of an archive. */
async function unzip(bytes: Uint8Array): Promise<Map<string, string>> {
	const zip = await fromBufferPromise(Buffer.from(bytes), { lazyEntries: true });
	const files = new Map<string, string>();
	for await (const entry of zip.eachEntry()) {
		const chunks: Buffer[] = [];
		for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
		files.set(entry.fileName, Buffer.concat(chunks).toString('utf8'));
	}
	return files;
}

const decode = (xml: string): string =>
	xml.replace(
		/&(amp|lt|gt|quot|apos);/g,
		(_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[name]!
	);
const paragraphs = (xml: string): string[] =>
	[...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([p]) =>
		decode([...p.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map((m) => m[1]).join(''))
	);

describe('la feuille de route en Word', () => {
	let xml: string;
	let texts: string[];
	beforeAll(async () => {
		const files = await unzip((await exportFeuilleDeRoute(road, 'docx')).octets);
		xml = files.get('word/document.xml')!;
		texts = paragraphs(xml);
		expect(files.get('docProps/core.xml')).toContain(`${LE}T00:00:00Z`);
		expect([...files].find(([name]) => name.startsWith('word/footer'))?.[1]).toContain(road.referentiel.hash);
	});

	it('a un vrai titre de niveau 1 par section, dans l’ordre', () => {
		const headings = [...xml.matchAll(/<w:p[ >](?:(?!<\/w:p>).)*?w:val="Heading1"(?:(?!<\/w:p>).)*<\/w:p>/gs)].map(
			([p]) => paragraphs(p)[0]
		);
		expect(headings).toEqual(road.sections.map((s, i) => headingOf(s, i + 1)));
	});

	it('répète l’en-tête de chaque tableau, et n’en a aucun de vide', () => {
		const tables = [...xml.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)].map((m) => m[0]);
		expect(tables).toHaveLength(road.sections.filter((s) => s.tableau).length);
		for (const table of tables) {
			expect(table.match(/<w:tblHeader/g)).toHaveLength(1);
			expect(table.match(/<w:tr[ >]/g)!.length).toBeGreaterThan(1);
		}
	});

	it('dit que le territoire est fictif, en tête', () => expect(texts[0]).toMatch(/^Territoire fictif/));

	it('n’écrit ni mot de programme, ni « éligible », ni espace oubliée', () => {
		const whole = texts.join('\n');
		expect(whole).not.toMatch(/undefined|NaN|\bnull\b|\[object|Infinity/);
		expect(whole).not.toMatch(/éligib/i);
		// Texts of users' files are kept as written: only ours are held to typography.
		for (const section of road.sections)
			for (const own of [section.titre, ...section.paragraphes, ...section.aCompleter])
				expect(own).not.toMatch(/[a-zà-ÿ0-9»)] [:;!?]|« | »|\d [€%]/u);
	});

	it('porte les mêmes chiffres que la valeur', () => {
		const money = road.sections.find((s) => s.id === 'financement')!.tableau!;
		for (const line of money.lignes) expect(texts).toContain(line[0]);
		expect(texts.some((t) => /^\d[\d\u202f]*\u00a0€$/.test(t))).toBe(true);
	});
});

describe('la feuille de route en tableur', () => {
	let workbook: Workbook;
	beforeAll(async () => {
		const read = await readWorkbook((await exportFeuilleDeRoute(road, 'xlsx')).octets, 'route.xlsx');
		if (isRefusal(read)) throw new Error(read.refus);
		workbook = read;
	});

	it('a une feuille par section, au nom permis', () => {
		const names = workbook.sheets.map((s) => s.nom);
		expect(names).toHaveLength(road.sections.length);
		expect(new Set(names.map((n) => n.toLowerCase())).size).toBe(names.length);
		for (const name of names) expect(name).toMatch(/^[^[\]:*?/\\']{1,31}$/);
	});

	it('se relit avec les mêmes cellules ; les nombres restent des nombres, un vide reste un vide', () => {
		road.sections.forEach((section, i) => {
			const rows = workbook.sheets[i]!.rows;
			const table = section.tableau;
			if (!table) return;
			const at = rows.findIndex((row) => row[0] === table.colonnes[0]!.titre);
			table.lignes.forEach((line, r) =>
				line.forEach((value, c) => expect(rows[at + 1 + r]![c] ?? null, `${section.id} ${r},${c}`).toEqual(value))
			);
		});
	});
});

describe('la feuille de route en JSON', () => {
	it('est la valeur même, avec son schéma', async () => {
		const { octets, nom } = await exportFeuilleDeRoute(road, 'json');
		expect(JSON.parse(new TextDecoder().decode(octets))).toEqual({ schema: 'croisee/feuille-de-route/1', ...road });
		expect(nom).toBe('feuille-de-route-les-hauts-pres-QNZZZ01F-2026-11-22.json');
	});
});

it.each(['docx', 'xlsx', 'json'] as const)('les mêmes données font le même fichier %s, à l’octet', async (format) => {
	const first = (await exportFeuilleDeRoute(road, format)).octets;
	await new Promise((done) => setTimeout(done, 2100));
	const again = buildFeuilleDeRoute((await readQuartier(db, ref, 'QNZZZ01F', LE))!, ref);
	expect(Buffer.from((await exportFeuilleDeRoute(again, format)).octets).equals(Buffer.from(first))).toBe(true);
});

describe('un classeur écrit', () => {
	const sheet = (nom: string, lignes: (string | number | null)[][]) => ({
		nom,
		entete: ['=1+1', 'Deuxième ligne'],
		colonnes: [
			{ titre: 'Texte', genre: 'texte' as const },
			{ titre: 'Montant', genre: 'euros' as const }
		],
		lignes,
		pied: ['@SUM(A1)']
	});
	const hostile = ['=cmd|calc', '+33 6', '-12', '@nom', '\tonglet', "'apostrophe", 'a\nb', '00123', '1e5'];

	it.each(['xlsx', 'ods'] as const)('garde en texte ce qui ressemble à une formule (%s)', async (format) => {
		const bytes = await writeWorkbook(
			[sheet('Essai', [...hostile.map((t) => [t, 0]), [null, null], ['x', 0.1]])],
			format
		);
		const read = await readWorkbook(bytes, `x.${format}`);
		if (isRefusal(read)) throw new Error(read.refus);
		const rows = read.sheets[0]!.rows;
		expect(rows[0]![0]).toBe('=1+1');
		const at = rows.findIndex((r) => r[0] === 'Texte') + 1;
		hostile.forEach((t, i) => expect([String(rows[at + i]![0]).trim(), rows[at + i]![1]]).toEqual([t.trim(), 0]));
		expect(rows[at + hostile.length + 1]![1]).toBe(0.1);
		for (const [name, xml] of await unzip(bytes))
			if (/sheet|content/.test(name)) expect(xml).not.toMatch(/<f>|table:formula/);
	});

	it('donne à chaque feuille un nom permis et unique', async () => {
		const names = ['A/B:C*?[]', 'a b c', "'", 'x'.repeat(40), 'X'.repeat(40), ''];
		const read = await readWorkbook(await writeWorkbook(names.map((n) => sheet(n, [['a', 1]]))), 'x.xlsx');
		if (isRefusal(read)) throw new Error(read.refus);
		const written = read.sheets.map((s) => s.nom);
		expect(new Set(written.map((n) => n.toLowerCase())).size).toBe(names.length);
		for (const n of written) expect(n).toMatch(/^(?!')[^[\]:*?/\\]{1,31}(?<!')$/);
	});
});

describe('la matrice pour tableur', () => {
	const parse = (csv: string) =>
		csv
			.replace('\ufeff', '')
			.trimEnd()
			.split('\r\n')
			.map((l) => l.split(';'));

	it('dit « n. é. » quand rien n’est évalué, et 0 quand il n’y a vraiment rien', async () => {
		const matrix = viewMatrix(territory, ref, { lignes: 'croises', colonnes: 'quartier', quartier: null });
		const rows = parse(matrixCsv(matrix)).slice(1, -1);
		const seen = new Set<string>();
		matrix.cells.forEach((row, r) =>
			row.forEach((cell, c) => {
				const shown = rows[r]![2 + 2 * c]!;
				seen.add(cell.actions.length ? 'n' : shown);
				expect(shown).toBe(
					cell.actions.length ? String(cell.actions.length) : cell.coverage === 'saisie-incomplete' ? 'n. é.' : '0'
				);
			})
		);
		expect(seen.has('0')).toBe(true);
		const empty = viewMatrix({ ...territory, actions: [], documents: [] }, ref, {
			lignes: 'croises',
			colonnes: 'quartier',
			quartier: null
		});
		expect(parse(matrixCsv(empty))[1]!.slice(2, 4)).toEqual(['n. é.', 'non évalué']);
	});

	it('neutralise une formule cachée dans un libellé, et protège les séparateurs', () => {
		const matrix = viewMatrix(territory, ref, { lignes: 'quartier', colonnes: 'plan', quartier: null });
		const hostile: Matrix = {
			...matrix,
			rows: {
				...matrix.rows,
				keys: matrix.rows.keys.map((k, i) => ({
					...k,
					libelle: ['=HYPERLINK("http://x")', '+1', '-1', '@a', 'a;b', 'a"b', 'a\nb'][i] ?? k.libelle
				}))
			}
		};
		const csv = matrixCsv(hostile);
		expect(csv.startsWith('\ufeff')).toBe(true);
		expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
		for (const safe of [";'+1;", ";'-1;", ";'@a;", '"a;b"', '"a""b"', '"a\nb"']) expect(csv).toContain(safe);
	});
});
