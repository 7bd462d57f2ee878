import { sql } from 'kysely';
import type { DbOrTrx } from './client';
import type { ImportRow } from './imports';

/* The imports of a base, last first, with what each did: neither their reports nor their bytes are read. */

export interface HistoryRow extends Omit<ImportRow, 'rapport' | 'options' | 'document'> {
	readonly lues: number;
	readonly acceptees: number;
	readonly rejetees: number;
	readonly ignorees: number;
	readonly ajoutees: number;
	readonly modifiees: number;
	readonly disparues: number;
	/** Size of the file. */
	readonly octets: number;
	/** What its rows are, when they are not what its kind of plan announces. */
	readonly note: string | null;
}

export interface HistoryFilter {
	readonly territoire?: string | null;
	readonly plan?: string | null;
	readonly etat?: string | null;
}

const chosen = (db: DbOrTrx, { territoire, plan, etat }: HistoryFilter) => {
	let query = db.selectFrom('import');
	if (territoire) query = query.where('territoire', '=', territoire);
	if (plan) query = query.where('plan', '=', plan);
	if (etat) query = query.where('etat', '=', etat as ImportRow['etat']);
	return query;
};

export async function countHistory(db: DbOrTrx, filter: HistoryFilter): Promise<number> {
	const row = await chosen(db, filter)
		.select((e) => e.fn.countAll<number>().as('n'))
		.executeTakeFirstOrThrow();
	return row.n;
}

export async function listHistory(
	db: DbOrTrx,
	filter: HistoryFilter,
	asked: { readonly depuis: number; readonly nombre: number }
): Promise<HistoryRow[]> {
	const told = (path: string) => sql<number>`coalesce(rapport ->> ${`$.${path}`}, 0)`;
	const rows = await chosen(db, filter)
		.select(['id', 'territoire', 'plan', 'fichier', 'sha256', 'etat', 'par'])
		.select(['prepare_le', 'valide_le', 'valide_par', 'annule_le', 'annule_par'])
		.select([
			told('lues').as('lues'),
			told('acceptees').as('acceptees'),
			told('rejetees').as('rejetees'),
			told('ignorees').as('ignorees'),
			told('differences.ajoutees').as('ajoutees'),
			told('differences.modifiees').as('modifiees'),
			told('differences.disparues').as('disparues'),
			sql<number>`coalesce(taille, length(octets))`.as('octets'),
			sql<string | null>`rapport ->> '$.note'`.as('note')
		])
		.orderBy('id', 'desc')
		.limit(asked.nombre)
		.offset(asked.depuis)
		.execute();
	return rows.map(({ prepare_le, valide_le, valide_par, annule_le, annule_par, ...row }) => ({
		...row,
		prepareLe: prepare_le,
		valideLe: valide_le,
		validePar: valide_par,
		annuleLe: annule_le,
		annulePar: annule_par
	}));
}
