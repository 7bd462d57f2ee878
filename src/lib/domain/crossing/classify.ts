import type { PlanKind } from '../action';
import { hearAlone } from './learnt';
import { eachCue, findHits, rulesMet, type Axis, type Hit, type Lexicon } from './lexicon';
import { withoutFormerUse } from './former-use';
import type { Tag } from './place';
import { readText, type ReadText } from './tokens';
import { plain } from '../text';

export { compileLexicon, type Lexicon } from './lexicon';

/** What an action says of itself. Only the title is needed. */
export interface ClassifyInput {
	readonly titre: string;
	readonly description?: string | null;
	readonly secteurs?: readonly string[];
	readonly axe?: string | null;
	readonly enjeuxDeclares?: readonly string[];
	readonly natureDeclaree?: string | null;
	readonly plan?: PlanKind;
	/** Values of the file's own columns that a person mapped to enjeux, with those enjeux. */
	readonly prioritesLocales?: readonly Declared[];
}

/** A declared theme and what it stands for: a « secteur » of the ADEME, or a local axis mapped by a person. */
export interface Declared {
	readonly mot: string;
	readonly codes: readonly string[];
}

export interface Classification {
	/** Best first, a sure theme before a crosscutting enjeu; [] when the action says nothing of that world. */
	readonly transition: readonly Tag[];
	/** Best first. */
	readonly ville: readonly Tag[];
	readonly nature: Tag | null;
}

interface Weighed {
	score: number;
	/** Part that does not come from the title, kept under a ceiling. */
	aside: number;
	/** Sum of what pleads against. */
	against: number;
	/** Each once, and what each weighs: a title has few, a list of them is lighter than a map. */
	mots: string[];
	poids: number[];
	declared: boolean;
}

const AXES = ['T', 'P', 'N'] as const;

const unweighed = (): Weighed => ({ score: 0, aside: 0, against: 0, mots: [], poids: [], declared: false });

function hear(entry: Weighed, word: string, weight: number): void {
	const at = entry.mots.indexOf(word);
	if (at < 0) {
		entry.mots.push(word);
		entry.poids.push(weight);
	} else entry.poids[at]! += weight;
}

const CEILING = 9;
/** A description never says more than a strong word of a title. */
const ASIDE_CEILING = 2.5;
/** Weight of a word that decides alone. */
const DECIDES = 3;
/** A code far under the best one is noise; on the ville axis, a second at two thirds of the first is right one time in two. */
const NEAR_BEST = { T: 0.6, P: 0.7 };
const NEAR_CROSS = 0.8;
/** Beside a better one, a code said more faintly is wrong four times in ten. */
const SECOND = { T: DECIDES, P: 2.5 };
/** A declared sector weighs as much as the threshold when it stands for one enjeu alone. */
const SECTOR = 1;

/**
 * Which enjeux and which nature an action has, with the words that say so.
 * in     a title and whatever else the file declares; a lexicon made once by `compileLexicon`
 * out    tags best first, at most `max_codes` per axis; score 0 to 9; `mots` as they stand in the text
 * empty  [] and null: the words say nothing, which is an answer
 * never  throws; declared codes are kept as they are, whatever the words say
 * ref    data/lexique.yaml, data/enjeux.yaml
 */
export function classify(input: ClassifyInput, lexicon: Lexicon): Classification {
	const read = readText(input.titre);
	const title = findHits(read, lexicon);
	const aside = [input.axe, input.description?.slice(0, 1500)]
		.filter((text): text is string => !!text)
		.flatMap((text) => findHits(readText(text), lexicon));
	const declared = declaredCodes(input.enjeuxDeclares ?? [], lexicon);
	const weighed = weigh(title, aside, input.plan, lexicon, read);
	for (const axis of ['T', 'P'] as const) {
		const codes = declared.get(axis);
		// A person who filled the column knows better than our words: their answer is the whole answer.
		if (codes) for (const code of Object.keys(weighed[axis])) if (!codes.has(code)) delete weighed[axis][code];
		for (const [code, word] of codes ?? []) {
			weighed[axis][code] = { ...unweighed(), score: CEILING, mots: [word], poids: [CEILING], declared: true };
		}
	}
	const local = input.prioritesLocales ?? [];
	if (!declared.has('T')) addDeclared(weighed.T, [...sectorsOf(input.secteurs ?? [], lexicon), ...local], 'T', lexicon);
	if (!declared.has('P')) addDeclared(weighed.P, local, 'P', lexicon);
	const ville = rank(weighed.P, 'P', lexicon);
	const transition = withoutEcho(themeFirst(rank(weighed.T, 'T', lexicon), lexicon), ville, lexicon);
	const titled = bestNature(weighed.N);
	const said = declaredNature(input.natureDeclaree ?? null, lexicon);
	const nature = said ? against(said, titled, lexicon) : titled;
	const alone = (axis: Axis) =>
		hearAlone(axis, read, lexicon.learnt, (code) => (weighed[axis][code]?.against ?? 0) < 0, input.plan);
	// Where a person filled the column, or a word speaks, nothing else is heard.
	const elseHeard = (tags: readonly Tag[], axis: 'T' | 'P') => {
		const heard = tags.length === 0 && !declared.has(axis) ? alone(axis) : null;
		return heard ? [heard] : tags;
	};
	// A title whose words are of the city most often has no transition to be guessed; in a PCAET it does.
	const guessed = ville.length === 0 || (input.plan !== undefined && lexicon.learnt?.plans.has(input.plan));
	return {
		transition: guessed ? elseHeard(transition, 'T') : transition,
		ville: elseHeard(ville, 'P'),
		nature: nature ?? alone('N')
	};
}

function weigh(
	title: readonly Hit[],
	aside: readonly Hit[],
	plan: PlanKind | undefined,
	lexicon: Lexicon,
	read?: ReadText
) {
	const weighed: Record<Axis, Record<string, Weighed>> = { T: {}, P: {}, N: {} };
	const add = (code: string, weight: number, isAside: boolean): Weighed => {
		const entry = (weighed[code[0] as Axis][code] ??= unweighed());
		if (isAside) entry.aside += weight;
		else entry.score += weight;
		if (weight < 0) entry.against += weight;
		return entry;
	};
	const { titleWeight, descriptionWeight } = lexicon;
	const said = {} as Record<Axis, Map<number, Hit>>;
	const take = (axis: Axis, hits: readonly Hit[], factor: number, isAside: boolean) => {
		const seen = (said[axis] ??= new Map<number, Hit>());
		eachCue(hits, axis, (hit, code, weight) => {
			// Said twice is not said louder.
			const first = seen.get(hit.pattern.id);
			if (first === undefined) seen.set(hit.pattern.id, hit);
			else if (first !== hit) return;
			const own = weight * factor * (axis === 'N' ? headWeight(hit, isAside) : 1);
			const entry = add(code, own, isAside);
			if (own > 0) hear(entry, hit.words, own);
		});
	};
	const follow = (rules: ReturnType<typeof rulesMet>, factor: number, isAside: boolean) => {
		for (const { rule, words } of rules)
			for (const [code, weight] of rule.weights) {
				if (isAside && code.startsWith('N') && titleSaysNature) continue;
				const entry = add(code, weight * factor, isAside);
				if (weight * factor > 0) for (const word of words) hear(entry, word, (weight * factor) / words.length);
			}
	};
	let titleSaysNature = false;
	for (const axis of AXES)
		take(axis, axis === 'P' && read ? withoutFormerUse(title, read, lexicon.threshold) : title, titleWeight, false);
	const met = wordsMet(title);
	const planId = plan === undefined ? undefined : lexicon.plans.get(plan);
	if (planId !== undefined) met.set(planId, '');
	const inTitle = rulesMet(met, lexicon);
	follow(inTitle, titleWeight, false);
	if (aside.length === 0) return weighed;
	// « Étude… » under the axis « Construire… » is a study: what surrounds a title never says against it what is done.
	titleSaysNature = Object.values(weighed.N).some((entry) => entry.score >= lexicon.threshold);
	for (const axis of AXES) if (axis !== 'N' || !titleSaysNature) take(axis, aside, descriptionWeight, true);
	const all = rulesMet(new Map([...wordsMet(aside), ...met]), lexicon);
	const besides = all.filter(({ rule }) => !inTitle.some((one) => one.rule === rule));
	follow(besides, descriptionWeight, true);
	return weighed;
}

/** The first words of a title tell what is done; the next ones, to what. */
function headWeight(hit: Hit, isAside: boolean): number {
	if (isAside) return 0.5;
	return hit.from === 0 ? 2 : hit.from === 1 ? 1.5 : hit.from === 2 ? 1.2 : 1;
}

function wordsMet(hits: readonly Hit[]): Map<number, string> {
	const met = new Map<number, string>();
	for (const hit of hits) if (!met.has(hit.pattern.id)) met.set(hit.pattern.id, hit.words);
	return met;
}

const sum = (entry: Weighed): number => entry.score + Math.min(entry.aside, ASIDE_CEILING);

const total = (entry: Weighed): number => tenths(Math.min(sum(entry), CEILING));

const tenths = (value: number): number => Math.round(value * 100) / 100;

const tagOf = (code: string, entry: Weighed): Tag => ({
	code,
	score: total(entry),
	mots: entry.mots,
	poids: entry.poids.map(tenths),
	...(entry.against < 0 && { contre: tenths(entry.against) }),
	par: entry.declared ? 'declaration' : 'lexique'
});

function rank(weighed: Record<string, Weighed>, axis: 'T' | 'P', lexicon: Lexicon): Tag[] {
	const tags: Tag[] = [];
	for (const [code, entry] of Object.entries(weighed))
		if (total(entry) >= lexicon.threshold) tags.push(tagOf(code, entry));
	if (tags.length === 0) return tags;
	tags.sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1));
	const best = tags[0]?.score ?? 0;
	const kept = (tag: Tag) =>
		tag.par === 'declaration' ||
		tag.score === best ||
		(tag.score >= SECOND[axis] &&
			tag.score >= best * (lexicon.crosscutting.has(tag.code) ? NEAR_CROSS : NEAR_BEST[axis]));
	return tags.filter(kept).slice(0, lexicon.maxCodes);
}

/** Training staff to cycle is mobility first: what is sure of its theme comes before how it is carried. */
function themeFirst(tags: readonly Tag[], lexicon: Lexicon): readonly Tag[] {
	const sure = (tag: Tag) => tag.score >= DECIDES && !lexicon.crosscutting.has(tag.code);
	return [...tags.filter(sure), ...tags.filter((tag) => !sure(tag))];
}

/** « Observatoire », « médiation »: a faint crosscutting cue gives way when the title is plainly about the city. */
function withoutEcho(transition: readonly Tag[], ville: readonly Tag[], lexicon: Lexicon): readonly Tag[] {
	const plainly = (ville[0]?.score ?? 0) >= DECIDES;
	return transition.filter(
		(tag) => !plainly || tag.par === 'declaration' || tag.score >= DECIDES || !lexicon.crosscutting.has(tag.code)
	);
}

const sectorsOf = (sectors: readonly string[], lexicon: Lexicon): Declared[] =>
	[...new Set(sectors)].flatMap((mot) => {
		const codes = lexicon.sectors.get(plain(mot));
		return codes ? [{ mot, codes }] : [];
	});

/** A declared theme supports a title that speaks, and speaks for one that is silent. */
function addDeclared(weighed: Record<string, Weighed>, said: readonly Declared[], axis: Axis, lexicon: Lexicon): void {
	const known = said
		.map(({ mot, codes }) => ({ mot, codes: codes.filter((code) => code.startsWith(axis)) }))
		.filter(({ codes }) => codes.length > 0);
	const silent = !Object.values(weighed).some((entry) => total(entry) >= lexicon.threshold);
	for (const { mot, codes } of known) {
		const weight = (silent ? lexicon.threshold : SECTOR) / (codes.length * known.length);
		for (const code of codes) {
			const entry = (weighed[code] ??= unweighed());
			entry.score += weight;
			hear(entry, mot, weight);
			if (silent) entry.declared = true;
		}
	}
}

/** Codes (« T05 », « P03 ») and labels written in the columns made for them, by axis. */
function declaredCodes(texts: readonly string[], lexicon: Lexicon): Map<Axis, Map<string, string>> {
	const found = new Map<Axis, Map<string, string>>();
	const keep = (code: string, word: string) => {
		const axis = code[0] as Axis;
		found.set(axis, (found.get(axis) ?? new Map<string, string>()).set(code, word));
	};
	for (const text of texts) {
		const label = lexicon.names.get(plain(text));
		if (label !== undefined) keep(label, text.trim());
		for (const match of text.matchAll(/\b[TP]\d{2}\b/gi)) {
			const code = lexicon.names.get(match[0].toLowerCase());
			if (code !== undefined && code !== label) keep(code, match[0]);
		}
	}
	return found;
}

function declaredNature(text: string | null, lexicon: Lexicon): Tag | null {
	if (!text) return null;
	const written = lexicon.names.get(plain(text)) ?? /\bN[1-5]\b/i.exec(text)?.[0].toUpperCase();
	if (written?.startsWith('N')) return { code: written, score: CEILING, mots: [text.trim()], par: 'declaration' };
	const guess = bestNature(weigh(findHits(readText(text), lexicon), [], undefined, lexicon).N);
	return guess === null ? null : { ...guess, par: 'declaration' };
}

/** A declared nature stands; a title that plainly says another is told beside it. */
function against(said: Tag, read: Tag | null, { solidNature }: Lexicon): Tag {
	if (read === null || read.code === said.code || read.score < solidNature) return said;
	return { ...said, contredit: { code: read.code, mots: read.mots } };
}

function bestNature(weighed: Record<string, Weighed>): Tag | null {
	// Ranked before the ceiling: two natures both above it are not equal.
	const [best] = Object.entries(weighed)
		.filter(([, entry]) => total(entry) > 0)
		.sort(([a, one], [b, other]) => sum(other) - sum(one) || (a < b ? -1 : 1));
	return best ? tagOf(...best) : null;
}
