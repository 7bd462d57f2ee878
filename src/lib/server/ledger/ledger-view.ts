import { grantedJson } from '../../domain/pages/granted-json';
import { ledgerPage, type LedgerChoice, type LedgerPage } from '../../domain/pages/ledger-page';
import type { PlacedGrant } from '../../domain/ledger/shares';
import type { Referentiel } from '../../domain/rules/referentiel';
import { epciOf, epciOfCommune, regionOfDepartment } from '../cog';
import type { DbOrTrx } from '../db/client';
import { fictionalCommunes, listQuartiers } from '../db/territories';
import { listTerritories } from '../territories';
import { departmentOf } from './departments';
import { isFictional } from './geography';
import { readGrants } from './read-ledger';
import { targetOf } from './streams';

type Ledger = LedgerPage & { readonly fictif: boolean };

/** The page of money granted, for one choice. */
export const readLedger = async (db: DbOrTrx, ref: Referentiel, choice: LedgerChoice): Promise<Ledger> =>
	(await openLedger(db, ref))(choice);

const EVERYTHING: LedgerChoice = { dispositif: null, mesure: null, annee: null, territoire: null, part: null };

/**
 * Every stream of the ledger, by year and territory, for scripts.
 * in     code of a region; null for all that is loaded
 * out    a list that is nine tenths of this region counts whole, as its publisher counts it; of another, the grants of its
 *        communes; fictional ones left out beside real ones
 * empty  [] when no list is loaded
 */
export async function readGranted(
	db: DbOrTrx,
	ref: Referentiel,
	region: string | null
): Promise<ReturnType<typeof grantedJson>[]> {
	const page = await openLedger(db, ref, (all) => inRegion(all, region));
	return page(EVERYTHING).dispositifs.map(({ id }) => {
		const whole = page({ ...EVERYTHING, dispositif: id });
		return grantedJson(
			whole,
			whole.annees.map((annee) => page({ ...EVERYTHING, dispositif: id, annee }))
		);
	});
}

function inRegion(all: readonly PlacedGrant[], region: string | null): readonly PlacedGrant[] {
	const real = all.filter((g) => !isFictional(g.grant));
	const told = real.length > 0 ? real : all;
	if (region === null) return told;
	const located = told.filter((g) => g.place.commune !== null);
	const isHere = ({ place }: PlacedGrant) => regionOfDepartment(departmentOf(place.commune!)) === region;
	const here = new Set(located.filter(isHere));
	const shareOf = (fichier: string) => {
		const own = located.filter((g) => g.fichier === fichier);
		return own.filter((g) => here.has(g)).length / own.length;
	};
	const regional = new Set([...new Set(told.map((g) => g.fichier))].filter((fichier) => shareOf(fichier) > 0.9));
	return told.filter((g) => here.has(g) || regional.has(g.fichier));
}

/** The ledger read once, for as many choices as wanted. */
async function openLedger(
	db: DbOrTrx,
	ref: Referentiel,
	kept: (all: readonly PlacedGrant[]) => readonly PlacedGrant[] = (all) => all
): Promise<(choice: LedgerChoice) => Ledger> {
	const all = kept(await readGrants(db));
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
	return (choice) => ({ ...ledgerPage(all, streams, sorted, nameOf, choice), fictif });
}
