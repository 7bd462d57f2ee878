import { count, INSECABLE, list, number, plural, quoted } from '../french';

/* Why an answer does not close a gap: both are read of the same crossing, each says the other. */

/** A gap that waits for an answer, on a crossing. */
export interface OpenOn {
	readonly enjeu: string | null;
	readonly regle: string;
}

/** « une lacune y reste ouverte »: the same without the names of the rules, which the list of gaps has. */
export function leftOpenBrief(croises: readonly string[], open: readonly OpenOn[]): string | null {
	const own = open.filter((g) => g.enjeu !== null && croises.includes(g.enjeu));
	const [n, rules] = [new Set(own.map((g) => g.enjeu)).size, new Set(own.map((g) => g.regle)).size];
	if (n === 0) return null;
	const what = `${rules === 1 ? 'une lacune' : count(rules, 'lacune')} ${croises.length === 1 ? 'y ' : ''}${plural(rules, 'reste ouverte', 'restent ouvertes')}`;
	if (croises.length === 1) return what;
	return `${what} sur ${n === croises.length ? 'chacun' : `${number(n)} d’entre eux`}`;
}

/**
 * What stays open on crossings that have an answer of substance.
 * in     codes of those crossings; open gaps of the quartier; names of rules by id
 * out    « une lacune y reste ouverte : « Le droit commun… » », « … sur 3 d’entre eux », « … sur chacun »; null without any
 */
export function leftOpen(
	croises: readonly string[],
	open: readonly OpenOn[],
	regles: Readonly<Record<string, string>>
): string | null {
	const said = leftOpenBrief(croises, open);
	if (said === null) return null;
	const own = open.filter((g) => g.enjeu !== null && croises.includes(g.enjeu));
	const rules = [...new Set(own.map((g) => g.regle))].sort();
	return `${said}${INSECABLE}: ${list(rules.map((r) => quoted(regles[r] ?? r)))}`;
}
