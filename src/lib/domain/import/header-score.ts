import type { Champ, PlanKind } from '../action';
import type { ChampDef, PlansFile } from '../rules/referentiel';
import { bareHeader, isBareName, isCutOf, isNaming, vocabularyOf, wordsOf, type Words } from './header-words';

/* How well the words of a header name a field, by the synonyms of data/plans.yaml. */

/** Below this a likeness is chance. */
export const ENOUGH = 0.55;
const PLAN_BONUS = 0.02;
const WEAK = 0.9;
/** « Région » is more often a place. */
const PAYER = 0.6;
/** The same words, the small ones apart. */
const SAME = 0.95;
const REMEMBERED = 5_000;
/** Half of a header is known for sure, or not at all. */
const SURE_PART = 0.9;
const LONGEST_PAIR = 60;

interface Synonym extends Words {
	readonly champ: Champ;
	readonly ofPlan: boolean;
	/** Below 1, names the field when no other column does it better, and only by these very words. */
	readonly weight: number;
}

interface Lexicon {
	readonly synonyms: readonly Synonym[];
	/** Synonyms by each of their roots, and by their letters without spaces: the only ones a header may be like. */
	readonly byStem: ReadonlyMap<string, readonly Synonym[]>;
	readonly byLetters: ReadonlyMap<string, readonly Synonym[]>;
	readonly refused: ReadonlyMap<Champ, readonly Words[]>;
	readonly defs: ReadonlyMap<Champ, ChampDef>;
	readonly known: Map<string, readonly FieldScore[]>;
}

export interface FieldScore {
	readonly champ: Champ;
	/** 0 to 1. */
	readonly score: number;
}

const lexicons = new WeakMap<PlansFile, Map<PlanKind, Lexicon>>();

function lexiconOf(plans: PlansFile, plan: PlanKind): Lexicon {
	const byPlan = lexicons.get(plans) ?? new Map<PlanKind, Lexicon>();
	lexicons.set(plans, byPlan);
	const known = byPlan.get(plan);
	if (known) return known;
	const own = plans.types.find((type) => type.code === plan)?.synonymes ?? {};
	const vocabulary = vocabularyOf(plans);
	const words = (text: string): Words => wordsOf(text, vocabulary);
	const synonyms = plans.champs.flatMap((def) => [
		...(own[def.champ] ?? []).map((text) => ({ ...words(text), champ: def.champ, ofPlan: true, weight: 1 })),
		...[def.libelle, def.champ, ...def.synonymes].map((text) => ({
			...words(text),
			champ: def.champ,
			ofPlan: false,
			weight: 1
		})),
		...def.faibles.map((text) => ({ ...words(text), champ: def.champ, ofPlan: false, weight: WEAK }))
	]);
	const payers = plans.payeurs.map((text) => ({
		...words(text),
		champ: 'financements' as const,
		ofPlan: false,
		weight: PAYER
	}));
	const all: readonly Synonym[] = [...synonyms, ...payers].filter((s) => s.plain !== '');
	const lexicon: Lexicon = {
		synonyms: all,
		byStem: indexed(all, (s) => s.stems),
		byLetters: indexed(all, (s) => [squashed(s)]),
		refused: new Map(plans.champs.map((def) => [def.champ, def.pas.map(words)])),
		defs: new Map(plans.champs.map((def) => [def.champ, def])),
		known: new Map()
	};
	byPlan.set(plan, lexicon);
	return lexicon;
}

const squashed = ({ plain }: Words): string => plain.replaceAll(' ', '');

function indexed(all: readonly Synonym[], keysOf: (s: Synonym) => readonly string[]): Map<string, Synonym[]> {
	const index = new Map<string, Synonym[]>();
	for (const synonym of all)
		for (const key of new Set(keysOf(synonym))) {
			const known = index.get(key);
			if (known) known.push(synonym);
			else index.set(key, [synonym]);
		}
	return index;
}

/** Synonyms that share a root with a header, or all its letters; a cut header may be the beginning of any. */
function alike(words: Words, { synonyms, byStem, byLetters }: Lexicon): Iterable<Synonym> {
	if (words.cut) return synonyms;
	return new Set([...(byLetters.get(squashed(words)) ?? []), ...words.stems.flatMap((stem) => byStem.get(stem) ?? [])]);
}

export const fieldDef = (champ: Champ, plans: PlansFile, plan: PlanKind): ChampDef | null =>
	lexiconOf(plans, plan).defs.get(champ) ?? null;

/**
 * Fields a header may name, best first, one score per field.
 * in     a header as written; synonyms of the plan type weigh a little more than the common ones
 * out    exact words > same words without « de, la, HT » > starts with > contains > shares roots; [] when nothing reaches `ENOUGH`
 */
export function scoreHeader(header: string, plans: PlansFile, plan: PlanKind): readonly FieldScore[] {
	const lexicon = lexiconOf(plans, plan);
	const words = wordsOf(header, vocabularyOf(plans));
	const key = words.cut ? `${words.plain}…` : words.plain;
	const known = lexicon.known.get(key);
	if (known) return known;

	const best = new Map<Champ, number>();
	for (const synonym of alike(words, lexicon)) {
		const raw = likeness(words, synonym);
		if (raw < ENOUGH) continue;
		if (!synonym.ofPlan && excluded(words, lexicon.refused.get(synonym.champ) ?? [])) continue;
		const score = raw * synonym.weight + (synonym.ofPlan ? PLAN_BONUS : 0);
		if (score < ENOUGH || (synonym.weight < 1 && raw < SAME)) continue;
		if (score > (best.get(synonym.champ) ?? 0)) best.set(synonym.champ, score);
	}
	for (const [part, share] of partsOf(header))
		for (const { champ, score } of scoreHeader(part, plans, plan)) {
			if (score < SURE_PART || excluded(words, lexicon.refused.get(champ) ?? [])) continue;
			if (score * share > (best.get(champ) ?? 0)) best.set(champ, score * share);
		}
	const scores = [...best].map(([champ, score]) => ({ champ, score })).sort((a, b) => b.score - a.score);
	// Cells of data are tried as headers too: they must not pile up from one file to the next.
	if (lexicon.known.size >= REMEMBERED) lexicon.known.clear();
	lexicon.known.set(key, scores);
	return scores;
}

/** « Co-pilotes et partenaires », « Porteur / pilote »: each of the two, the first one rather. */
function partsOf(header: string): readonly (readonly [string, number])[] {
	if (header.length > LONGEST_PAIR) return [];
	const parts = bareHeader(header)
		.split(/\s+(?:et|ou|&)\s+|\s*[/+]\s*/i)
		.filter((part) => part.trim() !== '');
	return parts.length === 2 ? [[parts[0]!, 0.87] as const, [parts[1]!, 0.82] as const] : [];
}

function likeness(header: Words, synonym: Words): number {
	if (header.plain === synonym.plain || squashed(header) === squashed(synonym)) return 1;
	const [a, b] = [header.stems, synonym.stems];
	if (a.length === 0 || b.length === 0) return 0;
	if (sameRun(a, b)) return SAME;
	if (isCutOf(header, synonym)) return 0.9;
	if (header.core.length > 0 && sameRun(header.core, synonym.core))
		return synonym.core.length === b.length ? 0.92 : 0.8;
	if (isBareName(header) && isBareName(synonym) && header.whole[0] === synonym.whole[0]) return 0.92;
	// Two letters inside a longer header prove nothing.
	if (b.join('').length < 3 || isNaming(synonym)) return 0;
	const coverage = b.length / a.length;
	const at = indexOfRun(a, b);
	// One word out of several, « nom » of « nom de la région », is only a clue.
	const [weak, strong] = b.length === 1 ? [0.07, 0] : [0, 0.06];
	if (at === 0) return 0.62 - weak + strong + 0.25 * coverage;
	if (at > 0) return 0.5 - weak + 0.25 * coverage;
	const shared = b.filter((word) => a.includes(word) && word.length > 3).length;
	const union = new Set([...a, ...b]).size;
	return shared < 2 ? 0 : 0.35 + 0.45 * (shared / union);
}

const sameRun = (a: readonly string[], b: readonly string[]): boolean =>
	a.length === b.length && a.every((word, i) => word === b[i]);

/** « pas » : the header says exactly that, or starts with it. */
function excluded(header: Words, refused: readonly Words[]): boolean {
	return refused.some(
		(words) =>
			header.plain === words.plain ||
			header.plain.startsWith(`${words.plain} `) ||
			(words.stems.length > 1 && indexOfRun(header.stems, words.stems) >= 0)
	);
}

function indexOfRun(words: readonly string[], run: readonly string[]): number {
	for (let at = 0; at + run.length <= words.length; at++) if (run.every((word, i) => words[at + i] === word)) return at;
	return -1;
}
