import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bench } from './run';

/* An EPCI made by hand of real communes: the file decides, and says what the national list says otherwise. */

const { json, lire, dossier, clean } = bench();
afterAll(clean);
const at = (nom: string): string => join(dossier, nom);
const flat = (text: string) => text.replace(/\s/g, ' ');
const file = (nom: string, siren_epci: string, code = 'QN05921N') => {
	const square = [3.5, 3.51].flatMap((x, i) => (i ? [[x, 50.34], [x, 50.35]] : [[x, 50.34]])); // prettier-ignore
	const ring = [...square, [3.5, 50.35], square[0]];
	const properties = { code_qp: code, lib_qp: 'Les Essais', insee_com: '59606', lib_com: 'Valenciennes', siren_epci };
	const feature = { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } };
	writeFileSync(at(nom), JSON.stringify({ type: 'FeatureCollection', features: [feature] }));
	return at(nom);
};
type Report = { importes: number; avertissements: string[] };

describe('une intercommunalité faite main, de vraies communes', () => {
	it('le fichier décide, et la phrase dit ce que la liste nationale dirait', async () => {
		const report = (await json(['perimetres', file('main.geojson', '999000002')])).json as Report;
		expect(report.importes).toBe(1);
		expect(report.avertissements.map(flat)).toEqual([
			expect.stringMatching(
				/^L’intercommunalité 999000002 du fichier n’est pas dans la liste nationale : elle est gardée comme le fichier l’écrit, et ses quartiers ne sont pas rangés dans CA Valenciennes Métropole \(245901160\)/
			)
		]);
		expect((await json(['territoires'])).json).toMatchObject([{ code: '999000002', quartiers: 1 }]);
	});

	it('une action de cette commune arrive dans ce quartier, sous ce territoire', async () => {
		writeFileSync(at('plan.csv'), 'Titre;Communes;Quartier\nRénover les logements;Valenciennes;Les Essais\n');
		const run = await json(['importer', at('plan.csv'), '--territoire', '999000002', '--plan', 'pcaet']);
		expect(run.json).toMatchObject({ lues: 1, acceptees: 1, quartiersNonReconnus: [] });
		const [action] = (await json(['actions', '--territoire', '999000002'])).json as { atteinte: unknown[] }[];
		expect(action!.atteinte).toMatchObject([{ quartier: 'QN05921N', niveau: 'explicite' }]);
	});

	it('une intercommunalité qui n’existe plus : ses quartiers vont à celle d’aujourd’hui, et la phrase le dit', async () => {
		// A right key, and no EPCI of the list.
		const run = await lire(['perimetres', file('ancien.geojson', '245900741', 'QN05922N')]);
		expect(flat(run.out)).toContain(
			'L’intercommunalité 245900741 du fichier n’est pas dans la liste nationale : ses quartiers sont rangés dans CA Valenciennes Métropole (245901160)'
		);
	});

	it('une intercommunalité de la liste ne se commente pas', async () => {
		const report = (await json(['perimetres', file('vraie.geojson', '245901160', 'QN05923N')])).json as Report;
		expect(report.avertissements).toEqual([]);
	});
});
