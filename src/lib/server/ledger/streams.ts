import type { Refusal } from '../../domain/issue';
import type { Measure } from '../../domain/rules/funding';
import type { Referentiel } from '../../domain/rules/referentiel';
import { plain } from '../../domain/text';

/* What data/financements says of a stream of money: its measures by name, its target for quartiers. */

/**
 * Measure that words of a list name, among those of a family.
 * out    a function: null when none, or several; a refusal when the family is not in the référentiel
 */
export function measureNamer(ref: Referentiel, dispositif: string): ((words: string) => string | null) | Refusal {
	const [id] = dispositif.split('.');
	const family = ref.financements.find((f) => f.id === id);
	if (!family || (dispositif.includes('.') && !family.mesures.some((m) => m.id === dispositif)))
		return {
			refus: `Le dispositif «\u00a0${dispositif}\u00a0» n’est pas dans le référentiel.`,
			conseil: `Dispositifs connus\u00a0: ${ref.financements.map((f) => f.id).join(', ')}.`
		};
	const named = family.mesures.map((m) => ({ id: m.id, names: namesOf(m) }));
	return (words) => {
		const said = plain(words);
		const exact = named.find((m) => m.names.includes(said));
		if (exact) return exact.id;
		const held = named.filter((m) => m.names.some((n) => n.length > 5 && ` ${said} `.includes(` ${n} `)));
		return held.length === 1 ? held[0]!.id : null;
	};
}

/** Its label, its label after the name of the family, and its aliases. */
const namesOf = ({ libelle, alias }: Measure): string[] =>
	[
		libelle,
		libelle
			.split(/ [–-] /)
			.slice(1)
			.join(' '),
		...alias
	]
		.map(plain)
		.filter((n) => n !== '');

/** Share that must reach quartiers, when a measure of the family says it for the whole family. */
export const targetOf = (ref: Referentiel, family: string): NonNullable<Measure['cible_qpv']> | null =>
	ref.financements.find((f) => f.id === family)?.mesures.find((m) => m.cible_qpv?.perimetre === family)?.cible_qpv ??
	null;
