import { departementOf } from '../funding/official-facts';
import type { FundingFile } from './funding';

/* What families of measures are called where the money is: those of one region name another body everywhere else. */

type Families = readonly FundingFile[];

/** By the families that go by their generic name: a few, and the very same list each time. */
const known = new WeakMap<Families, Map<string, Families>>();

/**
 * Families of measures as they are called in some départements.
 * in     every département the money may be of; none: nobody knows where it is
 * out    the very same list where all are those of the measures; else a family goes by its generic name
 * never  changes what the measures are, nor whether an action may ask for them
 */
export function familiesIn(families: Families, departements: readonly string[]): Families {
	const elsewhere = families.filter(({ propre_a: own }) => own && !isHome(own.departements, departements));
	if (elsewhere.length === 0) return families;
	const byNames = known.get(families) ?? new Map<string, Families>();
	known.set(families, byNames);
	const key = elsewhere.map((f) => f.id).join();
	const made =
		byNames.get(key) ?? families.map((f) => (elsewhere.includes(f) ? { ...f, titre: f.propre_a!.ailleurs } : f));
	byNames.set(key, made);
	return made;
}

const isHome = (home: readonly string[], departements: readonly string[]): boolean =>
	departements.length > 0 && departements.every((d) => home.includes(d));

interface Placed {
	readonly communes: readonly { readonly code: string }[];
}

/** The same, in a territory: an invented commune is in no département. */
export const familiesAt = (families: Families, { communes }: Placed): Families =>
	familiesIn(families, [...new Set(communes.map((c) => departementOf(c.code)))]);

/** The référentiel that says its families as the territory does. */
export function refAt<R extends { readonly financements: Families }>(ref: R, place: Placed): R {
	const financements = familiesAt(ref.financements, place);
	return financements === ref.financements ? ref : { ...ref, financements };
}
