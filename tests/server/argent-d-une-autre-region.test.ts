import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { buildFeuilleDeRoute } from '../../src/lib/domain/roadmap/feuille-de-route';
import { viewMatrix } from '../../src/lib/domain/crossing/view-matrix';
import { open, type Db } from '../../src/lib/server/db/client';
import { cubeCsv } from '../../src/lib/server/exports/cube-csv';
import { exportActions } from '../../src/lib/server/exports/export-actions';
import { readRequests } from '../../src/lib/server/funding/read-requests';
import { importDirect } from '../../src/lib/server/plans/import-document';
import { importPerimeters } from '../../src/lib/server/quartiers/perimeters';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { readRegion } from '../../src/lib/server/read-region';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* « Région » and « FEDER » in a file are those of its region: the référentiel knows the measures of one region alone. */

const ref = loadReferentiel();
const LE = '2026-11-30';
const ICI = { epci: '200999981', quartier: 'QN05981M', commune: '59998' };
const AILLEURS = { epci: '200999982', quartier: 'QN04081M', commune: '40998' };
let db: Db;

beforeAll(async () => {
	db = await open(':memory:');
	const square = (lon: number) => [
		[lon, 48],
		[lon + 0.01, 48],
		[lon + 0.01, 48.01],
		[lon, 48.01],
		[lon, 48]
	];
	const read = await importPerimeters(
		db,
		new TextEncoder().encode(
			JSON.stringify({
				type: 'FeatureCollection',
				features: [ICI, AILLEURS].map(({ epci, quartier, commune }, i) => ({
					type: 'Feature',
					properties: {
						code_qp: quartier,
						lib_qp: 'Les Saules',
						insee_com: commune,
						lib_com: 'Orme',
						siren_epci: epci
					},
					geometry: { type: 'Polygon', coordinates: [square(i)] }
				}))
			})
		),
		'perimetres.geojson',
		{ le: LE }
	);
	if (isRefusal(read)) throw new Error(read.refus);
	const lignes = [
		'N°;Titre;Quartier;Porteur;Région demandé;Région obtenu;FEDER obtenu',
		'1;Isoler la résidence des Saules;Les Saules;Office de l’habitat;;120000;70000',
		'2;Planter des arbres aux Saules;Les Saules;Ville d’Orme;15000;;'
	].join('\n');
	for (const { epci } of [ICI, AILLEURS]) {
		const report = await importDirect(db, ref, {
			...{ territoire: epci, plan: 'pcaet', fichier: 'pcaet.csv', bytes: new TextEncoder().encode(lignes) },
			...{ periode: '2024-2030', par: 'Test', le: LE }
		});
		if (isRefusal(report)) throw new Error(report.refus);
	}
});
afterAll(() => db.destroy());

async function dit({ epci, quartier }: typeof ICI) {
	const view = (await readQuartier(db, ref, quartier, LE))!;
	const { view: territoire } = (await crossedTerritory(db, ref, epci, LE))!;
	const money = buildFeuilleDeRoute(view, ref).sections.find((s) => s.id === 'financement')!;
	const choix = { dispositif: null, annee: null, quartier: null };
	const demandes = (await readRequests(db, ref, epci, choix as never, LE))!.page;
	const named = viewMatrix(territoire, ref, { lignes: 'dispositif', colonnes: 'plan', quartier: null });
	const classeur = await exportActions(db, ref, { territoire: epci, plan: null, format: 'csv', day: LE });
	if (isRefusal(classeur)) throw new Error(classeur.refus);
	const noms = (
		list: readonly {
			readonly code?: string;
			readonly id?: string;
			readonly libelle?: string;
			readonly titre?: string;
		}[]
	) =>
		list
			.filter((k) => ['region', 'feder'].includes(k.code ?? k.id ?? ''))
			.map((k) => k.libelle ?? k.titre)
			.sort();
	const cube = (await cubeCsv(db, ref, null, LE)).split('\r\n').filter((row) => row.startsWith(quartier));
	return {
		feuilleDeRoute: money.tableau!.lignes.map((l) => l[0]),
		obtenu: money.tableau!.lignes.map((l) => l[money.tableau!.colonnes.findIndex((c) => c.titre === 'Obtenu')]),
		demandes: noms(demandes.dispositifs),
		matrice: noms(named.rows.keys),
		classeur: new TextDecoder().decode(classeur.octets),
		cube: [...new Set(cube.map((row) => row.split(';')[6]))].sort()
	};
}

describe('L’argent « Région » et « FEDER » d’un fichier', () => {
	it('dans la région des mesures du référentiel, porte leur nom', async () => {
		const { classeur, ...said } = await dit(ICI);
		expect(said).toEqual({
			feuilleDeRoute: ['Région Hauts-de-France', 'FEDER Hauts-de-France'],
			obtenu: [120_000, 70_000],
			demandes: ['FEDER Hauts-de-France', 'Région Hauts-de-France'],
			matrice: ['FEDER Hauts-de-France', 'Région Hauts-de-France'],
			cube: ['FEDER Hauts-de-France', 'Région Hauts-de-France']
		});
		expect(classeur).toContain('Région Hauts-de-France');
	});

	it('dans une autre région, porte son nom général partout, pour les mêmes sommes', async () => {
		const { classeur, ...said } = await dit(AILLEURS);
		expect(said).toEqual({
			feuilleDeRoute: ['Conseil régional', 'FEDER'],
			obtenu: [120_000, 70_000],
			demandes: ['Conseil régional', 'FEDER'],
			matrice: ['Conseil régional', 'FEDER'],
			cube: ['Conseil régional', 'FEDER']
		});
		expect(classeur).not.toContain('Hauts-de-France');
	});

	it('de deux régions ensemble n’est donné à aucune des deux, et s’additionne', async () => {
		const { financements } = await readRegion(db, ref, null, LE);
		expect(financements.map((l) => [l.libelle, l.obtenu])).toEqual([
			['Conseil régional', 240_000],
			['FEDER', 140_000]
		]);
	});
});
