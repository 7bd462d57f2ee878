import type { EnjeuxFile, LexiconFile } from '../rules/referentiel';
import type { LearntFile } from '../rules/learnt-file';
import { plain } from '../text';
import { compileLearnt, type Learnt } from './learnt';
import { rootsOfExpression, type ReadText } from './tokens';

/* The lexicon made ready to be looked up, and the search of its expressions in a text. Axes: T, P, N. */

export type Axis = 'T' | 'P' | 'N';

/** An expression of the lexicon, all codes together. `exact`: letters as typed (acronyms that are also words). */
interface Pattern {
	readonly id: number;
	readonly roots: readonly string[];
	readonly exact: string | null;
	readonly atStart: boolean;
	readonly weights: Readonly<Record<Axis, readonly (readonly [code: string, weight: number])[]>>;
}

type Draft = Omit<Pattern, 'weights'> & { readonly weights: Record<Axis, [code: string, weight: number][]> };

interface Rule {
	readonly at: number;
	readonly groups: readonly (readonly number[])[];
	/** One bit per group: all of them, and not « sauf ». */
	readonly full: number;
	readonly weights: readonly (readonly [code: string, weight: number])[];
}

/** Bit of « sauf ». */
const UNLESS = 1 << 30;

/** Patterns by their first root, then by their second. */
interface Branch {
	readonly alone: Pattern[];
	readonly then: ReadonlyMap<string, Pattern[]> | null;
}

export interface Lexicon {
	readonly byRoot: ReadonlyMap<string, Branch>;
	/** Rules by the patterns of their first group. */
	readonly rules: ReadonlyMap<number, readonly Rule[]>;
	/** Pattern → [rule, bit of its group, …]. */
	readonly parts: ReadonlyMap<number, readonly number[]>;
	/** By rule, the bits met in the text being read; back to zero after each. */
	readonly marks: Int32Array;
	readonly threshold: number;
	readonly maxCodes: number;
	readonly titleWeight: number;
	readonly descriptionWeight: number;
	/** Weight from which the words that say a nature are solid. */
	readonly solidNature: number;
	/** Folded sector → transition codes it declares. */
	readonly sectors: ReadonlyMap<string, readonly string[]>;
	/** Folded code, label or short label → code. */
	readonly names: ReadonlyMap<string, string>;
	/** Codes that only accompany or replace a thematic one (T13, P14…). */
	readonly crosscutting: ReadonlySet<string>;
	/** Pattern id of `plan:pcaet`… */
	readonly plans: ReadonlyMap<string, number>;
	readonly learnt: Learnt | null;
}

/** What a text says: patterns met, and the words of the text that met them. */
export interface Hit {
	readonly pattern: Pattern;
	/** Rank of its first meaning word in the text. */
	readonly from: number;
	readonly to: number;
	readonly words: string;
}

/** Two sentences never make one expression. */
const SENTENCE_END = /;|[.!?]\s/;

/** `appris`: what labelled titles teach of each word. */
interface LexiconFiles {
	readonly lexique: LexiconFile;
	readonly enjeux: EnjeuxFile;
	readonly appris?: LearntFile;
}

/**
 * Makes the lexicon ready: roots instead of words, one search table for all codes.
 * in     « mots » may be expressions; `=PRE` asks for these very letters, `^créer` for the start of the text,
 *        `plan:plh` (in a rule) for an action of that plan
 * never  throws on a validated file
 * ref    data/lexique.yaml, data/enjeux.yaml, data/appris.yaml
 */
export function compileLexicon({ lexique, enjeux, appris }: LexiconFiles): Lexicon {
	const patterns = new Map<string, Draft>();
	const plans = new Map<string, number>();

	const patternOf = (expression: string): Draft => {
		const exact = expression.startsWith('=') ? expression.slice(1) : null;
		const atStart = expression.startsWith('^');
		const roots = expression.startsWith('plan:') ? [expression] : rootsOfExpression(expression.replace(/^[=^]/, ''));
		const key = `${exact ?? ''}|${atStart ? '^' : ''}|${roots.join(' ')}`;
		const known = patterns.get(key);
		if (known) return known;
		const pattern: Draft = { id: patterns.size, roots, exact, atStart, weights: { T: [], P: [], N: [] } };
		patterns.set(key, pattern);
		if (expression.startsWith('plan:')) plans.set(expression.slice(5), pattern.id);
		return pattern;
	};

	for (const entry of lexique.entrees) {
		const axis = entry.code[0] as Axis;
		for (const [expression, weight] of Object.entries(entry.mots)) {
			const weights = patternOf(expression).weights[axis];
			const same = weights.find(([code]) => code === entry.code);
			if (same) same[1] = Math.max(same[1], weight);
			else weights.push([entry.code, weight]);
		}
	}
	const rules = new Map<number, Rule[]>();
	const parts = new Map<number, number[]>();
	for (const [at, rule] of lexique.regles.entries()) {
		const groups = rule.si.map((group) => group.map((expression) => patternOf(expression).id));
		const compiled = { at, groups, full: (1 << groups.length) - 1, weights: Object.entries(rule.poids) };
		const part = (id: number, bit: number) => parts.set(id, [...(parts.get(id) ?? []), at, bit]);
		for (const [rank, ids] of groups.entries()) for (const id of ids) part(id, 1 << rank);
		for (const expression of rule.sauf) part(patternOf(expression).id, UNLESS);
		for (const id of new Set(compiled.groups[0])) rules.set(id, [...(rules.get(id) ?? []), compiled]);
	}

	const byRoot = new Map<string, { alone: Pattern[]; then: Map<string, Pattern[]> | null }>();
	for (const pattern of patterns.values()) {
		const [first, second] = pattern.roots;
		if (first === undefined) continue;
		const branch = byRoot.get(first) ?? { alone: [], then: null };
		byRoot.set(first, branch);
		if (second === undefined) branch.alone.push(pattern);
		else {
			branch.then ??= new Map();
			const own = branch.then.get(second);
			if (own) own.push(pattern);
			else branch.then.set(second, [pattern]);
		}
	}

	const all = [...enjeux.transition, ...enjeux.ville];
	const sectors = new Map<string, string[]>();
	for (const enjeu of enjeux.transition)
		for (const sector of enjeu.secteurs)
			sectors.set(plain(sector), [...(sectors.get(plain(sector)) ?? []), enjeu.code]);
	const names = new Map<string, string>();
	for (const { code, libelle, court } of all) for (const name of [code, libelle, court]) names.set(plain(name), code);
	for (const { code, libelle } of enjeux.natures) for (const name of [code, libelle]) names.set(plain(name), code);

	return {
		byRoot,
		rules,
		parts,
		marks: new Int32Array(lexique.regles.length),
		threshold: lexique.seuil,
		maxCodes: lexique.max_codes,
		titleWeight: lexique.poids_titre,
		descriptionWeight: lexique.poids_description,
		solidNature: lexique.confiance.solide.nature,
		sectors,
		names,
		crosscutting: new Set(all.filter((enjeu) => enjeu.famille === 'transversal').map((enjeu) => enjeu.code)),
		plans,
		learnt: appris ? compileLearnt(appris) : null
	};
}

/** Every expression of the lexicon met in a text, the shorter ones inside longer ones included. */
export function findHits({ body, words }: ReadText, lexicon: Lexicon): Hit[] {
	const hits: Hit[] = [];
	for (let from = 0; from < words.length; from++) {
		const word = words[from]!;
		const branch = lexicon.byRoot.get(word.root);
		if (branch === undefined) continue;
		if (!word.name) for (const pattern of branch.alone) keep(pattern, from);
		const next = branch.then === null ? undefined : words[from + 1];
		const longer = next && branch.then!.get(next.root);
		if (longer === undefined) continue;
		for (const pattern of longer) if (follows(pattern.roots, words, from)) keep(pattern, from);
	}
	return hits;

	function keep(pattern: Pattern, from: number): void {
		const word = words[from]!;
		if (pattern.atStart && from > 0) return;
		if (pattern.exact !== null && word.text !== pattern.exact) return;
		const to = from + pattern.roots.length;
		const said = body.slice(word.start, words[to - 1]?.end);
		if (to - from === 1 || !SENTENCE_END.test(said)) hits.push({ pattern, from, to, words: said });
	}
}

/** Are the roots of an expression there, one after the other? The first two are known to be. */
function follows(roots: readonly string[], words: ReadText['words'], from: number): boolean {
	for (let step = 2; step < roots.length; step++) if (words[from + step]?.root !== roots[step]) return false;
	return true;
}

/**
 * What the hits of one axis are worth, longest expressions first served: « réseau de chaleur » silences « réseau ».
 * An expression of weight 0 silences its own code only.
 */
export function eachCue(
	hits: readonly Hit[],
	axis: Axis,
	visit: (hit: Hit, code: string, weight: number) => void
): void {
	let longest = 0;
	// A word that only a rule asks for says nothing here, and silences nothing.
	for (const { pattern, from, to } of hits)
		if (pattern.weights[axis].length > 0) longest = Math.max(longest, to - from);
	for (const hit of hits) {
		const longer = hit.to - hit.from < longest;
		for (const [code, weight] of hit.pattern.weights[axis])
			if (!longer || !isSilenced(hit, code, hits, axis)) visit(hit, code, weight);
	}
}

function isSilenced(hit: Hit, code: string, hits: readonly Hit[], axis: Axis): boolean {
	for (const other of hits) {
		if (other.to - other.from <= hit.to - hit.from || other.from > hit.from || other.to < hit.to) continue;
		for (const [its, weight] of other.pattern.weights[axis]) if (its === code || weight > 0) return true;
	}
	return false;
}

/** Rules whose every group is met and whose « sauf » is not. */
export function rulesMet(
	met: ReadonlyMap<number, string>,
	{ rules, parts, marks }: Lexicon
): { rule: Rule; words: string[] }[] {
	const found: { rule: Rule; words: string[] }[] = [];
	for (const id of met.keys()) {
		const own = parts.get(id);
		if (own !== undefined) for (let i = 0; i < own.length; i += 2) marks[own[i]!]! |= own[i + 1]!;
	}
	for (const id of met.keys()) {
		const own = rules.get(id);
		if (own === undefined) continue;
		for (const rule of own) {
			if (marks[rule.at] !== rule.full) continue;
			// Each rule once, whichever word of its first group is met.
			marks[rule.at] = 0;
			const words = rule.groups.map((group) => met.get(group.find((other) => met.has(other))!)!);
			found.push({ rule, words: words.filter((word) => word !== '') });
		}
	}
	for (const id of met.keys()) {
		const own = parts.get(id);
		if (own !== undefined) for (let i = 0; i < own.length; i += 2) marks[own[i]!] = 0;
	}
	return found;
}
