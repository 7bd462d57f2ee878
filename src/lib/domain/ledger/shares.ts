import { PARTS, type GrantPlace, type Part } from './grant-place';
import type { Grant } from './grant';

/** A grant with its place and where the list says it. */
export interface PlacedGrant {
	readonly grant: Grant;
	readonly place: GrantPlace;
	readonly fichier: string;
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
}

/**
 * Adds up what goes to quartiers.
 * out    an interval, never a guess: from what surely goes there to what may
 * empty  no grant → montant 0 and no interval
 */
export function sharesOf(grants: readonly PlacedGrant[]): Shares {
	const parts = Object.fromEntries(PARTS.map((p) => [p, { montant: 0, projets: 0 }])) as Record<
		Part,
		{ montant: number; projets: number }
	>;
	for (const { grant, place } of grants) {
		parts[place.part].montant += grant.montant;
		parts[place.part].projets++;
	}
	const montant = PARTS.reduce((sum, p) => sum + parts[p].montant, 0);
	const sure = parts['en-qpv'].montant;
	const maybe = sure + parts['commune-avec-qpv'].montant + parts.inconnu.montant;
	return {
		projets: grants.length,
		montant,
		parts,
		intervalle: montant > 0 ? { min: sure / montant, max: maybe / montant } : null
	};
}

export type Standing = 'atteinte' | 'non-atteinte' | 'indecidable';

/** Held against a target: reached even at the least, missed even at the most, or it cannot be said. */
export function standing(intervalle: Shares['intervalle'], cible: number): Standing {
	if (intervalle === null) return 'indecidable';
	if (intervalle.min >= cible) return 'atteinte';
	return intervalle.max < cible ? 'non-atteinte' : 'indecidable';
}

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
