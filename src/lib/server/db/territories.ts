import { sql } from 'kysely';
import { curly } from '../../domain/french';
import { plain } from '../../domain/text';
import type {
	Commune,
	InseeCode,
	OldQpvCode,
	Quartier,
	QpvCode,
	Territory,
	TerritoryCode
} from '../../domain/territory';
import type { DbOrTrx } from './client';

export interface TerritoryCounts {
	readonly code: string;
	readonly nom: string | null;
	readonly fictif: boolean;
	readonly quartiers: number;
	readonly plans: number;
	readonly actions: number;
}

/** A territory as it was stored; null when only its quartiers are known (see `server/territories.ts`). */
export async function storedTerritory(db: DbOrTrx, code: string): Promise<Territory | null> {
	const row = await db.selectFrom('territoire').selectAll().where('code', '=', code).executeTakeFirst();
	if (!row) return null;
	const communes = await db
		.selectFrom('territoire_commune')
		.select(['commune as code', 'nom'])
		.where('territoire', '=', code)
		.execute();
	return {
		code: row.code as TerritoryCode,
		nom: curly(row.nom),
		genre: row.genre,
		region: row.region,
		communes: (communes as Commune[]).map((c) => ({ ...c, nom: curly(c.nom) })).sort(byName),
		fictif: row.fictif === 1
	};
}

/** Communes of the fictional territories, by code. */
export async function fictionalCommunes(
	db: DbOrTrx
): Promise<
	ReadonlyMap<
		string,
		{ readonly code: string; readonly nom: string; readonly epci: string; readonly nomEpci: string | null }
	>
> {
	const rows = await db
		.selectFrom('territoire_commune as c')
		.innerJoin('territoire as t', 't.code', 'c.territoire')
		.where('t.fictif', '=', 1)
		.select(['c.commune as code', 'c.nom', 't.code as epci', 't.nom as nomEpci'])
		.execute();
	return new Map(rows.map((row) => [row.code, row]));
}

/** Writes a territory and its communes; what is attached to it stays. The way in for the fictional one. */
export async function saveTerritory(db: DbOrTrx, territory: Territory): Promise<void> {
	const { code, nom, genre, region, communes } = territory;
	const fields = { nom, genre, region, fictif: territory.fictif ? 1 : 0 };
	await inTransaction(db, async (trx) => {
		await trx
			.insertInto('territoire')
			.values({ code, ...fields })
			.onConflict((c) => c.column('code').doUpdateSet(fields))
			.execute();
		await trx.deleteFrom('territoire_commune').where('territoire', '=', code).execute();
		if (communes.length)
			await trx
				.insertInto('territoire_commune')
				.values(communes.map((c) => ({ territoire: code, commune: c.code, nom: c.nom })))
				.execute();
	});
}

/** A group of communes that no EPCI describes (a shared contract, a basin of life). The same name gives the same code. */
export async function createGroup(
	db: DbOrTrx,
	group: { readonly nom: string; readonly communes: readonly Commune[]; readonly region?: string | null }
): Promise<Territory> {
	const territory: Territory = {
		code: `G-${plain(group.nom).replace(/[^a-z0-9]+/g, '-') || 'groupe'}` as TerritoryCode,
		nom: group.nom.trim(),
		genre: 'groupe',
		region: group.region ?? null,
		communes: group.communes,
		fictif: false
	};
	await saveTerritory(db, territory);
	return territory;
}

/** EPCI that have quartiers or plans, and every group; without a name when no row of their own was stored. */
export async function countTerritories(db: DbOrTrx): Promise<TerritoryCounts[]> {
	const stored = await db.selectFrom('territoire').select(['code', 'nom', 'genre', 'fictif']).execute();
	const perEpci = await db
		.selectFrom('quartier_epci')
		.select(['epci as code', sql<number>`count(*)`.as('n')])
		.groupBy('epci')
		.execute();
	const perGroup = await db
		.selectFrom('territoire_commune')
		.innerJoin('territoire', 'territoire.code', 'territoire_commune.territoire')
		.innerJoin('quartier_commune', 'quartier_commune.commune', 'territoire_commune.commune')
		.where('territoire.genre', '=', 'groupe')
		.select(['territoire.code', sql<number>`count(DISTINCT quartier_commune.quartier)`.as('n')])
		.groupBy('territoire.code')
		.execute();
	const perPlan = await db
		.selectFrom('document')
		.leftJoin('action', 'action.document', 'document.id')
		.select([
			'document.territoire as code',
			sql<number>`count(DISTINCT document.id)`.as('plans'),
			sql<number>`count(action.id)`.as('actions')
		])
		.groupBy('document.territoire')
		.execute();

	const quartiers = new Map([...perEpci, ...perGroup].map((r) => [r.code, r.n]));
	const plans = new Map(perPlan.map((r) => [r.code, r]));
	const names = new Map(stored.map((t) => [t.code, t]));
	const codes = new Set([
		...quartiers.keys(),
		...plans.keys(),
		...stored.filter((t) => t.genre === 'groupe').map((t) => t.code)
	]);
	return [...codes].map((code) => ({
		code,
		nom: curly(names.get(code)?.nom ?? '') || null,
		fictif: names.get(code)?.fictif === 1 || code.startsWith('ZZ'),
		quartiers: quartiers.get(code) ?? 0,
		plans: plans.get(code)?.plans ?? 0,
		actions: plans.get(code)?.actions ?? 0
	}));
}

/** Quartiers of an EPCI, or those that touch a commune of a group; sorted by name, then code. */
export async function quartiersOf(db: DbOrTrx, territory: string): Promise<Quartier[]> {
	const rows = territory.startsWith('G-')
		? await db
				.selectFrom('quartier_commune')
				.innerJoin('territoire_commune', 'territoire_commune.commune', 'quartier_commune.commune')
				.where('territoire_commune.territoire', '=', territory)
				.select('quartier_commune.quartier')
				.distinct()
				.execute()
		: await db.selectFrom('quartier_epci').select('quartier').where('epci', '=', territory).execute();
	return readQuartiers(
		db,
		rows.map((r) => r.quartier)
	);
}

/** Every quartier of the database. */
export const listQuartiers = (db: DbOrTrx): Promise<Quartier[]> => readQuartiers(db, null);

export async function getQuartier(db: DbOrTrx, code: string): Promise<Quartier | null> {
	return (await readQuartiers(db, [code]))[0] ?? null;
}

async function readQuartiers(db: DbOrTrx, codes: readonly string[] | null): Promise<Quartier[]> {
	if (codes?.length === 0) return [];
	// One bound value whatever the number of codes: SQLite limits the number of parameters.
	const among = codes && sql<string>`(SELECT value FROM json_each(${JSON.stringify(codes)}))`;
	let quartiers = db.selectFrom('quartier').selectAll();
	let communes = db.selectFrom('quartier_commune').selectAll();
	let epci = db.selectFrom('quartier_epci').selectAll();
	let alias = db.selectFrom('quartier_alias').select(['quartier', 'alias']);
	let before = db.selectFrom('correspondance').select(['code_2024', 'code_2015']).where('code_2015', '!=', '');
	if (among) {
		quartiers = quartiers.where('code', 'in', among);
		communes = communes.where('quartier', 'in', among);
		epci = epci.where('quartier', 'in', among);
		alias = alias.where('quartier', 'in', among);
		before = before.where('code_2024', 'in', among);
	}
	const communesOf = group(await communes.orderBy('commune').execute(), (r) => r.quartier);
	const epciCodes = group(await epci.orderBy('epci').execute(), (r) => r.quartier);
	const aliasOf = group(await alias.orderBy('alias').execute(), (r) => r.quartier);
	const beforeOf = group(await before.orderBy('code_2015').execute(), (r) => r.code_2024);
	return (await quartiers.execute())
		.map((q): Quartier => ({
			code: q.code as QpvCode,
			nom: curly(q.nom),
			communes: (communesOf.get(q.code) ?? []).map((c) => ({ code: c.commune as InseeCode, nom: curly(c.nom) })),
			epci: (epciCodes.get(q.code) ?? []).map((e) => e.epci as TerritoryCode),
			alias: (aliasOf.get(q.code) ?? []).map((a) => a.alias),
			predecesseurs: (beforeOf.get(q.code) ?? []).map((c) => c.code_2015 as OldQpvCode),
			geometrie: q.geometrie === null ? null : JSON.parse(q.geometrie),
			surface: q.surface,
			fictif: q.fictif === 1
		}))
		.sort(byName);
}

const BATCH = 200;

/**
 * Writes quartiers over those that have the same code; alias and decisions stay.
 * in     `reparations`: what was done to a geometry, per code
 */
export async function saveQuartiers(
	db: DbOrTrx,
	quartiers: readonly Quartier[],
	origin: { readonly source: string; readonly le: string; readonly reparations?: ReadonlyMap<string, string> }
): Promise<void> {
	const row = (q: Quartier) => ({
		code: q.code,
		nom: q.nom,
		geometrie: q.geometrie && JSON.stringify(q.geometrie),
		surface: q.surface,
		reparation: origin.reparations?.get(q.code) ?? null,
		fictif: q.fictif ? 1 : 0,
		source: origin.source,
		importe_le: origin.le
	});
	await inTransaction(db, async (trx) => {
		const once = [...new Map(quartiers.map((q) => [q.code, q])).values()];
		for (let i = 0; i < once.length; i += BATCH) {
			const batch = once.slice(i, i + BATCH);
			const codes = batch.map((q) => q.code);
			await trx
				.insertInto('quartier')
				.values(batch.map(row))
				.onConflict((c) =>
					c.column('code').doUpdateSet(({ ref }) => ({
						nom: ref('excluded.nom'),
						geometrie: ref('excluded.geometrie'),
						surface: ref('excluded.surface'),
						reparation: ref('excluded.reparation'),
						fictif: ref('excluded.fictif'),
						source: ref('excluded.source'),
						importe_le: ref('excluded.importe_le')
					}))
				)
				.execute();
			await trx.deleteFrom('quartier_commune').where('quartier', 'in', codes).execute();
			await trx.deleteFrom('quartier_epci').where('quartier', 'in', codes).execute();
			const communes = batch.flatMap((q) => q.communes.map((c) => ({ quartier: q.code, commune: c.code, nom: c.nom })));
			const epci = batch.flatMap((q) => q.epci.map((e) => ({ quartier: q.code, epci: e })));
			if (communes.length) await trx.insertInto('quartier_commune').values(communes).execute();
			if (epci.length) await trx.insertInto('quartier_epci').values(epci).execute();
		}
	});
}

/** Remembers another name of a quartier; saying it twice changes nothing. */
export async function addAlias(
	db: DbOrTrx,
	alias: { readonly quartier: string; readonly alias: string; readonly par: string; readonly le: string }
): Promise<void> {
	await db
		.insertInto('quartier_alias')
		.values({ ...alias, alias: alias.alias.trim() })
		.onConflict((c) => c.doNothing())
		.execute();
}

/** Old code → its 2024 successors, with what the old one was called; the name is null when the perimeters of the successor are not loaded. */
export async function correspondancesOf(db: DbOrTrx) {
	const rows = await db
		.selectFrom('correspondance')
		.leftJoin('quartier', 'quartier.code', 'correspondance.code_2024')
		.where('code_2015', '!=', '')
		.select(['code_2015', 'code_2024 as code', 'quartier.nom', 'libelle_2015', 'statut'])
		.orderBy('code_2024')
		.execute();
	const shown = ({ code, nom, libelle_2015: ancienNom, statut }: (typeof rows)[number]) => ({
		code,
		nom,
		ancienNom,
		statut
	});
	return new Map([...group(rows, (r) => r.code_2015)].map(([old, list]) => [old, list.map(shown)]));
}

/** True when a quartier of this EPCI is in the database. */
export async function hasQuartiers(db: DbOrTrx, epci: string): Promise<boolean> {
	const row = await db.selectFrom('quartier_epci').select('epci').where('epci', '=', epci).executeTakeFirst();
	return row !== undefined;
}

function inTransaction(db: DbOrTrx, work: (trx: DbOrTrx) => Promise<void>): Promise<void> {
	return db.isTransaction ? work(db) : db.transaction().execute(work);
}

function group<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
	return groups;
}

const { compare } = new Intl.Collator('fr');
const byName = (a: { nom: string; code: string }, b: { nom: string; code: string }): number =>
	compare(a.nom, b.nom) || compare(a.code, b.code);
