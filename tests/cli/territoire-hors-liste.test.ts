import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bench } from './run';
import * as shapes from './shapes';

/* A territory made by hand, whose EPCI is in no official list: three quartiers, two plans, read only through the commands. */

const { json, lire, dossier, clean } = bench();
const EPCI = '999000002';
const at = (nom: string): string => join(dossier, nom);

const square = (lon: number, lat: number) => [
	[
		[lon, lat],
		[lon + 0.01, lat],
		[lon + 0.01, lat + 0.01],
		[lon, lat + 0.01],
		[lon, lat]
	]
];
const perimeters = (epci: Record<string, string>) => ({
	type: 'FeatureCollection',
	features: [
		['QNZZZ21F', 'Les Peupliers', 'ZZ201', 'Valbrune'],
		['QNZZZ22F', 'Cité du Canal', 'ZZ201', 'Valbrune'],
		['QNZZZ23F', 'La Briqueterie', 'ZZ202', 'Merlaie']
	].map(([code_qp, lib_qp, insee_com, lib_com], i) => ({
		type: 'Feature',
		properties: { code_qp, lib_qp, insee_com, lib_com, ...epci },
		geometry: { type: 'Polygon', coordinates: square(3 + i / 20, 50) }
	}))
});
const PCAET = [
	'N°;Titre;EPCI;Communes;Quartiers;Porteur;Statut;Budget HT',
	'1;Rénover les logements des Peupliers;CA de Valbrune;Valbrune;Les Peupliers;Office de l’habitat;En cours;1200000',
	'2;Planter la cour de l’école du Canal;CA de Valbrune;ZZ201;QNZZZ22F;Commune de Valbrune;Prévu;',
	'3;Ouvrir une piste cyclable vers Rocanville;CA de Valbrune;ZZ203;;CA de Valbrune;Prévu;300000'
].join('\n');

beforeAll(async () => {
	writeFileSync(at('fic.geojson'), JSON.stringify(perimeters({ siren_epci: EPCI })));
	writeFileSync(at('pcaet.csv'), PCAET);
	const rows = [
		['N°', 'Intitulé de l’action', 'Quartier', 'Porteur'],
		['A1', 'Ateliers de réparation de vélos', 'La Briqueterie', 'Centre social'],
		['A2', 'Accompagner les ménages en précarité énergétique', 'Tous les QPV', 'CCAS']
	];
	const contrat = await writeXlsx({ sheets: [{ name: 'Programmation', rows }] });
	writeFileSync(at('contrat.xlsx'), contrat as Uint8Array);
}, 60_000);
afterAll(clean);

describe('un territoire dont l’EPCI n’est dans aucune liste', () => {
	it('n’est connu que par ses quartiers : avant leurs périmètres, un import dit quoi faire', async () => {
		const run = await lire(['importer', at('pcaet.csv'), '--territoire', EPCI, '--plan', 'pcaet']);
		expect([run.code, run.err]).toEqual([2, expect.stringMatching(/importez d’abord les périmètres/)]);
	});

	it('s’importe, plan par plan, toutes ses lignes lues', async () => {
		expect((await json(['perimetres', at('fic.geojson')])).json).toMatchObject({ importes: 3, rejetes: [] });
		expect((await json(['lacunes', '--territoire', EPCI])).code).toBe(0);
		const pcaet = await json(['importer', at('pcaet.csv'), '--territoire', EPCI, '--plan', 'pcaet']);
		expect(pcaet.code).toBe(0);
		expect(pcaet.json).toMatchObject({ lues: 3, acceptees: 3, quartiersNonReconnus: [] });
		const contrat = await json(['importer', at('contrat.xlsx'), '--territoire', EPCI, '--plan', 'contrat-de-ville']);
		expect(contrat.json).toMatchObject({ lues: 2, acceptees: 2, quartiersNonReconnus: [] });
		expect((await json(['territoires'])).json).toEqual([
			expect.objectContaining({ code: EPCI, nom: `EPCI ${EPCI}`, quartiers: 3, plans: 2, actions: 5 })
		]);
	});

	it('se lit : actions, matrice, lacunes, financements, recoupements', async () => {
		const placed = shapes.Actions.parse((await json(['actions', '--territoire', EPCI])).json);
		const reach = (titre: string) =>
			Object.fromEntries(placed.find((a) => a.titre === titre)!.atteinte.map((r) => [r.quartier, r.niveau]));
		expect(reach('Rénover les logements des Peupliers')).toMatchObject({ QNZZZ21F: 'explicite', QNZZZ22F: 'aucune' });
		expect(reach('Planter la cour de l’école du Canal')).toMatchObject({ QNZZZ22F: 'explicite', QNZZZ23F: 'aucune' });
		const matrix = shapes.Matrice.parse((await json(['matrice', '--territoire', EPCI])).json);
		expect(matrix.totaux.ensemble.actions).toBeGreaterThan(0);
		const gaps = shapes.Lacunes.parse((await json(['lacunes', '--territoire', EPCI])).json);
		expect(gaps.length).toBeGreaterThan(0);
		for (const command of ['dispositifs', 'recoupements'])
			expect((await json([command, '--territoire', EPCI])).code).toBe(0);
	});

	it('a sa feuille de route, son modèle, son export et sa place dans la région', async () => {
		const roadmap = ['feuille-de-route', '--quartier', 'QNZZZ22F', '--format', 'docx', '--sortie', at('f.docx')];
		expect((await json(roadmap)).code).toBe(0);
		expect(readFileSync(at('f.docx')).byteLength).toBeGreaterThan(5_000);
		const model = ['gabarit', '--plan', 'plh', '--format', 'xlsx', '--territoire', EPCI, '--sortie', at('m.xlsx')];
		expect((await json(model)).code).toBe(0);
		const wrote = ['exporter', '--territoire', EPCI, '--format', 'csv', '--sortie', at('e.csv')];
		expect((await json(wrote)).code).toBe(0);
		const region = shapes.Region.parse((await json(['region'])).json);
		expect(region.territoires).toMatchObject([{ code: EPCI, quartiers: 3 }]);
	});

	it('dit pourquoi aucune ligne n’est lue, et quoi faire, quand le fichier est d’un autre territoire', async () => {
		const rows = ['Denain', 'Anzin', 'Denain', '59014'].map((commune, i) => `Action ${i + 1} du plan;${commune}`);
		writeFileSync(at('ailleurs.csv'), ['Titre;Communes', ...rows].join('\n'));
		const run = await lire(['importer', at('ailleurs.csv'), '--territoire', EPCI, '--plan', 'plh', '--a-blanc']);
		expect(run.code).toBe(1);
		const said = (run.out + run.err).replace(/[\u00a0\u202f]/g, ' ');
		expect(said).toContain('4 lignes ignorées : autre territoire (« Denain », « Anzin », « 59014 ») (lignes 2 à 5).');
		expect(said).toContain(`Aucune ligne ne concerne EPCI ${EPCI} : vérifiez le territoire choisi`);
	});

	it('prend le nom que dit un fichier de périmètres', async () => {
		const named = perimeters({ siren_epci: EPCI, lib_epci: 'CA de Valbrune' });
		writeFileSync(at('nomme.geojson'), JSON.stringify(named));
		await json(['perimetres', at('nomme.geojson')]);
		expect((await json(['territoires'])).json).toMatchObject([{ code: EPCI, nom: 'CA de Valbrune' }]);
		const again = await json(['importer', at('pcaet.csv'), '--territoire', EPCI, '--plan', 'pcaet']);
		expect(again.json).toMatchObject({
			lues: 3,
			acceptees: 3,
			differences: { ajoutees: 0, modifiees: 0, disparues: 0, inchangees: 3 }
		});
	});
});
