import { ABOUT_ACTION, ABOUT_MONEY, Decision } from '../../domain/action';
import { CompiledQuery, type ExpressionBuilder, type Selectable } from 'kysely';
import type { DbOrTrx, Tables } from './client';

/**
 * Decisions in force, oldest first: when two speak of the same thing, the last one wins.
 * in     `before`: decisions read earlier; those whose row is still the same are given back as they are, not read again.
 *        `revision`: how many times those of the territory had been written then, see `readRevisions`
 */
export async function listByTerritory(
	db: DbOrTrx,
	code: string,
	before: readonly Decision[] = [],
	revision?: number
): Promise<Decision[]> {
	const added = revision === undefined ? null : await addedSince(db, code, before, revision);
	if (added) return [...before, ...added];
	const rows = await db
		.selectFrom('decision')
		.selectAll()
		.where('territoire', '=', code)
		.where('annulee_le', 'is', null)
		.orderBy('id')
		.execute();
	const known = new Map(before.map((decision) => [decision.id, decision]));
	return rows.map((row) => {
		const held = known.get(row.id);
		const decision = held && isSameRow(readFrom.get(held), row) ? held : read(row);
		readFrom.set(decision, row);
		return decision;
	});
}

/** Those that came, when nothing else was written meanwhile: as many as the database counted. null: all are to be read. */
async function addedSince(
	db: DbOrTrx,
	code: string,
	before: readonly Decision[],
	revision: number
): Promise<Decision[] | null> {
	// Counted in the same statement: nothing is written between the two.
	const { rows } = await db.executeQuery<Row & { readonly compte: number }>(
		CompiledQuery.raw(
			`SELECT decision.*, (SELECT n FROM revision WHERE territoire = ? AND sujet = 'decisions') AS compte
			FROM decision WHERE territoire = ? AND id > ? ORDER BY id`,
			[code, code, before.at(-1)?.id ?? 0]
		)
	);
	if (rows.length === 0 || rows[0]!.compte - revision !== rows.length) return null;
	if (rows.some((row) => row.annulee_le !== null)) return null;
	return rows.map(({ compte: _, ...row }) => {
		const decision = read(row);
		readFrom.set(decision, row);
		return decision;
	});
}

type Row = Selectable<Tables['decision']>;
const readFrom = new WeakMap<Decision, Row>();

const isSameRow = (a: Row | undefined, b: Row): boolean =>
	a !== undefined && (Object.keys(b) as (keyof Row)[]).every((column) => a[column] === b[column]);

/**
 * Every decision, note and link about one action, cancelled ones included, oldest first.
 * out    the text of a note is its reason; a link has the other action and the verdict
 */
export async function everyAbout(db: DbOrTrx, action: string) {
	const rows = await db
		.selectFrom('decision')
		.select(['genre', 'sujet', 'valeur', 'par', 'le', 'motif', 'annulee_le'])
		.where((eb) =>
			eb.or([
				eb('sujet', '=', action).and('genre', 'in', [...ABOUT_ACTION, 'note']),
				eb('genre', '=', 'recoupement').and(
					eb.or([eb('sujet', 'like', `${action}|%`), eb('sujet', 'like', `%|${action}`)])
				)
			])
		)
		.orderBy('id')
		.execute();
	return rows.map(({ annulee_le, genre, sujet, valeur, par, le, motif }) => {
		const said = JSON.parse(valeur) as { texte?: unknown; verdict?: unknown } | null;
		return {
			...{ genre, par, le, annuleeLe: annulee_le },
			motif: genre === 'note' ? String(said?.texte ?? '') : motif,
			lien:
				genre === 'recoupement'
					? { autre: sujet.split('|').find((side) => side !== action) ?? '', verdict: String(said?.verdict ?? '') }
					: null
		};
	});
}

/** Actions of a territory that a person has classified, placed, helped to pay or annotated: by whom, when. */
export async function aboutActions(
	db: DbOrTrx,
	territoire: string
): Promise<ReadonlyMap<string, { readonly par: string; readonly le: string }>> {
	const rows = await db
		.selectFrom('decision')
		.select(['sujet', 'par', 'le'])
		.where('territoire', '=', territoire)
		.where('genre', 'in', [...ABOUT_ACTION, ...ABOUT_MONEY, 'note'])
		.where('annulee_le', 'is', null)
		.execute();
	return new Map(rows.map(({ sujet, par, le }) => [sujet, { par, le }]));
}

/** Keeps a decision; `lot` binds it to those of the same gesture. */
export async function add(db: DbOrTrx, decision: Omit<Decision, 'id'>, lot: number | null = null): Promise<number> {
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
			annulee_le: null,
			lot,
			annulee_par: null
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/**
 * Keeps decisions taken in one gesture, which are undone as one.
 * out    the batch: the id of its first decision
 * never  half of them: call it with a transaction
 */
export async function addBatch(trx: DbOrTrx, batch: readonly Omit<Decision, 'id'>[]): Promise<number> {
	let lot: number | null = null;
	for (const decision of batch) {
		const id = await add(trx, decision, lot);
		if (lot === null) {
			lot = id;
			await trx.updateTable('decision').set({ lot }).where('id', '=', id).execute();
		}
	}
	if (lot === null) throw new Error('bug: lot de décisions vide');
	return lot;
}

/** Takes a decision back; it stays in the history. False when it was not in force. */
export async function cancel(db: DbOrTrx, id: number, le: string, par: string | null = null): Promise<boolean> {
	const result = await db
		.updateTable('decision')
		.set({ annulee_le: le, annulee_par: par })
		.where('id', '=', id)
		.where('annulee_le', 'is', null)
		.executeTakeFirst();
	return Number(result.numUpdatedRows) > 0;
}

/** A whole batch, or the decision of that id taken alone. */
const ofGesture = (eb: ExpressionBuilder<Tables, 'decision'>, lot: number) =>
	eb.or([eb('lot', '=', lot), eb.and([eb('id', '=', lot), eb('lot', 'is', null)])]);

/** Takes back what is still in force of a gesture: a whole batch, or the decision of that id. How many were in force. */
export async function cancelBatch(
	db: DbOrTrx,
	{ territoire, lot, le, par }: { territoire: string; lot: number; le: string; par: string }
): Promise<number> {
	const result = await db
		.updateTable('decision')
		.set({ annulee_le: le, annulee_par: par })
		.where('territoire', '=', territoire)
		.where((eb) => ofGesture(eb, lot))
		.where('annulee_le', 'is', null)
		.executeTakeFirst();
	return Number(result.numUpdatedRows);
}

/** Decisions of a gesture still in force: a batch, or a decision taken alone. */
export async function inForce(db: DbOrTrx, territoire: string, lot: number): Promise<number> {
	const { n } = await db
		.selectFrom('decision')
		.select((eb) => eb.fn.countAll<number>().as('n'))
		.where('territoire', '=', territoire)
		.where((eb) => ofGesture(eb, lot))
		.where('annulee_le', 'is', null)
		.executeTakeFirstOrThrow();
	return Number(n);
}

/** A decision as the history shows it, in force or not. */
export interface HistoryRow extends Decision {
	/** Its batch, or itself. */
	readonly lot: number;
	readonly annulee: { readonly le: string; readonly par: string | null } | null;
}

/** Every decision of a territory, those taken back included, last first. */
export async function historyOf(db: DbOrTrx, territoire: string): Promise<HistoryRow[]> {
	const rows = await db
		.selectFrom('decision')
		.selectAll()
		.where('territoire', '=', territoire)
		.orderBy('id', 'desc')
		.execute();
	return rows.map((row) => ({
		...read(row),
		lot: row.lot ?? row.id,
		annulee: row.annulee_le === null ? null : { le: row.annulee_le, par: row.annulee_par }
	}));
}

const read = (row: Row): Decision =>
	Decision.parse({
		id: row.id,
		territoire: row.territoire,
		sujet: { genre: row.genre, id: row.sujet },
		quartier: row.quartier,
		valeur: JSON.parse(row.valeur),
		motif: row.motif,
		par: row.par,
		le: row.le
	});
