import type { Territory } from '../territory';

/* What official geography, or the name of the EPCI, answers for every action of a territory, so that nobody is asked for it. */

/** Kinds of EPCI of the official geographic code, in words. */
const NATURES: Readonly<Record<string, string>> = {
	CC: 'communauté de communes',
	CA: 'communauté d’agglomération',
	CU: 'communauté urbaine',
	METRO: 'métropole',
	MET69: 'métropole'
};

/** A missing key is « not known »: a territory over two departments has no `departement`. */
export interface OfficialFacts {
	/** « communauté d’agglomération » */
	readonly nature_epci?: string;
	/** The same, as its name says; only when no official code speaks. */
	readonly nature_epci_nom?: string;
	/** « 59 », « 02 » */
	readonly departement?: string;
}

/** empty  of a fictional territory, what its name says alone: no official code speaks for it */
export function officialFacts({ nom, genre, nature, communes, fictif }: Territory): OfficialFacts {
	const words = fictif ? undefined : NATURES[nature ?? ''];
	const named = words === undefined && genre === 'epci' ? natureNamed(nom) : null;
	const [departement, ...others] = fictif ? [] : new Set(communes.map((c) => departementOf(c.code)));
	return {
		...(words !== undefined && { nature_epci: words }),
		...(named !== null && { nature_epci_nom: named }),
		...(departement !== undefined && others.length === 0 && { departement })
	};
}

/** Kinds an official name begins with; « CA Valenciennes Métropole » is a CA, so what comes after says nothing. */
const NAMED: readonly (readonly [RegExp, keyof typeof NATURES])[] = [
	[/^(?:CC|communauté de communes)[\s-]/i, 'CC'],
	[/^(?:CA|communauté d[’']agglomération)[\s-]/i, 'CA'],
	[/^(?:CU|communauté urbaine)[\s-]/i, 'CU'],
	[/^métropole[\s-]/i, 'METRO']
];

const natureNamed = (nom: string): string | null => {
	const [, kind] = NAMED.find(([begins]) => begins.test(nom.trim())) ?? [];
	return kind === undefined ? null : NATURES[kind]!;
};

/** The official code of a commune carries its department: 59606 → 59, 97411 → 974. */
export const departementOf = (commune: string): string => commune.slice(0, /^9[78]/.test(commune) ? 3 : 2);
