import { sql } from 'kysely';
import type { ActionDraft } from '../../domain/action';
import { foldJournal, toldFields, type ActionState, type JournalEntry } from '../../domain/import/action-journal';
import type { ActionImage } from './actions';
import type { DbOrTrx } from './client';
import { insertRows } from './insert-rows';

/* The journal of actions: who wrote what, in order. Nothing in it is ever changed or taken out. */

export interface RecordedChange {
	readonly import: number | null;
	readonly action: string;
	readonly avant: ActionImage | null;
	readonly apres: ActionImage | null;
	/** Gesture it is part of. */
	readonly geste?: number;
}

/** What a person did, or had done: signed and dated. What an import did is signed by the import. */
export interface SignedAs {
	readonly genre: Exclude<JournalEntry['genre'], 'import' | 'tenue'>;
	readonly par: string;
	readonly le: string;
}

export async function recordChanges(
	db: DbOrTrx,
	changes: readonly RecordedChange[],
	signed: SignedAs | null = null
): Promise<void> {
	const { genre, par, le } = signed ?? { genre: 'import', par: null, le: null };
	const rows = changes.map(({ import: by, action, avant, apres, geste }) => [
		...[by, action, avant && JSON.stringify(avant), apres && JSON.stringify(apres)],
		...[genre, par, le, geste ?? null]
	]);
	const columns = ['import', 'action', 'avant', 'apres', 'genre', 'par', 'le', 'geste'] as const;
	await insertRows(db, 'action_changement', columns, rows);
}

/** Actions an import found as they were: it changed nothing, but its file has them. */
export async function recordHeld(db: DbOrTrx, importId: number, ids: readonly string[]): Promise<void> {
	if (ids.length > 0)
		await sql`insert into action_changement (import, action, genre)
			select ${importId}, value, 'tenue' from json_each(${JSON.stringify(ids)})`.execute(db);
}

/** An entry with what its import is called, for those who read it. */
export interface SignedEntry extends JournalEntry {
	readonly action: string;
	readonly par: string;
	readonly le: string;
	readonly fichier: string | null;
	/** Territory of its import, or of its gesture. */
	readonly territoire: string | null;
	readonly geste: { readonly id: number; readonly libelle: string } | null;
}

/** Every entry of some actions, oldest first, by action. */
export async function journalOf(
	db: DbOrTrx,
	ids: readonly string[]
): Promise<ReadonlyMap<string, readonly SignedEntry[]>> {
	const rows = await db
		.selectFrom('action_changement')
		.select(['id', 'import', 'action', 'avant', 'apres', 'genre', 'par', 'le', 'geste'])
		.where('action', 'in', sql<string>`(select value from json_each(${JSON.stringify(ids)}))`)
		// In the order of the index: by identifier alone, the whole table would be read for each batch.
		.orderBy('action')
		.orderBy('id')
		.execute();
	// Apart, once per import: what is read of one walks over the bytes of its file.
	const sources = new Map(
		(
			await db
				.selectFrom('import')
				.select(['id', 'etat', 'fichier', 'territoire', 'par', 'prepare_le', 'valide_par', 'valide_le'])
				.where('id', 'in', [...new Set(rows.flatMap((row) => row.import ?? []))])
				.execute()
		).map((source) => [source.id, source])
	);
	const gestures = new Map((await gesturesOf(db, rows)).map((gesture) => [gesture.id, gesture]));
	const journal = new Map<string, SignedEntry[]>(ids.map((id) => [id, []]));
	// What an entry found is, as a rule, what the one before it left: read once, and equal at a glance.
	const states = new Map<string, ActionState>();
	const toState = (text: string | null): ActionState | null => {
		if (text === null) return null;
		const state = states.get(text) ?? imageState(JSON.parse(text));
		states.set(text, state);
		return state;
	};
	for (const row of rows) {
		const ofImport = row.genre === 'import' || row.genre === 'tenue';
		const source = row.import === null ? undefined : sources.get(row.import);
		const gesture = row.geste === null ? undefined : gestures.get(row.geste);
		journal.get(row.action)!.push({
			id: row.id,
			genre: row.genre,
			import: row.import,
			action: row.action,
			avant: toState(row.avant),
			apres: toState(row.apres),
			actif: ofImport ? source?.etat === 'valide' : !gesture?.annule_le,
			par: row.par ?? source?.valide_par ?? source?.par ?? '',
			le: row.le ?? source?.valide_le ?? source?.prepare_le ?? '',
			fichier: source?.fichier ?? null,
			territoire: source?.territoire ?? gesture?.territoire ?? null,
			geste: gesture ? { id: gesture.id, libelle: gesture.libelle } : null
		});
	}
	return journal;
}

async function gesturesOf(db: DbOrTrx, rows: readonly { readonly geste: number | null }[]) {
	const ids = [...new Set(rows.flatMap((row) => row.geste ?? []))];
	return ids.length === 0 ? [] : db.selectFrom('geste').selectAll().where('id', 'in', ids).execute();
}

/**
 * Actions an import has a say in: those it wrote, and those it only had but that may owe it their place,
 * since an import that brought them was taken back.
 */
export async function touchedBy(db: DbOrTrx, importId: number): Promise<string[]> {
	const { rows } = await sql<{ action: string }>`
		select action, min(id) as rang from (
			select action, id from action_changement where import = ${importId} and genre = 'import'
			union all
			select c.action, c.id from action_changement as c where c.import = ${importId} and c.genre = 'tenue' and exists (
				select 1 from action_changement as o where o.action = c.action and o.genre = 'import'
					and o.import in (select id from import where etat = 'annule')
			)
		) group by action order by rang`.execute(db);
	return rows.map((row) => row.action);
}

/** Number of the last entry of the whole journal: what a page was read at. */
export async function lastEntry(db: DbOrTrx): Promise<number> {
	const row = await db
		.selectFrom('action_changement')
		.select((e) => e.fn.max('id').as('last'))
		.executeTakeFirst();
	return Number(row?.last ?? 0);
}

/** Per action of a document typed by hand since its last file: what the files said of the fields typed. */
export async function typedSince(
	db: DbOrTrx,
	document: number
): Promise<ReadonlyMap<string, Readonly<Partial<Record<keyof ActionDraft, unknown>>>>> {
	const rows = await db
		.selectFrom('action_changement as c')
		.innerJoin('action as a', 'a.id', 'c.action')
		.select('c.action')
		.distinct()
		.where('a.document', '=', document)
		.where('c.genre', 'in', ['saisie', 'reprise'])
		.execute();
	const journal = await journalOf(
		db,
		rows.map((row) => row.action)
	);
	return new Map(
		[...journal].flatMap(([id, entries]) => {
			const files = foldJournal(entries.filter((e) => e.genre !== 'saisie' && e.genre !== 'reprise'));
			const now = foldJournal(entries);
			if (!files || !now) return [];
			return [[id, Object.fromEntries(toldFields(files, now).map((field) => [field, files[field]]))] as const];
		})
	);
}

/** An image as one value per field: see `ActionState`. */
export const imageState = ({ contenu, cle, ordre, disparue, ecartee, import: by }: ActionImage): ActionState => ({
	...JSON.parse(contenu),
	'@cle': cle,
	'@ordre': ordre,
	'@disparue': disparue,
	'@ecartee': ecartee ?? 0,
	'@import': by
});

export function toImage(state: ActionState): ActionImage {
	const { '@cle': cle, '@ordre': ordre, '@disparue': disparue, '@ecartee': aside, '@import': by, ...contenu } = state;
	return {
		cle: String(cle),
		ordre: Number(ordre),
		contenu: JSON.stringify(contenu),
		disparue: Number(disparue),
		ecartee: Number(aside ?? 0),
		import: by === null ? null : Number(by)
	};
}
