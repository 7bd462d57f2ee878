import type { PlanKind } from '../action';
import type { LexiconFile } from '../rules/referentiel';
import { bestReach, isActive, reaches } from './coverage';
import type { PlacedAction, Tag } from './place';
import { entryOf } from './plan-entries';

/* What the tool proposes and nobody has confirmed yet, one proposal a line, from the surest to the frailest. */

export const CONFIDENCES = ['evidente', 'solide', 'fragile'] as const;
export type Confidence = (typeof CONFIDENCES)[number];
export const SUGGESTION_KINDS = ['transition', 'ville', 'nature', 'atteinte'] as const;
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number];

export interface Suggestion {
	/** « transition|A12-3|T05 », « atteinte|A12-3|QN05901M » */
	readonly id: string;
	readonly action: string;
	readonly titre: string;
	readonly reference: string | null;
	readonly plan: PlanKind;
	/** What its document is, when that is no plan. */
	readonly liste?: string;
	readonly genre: SuggestionKind;
	/** T, P or N code, or a level of reach. */
	readonly code: string;
	readonly quartier: string | null;
	readonly confiance: Confidence;
	/** null for a reach: how it is known says how sure it is. */
	readonly score: number | null;
	readonly mots: readonly { readonly mot: string; readonly poids: number | null }[];
	/** What pleads against, below 0. */
	readonly contre: number | null;
	readonly preuve: string | null;
	/** A sentence: what a person answered otherwise of the same building. */
	readonly aArbitrer?: string;
	/** No word of the lexicon says it: titles already classified make it likely, and `score` is how likely, 0 to 1. */
	readonly appris: boolean;
}

/**
 * Suggestions of a territory that nobody decided on.
 * in     `confidence`: thresholds of data/lexique.yaml
 * out    surest first, then by weight, then by title. A declared code is no suggestion: the file said it. A reach is one when
 *        the tool worked it out and it makes the action count for the quartier (« probable » or better)
 */
export function suggestionsOf(
	placed: readonly PlacedAction[],
	confidence: LexiconFile['confiance']
): readonly Suggestion[] {
	const rank = (s: Suggestion) => CONFIDENCES.indexOf(s.confiance);
	return placed
		.filter(isActive)
		.flatMap((one) => [
			...one.transition.flatMap((tag) => ofTag(one, 'transition', tag, confidence)),
			...one.ville.flatMap((tag) => ofTag(one, 'ville', tag, confidence)),
			...(one.nature ? ofTag(one, 'nature', one.nature, confidence) : []),
			...ofReach(one, confidence)
		])
		.sort(
			(a, b) =>
				rank(a) - rank(b) ||
				(b.score ?? 0) - (a.score ?? 0) ||
				a.titre.localeCompare(b.titre, 'fr') ||
				(a.id < b.id ? -1 : 1)
		);
}

/** Read in words, and not declared nor decided. */
export const isRead = ({ par }: Tag): boolean => par === 'lexique' || par === 'appris';

const levelOf = (
	tag: Tag,
	genre: Exclude<SuggestionKind, 'atteinte'>,
	confidence: LexiconFile['confiance']
): (typeof CONFIDENCES)[number] => CONFIDENCES.find((c) => c === 'fragile' || tag.score >= confidence[c][genre])!;

/** A nature read on few words: what rests on it is to be confirmed. */
export const isFragileNature = (
	{ nature }: Pick<PlacedAction, 'nature'>,
	confidence: LexiconFile['confiance']
): boolean => nature !== null && isRead(nature) && levelOf(nature, 'nature', confidence) === 'fragile';

function ofTag(
	placed: PlacedAction,
	genre: Exclude<SuggestionKind, 'atteinte'>,
	tag: Tag,
	confidence: LexiconFile['confiance']
): Suggestion[] {
	if (!isRead(tag)) return [];
	const level = levelOf(tag, genre, confidence);
	return [
		{
			...about(placed, genre, tag.code),
			code: tag.code,
			quartier: null,
			confiance: level,
			score: tag.score,
			mots: tag.mots.map((mot, i) => ({ mot, poids: tag.poids?.[i] ?? null })),
			contre: tag.contre ?? null,
			preuve: null,
			appris: tag.par === 'appris'
		}
	];
}

/** Written by a person, in the file or on the screen: not a suggestion. */
const SAID = ['decision', 'code', 'declaration', 'rien', 'ailleurs'];

function ofReach(placed: PlacedAction, confidence: LexiconFile['confiance']): Suggestion[] {
	return placed.reach
		.filter((r) => reaches(r.niveau) && !SAID.includes(r.par))
		.map((r) => ({
			...about(placed, 'atteinte', r.quartier),
			code: r.niveau,
			quartier: r.quartier,
			confiance:
				r.aArbitrer !== undefined
					? 'fragile'
					: CONFIDENCES.find((c) => c === 'fragile' || confidence[c].atteinte.includes(r.par))!,
			score: null,
			mots: [],
			contre: null,
			preuve: r.preuve,
			...(r.aArbitrer !== undefined && { aArbitrer: r.aArbitrer }),
			appris: false
		}));
}

const about = ({ action, liste }: PlacedAction, genre: SuggestionKind, object: string) => ({
	id: `${genre}|${action.id}|${object}`,
	action: action.id,
	titre: action.titre,
	reference: action.reference,
	plan: action.plan,
	...(liste !== undefined && { liste }),
	genre
});

export interface SuggestionFilter {
	readonly plan: string | null;
	readonly quartier: string | null;
	/** T or P code. */
	readonly enjeu: string | null;
	readonly confiance: Confidence | null;
	readonly genre: SuggestionKind | null;
}

/** Kept: a reach on that quartier, and the tags of the actions that reach it. */
export function filterSuggestions(
	suggestions: readonly Suggestion[],
	placed: readonly PlacedAction[],
	{ plan, quartier, enjeu, confiance, genre }: SuggestionFilter
): Suggestion[] {
	const here =
		quartier === null ? null : new Set(placed.filter((p) => reaches(bestReach(p, [quartier]))).map((p) => p.action.id));
	return suggestions.filter(
		(s) =>
			(plan === null || entryOf(s) === plan) &&
			(enjeu === null || s.code === enjeu) &&
			(confiance === null || s.confiance === confiance) &&
			(genre === null || s.genre === genre) &&
			(here === null || (s.quartier === null ? here.has(s.action) : s.quartier === quartier))
	);
}
