import { RememberedChoices } from '../../domain/import/choices';
import type { DbOrTrx } from './client';

/* Choices made once for the files of one shape. */

export interface Forme {
	readonly choix: RememberedChoices;
	readonly par: string;
	readonly le: string;
}

export async function get(db: DbOrTrx, plan: string, signature: string): Promise<Forme | null> {
	const row = await db
		.selectFrom('forme')
		.select(['choix', 'par', 'le'])
		.where('plan', '=', plan)
		.where('signature', '=', signature)
		.executeTakeFirst();
	// Choices written by another version that this one cannot read are no choices.
	const choix = row && RememberedChoices.safeParse(JSON.parse(row.choix));
	return row && choix?.success ? { choix: choix.data, par: row.par, le: row.le } : null;
}

export async function save(db: DbOrTrx, plan: string, signature: string, forme: Forme): Promise<void> {
	const fields = { choix: JSON.stringify(forme.choix), par: forme.par, le: forme.le };
	await db
		.insertInto('forme')
		.values({ plan, signature, ...fields })
		.onConflict((c) => c.columns(['plan', 'signature']).doUpdateSet(fields))
		.execute();
}

export async function remove(db: DbOrTrx, plan: string, signature: string): Promise<void> {
	await db.deleteFrom('forme').where('plan', '=', plan).where('signature', '=', signature).execute();
}
