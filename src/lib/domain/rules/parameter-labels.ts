import { once } from '../memory';
import { plain } from '../text';
import type { ParameterValue } from './tuning';
import type { Referentiel } from './referentiel';

/* Codes that parameters of rules hold, as people read and type them: every name is that of the référentiel. */

type Named = Pick<Referentiel, 'enjeux' | 'plans' | 'marqueurs' | 'planDeFinancement' | 'lacunes'>;

/** Code → name, for the values that are codes of ours. */
export const parameterLabels = once((ref: Named): ReadonlyMap<string, string> => {
	const names = [
		...ref.enjeux.natures.map((n) => [n.code, n.libelle] as const),
		...ref.plans.porteurs.map((p) => [p.code, p.libelle] as const),
		...ref.plans.champs.map((c) => [c.champ, c.libelle] as const),
		...ref.plans.statuts.map((s) => [s.code, s.libelle] as const),
		...ref.marqueurs.marqueurs.map((m) => [m.code, m.libelle] as const),
		...ref.planDeFinancement.limites.map((l) => [l.id, l.titre] as const)
	];
	const used = new Set(ref.lacunes.regles.flatMap((r) => Object.values(r.parametres).flat().map(String)));
	return new Map(names.filter(([code]) => used.has(code)).map(([code, name]) => [code, name.toLocaleLowerCase('fr')]));
});

const each = (value: ParameterValue, change: (word: string) => string): ParameterValue =>
	typeof value === 'string' ? change(value) : Array.isArray(value) ? value.map(change) : value;

/** A value with its codes put into words; what is no code stays. */
export const labelled = (value: ParameterValue, labels: ReadonlyMap<string, string>): ParameterValue =>
	each(value, (word) => labels.get(word) ?? word);

/** What a person typed, words put back into codes; codes are taken too. */
export function coded(value: ParameterValue, labels: ReadonlyMap<string, string>): ParameterValue {
	const codes = new Map([...labels].map(([code, name]) => [plain(name), code]));
	return each(value, (word) => (labels.has(word) ? word : (codes.get(plain(word)) ?? word)));
}
