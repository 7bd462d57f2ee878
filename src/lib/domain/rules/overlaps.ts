import type { PlacedAction } from '../crossing/place';
import { percent } from '../french';
import { keep, keepFor, once, type Memory, type OwnMemory } from '../memory';
import { numberOf } from './gap-context';
import { watchedPairs, type Mark, type WatchedPair } from './markers';
import type { GapRule } from './referentiel';
import {
	codesOf,
	CROWD,
	isSide,
	jaccard,
	nameOnePlace,
	nameOneQuartier,
	profileOf,
	spanOf,
	spanShare,
	type Span
} from './overlap-features';
import { keepBest } from './overlap-best';
import { heldFeatures, heldTitles, weighedPairs } from './overlap-memory';
import { isBesideBuilding, otherBuildings } from './named-buildings';
import { otherParts, partsWords } from './named-parts';
import type { Pair } from './overlap-pairs';
import { sayingWords } from './overlap-place-words';
import { wordsRead, worthyPair } from './overlap-worth';
import { meetingOf, type MeetingPlace } from './overlap-zone';

/* Pairs of actions that two plans hold apart: the same work said twice, neighbours to coordinate, or a tension. Proposed only. */

export const VERDICTS = ['meme-action', 'a-coordonner', 'complementaires', 'en-tension', 'distinctes'] as const;
export type OverlapVerdict = (typeof VERDICTS)[number];

export interface OverlapReason {
	readonly mesure: 'enjeux' | 'zone' | 'titre' | 'periode' | 'nature' | 'tension' | 'tranche';
	/** 0 to 1; 0 pleads against the pair. */
	readonly valeur: number;
	/** Weight once the missing measures have dropped out, 0 to 1. */
	readonly poids: number;
	/** In French, with the values. */
	readonly dit: string;
}

export interface Overlap {
	/** Stable: both ids, in order. */
	readonly id: string;
	readonly a: string;
	readonly b: string;
	readonly genre: 'doublon' | 'recoupement' | 'tension';
	/** 0 to 1. */
	readonly score: number;
	readonly raisons: readonly OverlapReason[];
	/** Where they meet; `commune`: nothing says that both are for one quartier. */
	readonly lieu: MeetingPlace;
	/** Quartiers both name; those the one names, when the other covers the intercommunalité. */
	readonly quartiers: readonly string[];
	readonly enjeux: readonly string[];
	/** Roots of words both titles hold, those that only name the place left out. */
	readonly mots: readonly string[];
}

/**
 * Candidate pairs of one territory, best first.
 * in     active actions; rules G09 (weights, thresholds) and G06 (watched pairs); the reader of marks, always the same for one
 *        memory, in which pairs of actions that have not changed are found again
 * out    pairs of different documents above the threshold, and within one document only likely double entries; at most four
 *        of a kind per action, and two titles once, so that the list stays readable. See `weighPairs` for territories of
 *        thousands of actions
 * never  a pair without a common zone, nor one on nothing but blanks; decides anything
 * ref    rulings « G09 »
 */
export function findOverlaps(
	placed: readonly PlacedAction[],
	rules: { readonly recoupement: GapRule; readonly tension: GapRule },
	marksOf: (placed: PlacedAction) => readonly Mark[],
	memory: Memory = new Map()
): Overlap[] {
	const number = (name: string, otherwise: number): number => numberOf(rules.recoupement, name, otherwise);
	const weights = {
		enjeux: number('poids_enjeux', 0.35),
		zone: number('poids_zone', 0.25),
		titre: number('poids_titre', 0.2),
		periode: number('poids_periode', 0.1),
		nature: number('poids_nature', 0.1)
	};
	const threshold = number('seuil', 0.6);
	const twice = number('seuil_doublon', 0.85);
	const watched = keep(memory, 'paires surveillées', [rules.tension], () => watchedPairs(rules.tension.parametres));
	const titles = heldTitles(placed, memory);
	const weighing = { weights, threshold, twice, oneObject: numberOf(rules.tension, 'titre_meme_objet', 0.25) };
	const pairs = weighedPairs(
		placed,
		heldFeatures(placed, marksOf, watched, memory),
		titles,
		[rules.recoupement, rules.tension],
		weighing,
		memory
	);
	const worth = {
		sansTitre: number('seuil_sans_titre', 0.75),
		titre: number('titre_commun', 0.08),
		titreQuartier: number('titre_commun_meme_quartier', 0.15),
		titreVille: number('titre_commun_ville', 0.25),
		titreMemeGenre: number('titre_commun_meme_genre', 0.3),
		doubleSaisie: number('titre_double_saisie', 0.9),
		commune: number('zone_par_commune', 0.5)
	};
	const tenseBy = (a: PlacedAction, b: PlacedAction, likeness: number): string | null =>
		tensionOf(
			[a, marksOf(a)],
			[b, marksOf(b)],
			watched,
			// Two buildings are not one object, however alike their titles.
			likeness >= weighing.oneObject && !otherBuildings(a.action, b.action)
		);
	// Pairs of a crowd are too many to be found again: what would hold them weighs more than what it saves.
	const held = placed.length <= CROWD;
	const words = wordsRead(titles, held);
	const judgedNow = (pair: Pair, a: PlacedAction, b: PlacedAction): Pair | null => {
		const found = worthyPair(pair, a, b, worth, { weights, threshold }, words);
		return found?.genre === 'tension' && tenseBy(a, b, found.likeness) === null ? null : found;
	};
	const judge = (pair: Pair): Pair | null => {
		if (!held) return judgedNow(pair, placed[pair.i]!, placed[pair.j]!);
		const known = judgements.get(pair);
		if (known !== undefined) return known;
		const judged = judgedOnce(pair);
		judgements.set(pair, judged);
		return judged;
	};
	const judgedOnce = (pair: Pair): Pair | null => {
		const [a, b] = [placed[pair.i]!, placed[pair.j]!];
		const facts = [rules.recoupement, rules.tension, marksOf, pair.genre, pair.score, pair.likeness];
		const found = keepFor(writtenOf(a).judged, b, facts, () => judgedNow(pair, a, b));
		return found === null || (found.i === pair.i && found.j === pair.j) ? found : { ...found, i: pair.i, j: pair.j };
	};
	// What a rare word weighs changes with every title: what is said of most pairs does not.
	const described = ({ i, j, likeness, genre }: Pair): Described => {
		const [a, b] = [placed[i]!, placed[j]!];
		const [codes, others] = [codesOf(a), codesOf(b)];
		const zone = meetingOf(a, b, worth.commune);
		const measures: { mesure: keyof typeof weights; valeur: number | null; dit: string }[] = [
			enjeuxMeasure(codes, others),
			{ mesure: 'zone', valeur: zone.part, dit: zone.dit },
			{ mesure: 'titre', valeur: 0, dit: '' },
			periodMeasure(spanOf(a), spanOf(b)),
			natureMeasure(a, b)
		];
		const known = measures.filter((m) => m.valeur !== null);
		const total = known.reduce((sum, m) => sum + weights[m.mesure], 0);
		const raisons: OverlapReason[] = known.map((m) => ({
			mesure: m.mesure,
			valeur: round(m.valeur!),
			poids: round(weights[m.mesure] / total),
			dit: m.dit
		}));
		const tension = genre === 'tension' ? tenseBy(a, b, likeness) : null;
		const [first, second] = inOrder(a, b);
		const parts = genre === 'recoupement' ? otherParts(a.action, b.action) : null;
		const together: OverlapReason[] = parts ? [{ mesure: 'tranche', valeur: 1, poids: 0, dit: partsWords(parts) }] : [];
		return {
			id: pairId(first, second),
			a: first,
			b: second,
			genre,
			raisons: [
				...together,
				...(tension ? [{ mesure: 'tension' as const, valeur: 1, poids: 0, dit: tension }] : []),
				...raisons
			],
			lieu: zone.lieu,
			quartiers: zone.quartiers,
			enjeux: codes.filter((c) => others.includes(c)),
			mots: sayingWords(titles.shared(i, j), a, b)
		};
	};
	return keepBest(pairs, judge, placed, memory).map((pair) => said.get(pair) ?? written(pair));

	function written(pair: Pair): Overlap {
		const { score, likeness, genre } = pair;
		const alike = round(likeness);
		if (!held) return writtenOut(described(pair));
		const memories = writtenOf(placed[pair.i]!);
		const facts = [rules.recoupement, rules.tension, genre, likeness >= weighing.oneObject];
		const overlap = keepFor(memories.written, placed[pair.j]!, [...facts, score, alike], () =>
			writtenOut(keepFor(memories.told, placed[pair.j]!, facts, () => described(pair)))
		);
		said.set(pair, overlap);
		return overlap;

		function writtenOut(told: Described): Overlap {
			const { id, a, b, lieu, quartiers, enjeux, mots } = told;
			const dit = mots.length
				? `titres semblables à ${percent(alike, 0)}`
				: 'aucun mot commun dans les titres, hors du lieu';
			const raisons = told.raisons.map((one) => (one.mesure === 'titre' ? { ...one, valeur: alike, dit } : one));
			return { id, a, b, genre, score, raisons, lieu, quartiers, enjeux, mots };
		}
	}
}

/** A pair weighed once is of the very same actions, under the same titles and rules. */
const said = new WeakMap<Pair, Overlap>();
const judgements = new WeakMap<Pair, Pair | null>();

/** All that is said of a pair but how alike its titles are. */
type Described = Omit<Overlap, 'score'>;

const writtenOf = once((_: PlacedAction) => ({
	judged: new WeakMap() as OwnMemory<PlacedAction>,
	told: new WeakMap() as OwnMemory<PlacedAction>,
	written: new WeakMap() as OwnMemory<PlacedAction>
}));

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** The same whichever action comes first. */
export const pairId = (a: string, b: string): string => (a < b ? `${a}|${b}` : `${b}|${a}`);

const inOrder = (a: PlacedAction, b: PlacedAction): [string, string] =>
	a.action.id < b.action.id ? [a.action.id, b.action.id] : [b.action.id, a.action.id];

function enjeuxMeasure(a: readonly string[], b: readonly string[]) {
	const none = a.length === 0 || b.length === 0;
	const shared = a.filter((code) => b.includes(code));
	return {
		mesure: 'enjeux' as const,
		valeur: none ? null : jaccard(a, b),
		dit: shared.length ? `enjeux communs\u00a0: ${shared.join(', ')}` : 'aucun enjeu commun'
	};
}

function periodMeasure(p: Span | null, q: Span | null) {
	if (!p || !q) return { mesure: 'periode' as const, valeur: null, dit: '' };
	const valeur = spanShare(p, q);
	return {
		mesure: 'periode' as const,
		valeur,
		dit: valeur ? `périodes communes à ${percent(valeur, 0)}` : 'périodes disjointes'
	};
}

function natureMeasure(a: PlacedAction, b: PlacedAction) {
	const [own, other] = [a.nature?.code, b.nature?.code];
	const known = own !== undefined && other !== undefined;
	return {
		mesure: 'nature' as const,
		valeur: known ? Number(own === other) : null,
		dit: own === other ? 'même nature' : complete(own, other) ? COMPLETE : 'natures différentes'
	};
}

/** Works on one side, a service or an awareness on the other: each may serve the other, neither is the other. */
const complete = (a: string | undefined, b: string | undefined): boolean =>
	(a === 'N1' && (b === 'N2' || b === 'N3')) || (b === 'N1' && (a === 'N2' || a === 'N3'));

/** Said of two natures that go together. */
export const COMPLETE =
	'des travaux d’un côté, un service ou une animation de l’autre\u00a0: elles se complètent plutôt';

const FIRST_SECOND = ['la première', 'la seconde'] as const;
const SECOND_FIRST = ['la seconde', 'la première'] as const;

type Marked = readonly [PlacedAction, readonly Mark[]];

/** Why two actions pull against each other, with the words that say so; `alike`: their titles name one same object. */
function tensionOf(a: Marked, b: Marked, watched: readonly WatchedPair[], alike: boolean): string | null {
	// One plan says many things of the whole territory: its actions are held against each other in one named place only.
	const apart = a[0].action.document !== b[0].action.document;
	const onePlace = apart || nameOnePlace(profileOf(a[0]), profileOf(b[0]));
	for (const pair of watched)
		for (const [own, other] of [
			[a, b],
			[b, a]
		] as const) {
			if (pair.memeObjet ? !alike : !onePlace || (pair.entreDocuments && !apart)) continue;
			if (pair.memeQuartier && !nameOneQuartier(profileOf(a[0]), profileOf(b[0]))) continue;
			if (pair.memeLieu && isBesideBuilding(a[0].action, b[0].action)) continue;
			if (!isSide(...own, pair, 'a') || !isSide(...other, pair, 'b')) continue;
			const [left, right] = [own[1].find((m) => m.code === pair.a)!, other[1].find((m) => m.code === pair.b)!];
			const [one, two] = own[0].action.id < other[0].action.id ? FIRST_SECOND : SECOND_FIRST;
			const why = pair.raison.replace('{a}', one).replace('{b}', two);
			return `${why} (${left.libelle}\u00a0: «\u00a0${left.mots}\u00a0»\u202f; ${right.libelle}\u00a0: «\u00a0${right.mots}\u00a0»)`;
		}
	return null;
}
