import type { ActionChange } from '../../domain/import/import-diff';
import * as actions from '../db/actions';
import type { DbOrTrx } from '../db/client';
import { recordChanges, recordHeld, type RecordedChange } from '../db/journal';
import { tell } from '../progress';
import { idOf } from './compare-import';

/* The changes of an import, written to the actions and to their journal. */

export type Gone = 'garder' | 'retirer';

/** Actions read and written at once: a large plan is neither a query per row nor a second copy in memory. */
const BATCH = 500;

/** What an action should be after the import; null when it should be no more. */
interface Wanted {
	readonly id: string;
	readonly next: Omit<actions.ActionImage, 'import'> | null;
	/** The file has it: it stays as long as that import does. */
	readonly tenue: boolean;
}

/**
 * Writes what a comparison decided.
 * in     `gone`: what becomes of actions the file no longer has and of which nobody said anything
 */
export async function writeChanges(
	trx: DbOrTrx,
	importId: number,
	document: number,
	changes: readonly ActionChange[],
	gone: Gone
): Promise<void> {
	for (let at = 0; at < changes.length; at += BATCH) {
		tell('enregistrement', at, changes.length);
		const wanted = changes.slice(at, at + BATCH).flatMap((change) => wantedOf(change, document, gone));
		await writeBatch(trx, importId, document, wanted);
	}
	if (gone !== 'retirer') return;
	// Those that an earlier version had already lost go as well.
	const lost = await actions.goneOf(trx, document);
	for (let at = 0; at < lost.length; at += BATCH)
		await writeBatch(
			trx,
			importId,
			document,
			lost.slice(at, at + BATCH).map((id) => ({ id, next: null, tenue: false }))
		);
}

function wantedOf(change: ActionChange, document: number, gone: Gone): Wanted[] {
	const { avant, cle, ordre, apres, genre, ecartee } = change;
	const id = avant?.id ?? idOf(document, cle);
	if (genre === 'disparue') {
		if (ecartee || gone === 'retirer') return [{ id, next: null, tenue: false }];
		const { ordre: place, contenu } = avant!;
		const next = { cle, ordre: place, contenu: JSON.stringify(contenu), disparue: 1, ecartee: asideOf(avant) };
		return [{ id, next, tenue: false }];
	}
	if (!ecartee)
		return [
			{
				id,
				next: { cle, ordre: ordre ?? 0, contenu: JSON.stringify(apres), disparue: 0, ecartee: asideOf(avant) },
				tenue: true
			}
		];
	if (!avant) return [];
	const contenu = JSON.stringify(avant.contenu);
	const same = { cle, ordre: avant.ordre, contenu, disparue: Number(avant.disparue), ecartee: asideOf(avant) };
	return [{ id, next: same, tenue: true }];
}

/** A file says nothing of what a person set aside: it stays so. */
const asideOf = (avant: ActionChange['avant']): number => Number(avant?.ecartee ?? false);

/** What stays as it was is not written; that the file had it is, in one short line. */
async function writeBatch(trx: DbOrTrx, importId: number, document: number, wanted: readonly Wanted[]): Promise<void> {
	const before = await actions.imagesOf(
		trx,
		wanted.map(({ id }) => id)
	);
	const changed: RecordedChange[] = [];
	const held: string[] = [];
	for (const { id, next, tenue } of wanted) {
		const avant = before.get(id) ?? null;
		const { import: _, ...content } = avant ?? { import: null };
		if (JSON.stringify(avant && content) !== JSON.stringify(next))
			changed.push({ import: importId, action: id, avant, apres: next && { ...next, import: importId } });
		else if (tenue) held.push(id);
	}
	await actions.putAll(
		trx,
		document,
		changed.map(({ action, apres }) => ({ id: action, image: apres }))
	);
	await recordChanges(trx, changed);
	await recordHeld(trx, importId, held);
}
