import { deThe } from '../crossing/referents';
import { FINE, list } from '../french';
import type { PlacedAction } from '../crossing/place';
import { spoken } from './gap-called';
import { checkFirst, isAllOver } from './gap-common-words';
import { holdersOf, theDocument, type GapView } from './gap-context';
import { askedAbout } from './gap-people';
import { contractRead } from './gap-plans-read';

/* Whom to ask of what a plan says of the whole territory, and what comes before the question. */

/** Whoever held a plan that is over may hold nothing now: « au service qui tient le nouveau PLH ». */
export function newHolders(view: GapView, near: readonly PlacedAction[]): string {
	const plans = [...new Set(near.map((a) => theDocument(view, a)))];
	const renewed = plans.map((plan) => plan.replace(/^le /, 'le nouveau '));
	return renewed.every((plan) => plan.startsWith('le nouveau '))
		? `${renewed.length > 1 ? 'aux services qui tiennent' : 'au service qui tient'} ${list(renewed)}`
		: 'à leurs responsables';
}

/** What comes before the question: what the crossing supposes of the quartier, then what is not read: the contract, and what replaces a plan that is over. */
export function firstThen(
	view: GapView,
	near: readonly PlacedAction[],
	suppose: string | undefined,
	quartier: GapView['quartiers'][number]
): string {
	const over = isAllOver(view, near) ? [...new Set(near.map((a) => theDocument(view, a)))] : [];
	const wanted = [
		...(contractRead(view) ? [] : ['le contrat de ville au délégué du préfet']),
		...over.map((plan) => `ce qui remplace ${plan}`)
	];
	const checked = suppose && checkFirst(suppose, quartier);
	if (wanted.length === 0) return checked ? `${checked}${FINE}; puis demander` : 'Demander';
	const [importer, answers] =
		wanted.length > 1 ? ['les importer', 's’ils n’y répondent pas'] : ['l’importer', 's’il n’y répond pas'];
	// Three steps before the question would not be followed aloud.
	if (checked) return `${checked} et demander ${list(wanted)}${FINE}; ${answers}, demander`;
	return `Demander d’abord ${list(wanted)}, et ${importer}${FINE}; ${answers}, demander`;
}

/** « à la ville de Lys, qui porte l’action subventionnée, », « à la Régie de quartier, qui porte l’action du contrat de ville, » */
export function toWhoCarries(view: GapView, answer: PlacedAction): string {
	const action = `l’action ${answer.liste === undefined ? deThe(theDocument(view, answer)) : 'subventionnée'}`;
	return askedAbout(answer, action, view.territoire) ?? holdersOf(view, [answer]);
}

/** The same one is not named twice: « à la ville de Lys…, si elle est faite ; sinon, si une école… » */
export const thenAsk = (first: string, whom: string, what: string): string =>
	first.startsWith(whom) ? what : `${whom} ${what}`;

/** The same service, or one of its own, gives help and leads the cure: it is named once, and still told what is asked of it. */
export function peopleToOrient(givers: string, asked: string): string {
	const [given, named] = [spoken(givers).dit, spoken(asked).dit];
	const isSame = named === given || PART.some((sign) => named.startsWith(`${given} ${sign} `));
	const whom = isSame
		? `${/^aux | et (?:aux? |à (?:la |l’))/.test(given) ? 'leur' : 'lui'} demander`
		: `demander ${givers}`;
	return `${whom} d’y orienter les ménages aidés`;
}

/** « à la CA – Direction de l’habitat » */
const PART = ['-', '–', '—'];
