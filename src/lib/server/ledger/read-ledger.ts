import { grantPlacer } from '../../domain/ledger/grant-place';
import type { PlacedGrant } from '../../domain/ledger/shares';
import { communeNamedIn, communeOf, communeOfSiren, epciOf, epciOfCommune } from '../cog';
import type { DbOrTrx } from '../db/client';
import * as grants from '../db/grants';
import { listQuartiers } from '../db/territories';

/** Grants with the place each surely goes to, by the quartiers loaded today. */
export async function placedGrants(db: DbOrTrx, stored: readonly grants.StoredGrant[]): Promise<PlacedGrant[]> {
	const place = grantPlacer({
		quartiers: (await listQuartiers(db)).filter((q) => !q.fictif),
		commune: (code) => {
			const found = communeOf(code);
			return found && { code: found.actuelle, nom: found.nom, epci: epciOfCommune(found.actuelle)?.code ?? null };
		},
		communeNamed: communeNamedIn,
		communeOfSiren,
		communesOfEpci: (siren) => epciOf(siren)?.communes ?? null
	});
	return stored.map(({ grant, fichier }) => ({ grant, fichier, place: place(grant) }));
}

/** The whole ledger, or one family of it. */
export const readGrants = async (db: DbOrTrx, dispositif?: string): Promise<PlacedGrant[]> =>
	placedGrants(db, await grants.listGrants(db, dispositif));
