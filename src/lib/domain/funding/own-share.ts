import type { Action, FinancingLine, PorteurType } from '../action';
import { once } from '../memory';
import { remember } from '../remember';
import { plain } from '../text';

/* A line whose funder is the body that carries the action: its own share, which is no aid. */

type Carried = Pick<Action, 'porteur' | 'porteurType'>;

/** Bodies that are also called by what they are: « Ville », « part communale », « l’agglo ». */
const KINDS: readonly (readonly [PorteurType, string])[] = [
	['epci', 'communaute d agglomeration|communaute d agglo|communaute de communes|communaute urbaine|communaute'],
	['epci', 'metropole|agglomeration|agglo|intercommunalite|intercommunale?|epci|ca|cc|cu'],
	['commune', 'ville|commune|communale?|municipalite|municipale?|mairie'],
	['departement', 'conseil departemental|conseil general|departement|departementale?|c[dg] ?(?:\\d\\d\\d?|2[ab])'],
	['region', 'conseil regional|region|regionale?']
];
const STARTS = KINDS.map(([kind, words]) => [kind, new RegExp(`^(?:${words})(?= |$)`)] as const);
/** « Vernouy Agglo », « Vernouy Métropole » */
const ENDS = /^(.+) (?:agglomeration|agglo|metropole)$/;
/** What only says that it pays. */
const PAYS = /^(?:(?:la|le|les|l|une|part|participation|contribution|apport|financement|budget|de|du|des|d) )+/;
const LINK = /^(?:(?:de|du|des|d|la|le|les|l) )+/;

interface Body {
	readonly words: string;
	readonly kind: PorteurType | null;
	/** Its name without what it is; '' when only that is said. */
	readonly name: string;
}

const bodyOf = remember((text: string): Body => {
	const words = plain(text.replace(/\([^()]*\)/g, ' ')).replace(PAYS, '');
	for (const [kind, pattern] of STARTS) {
		const found = pattern.exec(words)?.[0];
		if (found !== undefined) return { words, kind, name: words.slice(found.length).trim().replace(LINK, '') };
	}
	const [, before] = ENDS.exec(words) ?? [];
	return before === undefined ? { words, kind: null, name: words } : { words, kind: 'epci', name: before };
});

/** « Ville de Vernouy / CA de l’Orvelle »: each of them carries it. */
const carriers = once((action: Carried): readonly Body[] => {
	const named = (action.porteur ?? '').split(/\s*[,;/+&\n]\s*|\s+et\s+(?=la |le |l['’]|ville|commune|c[ac] )/i);
	const bodies = named.filter((one) => one.trim() !== '').map(bodyOf);
	const [only] = bodies;
	// « Vernouy » alone is a town or an EPCI: its type, said or recognised, tells.
	return bodies.length === 1 && only!.kind === null ? [{ ...only!, kind: action.porteurType }] : bodies;
});

/**
 * Is it what the porteur itself brings?
 * in     the words of the line, and who carries the action
 * never  takes the EPCI named after a town for the town
 */
export function isOwnShare({ libelle, genre }: Pick<FinancingLine, 'libelle' | 'genre'>, action: Carried): boolean {
	if (genre !== 'subvention' || action.porteur === null) return false;
	const funder = bodyOf(libelle);
	return funder.words !== '' && carriers(action).some((porteur) => isSame(funder, porteur));
}

/** « Ville de Vernouy », « l’agglo », « CD 62 »: a commune, an EPCI, a department or a region, by its words. */
export const isLocalBody = (words: string): boolean => bodyOf(words).kind !== null;

/** What a line of money is: an aid, or what is brought beside it and never adds to the aids obtained. */
export type MoneyKind = 'aide' | Exclude<FinancingLine['genre'], 'subvention'>;

/** never  takes a refusal written by the porteur itself for what it brings */
export const moneyKindOf = (line: FinancingLine, action: Carried): MoneyKind =>
	line.genre !== 'subvention'
		? line.genre
		: line.etat !== 'refuse' && isOwnShare(line, action)
			? 'autofinancement'
			: 'aide';

function isSame(funder: Body, porteur: Body): boolean {
	if (funder.words === porteur.words) return true;
	if (funder.kind === null)
		return (porteur.kind === 'commune' || porteur.kind === null) && funder.name === porteur.name;
	return funder.kind === porteur.kind && (funder.name === '' || porteur.name === '' || funder.name === porteur.name);
}
