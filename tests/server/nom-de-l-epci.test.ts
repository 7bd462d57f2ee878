import { afterEach, beforeEach, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import { importIndicators } from '../../src/lib/server/quartiers/indicators';
import { importPerimeters } from '../../src/lib/server/quartiers/perimeters';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { getTerritory } from '../../src/lib/server/territories';

/* An EPCI too new for the official lists: its perimeters give its code alone, the indicators its name. */

const EPCI = '200999991';
let db: Db;
beforeEach(async () => void (db = await open(':memory:')));
afterEach(() => db.destroy());

async function perimetres(): Promise<void> {
	const at = [2, 50];
	const ring = [at, [2.01, 50], [2.01, 50.01], [2, 50.01], at];
	const read = await importPerimeters(
		db,
		new TextEncoder().encode(
			JSON.stringify({
				type: 'FeatureCollection',
				features: [
					{
						type: 'Feature',
						properties: {
							...{
								code_qp: 'QN05992M',
								lib_qp: 'Les Lisières',
								insee_dep: '59',
								insee_com: '59999',
								lib_com: 'Vermoy'
							},
							...{ siren_epci: EPCI }
						},
						geometry: { type: 'Polygon', coordinates: [ring] }
					}
				]
			})
		),
		'perimetres.geojson',
		{ le: '2026-11-30' }
	);
	if (isRefusal(read)) throw new Error(read.refus);
}

async function indicateurs(...rows: string[]) {
	const file = new TextEncoder().encode(['Code;Nom;Taux de pauvreté (%)', ...rows].join('\n'));
	const read = await importIndicators(db, loadReferentiel(), file, 'portrait.csv', { le: '2026-11-30' });
	if (isRefusal(read)) throw new Error(read.refus);
	return read.anomalies.map((a) => a.message.replace(/\u00a0/g, ' ')).filter((m) => m.includes(EPCI));
}
const nom = async (): Promise<string | undefined> => (await getTerritory(db, EPCI))?.nom;

it('un EPCI sans nom prend celui qu’un fichier d’indicateurs lui donne, et l’import le dit', async () => {
	await perimetres();
	expect(await nom()).toBe(`EPCI ${EPCI}`);
	expect(await indicateurs('QN05992M;Les Lisières;40', `${EPCI};CA des Marches;18`)).toEqual([
		`Aucune liste officielle ne nomme l’EPCI ${EPCI} : il prend le nom de ce fichier, « CA des Marches ».`
	]);
	expect(await nom()).toBe('CA des Marches');
});

it('un nom connu reste, comme un nom donné deux fois autrement', async () => {
	await perimetres();
	expect(await indicateurs(`${EPCI};CA des Marches;18`, `${EPCI};CC des Marches;18`)).toEqual([]);
	expect(await nom()).toBe(`EPCI ${EPCI}`);
	await indicateurs(`${EPCI};CA des Marches;18`);
	expect(await indicateurs(`${EPCI};Agglo;18`)).toEqual([]);
	expect(await nom()).toBe('CA des Marches');
});
