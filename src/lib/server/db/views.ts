import type { DbOrTrx } from './client';

/* Named readings of a matrix. One that is taken away stays in the base. */

export interface SavedView {
	readonly id: number;
	readonly nom: string;
	/** Address parameters, without « ? ». */
	readonly requete: string;
	readonly par: string;
	readonly le: string;
}

/** Those in force, by name. */
export async function listByTerritory(db: DbOrTrx, territoire: string): Promise<SavedView[]> {
	const rows = await db
		.selectFrom('vue')
		.select(['id', 'nom', 'requete', 'par', 'le'])
		.where('territoire', '=', territoire)
		.where('retiree_le', 'is', null)
		.execute();
	return rows.sort((a, b) => a.nom.localeCompare(b.nom, 'fr', { numeric: true }));
}

export async function add(db: DbOrTrx, territoire: string, view: Omit<SavedView, 'id'>): Promise<number> {
	const { id } = await db
		.insertInto('vue')
		.values({ territoire, ...view, retiree_le: null, retiree_par: null })
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** Its number stays: addresses that name it still do. out    false when it was not there any more */
export async function rename(
	db: DbOrTrx,
	territoire: string,
	id: number,
	as: Pick<SavedView, 'nom' | 'par' | 'le'>
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('vue')
		.set({ nom: as.nom, par: as.par, le: as.le })
		.where('territoire', '=', territoire)
		.where('id', '=', id)
		.where('retiree_le', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** out    false when it was not there any more */
export async function remove(
	db: DbOrTrx,
	territoire: string,
	id: number,
	by: { readonly par: string; readonly le: string }
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('vue')
		.set({ retiree_le: by.le, retiree_par: by.par })
		.where('territoire', '=', territoire)
		.where('id', '=', id)
		.where('retiree_le', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}
