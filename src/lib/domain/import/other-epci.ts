import type { ActionDraft } from '../action';
import { count, list, quoted } from '../french';
import { anomaly, type Issue } from '../issue';
import { bareName } from './row-territory';

/* A file that says nothing of its territory, and whose titles name the places of another one. */

/** The EPCI a place is in, by the folded name of the place or of the EPCI; null when several places bear it. */
export type PlaceOwners = ReadonlyMap<string, { readonly code: string; readonly nom: string } | null>;

/** Enough to tell whose plan it is. */
const SEEN = 2_000;
/** Letters of a place name that is no common word. */
const TELLING = 6;
const LONGEST_NAME = 5;
/** Two names of one other EPCI, in three titles: chance does not do that. */
const TITLES = 3;
const NAMES = 2;

/**
 * Asks whether the plan is of this territory, when its actions name the places of one other and hardly any of its own.
 * in     `owners` is asked for only when the file does not name its own territory
 * out    at most one issue: nothing is refused, a person says
 */
export function otherEpci(
	drafts: readonly ActionDraft[],
	territoire: { readonly code: string; readonly nom: string; readonly communes: readonly { readonly nom: string }[] },
	owners: () => PlaceOwners
): Issue[] {
	const texts = drafts
		.slice(0, SEEN)
		.map(({ titre, porteur, communes }) => bareName([titre, porteur ?? '', ...communes].join(' ')));
	const own = new Set([territoire, ...territoire.communes].map(({ nom }) => bareName(nom)));
	const here = texts.filter((text) => named(text).some((name) => own.has(name))).length;
	if (here >= TITLES) return [];
	const known = owners();
	const found = new Map<string, { readonly nom: string; readonly noms: Map<string, number>; titres: number }>();
	for (const text of texts) {
		const there = named(text).flatMap((name) => {
			const owner = name.length >= TELLING && !own.has(name) ? known.get(name) : null;
			return owner && owner.code !== territoire.code ? [{ name, owner }] : [];
		});
		for (const { name, owner } of there) {
			const one = found.get(owner.code) ?? { nom: owner.nom, noms: new Map<string, number>(), titres: 0 };
			found.set(owner.code, one);
			one.noms.set(name, (one.noms.get(name) ?? 0) + 1);
		}
		for (const code of new Set(there.map(({ owner }) => owner.code))) found.get(code)!.titres++;
	}
	const [other] = [...found.values()].sort((a, b) => b.titres - a.titres);
	if (!other || other.titres < TITLES || other.noms.size < NAMES || other.titres <= 2 * here) return [];
	const names = list([...other.noms.keys()].slice(0, 3).map((name) => quoted(capitals(name))));
	const message = `${count(other.titres, 'action nomme', 'actions nomment')} des lieux de ${other.nom} (${names}), et ${here === 0 ? 'aucune' : count(here, 'seule')} un lieu de ${territoire.nom}\u00a0: ce plan est-il bien celui de ${territoire.nom}\u202f?`;
	return [
		anomaly('valeur-suspecte', 'a-verifier', message, {
			found: other.nom,
			expected: territoire.nom,
			hint: `Si oui, rien à changer. Sinon, importez ce fichier dans ${other.nom}, et annulez cet import s’il est validé.`
		})
	];
}

/** Every run of words that may be a name. */
function named(text: string): string[] {
	const words = text.split(' ').filter(Boolean);
	return words.flatMap((_, i) =>
		Array.from({ length: Math.min(LONGEST_NAME, words.length - i) }, (_, n) => words.slice(i, i + n + 1).join(' '))
	);
}

const capitals = (name: string): string => name.replace(/(^| )\p{L}/gu, (letter) => letter.toLocaleUpperCase('fr'));
