import type { Decision } from '../action';
import { readable } from '../document-names';
import { curly } from '../french';
import type { Evidence } from './gap-context';

/* What a person decided of a gap, and whether the facts under it are still those that were seen. */

export const GAP_STATES = ['traitee', 'reportee', 'ecartee'] as const;
export type GapState = (typeof GAP_STATES)[number];

export const GAP_STATE_LABEL: Readonly<Record<GapState, string>> = {
	traitee: 'Traitée',
	reportee: 'Reportée',
	ecartee: 'Écartée'
};

/** In force: the gap keeps its line and no longer counts. */
export interface SetAside {
	readonly par: string;
	readonly le: string;
	readonly motif: string | null;
	readonly etat: GapState;
	/** Postponed: it comes back by itself on that day. */
	readonly jusque?: string;
	/** Settled as a pair of actions, on the page of overlaps: that is where it is taken back. */
	readonly paire?: string;
}

/** Decided on facts that are no longer the same: the gap is open again, and says what it was. */
export interface ToReview extends SetAside {
	/** Facts that were there and are not, and those that came; in French. */
	readonly disparus: readonly string[];
	readonly apparus: readonly string[];
}

/** The last decision on each gap. */
export const dismissals = (decisions: readonly Decision[]): ReadonlyMap<string, Decision> =>
	new Map(
		decisions
			.filter((d) => d.sujet.genre === 'lacune')
			.sort((a, b) => a.id - b.id)
			.map((d) => [d.sujet.id, d])
	);

/** Said of a rule and not of the facts: see « tuning ». */
export const TUNED = 'Réglage de ce territoire';

/**
 * Facts a decision rests on, to be kept with it.
 * out    the facts without their place in the file (a row that moves changes nothing) nor what tunes the rule; then the
 *        actions, what is answered and how serious it is
 */
export function printOf(gap: {
	readonly reponse: string;
	readonly gravite: string;
	readonly preuves: Pick<Evidence, 'actions' | 'faits'>;
}): string[] {
	const { actions, faits } = gap.preuves;
	return [
		...faits
			.filter((fait) => !fait.startsWith(TUNED))
			.map((fait) => fait.replace(/ \([^()]*, ligne\s\d+\)/g, ''))
			.sort(),
		`#${[gap.reponse, gap.gravite, ...[...actions].sort()].join(' ')}`
	];
}

/** Facts kept in words that were mended since (apostrophes, names of plans, states, articles, lines) are the same facts. */
const alike = (fact: string): string =>
	curly(fact)
		.replace(/[ \t]*[\r\n]+\s*/g, ' ')
		.replace(/\((envisag|demand|refus)e\)$/, '($1é)')
		.replace(/\u00a0: y répondrait, à confirmer$/, '\u00a0: y répond déjà')
		.replace(
			'aide à la voiture et report modal sur le même public',
			'aide à la voiture d’un côté, report modal de l’autre'
		)
		.replace(/\u00a0: de (\d{4}) à \1$/, '\u00a0: en $1')
		.replace(/commune de (?=[aeiouyàâéèêëîïôœùû])/i, 'commune d’')
		.replace(/^[^«»:]+, (?=«)/, '')
		.replace(/^[^:«]+ · [^:«]+(?=\u00a0:)/, readable);

/**
 * A decision as it stands today.
 * out    nothing once it was taken back, or once the day it was postponed to has come; `aRevoir` when the facts changed
 * never  asks again for a decision made before facts were kept with it
 */
export function readDismissal(
	decision: Decision | undefined,
	printed: () => readonly string[],
	asOf: string
): { readonly ecartee: SetAside | null; readonly aRevoir: ToReview | null } {
	const none = { ecartee: null, aRevoir: null };
	if (!decision) return none;
	const { valeur, par, le, motif } = decision;
	const said = typeof valeur === 'object' && valeur !== null ? (valeur as Record<string, unknown>) : { etat: valeur };
	if (said.etat === 'rouverte' || said.etat === false) return none;
	const jusque = typeof said.jusque === 'string' ? said.jusque : null;
	if (jusque !== null && jusque <= asOf) return none;
	const etat = GAP_STATES.find((s) => s === said.etat) ?? 'ecartee';
	const aside: SetAside = { par, le, motif, etat, ...(jusque !== null && { jusque }) };
	const print = printed().map(alike);
	const before = Array.isArray(said.empreinte) ? said.empreinte.map(String).map(alike) : print;
	const missing = (from: readonly string[], to: readonly string[]) => from.filter((line) => !to.includes(line));
	const [gone, come] = [missing(before, print), missing(print, before)];
	if (gone.length + come.length === 0) return { ecartee: aside, aRevoir: null };
	const facts = (lines: readonly string[]) => lines.filter((line) => !line.startsWith('#'));
	return { ecartee: null, aRevoir: { ...aside, disparus: facts(gone), apparus: facts(come) } };
}
