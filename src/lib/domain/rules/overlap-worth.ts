import type { PlacedAction } from '../crossing/place';
import { otherBuildings, type NamedBuilding } from './named-buildings';
import { otherParts } from './named-parts';
import { codesOf, spanOf } from './overlap-features';
import type { Weighing } from './overlap-kinships';
import type { Pair } from './overlap-pairs';

/* Which pairs a person would keep. The score says two actions are neighbours; their titles, that they are about one thing. */

export interface Worth {
	/** Score from which a pair needs no word in common. */
	readonly sansTitre: number;
	/** Likeness of titles asked below it: when a transition enjeu is shared, and when only enjeux of politique de la ville are. */
	readonly titre: number;
	readonly titreVille: number;
	/** Likeness asked of a line entered twice in one document. */
	readonly doubleSaisie: number;
}

/**
 * out    false for neighbours by enjeu and place alone; for two lines of one document that differ by a word of their title
 *        (two schools, two owners) or by their cost or dates (two phases of the same works); for works of two communes of one
 *        quartier, or on two buildings, that little but their enjeux brings together
 * never  says anything of a tension: its words are its reason
 */
export function isWorthALook(
	{ score, likeness, genre }: Pair,
	a: PlacedAction,
	b: PlacedAction,
	worth: Worth
): boolean {
	if (genre === 'tension') return true;
	if (a.action.document === b.action.document)
		return likeness >= worth.doubleSaisie && !saysOtherwise(a, b) && !otherParts(a.action, b.action);
	if (inOtherCommunes(a, b) || otherBuildings(a.action, b.action)) return likeness >= worth.titreVille;
	if (score >= worth.sansTitre || likeness >= worth.titreVille) return true;
	return likeness >= worth.titre && a.transition.some((t) => b.transition.some((other) => other.code === t.code));
}

/** Those a person would keep, of which two buildings are no double entry and score nothing by their titles; nor two phases one. */
export const worthyPairs = (
	pairs: readonly Pair[],
	placed: readonly PlacedAction[],
	worth: Worth,
	{ weights, threshold }: Pick<Weighing, 'weights' | 'threshold'>
): Pair[] =>
	pairs.flatMap((pair) => {
		const [a, b] = [placed[pair.i]!, placed[pair.j]!];
		if (!isWorthALook(pair, a, b, worth)) return [];
		if (pair.genre === 'tension') return [pair];
		if (!otherBuildings(a.action, b.action))
			return pair.genre === 'doublon' && otherParts(a.action, b.action)
				? [{ ...pair, genre: 'recoupement' as const }]
				: [pair];
		const score = scoreBut(pair, a, b, weights);
		return score < threshold ? [] : [{ ...pair, score, genre: 'recoupement' as const }];
	});

/** The score of a pair without what its titles share. */
function scoreBut({ score, likeness }: Pair, a: PlacedAction, b: PlacedAction, weights: Weighing['weights']): number {
	const [p, q] = [spanOf(a), spanOf(b)];
	const total =
		weights.zone +
		weights.titre +
		(codesOf(a).length && codesOf(b).length ? weights.enjeux : 0) +
		(p && q ? weights.periode : 0) +
		(a.nature && b.nature ? weights.nature : 0);
	return Math.max(0, Math.round((score - (weights.titre * likeness) / total) * 1000) / 1000);
}

export const apartWords = ([one, other]: readonly [NamedBuilding, NamedBuilding]): string =>
	`contre\u00a0: deux établissements différents, ${one.kind} ${one.name} et ${other.kind} ${other.name}`;

/** Do they state two costs, or two starts? */
function saysOtherwise({ action: a }: PlacedAction, { action: b }: PlacedAction): boolean {
	const differ = <T>(one: T | null | undefined, other: T | null | undefined): boolean =>
		one !== null && one !== undefined && other !== null && other !== undefined && one !== other;
	return differ(a.budget?.euros, b.budget?.euros) || differ(a.dates?.debut, b.dates?.debut);
}

/** Does each name communes, none of them the same? */
const inOtherCommunes = ({ action: a }: PlacedAction, { action: b }: PlacedAction): boolean =>
	a.communes.length > 0 && b.communes.length > 0 && !a.communes.some((commune) => b.communes.includes(commune));
