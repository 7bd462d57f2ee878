/** What is used of shpjs 6, which ships without types. */
declare module 'shpjs' {
	/** Geometries of a .shp, in its order; null where a record has none. `prj` left out: coordinates stay as written. */
	export function parseShp(shp: DataView, prj?: false): ({ readonly type: string; coordinates: unknown } | null)[];
}
