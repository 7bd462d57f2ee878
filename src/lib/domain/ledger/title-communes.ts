import { formsOf, nameWords, wordsOf, type Word } from '../places/place-names';
import type { Commune } from '../territory';

/* Communes named in the title of a project: the place of its works, when it names one. */

interface CommuneName {
	/** null: the name of the intercommunality, which is no commune. */
	readonly code: string | null;
	readonly words: readonly string[];
	/** « Le Quesnoy »: without its article, a common word. */
	readonly article: boolean;
}

/** Names by their first word without article, the longest first. */
export type CommuneNames = ReadonlyMap<string, readonly CommuneName[]>;

const ARTICLE = /^(?:le|la|les)\s|^l['’]/i;

/** `larger`: name of their intercommunality, so that « Lens-Liévin » is not Lens. */
export function communeNames(communes: readonly Commune[], larger: string | null = null): CommuneNames {
	const found = new Map<string, CommuneName[]>();
	const add = (name: CommuneName): void => {
		const first = name.words[0] ?? '';
		found.set(
			first,
			[...(found.get(first) ?? []), name].sort((a, b) => b.words.length - a.words.length)
		);
	};
	for (const { code, nom } of communes) {
		const words = nameWords(nom);
		// « Rue », « Eu », « Ham »: short names are common words, and so is « Bourg ».
		if (words.join('').length > 3 && !formsOf('', nom, [])[0]?.generic)
			add({ code, words, article: ARTICLE.test(nom) });
	}
	const core = larger === null ? [] : coreOfEpci(larger);
	if (core.length > 1) add({ code: null, words: core, article: false });
	return found;
}

const KIND = new Set('communaute communes agglomeration agglo urbaine cc ca cu'.split(' '));

/** « Communauté d’agglomération du Boulonnais », « CA du Boulonnais » → « boulonnais »: what is left once its kind is taken off. */
export const coreOfEpci = (nom: string): string[] => nameWords(nom).filter((w) => !KIND.has(w));

const SMALL = new Set('le la les l du de des d et a au aux en'.split(' '));
/** « rue de Paris » is not in Paris. */
const STREET = new Set(
	'rue rues avenue boulevard bd place square allee impasse route routes chemin quai pont porte faubourg rd rn'.split(
		' '
	)
);
/** « arrondissement d’Arras », « forêt de Compiègne » are wider than the commune. */
const LARGER = new Set(
	'agglomeration agglo communaute metropole europeenne urbaine grand pays ca cu cc bassin arrondissement territoire canton region secteur scot epci pnr syndicat vallee canal foret baie ligne'.split(
		' '
	)
);
/** « entre Lens et la zone d’activités »: one place among others. */
const TOWARDS = new Set('vers depuis entre liaison jusqu'.split(' '));
/** « Amiens Métropole » */
const LARGER_AFTER = new Set('metropole agglomeration agglo communaute intercommunalite'.split(' '));
const BEFORE_A_NAME = new Set('a de d en sur commune communes ville'.split(' '));
const CONTRACTED = new Set('du au des aux'.split(' '));

/** Who else speaks for a commune: the row itself, the intercommunality it is in, or nobody. */
export type Backing = 'ligne' | 'membre' | null;

/**
 * Communes a title names.
 * in     `backing`: a commune that something else speaks for may follow any word; the others must follow « à » or « de », or come
 *        after a sign (« Friche Vermont - Prouzel »)
 * out    codes, each once; [] when it also names the whole intercommunality, or says « entre », « vers » or « communes de »
 * never  a street, a word that a hyphen or another name makes longer
 */
export function communesNamed(title: string, names: CommuneNames, backing: (code: string) => Backing): string[] {
	const all = wordsOf(title);
	const full = all.flatMap((w, at) => (SMALL.has(w.word) ? [] : [{ ...w, at }]));
	const found = { capital: new Set<string>(), small: new Set<string>() };
	let wider = false;
	for (let k = 0; k < full.length;) {
		const name = names.get(full[k]!.word)?.find((n) => n.words.every((w, i) => full[k + i]?.word === w));
		if (!name) {
			k++;
			continue;
		}
		const first = full[k]!;
		const place: Place = {
			...{ title, all, first, last: full[k + name.words.length - 1]! },
			...{ before: full[k - 1]?.word ?? '', further: full[k - 2]?.word },
			more: found.capital.size + found.small.size > 0
		};
		if (name.code === null || isOneOfSeveral(place)) wider = true;
		else if (isTold(place, name, backing(name.code))) found[first.capital ? 'capital' : 'small'].add(name.code);
		k += name.words.length;
	}
	// « le fond d’ames à Amettes »: where one has its capital, a word without is no name.
	return wider ? [] : [...(found.capital.size > 0 ? found.capital : found.small)];
}

interface Place {
	readonly title: string;
	readonly all: readonly Word[];
	readonly first: Word & { readonly at: number };
	readonly last: Word & { readonly at: number };
	/** Another commune is named before. */
	readonly more: boolean;
	/** Words before, without articles. */
	readonly before: string;
	readonly further: string | undefined;
}

/** « vers Lens », « des communes de Lens et de … »: one place among others, known or not. */
function isOneOfSeveral({ all, first, before, further }: Place): boolean {
	if (TOWARDS.has(before) || (before === 'communes' && further !== 'communaute')) return true;
	const and = all.findLastIndex((w, at) => at < first.at && (w.word === 'et' || !SMALL.has(w.word)));
	return and > 1 && all[and]!.word === 'et' && all[and - 1]!.capital && first.capital;
}

function isTold(place: Place, { words, article }: CommuneName, backing: Backing): boolean {
	const { title, all, first, last, before, further } = place;
	const previous = all[first.at - 1];
	const next = all[last.at + 1];
	const gap = previous ? title.slice(previous.end, first.start) : '';
	const after = next ? title.slice(last.end, next.start) : '';
	const hyphen = (/^[-‐‑]$/.test(gap) && !SMALL.has(previous!.word)) || /^[-‐‑]$/.test(after);
	if ((hyphen && backing !== 'ligne') || LARGER_AFTER.has(next?.word ?? '')) return false;
	if (STREET.has(before) || LARGER.has(before) || (before === 'communes' && further === 'communaute')) return false;
	const lead = previous?.word ?? '';
	if (article && words.length === 1)
		return first.capital && SMALL.has(lead) && (previous!.capital || CONTRACTED.has(lead));
	const listed = place.more && (lead === 'et' || /[,/]/.test(gap));
	if (!first.capital) return backing !== null && (BEFORE_A_NAME.has(lead) || listed);
	if (backing !== null || listed) return true;
	// « Villers Bocage » when only « Villers » is known.
	if (next?.capital && /^\s+$/.test(after)) return false;
	const starts = !previous || /[^\s'’-]|\s[-–—]|[-–—]\s/.test(gap);
	return starts || BEFORE_A_NAME.has(lead) || (article && SMALL.has(lead));
}
