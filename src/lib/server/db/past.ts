import { sql } from 'kysely';
import { Decision } from '../../domain/action';
import type { ActionImage } from './actions';
import type { DbOrTrx } from './client';
import { historyOf, type HistoryRow } from './decisions';

/* What a territory was, read back from what is kept: the journal of its actions and its decisions with their days. */

/** Where one stands in the past: the last entry of the journal that counts, the day, and the first operation that does not. */
export interface Moment {
	readonly entree: number;
	/** ISO date. */
	readonly jour: string;
	/** null: the whole day counts. */
	readonly avantOperation: number | null;
}

export interface PastImport {
	readonly id: number;
	readonly fichier: string;
	readonly plan: string;
	readonly document: number | null;
	/** ISO date. */
	readonly le: string;
}

/** Imports of a territory that were validated, taken back since or not, oldest first. */
export async function importsOf(db: DbOrTrx, territoire: string): Promise<PastImport[]> {
	const rows = await db
		.selectFrom('import')
		.select(['id', 'fichier', 'plan', 'document', 'valide_le'])
		.where('territoire', '=', territoire)
		.where('valide_le', 'is not', null)
		.orderBy('id')
		.execute();
	return rows.map(({ valide_le, ...row }) => ({ ...row, le: valide_le!.slice(0, 10) }));
}

/** Days on which something of a territory was written, last first. */
export async function daysOf(db: DbOrTrx, territoire: string, limit: number): Promise<string[]> {
	const { rows } = await sql<{ jour: string }>`
		select distinct jour from (
			select substr(le, 1, 10) as jour from geste where territoire = ${territoire}
			union select substr(annule_le, 1, 10) from geste where territoire = ${territoire}
			union select substr(le, 1, 10) from decision where territoire = ${territoire}
			union select substr(annulee_le, 1, 10) from decision where territoire = ${territoire}
			union select substr(valide_le, 1, 10) from import where territoire = ${territoire}
			union select substr(annule_le, 1, 10) from import where territoire = ${territoire}
		) where jour is not null order by jour desc limit ${limit}`.execute(db);
	return rows.map((row) => row.jour);
}

/** The evening of a day. */
export async function eveningOf(db: DbOrTrx, imports: readonly PastImport[], jour: string): Promise<Moment> {
	const known = imports.filter((i) => i.le <= jour).map((i) => i.id);
	// An entry of an import has no day of its own: that of its import, read apart.
	const { rows } = await sql<{ last: number | null }>`
		select max(id) as last from action_changement where (le is not null and substr(le, 1, 10) <= ${jour})
			or (le is null and import in (select value from json_each(${JSON.stringify(known)})))`.execute(db);
	return { entree: rows[0]?.last ?? 0, jour, avantOperation: null };
}

/** Just before an import wrote; null when it changed nothing, or is not of this territory. */
export async function justBefore(db: DbOrTrx, imported: PastImport): Promise<Moment | null> {
	const { rows } = await sql<{ first: number | null; operation: number | null }>`
		select (select min(id) from action_changement where import = ${imported.id} and genre in ('import', 'tenue')) as first,
			(select id from operation where genre = 'import' and numero = ${imported.id}) as operation`.execute(db);
	const { first, operation } = rows[0]!;
	return first === null ? null : { entree: first - 1, jour: imported.le, avantOperation: operation };
}

export interface PastAction {
	readonly id: string;
	/** Import it came from, and its document where one still has it. */
	readonly document: number | null;
	readonly import: number | null;
	readonly image: ActionImage;
}

/** Every action that a territory had after some entry of the journal, those set aside included. */
export async function actionsAt(db: DbOrTrx, territoire: string, entree: number): Promise<PastAction[]> {
	const { rows } = await sql<{ action: string; apres: string | null; document: number | null; source: number | null }>`
		with known as (
			select a.id as action, a.document from action as a join document as d on d.id = a.document
				where d.territoire = ${territoire}
			union all
			select c.action, null from action_changement as c
				where c.import in (select id from import where territoire = ${territoire})
					and not exists (select 1 from action as a where a.id = c.action)
			union all
			select c.action, null from action_changement as c
				where c.geste in (select id from geste where territoire = ${territoire})
					and not exists (select 1 from action as a where a.id = c.action)
		), last as (
			select k.action, max(k.document) as document, max(c.id) as id, max(c.import) as source
				from known as k join action_changement as c on c.action = k.action
				where c.id <= ${entree} and c.genre <> 'tenue' group by k.action
		)
		select l.action, c.apres, l.document, l.source from last as l join action_changement as c on c.id = l.id`.execute(db);
	return rows.flatMap(({ action, apres, document, source }) =>
		apres === null ? [] : [{ id: action, document, import: source, image: JSON.parse(apres) as ActionImage }]
	);
}

/** Actions of a territory that the journal does not tell as they are: something wrote them before it was kept. */
export async function untoldActions(db: DbOrTrx, territoire: string): Promise<number> {
	const { rows } = await sql<{ n: number }>`
		select count(*) as n from action as a join document as d on d.id = a.document
		left join action_changement as c on c.id =
			(select max(id) from action_changement where action = a.id and genre <> 'tenue')
		where d.territoire = ${territoire} and (c.apres is null or c.apres ->> '$.contenu' <> a.contenu
			or c.apres ->> '$.disparue' <> a.disparue or coalesce(c.apres ->> '$.ecartee', 0) <> a.ecartee)`.execute(db);
	return rows[0]?.n ?? 0;
}

/**
 * Decisions in force at a moment.
 * out    `douteuses`: taken back the very day of the moment, and nothing says whether before or after: they are counted as in
 *        force no more
 */
export async function decisionsAt(
	db: DbOrTrx,
	territoire: string,
	{ jour, avantOperation }: Moment
): Promise<{ readonly decisions: Decision[]; readonly douteuses: number }> {
	const [history, ranks] = [await historyOf(db, territoire), await operationRanks(db, territoire)];
	const made = (d: HistoryRow): boolean => {
		const rank = ranks.get(d.lot);
		return avantOperation === null || rank === undefined ? d.le.slice(0, 10) <= jour : rank < avantOperation;
	};
	const then = history.filter(made).reverse();
	const undone = ({ annulee }: HistoryRow): boolean => annulee !== null && annulee.le.slice(0, 10) <= jour;
	const unsure = avantOperation === null ? [] : then.filter((d) => d.annulee?.le.slice(0, 10) === jour);
	return { decisions: then.filter((d) => !undone(d)).map((d) => Decision.parse(d)), douteuses: unsure.length };
}

async function operationRanks(db: DbOrTrx, territoire: string): Promise<ReadonlyMap<number, number>> {
	const rows = await db
		.selectFrom('operation')
		.select(['id', 'numero'])
		.where('territoire', '=', territoire)
		.where('genre', '=', 'decision')
		.execute();
	return new Map(rows.map((row) => [row.numero, row.id]));
}
