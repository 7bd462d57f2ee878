import { stem } from '../stem';
import type { Hit } from './lexicon';
import type { ReadText } from './tokens';

/*
 * What a building was is not what it is for: « l'ancienne école », « réhabilitation du presbytère en bibliothèque »,
 * « rénovation d'une habitation pour créer une crèche ».
 */

const roots = (words: string): ReadonlySet<string> => new Set(words.split(' ').map(stem));

/** Verbs of works after which « en » brings in what the building becomes. */
const WORKS = roots(
	'réhabilitation réhabiliter rénovation rénover transformation transformer reconversion reconvertir conversion convertir ' +
		'aménagement aménager réaménagement réaménager restructuration restructurer changement mutation requalification reprise ' +
		'acquisition acquérir achat acheter rachat racheter'
);

/** « pour y créer », « pour l'installation de »: the use comes after. */
const MAKES = roots('créer création installer installation aménager aménagement accueillir accueil transformer');
const FOR = /\spour\s+(?:y\s+|l['’]\s*|la\s+|en\s+)?$/i;

/** « en ville », « en LED », « en sécurité »: where or how, never what it becomes. */
const NO_USE = roots(
	'ville centre agglomération quartier qpv led bois accessibilité sécurité réseau milieu pied bordure bas entrée zone cœur ' +
		'place vue valeur état œuvre cours ligne pierre conformité phase partie situation éclairage impayé difficulté fragilité ' +
		'faveur lien direction partenariat matière fonction famille français numérique santé mobilité emploi soirée extérieur'
);

/** Renewing a place is told by what it was: a wasteland stays one until the works are done. */
const RENEWAL = 'P03';

const FORMER = roots('ancien ancienne anciens anciennes ex');

const BECOMES = /\sen\s+(?:une?\s+)?[«"'’]?\s*$/i;

/** Rank of the first word of what the building becomes; 0 when the title says no such thing. */
function becomesAt({ body, words }: ReadText): number {
	// Most titles stop here.
	if (!/\s(?:en|pour)\s/i.test(body)) return 0;
	const works = words.findIndex(({ root }) => WORKS.has(root));
	if (works < 0) return 0;
	for (let at = works + 2; at < words.length; at++) {
		const { root, start } = words[at]!;
		if (MAKES.has(root) && FOR.test(body.slice(words[at - 1]!.end, start))) return at;
		if (!NO_USE.has(root) && !/^\d/.test(root) && BECOMES.test(body.slice(words[at - 1]!.end, start))) return at;
	}
	return 0;
}

/**
 * The expressions met, without those that name a former use.
 * in     hits of a title; `least`: weight from which a word says an enjeu by itself
 * out    the same hits when nothing says the new use: « démolition de l'ancienne école » still speaks of the school
 */
export function withoutFormerUse(hits: readonly Hit[], read: ReadText, least: number): readonly Hit[] {
	const at = becomesAt(read);
	const former = ({ pattern, from, to }: Hit) =>
		pattern.weights.P.every(({ code, weight }) => code !== RENEWAL || weight <= 0) &&
		(to <= at || (from > 0 && FORMER.has(read.words[from - 1]!.root)));
	const says = ({ pattern }: Hit) => pattern.weights.P.some(({ weight }) => weight >= least);
	if (!hits.some(former)) return hits;
	const now = hits.filter((hit) => !former(hit));
	const next = at > 0 ? now.filter(({ from }) => from <= at + 1) : now;
	return next.some(says) ? now : hits;
}

/** Making a place fit again is told by what it was: its renovation, its reuse, the wasteland it was. */
const STILL_SAID: readonly string[] = ['T01', 'T02', 'T07'];

/** The expressions met, without « conserverie » in « l'ancienne conserverie »: a resource centre there feeds nobody. */
export function withoutFormerName(hits: readonly Hit[], { words }: ReadText): readonly Hit[] {
	const former = ({ pattern, from }: Hit) =>
		from > 0 &&
		FORMER.has(words[from - 1]!.root) &&
		pattern.weights.T.length > 0 &&
		pattern.weights.T.every(({ code }) => !STILL_SAID.includes(code));
	return hits.some(former) ? hits.filter((hit) => !former(hit)) : hits;
}
