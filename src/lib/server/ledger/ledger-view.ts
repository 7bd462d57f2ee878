import { ledgerPage, type LedgerChoice, type LedgerPage } from '../../domain/pages/ledger-page';
import type { Referentiel } from '../../domain/rules/referentiel';
import { epciOf, epciOfCommune } from '../cog';
import type { DbOrTrx } from '../db/client';
import { fictionalCommunes, listQuartiers } from '../db/territories';
import { listTerritories } from '../territories';
import { departmentOf } from './departments';
import { isFictional } from './geography';
import { readGrants } from './read-ledger';
import { targetOf } from './streams';

/** The page of money granted, for one choice. */
export async function readLedger(
	db: DbOrTrx,
	ref: Referentiel,
	choice: LedgerChoice
): Promise<LedgerPage & { readonly fictif: boolean }> {
	const all = await readGrants(db);
	const streams = ref.financements.map(({ id, titre, mesures }) => ({ id, titre, mesures, cible: targetOf(ref, id) }));
	// A list speaks for the departments it covers, not for the rest of the country.
	const covered = new Set(all.flatMap(({ place }) => (place.commune ? [departmentOf(place.commune)] : [])));
	const fictif = all.length > 0 && all.every((g) => isFictional(g.grant));
	const invented = await fictionalCommunes(db);
	const epci = (code: string) => invented.get(code)?.epci ?? epciOfCommune(code)?.code ?? null;
	const communes = new Map(
		(await listQuartiers(db))
			.filter((q) => q.fictif === fictif)
			.flatMap((q) => q.communes)
			.filter((c) => covered.has(departmentOf(c.code)))
			.map((c) => [c.code, { code: c.code as string, nom: c.nom, epci: epci(c.code) }])
	);
	const names = fictif ? new Map((await listTerritories(db)).map((t) => [t.code, t.nom])) : new Map<string, string>();
	const nameOf = (code: string) => names.get(code) ?? epciOf(code)?.nom ?? `EPCI ${code}`;
	const { compare } = new Intl.Collator('fr');
	const sorted = [...communes.values()].sort((a, b) => compare(a.nom, b.nom));
	return { ...ledgerPage(all, streams, sorted, nameOf, choice), fictif };
}
