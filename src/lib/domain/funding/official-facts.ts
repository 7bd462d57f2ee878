import type { Territory } from '../territory';

/* What official geography answers for every action of a territory, so that nobody is asked for it. */

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
	/** « 59 », « 02 » */
	readonly departement?: string;
}

/** empty  {} for a fictional territory: no official code speaks for it */
export function officialFacts({ nature, communes, fictif }: Territory): OfficialFacts {
	if (fictif) return {};
	const words = NATURES[nature ?? ''];
	const [departement, ...others] = new Set(communes.map((c) => departementOf(c.code)));
	return {
		...(words !== undefined && { nature_epci: words }),
		...(departement !== undefined && others.length === 0 && { departement })
	};
}

/** The official code of a commune carries its department: 59606 → 59, 97411 → 974. */
const departementOf = (commune: string): string => commune.slice(0, /^9[78]/.test(commune) ? 3 : 2);
