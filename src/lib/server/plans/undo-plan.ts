import { setImmediate } from 'node:timers/promises';
import { undoInJournal, type UndoOfAction } from '../../domain/import/action-journal';
import type { Refusal } from '../../domain/issue';
import type { DbOrTrx } from '../db/client';
import { aboutActions } from '../db/decisions';
import * as imports from '../db/imports';
import { journalOf, touchedBy, type SignedEntry } from '../db/journal';
import { tell } from '../progress';

/* What taking an import back would do, action by action. Nothing is written here. */

/** Why an action is not put back as it was before the import. */
export type KeptReason = 'modifiee-depuis' | 'tenue' | 'decision';

export interface PlannedAction extends UndoOfAction {
	readonly id: string;
	readonly titre: string;
	readonly reference: string | null;
	readonly raison: KeptReason | null;
	/** Who keeps it, or wrote last, and when. */
	readonly qui: {
		readonly par: string;
		readonly le: string;
		readonly import: number | null;
		readonly fichier: string | null;
	} | null;
}

/** Actions planned at once: a large plan is never held whole, and the pages of the server answer in between. */
const BATCH = 500;

/** The import to take back; or a refusal when it is not there, or already taken back. */
export async function findUndoable(db: DbOrTrx, id: number): Promise<imports.ImportRow | Refusal> {
	const row = await imports.get(db, id);
	if (!row) return { refus: `L’import ${id} n’existe pas.`, conseil: 'Consultez la liste des imports.' };
	return row.etat === 'annule' ? { refus: `L’import ${id} est déjà annulé.`, conseil: null } : row;
}

/** Takes an import out of the journal of every action it had a say in, some actions at a time. */
export async function* planUndo(db: DbOrTrx, row: imports.ImportRow): AsyncGenerator<readonly PlannedAction[]> {
	const ids = await touchedBy(db, row.id);
	const decided = await aboutActions(db, row.territoire);
	for (let at = 0; at < ids.length; at += BATCH) {
		tell('enregistrement', at, ids.length);
		const journal = await journalOf(db, ids.slice(at, at + BATCH));
		yield [...journal].map(([action, entries]) => planAction(action, entries, row.id, decided));
		await setImmediate();
	}
}

function planAction(
	action: string,
	entries: readonly SignedEntry[],
	importId: number,
	decided: ReadonlyMap<string, { readonly par: string; readonly le: string }>
): PlannedAction {
	const undo = undoInJournal(entries, importId);
	const state = undo.apres ?? undo.avant ?? entries.findLast((e) => e.apres)?.apres ?? {};
	const about = { id: action, titre: String(state['titre'] ?? action), reference: textOf(state['reference']) };
	const signed = decided.get(action);
	// A person has classified or attached it: that work would be lost with it.
	if (undo.genre === 'retiree' && signed) {
		const qui = { ...signed, import: null, fichier: null };
		return { ...undo, ...about, genre: 'gardee', apres: undo.avant, raison: 'decision', qui };
	}
	if (undo.genre !== 'gardee') return { ...undo, ...about, raison: null, qui: null };
	const held = undo.tenuePar ?? undo.gardes.findLast((g) => g.par)?.par ?? null;
	const entry = entries.find((e) => e.id === held?.id);
	return {
		...undo,
		...about,
		raison: undo.tenuePar ? 'tenue' : 'modifiee-depuis',
		qui: entry ? { par: entry.par, le: entry.le, import: entry.import, fichier: entry.fichier } : null
	};
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
