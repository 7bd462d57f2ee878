import { parseShp } from 'shpjs';
import { isRefusal, type Refusal } from '../../domain/issue';
import type { Archive } from './archive-guard';
import { readDbf } from './dbf';
import type { GeoLayer } from './geo-file';
import { crsOfWkt } from './projection';
import type { RawGeometry } from './wkb';

const EXPORT = 'Exportez la couche une nouvelle fois, et mettez dans l’archive tous les fichiers du même nom.';

export const hasShapefile = (archive: Archive): boolean => archive.names.some((name) => isPart(name, 'shp'));

/**
 * Shapefiles of an archive, one layer per `.shp`; the `.prj` says the projection, the `.dbf` the attributes.
 * out    or why one of them cannot be read: a layer without its attributes is of no use here
 * never  throws
 */
export async function readShapefiles(archive: Archive): Promise<GeoLayer[] | Refusal> {
	const layers: GeoLayer[] = [];
	for (const shp of archive.names.filter((name) => isPart(name, 'shp'))) {
		const base = shp.slice(0, -4);
		const nom = base.replace(/^.*\//, '');
		const beside = async (extension: string): Promise<Uint8Array | null> => {
			const name = archive.names.find((n) => n.toLowerCase() === `${base}.${extension}`.toLowerCase());
			return name === undefined ? null : archive.extract(name).catch(() => null);
		};
		const [shape, attributes, prj] = [await beside('shp'), await beside('dbf'), await beside('prj')];
		const cpg = new TextDecoder().decode((await beside('cpg')) ?? new Uint8Array());
		const geometries = shape && readShp(shape);
		if (!geometries) return { refus: `Le fichier «\u00a0${nom}.shp\u00a0» est incomplet ou abîmé.`, conseil: EXPORT };
		if (!attributes)
			return {
				refus: `Le fichier «\u00a0${nom}.dbf\u00a0» manque dans l’archive\u00a0: sans lui, les objets n’ont ni nom ni code.`,
				conseil: EXPORT
			};
		const records = readDbf(attributes, cpg);
		if (!records) return { refus: `Le fichier «\u00a0${nom}.dbf\u00a0» est incomplet ou abîmé.`, conseil: EXPORT };
		if (records.length !== geometries.length)
			return {
				refus: `«\u00a0${nom}.shp\u00a0» et «\u00a0${nom}.dbf\u00a0» n’ont pas le même nombre d’objets\u00a0: ils ne vont pas ensemble.`,
				conseil: EXPORT
			};
		const crs = prj ? crsOfWkt(new TextDecoder('utf-8').decode(prj)) : null;
		if (isRefusal(crs)) return crs;
		const features = geometries.map((geometry, i) => ({ properties: records[i], geometry }));
		layers.push({
			nom,
			crs,
			features: features.flatMap((f) => (f.properties ? [{ ...f, properties: f.properties }] : []))
		});
	}
	return layers;
}

/** Null when it is not a whole .shp; the lengths are walked first, a wrong one would send the library round for ever. */
function readShp(bytes: Uint8Array): (RawGeometry | null)[] | null {
	if (bytes.length < 100) return null;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (view.getInt32(0) !== 9994 || view.getInt32(24) * 2 > bytes.length) return null;
	let at = 100;
	while (at + 8 <= bytes.length) {
		const length = view.getInt32(at + 4) * 2;
		if (length < 4 || at + 8 + length > bytes.length) return null;
		at += 8 + length;
	}
	try {
		return parseShp(view);
	} catch {
		return null;
	}
}

const isPart = (name: string, extension: string): boolean =>
	name.toLowerCase().endsWith(`.${extension}`) && !name.startsWith('__MACOSX');
