import { changedFields, type ActionState } from '../../domain/import/action-journal';
import { isRefusal, type Refusal } from '../../domain/issue';
import * as actions from '../db/actions';
import type { Db, DbOrTrx } from '../db/client';
import * as documents from '../db/documents';
import * as imports from '../db/imports';
import { imageState, recordChanges, toImage, type RecordedChange, type SignedAs } from '../db/journal';
import type { By } from './import-reading';
import { findUndoable, planUndo, type KeptReason, type PlannedAction } from './undo-plan';

export interface UndoneImport {
	/** Actions the import had brought. */
	readonly actionsRetirees: number;
	/** Actions put back as they were before it. */
	readonly actionsRestaurees: number;
	/** What someone has written, or decided, since: it stays, unless it was asked for. */
	readonly gardees: readonly KeptAction[];
}

export interface KeptAction {
	readonly id: string;
	readonly titre: string;
	readonly raison: KeptReason;
	/** Fields that keep what was written since. */
	readonly champs: readonly string[];
	readonly par: string | null;
	readonly le: string | null;
	readonly import: number | null;
}

/** Actions to put back all the same, by id, or all of them. */
export type Forced = ReadonlySet<string> | 'tout';

/**
 * Takes one import back, at any time. Each field the import wrote shows again what lay under it; a field written since,
 * by a later import or by a person, keeps its value, and so does an action that a later file has or that bears a decision.
 * in     `forced`: actions to put back as they were before the import, whatever came since
 * out    what was taken out, put back, and kept with who keeps it
 * never  half done: one transaction; loses an edit unasked; takes an entry out of the journal
 */
export async function undoImport(
	db: Db,
	id: number,
	by: By,
	forced: Forced = new Set()
): Promise<UndoneImport | Refusal> {
	return db.transaction().execute(async (trx): Promise<UndoneImport | Refusal> => {
		const row = await findUndoable(trx, id);
		if (isRefusal(row)) return row;
		const asked = (action: PlannedAction): boolean =>
			action.raison !== null && (forced === 'tout' || forced.has(action.id));
		const signed = (genre: SignedAs['genre']): SignedAs => ({ genre, ...by });
		const done = { actionsRetirees: 0, actionsRestaurees: 0, gardees: [] as KeptAction[] };
		for await (const planned of planUndo(trx, row)) {
			const put = planned.filter(asked);
			const kept = planned.filter((a) => a.raison !== null && !asked(a));
			const plainly = planned.filter((a) => a.raison !== 'decision' && !asked(a));
			if (row.document !== null) {
				await write(trx, row, plainly, (a) => a.apres, signed('annulation'));
				await write(trx, row, put, (a) => a.ancien, signed('reprise'));
				await keep(trx, row, kept, signed('garde'));
			}
			const gone = put.filter((a) => a.ancien === null);
			done.actionsRetirees += plainly.filter((a) => a.genre === 'retiree').length + gone.length;
			done.actionsRestaurees += plainly.filter((a) => restores(a)).length + put.length - gone.length;
			done.gardees.push(...kept.map(toKept));
		}
		await imports.markUndone(trx, id, by);
		if (row.document !== null) await restoreDocument(trx, row, row.document);
		return done;
	});
}

const restores = (a: PlannedAction): boolean =>
	a.genre === 'restauree' || (a.genre === 'gardee' && a.restaures.length > 0);

const toKept = ({ id, titre, raison, gardes, qui }: PlannedAction): KeptAction => ({
	id,
	titre,
	raison: raison!,
	champs: gardes.map((g) => g.champ),
	par: qui?.par ?? null,
	le: qui?.le ?? null,
	import: qui?.import ?? null
});

/** Brings actions to what they become; only the fields that differ are touched, and the journal says what was done. */
async function write(
	trx: DbOrTrx,
	row: imports.ImportRow,
	planned: readonly PlannedAction[],
	target: (action: PlannedAction) => ActionState | null,
	signed: SignedAs
): Promise<void> {
	const now = await actions.imagesOf(
		trx,
		planned.map((a) => a.id)
	);
	const changes = planned.flatMap((action): RecordedChange[] => {
		const image = now.get(action.id) ?? null;
		const wanted = target(action);
		if (!image || !wanted) return image || wanted ? [change(row, action.id, image, wanted)] : [];
		const state = imageState(image);
		const next = action.avant ? patched(state, action.avant, wanted) : wanted;
		return changedFields(state, next).length === 0 ? [] : [change(row, action.id, image, next)];
	});
	await actions.putAll(
		trx,
		row.document!,
		changes.map(({ action, apres }) => ({ id: action, image: apres }))
	);
	await recordChanges(trx, changes, signed);
}

const change = (
	{ id }: imports.ImportRow,
	action: string,
	avant: actions.ActionImage | null,
	next: ActionState | null
): RecordedChange => ({ import: id, action, avant, apres: next && toImage(next) });

const patched = (now: ActionState, from: ActionState, to: ActionState): ActionState => ({
	...now,
	...Object.fromEntries(changedFields(from, to).map((field) => [field, to[field]]))
});

/** An action that only a decision keeps has an entry of its own: nothing else brings it any more. */
async function keep(
	trx: DbOrTrx,
	row: imports.ImportRow,
	kept: readonly PlannedAction[],
	signed: SignedAs
): Promise<void> {
	const alone = kept.filter((a) => a.raison === 'decision').map((a) => a.id);
	const now = await actions.imagesOf(trx, alone);
	const changes = alone.flatMap((action): RecordedChange[] => {
		const image = now.get(action);
		return image ? [{ import: row.id, action, avant: null, apres: image }] : [];
	});
	await recordChanges(trx, changes, signed);
}

/**
 * A document that only this import had filled goes with it; another keeps the fields its other imports feed,
 * and is recognised by the last of them.
 */
async function restoreDocument(trx: DbOrTrx, row: imports.ImportRow, id: number): Promise<void> {
	const left = await actions.countOf(trx, id);
	const others = (await imports.list(trx, row.territoire))
		.filter((i) => i.document === id && i.etat === 'valide')
		.sort((a, b) => (a.valideLe ?? '').localeCompare(b.valideLe ?? '') || a.id - b.id);
	if (left === 0 && others.length === 0) return documents.remove(trx, id);
	const document = await documents.get(trx, id);
	const last = others.at(-1);
	if (!document || !last) return;
	const own = fieldsOf(row);
	const fed = new Set(others.flatMap((i) => fieldsOf(i)));
	await documents.update(trx, id, {
		champs: document.champs.filter((champ) => fed.has(champ) || !own.includes(champ)),
		signature: last.options.documentApres?.signature ?? row.options.documentAvant?.signature ?? document.signature
	});
}

const fieldsOf = ({ options, rapport }: imports.ImportRow): readonly string[] =>
	options.documentApres?.champs ?? rapport.colonnes.flatMap((c) => c.champ ?? []);
