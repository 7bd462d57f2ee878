import { sql } from 'kysely';
import type { Grant } from '../../domain/ledger/grant';
import type { DbOrTrx } from './client';
import { packBytes, unpackBytes } from './kept-bytes';

/** One list as it was loaded. */
export interface GrantImport {
	readonly id: number;
	readonly fichier: string;
	readonly sha256: string;
	readonly dispositif: string;
	readonly rapport: unknown;
	readonly par: string;
	readonly le: string;
	readonly annuleLe: string | null;
}

/** Lists, last first. */
export async function listImports(db: DbOrTrx): Promise<GrantImport[]> {
	const rows = await db
		.selectFrom('attribution_import')
		.select(['id', 'fichier', 'sha256', 'dispositif', 'rapport', 'par', 'le', 'annule_le'])
		.orderBy('id', 'desc')
		.execute();
	return rows.map(({ annule_le: annuleLe, rapport, ...row }) => ({ ...row, rapport: JSON.parse(rapport), annuleLe }));
}

export async function addImport(
	db: DbOrTrx,
	{ octets, ...row }: Omit<GrantImport, 'id' | 'annuleLe'> & { readonly octets: Uint8Array }
): Promise<number> {
	const kept = packBytes(octets);
	const { id } = await db
		.insertInto('attribution_import')
		.values({ ...row, rapport: JSON.stringify(row.rapport), annule_le: null, octets: kept.octets, codage: kept.codage })
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** The file of a list as it was given; null for a list loaded before files were kept. */
export async function bytesOf(db: DbOrTrx, id: number): Promise<Buffer | null> {
	const row = await db
		.selectFrom('attribution_import')
		.select(['octets', 'codage'])
		.where('id', '=', id)
		.executeTakeFirst();
	return row?.octets ? unpackBytes({ octets: row.octets, codage: row.codage }) : null;
}

/** The grant a list has on one row of its file. */
export async function grantAt(db: DbOrTrx, importId: number, ligne: number): Promise<Grant | null> {
	const row = await db
		.selectFrom('attribution')
		.select('contenu')
		.where('import', '=', importId)
		.where(sql<number>`json_extract(contenu, '$.ligne')`, '=', ligne)
		.executeTakeFirst();
	return row ? (JSON.parse(row.contenu) as Grant) : null;
}

/** Takes a list back; what an older list said of the same grants speaks again. False when it was not there to take. */
export async function undoImport(db: DbOrTrx, id: number, le: string): Promise<boolean> {
	const done = await db
		.updateTable('attribution_import')
		.set({ annule_le: le })
		.where('id', '=', id)
		.where('annule_le', 'is', null)
		.executeTakeFirst();
	return done.numUpdatedRows > 0n;
}

export async function addGrants(db: DbOrTrx, importId: number, grants: readonly Grant[]): Promise<void> {
	for (let at = 0; at < grants.length; at += 500)
		await db
			.insertInto('attribution')
			.values(
				grants.slice(at, at + 500).map((g) => ({
					import: importId,
					cle: g.cle,
					dispositif: g.dispositif,
					annee: g.annee,
					montant: g.montant,
					contenu: JSON.stringify(g)
				}))
			)
			.execute();
}

export interface StoredGrant {
	readonly grant: Grant;
	readonly import: number;
	readonly fichier: string;
	/** Day the list was loaded. */
	readonly le: string;
}

/** Every grant once, as the last list that was not taken back says it. */
export async function listGrants(db: DbOrTrx, dispositif?: string): Promise<StoredGrant[]> {
	const last = db
		.selectFrom('attribution as a')
		.innerJoin('attribution_import as i', 'i.id', 'a.import')
		.where('i.annule_le', 'is', null)
		.$if(dispositif !== undefined, (q) => q.where('a.dispositif', '=', dispositif!))
		.select(['a.dispositif', 'a.cle', sql<number>`max(a.import)`.as('import')])
		.groupBy(['a.dispositif', 'a.cle']);
	const rows = await db
		.with('dernier', () => last)
		.selectFrom('dernier')
		.innerJoin('attribution as a', (j) => j.onRef('a.import', '=', 'dernier.import').onRef('a.cle', '=', 'dernier.cle'))
		.innerJoin('attribution_import as i', 'i.id', 'a.import')
		.select(['a.contenu', 'a.import', 'i.fichier', 'i.le'])
		.orderBy('a.import')
		.orderBy('a.cle')
		.execute();
	return rows.map((r) => ({ grant: JSON.parse(r.contenu) as Grant, import: r.import, fichier: r.fichier, le: r.le }));
}
