import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { DIMENSIONS, type DimensionId } from '../../src/lib/domain/crossing/matrix';
import { bench } from './run';
import * as shapes from './shapes';

/* The whole journey on the fictional territory, read only through the command line. */

const { json, lire, base, dossier, clean } = bench();
const CODE = 'ZZ0000001';
const QUARTIER = 'QNZZZ01F';
type Action = z.infer<typeof shapes.Actions>[number];
type Matrice = z.infer<typeof shapes.Matrice>;
let actions: Action[];

beforeAll(async () => {
	const run = await json(['demo']);
	expect(run.code).toBe(0);
	expect(run.err).toBe('');
	actions = shapes.Actions.parse((await json(['actions', '--territoire', CODE])).json);
}, 120_000);
afterAll(clean);

const matrice = async (...args: string[]): Promise<Matrice> =>
	shapes.Matrice.parse((await json(['matrice', '--territoire', CODE, ...args])).json);
const near = (niveau: string) => niveau !== 'aucune' && niveau !== 'inconnu';

describe('les lectures', () => {
	it('« territoires » compte quartiers, plans et actions', async () => {
		const [only] = shapes.Territoires.parse((await json(['territoires'])).json);
		expect(only).toMatchObject({ code: CODE, quartiers: 7, actions: actions.length });
		expect(only!.plans).toBeGreaterThanOrEqual(3);
	});

	it('« actions » donne une atteinte par quartier et l’origine de chaque ligne', () => {
		expect(actions.length).toBeGreaterThan(100);
		expect(new Set(actions.map((a) => a.id)).size).toBe(actions.length);
		for (const a of actions) {
			expect(a.atteinte).toHaveLength(7);
			expect(a.origine.ligne).toBeGreaterThan(1);
		}
	});

	it('« lacunes » : toutes, puis celles d’un quartier, parmi les mêmes', async () => {
		const all = shapes.Lacunes.parse((await json(['lacunes', '--territoire', CODE])).json);
		const here = shapes.Lacunes.parse((await json(['lacunes', '--territoire', CODE, '--quartier', QUARTIER])).json);
		expect(here.length).toBeGreaterThan(0);
		expect(here.length).toBeLessThan(all.length);
		const texts = new Set(all.map((g) => JSON.stringify(g)));
		for (const gap of here) expect(texts.has(JSON.stringify(gap))).toBe(true);
		const ids = new Set(actions.map((a) => a.id));
		for (const gap of all) for (const id of gap.preuves.actions) expect(ids.has(id)).toBe(true);
	});

	it('« lacunes », en clair : ce qui est relevé ligne à ligne, puis chaque question une fois, avec ce qu’elle débloque', async () => {
		const gaps = shapes.Lacunes.parse((await json(['lacunes', '--territoire', CODE])).json);
		const { out } = await lire(['lacunes', '--territoire', CODE]);
		const asked = gaps.filter((g) => g.reponse === 'donnee-manquante' && !g.ecartee);
		const [found, questions] = out.split(/^\d+\sdonnées à demander pour conclure, en \d+\squestions$/m) as [
			string,
			string
		];
		const rows = (text: string) => text.trim().split('\n').slice(2);
		expect(rows(found)).toHaveLength(gaps.length - asked.length);
		const times = rows(questions).map((line) => Number.parseInt(line, 10));
		expect(times.reduce((sum, n) => sum + n, 0)).toBe(asked.length);
		expect(times.length).toBeLessThan(asked.length);
		expect(out.replace(/[\u00a0\u202f]/g, ' ')).toContain(
			`${asked.length} données à demander pour conclure, en ${times.length} questions`
		);
	});

	it('« recoupements » : des paires de documents différents, ou une double saisie, chacune avec ses raisons', async () => {
		const pairs = shapes.Recoupements.parse((await json(['recoupements', '--territoire', CODE])).json);
		const documentOf = new Map(actions.map((a) => [a.id, a.plan]));
		expect(new Set(pairs.map((p) => p.genre))).toEqual(new Set(['doublon', 'recoupement', 'tension']));
		for (const { a, b, genre } of pairs) {
			expect([documentOf.has(a), documentOf.has(b)]).toEqual([true, true]);
			if (genre === 'tension') expect(a).not.toBe(b);
		}
		// In the order of their page: those of two plans first, each kind by its score.
		const across = pairs.map(({ a, b }) => documentOf.get(a) !== documentOf.get(b));
		expect(across).toEqual(across.toSorted((x, y) => Number(y) - Number(x)));
		for (const kind of [true, false]) {
			const scores = pairs.filter((_, i) => across[i] === kind).map((p) => p.score);
			expect(scores).toEqual(scores.toSorted((x, y) => y - x));
		}
		expect((await json(['recoupements', '--territoire', '999999999'])).code).toBe(3);
	});

	it('« dispositifs » ne dit jamais éligible, et donne toutes les raisons', async () => {
		const run = await json(['dispositifs', '--territoire', CODE]);
		const all = shapes.Dispositifs.parse(run.json);
		expect(run.out).not.toMatch(/éligible/i);
		const here = shapes.Dispositifs.parse(
			(await json(['dispositifs', '--territoire', CODE, '--quartier', QUARTIER])).json
		);
		expect(here.every((v) => v.quartier === QUARTIER)).toBe(true);
		expect(here).toEqual(all.filter((v) => v.quartier === QUARTIER));
		for (const v of all) {
			if (v.verdict === 'ecarte') expect(v.echecs.length).toBeGreaterThan(0);
			if (v.verdict === 'indetermine') expect(v.manquants.length).toBeGreaterThan(0);
		}
		expect(new Set(all.map((v) => v.verdict)).size).toBe(3);
	});

	it('la version lisible de chaque lecture n’a ni trou ni mot de programme', async () => {
		for (const args of [['territoires'], ['region'], ['actions'], ['matrice'], ['lacunes'], ['dispositifs']]) {
			const where = ['territoires', 'region'].includes(args[0]!) ? [] : ['--territoire', CODE];
			const run = await lire([...args, ...where]);
			expect(run.code).toBe(0);
			expect(run.out.split('\n').length).toBeGreaterThan(2);
			expect(run.out).not.toMatch(/undefined|NaN|\[object/);
		}
	});
});

/** Keys of an action along a dimension, read from the published JSON alone. */
const KEYS: Record<Exclude<DimensionId, 'dispositif'>, (a: Action) => string[]> = {
	transition: (a) => a.transition,
	ville: (a) => a.ville,
	croises: (a) => a.croises,
	quartier: (a) => a.atteinte.filter((r) => near(r.niveau)).map((r) => r.quartier),
	plan: (a) => [a.plan],
	nature: (a) => (a.nature ? [a.nature] : [])
};

function expectReconciled(m: Matrice, known: readonly Action[]): void {
	expect(m.cases).toHaveLength(m.lignes.length);
	expect(m.totaux.lignes.map((t) => t.code)).toEqual(m.lignes.map((k) => k.code));
	expect(m.totaux.colonnes.map((t) => t.code)).toEqual(m.colonnes.map((k) => k.code));
	const byId = new Map(known.map((a) => [a.id, a]));
	const check = (t: Matrice['totaux']['ensemble'], ids: readonly string[]) => {
		const distinct = [...new Set(ids)].map((id) => byId.get(id)!);
		expect(t.actions).toBe(distinct.length);
		const amounts = distinct.flatMap((a) => (a.budget ? [a.budget.montant] : []));
		const sum = amounts.length ? amounts.reduce((s, n) => s + Math.round(n * 100), 0) / 100 : null;
		expect(t.budget).toMatchObject({
			montant: sum,
			avecMontant: amounts.length,
			sansMontant: distinct.length - amounts.length
		});
	};
	m.cases.forEach((row, r) => {
		expect(row).toHaveLength(m.colonnes.length);
		check(
			m.totaux.lignes[r]!,
			row.flatMap((c) => c.actions)
		);
	});
	m.colonnes.forEach((_, c) =>
		check(
			m.totaux.colonnes[c]!,
			m.cases.flatMap((row) => row[c]!.actions)
		)
	);
	check(
		m.totaux.ensemble,
		m.cases.flat().flatMap((c) => c.actions)
	);
}

describe('« matrice »', () => {
	const pairs = DIMENSIONS.flatMap((l) => DIMENSIONS.map((c) => [l, c] as const));
	it.each(pairs)('%s × %s est un rectangle dont les totaux comptent des actions distinctes', async (l, c) => {
		const m = await matrice('--lignes', l, '--colonnes', c);
		expectReconciled(m, actions);
		if (l === 'dispositif' || c === 'dispositif') return;
		const kept = actions.filter((a) => a.statut !== 'abandonne');
		m.lignes.forEach((row, i) =>
			m.colonnes.forEach((column, j) =>
				expect(m.cases[i]![j]!.actions).toEqual(
					kept.filter((a) => KEYS[l](a).includes(row.code) && KEYS[c](a).includes(column.code)).map((a) => a.id)
				)
			)
		);
	});

	it('sans dimension : 14 enjeux de transition × 14 de la ville, avec la date et le référentiel', async () => {
		const m = await matrice();
		expect([m.lignes.length, m.colonnes.length, m.asOf]).toEqual([14, 14, '2026-11-22']);
	});

	it('pour un quartier : les actions qui l’atteignent, et la même réponse que dans la matrice entière', async () => {
		const whole = await matrice('--lignes', 'croises', '--colonnes', 'quartier');
		const column = whole.colonnes.findIndex((k) => k.code === QUARTIER);
		const one = await matrice('--lignes', 'croises', '--colonnes', 'quartier', '--quartier', QUARTIER);
		expect(one.colonnes.map((k) => k.code)).toEqual([QUARTIER]);
		expect(one.cases.map((row) => row[0])).toEqual(whole.cases.map((row) => row[column]));
		expectReconciled(await matrice('--quartier', QUARTIER), actions);
		const reached = new Set(
			actions.filter((a) => a.atteinte.some((r) => r.quartier === QUARTIER && near(r.niveau))).map((a) => a.id)
		);
		for (const c of (await matrice('--quartier', QUARTIER)).cases.flat())
			for (const id of c.actions) expect(reached.has(id)).toBe(true);
	});

	it('--csv : un tableau pour tableur, avec les mêmes nombres', async () => {
		const run = await lire(['matrice', '--territoire', CODE, '--lignes', 'croises', '--colonnes', 'quartier', '--csv']);
		const m = await matrice('--lignes', 'croises', '--colonnes', 'quartier');
		expect(run.out.startsWith('\ufeffcode;')).toBe(true);
		const lines = run.out.slice(1).trimEnd().split('\r\n');
		expect(lines).toHaveLength(m.lignes.length + 2);
		expect(lines.every((l) => l.split(';').length === 2 + 2 * m.colonnes.length + 1)).toBe(true);
		expect(lines.at(-1)!.split(';').at(-1)).toBe(String(m.totaux.ensemble.actions));
		expect(run.out).not.toMatch(/\r\n\n$/);
	});
});

describe('« region »', () => {
	it('avec la seule démonstration, la montre ; le territoire fictif n’est d’aucune région', async () => {
		const all = shapes.Region.parse((await json(['region'])).json);
		expect(all.territoires.map((t) => t.code)).toEqual([CODE]);
		const hdf = shapes.Region.parse((await json(['region', '--region', '32'])).json);
		expect(hdf).toMatchObject({ region: '32', nom: 'Hauts-de-France', territoires: [] });
		expect((await lire(['region', '--region', '32'])).out).toContain('Hauts-de-France');
	});
});

describe('« feuille-de-route »', () => {
	it.each(['docx', 'xlsx', 'json'])('en %s : écrite, de la taille dite, deux fois la même', async (format) => {
		const sortie = join(dossier, `route.${format}`);
		const args = ['feuille-de-route', '--quartier', QUARTIER, '--format', format, '--sortie', sortie];
		const written = shapes.FeuilleEcrite.parse((await json(args)).json);
		const first = readFileSync(sortie);
		expect(written).toMatchObject({ fichier: sortie, octets: first.byteLength });
		await json(args);
		expect(readFileSync(sortie).equals(first)).toBe(true);
	});
});

describe('« classer »', () => {
	it('rend une ligne par intitulé, dans l’ordre ; une liste vide est une réponse', async () => {
		const titles = ['Réhabiliter 120 logements sociaux', 'Zzz qqq', '', 'Créer une piste cyclable vers la gare'];
		const rows = shapes.Classement.parse((await json(['classer'], titles.join('\r\n'))).json);
		expect(rows.map((r) => r.titre)).toEqual(titles.filter(Boolean));
		expect(rows[0]!.transition[0]).toMatchObject({ code: 'T01' });
		expect(rows[1]).toMatchObject({ transition: [], ville: [], nature: null });
		for (const { transition } of rows)
			expect(transition.map((t) => t.score)).toEqual(transition.map((t) => t.score).sort((a, b) => b - a));
		expect((await json(['classer'], '')).json).toEqual([]);
	});

	it('classe 5 000 intitulés en quelques secondes', async () => {
		const titles = Array.from({ length: 5000 }, (_, i) => `${actions[i % actions.length]!.titre} ${i}`);
		const start = performance.now();
		const rows = (await json(['classer'], titles.join('\n'))).json as unknown[];
		expect(rows).toHaveLength(5000);
		expect(performance.now() - start).toBeLessThan(15_000);
	});
});

describe('importer, reprendre, annuler', () => {
	const path = join(dossier, 'plh.csv');
	const args = ['importer', path, '--territoire', CODE, '--plan', 'pat', '--periode', '2025-2030'];
	const file = (last: string) =>
		writeFileSync(
			path,
			`\ufeffNuméro;Action;Coût HT;Quartiers\r\n1;Créer un jardin partagé;12 000;Les Hauts-Prés\r\n2;Ouvrir une épicerie solidaire;;\r\n3;${last};8 500,50;\r\n;;5;\r\n`
		);
	const hash = () => createHash('sha256').update(readFileSync(base)).digest('hex');

	it('à blanc : le compte rendu est entier et la base n’a pas bougé d’un octet', async () => {
		file('Atelier cuisine');
		const before = hash();
		const run = await json([...args, '--a-blanc']);
		const report = shapes.Import.parse(run.json);
		expect(run.code).toBe(0);
		expect(report).toMatchObject({ import: null, acceptees: 3, differences: { ajoutees: 3 } });
		expect(hash()).toBe(before);
		expect(existsSync(`${base}-wal`) && readFileSync(`${base}-wal`).byteLength > 0).toBe(false);
	});

	it('pour de bon, puis deux fois, puis une version suivante, puis reprise', async () => {
		const before = (await json(['actions', '--territoire', CODE])).out;
		const first = shapes.Import.parse((await json(args)).json);
		expect(first.differences).toMatchObject({ ajoutees: 3, inchangees: 0 });
		const again = shapes.Import.parse((await json(args)).json);
		expect(again.differences).toEqual({ ajoutees: 0, modifiees: 0, disparues: 0, inchangees: 3, videes: 0 });
		const stored = shapes.Actions.parse((await json(['actions', '--territoire', CODE])).json);
		expect(stored).toHaveLength(actions.length + 3);
		expect(stored.find((a) => a.titre === 'Atelier cuisine')!.budget).toMatchObject({ montant: 8500.5, base: 'HT' });
		expect(stored.find((a) => a.titre.startsWith('Ouvrir'))!.budget).toBeNull();

		file('Atelier cuisine et antigaspi');
		const next = shapes.Import.parse((await json(args)).json);
		expect(next.differences.modifiees + next.differences.ajoutees).toBe(1);
		for (const one of [next, again, first]) {
			const undone = await json(['annuler-import', String(one.import)]);
			expect(undone.code).toBe(0);
			shapes.Annulation.parse(undone.json);
		}
		expect((await json(['actions', '--territoire', CODE])).out).toBe(before);
		expect((await json(['annuler-import', String(first.import)])).code).toBe(3);
	});

	it('un fichier sans action rend le code 1, avec son compte rendu', async () => {
		writeFileSync(path, 'Numéro;Action;Coût HT\r\n1;;12\r\n2;;\r\n');
		const run = await json(args);
		expect(run.code).toBe(1);
		expect(shapes.Import.parse(run.json)).toMatchObject({ acceptees: 0 });
	});
});
