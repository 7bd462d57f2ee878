import { referentielEntries, synonymsOf, territoryEntries } from '../domain/search/entries';
import { search, type SearchAnswer } from '../domain/search/search';
import { buildSearchIndex, type SearchIndex, type SearchKind } from '../domain/search/search-index';
import type { Referentiel } from '../domain/rules/referentiel';
import { listByTerritory } from './db/actions';
import type { DbOrTrx } from './db/client';
import * as documents from './db/documents';
import { readRevisions } from './db/revisions';
import { quartiersOf } from './db/territories';
import { getTerritory, listTerritories } from './territories';

/* One search over everything. An index is made once for each revision of a territory, and held in memory. */

interface Held {
	readonly ref: Referentiel;
	/** Of its actions and of its places: nothing else is searched. */
	readonly revision: string;
	readonly index: SearchIndex;
}
const held = new WeakMap<DbOrTrx, Map<string, Held>>();
const common = new WeakMap<Referentiel, SearchIndex>();

export interface Asked {
	readonly q: string;
	readonly territoire: string | null;
	readonly genre: SearchKind | null;
	/** Only those kinds; all when it is not said. */
	readonly parmi?: readonly SearchKind[] | null;
}

/** Kept of each kind, when all are shown and when one is. */
const SHOWN = 5;
const ALL = 200;

export async function searchAll(
	db: DbOrTrx,
	ref: Referentiel,
	pages: SearchIndex,
	{ q, territoire, genre, parmi = null }: Asked
): Promise<SearchAnswer> {
	const known = await listTerritories(db);
	const codes = territoire ? [territoire] : known.map((t) => t.code);
	const sansPlan = new Set(known.filter((t) => t.plans === 0).map((t) => t.code));
	const revisionsOf = await readRevisions(db);
	const indexes: SearchIndex[] = [pages, referentielIndex(ref)];
	for (const code of codes) {
		const { actions, lieux } = revisionsOf(code);
		indexes.push(await indexOf(db, ref, code, `${actions} ${lieux}`));
	}
	return search(indexes, q, { genre, parmi, parGenre: genre ? ALL : SHOWN, sansPlan });
}

function referentielIndex(ref: Referentiel): SearchIndex {
	const known = common.get(ref) ?? buildSearchIndex(referentielEntries(ref), synonymsOf(ref));
	common.set(ref, known);
	return known;
}

async function indexOf(db: DbOrTrx, ref: Referentiel, code: string, revision: string): Promise<SearchIndex> {
	const own = held.get(db) ?? new Map<string, Held>();
	held.set(db, own);
	const before = own.get(code);
	if (before?.ref === ref && before.revision === revision) return before.index;
	const territory = await getTerritory(db, code);
	const entries = territory
		? territoryEntries(
				territory,
				{
					quartiers: await quartiersOf(db, code),
					actions: await listByTerritory(db, code),
					documents: await documents.listByTerritory(db, code)
				},
				ref
			)
		: [];
	const index = buildSearchIndex(entries, synonymsOf(ref));
	own.set(code, { ref, revision, index });
	return index;
}
