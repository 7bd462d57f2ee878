import { randomUUID } from 'node:crypto';
import type { Recognised } from '../../domain/bring/recognised';
import type { Refusal } from '../../domain/issue';
import type { Db } from '../db/client';
import { keepLot, keptLot } from './kept-lots';

/* Files brought, until a person says what becomes of them: in memory, and in a folder beside the base. Nothing of them is written yet. */

/** What became of a file. */
export type Brought =
	| {
			readonly etat: 'ecrit';
			readonly phrase: string;
			readonly details: readonly string[];
			/** More of them, counted and not kept; absent from lots of before. */
			readonly autres?: number;
			readonly lien: { readonly nom: string; readonly href: string } | null;
	  }
	/** Its turn has not come yet. */
	| { readonly etat: 'attente' }
	| { readonly etat: 'lecture'; readonly travail: string }
	| { readonly etat: 'refuse'; readonly refus: string; readonly conseil: string | null }
	| { readonly etat: 'laisse' };

export interface HeldFile {
	readonly fichier: string;
	/** Freed once the file is dealt with. */
	bytes: Uint8Array;
	/** Null while it is being read. */
	reconnu: Recognised | Refusal | null;
	issue: Brought | null;
}

export interface Lot {
	readonly id: string;
	/** Territory in hand when the files were brought, or the one chosen since. */
	territoire: string | null;
	readonly fichiers: readonly HeldFile[];
	readonly depuis: number;
}

/** How long a lot is kept, and how much all of them may hold: the oldest go first. */
export const KEPT_MS = 24 * 3_600_000;
const KEPT_BYTES = 256_000_000;
const lots = new Map<string, Lot>();

export async function holdFiles(db: Db, territoire: string | null, fichiers: readonly HeldFile[]): Promise<Lot> {
	const lot: Lot = { id: randomUUID(), territoire, fichiers, depuis: Date.now() };
	lots.set(lot.id, lot);
	const weight = (): number => [...lots.values()].reduce((sum, l) => sum + weightOf(l), 0);
	for (const [id, { depuis }] of lots) {
		if (id === lot.id) break;
		if (Date.now() - depuis > KEPT_MS || weight() > KEPT_BYTES) lots.delete(id);
	}
	await keepLot(db, lot);
	return lot;
}

const weightOf = (lot: Lot): number => lot.fichiers.reduce((sum, f) => sum + f.bytes.length, 0);

/** The lot of this server, or of the one before it; `anew`: its reading is to be taken up again. */
export async function getLot(db: Db, id: string): Promise<{ readonly lot: Lot; readonly anew: boolean } | null> {
	const known = lots.get(id);
	if (known) return { lot: known, anew: false };
	const kept = await keptLot(db, id, KEPT_MS);
	// Asked twice at once, it is the same lot.
	const first = lots.get(id);
	if (!kept || first) return first ? { lot: first, anew: false } : null;
	lots.set(id, kept);
	return { lot: kept, anew: true };
}

/** Says what became of a file, and lets go of its bytes. */
export function close(file: HeldFile, issue: Brought): void {
	file.issue = issue;
	// A refusal may be mended by another choice: the file is kept for it.
	if (issue.etat !== 'refuse') file.bytes = new Uint8Array();
}
