import { foldJournal, type ActionState } from '../../domain/import/action-journal';
import { changedFields } from '../../domain/import/action-journal';
import type { Refusal } from '../../domain/issue';
import * as actions from '../db/actions';
import type { Db, DbOrTrx } from '../db/client';
import { aboutActions } from '../db/decisions';
import * as gestures from '../db/gestures';
import { imageState, journalOf, recordChanges, type SignedEntry } from '../db/journal';
import { documentOf } from './action-document';
import { asGesture, imagesOfWritten, putWritten, type Doer, type Written } from './write-gesture';

/* A gesture taken back: each field shows again what lay under it; what was written since stays. */

export interface UndoneGesture {
	readonly libelle: string;
	/** Actions put back as they were. */
	readonly remises: number;
	/** Actions on which something of the gesture stays, and who keeps it. */
	readonly gardees: readonly { readonly titre: string; readonly par: string; readonly le: string }[];
}

/**
 * Takes a gesture back.
 * never  takes away what somebody wrote after it, nor an action that bears a decision; half of it
 */
export async function undoGestureOnActions(
	db: Db,
	asked: Doer & { readonly geste: number }
): Promise<UndoneGesture | Refusal> {
	return asGesture(db, asked, async (trx) => {
		const gesture = await gestures.inForce(trx, asked.territoire, asked.geste);
		if (!gesture) return { refus: 'Cette opération a déjà été annulée.', conseil: null };
		const ids = await gestures.actionsOf(trx, gesture.id);
		const journal = await journalOf(trx, ids);
		await gestures.markUndone(trx, gesture.id, asked);
		const planned = await planUndo(trx, asked.territoire, journal, gesture.id);
		const written = planned.flatMap((p) => p.written ?? []);
		await putWritten(trx, written);
		const changes = written.map((w) => ({ import: null, geste: gesture.id, ...imagesOfWritten(w) }));
		await recordChanges(trx, changes, { genre: 'annulation', par: asked.par.trim(), le: asked.le });
		const gardees = planned.flatMap((p) => p.garde ?? []);
		return { libelle: gesture.libelle, remises: written.length, gardees };
	});
}

interface Planned {
	readonly written: Written | null;
	readonly garde: UndoneGesture['gardees'][number] | null;
}

async function planUndo(
	trx: DbOrTrx,
	territoire: string,
	journal: ReadonlyMap<string, readonly SignedEntry[]>,
	geste: number
): Promise<Planned[]> {
	const images = await actions.imagesOf(trx, [...journal.keys()]);
	const decided = await aboutActions(trx, territoire);
	const planned: Planned[] = [];
	for (const [action, entries] of journal) {
		const own = entries.filter((e) => e.geste?.id === geste && e.genre === 'saisie');
		const without = foldJournal(entries.map((e) => (own.includes(e) ? { ...e, actif: false } : e)));
		const image = images.get(action) ?? null;
		const now = image && imageState(image);
		const keeper = decided.get(action);
		const titre = String((now ?? without)?.['titre'] ?? action);
		// It was made by the gesture, and a person has classified it since: that work would go with it.
		const kept = now && !without && keeper ? { titre, ...keeper } : keptSince(entries, own, now, without, titre);
		const apres = now && !without && keeper ? now : without && now ? { ...now, ...pick(without, own) } : without;
		const document = image ? ((await actions.get(trx, action))?.document ?? null) : await documentOf(trx, action);
		const moves = document !== null && (!now || !apres ? now !== apres : changedFields(now, apres).length > 0);
		planned.push({ written: moves ? { action, document: document!, avant: image, apres } : null, garde: kept });
	}
	return planned;
}

/** Fields the gesture wrote, as they are without it. */
function pick(state: ActionState, own: readonly SignedEntry[]): ActionState {
	return Object.fromEntries(fieldsOf(own).map((field) => [field, state[field] ?? null]));
}

const fieldsOf = (own: readonly SignedEntry[]): string[] => [
	...new Set(own.flatMap(({ avant, apres }) => (avant && apres ? changedFields(avant, apres) : [])))
];

/** Who wrote over the gesture since, when what it wrote does not come off whole. */
function keptSince(
	entries: readonly SignedEntry[],
	own: readonly SignedEntry[],
	now: ActionState | null,
	without: ActionState | null,
	titre: string
): Planned['garde'] {
	const fields = fieldsOf(own);
	const last = own.at(-1);
	const since = entries.filter(
		(e) => last && e.id > last.id && e.actif && e.genre !== 'annulation' && e.genre !== 'tenue'
	);
	const over = since.findLast(
		({ avant, apres }) =>
			avant &&
			apres &&
			(own.some((e) => e.avant === null) || changedFields(avant, apres).some((f) => fields.includes(f)))
	);
	return over && now && without ? { titre, par: over.par, le: over.le } : null;
}
