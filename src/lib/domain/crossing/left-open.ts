import { count, INSECABLE, list, number, plural, quoted } from '../french';

/* Why an answer does not close a gap: both are read of the same crossing, each says the other. */

/** A gap that waits for an answer, on a crossing. */
export interface OpenOn {
	readonly enjeu: string | null;
	readonly regle: string;
}

/**
 * What stays open on crossings that have an answer of substance.
 * in     codes of those crossings; open gaps of the quartier; names of rules by id
 * out    « une lacune y reste ouverte : « Le droit commun… » (G02) », « … sur 3 d’entre eux », « … sur chacun »; null without any
 */
export function leftOpen(
	croises: readonly string[],
	open: readonly OpenOn[],
	regles: Readonly<Record<string, string>>
): string | null {
	const own = open.filter((g) => g.enjeu !== null && croises.includes(g.enjeu));
	const n = new Set(own.map((g) => g.enjeu)).size;
	if (n === 0) return null;
	const rules = [...new Set(own.map((g) => g.regle))].sort();
	const names = list(rules.map((r) => `${quoted(regles[r] ?? r)} (${r})`));
	const what = rules.length === 1 ? 'une lacune' : count(rules.length, 'lacune');
	const stays = plural(rules.length, 'reste ouverte', 'restent ouvertes');
	if (croises.length === 1) return `${what} y ${stays}${INSECABLE}: ${names}`;
	return `${what} ${stays} sur ${n === croises.length ? 'chacun' : `${number(n)} d’entre eux`}${INSECABLE}: ${names}`;
}
