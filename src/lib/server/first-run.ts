import { firstSteps, type Started } from '../domain/pages/first-steps';
import { epciInDepartment, searchTerritories, type TerritoryHit } from './cog';
import type { DbOrTrx } from './db/client';
import { getTerritory, listTerritories } from './territories';

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

/** Where somebody stands in the first steps with this territory; with none when it is unknown. */
export async function readFirstRun(db: DbOrTrx, code: string | null) {
	const known = code ? (await listTerritories(db)).find((t) => t.code === code) : undefined;
	const stored = code && !known ? await getTerritory(db, code) : null;
	const started: Started =
		known ??
		(stored
			? { nom: stored.nom, code: stored.code, quartiers: 0, plans: 0, actions: 0 }
			: { nom: null, code: null, quartiers: 0, plans: 0, actions: 0 });
	return { nom: started.nom, code: started.code, pas: firstSteps(started) };
}
