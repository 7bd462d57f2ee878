import type { PlacedAction } from '../crossing/place';
import { once } from '../memory';
import { sameBuilding, otherBuildings } from './named-buildings';
import { otherParts } from './named-parts';
import { profileOf, zoneShare } from './overlap-features';
import type { Weighing } from './overlap-kinships';
import type { Pair } from './overlap-pairs';
import { sayingWords, tellingWords } from './overlap-place-words';
import { namesOneQuartier, shareOf } from './overlap-zone';
import type { TitleIndex } from './title-likeness';

/* Which pairs a person would keep. The score says two actions are neighbours; their titles, that they are about one thing. */

export interface Worth {
	/** Score from which a pair that shares a transition enjeu needs no word in common. */
	readonly sansTitre: number;
	/** Likeness of titles asked below it: when a transition enjeu is shared; when both name one quartier; in all other cases. */
	readonly titre: number;
	readonly titreQuartier: number;
	readonly titreVille: number;
	/** Likeness asked of two lists of one kind of plan, unless they name one building: a next phase, or nothing. */
	readonly titreMemeGenre: number;
	/** Likeness asked of a line entered twice in one document. */
	readonly doubleSaisie: number;
	/** Worth of a place that the commune alone makes common, to that of a quartier both name. */
	readonly commune: number;
}

/**
 * out    false for neighbours by enjeu and place alone; for works on two buildings; for two lists of one kind of plan (two
 *        yearly lists of grants) whose titles say two things; for works of two communes of one quartier that little but their
 *        enjeux brings together; for two lines of one document that differ by a word of their title (two schools, two owners)
 *        or by their cost or dates (two phases of the same works)
 * never  says anything of a tension: its words are its reason
 */
export function isWorthALook(
	{ score, likeness, genre }: Pair,
	a: PlacedAction,
	b: PlacedAction,
	worth: Worth
): boolean {
	if (genre === 'tension') return true;
	if (otherBuildings(a.action, b.action)) return false;
	if (a.action.document === b.action.document)
		return likeness >= worth.doubleSaisie && !saysOtherwise(a, b) && !otherParts(a.action, b.action);
	if (inOtherCommunes(a, b) && likeness < worth.titreVille) return false;
	if (a.action.plan === b.action.plan && likeness < worth.titreMemeGenre)
		return likeness > 0 && sameBuilding(a.action, b.action) !== null;
	if (likeness >= worth.titreVille) return true;
	if (likeness >= worth.titreQuartier && namesOneQuartier(a, b)) return true;
	const transition = a.transition.some((t) => b.transition.some((other) => other.code === t.code));
	return transition && (score >= worth.sansTitre || likeness >= worth.titre);
}

/**
 * A pair a person would keep, scored by the place both are for and by words that say more than it; two phases are no double entry.
 * out    null for one that nobody would
 */
export function worthyPair(
	pair: Pair,
	a: PlacedAction,
	b: PlacedAction,
	worth: Worth,
	{ weights, threshold }: Pick<Weighing, 'weights' | 'threshold'>,
	{ weight, words }: WordsRead
): Pair | null {
	if (!isWorthALook(pair, a, b, worth)) return null;
	const said = scoredByWords(pair, a, b, weights, { weight, words });
	const scored = scoredByPlace(said, a, b, worth, weights);
	if (pair.genre === 'tension') return scored;
	if (scored !== pair && (scored.score < threshold - 1e-9 || !isWorthALook(scored, a, b, worth))) return null;
	return pair.genre === 'doublon' && otherParts(a.action, b.action)
		? { ...scored, genre: 'recoupement' as const }
		: scored;
}

/** The score of a pair once its place is worth what both say of it. */
function scoredByPlace(
	pair: Pair,
	a: PlacedAction,
	b: PlacedAction,
	{ commune }: Pick<Worth, 'commune'>,
	weights: Weighing['weights']
): Pair {
	const lost = (zoneShare(profileOf(a).zone, profileOf(b).zone) ?? 0) - shareOf(a, b, commune);
	if (lost === 0) return pair;
	return less(pair, weights.zone * lost, a, b, weights);
}

/** Roots both titles hold, those that say more than the place, and those of them that say to what something is done. */
interface Words {
	readonly shared: readonly string[];
	readonly saying: readonly string[];
	readonly telling: readonly string[];
}

/** How titles are read: how rare each word is, which changes with every title, and the words two of them hold, which do not. */
interface WordsRead {
	readonly weight: TitleIndex['weight'];
	readonly words: (pair: Pair, a: PlacedAction, b: PlacedAction) => Words;
}

const known = once((_: PlacedAction) => new WeakMap<PlacedAction, Words>());

/** in     `held`: found again for as long as both actions are the same; pairs of a crowd are too many for it */
export const wordsRead = ({ weight, shared }: Pick<TitleIndex, 'weight' | 'shared'>, held: boolean): WordsRead => {
	const now = ({ i, j }: Pair, a: PlacedAction, b: PlacedAction): Words => {
		const both = shared(i, j);
		const saying = sayingWords(both, a, b);
		return { shared: both, saying, telling: tellingWords(saying) };
	};
	const once = (pair: Pair, a: PlacedAction, b: PlacedAction): Words => {
		const own = known(a);
		const found = own.get(b) ?? now(pair, a, b);
		own.set(b, found);
		return found;
	};
	return { weight, words: held ? once : now };
};

/** From there two titles are the same, whatever their words. */
const ONE_TITLE = 0.9;

/** The score of a pair once the words both titles hold count for what they say: the place is already counted, and once is enough. */
function scoredByWords(
	pair: Pair,
	a: PlacedAction,
	b: PlacedAction,
	weights: Weighing['weights'],
	{ weight, words }: WordsRead
): Pair {
	const { likeness, genre } = pair;
	if (genre === 'tension' || likeness === 0 || likeness >= ONE_TITLE || sameBuilding(a.action, b.action)) return pair;
	const { shared, saying, telling } = words(pair, a, b);
	const sum = (roots: readonly string[]): number => roots.reduce((total, root) => total + weight(root), 0);
	// General words count for half beside those that say to what something is done, and for nothing without them.
	const part = telling.length === 0 ? 0 : (sum(saying) + sum(telling)) / (2 * sum(shared));
	if (part === 1) return pair;
	return { ...less(pair, weights.titre * likeness * (1 - part), a, b, weights), likeness: likeness * part };
}

/** A pair that has lost some of what its known measures weigh together. */
function less(pair: Pair, lost: number, a: PlacedAction, b: PlacedAction, weights: Weighing['weights']): Pair {
	const [own, other] = [profileOf(a), profileOf(b)];
	const total =
		weights.zone +
		weights.titre +
		(own.codes.length && other.codes.length ? weights.enjeux : 0) +
		(own.span && other.span ? weights.periode : 0) +
		(own.nature !== null && other.nature !== null ? weights.nature : 0);
	return { ...pair, score: Math.max(0, Math.round((pair.score - lost / total) * 1000) / 1000) };
}

/** Do they state two costs, or two starts? */
function saysOtherwise({ action: a }: PlacedAction, { action: b }: PlacedAction): boolean {
	const differ = <T>(one: T | null | undefined, other: T | null | undefined): boolean =>
		one !== null && one !== undefined && other !== null && other !== undefined && one !== other;
	return (
		differ(a.budget?.euros, b.budget?.euros) ||
		differ(a.dates?.debut, b.dates?.debut) ||
		differ(a.dates?.exercice, b.dates?.exercice)
	);
}

/** Does each name communes, none of them the same? */
const inOtherCommunes = ({ action: a }: PlacedAction, { action: b }: PlacedAction): boolean =>
	a.communes.length > 0 && b.communes.length > 0 && !a.communes.some((commune) => b.communes.includes(commune));
