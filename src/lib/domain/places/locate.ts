import type { ActionGeometry } from '../action';
import { count } from '../french';
import type { Niveau } from '../crossing/place';
import type { GeometryRules } from '../rules/referentiel';
import type { MultiPolygon, Position } from '../territory';
import {
	boxOf,
	commonArea,
	piecesOf,
	sideOf,
	signedArea,
	squaredTo,
	turned,
	type Box,
	type Outline,
	type Point
} from './outline';

export interface Share {
	/** Share of the action that is in the quartier, 0 to 1. */
	readonly action: number;
	/** Share of the quartier that the action covers; null when it has no area. */
	readonly quartier: number | null;
}

export interface Located {
	readonly niveau: Exclude<Niveau, 'inconnu'>;
	readonly part: Share;
	/** French, no capital, no full stop. */
	readonly preuve: string;
}

/** Beyond that, how far a point is from a quartier is no longer worth a figure. */
const FAR = 1_000;
const PER_DEGREE = 111_000;

/**
 * Where an action stands among quartiers, by its own geometry.
 * in     a valid geometry in degrees; perimeters prepared by `prepareOutline`
 * out    one entry per outline: level, shares, and the sentence that proves it; a quartier not touched is a real « aucune »
 * never  throws
 */
export function locate(
	geometry: ActionGeometry,
	outlines: readonly Outline[],
	rules: GeometryRules
): Map<string, Located> {
	const positions = flatten(geometry.coordinates);
	const box = boxOf(positions);
	const measures = outlines.map((outline) => ({ outline, ...measure(geometry, positions, box, outline, rules) }));
	const touched = measures.filter((m) => m.touche);
	return new Map(
		measures.map(({ outline, part, touche, distance }) => [
			outline.code,
			touche
				? {
						niveau: levelOf(geometry, part, touched.length === 1, rules),
						part,
						preuve: told(geometry, part, positions.length)
					}
				: { ...away(geometry, distance, rules), part }
		])
	);
}

interface Measure {
	readonly part: Share;
	readonly touche: boolean;
	/** Metres to the quartier; Infinity when far. */
	readonly distance: number;
}

function measure(
	geometry: ActionGeometry,
	positions: readonly Position[],
	box: Box,
	outline: Outline,
	rules: GeometryRules
): Measure {
	const area = isArea(geometry);
	const none = { action: 0, quartier: area ? 0 : null };
	const gap = gapBetween(box, outline.box);
	const points = isPoints(geometry);
	if (gap > (points ? FAR : rules.proximite_m)) return { part: none, touche: false, distance: Infinity };
	const part = gap > 0 ? none : shareOf(geometry, positions, outline);
	const length = area || points ? 0 : part.action * lengthOf(geometry, outline);
	const touche =
		(points && part.action > 0) ||
		part.action >= rules.part_negligeable ||
		(part.quartier ?? 0) >= rules.part_negligeable ||
		(part.action > 0 && length >= rules.proximite_m);
	return { part, touche, distance: touche ? 0 : distanceBetween(geometry, positions, outline) };
}

function shareOf(geometry: ActionGeometry, positions: readonly Position[], outline: Outline): Share {
	const { plane, rings } = outline;
	if (isPoints(geometry)) {
		const inside = positions.filter((p) => sideOf(plane(p), rings).side !== 'dehors').length;
		return { action: inside / positions.length, quartier: null };
	}
	if (isArea(geometry)) {
		const own = turned(polygonsOf(geometry), plane);
		const area = own.reduce((sum, ring) => sum + signedArea(ring), 0);
		const common = Math.max(0, commonArea(own, rings));
		return { action: ratio(common, area), quartier: ratio(common, outline.area) };
	}
	let [inside, total] = [0, 0];
	for (const line of linesOf(geometry, outline))
		for (let i = 1; i < line.length; i++)
			for (const { from, to, side } of piecesOf(line[i - 1]!, line[i]!, rings)) {
				const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
				total += length;
				if (side !== 'dehors') inside += length;
			}
	return { action: ratio(inside, total), quartier: null };
}

const ratio = (part: number, whole: number): number => (whole > 0 ? Math.min(1, part / whole) : 0);

function levelOf(geometry: ActionGeometry, { action }: Share, alone: boolean, rules: GeometryRules): Located['niveau'] {
	if (alone && action >= (isPoints(geometry) ? 1 : rules.part_cible)) return 'cible';
	if (!isArea(geometry) || action >= rules.part_explicite) return 'explicite';
	return action >= rules.part_probable ? 'probable' : 'diffuse';
}

function told(geometry: ActionGeometry, { action, quartier }: Share, points: number): string {
	if (geometry.type === 'Point') return 'le point est dans le quartier';
	if (geometry.type === 'MultiPoint') {
		const inside = Math.round(action * points);
		return `${inside} des ${count(points, 'point')} ${inside > 1 ? 'sont' : 'est'} dans le quartier`;
	}
	const own = `${percent(action)} du tracé est dans le quartier`;
	return quartier === null ? own : `${own}, ${percent(quartier)} du quartier est couvert`;
}

function away(geometry: ActionGeometry, distance: number, rules: GeometryRules): Pick<Located, 'niveau' | 'preuve'> {
	const what =
		geometry.type === 'Point' ? 'le point' : geometry.type === 'MultiPoint' ? 'le point le plus proche' : 'le tracé';
	if (distance <= rules.proximite_m)
		return { niveau: 'probable', preuve: `${what} est à ${Math.round(distance)}\u00a0m du quartier` };
	if (distance > FAR)
		return {
			niveau: 'aucune',
			preuve: `${what} est hors du quartier${isPoints(geometry) ? ', à plus d’un kilomètre' : ''}`
		};
	return { niveau: 'aucune', preuve: `${what} est hors du quartier, à ${Math.round(distance / 10) * 10}\u00a0m` };
}

/** Whole figures; what is neither nothing nor everything is never said to be. */
function percent(share: number): string {
	if (share > 0 && share < 0.01) return 'moins de 1\u00a0%';
	const rounded = Math.round(share * 100);
	return `${share < 1 && rounded === 100 ? 99 : rounded}\u00a0%`;
}

function distanceBetween(geometry: ActionGeometry, positions: readonly Position[], outline: Outline): number {
	const { plane, rings } = outline;
	let least = Infinity;
	const toLines = (p: Point, lines: readonly (readonly Point[])[]): void => {
		for (const line of lines)
			for (let i = 1; i < line.length; i++) least = Math.min(least, squaredTo(p, line[i - 1]!, line[i]!));
	};
	for (const p of positions) toLines(plane(p), rings);
	if (!isPoints(geometry)) {
		const own = linesOf(geometry, outline);
		for (const ring of rings) for (const p of ring) toLines(p, own);
	}
	return Math.sqrt(least);
}

function gapBetween(a: Box, b: Box): number {
	const dx = Math.max(0, a[0] - b[2], b[0] - a[2]) * PER_DEGREE * Math.cos((b[1] * Math.PI) / 180);
	const dy = Math.max(0, a[1] - b[3], b[1] - a[3]) * PER_DEGREE;
	return Math.hypot(dx, dy);
}

const isPoints = ({ type }: ActionGeometry): boolean => type === 'Point' || type === 'MultiPoint';
const isArea = ({ type }: ActionGeometry): boolean => type === 'Polygon' || type === 'MultiPolygon';

const polygonsOf = ({ type, coordinates }: ActionGeometry): MultiPolygon['coordinates'] =>
	(type === 'Polygon' ? [coordinates] : coordinates) as unknown as MultiPolygon['coordinates'];

function linesOf(geometry: ActionGeometry, { plane }: Outline): Point[][] {
	const { type, coordinates } = geometry;
	const lines = (type === 'LineString'
		? [coordinates]
		: isArea(geometry)
			? polygonsOf(geometry).flat()
			: coordinates) as unknown as Position[][];
	return lines.map((line) => line.map(plane));
}

const lengthOf = (geometry: ActionGeometry, outline: Outline): number =>
	linesOf(geometry, outline).reduce(
		(sum, line) =>
			sum + line.reduce((s, p, i) => s + (i === 0 ? 0 : Math.hypot(p[0] - line[i - 1]![0], p[1] - line[i - 1]![1])), 0),
		0
	);

/** Every position of a geometry, in order. */
export function flatten(coordinates: unknown): Position[] {
	if (!Array.isArray(coordinates)) return [];
	if (typeof coordinates[0] === 'number') return [coordinates as unknown as Position];
	return coordinates.flatMap(flatten);
}
