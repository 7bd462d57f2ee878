import type { Territory } from '../domain/territory';
import { epciOf, territoryFromCog } from './cog';
import type { DbOrTrx } from './db/client';
import { countTerritories, hasQuartiers, saveTerritory, storedTerritory } from './db/territories';

/* Territories as people ask for them: what is stored, completed by the official geographic code. */

export interface TerritoryRow {
	readonly code: string;
	readonly nom: string;
	readonly fictif: boolean;
	/** Counts. */
	readonly quartiers: number;
	readonly plans: number;
	readonly actions: number;
}

/** A territory that was stored, or an EPCI known through its quartiers (read from the COG, not written). */
export async function getTerritory(db: DbOrTrx, code: string): Promise<Territory | null> {
	const stored = await storedTerritory(db, code);
	if (stored) return withNature(stored);
	return (await hasQuartiers(db, code)) ? territoryFromCog(code) : null;
}

/** The stored territory, made from the COG when it is not there yet; null when the SIREN is unknown. */
export async function ensureTerritory(db: DbOrTrx, code: string): Promise<Territory | null> {
	const stored = await storedTerritory(db, code);
	if (stored) return withNature(stored);
	const territory = territoryFromCog(code);
	if (territory) await saveTerritory(db, territory);
	return territory;
}

/** The kind of an EPCI changes with the official code, not with what was stored. */
function withNature(stored: Territory): Territory {
	const nature = epciOf(stored.code)?.genre;
	return nature === undefined ? stored : { ...stored, nature };
}

const { compare } = new Intl.Collator('fr');

/** EPCI that have quartiers or plans, and every group, by name. */
export async function listTerritories(db: DbOrTrx): Promise<TerritoryRow[]> {
	return (await countTerritories(db))
		.map((row) => ({ ...row, nom: row.nom ?? epciOf(row.code)?.nom ?? `EPCI ${row.code}` }))
		.sort((a, b) => compare(a.nom, b.nom) || compare(a.code, b.code));
}

/** The territory one most likely works on: never the demonstration, the one with the most plans, then quartiers. */
export const likelyTerritory = <T extends Pick<TerritoryRow, 'fictif' | 'plans' | 'quartiers'>>(
	all: readonly T[]
): T | null => all.filter((t) => !t.fictif).sort((a, b) => b.plans - a.plans || b.quartiers - a.quartiers)[0] ?? null;
