import { createHash } from 'node:crypto';
import { quoted } from '../domain/french';
import { isRefusal, type Refusal } from '../domain/issue';
import { printOf } from '../domain/rules/gap-decisions';
import type { Gap } from '../domain/rules/gaps';
import type { Referentiel } from '../domain/rules/referentiel';
import type { Db, DbOrTrx } from './db/client';
import { keepBatch } from './keep-decision';
import { elsewhere, gapStateOf, refuse, signed, unsigned, type Signed } from './decide';
import { crossedTerritory } from './read-territory';

/* Several gaps of a rule decided at once: one gesture, one undo, and each gap keeps its own decision and its own facts. */

export interface GapsDecision extends Signed {
	/** Ids of gaps, each with the seal of the facts that were read. */
	readonly lacunes: readonly { readonly id: string; readonly sceau: string }[];
	readonly etat: string;
	readonly jusque?: string | undefined;
}

/** A gap that was left as it is: it is no longer the one that was read. */
export interface GapLeft {
	readonly id: string;
	readonly dit: string;
	readonly pourquoi: 'faits' | 'decidee' | 'partie';
}

export interface GapsDecided {
	/** null when nothing was decided. */
	readonly lot: number | null;
	readonly nombre: number;
	readonly laissees: readonly GapLeft[];
}

/** Short print of what a gap rests on: the same seal, the same facts. */
export const sealOf = (gap: Gap): string =>
	createHash('sha256').update(printOf(gap).join('\n')).digest('base64url').slice(0, 12);

/** « G10:12 » → « G10 » */
export const ruleOf = (gap: string): string => gap.split(':', 1)[0]!;

/** Seals of the open gaps of a rule, by id. */
export const sealsOf = (gaps: readonly Gap[], regle: string): Record<string, string> =>
	Object.fromEntries(gaps.filter((g) => !g.ecartee && g.regle === regle).map((gap) => [gap.id, sealOf(gap)]));

/**
 * Decides on several gaps in one batch: the same state, reason and name for all.
 * out    the batch and how many; a gap whose facts are no longer those that were read is left, and named
 * never  writes some of them and fails on the others: they are read and written in one transaction
 */
export async function decideGaps(db: Db, ref: Referentiel, asked: GapsDecision): Promise<GapsDecided | Refusal> {
	if (asked.lacunes.length === 0) return refuse('Aucune lacune n’est cochée.', 'Cochez-en au moins une.');
	const fault = unsigned(asked) ?? (await elsewhere(db, asked.territoire));
	if (fault) return fault;
	const state = gapStateOf(asked);
	if (isRefusal(state)) return state;
	return db.transaction().execute(async (trx) => {
		const { known, left } = await readAgain(trx, ref, asked);
		const batch = asked.lacunes.flatMap(({ id }) => {
			const gap = known.get(id);
			return gap ? [signed(asked, 'lacune', id, null, { ...state, empreinte: printOf(gap) })] : [];
		});
		const lot = batch.length ? await keepBatch(trx, batch) : null;
		return { lot, nombre: batch.length, laissees: left };
	});
}

/** The gaps as they are now: those still the same as read, and those that are not. */
async function readAgain(trx: DbOrTrx, ref: Referentiel, { territoire, lacunes, le }: GapsDecision) {
	const view = (await crossedTerritory(trx, ref, territoire, le.slice(0, 10)))?.view;
	const now = new Map(view?.gaps.map((gap) => [gap.id, gap]));
	const known = new Map<string, Gap>();
	const left: GapLeft[] = [];
	for (const { id, sceau } of lacunes) {
		const gap = now.get(id);
		const pourquoi = !gap ? 'partie' : gap.ecartee ? 'decidee' : sealOf(gap) === sceau ? null : 'faits';
		if (gap && pourquoi === null) known.set(id, gap);
		else
			left.push({ id, pourquoi: pourquoi ?? 'partie', dit: gap?.message ?? goneName(id, ref, view?.quartiers ?? []) });
	}
	return { known, left };
}

/** What is no longer found is called by its rule and its place. */
function goneName(
	id: string,
	ref: Referentiel,
	quartiers: readonly { readonly quartier: { readonly code: string; readonly nom: string } }[]
): string {
	const rule = ref.lacunes.regles.find((r) => r.id === ruleOf(id))?.libelle ?? ruleOf(id);
	const place = quartiers.find(({ quartier }) => id.split(':').includes(quartier.code))?.quartier.nom;
	return place ? `${quoted(rule)}, ${place}` : quoted(rule);
}
