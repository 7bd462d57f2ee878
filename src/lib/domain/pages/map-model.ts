import { pointOnFeature } from '@turf/turf';
import type { QuartierSummary } from '../crossing/overview';
import { byUrgency } from '../crossing/urgency';
import type { SeverityLevel } from '../rules/referentiel';
import { namesApart } from '../names-apart';
import type { Commune, MultiPolygon, Position, Quartier } from '../territory';
import { openIn } from '../crossing/urgency';

/** A quartier as its mark on the map says it. */
export interface MapMark {
	readonly code: string;
	readonly nom: string;
	readonly pire: SeverityLevel | null;
	readonly lacunes: number;
	/** False when the entry does not allow any conclusion: no gap then is not good news. */
	readonly evalue: boolean;
}

/** Where a quartier stands. */
export interface MapOutline {
	/** A point that is surely inside, for its name. */
	readonly centre: Position | null;
	/** Five decimals: about a metre. */
	readonly geometrie: MultiPolygon | null;
}

/** A quartier as the map draws it. */
export interface MapQuartier extends MapMark, MapOutline {}

/** Quartiers for the map, the most urgent first: their names are written first. */
export function mapQuartiers(quartiers: readonly QuartierSummary[]): MapQuartier[] {
	const outlines = mapOutlines(quartiers.map(({ quartier }) => quartier));
	return mapMarks(quartiers).map((mark) => ({ ...mark, ...outlines[mark.code]! }));
}

/** Outlines by code. */
export function mapOutlines(quartiers: readonly Pick<Quartier, 'code' | 'geometrie'>[]): Record<string, MapOutline> {
	return Object.fromEntries(
		quartiers.map(({ code, geometrie }) => [
			code,
			{ centre: geometrie && inside(geometrie), geometrie: geometrie && rounded(geometrie) }
		])
	);
}

/** The same quartiers in the same order, for a page whose map asks for its outlines later. */
export function mapMarks(quartiers: readonly QuartierSummary[]): MapMark[] {
	const names = namesApart(quartiers.map((q) => q.quartier));
	return [...quartiers].sort(byUrgency).map((q) => ({
		code: q.quartier.code,
		nom: names.get(q.quartier.code)!,
		pire: q.pire,
		lacunes: openIn(q),
		evalue: Object.entries(q.couvertures).some(([coverage, n]) => coverage !== 'saisie-incomplete' && n > 0)
	}));
}

/** A commune under the quartiers; without an outline, it is only in the table. */
export interface MapCommune {
	readonly code: string;
	readonly nom: string;
	readonly quartiers: readonly string[];
	readonly centre: Position | null;
	readonly geometrie: MultiPolygon | null;
}

/** Communes of a territory, by name, with the quartiers they hold and the outlines that are known. */
export function mapCommunes(
	communes: readonly Commune[],
	quartiers: readonly Pick<QuartierSummary, 'quartier'>[],
	outlines: ReadonlyMap<string, MultiPolygon>
): MapCommune[] {
	return communes
		.map(({ code, nom }) => {
			const geometrie = outlines.get(code) ?? null;
			return {
				...{ code, nom, centre: geometrie && inside(geometrie), geometrie: geometrie && rounded(geometrie) },
				quartiers: quartiers
					.filter(({ quartier }) => quartier.communes.some((c) => c.code === code))
					.map(({ quartier }) => quartier.nom)
			};
		})
		.sort((a, b) => a.nom.localeCompare(b.nom, 'fr'));
}

function inside(geometry: MultiPolygon): Position {
	const [lon, lat] = pointOnFeature(geometry as never).geometry.coordinates;
	return [round(lon!), round(lat!)];
}

const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

const rounded = (geometry: MultiPolygon): MultiPolygon => ({
	type: 'MultiPolygon',
	coordinates: geometry.coordinates.map((polygon) =>
		polygon.map((ring) => ring.map(([x, y]): Position => [round(x), round(y)]))
	)
});
