import { distinct } from '../crossing/leads';
import type { PlacedAction } from '../crossing/place';
import { deThe } from '../crossing/referents';
import { cut, inWords, list, quoted } from '../french';
import { holdersOf, planName, theDocument, type GapView } from './gap-context';
import { calledFor, whoLeads } from './gap-people';
import { isOver } from './gap-plans-read';

/* How several actions of the plans of droit commun are said in one sentence, and who leads them. */

/** Beyond it, the title of an action is no longer heard. */
export const NAMED = 45;

/** « l’autre », « les cinq autres »: they stand in the proof. */
export const the = (n: number): string => (n === 1 ? 'l’autre action citée' : `les ${inWords(n)} autres citées`);

/** « , son titre ne parle pas des écoles » */
export const doubtSaid = (doubt: string): string => (doubt ? `\u00a0: ${doubt}` : '');

/** « le PLH, achevé, » */
export function plansSaid(view: GapView, actions: readonly PlacedAction[]): string {
	const names = [...new Set(actions.map((a) => theDocument(view, a)))];
	return isAllOver(view, actions) ? `${list(names)} (${names.length > 1 ? 'achevés' : 'achevé'})` : list(names);
}

/** « « Plan vélo », à l’échelle de la commune »: what may answer in the quartier. */
export const communalWords = (likely: PlacedAction | undefined): string | null =>
	likely ? `${quoted(cut(likely.action.titre, NAMED))}, à l’échelle de la commune` : null;

/** « du PCAET » */
export const ofPlans = (view: GapView, actions: readonly PlacedAction[]): string =>
	list([...new Set(actions.map((a) => deThe(theDocument(view, a))))]);

/** « le PCAET traite », « le PLH et le PCAET traitaient » once they are over. */
export const treatWords = (view: GapView, actions: readonly PlacedAction[]): string =>
	`trait${isAllOver(view, actions) ? 'ai' : 'e'}${severalPlans(view, actions) ? 'ent' : isAllOver(view, actions) ? 't' : ''}`.replace(
		'eent',
		'ent'
	);

/** « leurs titres ne parlent pas des écoles » when each of several actions leaves the same unsaid. */
export const sharedDoubt = (doubts: readonly (string | null)[], first: string): string =>
	doubts.length > 1 && doubts.every((d) => d === first)
		? first.replace(/^son titre ne parle /, 'leurs titres ne parlent ')
		: first;

export const severalPlans = (view: GapView, actions: readonly PlacedAction[]): boolean =>
	new Set(actions.map((a) => planName(view, a))).size > 1;

const isAllOver = (view: GapView, actions: readonly PlacedAction[]): boolean =>
	actions.length > 0 &&
	actions.every((a) => view.documents.some((d) => d.id === a.action.document && isOver(d, view.asOf)));

/** « d’y inscrire une part… », or « de l’inscrire dans le document qui remplacera le PLH » when nothing can be written in it any more. */
export function writeWords(view: GapView, actions: readonly PlacedAction[]): string {
	if (!isAllOver(view, actions)) return 'd’y inscrire une part, une adresse ou un objectif';
	return `de l’inscrire dans le document qui remplacera ${list([...new Set(actions.map((a) => theDocument(view, a)))])}`;
}

/** « au pilote (Service habitat) », « aux référents (…) »; « au service qui tient le PLH » when nobody is named. */
export function leadWords(view: GapView, actions: readonly PlacedAction[]): string {
	const names = distinct(actions.flatMap(calledFor));
	// « The territory carries it » names nobody to call.
	if (names.every((name) => name === view.territoire)) return holdersOf(view, actions);
	// The référent of their plan answers for all of them: one person to call.
	const referred = actions.filter((a) => a.meneurs.referent);
	const called = referred.length > 0 ? referred : actions;
	return `${titlesOf(called)} (${whoLeads(called)})`;
}

/** « au pilote », « aux référents »; at least one is named. */
function titlesOf(actions: readonly PlacedAction[]): string {
	const named = actions.filter((a) => calledFor(a).length > 0);
	const are = (a: PlacedAction) => (a.meneurs.referent ? 'référent' : a.action.pilote !== null ? 'pilote' : 'porteur');
	const words = ['pilote', 'référent', 'porteur'].filter((word) => named.some((a) => are(a) === word));
	if (words.length > 1) return `aux ${list(words.map((word) => `${word}s`))}`;
	const many = distinct(named.flatMap(calledFor)).length > 1;
	return many ? `aux ${words[0]}s` : `au ${words[0]}`;
}
