import type { GeoJSONSource, Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import type { MapCommune } from '../domain/pages/map-model';
import { placeAmong } from './map-labels';
import type { Rect } from './map-outline';

/* Communes under the quartiers: a thin line, and the name where it has room. */

type Token = (name: string) => string;

const collection = (places: readonly { readonly code: string; readonly geometrie: unknown }[]) => ({
	type: 'FeatureCollection' as const,
	features: places.map(({ code, geometrie }) => ({
		type: 'Feature' as const,
		properties: { image: NAME + code },
		geometry: geometrie as never
	}))
});

/** Names are drawn here: letters of the library's own would be asked of the network. */
const NAME = 'commune ';

export const communeSources = (communes: readonly MapCommune[]): StyleSpecification['sources'] => ({
	communes: { type: 'geojson', data: collection(communes.filter((c) => c.geometrie)) },
	// Empty until the quartiers have taken their places.
	'noms-communes': { type: 'geojson', data: collection([]) }
});

/** To be laid under the quartiers. */
export const communeLayers = (token: Token): StyleSpecification['layers'] => [
	// The territory stands out from what is around it; the plan of the IGN, once asked for, covers it.
	{
		id: 'communes-aplat',
		type: 'fill',
		source: 'communes',
		paint: { 'fill-color': token('--feuille') }
	},
	{
		id: 'communes',
		type: 'line',
		source: 'communes',
		paint: { 'line-color': token('--encre-3'), 'line-width': 0.8 }
	},
	{
		id: 'noms-communes',
		type: 'symbol',
		source: 'noms-communes',
		layout: { 'icon-image': ['get', 'image'], 'icon-allow-overlap': true }
	}
];

/** Writes the names that find room beside the quartiers and their names; the table has them all. */
export function writeNames(
	map: MapLibre,
	communes: readonly MapCommune[],
	obstacles: readonly Rect[],
	view: Rect
): void {
	const names = communes.flatMap(({ code, nom, centre }) => {
		if (!centre) return [];
		const { x, y } = map.project(centre as [number, number]);
		return [{ id: code, at: [x, y] as const, width: nom.length * 6.4 + 12, height: 17 }];
	});
	const places = [...placeAmong(names, obstacles, view)].map(([code, [x, y]]) => ({
		code,
		geometrie: { type: 'Point', coordinates: map.unproject([x, y]).toArray() }
	}));
	map.getSource<GeoJSONSource>('noms-communes')?.setData(collection(places));
}

/** Gives the map the name it asks for; false when it asks for something else. */
export function addName(map: MapLibre, id: string, communes: readonly MapCommune[], token: Token): boolean {
	const commune = communes.find((c) => NAME + c.code === id);
	if (!commune || map.hasImage(id)) return commune !== undefined;
	map.addImage(id, nameImage(commune.nom, token), { pixelRatio: 2 });
	return true;
}

/** Colours of the theme in force. */
export function repaintCommunes(map: MapLibre, communes: readonly MapCommune[], token: Token): void {
	map.setPaintProperty('communes-aplat', 'fill-color', token('--feuille'));
	map.setPaintProperty('communes', 'line-color', token('--encre-3'));
	for (const { code, nom } of communes)
		if (map.hasImage(NAME + code)) map.updateImage(NAME + code, nameImage(nom, token));
}

function nameImage(nom: string, token: Token): ImageData {
	const canvas = document.createElement('canvas');
	const pen = canvas.getContext('2d')!;
	const font = `24px ${token('--f-texte')}`;
	pen.font = font;
	canvas.width = Math.ceil(pen.measureText(nom).width) + 12;
	canvas.height = 34;
	pen.font = font;
	pen.textBaseline = 'middle';
	// A ground of its own: no outline goes through a name, nor between its letters.
	pen.fillStyle = token('--feuille');
	pen.beginPath();
	pen.roundRect(0, 0, canvas.width, canvas.height, 6);
	pen.fill();
	pen.fillStyle = token('--encre-2');
	pen.fillText(nom, 6, 17);
	return pen.getImageData(0, 0, canvas.width, canvas.height);
}
