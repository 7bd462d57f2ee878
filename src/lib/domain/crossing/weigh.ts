import type { PlanKind } from '../action';
import { withoutFormerName, withoutFormerUse } from './former-use';
import { isSilenced, longestOf, rulesMet, type Axis, type Hit, type Lexicon, type RuleMet } from './lexicon';
import type { ReadText } from './tokens';

/* What the words of an action weigh for each code. Sixty thousand titles pass here: nothing is made that is not kept. */

export interface Weighed {
	score: number;
	/** Part that does not come from the title, kept under a ceiling. */
	aside: number;
	/** Of that part, what the axis alone says. */
	filed: number;
	/** Sum of what pleads against. */
	against: number;
	/** Each once, and what each weighs: a title has few, a list of them is lighter than a map. */
	mots: string[];
	poids: number[];
	declared: boolean;
}

/** By rank of code in the lexicon; nothing where no word speaks of it. */
export type Scales = (Weighed | undefined)[];

const AXES = ['T', 'P', 'N'] as const;
const NONE: readonly Hit[] = [];

const NO_WORD: string[] = [];
const NO_WEIGHT: number[] = [];

export const unweighed = (): Weighed => ({
	score: 0,
	aside: 0,
	filed: 0,
	against: 0,
	mots: NO_WORD,
	poids: NO_WEIGHT,
	declared: false
});

/** Of what is said around a title, what its description says. */
export const described = ({ aside, filed }: Weighed): number => aside - filed;

export function hear(entry: Weighed, word: string, weight: number): void {
	if (entry.mots.length === 0) {
		// Made with its word: a list made empty keeps room for seventeen.
		entry.mots = [word];
		entry.poids = [weight];
		return;
	}
	const at = entry.mots.indexOf(word);
	if (at < 0) {
		entry.mots.push(word);
		entry.poids.push(weight);
	} else entry.poids[at]! += weight;
}

/**
 * in     hits of a title, of its description and of the axis it is filed under; `read`: the title, when a former use may be told in it
 * out    what is said of each code, before any declaration
 * ref    data/lexique.yaml: poids_titre, poids_description, regles
 */
export function weigh(
	title: readonly Hit[],
	description: readonly Hit[],
	axe: readonly Hit[],
	plan: PlanKind | undefined,
	lexicon: Lexicon,
	read?: ReadText
): Scales {
	const scales: Scales = new Array<undefined>(lexicon.codes.length).fill(undefined);
	const { titleWeight, descriptionWeight } = lexicon;
	const said: Record<Axis, Hit[]> = { T: [], P: [], N: [] };
	for (const axis of AXES) {
		const hits =
			!read || axis === 'N'
				? title
				: axis === 'P'
					? withoutFormerUse(title, read, lexicon.threshold)
					: withoutFormerName(title, read);
		take(scales, said[axis], axis, hits, titleWeight, false);
	}
	const met = partsMet(NONE, title);
	const planned = plan === undefined ? undefined : lexicon.plans.get(plan);
	if (planned !== undefined) met.push(planned);
	const inTitle = met.length === 0 ? [] : rulesMet(met, lexicon);
	follow(scales, inTitle, titleWeight, false, false);
	if (description.length === 0 && axe.length === 0) return scales;
	// « Étude… » under the axis « Construire… » is a study: what surrounds a title never says against it what is done.
	const titleSaysNature = saysNature(scales, lexicon);
	const known = new Set(inTitle.map(({ rule }) => rule));
	let around = met;
	for (const aside of [description, axe]) {
		if (aside.length === 0) continue;
		const before = aside === axe && scales.map((entry) => entry && { aside: entry.aside, against: entry.against });
		for (const axis of AXES)
			if (axis !== 'N' || !titleSaysNature) take(scales, said[axis], axis, aside, descriptionWeight, true);
		around = partsMet(aside, around);
		const besides = rulesMet(around, lexicon).filter(({ rule }) => !known.has(rule));
		for (const { rule } of besides) known.add(rule);
		follow(scales, besides, descriptionWeight, true, titleSaysNature);
		if (before) file(scales, before, lexicon.threshold);
	}
	return scales;
}

/** What the axis alone says. It never pleads against what the title says by itself: « Bâtiments et énergie » undoes no solar roof. */
function file(
	scales: Scales,
	before: readonly (Pick<Weighed, 'aside' | 'against'> | undefined)[],
	enough: number
): void {
	for (const [at, entry] of scales.entries()) {
		if (!entry) continue;
		const { aside, against } = before[at] ?? { aside: 0, against: 0 };
		if (entry.score >= enough) {
			entry.aside -= entry.against - against;
			entry.against = against;
		}
		entry.filed = entry.aside - aside;
	}
}

function add(scales: Scales, at: number, weight: number, isAside: boolean): Weighed {
	const entry = (scales[at] ??= unweighed());
	if (isAside) entry.aside += weight;
	else entry.score += weight;
	if (weight < 0) entry.against += weight;
	return entry;
}

/** `said`: hits already heard on this axis, one per expression. Said twice is not said louder. */
function take(scales: Scales, said: Hit[], axis: Axis, hits: readonly Hit[], factor: number, isAside: boolean): void {
	const longest = longestOf(hits, axis);
	if (longest === 0) return;
	for (const hit of hits) {
		const longer = hit.to - hit.from < longest;
		for (const { code, at, weight } of hit.pattern.weights[axis]) {
			if (longer && isSilenced(hit, code, hits, axis)) continue;
			if (!firstSaid(said, hit)) continue;
			const own = weight * factor * (axis === 'N' ? headWeight(hit, isAside) : 1);
			const entry = add(scales, at, own, isAside);
			if (own > 0) hear(entry, hit.words, own);
		}
	}
}

function firstSaid(said: Hit[], hit: Hit): boolean {
	for (const one of said) if (one.pattern === hit.pattern) return one === hit;
	said.push(hit);
	return true;
}

/** `silent`: codes of nature are told by the title alone. */
function follow(scales: Scales, rules: readonly RuleMet[], factor: number, isAside: boolean, silent: boolean): void {
	for (const { rule, words } of rules)
		for (const { code, at, weight } of rule.weights) {
			if (silent && code.startsWith('N')) continue;
			const entry = add(scales, at, weight * factor, isAside);
			if (weight * factor > 0) for (const word of words) hear(entry, word, (weight * factor) / words.length);
		}
}

function saysNature(scales: Scales, { range, threshold }: Lexicon): boolean {
	for (let at = range.N[0]; at < range.N[1]; at++) if ((scales[at]?.score ?? 0) >= threshold) return true;
	return false;
}

/** The first words of a title tell what is done; the next ones, to what. */
function headWeight(hit: Hit, isAside: boolean): number {
	if (isAside) return 0.5;
	return hit.from === 0 ? 2 : hit.from === 1 ? 1.5 : hit.from === 2 ? 1.2 : 1;
}

/** First hit of each expression that has a part in rules; where both texts say it, in the words of the title. */
function partsMet(aside: readonly Hit[], title: readonly Hit[]): Hit[] {
	const met: Hit[] = [];
	for (const hit of aside) if (hit.pattern.parts.length > 0 && !among(met, hit)) met.push(hit);
	const own = met.length;
	for (const hit of title) {
		if (hit.pattern.parts.length === 0) continue;
		const at = met.findIndex(({ pattern }) => pattern === hit.pattern);
		if (at < 0) met.push(hit);
		else if (at < own) met[at] = hit;
	}
	return met;
}

const among = (met: readonly Hit[], { pattern }: Hit): boolean => met.some((one) => one.pattern === pattern);
