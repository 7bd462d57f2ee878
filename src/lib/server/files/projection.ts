import proj4 from 'proj4';
import type { Refusal } from '../../domain/issue';
import { fromLambert93, isLambert93 } from '../../domain/places/lambert';
import { plain } from '../../domain/text';
import type { Position } from '../../domain/territory';

/** A system of coordinates that is known for sure, and how to leave it for [lon, lat] in WGS84. */
export interface Crs {
	readonly epsg: number;
	readonly nom: string;
	readonly enDegres: boolean;
	readonly toWgs84: (point: Position) => Position;
}

const degrees = (epsg: number, nom = 'WGS84'): Crs => ({ epsg, nom, enDegres: true, toWgs84: (p) => p });

const projected = (epsg: number, nom: string, definition: string): Crs => {
	let converter: proj4.Converter | null = null;
	return {
		epsg,
		nom,
		enDegres: false,
		toWgs84: ([x, y]) => {
			// Made at the first point: most files never need it.
			converter ??= proj4(definition, 'EPSG:4326');
			const [lon, lat] = converter.forward([x, y]) as [number, number];
			return [round(lon), round(lat)];
		}
	};
};
const round = (angle: number): number => Math.round(angle * 1e7) / 1e7;

const GRS80 = '+ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs';
const utm = (zone: number, south = false): string => `+proj=utm +zone=${zone}${south ? ' +south' : ''} ${GRS80}`;

/** Conformal conics in nine zones (CC42 to CC50), which most French towns keep their plans in. */
const zones = [42, 43, 44, 45, 46, 47, 48, 49, 50].map((lat) =>
	projected(
		3900 + lat,
		`RGF93 CC${lat}`,
		`+proj=lcc +lat_0=${lat} +lon_0=3 +lat_1=${lat - 0.75} +lat_2=${lat + 0.75} +x_0=1700000 +y_0=${(lat - 41) * 1_000_000 + 200_000} ${GRS80}`
	)
);

/** Lambert-93 is the domain's own (cells of spreadsheets need it too); proj4 has the others. Short on purpose: each is tested. */
const lambert93 = (epsg: number): Crs => ({ epsg, nom: 'Lambert-93', enDegres: false, toWgs84: fromLambert93 });
const LAMBERT_93 = lambert93(2154);
const WGS84 = degrees(4326);

const KNOWN = new Map<number, Crs>(
	[
		WGS84,
		degrees(4171, 'RGF93'),
		degrees(4258, 'ETRS89'),
		degrees(5489, 'RGAF09'),
		degrees(4624, 'RGFG95'),
		degrees(4627, 'RGR92'),
		degrees(4470, 'RGM04'),
		LAMBERT_93,
		lambert93(9793),
		lambert93(9794),
		...zones,
		projected(
			3857,
			'Mercator web',
			'+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs'
		),
		projected(
			27572,
			'Lambert II étendu',
			'+proj=lcc +lat_1=46.8 +lat_0=46.8 +lon_0=0 +k_0=0.99987742 +x_0=600000 +y_0=2200000 +a=6378249.2 +b=6356515 +towgs84=-168,-60,320,0,0,0,0 +pm=paris +units=m +no_defs'
		),
		projected(5490, 'RGAF09 UTM 20N', utm(20)),
		projected(2972, 'RGFG95 UTM 22N', utm(22)),
		projected(2975, 'RGR92 UTM 40S', utm(40, true)),
		projected(4471, 'RGM04 UTM 38S', utm(38, true))
	].map((crs) => [crs.epsg, crs])
);
KNOWN.set(900913, KNOWN.get(3857)!);

export function crsOfEpsg(epsg: number): Crs | Refusal {
	return KNOWN.get(epsg) ?? unknownCrs(`EPSG:${epsg}`);
}

/** `crs` of a GeoJSON file, when it has one; null when it says nothing, as GeoJSON now wants. */
export function crsOfGeoJson(crs: unknown): Crs | Refusal | null {
	const name = (crs as { properties?: { name?: unknown; code?: unknown } } | null)?.properties;
	const said = name?.name ?? name?.code;
	if (said === undefined || said === null) return null;
	if (/crs:?84|4979/i.test(String(said))) return WGS84;
	const epsg = /(\d{4,6})\D*$/.exec(String(said))?.[1];
	return epsg ? crsOfEpsg(Number(epsg)) : unknownCrs(String(said));
}

/** The text of a `.prj`, or of a GeoPackage: by its EPSG number when it has one, else by its name. */
export function crsOfWkt(wkt: string): Crs | Refusal {
	const numbers = [...wkt.matchAll(/(?:AUTHORITY|ID)\s*\[\s*"EPSG"\s*,\s*"?(\d+)"?\s*\]/gi)];
	// The system's own number closes the text; those before are of its parts.
	const own = numbers.at(-1);
	const known = own && own.index > wkt.length - own[0].length - 12 ? KNOWN.get(Number(own[1])) : undefined;
	if (known) return known;
	const name = /\[\s*"([^"]*)"/.exec(wkt)?.[1] ?? '';
	const words = plain(name);
	const epsg = /^\s*(?:GEOGCS|GEOGCRS|GEODCRS)/i.test(wkt)
		? /wgs|rgf|etrs|rgaf|rgr|rgm/.test(words)
			? 4326
			: null
		: byName(words);
	return (epsg === null ? undefined : KNOWN.get(epsg)) ?? unknownCrs(name || 'non précisé');
}

function byName(words: string): number | null {
	if (/lambert ?93|rgf93 v\w+ lambert/.test(words)) return 2154;
	const zone = /\bcc ?(4[2-9]|50)\b|conique conforme (?:zone )?(4[2-9]|50)\b/.exec(words);
	if (zone) return 3900 + Number(zone[1] ?? zone[2]);
	if (/mercator auxiliary sphere|pseudo mercator|web mercator|popular visualisation/.test(words)) return 3857;
	if (/lambert (?:ii|2)\b.*etendu|ntf.*lambert zone ii$/.test(words)) return 27572;
	if (/rgaf.*utm.*20/.test(words)) return 5490;
	if (/rgfg.*utm.*22/.test(words)) return 2972;
	if (/rgr.*utm.*40/.test(words)) return 2975;
	if (/rgm.*utm.*38/.test(words)) return 4471;
	return null;
}

/** The system that coordinates themselves give away when nothing names it; null when several could be theirs. */
export function guessCrs(points: readonly Position[]): Crs | null {
	if (points.every(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 90)) return WGS84;
	return points.every(isLambert93) ? LAMBERT_93 : null;
}

const unknownCrs = (found: string): Refusal => ({
	refus: `Le système de coordonnées «\u00a0${found}\u00a0» n’est pas de ceux que Croisée sait convertir.`,
	conseil: 'Exportez la couche en WGS84 (EPSG:4326) ou en Lambert-93 (EPSG:2154).'
});
