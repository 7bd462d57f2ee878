import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Territory } from '../../src/lib/domain/territory';
import { open } from '../../src/lib/server/db/client';
import * as decisions from '../../src/lib/server/db/decisions';
import { saveTerritory } from '../../src/lib/server/db/territories';
import { chosenOf } from '../../src/lib/server/shared-quartier';
import { bench } from './run';
import * as shapes from './shapes';

/* A quartier over two intercommunalités, given alone: the one that has plans is taken, and it is said. */

const { dossier, base, json, lire, clean } = bench();
const [Q, OTHER, DEMO] = ['QNZZZ01F', 'AA0000002', 'ZZ0000001'];
const plans = [{ code: DEMO, nom: 'CA A', plans: 2 }] as const;
const written = ['--format', 'json', '--sortie', join(dossier, 'route.json')];

beforeAll(async () => {
	await json(['demo']);
	const db = await open(base);
	const territory = { code: OTHER, nom: 'CC du Val', genre: 'epci', region: null, communes: [], fictif: true };
	await saveTerritory(db, territory as unknown as Territory);
	// Its code comes first: the first intercommunalité of the quartier is the one without plans.
	await db.insertInto('quartier_epci').values({ quartier: Q, epci: OTHER }).execute();
	await db.destroy();
}, 60_000);
afterAll(clean);

describe('un quartier partagé entre deux intercommunalités, donné seul', () => {
	it('la feuille de route se prend depuis celle qui a des plans, et dit comment prendre l’autre', async () => {
		const { out, code } = await lire(['feuille-de-route', '--quartier', Q, ...written]);
		expect(code).toBe(0);
		expect(out).toContain('Vu ici depuis la CA du Pays d’Aubrelle, seule à avoir des plans (');
		expect(out).toContain(`pour l’autre : --territoire ${OTHER}.`);
		const told = shapes.FeuilleEcrite.parse((await json(['feuille-de-route', '--quartier', Q, ...written])).json);
		expect(told).toMatchObject({ territoire: DEMO, dit: expect.stringContaining(OTHER) });
	});

	it('nommée, l’intercommunalité est prise sans rien dire de plus', async () => {
		const { out } = await lire(['feuille-de-route', '--quartier', Q, '--territoire', OTHER, ...written]);
		expect(out).not.toContain('partagé');
		expect(out).toContain('Feuille de route écrite');
	});

	it.each(['lacunes', 'matrice', 'dispositifs'])('« %s » aussi, sans --territoire', async (command) => {
		const { out, code } = await lire([command, '--quartier', Q]);
		expect(code).toBe(0);
		expect(out).toMatch(/^Le quartier Les Hauts-Prés \(QNZZZ01F\) est partagé entre/);
		expect((await lire([command, '--quartier', Q, '--territoire', DEMO])).out).not.toContain('partagé');
	});

	it.each(['lacunes', 'matrice', 'dispositifs'])('« %s » en JSON dit de quel territoire on lit', async (command) => {
		const { out } = await lire([command, '--quartier', Q, '--json']);
		const read = [JSON.parse(out)].flat() as { territoire: string }[];
		expect(read.length).toBeGreaterThan(0);
		expect(new Set(read.map((one) => one.territoire))).toEqual(new Set([DEMO]));
	});

	it('un quartier d’une seule intercommunalité se lit sans question', async () => {
		const { out, code } = await lire(['lacunes', '--quartier', 'QNZZZ02F']);
		expect(code).toBe(0);
		expect(out).not.toContain('partagé');
	});

	it('une lacune écartée le dit à la place de sa gravité', async () => {
		const gap = (JSON.parse((await lire(['lacunes', '--quartier', 'QNZZZ02F', '--json'])).out) as { id: string }[])[0]!;
		const db = await open(base);
		await decisions.add(db, {
			...{ territoire: DEMO, quartier: 'QNZZZ02F', motif: 'Déjà fait', par: 'Claire D.', le: '2026-11-20T10:00:00Z' },
			...{ sujet: { genre: 'lacune', id: gap.id }, valeur: 'ecartee' }
		});
		await db.destroy();
		expect((await lire(['lacunes', '--quartier', 'QNZZZ02F'])).out).toMatch(/^écartée /m);
	});

	it('sans l’un ni l’autre, ou sur un quartier inconnu : mauvais usage', async () => {
		expect(await lire(['lacunes'])).toMatchObject({ code: 2, err: expect.stringContaining('ou --quartier') });
		expect(await lire(['lacunes', '--quartier', 'QN9'])).toMatchObject({ code: 2 });
	});

	it('si les deux ont des plans, rien n’est choisi : la question est posée', () => {
		const both = chosenOf('Les Pins (QN1)', [...plans, { code: 'BB', nom: 'CC B', plans: 1 }]);
		expect(both).toMatchObject({
			refus: expect.stringContaining('partagé entre la CA A (ZZ0000001) et la CC B (BB), et chacune a des plans'),
			conseil: 'Ajoutez --territoire ZZ0000001 ou --territoire BB.'
		});
	});

	it('si aucune n’en a, la première est prise, et le dit', () =>
		expect(
			chosenOf('Les Pins (QN1)', [
				{ code: 'BB', nom: 'CC B', plans: 0 },
				{ code: 'CC', nom: 'CC C', plans: 0 }
			])
		).toMatchObject({
			territoire: 'BB',
			dit: expect.stringContaining('aucune n’ayant encore de plan')
		}));
});
