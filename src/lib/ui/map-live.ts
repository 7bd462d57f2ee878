import {
	Map as MapLibre,
	Marker,
	NavigationControl,
	ScaleControl,
	setWorkerUrl,
	type GeoJSONSource
} from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { MapPlace } from '../domain/pages/map-page';
import type { MapCommune, MapQuartier } from '../domain/pages/map-model';
import { mercator } from '../domain/pages/map-sketch';
import { addName, repaintCommunes, writeNames } from './map-communes';
import {
	DOUBT,
	doubted,
	extent,
	fillOf,
	frameFeatures,
	HATCH,
	HATCH_RATIO,
	hatched,
	hatchOf,
	mapStyle,
	mapWords,
	setGround
} from './map-drawing';
import type { Leader } from './map-labels';
import { marksIn, measured, showMarks } from './map-marks';
import type { Point, Projection } from './map-outline';
import type { Moved } from './map-walk';
import { arrangeMap, lowOf, paddingOf, type MapZone } from './map-zone';

/* The map people move: its library, and the marks it carries. Fetched when the map comes near the screen. */

/** What the map shows at a given time. */
export interface Scene {
	/** The most urgent first: their names are written first. */
	readonly quartiers: readonly MapQuartier[];
	readonly lieux: readonly MapPlace[];
	readonly communes: readonly MapCommune[];
	readonly tint: (code: string) => string | null;
	readonly doute: (code: string) => boolean;
	readonly choisi: string | null;
	/** Drawn again beside, with their names. */
	readonly zones: readonly MapZone[];
	readonly titre: string;
}
export interface Parts {
	readonly box: HTMLElement;
	/** Holds the marks until the map takes them. */
	readonly reserve: HTMLElement;
	/** Lines from names to what they name, over the drawing and under the names. */
	readonly lines: SVGElement;
}
/** Whether the ground people asked for is there. */
export type Ground = 'la' | 'partie' | 'absent';
/** Milliseconds before a ground that does not come is said to be absent. */
const PATIENCE = 8000;
/** Zoom at which any mark has room. */
const CLOSE = 14;
export interface Heard {
	readonly ready: () => void;
	readonly failed: () => void;
	readonly ground: (state: Ground) => void;
	/** Lines to draw, and codes of the quartiers that only have their number. */
	readonly placed: (lines: readonly Leader[], numbered: readonly string[]) => void;
}
export interface LiveMap extends Moved {
	readonly repaint: () => void;
	readonly choose: (code: string | null) => void;
	readonly ground: (shown: boolean) => void;
	readonly frame: () => void;
	readonly remove: () => void;
}

export function drawMap({ box, reserve, lines }: Parts, scene: () => Scene, heard: Heard): LiveMap {
	const token = (name: string) => getComputedStyle(box).getPropertyValue(name).trim();
	const first = scene();
	const side = paddingOf(box.clientWidth);
	setWorkerUrl(worker);
	const map = new MapLibre({
		container: box,
		attributionControl: false,
		bounds: extent(first.quartiers)!,
		fitBoundsOptions: {
			padding: { top: side, right: side, bottom: side + lowOf(box.clientWidth), left: side },
			maxZoom: 15
		},
		cooperativeGestures: true,
		// Arrows go from quartier to quartier: other keys move the map (see the walk).
		keyboard: false,
		maxPitch: 0,
		locale: mapWords(first.titre),
		style: mapStyle(first, token)
	});
	map.setMissingStyleImageResolver((id) => {
		const hatch = hatchOf(id, token);
		if (!hatch) addName(map, id, first.communes, token);
		else if (!map.hasImage(id)) map.addImage(id, hatch, { pixelRatio: HATCH_RATIO });
	});
	map.getCanvasContainer().append(lines);
	map.getCanvas().tabIndex = -1;
	map.getCanvas().setAttribute('role', 'img');
	map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
	map.addControl(new ScaleControl({ maxWidth: 90, unit: 'metric' }), 'bottom-left');
	// Taken once: a marker moves its element out of the reserve.
	const marks = marksIn(reserve);
	const letters = [...reserve.querySelectorAll<HTMLElement>('.lettre')];
	const markers = new Map<string, Marker>();
	for (const { code, centre } of first.quartiers)
		markers.set(code, new Marker({ element: marks.get(code)! }).setLngLat(centre as [number, number]).addTo(map));
	const lettered = letters.map((element) => new Marker({ element, anchor: 'bottom-left' }));
	for (const element of letters) element.hidden = false;
	for (const element of [...marks.values(), ...letters]) element.style.left = element.style.top = '';

	/** Colours come from the theme in force, read when drawing. */
	function repaint() {
		if (!map.getLayer('aplat')) return;
		const { quartiers, tint, doute, communes } = scene();
		map.setPaintProperty('fond', 'background-color', token('--creux'));
		map.setPaintProperty('aplat', 'fill-color', fillOf(quartiers, tint, token) as never);
		map.setFilter('trame', hatched(quartiers, tint) as never);
		map.setFilter('doute', doubted(quartiers, doute) as never);
		for (const id of [HATCH, DOUBT]) if (map.hasImage(id)) map.updateImage(id, hatchOf(id, token)!);
		for (const layer of ['trait', 'cadre']) map.setPaintProperty(layer, 'line-color', token('--encre'));
		map.setPaintProperty('choisi', 'line-color', token('--ici'));
		repaintCommunes(map, communes, token);
	}

	/** The frames of what insets show, and their letters. */
	function frame() {
		const { zones } = scene();
		map.getSource<GeoJSONSource>('cadre')?.setData(frameFeatures(zones.map(({ bounds }) => bounds)));
		lettered.forEach((marker, i) => {
			const zone = zones[i];
			if (zone) marker.setLngLat([zone.bounds[0], zone.bounds[3]]).addTo(map);
			else marker.remove();
		});
		arrange(true);
	}

	/** Names of communes come last, once the view stands still. */
	function arrange(still: boolean) {
		const { quartiers, communes, zones } = scene();
		const { clientWidth: right, clientHeight: bottom } = map.getContainer();
		const view = { left: 0, top: 0, right, bottom };
		const { placed, points, lines, numbered, standing } = arrangeMap(
			quartiers,
			zones,
			flat(map),
			view,
			measured(marks)
		);
		showMarks(marks, placed, (code, _, { x, y }) => {
			const [px, py] = points.get(code)!;
			markers.get(code)!.setOffset([x - px, y - py]);
		});
		heard.placed(lines, numbered);
		if (still && communes.length && map.getSource('noms-communes')) writeNames(map, communes, standing, view);
	}
	// At once where they were on the fixed drawing.
	frame();

	map.on('movestart', () => heard.placed([], []));
	// While it only slides, names slide with it.
	for (const event of ['zoom', 'moveend', 'resize'] as const) map.on(event, () => arrange(event !== 'zoom'));
	let [came, failed] = [0, 0];
	let wait: ReturnType<typeof setTimeout> | undefined;
	const tell = () => heard.ground(came ? (failed ? 'partie' : 'la') : 'absent');
	map.on('data', (event) => {
		const { sourceId, tile } = event as { sourceId?: string; tile?: { state: string } };
		if (sourceId === 'ign' && tile?.state === 'loaded' && came++ === 0) tell();
	});
	map.on('error', (event) => {
		// A ground that does not come leaves the map as it was.
		if ((event as { sourceId?: string }).sourceId !== 'ign') heard.failed();
		else if (failed++ === 0) tell();
	});

	function ground(shown: boolean) {
		if (!map.getLayer('aplat')) return;
		[came, failed] = [0, 0];
		clearTimeout(wait);
		setGround(map, shown);
		// A tile that does not exist is no error to the library, nor is one that never comes.
		if (shown) wait = setTimeout(() => !came && tell(), PATIENCE);
	}
	map.once('idle', () => {
		frame();
		heard.ready();
	});
	// A quartier is chosen by what is drawn as by its name.
	map.on('click', 'aplat', ({ features }) => marks.get(String(features?.[0]?.properties.code))?.click());
	map.on('mouseenter', 'aplat', () => (map.getCanvas().style.cursor = 'pointer'));
	map.on('mouseleave', 'aplat', () => (map.getCanvas().style.cursor = ''));

	const dark = matchMedia('(prefers-color-scheme: dark)');
	const theme = new MutationObserver(repaint);
	dark.addEventListener('change', repaint);
	theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });

	return {
		repaint,
		frame,
		choose(code) {
			if (!map.getLayer('choisi')) return;
			map.setFilter('choisi', ['==', ['get', 'code'], code ?? '']);
			const at = markers.get(code ?? '')?.getLngLat();
			// Chosen elsewhere, it comes into sight.
			if (at && !map.getBounds().contains(at)) map.easeTo({ center: at });
		},
		ground,
		see(code) {
			const center = markers.get(code)?.getLngLat();
			if (!center) return;
			map.jumpTo({ center });
			if (marks.get(code)?.classList.contains('cache')) map.jumpTo({ zoom: Math.max(map.getZoom() + 1.5, CLOSE) });
		},
		zoom: (steps) => void map.jumpTo({ zoom: map.getZoom() + steps }),
		slide(across, down) {
			const { clientWidth, clientHeight } = map.getContainer();
			map.panBy([across * clientWidth, down * clientHeight], { animate: false });
		},
		remove() {
			clearTimeout(wait);
			dark.removeEventListener('change', repaint);
			theme.disconnect();
			map.remove();
		}
	};
}

/** Where the map draws a point, from three of its own: it never leans. */
function flat(map: MapLibre): Projection['project'] {
	const [origin, east, south] = [map.unproject([0, 0]), map.unproject([100, 0]), map.unproject([0, 100])].map(
		({ lng, lat }) => mercator([lng, lat])
	) as [Point, Point, Point];
	const [ax, ay, bx, by] = [east[0] - origin[0], east[1] - origin[1], south[0] - origin[0], south[1] - origin[1]];
	const surface = (ax * by - ay * bx) / 100;
	return (at) => {
		const [x, y] = mercator(at);
		const [dx, dy] = [x - origin[0], y - origin[1]];
		return [(dx * by - dy * bx) / surface, (ax * dy - ay * dx) / surface];
	};
}
