import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import type { MapPlace } from '../domain/pages/map-page';
import type { MapMark, MapQuartier } from '../domain/pages/map-model';
import { communeLayers, communeSources } from './map-communes';
import type { Scene } from './map-live';
import type { Bounds } from './map-outline';

/* What the map is made of, apart from the library that draws it. */

/** west, south, east, north; null when nothing is drawn. */
export function extent(list: readonly MapQuartier[]): [number, number, number, number] | null {
	const points = list.flatMap((q) => q.geometrie?.coordinates.flatMap((polygon) => polygon.flat()) ?? []);
	if (!points.length) return null;
	const lons = points.map((p) => p[0]);
	const lats = points.map((p) => p[1]);
	return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** Lays the plan of the IGN under everything, or takes it away. */
export function setGround(map: MapLibre, shown: boolean): void {
	if (shown === Boolean(map.getSource('ign'))) return;
	if (shown) {
		map.addSource('ign', { type: 'raster', tiles: [IGN_TILES], tileSize: 256, maxzoom: 18 });
		map.addLayer({ id: 'ign', type: 'raster', source: 'ign', paint: { 'raster-opacity': 0.75 } }, 'communes');
		return;
	}
	map.removeLayer('ign');
	map.removeSource('ign');
}

/** What the library says, in French. */
export const mapWords = (titre: string): Record<string, string> => ({
	'CooperativeGesturesHandler.WindowsHelpText': 'Ctrl + molette pour zoomer',
	'CooperativeGesturesHandler.MacHelpText': '⌘ + molette pour zoomer',
	'CooperativeGesturesHandler.MobileHelpText': 'Deux doigts pour déplacer la carte',
	'NavigationControl.ZoomIn': 'Zoomer',
	'NavigationControl.ZoomOut': 'Dézoomer',
	'Map.Title': titre
});

export const quartierFeatures = (list: readonly MapQuartier[]) => ({
	type: 'FeatureCollection' as const,
	features: list.map((q) => ({
		type: 'Feature' as const,
		properties: { code: q.code },
		geometry: q.geometrie as never
	}))
});

const placeFeatures = (lieux: readonly MapPlace[]) => ({
	type: 'FeatureCollection' as const,
	features: lieux.map((l) => ({
		type: 'Feature' as const,
		properties: { id: l.id },
		geometry: l.geometrie as never
	}))
});

/** The tint of the worst gap of each quartier; null where nothing is assessed. */
export const worstTint =
	(list: readonly MapMark[]) =>
	(code: string): string | null => {
		const q = list.find((one) => one.code === code);
		if (!q?.pire) return q?.evalue ? 'g-aucune' : null;
		return `g-${q.pire === 'information' ? 'info' : q.pire === 'opportunite' ? 'opport' : q.pire}`;
	};

/** Colour of each quartier, by its code. */
export function fillOf(
	list: readonly MapQuartier[],
	teinte: (code: string) => string | null,
	token: (name: string) => string
): unknown {
	const plain = token('--creux');
	const pairs = list.flatMap((q) => [q.code, teinte(q.code) === null ? plain : token(`--${teinte(q.code)}`)]);
	return pairs.length ? ['match', ['get', 'code'], ...pairs, plain] : plain;
}

/** Quartiers not assessed are hatched. */
export const hatched = (list: readonly MapQuartier[], teinte: (code: string) => string | null): unknown => [
	'in',
	['get', 'code'],
	['literal', list.filter((q) => teinte(q.code) === null).map((q) => q.code)]
];

/** Those to be confirmed keep their colour, crossed by bands the other way. */
export const doubted = (list: readonly MapQuartier[], doute: (code: string) => boolean): unknown => [
	'in',
	['get', 'code'],
	['literal', list.filter((q) => doute(q.code)).map((q) => q.code)]
];

export const HATCH = 'hachures';
export const DOUBT = 'doute';
/** Pixels of a hatch in one of the map: its lines stay sharp on fine screens and between two zooms. */
export const HATCH_RATIO = 3;

/** What the library asks to draw outlines with, in the theme in force. */
export const hatchOf = (id: string, token: (name: string) => string): ImageData | null =>
	id === HATCH
		? hatchImage(token('--encre-3'))
		: id === DOUBT
			? doubtImage(token('--feuille'), token('--encre'))
			: null;

/** Clear bands with a line within: one or the other is seen on any colour. */
function doubtImage(band: string, line: string): ImageData {
	const canvas = document.createElement('canvas');
	canvas.width = canvas.height = DOUBT_STEP * HATCH_RATIO;
	const pen = canvas.getContext('2d')!;
	pen.scale(HATCH_RATIO, HATCH_RATIO);
	for (const [colour, width] of [
		[band, 3.6],
		[line, 1]
	] as const) {
		pen.beginPath();
		pen.strokeStyle = colour;
		pen.lineWidth = width;
		for (const at of [-DOUBT_STEP, 0, DOUBT_STEP]) {
			pen.moveTo(at - DOUBT_STEP, -DOUBT_STEP);
			pen.lineTo(at + 2 * DOUBT_STEP, 2 * DOUBT_STEP);
		}
		pen.stroke();
	}
	return pen.getImageData(0, 0, canvas.width, canvas.height);
}
const DOUBT_STEP = 10;

/** Diagonal lines, as cells not assessed have. */
function hatchImage(colour: string): ImageData {
	const canvas = document.createElement('canvas');
	canvas.width = canvas.height = 8 * HATCH_RATIO;
	const pen = canvas.getContext('2d')!;
	pen.scale(HATCH_RATIO, HATCH_RATIO);
	pen.strokeStyle = colour;
	pen.lineWidth = 1.6;
	for (const at of [-8, 0, 8]) {
		pen.moveTo(at, 8);
		pen.lineTo(at + 8, 0);
	}
	pen.stroke();
	return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** The frames of what is drawn again, larger. */
export const frameFeatures = (frames: readonly Bounds[]) => ({
	type: 'FeatureCollection' as const,
	features: frames.map((bounds) => ({ type: 'Feature' as const, properties: {}, geometry: frameLine(bounds) }))
});

const frameLine = ([west, south, east, north]: Bounds) => ({
	type: 'LineString' as const,
	coordinates: [
		[west, south],
		[west, north],
		[east, north],
		[east, south],
		[west, south]
	]
});

export function mapStyle(
	{ quartiers: list, lieux, communes, tint: teinte, doute, choisi, zones }: Scene,
	token: (name: string) => string
): StyleSpecification {
	const ink = token('--encre');
	return {
		version: 8,
		sources: {
			...communeSources(communes),
			quartiers: { type: 'geojson', data: quartierFeatures(list) },
			lieux: { type: 'geojson', data: placeFeatures(lieux) },
			cadre: { type: 'geojson', data: frameFeatures(zones.map(({ bounds }) => bounds)) }
		},
		layers: [
			{ id: 'fond', type: 'background', paint: { 'background-color': token('--creux') } },
			...communeLayers(token),
			{
				id: 'aplat',
				type: 'fill',
				source: 'quartiers',
				paint: { 'fill-color': fillOf(list, teinte, token) as never, 'fill-opacity': 0.82 }
			},
			{
				id: 'trame',
				type: 'fill',
				source: 'quartiers',
				filter: hatched(list, teinte) as never,
				paint: { 'fill-pattern': HATCH }
			},
			{
				id: 'doute',
				type: 'fill',
				source: 'quartiers',
				filter: doubted(list, doute) as never,
				paint: { 'fill-pattern': DOUBT }
			},
			{ id: 'trait', type: 'line', source: 'quartiers', paint: { 'line-color': ink, 'line-width': 1.4 } },
			{
				id: 'choisi',
				type: 'line',
				source: 'quartiers',
				filter: ['==', ['get', 'code'], choisi ?? ''],
				paint: { 'line-color': token('--ici'), 'line-width': 4 }
			},
			{ id: 'cadre', type: 'line', source: 'cadre', paint: { 'line-color': ink, 'line-width': 1.5 } },
			{
				id: 'lieux-traits',
				type: 'line',
				source: 'lieux',
				filter: ['!=', ['geometry-type'], 'Point'],
				paint: { 'line-color': ink, 'line-width': 2, 'line-dasharray': [2, 1.5] }
			},
			{
				id: 'lieux-points',
				type: 'circle',
				source: 'lieux',
				filter: ['==', ['geometry-type'], 'Point'],
				paint: {
					'circle-radius': 5,
					'circle-color': token('--feuille'),
					'circle-stroke-color': ink,
					'circle-stroke-width': 2
				}
			}
		]
	};
}

/** The French state's open plan of the country, drawn under the quartiers when people ask for it. */
export const IGN_TILES =
	'https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&FORMAT=image/png&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}';
