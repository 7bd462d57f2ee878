import { z } from 'zod';
import type { PlacedAction } from '../crossing/place';
import { remember } from '../remember';
import { stems } from '../stem';
import { plain } from '../text';

/** Schema of data/marqueurs.yaml. */
export const MarkersFile = z.strictObject({
	version: z.string(),
	marqueurs: z.array(
		z.strictObject({
			code: z.string().regex(/^[a-z-]+$/),
			libelle: z.string().min(1),
			/** What is feared of it for modest households, after the action: « profite d’abord à… ». */
			effet: z.string().min(1).optional(),
			/** It goes against the transition: never told as what comes near an answer. */
			contraire: z.boolean().optional(),
			mots: z.array(z.string()).min(1),
			sauf: z.array(z.string()).default([]),
			/** Also read in the publics of the action. */
			publics: z.boolean().default(false)
		})
	),
	/** From which share of social housing, in %, an action of private housing is told after the others. */
	quartier_social: z.strictObject({ indicateur: z.string(), seuil: z.number(), marqueur: z.string() })
});
export type MarkersFile = z.infer<typeof MarkersFile>;

export interface Mark {
	readonly code: string;
	readonly libelle: string;
	readonly effet?: string;
	readonly contraire?: boolean;
	/** Words of the file that say so. */
	readonly mots: string;
}

/** « a | b | why | conditions » of a rule's `paires`, where {a} and {b} are « la première », « la seconde »; a condition is « même objet », « même lieu », « même quartier », « hors N3 » or « entre deux documents ». */
export interface WatchedPair {
	readonly a: string;
	readonly b: string;
	readonly raison: string;
	/** Only of actions whose titles name one same thing; then two lines of one document may pull against each other. */
	readonly memeObjet: boolean;
	/** Never of two lines of one document: it offers both on purpose. */
	readonly entreDocuments: boolean;
	/** Only in one same place: a school is not the car park beside it, though one quartier holds both. */
	readonly memeLieu: boolean;
	/** Only when both name one same quartier, and no other: what serves a quartier serves its buildings. */
	readonly memeQuartier: boolean;
	/** Natures it is not about. */
	readonly hors: readonly string[];
}

export function watchedPairs(parametres: Readonly<Record<string, unknown>>): WatchedPair[] {
	const lines = Array.isArray(parametres.paires) ? (parametres.paires as string[]) : [];
	return lines.map((line) => {
		const [a = '', b = '', raison = '', ...said] = line.split('|').map((part) => part.trim());
		const hors = said.flatMap((words) => [...words.matchAll(/\bN\d\b/g)].map(([nature]) => nature));
		const is = (one: string): boolean => said.includes(one);
		const where = {
			memeObjet: is('même objet'),
			memeLieu: is('même lieu'),
			memeQuartier: is('même quartier'),
			entreDocuments: is('entre deux documents')
		};
		return { a, b, raison, ...where, hors };
	});
}

/**
 * What an action does that may pull against another.
 * out    a function over actions: the marks found in title and description (and publics, for those that say so), each with
 *        its words; [] when nothing is said
 */
export function markReader(file: MarkersFile): (placed: Pick<PlacedAction, 'action'>) => readonly Mark[] {
	const run = (words: string): Run => {
		const roots = rootsOf(words);
		return { mots: words, first: roots[0], run: ` ${roots.join(' ')} ` };
	};
	const ready = file.marqueurs.map((m) => ({ ...m, runs: m.mots.map(run), without: m.sauf.map(run) }));
	const firsts = new Set(ready.flatMap((m) => m.runs.map((r) => r.first)));
	const some = firsts.has(undefined);
	/** First roots of all that is looked for: the others are not even listed. */
	const begins = new Set(ready.flatMap((m) => [...m.runs, ...m.without].map((r) => r.first)));
	const read = remember(marksIn, { texts: 5_000, characters: 2_000 });
	// The publics first, after their length: one text to remember both by.
	return ({ action: { titre, description, publics } }) => {
		const people = publics.join(' . ');
		return read(`${people.length} ${people}${titre} . ${description ?? ''}`);
	};

	function marksIn(text: string): readonly Mark[] {
		const from = text.indexOf(' ') + 1;
		const until = from + Number(text.slice(0, from));
		const [meant, said] = [rootsOf(text.slice(from, until)), rootsOf(text.slice(until))];
		// Most actions hold none of the words that a mark begins with.
		if (!some && !said.some((root) => firsts.has(root)) && !meant.some((root) => firsts.has(root))) return NO_MARK;
		const own = textOf([said], begins);
		const people = meant.length ? textOf([said, meant], begins) : own;
		const marks: Mark[] = [];
		for (const { code, libelle, effet, contraire, runs, without, publics } of ready) {
			const text = publics ? people : own;
			const found = runs.find((r) => holds(text, r));
			if (found && !without.some((w) => holds(text, w)))
				marks.push({ code, libelle, ...(effet && { effet }), ...(contraire && { contraire }), mots: found.mots });
		}
		return marks;
	}
}

/** How many says nothing of what: « plantation de 400 arbres », « d’une centaine d’arbres » are read as « plantation d’arbres ». */
const rootsOf = (text: string): string[] =>
	stems(QUANTITY.test(text) ? plain(text).replace(ABOUT, ' ').replace(SOME, '') : text)
		.filter((root) => !/^\d+$/.test(root))
		.map((root) => (root === 'd' ? 'de' : root));

const QUANTITY = /\d|aine|milliers?/i;
const ABOUT = / (?:environ|pres de|plus de|au moins|quelque|jusqu a) (?=\d)/g;
const SOME =
	/\b(?:une |plusieurs |quelques )?(?:di[xz]aine|vingtaine|trentaine|quarantaine|cinquantaine|centaine|millier)s? d(?:e|es)? /g;

/** Words of the file, as roots in a row. */
interface Run {
	readonly mots: string;
	readonly first: string | undefined;
	readonly run: string;
}

interface Text {
	/** Those that something looked for begins with. */
	readonly roots: ReadonlySet<string>;
	readonly whole: string;
}

const NO_MARK: readonly Mark[] = [];

function textOf(all: readonly (readonly string[])[], begins: ReadonlySet<string | undefined>): Text {
	const roots = new Set<string>();
	for (const own of all) for (const root of own) if (begins.has(root)) roots.add(root);
	return { roots, whole: all.map((own) => ` ${own.join(' ')} `).join('') };
}

/** Most texts do not even hold the first root. */
const holds = ({ roots, whole }: Text, { first, run }: Run): boolean =>
	(first === undefined || roots.has(first)) && whole.includes(run);
