import type { PlanKind } from '../action';
import { hearAlone } from './learnt';
import { findHits, type Axis, type Hit, type Lexicon } from './lexicon';
import type { Tag } from './place';
import { readText } from './tokens';
import { plain } from '../text';
import { described, hear, unweighed, weigh, type Scales, type Weighed } from './weigh';

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

const CEILING = 9;
/** A description never says more than a strong word of a title. */
const ASIDE_CEILING = 2.5;
/** Weight of a word that decides alone. */
const DECIDES = 3;
/** A code far under the best one is noise; on the ville axis, a second at two thirds of the first is right one time in two. */
const NEAR_BEST = { T: 0.5, P: 0.7 };
const NEAR_CROSS = 0.8;
/** Said three times over, a theme leaves no less room for how it is carried: raising awareness stays raising awareness. */
const PLENTY = 6;
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
	const description = input.description ? findHits(readText(input.description.slice(0, 1500)), lexicon) : NONE;
	const axe = input.axe ? findHits(readText(input.axe), lexicon) : NONE;
	const scales = weigh(title, description, axe, input.plan, lexicon, read);
	if (axe.length > 0) leaveToTitle(scales, lexicon);
	const declared = input.enjeuxDeclares?.length ? declaredCodes(input.enjeuxDeclares, lexicon) : null;
	for (const axis of ['T', 'P'] as const) {
		const codes = declared?.get(axis);
		// A person who filled the column knows better than our words: their answer is the whole answer.
		if (codes) declareOnly(scales, axis, codes, lexicon);
	}
	const { secteurs, prioritesLocales: local = [] } = input;
	if (!declared?.has('T'))
		addDeclared(scales, secteurs?.length ? [...sectorsOf(secteurs, lexicon), ...local] : local, 'T', lexicon);
	if (!declared?.has('P')) addDeclared(scales, local, 'P', lexicon);
	const own = description.length + axe.length > 0 ? saidByTitle(scales, lexicon) : NOTHING_OWN;
	const ville = led(rank(scales, 'P', lexicon, own.P), own.P);
	const themes = themeFirst(rank(scales, 'T', lexicon, own.T), lexicon);
	const transition = led(withoutEcho(themes, ville, lexicon, own.T), own.T);
	const titled = bestNature(scales, lexicon);
	const said = declaredNature(input.natureDeclaree ?? null, lexicon);
	const nature = said ? against(said, titled, lexicon) : titled;
	const alone = (axis: Axis) =>
		hearAlone(axis, read, lexicon.learnt, (code) => (scales[lexicon.codeAt.get(code)!]?.against ?? 0) < 0, input.plan);
	// Where a person filled the column, or a word speaks, nothing else is heard.
	const elseHeard = (tags: readonly Tag[], axis: 'T' | 'P') => {
		const heard = tags.length === 0 && !declared?.has(axis) ? alone(axis) : null;
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

const NONE: readonly Hit[] = [];

function declareOnly(scales: Scales, axis: Axis, codes: ReadonlyMap<string, string>, lexicon: Lexicon): void {
	const [from, before] = lexicon.range[axis];
	for (let at = from; at < before; at++) {
		const word = codes.get(lexicon.codes[at]!);
		scales[at] =
			word === undefined
				? undefined
				: { ...unweighed(), score: CEILING, mots: [word], poids: [CEILING], declared: true };
	}
}

const sum = (entry: Weighed): number => entry.score + Math.min(entry.aside, ASIDE_CEILING);

const total = (entry: Weighed): number => tenths(Math.min(sum(entry), CEILING));

const tenths = (value: number): number => Math.round(value * 100) / 100;

function tagOf(code: string, entry: Weighed): Tag {
	const { mots, declared } = entry;
	const score = total(entry);
	const poids = entry.poids.map(tenths);
	const par = declared ? 'declaration' : 'lexique';
	return entry.against < 0
		? { code, score, mots, poids, contre: tenths(entry.against), par }
		: { code, score, mots, poids, par };
}

const NO_TAG: Tag[] = [];
const NO_CODE: readonly string[] = [];

/** Codes by world, best first. */
type Own = Readonly<Record<'T' | 'P', readonly string[]>>;
const NOTHING_OWN: Own = { T: [], P: [] };

/** What the title alone says: words around it add to it, and only its description takes from it, where it pleads against. */
function saidByTitle(scales: Scales, lexicon: Lexicon): Own {
	const alone = scales.map((entry) => entry && { ...entry, aside: 0 });
	const ville = rank(alone, 'P', lexicon);
	const transition = withoutEcho(themeFirst(rank(alone, 'T', lexicon), lexicon), ville, lexicon);
	const held = (tags: readonly Tag[]): string[] =>
		tags.map(({ code }) => code).filter((code) => described(scales[lexicon.codeAt.get(code)!]!) >= 0);
	return { T: held(transition), P: held(ville) };
}

/** The first code of the title stays the first. */
function led(tags: readonly Tag[], [first]: readonly string[]): readonly Tag[] {
	const at = first === undefined ? 0 : tags.findIndex(({ code }) => code === first);
	return at < 1 ? tags : [tags[at]!, ...tags.slice(0, at), ...tags.slice(at + 1)];
}

function rank(scales: Scales, axis: 'T' | 'P', lexicon: Lexicon, own: readonly string[] = NO_CODE): readonly Tag[] {
	let tags = NO_TAG;
	const [from, before] = lexicon.range[axis];
	for (let at = from; at < before; at++) {
		const entry = scales[at];
		if (!entry || total(entry) < lexicon.threshold) continue;
		const tag = tagOf(lexicon.codes[at]!, entry);
		if (tags.length === 0) tags = [tag];
		else tags.push(tag);
	}
	if (tags.length < 2) return tags;
	tags.sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1));
	const best = tags[0]!.score;
	const kept = (tag: Tag) =>
		tag.par === 'declaration' ||
		tag.score === best ||
		own.includes(tag.code) ||
		(tag.score >= SECOND[axis] &&
			tag.score >= (lexicon.crosscutting.has(tag.code) ? Math.min(best, PLENTY) * NEAR_CROSS : best * NEAR_BEST[axis]));
	const near = tags.filter(kept);
	if (near.length <= lexicon.maxCodes) return near;
	const first = [...near.filter((tag) => own.includes(tag.code)), ...near.filter((tag) => !own.includes(tag.code))];
	const few = first.slice(0, lexicon.maxCodes);
	return near.filter((tag) => few.includes(tag));
}

/** What a code weighs without its axis. */
const unfiled = (entry: Weighed): number => entry.score + Math.min(described(entry), ASIDE_CEILING);

function says(scales: Scales, axis: 'T' | 'P', { range, threshold }: Lexicon): boolean {
	for (let at = range[axis][0]; at < range[axis][1]; at++) {
		const entry = scales[at];
		if (entry && unfiled(entry) >= threshold) return true;
	}
	return false;
}

/**
 * An axis supports what a title says, and speaks for one that is silent. What the axis alone names is left out beside an enjeu
 * of the same world that the title says, and where the title pleads against it: solar panels filed under « Bâtiments publics
 * exemplaires » are solar panels, a car park filed under « Mobilités » a car park.
 */
function leaveToTitle(scales: Scales, lexicon: Lexicon): void {
	for (const axis of ['T', 'P'] as const) {
		const speaks = says(scales, axis, lexicon);
		const [from, before] = lexicon.range[axis];
		for (let at = from; at < before; at++) {
			const entry = scales[at];
			if (entry && entry.filed > 0 && unfiled(entry) <= 0 && (speaks || entry.against < 0)) scales[at] = undefined;
		}
	}
}

/** Training staff to cycle is mobility first: what is sure of its theme comes before how it is carried. */
function themeFirst(tags: readonly Tag[], lexicon: Lexicon): readonly Tag[] {
	if (tags.length < 2) return tags;
	const sure = (tag: Tag) => tag.score >= DECIDES && !lexicon.crosscutting.has(tag.code);
	return [...tags.filter(sure), ...tags.filter((tag) => !sure(tag))];
}

/** « Observatoire », « médiation »: a faint crosscutting cue gives way when the title is plainly about the city. */
function withoutEcho(
	transition: readonly Tag[],
	ville: readonly Tag[],
	lexicon: Lexicon,
	own: readonly string[] = NO_CODE
): readonly Tag[] {
	const plainly = (ville[0]?.score ?? 0) >= DECIDES;
	if (!plainly) return transition;
	const faint = ({ code, par, score }: Tag): boolean =>
		par !== 'declaration' && score < DECIDES && lexicon.crosscutting.has(code) && !own.includes(code);
	return transition.filter((tag) => !faint(tag));
}

const sectorsOf = (sectors: readonly string[], lexicon: Lexicon): readonly Declared[] =>
	[...new Set(sectors)].flatMap((mot) => {
		const codes = lexicon.sectors.get(plain(mot));
		return codes ? [{ mot, codes }] : [];
	});

/** A declared theme supports a title that speaks, and speaks for one that is silent. */
function addDeclared(scales: Scales, said: readonly Declared[], axis: Axis, lexicon: Lexicon): void {
	if (said.length === 0) return;
	const known = said
		.map(({ mot, codes }) => ({ mot, codes: codes.filter((code) => code.startsWith(axis)) }))
		.filter(({ codes }) => codes.length > 0);
	const [from, before] = lexicon.range[axis];
	const silent = !scales.slice(from, before).some((entry) => entry && total(entry) >= lexicon.threshold);
	for (const { mot, codes } of known) {
		const weight = (silent ? lexicon.threshold : SECTOR) / (codes.length * known.length);
		for (const code of codes) {
			const entry = (scales[lexicon.codeAt.get(code)!] ??= unweighed());
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
	const guess = bestNature(weigh(findHits(readText(text), lexicon), NONE, NONE, undefined, lexicon), lexicon);
	return guess === null ? null : { ...guess, par: 'declaration' };
}

/** A declared nature stands; a title that plainly says another is told beside it. */
function against(said: Tag, read: Tag | null, { solidNature }: Lexicon): Tag {
	if (read === null || read.code === said.code || read.score < solidNature) return said;
	return { ...said, contredit: { code: read.code, mots: read.mots } };
}

/** The nature that the title or its description says; an axis supports it, and speaks where both are silent. */
const bestNature = (scales: Scales, lexicon: Lexicon): Tag | null =>
	heaviestNature(scales, lexicon, unfiled) ?? heaviestNature(scales, lexicon, sum);

// Ranked before the ceiling: two natures both above it are not equal.
function heaviestNature(scales: Scales, { codes, range }: Lexicon, weight: (entry: Weighed) => number): Tag | null {
	let best: Weighed | null = null;
	let code = '';
	for (let at = range.N[0]; at < range.N[1]; at++) {
		const entry = scales[at];
		if (!entry || weight(entry) <= 0 || total(entry) <= 0 || (best && weight(entry) <= weight(best))) continue;
		best = entry;
		code = codes[at]!;
	}
	return best && tagOf(code, best);
}
