import { beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { schoolYards, unplacedSchools } from '../../src/lib/domain/local-facts';
import { open, type Db } from '../../src/lib/server/db/client';
import { listByTerritory } from '../../src/lib/server/db/decisions';
import { saveQuartiers, saveTerritory } from '../../src/lib/server/db/territories';
import { importSchools, setSchool } from '../../src/lib/server/local-facts';
import { aQuartier, aTerritory, AUBRELLE } from '../fixtures/build';

/* A list of schools names its quartiers as a plan does, and is read as one: what is not settled is asked, and kept. */

const territoire = 'ZZ0000001';
const LE = '2026-11-29';
const NAMES = ['Bellerive', 'Bellerive-Nord', 'Les Tilleuls', 'La Halle', 'Le Centre', 'Cité du Four - Pré Vert'];
const code = (nom: string) => `QNZZZ0${NAMES.indexOf(nom) + 1}Z`;
let db: Db;
beforeEach(async () => {
	db = await open(':memory:');
	await saveTerritory(db, aTerritory());
	await saveQuartiers(
		db,
		NAMES.map((nom) => aQuartier({ code: code(nom), nom, communes: [AUBRELLE] })),
		{ source: 'essai', le: LE }
	);
});

const by = { territoire, par: 'essai', le: LE };
async function lue(...quartiers: readonly string[]) {
	const lines = quartiers.map((q, i) => `${q};École ${i + 1};non;`).join('\r\n');
	const bytes = new TextEncoder().encode(`Quartier;École;Cour;Année\r\n${lines}\r\n`);
	const report = await importSchools(db, { ...by, bytes, fichier: 'ecoles.csv' });
	if (isRefusal(report)) throw new Error(report.refus);
	const decisions = await listByTerritory(db, territoire);
	return { report, placed: schoolYards(decisions), loose: unplacedSchools(decisions) };
}

describe('le quartier d’une liste d’écoles', () => {
	it.each([
		['Q. Bellerive', 'Bellerive'],
		['BELLERIVE', 'Bellerive'],
		['Bellerive Nord', 'Bellerive-Nord'],
		['tilleuls', 'Les Tilleuls'],
		['Quartier La Halle', 'La Halle'],
		['Centre', 'Le Centre'],
		['QNZZZ03Z', 'Les Tilleuls']
	])('« %s » est lu comme dans un plan', async (dit, nom) => {
		const { report, placed } = await lue(dit);
		expect(report).toMatchObject({ acceptees: 1, rejetees: 0, anomalies: [] });
		expect(placed.get(code(nom))).toMatchObject([{ nom: 'École 1' }]);
	});

	it('ce qui n’est pas sûr est une question, et la ligne est gardée jusqu’à la réponse', async () => {
		const { report, loose } = await lue('Les Tileuls', 'Bellerive, La Halle', 'QPV n° 2', '');
		expect(report).toMatchObject({ lues: 4, acceptees: 0, rejetees: 4 });
		expect(report.anomalies.map((a) => [a.ligne, a.gravite])).toEqual([2, 3, 4, 5].map((l) => [l, 'a-verifier']));
		expect(report.anomalies[0]!.message).toContain('l’école «\u00a0École 1\u00a0» attend son quartier');
		expect(loose.map((y) => [y.nom, y.proches])).toEqual([
			['École 1', [code('Les Tilleuls')]],
			['École 2', [code('Bellerive'), code('La Halle')]],
			['École 3', []],
			['École 4', []]
		]);
		// Typed on the page, or read again, it is settled.
		await setSchool(db, { ...by, quartier: code('La Halle'), nom: 'École 2', cour: 'sans-projet', annee: '' });
		expect(unplacedSchools(await listByTerritory(db, territoire)).map((y) => y.nom)).not.toContain('École 2');
		expect((await lue('Les Tilleuls', 'La Halle', 'Centre', 'Centre')).loose).toEqual([]);
	});

	it('un code d’un autre territoire est rejeté, et ne reste pas en attente ici', async () => {
		const { report, loose } = await lue('QNZZZ99Z');
		expect(report.anomalies).toMatchObject([{ gravite: 'bloquant', ligne: 2 }]);
		expect(loose).toEqual([]);
	});
});
