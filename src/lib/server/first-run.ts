import { firstSteps, type Started } from '../domain/pages/first-steps';
import { epciInDepartment, searchTerritories, territoryFromCog, type TerritoryHit } from './cog';
import type { DbOrTrx } from './db/client';
import { chosenAmong, keptTerritory } from './own-territory';
import { getTerritory, listTerritories, type TerritoryRow } from './territories';

type Cookies = Parameters<typeof keptTerritory>[0];

/** EPCI a person may mean: those of a department, or those whose name (or a commune’s) holds the words; each once. */
export function findOwn(text: string): readonly (TerritoryHit['epci'] & { readonly parCommune: string | null })[] {
	const inDepartment = epciInDepartment(text);
	const hits = inDepartment.length ? inDepartment : searchTerritories(text, 30);
	const found = new Map<string, NonNullable<TerritoryHit['epci']> & { parCommune: string | null }>();
	for (const hit of hits)
		if (hit.epci && (!found.has(hit.epci.code) || hit.genre === 'epci'))
			found.set(hit.epci.code, { ...hit.epci, parCommune: hit.genre === 'commune' ? hit.nom : null });
	return [...found.values()].slice(0, inDepartment.length ? undefined : 12);
}

const NOBODY: Started = { nom: null, code: null, quartiers: 0, plans: 0, actions: 0 };

/**
 * The territory somebody works on, with what the base holds of it.
 * out    the one chosen in this browser, even before anything of it is here; else the only one plans were brought for
 */
export async function ownTerritory(
	db: DbOrTrx,
	cookies: Cookies,
	all: readonly TerritoryRow[]
): Promise<Started | null> {
	const kept = keptTerritory(cookies);
	const blank = kept && all.every((t) => t.code !== kept) ? await startedAt(db, kept, all) : null;
	return blank?.code ? blank : chosenAmong(all, cookies);
}

async function startedAt(db: DbOrTrx, code: string, all: readonly TerritoryRow[]): Promise<Started> {
	const known = all.find((t) => t.code === code);
	const named = known ?? (await getTerritory(db, code)) ?? territoryFromCog(code);
	return known ?? (named ? { ...NOBODY, nom: named.nom, code: named.code } : NOBODY);
}

/**
 * Where somebody stands in the first steps.
 * in     `asked`: a territory; without it the one of this browser; `anew`: another one is to be chosen
 */
export async function readFirstRun(db: DbOrTrx, cookies: Cookies, asked: string | null, anew = false) {
	const all = await listTerritories(db);
	const started = anew
		? NOBODY
		: asked
			? await startedAt(db, asked, all)
			: ((await ownTerritory(db, cookies, all)) ?? NOBODY);
	return { nom: started.nom, code: started.code, pas: firstSteps(started) };
}
