import type { Decision } from '../action';
import { readable } from '../document-names';
import { count, curly } from '../french';
import type { Evidence } from './gap-context';
import { everyFact, isRest } from './gap-facts';

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
 * out    every fact, those the page does not show included, without their place in the file (a row that moves changes nothing)
 *        nor what tunes the rule; then what is answered, how serious it is, and the actions
 */
export function printOf(gap: {
	readonly reponse: string;
	readonly gravite: string;
	readonly preuves: Pick<Evidence, 'actions' | 'faits'>;
}): string[] {
	const { actions, faits } = gap.preuves;
	return [
		...everyFact(faits)
			.filter((fait) => !fait.startsWith(TUNED))
			.map((fait) => fait.replace(/ \([^()]*, ligne\s\d+\)/g, ''))
			.sort(),
		`#${[gap.reponse, gap.gravite, ...[...actions].sort()].join(' ')}`
	];
}

/** How the places of an action are told, by the words of former versions. */
const REACHES: Readonly<Record<string, string>> = {
	diffuse: 'à l’échelle de l’intercommunalité, quartier non nommé',
	probable: 'à l’échelle de la commune, quartier non nommé',
	inconnue: 'lieu non précisé'
};

/** Facts kept in words that were mended since (apostrophes, names of plans, states, articles, lines) are the same facts. */
const alike = (fact: string): string =>
	curly(fact)
		.replace(/[ \t]*[\r\n]+\s*/g, ' ')
		.replace(/\((envisag|demand|refus)e\)$/, '($1é)')
		.replace(/\u00a0: y répondrait, à confirmer$/, '\u00a0: y répond déjà')
		.replace(/son titre ne parle pas [^()]*(?=\)?$)/, 'son titre ne dit que la moitié de l’enjeu')
		.replace(
			'aide à la voiture et report modal sur le même public',
			'aide à la voiture d’un côté, report modal de l’autre'
		)
		.replace(/\u00a0: de (\d{4}) à \1$/, '\u00a0: en $1')
		.replace(/commune de (?=[aeiouyàâéèêëîïôœùû])/i, 'commune d’')
		.replace(/\u00a0: atteinte (diffuse|probable|inconnue)/, (_, said: string) => `\u00a0: ${REACHES[said]}`)
		.replace('nature ou atteinte inconnue', 'nature ou lieu non précisé')
		.replace('action de fond, à l’échelle', 'traite la cause, à l’échelle')
		.replace(/\u00a0: non renseigné$/, '\u00a0: rien d’écrit')
		.replace(/^le même quartier est nommé$/, 'les mêmes quartiers sont nommés')
		.replace(/, source\u00a0: .*$/, '')
		.replace(/(?<=défavorable dans ce quartier) .*$/, '')
		.replace(/\u00a0: (?:non renseigné \([^()]*\)|aucune valeur pour le quartier)$/, '\u00a0: aucune valeur')
		.replace(/^([^«()]+\u00a0: [^«()]+) \((?:\d{4}[^()]*|millésime non indiqué)\)$/, '$1')
		.replace(/^(?:Référence\u00a0: .*|.*\u00a0: aucune valeur pour comparer)$/, 'aucune valeur pour comparer')
		.replace(/^[^«»:]+, (?=«)/, '')
		.replace(/^[^:«]+ · [^:«]+(?=\u00a0:)/, readable);

interface Print {
	readonly faits: ReadonlySet<string>;
	/** Kept when only the first facts were: what it does not hold may have been true. */
	readonly abrege: boolean;
	readonly reponse: string;
	readonly gravite: string;
	readonly actions: ReadonlySet<string>;
}

function readPrint(lines: readonly string[]): Print {
	const [reponse = '', gravite = '', ...actions] = (lines.find((line) => line.startsWith('#')) ?? '#')
		.slice(1)
		.split(' ');
	const faits = lines.filter((line) => !line.startsWith('#'));
	return {
		faits: new Set(faits.filter((line) => !isRest(line)).map(alike)),
		abrege: faits.some(isRest),
		reponse,
		gravite,
		actions: new Set(actions)
	};
}

/**
 * A decision as it stands today.
 * out    nothing once it was taken back, or once the day it was postponed to has come; `aRevoir` when the facts changed or when
 *        it got more serious. Less serious on the same facts, it stays as it was decided
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
	if (!Array.isArray(said.empreinte)) return { ecartee: aside, aRevoir: null };
	const changes = changesBetween(readPrint(said.empreinte.map(String)), readPrint(printed()));
	return changes ? { ecartee: null, aRevoir: { ...aside, ...changes } } : { ecartee: aside, aRevoir: null };
}

/** What is no longer true and what came, in French; null when a decision taken on the one holds on the other. */
function changesBetween(before: Print, now: Print): Pick<ToReview, 'disparus' | 'apparus'> | null {
	const missing = (from: ReadonlySet<string>, to: ReadonlySet<string>) => [...from].filter((one) => !to.has(one));
	const [gone, come] = [missing(before.faits, now.faits), before.abrege ? [] : missing(now.faits, before.faits)];
	const [lost, added] = [missing(before.actions, now.actions), missing(now.actions, before.actions)];
	const disparus = gone.length || !lost.length ? gone : [`${count(lost.length, 'action')} parmi les preuves`];
	const apparus = come.length || !added.length ? come : [`${count(added.length, 'action')} de plus parmi les preuves`];
	const answer =
		before.reponse === now.reponse || before.reponse === ''
			? []
			: [`${ANSWERS[now.reponse]}, et non plus ${ANSWERS[before.reponse]}`];
	const graver =
		rankOf(now.gravite) < rankOf(before.gravite)
			? [`gravité ${GRAVITY[now.gravite]}, au lieu de ${GRAVITY[before.gravite]}`]
			: [];
	const all = { disparus, apparus: [...answer, ...graver, ...apparus] };
	return all.disparus.length + all.apparus.length > 0 ? all : null;
}

const ANSWERS: Readonly<Record<string, string>> = {
	alerte: 'une alerte',
	'donnee-manquante': 'une donnée à demander',
	opportunite: 'une opportunité'
};
/** Most serious first. */
const GRAVITY: Readonly<Record<string, string>> = {
	critique: 'critique',
	haute: 'haute',
	moyenne: 'moyenne',
	information: 'pour information',
	opportunite: 'd’opportunité'
};
const rankOf = (gravite: string): number => Object.keys(GRAVITY).indexOf(gravite);
