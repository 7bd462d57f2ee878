import { Decision } from '../../domain/action';
import type { DbOrTrx } from './client';

/** Decisions in force, oldest first: when two speak of the same thing, the last one wins. */
export async function listByTerritory(db: DbOrTrx, code: string): Promise<Decision[]> {
	const rows = await db
		.selectFrom('decision')
		.selectAll()
		.where('territoire', '=', code)
		.where('annulee_le', 'is', null)
		.orderBy('id')
		.execute();
	return rows.map((row) =>
		Decision.parse({
			id: row.id,
			territoire: row.territoire,
			sujet: { genre: row.genre, id: row.sujet },
			quartier: row.quartier,
			valeur: JSON.parse(row.valeur),
			motif: row.motif,
			par: row.par,
			le: row.le
		})
	);
}

/** Every decision about one action, cancelled ones included, oldest first. */
export async function everyAbout(
	db: DbOrTrx,
	action: string
): Promise<{ par: string; le: string; motif: string | null; annuleeLe: string | null }[]> {
	const rows = await db
		.selectFrom('decision')
		.select(['par', 'le', 'motif', 'annulee_le'])
		.where('sujet', '=', action)
		.where('genre', 'in', ['atteinte', 'enjeux', 'nature'])
		.orderBy('id')
		.execute();
	return rows.map(({ annulee_le, ...row }) => ({ ...row, annuleeLe: annulee_le }));
}

/** Actions of a territory that a person has classified or placed: by whom, when. */
export async function aboutActions(
	db: DbOrTrx,
	territoire: string
): Promise<ReadonlyMap<string, { readonly par: string; readonly le: string }>> {
	const rows = await db
		.selectFrom('decision')
		.select(['sujet', 'par', 'le'])
		.where('territoire', '=', territoire)
		.where('genre', 'in', ['atteinte', 'enjeux', 'nature'])
		.where('annulee_le', 'is', null)
		.execute();
	return new Map(rows.map(({ sujet, par, le }) => [sujet, { par, le }]));
}

export async function add(db: DbOrTrx, decision: Omit<Decision, 'id'>): Promise<number> {
	const { id } = await db
		.insertInto('decision')
		.values({
			territoire: decision.territoire,
			genre: decision.sujet.genre,
			sujet: decision.sujet.id,
			quartier: decision.quartier,
			valeur: JSON.stringify(decision.valeur ?? null),
			motif: decision.motif,
			par: decision.par,
			le: decision.le,
			annulee_le: null
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** Takes a decision back; it stays in the history. False when it was not in force. */
export async function cancel(db: DbOrTrx, id: number, le: string): Promise<boolean> {
	const result = await db
		.updateTable('decision')
		.set({ annulee_le: le })
		.where('id', '=', id)
		.where('annulee_le', 'is', null)
		.executeTakeFirst();
	return Number(result.numUpdatedRows) > 0;
}
