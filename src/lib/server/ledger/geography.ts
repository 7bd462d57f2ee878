import type { Grant } from '../../domain/ledger/grant';
import type { LedgerGeography } from '../../domain/ledger/ledger-geography';
import type { Commune, Quartier } from '../../domain/territory';
import { communeOf, communeOfSiren, departmentOf, epciOf, epciOfCommune } from '../cog';
import { communeNamedIn, communeNamedNear, communesOfDepartment, formerNames } from '../commune-names';
import type { DbOrTrx } from '../db/client';
import { fictionalCommunes, listQuartiers } from '../db/territories';

/* What is known of the country, and apart from it, of the fictional territory: no list of one ever meets the other. */

/** Codes that no commune bears are those of the demonstration. */
export const isFictional = ({ commune }: Pick<Grant, 'commune'>): boolean => commune?.startsWith('ZZ') ?? false;

export async function realGeography(db: DbOrTrx): Promise<LedgerGeography> {
	return {
		quartiers: await quartiersThat(db, false),
		commune: (asked) => {
			const found = communeOf(asked);
			if (!found) return null;
			const code = found.actuelle;
			const nom = communeOf(code)?.nom ?? found.nom;
			const epci = epciOfCommune(code)?.code ?? null;
			return { code, nom, epci, departement: departmentOf(code), anciens: formerNames(code) };
		},
		communeNamed: communeNamedIn,
		communeNamedNear,
		communesOfDepartment,
		communeOfSiren,
		communesOfEpci: (siren) => epciOf(siren)?.communes ?? null,
		nomEpci: (siren) => epciOf(siren)?.nom ?? null
	};
}

export async function fictionalGeography(db: DbOrTrx): Promise<LedgerGeography> {
	const communes = await fictionalCommunes(db);
	return {
		quartiers: await quartiersThat(db, true),
		commune: (code) => communes.get(code) ?? null,
		communeNamed: () => null,
		communeNamedNear: () => null,
		communesOfDepartment: () => [],
		communeOfSiren: () => null,
		communesOfEpci: (code) => {
			const own = [...communes.values()].filter((c) => c.epci === code).map((c) => c as unknown as Commune);
			return own.length > 0 ? own : null;
		},
		nomEpci: (code) => [...communes.values()].find((c) => c.epci === code)?.nomEpci ?? null
	};
}

const quartiersThat = async (db: DbOrTrx, fictif: boolean): Promise<readonly Quartier[]> =>
	(await listQuartiers(db)).filter((q) => (q.fictif || inMadeUp(q)) === fictif);

/** In communes of « ZZ » codes only: fictional, whatever its own code looks like. */
const inMadeUp = ({ communes }: Quartier): boolean =>
	communes.length > 0 && communes.every(({ code }) => code.startsWith('ZZ'));
