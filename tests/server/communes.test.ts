import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { mapCommunes } from '../../src/lib/domain/pages/map-model';
import { isRefusal } from '../../src/lib/domain/issue';
import { outlinesOf } from '../../src/lib/server/db/commune-outlines';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { importQuartierFile } from '../../src/lib/server/quartiers/import-quartier-file';
import { readTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* Outlines of communes: a file somebody has, recognised by what it holds, drawn under the quartiers. */

const ref = loadReferentiel();
const LE = '2026-11-22';
const REAL = '../shared/data/geo/communes-2018-contours-hdf.geojson';

describe('les contours de communes', () => {
	let db: Db;
	const square = (x: number) => [
		[
			[x, 50],
			[x + 0.1, 50],
			[x + 0.1, 50.1],
			[x, 50.1],
			[x, 50]
		]
	];
	const layer = (...features: [properties: object, coordinates: unknown][]) =>
		Buffer.from(
			JSON.stringify({
				type: 'FeatureCollection',
				features: features.map(([properties, coordinates]) => ({
					type: 'Feature',
					properties,
					geometry: { type: 'Polygon', coordinates }
				}))
			})
		);
	const load = async (bytes: Uint8Array, fichier = 'communes.geojson') =>
		importQuartierFile(db, ref, { bytes, fichier, le: LE });
	const told = async (bytes: Uint8Array) => {
		const read = await load(bytes);
		if (isRefusal(read)) throw new Error(read.refus);
		return read;
	};

	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
	});

	it('se reconnaissent à leur forme, quel que soit le nom des colonnes, et se remplacent', async () => {
		const communes = (await readTerritory(db, ref, 'ZZ0000001', LE))!.territory.communes;
		const [first, second] = communes;
		const read = await told(
			layer(
				[{ INSEE_COM: first!.code, NOM: 'Ancien nom' }, square(3.1)],
				[{ insee: 2691, nom: 'Zéro perdu' }, square(3.3)],
				[{ code: 'département', nom: 'Sans code' }, square(3.5)],
				[{ code: second!.code, nom: second!.nom }, 'rien']
			)
		);
		expect(read.phrase).toContain('4\u00a0communes lues, 2\u00a0contours gardés, 2\u00a0rejetés');
		expect(read.details).toHaveLength(2);
		await told(layer([{ code: first!.code, nom: first!.nom }, square(3.2)]));
		const kept = await outlinesOf(db, [first!.code, second!.code, '02691']);
		expect(kept.map((o) => [o.code, o.nom, o.source]).sort()).toEqual(
			[
				['02691', 'Zéro perdu', 'communes.geojson'],
				[first!.code, first!.nom, 'communes.geojson']
			].sort()
		);
		expect(kept.find((o) => o.code === first!.code)!.geometrie.coordinates).toEqual([square(3.2)]);
	});

	it('la carte et son tableau disent chaque commune, ses quartiers, et ce qui n’est pas connu', async () => {
		const { territory, quartiers } = (await readTerritory(db, ref, 'ZZ0000001', LE))!;
		const outlines = await outlinesOf(
			db,
			territory.communes.map((c) => c.code)
		);
		const said = mapCommunes(territory.communes, quartiers, new Map(outlines.map((o) => [o.code, o.geometrie])));
		expect(said.map((c) => c.code).sort()).toEqual(territory.communes.map((c) => c.code as string).sort());
		expect(said.filter((c) => c.geometrie)).toHaveLength(1);
		expect(said.every((c) => (c.geometrie === null) === (c.centre === null))).toBe(true);
		expect(new Set(said.flatMap((c) => c.quartiers))).toEqual(new Set(quartiers.map((q) => q.quartier.nom)));
	});

	it('un fichier qui n’est ni de quartiers ni de communes est refusé comme avant, sans rien écrire', async () => {
		const before = await db.selectFrom('commune_contour').select('code').execute();
		const read = await load(layer([{ code: '59', nom: 'Nord' }, square(3)]));
		expect(isRefusal(read) && read.refus).toContain('code de quartier');
		expect(await db.selectFrom('commune_contour').select('code').execute()).toEqual(before);
	});

	it.skipIf(!existsSync(REAL))('les 3 808 communes d’une région se chargent d’un fichier', async () => {
		const read = await told(readFileSync(REAL));
		expect(read.phrase).toContain('3\u202f808\u00a0contours gardés');
		expect(await outlinesOf(db, ['59606', '80021'])).toHaveLength(2);
	});
});
