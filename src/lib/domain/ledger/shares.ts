import { count, euros } from '../french';
import { PARTS, type GrantPlace, type Part } from './grant-place';
import type { Grant } from './grant';

/** A grant with its place and where the list says it. */
export interface PlacedGrant {
	readonly grant: Grant;
	readonly place: GrantPlace;
	readonly fichier: string;
	/** Its list, to open its row; absent: none was loaded. */
	readonly liste?: number;
	/** Day its list was loaded; absent: not known. */
	readonly importeLe?: string;
}

export interface Shares {
	readonly projets: number;
	/** Euro cents. */
	readonly montant: number;
	/** Euro cents and projects by part; the four add up to the whole, to the cent. */
	readonly parts: Readonly<Record<Part, { readonly montant: number; readonly projets: number }>>;
	/** Share that goes to quartiers, 0 to 1: surely, and at most; null when nothing was granted. */
	readonly intervalle: { readonly min: number; readonly max: number } | null;
	/** What lists take back, among the amounts. Euro cents, below zero. */
	readonly reprises: { readonly montant: number; readonly projets: number };
}

/**
 * Adds up what goes to quartiers.
 * out    an interval, never a guess: from what surely goes there to what may; an amount taken back that may be of a quartier lowers
 *        the least and not the most
 * empty  no grant → montant 0 and no interval
 */
export function sharesOf(grants: readonly PlacedGrant[]): Shares {
	const parts = Object.fromEntries(PARTS.map((p) => [p, { montant: 0, projets: 0 }])) as Record<
		Part,
		{ montant: number; projets: number }
	>;
	const maybe = { plus: 0, moins: 0 };
	const reprises = { montant: 0, projets: 0 };
	for (const { grant, place } of grants) {
		parts[place.part].montant += grant.montant;
		parts[place.part].projets++;
		if (place.part === 'commune-avec-qpv' || place.part === 'inconnu')
			maybe[grant.montant < 0 ? 'moins' : 'plus'] += grant.montant;
		if (grant.montant < 0) {
			reprises.montant += grant.montant;
			reprises.projets++;
		}
	}
	const montant = PARTS.reduce((sum, p) => sum + parts[p].montant, 0);
	const sure = parts['en-qpv'].montant;
	// What is taken back elsewhere may leave less in all than went to quartiers.
	const share = (cents: number): number => Math.min(1, Math.max(0, cents / montant));
	return {
		projets: grants.length,
		montant,
		parts,
		intervalle: montant > 0 ? { min: share(sure + maybe.moins), max: share(sure + maybe.plus) } : null,
		reprises
	};
}

export type Standing = 'atteinte' | 'non-atteinte' | 'indecidable';

/** Held against a target: reached even at the least, missed even at the most, or it cannot be said. */
export function standing(intervalle: Shares['intervalle'], cible: number): Standing {
	if (intervalle === null) return 'indecidable';
	if (intervalle.min >= cible) return 'atteinte';
	return intervalle.max < cible ? 'non-atteinte' : 'indecidable';
}

/** « Dont 2 montants repris, −5 000 € »: an amount taken back moves the bounds; '' when none is. Cents. */
export const withdrawn = ({ reprises: { montant, projets } }: Pick<Shares, 'reprises'>): string =>
	projets === 0
		? ''
		: `Dont ${count(projets, 'montant repris', 'montants repris')}, −${euros(-montant / 100)}\u00a0: les bornes en tiennent compte, sans sortir de 0 à 100\u00a0%.`;

/** Grants by a key, in the order of the keys. */
export function groupGrants<K extends string | number>(
	grants: readonly PlacedGrant[],
	key: (grant: PlacedGrant) => K | null
): ReadonlyMap<K | null, readonly PlacedGrant[]> {
	const groups = new Map<K | null, PlacedGrant[]>();
	for (const grant of grants) {
		const k = key(grant);
		const known = groups.get(k);
		if (known) known.push(grant);
		else groups.set(k, [grant]);
	}
	return groups;
}
