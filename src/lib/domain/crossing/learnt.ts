import type { PlanKind } from '../action';
import type { LearntFile } from '../rules/learnt-file';
import type { Tag } from './place';
import { rootsOfExpression, type ReadText } from './tokens';

/* What titles labelled by hand teach of each word: the second voice, heard only where the lexicon says nothing. */

export interface Learnt {
	readonly axes: Readonly<Record<keyof LearntFile['seuil'], LearntAxis>>;
	/** Likelihood asked for in the actions of a plan, by axis, where it is not that of the axis. */
	readonly plans: ReadonlyMap<string, Partial<LearntFile['seuil']>>;
}

interface LearntAxis {
	/** Likelihood from which a code is proposed. */
	readonly least: number;
	readonly codes: readonly string[];
	readonly start: readonly number[];
	/** Root, or « ^root » at the head of a title → positions in `codes`, with their weights. */
	readonly byRoot: ReadonlyMap<string, readonly (readonly [at: number, weight: number])[]>;
}

export function compileLearnt(file: LearntFile): Learnt {
	const axis = (letter: keyof LearntFile['seuil']): LearntAxis => {
		const codes = Object.keys(file.depart).filter((code) => code.startsWith(letter));
		const byRoot = new Map<string, [number, number][]>();
		for (const [at, code] of codes.entries())
			for (const [word, weight] of Object.entries(file.poids[code] ?? {})) {
				const head = word.startsWith('^') ? '^' : '';
				const [root] = rootsOfExpression(word.slice(head.length));
				if (root === undefined) continue;
				const own = byRoot.get(head + root);
				if (own) own.push([at, weight]);
				else byRoot.set(head + root, [[at, weight]]);
			}
		return { least: file.seuil[letter], codes, start: codes.map((code) => file.depart[code]!), byRoot };
	};
	return { axes: { T: axis('T'), P: axis('P'), N: axis('N') }, plans: new Map(Object.entries(file.seuil_plan)) };
}

/** Words of a title that teach something, each once: names of places and numbers do not. */
export function tellingWords({ words }: ReadText): readonly { readonly root: string; readonly text: string }[] {
	const seen = new Set<string>();
	return words.filter(({ root, name }) => {
		if (name || root.length < 2 || /^\d/.test(root) || seen.has(root)) return false;
		seen.add(root);
		return true;
	});
}

/** Words shown as the reason, the strongest. */
const SHOWN = 3;

/**
 * The likeliest code of a title, when it is likely enough to be proposed.
 * in     `refused`: a word of the lexicon pleads against that code; `plan`: where the action is written, when it is known
 * out    its likelihood as `score`, and the words of the title that speak for it; null when nothing is likely, or when no word
 *        says it: a habit of titles is no reading of this one
 */
export function hearAlone(
	axis: keyof LearntFile['seuil'],
	title: ReadText,
	learnt: Learnt | null,
	refused: (code: string) => boolean,
	plan?: PlanKind
): Tag | null {
	if (learnt === null) return null;
	const { codes, start, byRoot, ...own } = learnt.axes[axis];
	const least = (plan && learnt.plans.get(plan)?.[axis]) ?? own.least;
	// Nothing is ever that likely: most titles stop here.
	if (least >= 1) return null;
	const sums = start.slice();
	const said = tellingWords(title);
	for (let i = 0; i < said.length; i++)
		for (const part of partsOf(byRoot, said[i]!.root, i)) for (const [at, weight] of part) sums[at]! += weight;
	const best = sums.indexOf(Math.max(...sums));
	const likelihood = 1 / (1 + Math.exp(-sums[best]!));
	if (likelihood < least || refused(codes[best]!)) return null;
	const words = said
		.map(({ root, text }, i) => ({
			text,
			weight: partsOf(byRoot, root, i)
				.flat()
				.reduce((sum, [at, w]) => (at === best ? sum + w : sum), 0)
		}))
		.filter(({ weight }) => weight > 0)
		.sort((a, b) => b.weight - a.weight)
		.slice(0, SHOWN);
	if (words.length === 0) return null;
	return {
		code: codes[best]!,
		score: hundredths(likelihood),
		mots: words.map(({ text }) => text),
		poids: words.map(({ weight }) => hundredths(weight)),
		par: 'appris'
	};
}

const NOTHING: readonly (readonly [at: number, weight: number])[] = [];

/** What a word teaches, and what it teaches more at the head of a title. */
const partsOf = (byRoot: LearntAxis['byRoot'], root: string, at: number) =>
	at === 0 ? [byRoot.get(root) ?? NOTHING, byRoot.get(`^${root}`) ?? NOTHING] : [byRoot.get(root) ?? NOTHING];

const hundredths = (value: number): number => Math.round(value * 100) / 100;
