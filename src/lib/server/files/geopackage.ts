import Database from 'better-sqlite3';
import { isRefusal, type Refusal } from '../../domain/issue';
import type { GeoFeature, GeoLayer } from './geo-file';
import { crsOfEpsg, crsOfWkt } from './projection';
import { readGeoPackageGeometry } from './wkb';

/** Rows of all layers together. */
const MAX_FEATURES = 200_000;
const MAX_LAYERS = 50;

// Never emptied: this driver must not see its handles and statements garbage collected (see db/client.ts).
const kept: unknown[] = [];

export const isGeoPackage = (bytes: Uint8Array): boolean =>
	Buffer.from(bytes.subarray(0, 15)).toString('latin1') === 'SQLite format 3';

/**
 * Layers of a GeoPackage, coordinates as written.
 * in     bytes of the file; nothing is written, views and virtual tables are never queried
 * out    one layer per table of features, in the order of the file; or why it cannot be read
 * never  throws
 */
export function readGeoPackage(bytes: Uint8Array): GeoLayer[] | Refusal {
	let sqlite: Database.Database | null = null;
	try {
		// A copy: the driver keeps its own bytes, and those of an upload are shared.
		sqlite = new Database(Buffer.from(bytes), { readonly: true });
		kept.push(sqlite);
		sqlite.pragma('trusted_schema = OFF');
		sqlite.pragma('cell_size_check = ON');
		return layersOf(sqlite);
	} catch {
		return broken;
	} finally {
		sqlite?.close();
	}
}

const broken: Refusal = {
	refus: 'Ce GeoPackage est incomplet ou abîmé\u00a0: ses couches ne peuvent pas être lues.',
	conseil: 'Téléchargez-le de nouveau, ou exportez la couche une nouvelle fois depuis votre outil de cartographie.'
};

function layersOf(sqlite: Database.Database): GeoLayer[] | Refusal {
	const all = <T>(sql: string, ...values: unknown[]): T[] => {
		const statement = sqlite.prepare(sql);
		kept.push(statement);
		return statement.all(...values) as T[];
	};
	// Only plain tables: a view or a virtual table of an unknown file could run anything.
	const tables = new Set(
		all<{ name: string; sql: string | null }>(`select name, sql from sqlite_master where type = 'table'`)
			.filter(({ sql }) => /^\s*create\s+table\b/i.test(sql ?? ''))
			.map(({ name }) => name.toLowerCase())
	);
	if (!tables.has('gpkg_geometry_columns') || !tables.has('gpkg_spatial_ref_sys'))
		return {
			refus: 'Ce fichier SQLite n’est pas un GeoPackage\u00a0: il ne décrit aucune couche géographique.',
			conseil: 'Exportez la couche au format GeoPackage ou GeoJSON depuis votre outil de cartographie.'
		};
	const columns = all<{ table_name: string; column_name: string; srs_id: number }>(
		'select table_name, column_name, srs_id from gpkg_geometry_columns limit ?',
		MAX_LAYERS
	).filter((c) => tables.has(String(c.table_name).toLowerCase()));
	if (columns.length === 0)
		return {
			refus: 'Ce GeoPackage ne contient aucune couche de points, de lignes ou de polygones.',
			conseil: 'Vérifiez que la couche exportée a une géométrie, ou enregistrez son tableau au format .xlsx.'
		};
	let left = MAX_FEATURES;
	const layers: GeoLayer[] = [];
	for (const { table_name, column_name, srs_id } of columns) {
		const rows = all<Record<string, unknown>>(`select * from ${quoteName(table_name)} limit ?`, left + 1);
		left -= rows.length;
		if (left < 0)
			return {
				refus: 'Ce GeoPackage contient plus de 200\u202f000 objets.',
				conseil: 'Exportez la seule couche utile.'
			};
		const crs = crsFor(all, srs_id);
		if (isRefusal(crs)) return crs;
		layers.push({ nom: String(table_name), crs, features: rows.map((row) => toFeature(row, String(column_name))) });
	}
	return layers;
}

function crsFor(all: <T>(sql: string, ...values: unknown[]) => T[], srs: number) {
	// 0 and -1 are the GeoPackage's own words for « not said ».
	if (srs <= 0) return null;
	const [said] = all<{ organization: unknown; organization_coordsys_id: unknown; definition: unknown }>(
		'select organization, organization_coordsys_id, definition from gpkg_spatial_ref_sys where srs_id = ?',
		srs
	);
	if (String(said?.organization ?? 'EPSG').toUpperCase() === 'EPSG') {
		const known = crsOfEpsg(Number(said?.organization_coordsys_id ?? srs));
		if (!isRefusal(known)) return known;
		return typeof said?.definition === 'string' && said.definition.length > 20 ? crsOfWkt(said.definition) : known;
	}
	return crsOfWkt(String(said?.definition ?? ''));
}

function toFeature(row: Record<string, unknown>, geometryColumn: string): GeoFeature {
	const properties: Record<string, unknown> = {};
	let geometry: GeoFeature['geometry'] = null;
	for (const [key, value] of Object.entries(row)) {
		if (key.toLowerCase() === geometryColumn.toLowerCase())
			geometry = value instanceof Uint8Array ? (readGeoPackageGeometry(value)?.geometry ?? null) : null;
		else if (!(value instanceof Uint8Array)) properties[key] = typeof value === 'bigint' ? Number(value) : value;
	}
	return { properties, geometry };
}

const quoteName = (name: string): string => `"${String(name).replaceAll('"', '""')}"`;
