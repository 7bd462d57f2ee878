import type { DbOrTrx } from './client';

/* What people did at once, on one action or on many; and the last things done to a territory, whoever did them. */

export interface Gesture {
	readonly id: number;
	readonly territoire: string;
	readonly genre: GestureKind;
	/** What was done, in a few words. */
	readonly libelle: string;
	readonly par: string;
	readonly le: string;
}

export type GestureKind = 'modifier' | 'creer' | 'ecarter' | 'remettre';

export async function add(db: DbOrTrx, gesture: Omit<Gesture, 'id'>): Promise<number> {
	return (await db.insertInto('geste').values(gesture).returning('id').executeTakeFirstOrThrow()).id;
}

/** A gesture still in force; null when it is not there, or taken back. */
export async function inForce(db: DbOrTrx, territoire: string, id: number): Promise<Gesture | null> {
	const row = await db
		.selectFrom('geste')
		.selectAll()
		.where('id', '=', id)
		.where('territoire', '=', territoire)
		.where('annule_le', 'is', null)
		.executeTakeFirst();
	return row ? { ...row, genre: row.genre as GestureKind } : null;
}

export async function markUndone(db: DbOrTrx, id: number, by: { par: string; le: string }): Promise<void> {
	await db.updateTable('geste').set({ annule_le: by.le, annule_par: by.par }).where('id', '=', id).execute();
}

/** Actions a gesture wrote, in the order it did. */
export async function actionsOf(db: DbOrTrx, id: number): Promise<string[]> {
	const rows = await db
		.selectFrom('action_changement')
		.select('action')
		.where('geste', '=', id)
		.orderBy('id')
		.execute();
	return [...new Set(rows.map((row) => row.action))];
}

export interface Operation {
	readonly genre: 'geste' | 'decision' | 'import';
	/** Id of the gesture, batch of the decision, id of the import. */
	readonly numero: number;
	readonly par: string;
	readonly le: string;
	/** Words of the gesture, kind of the decision, file of the import. */
	readonly libelle: string;
	/** About which action, for a decision. */
	readonly sujet: string | null;
	readonly annulee: boolean;
}

/** The last operations of a territory, last first, those taken back included. */
export async function lastOperations(db: DbOrTrx, territoire: string, limit: number): Promise<Operation[]> {
	const rows = await db
		.selectFrom('operation as o')
		.leftJoin('geste as g', (join) => join.onRef('g.id', '=', 'o.numero').on('o.genre', '=', 'geste'))
		.leftJoin('decision as d', (join) => join.onRef('d.id', '=', 'o.numero').on('o.genre', '=', 'decision'))
		.leftJoin('import as i', (join) => join.onRef('i.id', '=', 'o.numero').on('o.genre', '=', 'import'))
		.select(['o.genre', 'o.numero', 'g.libelle', 'g.par as g_par', 'g.le as g_le', 'g.annule_le as g_annule'])
		.select(['d.genre as d_genre', 'd.sujet', 'd.par as d_par', 'd.le as d_le', 'd.annulee_le as d_annule'])
		.select(['i.fichier', 'i.valide_par', 'i.par as i_par', 'i.valide_le', 'i.etat'])
		.where('o.territoire', '=', territoire)
		.orderBy('o.id', 'desc')
		.limit(limit)
		.execute();
	return rows.map((r) => ({
		genre: r.genre,
		numero: r.numero,
		par: r.g_par ?? r.d_par ?? r.valide_par ?? r.i_par ?? '',
		le: r.g_le ?? r.d_le ?? r.valide_le ?? '',
		libelle: r.libelle ?? r.d_genre ?? r.fichier ?? '',
		sujet: r.sujet,
		annulee: r.genre === 'import' ? r.etat === 'annule' : (r.g_annule ?? r.d_annule) !== null
	}));
}
