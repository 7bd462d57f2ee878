import type { RegionView } from '../domain/crossing/overview';
import type { Referentiel } from '../domain/rules/referentiel';
import { foldRegion, type RegionEntry } from '../domain/crossing/region-view';
import type { DbOrTrx } from './db/client';
import * as territories from './db/territories';
import { getTerritory, listTerritories } from './territories';
import { readTerritory } from './read-territory';

/**
 * The regional fold for the COP.
 * in     region code (« 32 »), or null for every territory of the database
 */
export async function readRegion(
	db: DbOrTrx,
	ref: Referentiel,
	region: string | null,
	asOf: string
): Promise<RegionView> {
	const entries: RegionEntry[] = [];
	for (const row of await listTerritories(db)) {
		if (region !== null && (await getTerritory(db, row.code))?.region !== region) continue;
		const quartiers = await territories.quartiersOf(db, row.code);
		entries.push({
			code: row.code,
			nom: row.nom,
			fictif: row.fictif,
			quartiers: quartiers.map((q) => q.code),
			view: row.actions > 0 ? await readTerritory(db, ref, row.code, asOf) : null
		});
	}
	return foldRegion(region ?? 'toutes', entries, ref, asOf);
}
