import type { Recognised } from '../../domain/bring/recognised';
import { isRefusal, type Refusal } from '../../domain/issue';
import { communeOf, territoryFromCog } from '../cog';
import type { DbOrTrx } from '../db/client';
import { listQuartiers } from '../db/territories';
import { openGeoFile, type GeoFeature } from '../files/geo-file';
import { communeCode } from '../quartiers/commune-outlines';
import { hasQpvProperty, readProperties } from '../quartiers/perimeter-properties';
import { getTerritory } from '../territories';

/**
 * What a geographic file holds: outlines of quartiers or of communes.
 * out    null when it is not geographic, or is a layer of actions: its rows then say what it is
 */
export async function recogniseLayers(
	db: DbOrTrx,
	bytes: Uint8Array,
	fichier: string,
	territoire: string | null
): Promise<Recognised | Refusal | null> {
	const file = await openGeoFile(bytes, fichier);
	if (file === null) return null;
	if (isRefusal(file)) return file;
	const features = file.layers.flatMap((l) => l.features);
	const outlines = features.filter((f) => f.geometry !== null && /Polygon$/.test(f.geometry.type));
	const quartiers = outlines.filter((f) => hasQpvProperty(f.properties));
	if (quartiers.length > 0) return tellQuartiers(db, quartiers, territoire);
	const codes = new Set(outlines.flatMap((f) => communeCode(f.properties) ?? []));
	const known = [...codes].filter((code) => code.startsWith('ZZ') || communeOf(code));
	// Actions drawn on a map repeat their communes; outlines of communes do not.
	if (codes.size > 0 && codes.size === outlines.length && known.length >= codes.size * 0.9)
		return { genre: 'communes', lus: codes.size };
	if (features.length > 0 && outlines.length === 0 && features.every((f) => hasQpvProperty(f.properties)))
		return {
			refus: 'Ce fichier situe des quartiers par des points, sans leurs contours.',
			conseil: 'Apportez les périmètres eux-mêmes\u00a0: le fichier officiel de l’ANCT les porte en polygones.'
		};
	if (features.length > 0 && features.every(isDivision))
		return {
			refus: 'Ce fichier dessine un découpage plus grand que la commune.',
			conseil: 'Croisée dessine les quartiers et les communes\u00a0: il n’y a rien à apporter.'
		};
	return null;
}

/** An EPCI, a department, a contract: a code of theirs, and no text long enough to be an action. */
const isDivision = ({ properties }: GeoFeature): boolean =>
	Object.keys(properties).some((k) => /^(?:siren_epci|insee_dep|code_cv|code_dept?|code_reg|insee_reg)$/i.test(k)) &&
	Object.keys(properties).length <= 8;

async function tellQuartiers(
	db: DbOrTrx,
	features: readonly GeoFeature[],
	territoire: string | null
): Promise<Recognised> {
	const read = features.map((f) => readProperties(f.properties));
	const there = new Set((await listQuartiers(db)).map((q) => q.code as string));
	const own = territoire === null ? null : ((await getTerritory(db, territoire)) ?? territoryFromCog(territoire));
	const siens = own ? read.filter((q) => q.epci.includes(own.code as never)).length : 0;
	return {
		genre: 'perimetres',
		lus: features.length,
		connus: read.filter((q) => there.has(q.code)).length,
		siens: own ? { nom: own.nom, nombre: siens } : null
	};
}
