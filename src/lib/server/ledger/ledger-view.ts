import { ledgerPage, type LedgerChoice, type LedgerPage } from '../../domain/pages/ledger-page';
import type { Referentiel } from '../../domain/rules/referentiel';
import { epciOf, epciOfCommune } from '../cog';
import type { DbOrTrx } from '../db/client';
import { listQuartiers } from '../db/territories';
import { readGrants } from './read-ledger';
import { targetOf } from './streams';

const departmentOf = (commune: string): string => commune.slice(0, /^9[78]/.test(commune) ? 3 : 2);

/** The page of money granted, for one choice. */
export async function readLedger(db: DbOrTrx, ref: Referentiel, choice: LedgerChoice): Promise<LedgerPage> {
	const all = await readGrants(db);
	const streams = ref.financements.map(({ id, titre }) => ({ id, titre, cible: targetOf(ref, id) }));
	// A list speaks for the departments it covers, not for the rest of the country.
	const covered = new Set(all.flatMap(({ place }) => (place.commune ? [departmentOf(place.commune)] : [])));
	const communes = new Map(
		(await listQuartiers(db))
			.filter((q) => !q.fictif)
			.flatMap((q) => q.communes)
			.filter((c) => covered.has(departmentOf(c.code)))
			.map((c) => [c.code, { code: c.code as string, nom: c.nom, epci: epciOfCommune(c.code)?.code ?? null }])
	);
	const { compare } = new Intl.Collator('fr');
	const sorted = [...communes.values()].sort((a, b) => compare(a.nom, b.nom));
	return ledgerPage(all, streams, sorted, (code) => epciOf(code)?.nom ?? `EPCI ${code}`, choice);
}
