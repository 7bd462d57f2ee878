import { curly } from '../../domain/french';
import type { DbOrTrx } from './client';

/* What a region needs of all its territories at once. */

/** Codes of the quartiers of each territory, groups included; sorted. */
export async function quartierCodes(db: DbOrTrx): Promise<ReadonlyMap<string, readonly string[]>> {
	const perEpci = db.selectFrom('quartier_epci').select(['epci as code', 'quartier']);
	const perGroup = db
		.selectFrom('territoire_commune')
		.innerJoin('quartier_commune', 'quartier_commune.commune', 'territoire_commune.commune')
		.where('territoire_commune.territoire', 'like', 'G-%')
		.select(['territoire_commune.territoire as code', 'quartier_commune.quartier']);
	const found = new Map<string, string[]>();
	for (const { code, quartier } of await perEpci.union(perGroup).orderBy('quartier').execute())
		found.set(code, [...(found.get(code) ?? []), quartier]);
	return found;
}

/** Region of each stored territory. */
export const storedRegions = async (db: DbOrTrx): Promise<ReadonlyMap<string, string | null>> =>
	new Map((await db.selectFrom('territoire').select(['code', 'region']).execute()).map((t) => [t.code, t.region]));

/**
 * Whether perimeters of its départements were loaded: a territory without any quartier is then told from one not loaded yet.
 * in     its communes; « 59350 » is of a département whose quartiers are « QN059… »
 */
export async function hasPerimeters(
	db: DbOrTrx,
	{ communes, fictif }: { readonly communes: readonly { readonly code: string }[]; readonly fictif: boolean }
): Promise<boolean> {
	// Invented quartiers stop where who invented them stopped.
	if (fictif) return false;
	const places = new Set(communes.map(({ code }) => code.slice(0, /^9[78]/.test(code) ? 3 : 2).padStart(3, '0')));
	const row = await db
		.selectFrom('quartier')
		.select('code')
		.where((eb) => eb.or([...places].map((place) => eb('code', 'like', `QN${place}%`))))
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

export const quartierNames = async (db: DbOrTrx): Promise<ReadonlyMap<string, string>> =>
	new Map((await db.selectFrom('quartier').select(['code', 'nom']).execute()).map((q) => [q.code, curly(q.nom)]));
