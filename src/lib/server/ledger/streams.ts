import type { Refusal } from '../../domain/issue';
import type { Measure } from '../../domain/rules/funding';
import type { Referentiel } from '../../domain/rules/referentiel';
import { plain } from '../../domain/text';

/* What data/financements says of a stream of money: its measures by name, its target for quartiers. */

/**
 * A stream as people write it: « fonds-vert », « Fonds vert », « dotations-etat.dpv », « DPV ».
 * out    the id of a family or of a measure; a refusal that names the known ones when none, or several, bear that name
 */
export function streamNamed(ref: Referentiel, words: string): string | Refusal {
	if (isStream(ref, words)) return words;
	const found = streamNames(ref).get(plain(words)) ?? [];
	if (found.length === 1) return found[0]!;
	const known = found.length > 1 ? found : ref.financements.map((f) => f.id);
	return {
		refus:
			found.length > 1
				? `«\u00a0${words}\u00a0» nomme plusieurs dispositifs.`
				: `Le dispositif «\u00a0${words}\u00a0» n’est pas dans le référentiel.`,
		conseil: `${found.length > 1 ? 'Choisissez' : 'Dispositifs connus'}\u00a0: ${known.join(', ')}.`
	};
}

const isStream = (ref: Referentiel, id: string): boolean =>
	ref.financements.some((f) => f.id === id || f.mesures.some((m) => m.id === id));

/** Folded name → every family and measure that bears it. */
export function streamNames(ref: Referentiel): ReadonlyMap<string, readonly string[]> {
	const names = new Map<string, string[]>();
	const add = (name: string, id: string): void => {
		const key = plain(name);
		const known = names.get(key) ?? [];
		if (!known.includes(id)) names.set(key, [...known, id]);
	};
	for (const f of ref.financements) {
		for (const name of [f.id, f.titre, ...f.alias]) add(name, f.id);
		for (const m of f.mesures) for (const name of [m.id, m.id.split('.')[1]!, ...namesOf(m)]) add(name, m.id);
	}
	return names;
}

/** What people call a family or a measure. */
export function streamTitle(ref: Referentiel, id: string): string {
	const family = ref.financements.find((f) => f.id === id.split('.')[0]);
	return family?.mesures.find((m) => m.id === id)?.libelle ?? family?.titre ?? id;
}

/**
 * Measure that words of a list name, among those of a family.
 * out    a function: null when none, or several
 */
export function measureNamer(ref: Referentiel, dispositif: string): (words: string) => string | null {
	const family = ref.financements.find((f) => f.id === dispositif.split('.')[0])!;
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
