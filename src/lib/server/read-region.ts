import { buildCube, cubeAxes, type Cube } from '../domain/crossing/cube';
import type { RegionView } from '../domain/crossing/overview';
import { foldRegion, foldTerritory, type RegionEntry, type TerritoryFold } from '../domain/crossing/region-view';
import type { Referentiel } from '../domain/rules/referentiel';
import type { DbOrTrx } from './db/client';
import { readRevisions, type Revisions } from './db/revisions';
import { quartierCodes, storedRegions } from './db/region';
import { crossNow } from './read-territory';
import { heldOf, isFresh, type Held } from './territory-memory';
import { getTerritory, listTerritories } from './territories';

/**
 * The regional fold for the COP. Each territory is folded again only when something under it has changed.
 * in     region code (« 32 »), or null for every territory of the database
 */
export async function readRegion(
	db: DbOrTrx,
	ref: Referentiel,
	region: string | null,
	asOf: string
): Promise<RegionView> {
	return foldRegion(region ?? 'toutes', await entriesOf(db, ref, region, asOf), ref, asOf);
}

/** Quartier × enjeu × plan × dispositif over the territories the region counts. */
export async function readCube(db: DbOrTrx, ref: Referentiel, region: string | null, asOf: string): Promise<Cube> {
	const entries = await entriesOf(db, ref, region, asOf);
	const counted = entries.some((e) => !e.fictif) ? entries.filter((e) => !e.fictif) : entries;
	return buildCube(
		counted.flatMap((e) => e.fold?.liens ?? []),
		cubeAxes(ref)
	);
}

interface HeldFold {
	readonly ref: Referentiel;
	readonly asOf: string;
	readonly revisions: Revisions;
	readonly fold: TerritoryFold | null;
}
const folds = new WeakMap<DbOrTrx, Map<string, HeldFold>>();

async function entriesOf(db: DbOrTrx, ref: Referentiel, region: string | null, asOf: string): Promise<RegionEntry[]> {
	const revisionsOf = await readRevisions(db);
	const codes = await quartierCodes(db);
	const regions = await storedRegions(db);
	const entries: RegionEntry[] = [];
	for (const { code, nom, fictif, actions } of await listTerritories(db)) {
		const own = regions.has(code) ? regions.get(code) : (await getTerritory(db, code))?.region;
		if (region !== null && own !== region) continue;
		const now = { ref, asOf, revisions: revisionsOf(code) };
		const fold = actions > 0 ? await foldOf(db, code, now) : null;
		entries.push({ code, nom, fictif, quartiers: codes.get(code) ?? [], fold });
	}
	return entries;
}

/** Folds a territory that has just been read ahead of whoever asks for its region. */
export const foldAhead = async (db: DbOrTrx, code: string, read: Held): Promise<void> =>
	void (await foldOf(db, code, read, read));

async function foldOf(
	db: DbOrTrx,
	code: string,
	{ ref, asOf, revisions }: Omit<HeldFold, 'fold'>,
	read?: Held
): Promise<TerritoryFold | null> {
	const now = { ref, asOf, revisions };
	const own = folds.get(db) ?? new Map<string, HeldFold>();
	const before = own.get(code);
	if (before && isFresh(before, now)) return before.fold;
	const open = read ?? heldOf(db, code);
	const held = open && isFresh(open, now) ? open : await crossNow(db, now.ref, code, now.asOf, now.revisions, open);
	const fold = held && foldTerritory(held.crossed.view, now.ref);
	// What a transaction has not said for good is not kept.
	if (!db.isTransaction) folds.set(db, own.set(code, { ...now, fold }));
	return fold;
}
