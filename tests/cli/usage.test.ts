import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands';
import { open } from '../../src/lib/server/db/client';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { bench, type Run } from './run';

const { call, lire, json, base, dossier, clean } = bench();
const CODE = 'ZZ0000001';

beforeAll(async () => {
	expect((await lire(['demo'])).code).toBe(0);
}, 120_000);
afterAll(clean);

/** A message for people: on standard error, in French, without the trace of a program. */
function expectExplained(run: Run, code: number, words: RegExp): void {
	expect(run.err).toMatch(words);
	expect(run.code).toBe(code);
	expect(run.out).toBe('');
	expect(run.err).not.toMatch(/\n\s+at |Error:|undefined|\bnull\b|node_modules|ENOENT|SQLITE_/);
}

describe('un mauvais usage rend le code 2, avec l’usage', () => {
	const cases: [string, readonly string[], RegExp][] = [
		['aucune commande', [], /Usage/],
		['une commande inconnue', ['croiser'], /« croiser »/],
		['un nom hérité de JavaScript', ['constructor'], /n’existe pas/],
		['une option inconnue', ['territoires', '--couleur', 'bleu'], /« --couleur »/],
		['une option sans valeur', ['actions', '--territoire'], /--territoire/],
		['une option obligatoire absente', ['actions'], /demande --territoire/],
		['une option obligatoire vide', ['actions', '--territoire', ' '], /demande --territoire/],
		['un argument absent', ['perimetres'], /attend FICHIER/],
		['un argument de trop', ['territoires', 'bis'], /n’attend pas d’argument/],
		['un territoire inconnu', ['actions', '--territoire', '123456789'], /« 123456789 »/],
		['un territoire vide de données', ['matrice', '--territoire', '200093201'], /ni quartier ni plan/],
		['un quartier inconnu', ['lacunes', '--territoire', CODE, '--quartier', 'QN99999X'], /« QN99999X »/],
		['un quartier vide', ['lacunes', '--territoire', CODE, '--quartier', ''], /n’est pas de ce territoire/],
		['une dimension inconnue', ['matrice', '--territoire', CODE, '--lignes', 'couleur'], /--lignes attend/],
		['une région inconnue', ['region', '--region', '99'], /code de région/],
		['un numéro d’import qui n’en est pas un', ['annuler-import', 'premier'], /numéro d’import/],
		[
			'un format inconnu',
			['feuille-de-route', '--quartier', 'QNZZZ01F', '--format', 'pdf', '--sortie', join(dossier, 'x.pdf')],
			/docx, xlsx, json/
		],
		[
			'une feuille de route d’un quartier inconnu',
			['feuille-de-route', '--quartier', 'QN00000X', '--format', 'json', '--sortie', join(dossier, 'x.json')],
			/« QN00000X »/
		],
		['un type de plan inconnu', ['importer', 'x.xlsx', '--territoire', CODE, '--plan', 'pclim'], /« pclim »/],
		['un filtre sans égal', ['importer', 'x.xlsx', '--territoire', CODE, '--plan', 'plh', '--filtre', 'DPV'], /CHAMP/],
		[
			'un choix inconnu pour les disparues',
			['importer', 'x.xlsx', '--territoire', CODE, '--plan', 'plh', '--disparues', 'brûler'],
			/garder/
		]
	];
	it.each(cases)('%s', async (_, args, words) => {
		const run = await (args.length ? lire(args) : call(args));
		expectExplained(run, 2, words.source.includes('«') ? new RegExp(words.source.replace(/ /g, '\u00a0')) : words);
		expect(run.err).toContain('Usage');
		expect(existsSync(join(dossier, 'x.pdf'))).toBe(false);
	});

	it.each(['22/11/2026', '2026-02-31', '2026-13-01', 'demain', ''])(
		'une date qui n’existe pas : « %s »',
		async (date) => expectExplained(await call(['territoires', '--base', base, '--aujourdhui', date]), 2, /AAAA-MM-JJ/)
	);
});

describe('l’aide', () => {
	it.each(['--aide', '-h', '--help', 'aide'])('« croisee %s » la montre entière', async (word) => {
		const run = await call([word]);
		expect([run.code, run.err]).toEqual([0, '']);
		for (const command of Object.keys(COMMANDS)) expect(run.out).toContain(`croisee ${command}`);
	});

	it.each(['--aide', '--help', '-h'])('« croisee matrice %s » ne montre que cette commande', async (word) => {
		const run = await call(['matrice', word]);
		expect(run.code).toBe(0);
		expect(run.out).toContain('croisee matrice');
		expect(run.out).not.toContain('croisee importer');
	});

	it('« croisee --version » dit la version et le référentiel, à joindre à une question', async () => {
		const run = await call(['--version']);
		const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
		const ref = loadReferentiel();
		expect([run.code, run.err]).toEqual([0, '']);
		expect(run.out).toBe(`Croisée ${version}, référentiel ${ref.version} (${ref.hash})\n`);
	});

	it('les options communes se donnent aussi avant la commande', async () => {
		const run = await call(['--base', base, '--json', 'territoires']);
		expect(run.code).toBe(0);
		expect(run.json).toHaveLength(1);
	});
});

describe('un fichier qui ne se lit pas rend le code 3, et sa raison en une phrase', () => {
	const importing = ['--territoire', CODE, '--plan', 'plh'];
	it('absent', async () => {
		expectExplained(await lire(['perimetres', join(dossier, 'rien.geojson')]), 3, /n’existe pas/);
		expectExplained(await lire(['importer', join(dossier, 'rien.xlsx'), ...importing]), 3, /n’existe pas/);
	});
	it('un dossier', async () => {
		for (const command of ['perimetres', 'correspondances', 'indicateurs'])
			expectExplained(await lire([command, dossier]), 3, /est un dossier/);
	});
	it('de contours de communes : gardés avec --communes, refusé en une phrase quand il n’en contient pas', async () => {
		const path = join(dossier, 'communes.geojson');
		const ring = [2, 2.1, 2.1, 2, 2].map((x, i) => [x, i === 2 || i === 3 ? 50.1 : 50]);
		const commune = (code: string) => ({
			type: 'Feature',
			properties: { code, nom: 'Aubrelle' },
			geometry: { type: 'Polygon', coordinates: [ring] }
		});
		const layer = (code: string) => JSON.stringify({ type: 'FeatureCollection', features: [commune(code)] });
		writeFileSync(path, layer('62041'));
		const kept = await json(['perimetres', path, '--communes']);
		expect(kept).toMatchObject({ code: 0, json: { lus: 1, importes: 1, rejetes: [] } });
		writeFileSync(path, layer('Aubrelle'));
		expectExplained(await lire(['perimetres', path, '--communes']), 3, /aucun contour de commune/);
	});
	it('vide, d’un autre genre ou abîmé', async () => {
		const files: [string, string | Uint8Array][] = [
			['vide.xlsx', ''],
			['image.xlsx', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])],
			['coupe.xlsx', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0])],
			['perimetres.geojson', '{"type":"Feature'],
			['autre.json', '{"bonjour":1}']
		];
		for (const [nom, content] of files) {
			const path = join(dossier, nom);
			writeFileSync(path, content);
			for (const command of ['perimetres', 'correspondances', 'indicateurs'])
				expectExplained(await lire([command, path]), 3, /\p{L}+.*\./u);
			expectExplained(await lire(['importer', path, ...importing]), 3, /\p{L}+.*\./u);
		}
	});
	it('avec --json, le refus est un document JSON et la phrase reste pour les personnes', async () => {
		const path = join(dossier, 'vide.xlsx');
		const run = await json(['importer', path, ...importing]);
		expect(run.code).toBe(3);
		expect(run.json).toMatchObject({ erreur: expect.stringMatching(/./) });
		expect(run.err).toContain((run.json as { erreur: string }).erreur.slice(0, 12));
	});
	it('un import inconnu', async () => expectExplained(await lire(['annuler-import', '4321']), 3, /4321/));
	it('une sortie où l’on ne peut pas écrire', async () =>
		expectExplained(
			await lire(['feuille-de-route', '--quartier', 'QNZZZ01F', '--format', 'json', '--sortie', dossier]),
			3,
			/ne peut pas être écrit/
		));
	it('une base qui n’en est pas une, laissée comme elle était', async () => {
		const path = join(dossier, 'notes.txt');
		writeFileSync(path, 'Ceci est une note, pas une base. '.repeat(200));
		const before = createHash('sha256').update(readFileSync(path)).digest('hex');
		expectExplained(await call(['territoires', '--base', path]), 3, /n’est pas une base/);
		expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(before);
		expectExplained(await call(['territoires', '--base', dossier]), 3, /ne s’ouvre pas/);
		expectExplained(await call(['territoires', '--base', join(path, 'sous', 'base.db')]), 3, /n’existe pas/);
	});
});

describe('sur une base qui n’existe pas', () => {
	const absente = join(dossier, 'nulle', 'part.db');
	const lectures = Object.entries(COMMANDS).filter(([, shape]) => shape.base === 'exigee');
	it.each(lectures)('« %s » la refuse, et ne crée ni fichier ni dossier', async (command, shape) => {
		const asked = (shape.required ?? []).flatMap((o) => [`--${o}`, o === 'format' ? 'json' : CODE]);
		const run = await call([command, ...shape.args.map(() => '1'), ...asked, '--base', absente]);
		expectExplained(run, 3, /base n’existe pas\u00a0: .*part\.db/);
		expect(existsSync(join(dossier, 'nulle'))).toBe(false);
	});

	it('classer n’en demande aucune, un import la crée, un import à blanc ne la crée pas', async () => {
		const ailleurs = join(dossier, 'neuve');
		const plan = join(dossier, 'plan.csv');
		writeFileSync(plan, 'N°;Titre\n1;Rénover la chaufferie\n');
		const args = ['importer', plan, '--territoire', '246200364', '--plan', 'plh', '--base', join(ailleurs, 'base.db')];
		const dry = await call([...args, '--a-blanc', '--json']);
		expect(dry.json).toMatchObject({ acceptees: 1 });
		expect(existsSync(ailleurs)).toBe(false);
		expect((await call(args)).code).toBe(0);
		expect(existsSync(join(ailleurs, 'base.db'))).toBe(true);
	});

	it('un import à blanc n’inscrit pas même son territoire, et la sauvegarde dit ce qu’elle compte', async () => {
		const neuve = join(dossier, 'a-blanc.db');
		await (await open(neuve)).destroy();
		const plan = join(dossier, 'plan.csv');
		writeFileSync(plan, 'N°;Titre\n1;Rénover la chaufferie\n');
		await call(['importer', plan, '--territoire', '246200364', '--plan', 'plh', '--a-blanc', '--base', neuve]);
		const run = await call(['sauvegarder', join(dossier, 'a-blanc-copie.db'), '--base', neuve]);
		expect(run.out).toMatch(/0\sterritoire enregistré \(0 avec un plan\)/);
	});
});

describe('sur une base vide', () => {
	it('rien n’est un résultat, pas une faute', async () => {
		const empty = join(dossier, 'vide.db');
		await (await open(empty)).destroy();
		for (const command of ['territoires', 'region']) {
			const run = await call([command, '--base', empty]);
			expect(run.code).toBe(0);
			expect(run.out).not.toMatch(/undefined|NaN|-Infinity/);
		}
		expect((await call(['territoires', '--base', empty, '--json'])).json).toEqual([]);
	});
});
