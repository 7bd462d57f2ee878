import { curly } from '../../domain/french';
import type { Neighbour } from '../../domain/places/neighbours';
import type { Commune, InseeCode, Quartier } from '../../domain/territory';
import type { DbOrTrx } from './client';

/** Quartiers of the database other than these, with the name of their EPCI; their outlines are not read. */
export async function neighboursOf(db: DbOrTrx, own: readonly Pick<Quartier, 'code'>[]): Promise<Neighbour[]> {
	const known = new Set<string>(own.map((q) => q.code));
	const rows = await db
		.selectFrom('quartier')
		.leftJoin('quartier_epci', 'quartier_epci.quartier', 'quartier.code')
		.leftJoin('territoire', 'territoire.code', 'quartier_epci.epci')
		.select(['quartier.code', 'quartier.nom', 'territoire.nom as epci'])
		.orderBy('quartier.code')
		.execute();
	const communes = new Map<string, Commune[]>();
	for (const c of await db.selectFrom('quartier_commune').selectAll().orderBy('commune').execute()) {
		const one = { code: c.commune as InseeCode, nom: curly(c.nom) };
		communes.set(c.quartier, [...(communes.get(c.quartier) ?? []), one]);
	}
	const others = [...new Map(rows.map((r) => [r.code, r])).values()].filter((r) => !known.has(r.code));
	return others.map(({ code, nom, epci }) => ({
		...{ code, nom: curly(nom), epci: epci && curly(epci) },
		communes: communes.get(code) ?? []
	}));
}
