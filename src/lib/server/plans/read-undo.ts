import { isRefusal, type Refusal } from '../../domain/issue';
import type { DbOrTrx } from '../db/client';
import { findUndoable, planUndo, type PlannedAction } from './undo-plan';

/* What taking an import back would do, as it is shown before anyone confirms. */

/** Lines shown of each kind; the counts are whole. */
const SHOWN = 100;

export interface UndoneField {
	readonly champ: string;
	readonly avant: unknown;
	readonly apres: unknown;
	/** Who wrote the present value, when it is kept. */
	readonly par?: string | null;
}

export interface UndoLine {
	readonly id: string;
	readonly reference: string | null;
	readonly titre: string;
	readonly raison: PlannedAction['raison'];
	readonly qui: PlannedAction['qui'];
	/** Fields that go back: present value, value restored. */
	readonly restaures: readonly UndoneField[];
	/** Fields that stay: present value, value they would go back to on demand. */
	readonly gardes: readonly UndoneField[];
	/** On demand it would be taken out: nothing brought it before this import. */
	readonly seraitRetiree: boolean;
}

export interface UndoPreview {
	readonly retirees: number;
	readonly restaurees: number;
	readonly gardees: number;
	readonly aRetirer: readonly UndoLine[];
	readonly aRestaurer: readonly UndoLine[];
	readonly aGarder: readonly UndoLine[];
}

export async function readUndo(db: DbOrTrx, id: number): Promise<UndoPreview | Refusal> {
	const row = await findUndoable(db, id);
	if (isRefusal(row)) return row;
	const counts = { retiree: 0, restauree: 0, gardee: 0, inchangee: 0 };
	const lines: Record<keyof typeof counts, UndoLine[]> = { retiree: [], restauree: [], gardee: [], inchangee: [] };
	for await (const actions of planUndo(db, row))
		for (const action of actions) if (counts[action.genre]++ < SHOWN) lines[action.genre].push(toLine(action));
	return {
		retirees: counts.retiree,
		restaurees: counts.restauree,
		gardees: counts.gardee,
		aRetirer: lines.retiree,
		aRestaurer: lines.restauree,
		aGarder: lines.gardee
	};
}

function toLine(action: PlannedAction): UndoLine {
	const { id, reference, titre, raison, qui, avant, apres, ancien, restaures, gardes } = action;
	return {
		id,
		reference,
		titre,
		raison,
		qui,
		restaures: restaures.map((champ) => ({ champ, avant: avant?.[champ], apres: apres?.[champ] })),
		gardes: gardes.map((g) => ({ champ: g.champ, avant: g.actuelle, apres: g.avant })),
		seraitRetiree: ancien === null
	};
}
