import { isDeepStrictEqual } from 'node:util';
import { compileLexicon, type Lexicon } from '../domain/crossing/classify';
import type { PlacedAction } from '../domain/crossing/place';
import { classified } from '../domain/crossing/place-actions';
import { readEach, type Memory } from '../domain/memory';
import { assessEach, type Verdict } from '../domain/rules/eligibility';
import type { TerritoryView } from '../domain/crossing/overview';
import type { Referentiel } from '../domain/rules/referentiel';
import { crossTerritory, type Crossed, type TerritoryRecords } from '../domain/crossing/territory-view';
import { breathing, bySlices, type Breathe } from './by-slices';
import * as actions from './db/actions';
import type { DbOrTrx } from './db/client';
import * as decisions from './db/decisions';
import * as documents from './db/documents';
import * as indicators from './db/indicators';
import { hasPerimeters } from './db/region';
import { readRevisions, type Revisions, type Subject } from './db/revisions';
import * as territories from './db/territories';
import { territoryGrants } from './ledger/read-ledger';
import { neighboursOf } from './db/neighbours';
import { isKnownPlace } from './known-places';
import { getTerritory } from './territories';
import { changedSubjects, heldOf, hold, isFresh, type Held } from './territory-memory';

const lexicons = new WeakMap<Referentiel, Lexicon>();

/** The lexicon of a référentiel, made ready once. */
export function lexiconOf(ref: Referentiel): Lexicon {
	const known = lexicons.get(ref) ?? compileLexicon(ref);
	lexicons.set(ref, known);
	return known;
}

/** Everything the pages, exports and commands say of a territory; null when it has neither quartier nor plan. */
export async function readTerritory(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	asOf: string
): Promise<TerritoryView | null> {
	return (await crossedTerritory(db, ref, code, asOf))?.view ?? null;
}

/** The same, with what a quartier's page also needs. Held in memory until something under it changes. */
export async function crossedTerritory(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	asOf: string
): Promise<Crossed | null> {
	// What a transaction has not said for good is not kept.
	if (db.isTransaction) return (await crossNow(db, ref, code, asOf))?.crossed ?? null;
	const now = { ref, asOf, revisions: (await readRevisions(db, [code]))(code) };
	const before = heldOf(db, code);
	const held = before && isFresh(before, now) ? before : await crossNow(db, ref, code, asOf, now.revisions, before);
	if (!held) return null;
	hold(db, code, held);
	return held.crossed;
}

/**
 * Reads and crosses a territory now.
 * in     `before`: an earlier reading, of which what has not changed is taken as it is
 */
export async function crossNow(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	asOf: string,
	revisions: Revisions = UNKNOWN,
	before?: Held
): Promise<Held | null> {
	const crossing = await readToCross(db, ref, code, asOf, revisions, before);
	return crossing && { ...crossing.held, crossed: crossing.cross() };
}

/** The same, ahead of whoever will ask for it: a little at a time. */
export async function crossAhead(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	asOf: string,
	revisions: Revisions,
	before?: Held
): Promise<Held | null> {
	const crossing = await readToCross(db, ref, code, asOf, revisions, before, breathing());
	if (!crossing) return null;
	const { held, cross } = crossing;
	// The memory of an earlier reading is also that of whoever opens the page meanwhile; there is little left to do with it.
	if (held.memory === before?.memory) return { ...held, crossed: cross() };
	const heard = held.records.actions.values();
	const crossed = await bySlices(held.memory, (breathe) => {
		for (const action of heard) {
			classified(action, lexiconOf(ref), []);
			breathe();
		}
		return cross(breathe);
	});
	return { ...held, crossed };
}

/** All that a crossing needs, read; `pause`: while published lists are; `breathe`: after each action that funding was assessed for. */
async function readToCross(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	asOf: string,
	revisions: Revisions,
	before?: Held,
	pause?: Breathe
): Promise<{ readonly held: Omit<Held, 'crossed'>; readonly cross: (breathe?: () => void) => Crossed } | null> {
	const usable = before?.ref === ref ? before : undefined;
	const read = await recordsOf(
		db,
		code,
		usable && { ...usable, changed: changedSubjects(usable.revisions, revisions) }
	);
	if (!read) return null;
	const counted = revisions === UNKNOWN ? undefined : revisions;
	const records = { ...read, ...(await territoryGrants(db, ref, read.territory, counted, pause)) };
	const memory: Memory = usable?.memory ?? new Map();
	const verdicts = new Map<PlacedAction, readonly Verdict[]>();
	const assessed = (one: PlacedAction): readonly Verdict[] => assessEach([one], null, ref, asOf)[0]!;
	const cross = (breathe?: () => void): Crossed => {
		const kept = (one: PlacedAction): readonly Verdict[] => {
			const known = verdicts.get(one);
			if (known) return known;
			const said = assessed(one);
			verdicts.set(one, said);
			breathe!();
			return said;
		};
		const assess = (placed: readonly PlacedAction[]) =>
			readEach(memory, 'verdicts', [ref, asOf], placed, breathe ? kept : assessed);
		return crossTerritory(records, ref, lexiconOf(ref), asOf, assess, memory);
	};
	return { held: { ref, asOf, revisions, records, memory }, cross };
}

const UNKNOWN: Revisions = { actions: -1, decisions: -1, lieux: -1, indicateurs: -1, attributions: -1 };

/** in     `before`: records read earlier, and what has changed since; the rest is not read again */
export async function recordsOf(
	db: DbOrTrx,
	code: string,
	before?: Pick<Held, 'records' | 'revisions'> & { readonly changed: ReadonlySet<Subject> }
): Promise<TerritoryRecords | null> {
	const held = before?.records;
	const still = (...subjects: Subject[]) => (subjects.some((s) => before?.changed.has(s)) ? undefined : held);
	const read = still('lieux')?.territory ?? (await getTerritory(db, code));
	if (!read) return null;
	// Seldom another, though places change: all that is placed rests on it.
	const territory = held && isDeepStrictEqual(held.territory, read) ? held.territory : read;
	const quartiers = still('lieux')?.quartiers ?? (await territories.quartiersOf(db, code));
	const places = [...quartiers.flatMap((q) => [q.code, ...q.communes.map((c) => c.code)]), code];
	const was = before && { actions: before.records.actions, revision: before.revisions.actions };
	const alone = was && before.changed.has('actions') ? await actions.writtenAlone(db, code, was) : null;
	return {
		territory,
		quartiers,
		voisins: still('lieux')?.voisins ?? (await neighboursOf(db, quartiers)),
		ailleurs: isKnownPlace,
		perimetres: quartiers.length > 0 || (await hasPerimeters(db, territory)),
		correspondances: still('lieux')?.correspondances ?? (await territories.correspondancesOf(db)),
		documents: (alone ? held : still('actions'))?.documents ?? (await documentsOf(db, code)),
		actions: alone ?? still('actions')?.actions ?? (await actions.listByTerritory(db, code, was)),
		decisions:
			still('decisions')?.decisions ??
			(await decisions.listByTerritory(db, code, held?.decisions, before?.revisions.decisions)),
		indicateurs:
			still('lieux', 'indicateurs')?.indicateurs ?? (await indicators.readIndicators(db, [...new Set(places)]))
	};
}

async function documentsOf(db: DbOrTrx, code: string): Promise<TerritoryRecords['documents']> {
	const files = await lastFiles(db, code);
	return (await documents.listByTerritory(db, code)).map((d) => ({
		...d,
		fichier: files.get(d.id)?.fichier ?? d.titre,
		importeLe: files.get(d.id)?.le ?? ''
	}));
}

/** The last file validated for each document. */
async function lastFiles(db: DbOrTrx, code: string): Promise<Map<number, { fichier: string; le: string }>> {
	const rows = await db
		.selectFrom('import')
		.select(['document', 'fichier', 'valide_le'])
		.where('territoire', '=', code)
		.where('etat', '=', 'valide')
		.orderBy('id')
		.execute();
	return new Map(
		rows.flatMap((r) => (r.document === null ? [] : [[r.document, { fichier: r.fichier, le: r.valide_le ?? '' }]]))
	);
}
