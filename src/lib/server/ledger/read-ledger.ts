import { grantPlacer } from '../../domain/ledger/grant-place';
import { isAround } from '../../domain/ledger/no-grant';
import type { PlacedGrant } from '../../domain/ledger/shares';
import type { Referentiel } from '../../domain/rules/referentiel';
import type { Territory } from '../../domain/territory';
import type { Breathe } from '../by-slices';
import type { DbOrTrx } from '../db/client';
import * as grants from '../db/grants';
import { readRevisions, type Revisions } from '../db/revisions';
import { fictionalGeography, isFictional, realGeography } from './geography';
import { departmentOf } from './departments';
import { targetOf } from './streams';

/** Grants with the place each surely goes to, by the quartiers loaded today; `breathe`: asked after each, where nobody waits. */
export async function placedGrants(
	db: DbOrTrx,
	stored: readonly grants.StoredGrant[],
	breathe?: Breathe
): Promise<PlacedGrant[]> {
	const real = grantPlacer(await realGeography(db));
	const fictional = stored.some((s) => isFictional(s.grant)) ? grantPlacer(await fictionalGeography(db)) : real;
	const placed: PlacedGrant[] = [];
	for (const { grant, fichier, le, import: liste } of stored) {
		placed.push({ grant, fichier, liste, importeLe: le, place: (isFictional(grant) ? fictional : real)(grant) });
		const pause = breathe?.();
		if (pause) await pause;
	}
	return placed;
}

/** The whole ledger, or one family of it; the demonstration never counts beside real lists. */
export async function readGrants(db: DbOrTrx, dispositif?: string): Promise<PlacedGrant[]> {
	const stored = await grants.listGrants(db, dispositif);
	const real = stored.filter((s) => !isFictional(s.grant));
	return placedGrants(db, real.length ? real : stored);
}

const known = new WeakMap<DbOrTrx, { readonly version: string; readonly placed: readonly PlacedGrant[] }>();

/** Grants of a territory, and lists that speak for it though it may have got nothing: « fonds-vert:2024 ». */
interface TerritoryGrants {
	readonly attributions: readonly PlacedGrant[];
	readonly listesLues: readonly string[];
}

/**
 * Money granted to a territory by the funds that have a target, and which of their lists speak for it; they are placed once
 * per state of the database.
 * in     `now`: counts just read, when they are known
 */
export async function territoryGrants(
	db: DbOrTrx,
	ref: Referentiel,
	territory: Territory,
	now?: Revisions,
	breathe?: Breathe
): Promise<TerritoryGrants> {
	const { attributions, lieux } = now ?? (await readRevisions(db, []))('*');
	const version = `${ref.hash} ${attributions} ${lieux}`;
	let held = known.get(db);
	if (held?.version !== version) {
		const families = ref.financements.filter((f) => targetOf(ref, f.id)).map((f) => f.id);
		const stored = (await Promise.all(families.map((id) => grants.listGrants(db, id)))).flat();
		held = { version, placed: stored.length ? await placedGrants(db, stored, breathe) : [] };
		// What a transaction has not said for good is not kept.
		if (!db.isTransaction) known.set(db, held);
	}
	const communes = new Set<string>(territory.communes.map((c) => c.code));
	const own = held.placed.filter(
		({ place }) => place.epci === territory.code || (place.commune !== null && communes.has(place.commune))
	);
	const around = held.placed.filter(isAround(territory, departmentOf));
	const listesLues = [...new Set(around.map(({ grant }) => `${grant.dispositif}:${grant.annee ?? ''}`))].sort();
	return { attributions: own, listesLues };
}
