import type { EnjeuxFile, LexiconFile } from '../rules/referentiel';
import type { LearntFile } from '../rules/learnt-file';
import { plain } from '../text';
import { compileLearnt, type Learnt } from './learnt';
import { rootsOfExpression, type ReadText } from './tokens';

/* The lexicon made ready to be looked up, and the search of its expressions in a text. Axes: T, P, N. */

export type Axis = 'T' | 'P' | 'N';

/** What an expression or a rule says of one code, `at` its rank in `Lexicon.codes`. */
export interface Cue {
	readonly code: string;
	readonly at: number;
	weight: number;
}

/** An expression of the lexicon, all codes together. `exact`: letters as typed (acronyms that are also words). */
interface Pattern {
	readonly id: number;
	readonly roots: readonly string[];
	readonly exact: string | null;
	readonly atStart: boolean;
	readonly weights: Readonly<Record<Axis, readonly Readonly<Cue>[]>>;
	/** Rules it has a part in: [rule, bit of its group, …]; empty for most. */
	readonly parts: readonly number[];
	/** Rules it is of the first group of. */
	readonly rules: readonly Rule[];
}

interface Draft extends Pattern {
	readonly weights: Record<Axis, Cue[]>;
	readonly parts: number[];
	readonly rules: Rule[];
}

export interface Rule {
	readonly at: number;
	readonly groups: readonly (readonly number[])[];
	/** One bit per group: all of them, and not « sauf ». */
	readonly full: number;
	readonly weights: readonly Readonly<Cue>[];
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
	/** Every code, those of an axis together, in order. */
	readonly codes: readonly string[];
	readonly codeAt: ReadonlyMap<string, number>;
	/** Where the codes of an axis stand in `codes`: from, and before. */
	readonly range: Readonly<Record<Axis, readonly [from: number, before: number]>>;
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
	/** What `plan:pcaet`… met would be. */
	readonly plans: ReadonlyMap<string, Hit>;
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
	const plans = new Map<string, Hit>();
	const { codes, codeAt, range } = rankCodes(lexique, enjeux);

	const patternOf = (expression: string): Draft => {
		const exact = expression.startsWith('=') ? expression.slice(1) : null;
		const atStart = expression.startsWith('^');
		const roots = expression.startsWith('plan:') ? [expression] : rootsOfExpression(expression.replace(/^[=^]/, ''));
		const key = `${exact ?? ''}|${atStart ? '^' : ''}|${roots.join(' ')}`;
		const known = patterns.get(key);
		if (known) return known;
		const weights = { T: [], P: [], N: [] };
		const pattern: Draft = { id: patterns.size, roots, exact, atStart, weights, parts: [], rules: [] };
		patterns.set(key, pattern);
		if (expression.startsWith('plan:')) plans.set(expression.slice(5), { pattern, from: 0, to: 0, words: '' });
		return pattern;
	};

	for (const entry of lexique.entrees) {
		const axis = entry.code[0] as Axis;
		for (const [expression, weight] of Object.entries(entry.mots)) {
			const weights = patternOf(expression).weights[axis];
			const same = weights.find(({ code }) => code === entry.code);
			if (same) same.weight = Math.max(same.weight, weight);
			else weights.push({ code: entry.code, at: codeAt.get(entry.code)!, weight });
		}
	}
	for (const [at, rule] of lexique.regles.entries()) {
		const drafts = rule.si.map((group) => group.map(patternOf));
		const weights = Object.entries(rule.poids).map(([code, weight]) => ({ code, at: codeAt.get(code)!, weight }));
		const full = (1 << drafts.length) - 1;
		const compiled = { at, groups: drafts.map((group) => group.map(({ id }) => id)), full, weights };
		for (const [rank, group] of drafts.entries()) for (const { parts } of group) parts.push(at, 1 << rank);
		for (const expression of rule.sauf) patternOf(expression).parts.push(at, UNLESS);
		for (const { rules } of new Set(drafts[0])) rules.push(compiled);
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
		codes,
		codeAt,
		range,
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

/** Every code the files know, axis after axis. */
function rankCodes(lexique: LexiconFile, { transition, ville, natures }: EnjeuxFile) {
	const said = [
		...lexique.entrees.map(({ code }) => code),
		...lexique.regles.flatMap(({ poids }) => Object.keys(poids))
	];
	const all = new Set([...[...transition, ...ville, ...natures].map(({ code }) => code), ...said]);
	const of = (axis: Axis) => [...all].filter((code) => code.startsWith(axis)).sort();
	const [t, p, n] = [of('T'), of('P'), of('N')];
	const codes = [...t, ...p, ...n];
	const range = {
		T: [0, t.length] as const,
		P: [t.length, t.length + p.length] as const,
		N: [t.length + p.length, codes.length] as const
	};
	return { codes, codeAt: new Map(codes.map((code, at) => [code, at])), range };
}

/** Every expression of the lexicon met in a text, the shorter ones inside longer ones included. */
export function findHits(read: ReadText, lexicon: Lexicon): Hit[] {
	const { words } = read;
	const hits: Hit[] = [];
	for (let from = 0; from < words.length; from++) {
		const word = words[from]!;
		const branch = lexicon.byRoot.get(word.root);
		if (branch === undefined) continue;
		if (!word.name) for (const pattern of branch.alone) keep(hits, pattern, read, from);
		const next = branch.then === null ? undefined : words[from + 1];
		const longer = next && branch.then!.get(next.root);
		if (longer === undefined) continue;
		for (const pattern of longer) if (follows(pattern.roots, words, from)) keep(hits, pattern, read, from);
	}
	return hits;
}

function keep(hits: Hit[], pattern: Pattern, { body, words }: ReadText, from: number): void {
	const word = words[from]!;
	if (pattern.atStart && from > 0) return;
	if (pattern.exact !== null && word.text !== pattern.exact) return;
	const to = from + pattern.roots.length;
	const said = to - from === 1 ? word.text : body.slice(word.start, words[to - 1]?.end);
	if (to - from === 1 || !SENTENCE_END.test(said)) hits.push({ pattern, from, to, words: said });
}

/** Are the roots of an expression there, one after the other? The first two are known to be. */
function follows(roots: readonly string[], words: ReadText['words'], from: number): boolean {
	for (let step = 2; step < roots.length; step++) if (words[from + step]?.root !== roots[step]) return false;
	return true;
}

/** Length of the longest expression that says something of an axis: a word that only a rule asks for silences nothing. */
export function longestOf(hits: readonly Hit[], axis: Axis): number {
	let longest = 0;
	for (const { pattern, from, to } of hits)
		if (to - from > longest && pattern.weights[axis].length > 0) longest = to - from;
	return longest;
}

/** Longest expressions are served first: « réseau de chaleur » silences « réseau »; one of weight 0, its own code only. */
export function isSilenced(hit: Hit, code: string, hits: readonly Hit[], axis: Axis): boolean {
	for (const other of hits) {
		if (other.to - other.from <= hit.to - hit.from || other.from > hit.from || other.to < hit.to) continue;
		for (const cue of other.pattern.weights[axis]) if (cue.code === code || cue.weight > 0) return true;
	}
	return false;
}

/** A rule met, and the words that met each of its groups. */
export interface RuleMet {
	readonly rule: Rule;
	readonly words: readonly string[];
}

/** Rules whose every group is met and whose « sauf » is not; `met`: hits of patterns that have a part in rules, each once. */
export function rulesMet(met: readonly Hit[], { marks }: Lexicon): RuleMet[] {
	const found: RuleMet[] = [];
	for (const { pattern } of met)
		for (let i = 0; i < pattern.parts.length; i += 2) marks[pattern.parts[i]!]! |= pattern.parts[i + 1]!;
	for (const { pattern } of met)
		for (const rule of pattern.rules) {
			if (marks[rule.at] !== rule.full) continue;
			// Each rule once, whichever word of its first group is met.
			marks[rule.at] = 0;
			found.push({ rule, words: wordsOf(rule, met) });
		}
	for (const { pattern } of met) for (let i = 0; i < pattern.parts.length; i += 2) marks[pattern.parts[i]!] = 0;
	return found;
}

function wordsOf({ groups }: Rule, met: readonly Hit[]): string[] {
	const words: string[] = [];
	for (const group of groups) {
		const first = group.find((id) => met.some(({ pattern }) => pattern.id === id));
		const said = met.find(({ pattern }) => pattern.id === first)!.words;
		// The plan an action is written in is no word of it.
		if (said !== '') words.push(said);
	}
	return words;
}
