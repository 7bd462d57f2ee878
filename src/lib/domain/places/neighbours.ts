import { communeNamed, communesIn } from './communes';
import { formsOf, nameKey, nameWords } from './place-names';
import type { Places } from './places';
import { rememberWith } from '../remember';
import type { Commune } from '../territory';

/* Quartiers of the loaded perimeters that are of another territory: named here, they are known to be elsewhere. */

export interface Neighbour {
	readonly code: string;
	readonly nom: string;
	readonly communes: readonly Commune[];
	/** Name of its EPCI; null when that is not known. */
	readonly epci: string | null;
}

export interface Neighbours {
	readonly byCode: ReadonlyMap<string, Neighbour>;
	readonly byName: ReadonlyMap<string, readonly Neighbour[]>;
	/** Communes they lie in, by their folded names. */
	readonly communes: ReadonlyMap<string, readonly string[]>;
}

/** in     quartiers of other territories; those of this one, given by mistake, are left aside */
export function neighbourIndex(all: readonly Neighbour[], own: ReadonlySet<string>): Neighbours {
	const byName = new Map<string, Neighbour[]>();
	const communes = new Map<string, string[]>();
	const add = <T>(to: Map<string, T[]>, key: string, value: T): void =>
		void to.set(key, [...(to.get(key) ?? []), value]);
	const others = all.filter((n) => !own.has(n.code));
	for (const n of others) {
		add(byName, nameKey(nameWords(n.nom)), n);
		for (const { code, nom } of n.communes) add(communes, nameKey(nameWords(nom)), code);
	}
	return { byCode: new Map(others.map((n) => [n.code, n])), byName, communes };
}

/** « Les Tilleuls (Houvelles, CC de la Lande) » */
export const placedName = ({ nom, communes, epci }: Neighbour): string =>
	`${nom} (${[...communes.map((c) => c.nom), ...(epci === null ? [] : [epci])].join(', ')})`;

/**
 * The quartier of another territory that an entry names: with its commune, or alone when only one bears that name in the
 * departments of this territory, since « Bellevue » is also far away.
 */
export const neighbourNamed: (cell: string, places: Places) => Neighbour | null = rememberWith((cell, places) => {
	const { byName, communes } = places.neighbours;
	if (byName.size === 0 || communesIn(cell, places.communes).length > 0) return null;
	const brackets = [...cell.matchAll(/\(([^)]*)\)/g)].map(([, said = '']) => said);
	if (brackets.some((said) => communeNamed(said, places.communes) !== null)) return null;
	const bare = nameWords(cell.replace(/\([^)]*\)/g, ' '));
	const saidBy = (codes: readonly string[], rest: readonly string[]) =>
		(byName.get(nameKey(rest)) ?? []).find((n) => n.communes.some((c) => codes.includes(c.code)));
	for (const said of brackets) {
		const found = saidBy(communes.get(nameKey(nameWords(said))) ?? [], bare);
		if (found) return found;
	}
	// « Les Tilleuls à Houvelles », « Houvelles - Les Tilleuls »
	for (let cut = 1; cut < bare.length; cut++)
		for (const [one, other] of [
			[bare.slice(0, cut), bare.slice(cut)],
			[bare.slice(cut), bare.slice(0, cut)]
		] as const) {
			// prettier-ignore
			const found = saidBy(communes.get(nameKey(one)) ?? [], other);
			if (found) return found;
		}
	const near = new Set(places.communes.all.map((c) => departmentIn(c.code)));
	const alone = (byName.get(nameKey(bare)) ?? []).filter((n) => n.communes.some((c) => near.has(departmentIn(c.code))));
	const [only] = alone;
	return alone.length === 1 && only && !formsOf(only.code, only.nom, [])[0]!.generic ? only : null;
});

const departmentIn = (commune: string): string => commune.slice(0, commune.startsWith('97') ? 3 : 2);
