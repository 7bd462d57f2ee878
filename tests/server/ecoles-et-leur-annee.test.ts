import { beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { schoolYards } from '../../src/lib/domain/local-facts';
import { open, type Db } from '../../src/lib/server/db/client';
import { listByTerritory } from '../../src/lib/server/db/decisions';
import { saveQuartiers, saveTerritory } from '../../src/lib/server/db/territories';
import { importSchools } from '../../src/lib/server/local-facts';
import { aQuartier, aTerritory, AUBRELLE } from '../fixtures/build';

/* The year beside a school yard is that of its works: it is kept, or asked about. */

const territoire = 'ZZ0000001';
const LE = '2026-11-29';
let db: Db;
beforeEach(async () => {
	db = await open(':memory:');
	await saveTerritory(db, aTerritory());
	await saveQuartiers(db, [aQuartier({ code: 'QNZZZ01Z', nom: 'Les Pins', communes: [AUBRELLE] })], {
		source: 'essai',
		le: LE
	});
});

async function lue(cour: string, annee: string) {
	const bytes = new TextEncoder().encode(`Quartier;École;Cour;Année\r\nLes Pins;École Pasteur;${cour};${annee}\r\n`);
	const report = await importSchools(db, { territoire, par: 'essai', le: LE, bytes, fichier: 'ecoles.csv' });
	if (isRefusal(report)) throw new Error(report.refus);
	const [ecole] = schoolYards(await listByTerritory(db, territoire)).get('QNZZZ01Z')!;
	return { ecole, anomalies: report.anomalies };
}

describe('l’année d’une cour d’école', () => {
	it.each([
		['non', '2027', 'projet', 2027],
		['non', '2032', 'projet', 2032],
		['bitume', '2026', 'projet', 2026],
		['projet', '2028', 'projet', 2028],
		['oui', '2024', 'vegetalisee', 2024],
		['non', '', 'sans-projet', null],
		['', '', 'inconnu', null]
	])('« %s », « %s » est gardée', async (cour, annee, etat, lu) => {
		const { ecole, anomalies } = await lue(cour, annee);
		expect(ecole).toMatchObject({ cour: etat, annee: lu });
		expect(anomalies).toEqual([]);
	});

	it.each([
		['non', '2020', 'sans-projet'],
		['sans projet', '2027', 'sans-projet'],
		['', '2027', 'inconnu']
	])('« %s », « %s » se demande', async (cour, annee, etat) => {
		const { ecole, anomalies } = await lue(cour, annee);
		expect(ecole).toMatchObject({ cour: etat });
		expect(anomalies).toMatchObject([{ gravite: 'a-verifier', ligne: 2 }]);
		expect(anomalies[0]!.message).toContain(annee);
	});
});
