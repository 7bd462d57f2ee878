import { PlanDocument } from '../../domain/action';
import type { DbOrTrx } from './client';

/** A document with what re-imports are recognised by. */
export interface StoredDocument extends PlanDocument {
	readonly signature: string;
}

export async function listByTerritory(db: DbOrTrx, code: string): Promise<StoredDocument[]> {
	const rows = await db.selectFrom('document').selectAll().where('territoire', '=', code).orderBy('id').execute();
	return rows.map(toDocument);
}

export async function get(db: DbOrTrx, id: number): Promise<StoredDocument | null> {
	const row = await db.selectFrom('document').selectAll().where('id', '=', id).executeTakeFirst();
	return row ? toDocument(row) : null;
}

export async function add(
	db: DbOrTrx,
	document: Omit<StoredDocument, 'id'> & { readonly creeLe: string }
): Promise<number> {
	const { id } = await db
		.insertInto('document')
		.values({
			territoire: document.territoire,
			plan: document.plan,
			titre: document.titre,
			periode: document.periode,
			champs: JSON.stringify(document.champs),
			signature: document.signature,
			adopte_le: document.adopteLe,
			cree_le: document.creeLe
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** Changes what a person or a new version may change: title, period, dates, columns, recognition. */
export async function update(
	db: DbOrTrx,
	id: number,
	change: Partial<Pick<StoredDocument, 'titre' | 'periode' | 'champs' | 'signature' | 'adopteLe'>>
): Promise<void> {
	const { titre, periode, champs, signature, adopteLe } = change;
	const set = {
		...(titre === undefined ? {} : { titre }),
		...(periode === undefined ? {} : { periode }),
		...(champs === undefined ? {} : { champs: JSON.stringify(champs) }),
		...(signature === undefined ? {} : { signature }),
		...(adopteLe === undefined ? {} : { adopte_le: adopteLe })
	};
	if (Object.keys(set).length > 0) await db.updateTable('document').set(set).where('id', '=', id).execute();
}

/** Takes out a document without actions; imports that pointed to it stay in the list, unattached. */
export async function remove(db: DbOrTrx, id: number): Promise<void> {
	await db.updateTable('import').set({ document: null }).where('document', '=', id).execute();
	await db.deleteFrom('document').where('id', '=', id).execute();
}

function toDocument(row: {
	id: number;
	territoire: string;
	plan: string;
	titre: string;
	periode: string | null;
	champs: string;
	signature: string;
	adopte_le: string | null;
}): StoredDocument {
	const { adopte_le: adopteLe, champs, signature, ...rest } = row;
	return { ...PlanDocument.parse({ ...rest, champs: JSON.parse(champs), adopteLe }), signature };
}
