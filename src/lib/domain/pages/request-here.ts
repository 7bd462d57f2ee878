import type { Aim } from '../crossing/aims';
import * as fr from '../french';
import { addedWords } from '../funding/aimed-measures';
import { FIRST_MEASURES } from '../funding/open-measures';
import type { PlacedAction } from '../crossing/place';
import type { Referentiel } from '../rules/referentiel';
import type { IsoDate } from '../source';
import { aimLines } from './aims-page';
import { byAction } from './by-action';
import type { UnaskedLine } from './request-lines';
import { whoToCall, type Call } from './who-to-call';

/* What a list of requests says once for all, and what is particular to the quartier it was asked about. */

/** Gaps named on a line; « Et si » has them all. */
const CLOSED = 2;

/** Action id → « fermerait ici : Écoles rénovées (haute) ; taux de pauvreté : 54 %, le plus élevé des 15 quartiers ». */
export function hereWords(aims: readonly Aim[], ref: Referentiel): ReadonlyMap<string, string> {
	const { line } = aimLines(ref);
	return new Map(
		aims.map((aim) => {
			const closed = line(aim.action, aim.niveau, aim).lacunes.slice(0, CLOSED);
			const gaps = fr.list(closed.map((g) => `${g.nom} (${g.gravite})`));
			const [mark] = aim.ici;
			return [aim.action.action.id, [`fermerait ici : ${gaps}`, ...(mark ? [mark] : [])].join(`${fr.FINE}; `)];
		})
	);
}

/**
 * The lines, with what neighbours share told before the first of them only.
 * in     lines in their order; `supposed`: actions read as if they aimed at the quartier chosen; null: none is chosen
 */
export function underHeads(lines: readonly UnaskedLine[], supposed: ReadonlySet<string> | null): UnaskedLine[] {
	let before: string | null = null;
	return byAction(lines).flatMap((own) => {
		const { portee, action } = own[0]!;
		const read = supposed?.has(action) ? `${portee}${fr.FINE}; lue ici comme fléchée` : portee;
		const head = read ?? NO_GAP;
		const entete = head === before || (before === null && head === NO_GAP) ? null : head;
		before = head;
		return own.map((line, i) => ({ ...line, portee: read, ...(i === 0 && { entete }) }));
	});
}

const NO_GAP = 'Sans lacune de quartier à laquelle répondre';

/** The first line of each action says what aiming it at a quartier would add. */
export function withAdded(
	lines: readonly UnaskedLine[],
	placed: readonly PlacedAction[],
	ref: Referentiel,
	asOf: IsoDate
): UnaskedLine[] {
	const by = new Map(placed.map((p) => [p.action.id, p]));
	return byAction(lines).flatMap((own) => {
		const named = own.slice(0, FIRST_MEASURES).flatMap((l) => l.mesures);
		const ajout = addedWords(by.get(own[0]!.action)!, named, ref, asOf);
		return own.map((line, i) => (i === 0 ? { ...line, ajout } : line));
	});
}

/** The first line of each action says whom to call about it, as every page does; the same person is the very same object. */
export function withCalls(
	lines: readonly UnaskedLine[],
	placed: readonly PlacedAction[],
	{ plans: { types } }: Pick<Referentiel, 'plans'>
): UnaskedLine[] {
	const by = new Map(placed.map((p) => [p.action.id, p]));
	const known = new Map<string, Call>();
	return byAction(lines).flatMap((own) => {
		const call = whoToCall(by.get(own[0]!.action)!, types);
		const key = JSON.stringify(call);
		const appeler = known.get(key) ?? known.set(key, call).get(key)!;
		return own.map((line, i) => (i === 0 ? { ...line, appeler } : line));
	});
}
