import type { Champ, PlanKind } from '../action';
import { oneLine } from './cell';
import type { ChampDef, PlansFile } from '../rules/referentiel';
import { plain, stem } from '../text';

/* How well the words of a header name a field, by the synonyms of data/plans.yaml. */

/** Below this a likeness is chance. */
export const ENOUGH = 0.55;
const PLAN_BONUS = 0.02;
const REMEMBERED = 5_000;

const EMPTY_WORDS = new Set(
	'de du des d la le les l a au aux en et ou par pour sur un une son sa ses ce ht ttc hors taxes taxe euro euros eur ke me k milliers millions'.split(
		' '
	)
);

interface Words {
	readonly plain: string;
	/** Words that mean something, singular and plural alike. */
	readonly stems: readonly string[];
}

interface Synonym extends Words {
	readonly champ: Champ;
	readonly ofPlan: boolean;
}

interface Lexicon {
	readonly synonyms: readonly Synonym[];
	readonly refused: ReadonlyMap<Champ, readonly Words[]>;
	readonly defs: ReadonlyMap<Champ, ChampDef>;
	readonly known: Map<string, readonly FieldScore[]>;
}

export interface FieldScore {
	readonly champ: Champ;
	/** 0 to 1. */
	readonly score: number;
}

/** Header as it is compared: one line, « montantAccorde » in two words, no bracketed hint, no « ·e », no mark of an obligatory column. */
export function bareHeader(header: string): string {
	const text = oneLine(header)
		.replace(/[·•]\p{L}{1,3}/gu, '')
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
	const bare = text
		.replace(/\([^)]*\)/g, ' ')
		.replace(/[*:]/g, ' ')
		.trim();
	return plain(bare) === '' ? text : bare;
}

function wordsOf(text: string): Words {
	const folded = plain(bareHeader(text));
	const stems = folded
		.split(' ')
		.filter((word) => word !== '' && !EMPTY_WORDS.has(word) && !/^\d{1,4}$/.test(word))
		.map(stem);
	return { plain: folded, stems };
}

const lexicons = new WeakMap<PlansFile, Map<PlanKind, Lexicon>>();

function lexiconOf(plans: PlansFile, plan: PlanKind): Lexicon {
	const byPlan = lexicons.get(plans) ?? new Map<PlanKind, Lexicon>();
	lexicons.set(plans, byPlan);
	const known = byPlan.get(plan);
	if (known) return known;
	const own = plans.types.find((type) => type.code === plan)?.synonymes ?? {};
	const synonyms = plans.champs.flatMap((def) => [
		...(own[def.champ] ?? []).map((text) => ({ ...wordsOf(text), champ: def.champ, ofPlan: true })),
		...[def.libelle, def.champ, ...def.synonymes].map((text) => ({ ...wordsOf(text), champ: def.champ, ofPlan: false }))
	]);
	const lexicon: Lexicon = {
		synonyms: synonyms.filter((s) => s.plain !== ''),
		refused: new Map(plans.champs.map((def) => [def.champ, def.pas.map(wordsOf)])),
		defs: new Map(plans.champs.map((def) => [def.champ, def])),
		known: new Map()
	};
	byPlan.set(plan, lexicon);
	return lexicon;
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
	const words = wordsOf(header);
	const known = lexicon.known.get(words.plain);
	if (known) return known;

	const best = new Map<Champ, number>();
	for (const synonym of lexicon.synonyms) {
		const raw = likeness(words, synonym);
		if (raw < ENOUGH) continue;
		if (!synonym.ofPlan && excluded(words, lexicon.refused.get(synonym.champ) ?? [])) continue;
		const score = synonym.ofPlan ? raw + PLAN_BONUS : raw;
		if (score > (best.get(synonym.champ) ?? 0)) best.set(synonym.champ, score);
	}
	const scores = [...best].map(([champ, score]) => ({ champ, score })).sort((a, b) => b.score - a.score);
	// Cells of data are tried as headers too: they must not pile up from one file to the next.
	if (lexicon.known.size >= REMEMBERED) lexicon.known.clear();
	lexicon.known.set(words.plain, scores);
	return scores;
}

function likeness(header: Words, synonym: Words): number {
	if (header.plain === synonym.plain || header.plain.replaceAll(' ', '') === synonym.plain.replaceAll(' ', ''))
		return 1;
	const [a, b] = [header.stems, synonym.stems];
	if (a.length === 0 || b.length === 0) return 0;
	if (a.length === b.length && a.every((word, i) => word === b[i])) return 0.95;
	// Two letters inside a longer header prove nothing.
	if (b.join('').length < 3) return 0;
	const coverage = b.length / a.length;
	const at = indexOfRun(a, b);
	// One word out of several, « nom » of « nom de la région », is only a clue.
	const weak = b.length === 1 ? 0.07 : 0;
	if (at === 0) return 0.62 - weak + 0.25 * coverage;
	if (at > 0) return 0.5 - weak + 0.25 * coverage;
	const shared = b.filter((word) => a.includes(word) && word.length > 3).length;
	const union = new Set([...a, ...b]).size;
	return shared === 0 ? 0 : 0.35 + 0.45 * (shared / union);
}

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
