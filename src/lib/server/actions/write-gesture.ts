import { changedFields, type ActionState } from '../../domain/import/action-journal';
import { isRefusal, type Refusal } from '../../domain/issue';
import * as actions from '../db/actions';
import type { Db, DbOrTrx } from '../db/client';
import * as gestures from '../db/gestures';
import { imageState, recordChanges, toImage, type RecordedChange } from '../db/journal';
import { getTerritory } from '../territories';

/* A gesture writes to the actions and to their journal, in one transaction; it is signed, and taken back as one. */

/** Who does it, where, when; `le`: a day, and the time when it is known. */
export interface Doer {
	readonly territoire: string;
	readonly par: string;
	readonly le: string;
}

export interface Written {
	readonly action: string;
	readonly document: number;
	readonly avant: actions.ActionImage | null;
	/** What it becomes; null: it is no more. */
	readonly apres: ActionState | null;
}

/** Writes what changes; null when nothing does. */
export async function writeGesture(
	trx: DbOrTrx,
	by: Doer,
	about: Pick<gestures.Gesture, 'genre' | 'libelle'>,
	written: readonly Written[]
): Promise<number | null> {
	const real = written.filter(({ avant, apres }) => !avant || !apres || changedFields(imageState(avant), apres).length);
	if (real.length === 0) return null;
	const { territoire, le } = by;
	const par = by.par.trim();
	const geste = await gestures.add(trx, { territoire, par, le, ...about });
	await putWritten(trx, real);
	const changes = real.map((w): RecordedChange => ({ import: null, geste, ...imagesOfWritten(w) }));
	await recordChanges(trx, changes, { genre: 'saisie', par, le });
	return geste;
}

/** Writes actions document by document. */
export async function putWritten(trx: DbOrTrx, written: readonly Written[]): Promise<void> {
	for (const document of new Set(written.map((w) => w.document)))
		await actions.putAll(
			trx,
			document,
			written
				.filter((w) => w.document === document)
				.map(({ action, apres }) => ({ id: action, image: apres && toImage(apres) }))
		);
}

export const imagesOfWritten = ({ action, avant, apres }: Written) => ({
	action,
	avant,
	apres: apres && toImage(apres)
});

/** Does a signed gesture whole, or not at all. */
export async function asGesture<T>(
	db: Db,
	by: Doer,
	work: (trx: DbOrTrx) => Promise<T | Refusal>
): Promise<T | Refusal> {
	if (!by.par.trim()) return { refus: 'Indiquez votre nom.', conseil: 'Une modification est toujours signée.' };
	if (!(await getTerritory(db, by.territoire)))
		return { refus: 'Ce territoire n’est pas dans cette base.', conseil: null };
	const refused: { refusal: Refusal | null } = { refusal: null };
	try {
		return await db.transaction().execute(async (trx) => {
			const done = await work(trx);
			if (!isRefusal(done)) return done;
			refused.refusal = done;
			throw done;
		});
	} catch (thrown) {
		if (refused.refusal && thrown === refused.refusal) return refused.refusal;
		throw thrown;
	}
}
