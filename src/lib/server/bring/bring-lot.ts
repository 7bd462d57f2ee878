import type { Referentiel } from '../../domain/rules/referentiel';
import type { Db } from '../db/client';
import type { By } from '../plans/import-reading';
import { waitJob } from '../plans/jobs';
import { bringFile, recogniseHeld, type BringChoice } from './bring-file';
import { getLot, type HeldFile, type Lot } from './held-files';
import { keepLot } from './kept-lots';

/* The files of a lot, one after the other, while the page says where they stand. */

const AT_ONCE = 2;
/** Longer than any work is let to last. */
const WHOLE_MS = 20 * 60_000;

/** A lot, its reading taken up again when the server was stopped in the middle. */
export async function findLot(db: Db, ref: Referentiel, id: string): Promise<Lot | null> {
	const found = await getLot(db, id);
	if (found?.anew) void readLot(db, ref, found.lot);
	return found?.lot ?? null;
}

/** Says what each file is that is not known yet. */
export async function readLot(db: Db, ref: Referentiel, lot: Lot): Promise<void> {
	const left = lot.fichiers.filter((f) => f.reconnu === null);
	const next = async (): Promise<void> => {
		for (let file = left.shift(); file; file = left.shift()) {
			await recogniseHeld(db, ref, file, lot.territoire);
			// Who asks where it stands is answered between two files.
			await new Promise<void>((later) => setImmediate(later));
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, next));
	await keepLot(db, lot);
}

export interface BringOrder {
	readonly file: HeldFile;
	readonly choice: BringChoice;
}

/** Does with each file what was said, in this order: a plan is read when the places before it are written. */
export async function bringLot(
	db: Db,
	ref: Referentiel,
	lot: Lot,
	orders: readonly BringOrder[],
	by: By
): Promise<void> {
	for (const { file } of orders) file.issue = { etat: 'attente' };
	await keepLot(db, lot);
	const bring = async ({ file, choice }: BringOrder): Promise<void> => {
		const issue = await bringFile(db, ref, file, choice, by);
		if (issue.etat === 'lecture') await waitJob(issue.travail, WHOLE_MS);
		await keepLot(db, lot);
	};
	const plans = orders.filter(({ choice }) => choice.plan !== null);
	for (const order of orders) if (!plans.includes(order)) await bring(order);
	// Reading a plan writes nothing: two are read together, as the server does for anyone.
	const next = async (): Promise<void> => {
		for (let order = plans.shift(); order; order = plans.shift()) await bring(order);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, next));
}

/** Whether it ended within `ms`: the page then says at once what became of it. */
export async function within(work: Promise<void>, ms: number): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	await Promise.race([work, new Promise<void>((late) => (timer = setTimeout(late, ms)))]);
	clearTimeout(timer);
}
