import { unnamedEpci, type Territory, type TerritoryCode } from '../domain/territory';
import { epciOf, regionOfDepartment, territoryFromCog } from './cog';
import type { DbOrTrx } from './db/client';
import { countTerritories, hasQuartiers, quartiersOf, saveTerritory, storedTerritory } from './db/territories';

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

/** A territory that was stored, or an EPCI known through its quartiers (not written). */
export async function getTerritory(db: DbOrTrx, code: string): Promise<Territory | null> {
	const stored = await storedTerritory(db, code);
	if (stored) return withNature(stored);
	if (!(await hasQuartiers(db, code))) return null;
	return territoryFromCog(code) ?? territoryFromQuartiers(db, code);
}

/** The stored territory, made from the COG or from its quartiers when it is not there yet; null when neither knows the code. */
export async function ensureTerritory(db: DbOrTrx, code: string): Promise<Territory | null> {
	const stored = await storedTerritory(db, code);
	if (stored) return withNature(stored);
	const territory = territoryFromCog(code) ?? (await territoryFromQuartiers(db, code));
	if (territory) await saveTerritory(db, territory);
	return territory;
}

/** An EPCI of the official list that this base holds nothing of: it has a name, and no page yet. Null for any other code. */
export async function unreadEpci(db: DbOrTrx, code: string): Promise<{ code: string; nom: string } | null> {
	const epci = epciOf(code);
	return epci && !(await getTerritory(db, code)) ? { code: epci.code, nom: epci.nom } : null;
}

const { compare } = new Intl.Collator('fr');

/** An EPCI that no official list knows (too new, or made up), with the communes its quartiers are in. */
async function territoryFromQuartiers(db: DbOrTrx, code: string): Promise<Territory | null> {
	const quartiers = code.startsWith('G-') ? [] : await quartiersOf(db, code);
	const [first] = quartiers;
	if (!first) return null;
	const communes = new Map(quartiers.flatMap((q) => q.communes).map((c) => [c.code, c]));
	return {
		code: code as TerritoryCode,
		nom: unnamedEpci(code),
		genre: 'epci',
		region: regionOfDepartment(first.code.slice(2, 5).replace(/^0/, '')),
		communes: [...communes.values()].sort((a, b) => compare(a.nom, b.nom)),
		fictif: code.startsWith('ZZ')
	};
}

/**
 * What a file of perimeters says of the EPCI that no official list knows: a name, more communes.
 * in     `noms`: names by code, when the file has them
 */
export async function nameUnlisted(
	db: DbOrTrx,
	codes: readonly string[],
	noms: ReadonlyMap<string, string>
): Promise<void> {
	for (const code of new Set(codes)) {
		const nom = noms.get(code);
		const stored = await storedTerritory(db, code);
		if (epciOf(code) || (!stored && nom === undefined)) continue;
		const known = await territoryFromQuartiers(db, code);
		if (!known) continue;
		const base = stored ?? known;
		const communes = new Map([...known.communes, ...base.communes].map((c) => [c.code, c]));
		await saveTerritory(db, { ...base, nom: nom ?? base.nom, communes: [...communes.values()] });
	}
}

/** The kind of an EPCI changes with the official code, not with what was stored. */
function withNature(stored: Territory): Territory {
	const nature = epciOf(stored.code)?.genre;
	return nature === undefined ? stored : { ...stored, nature };
}

/** EPCI that have quartiers or plans, and every group, by name. */
export async function listTerritories(db: DbOrTrx): Promise<TerritoryRow[]> {
	return (await countTerritories(db))
		.map((row) => ({ ...row, nom: row.nom ?? epciOf(row.code)?.nom ?? unnamedEpci(row.code) }))
		.sort((a, b) => compare(a.nom, b.nom) || compare(a.code, b.code));
}

/** The territory one most likely works on: never the demonstration, the one with the most plans, then quartiers. */
export const likelyTerritory = <T extends Pick<TerritoryRow, 'fictif' | 'plans' | 'quartiers'>>(
	all: readonly T[]
): T | null => all.filter((t) => !t.fictif).sort((a, b) => b.plans - a.plans || b.quartiers - a.quartiers)[0] ?? null;
