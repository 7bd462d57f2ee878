import type { Grant } from '../../domain/ledger/grant';
import type { LedgerGeography } from '../../domain/ledger/grant-place';
import type { Quartier } from '../../domain/territory';
import { communeNamedIn, communeOf, communeOfSiren, epciOf, epciOfCommune } from '../cog';
import type { DbOrTrx } from '../db/client';
import { fictionalCommunes, listQuartiers } from '../db/territories';

/* What is known of the country, and apart from it, of the fictional territory: no list of one ever meets the other. */

/** Codes that no commune bears are those of the demonstration. */
export const isFictional = ({ commune }: Pick<Grant, 'commune'>): boolean => commune?.startsWith('ZZ') ?? false;

export async function realGeography(db: DbOrTrx): Promise<LedgerGeography> {
	return {
		quartiers: await quartiersThat(db, false),
		commune: (code) => {
			const found = communeOf(code);
			return found && { code: found.actuelle, nom: found.nom, epci: epciOfCommune(found.actuelle)?.code ?? null };
		},
		communeNamed: communeNamedIn,
		communeOfSiren,
		communesOfEpci: (siren) => epciOf(siren)?.communes ?? null
	};
}

export async function fictionalGeography(db: DbOrTrx): Promise<LedgerGeography> {
	const communes = await fictionalCommunes(db);
	return {
		quartiers: await quartiersThat(db, true),
		commune: (code) => communes.get(code) ?? null,
		communeNamed: () => null,
		communeOfSiren: () => null,
		communesOfEpci: () => null
	};
}

const quartiersThat = async (db: DbOrTrx, fictif: boolean): Promise<readonly Quartier[]> =>
	(await listQuartiers(db)).filter((q) => (q.fictif || inMadeUp(q)) === fictif);

/** In communes of « ZZ » codes only: fictional, whatever its own code looks like. */
const inMadeUp = ({ communes }: Quartier): boolean =>
	communes.length > 0 && communes.every(({ code }) => code.startsWith('ZZ'));
