import type { Decision } from '../action';
import { date, number } from '../french';
import { IsoDate } from '../source';
import type { GapRule, Referentiel } from './referentiel';

/* Parameters of the rules, as a territory set them: signed, dated, with a reason, and taken back at will. */

export type ParameterValue = GapRule['parametres'][string];

export interface Tuned {
	readonly decision: number;
	readonly parametre: string;
	readonly valeur: ParameterValue;
	/** What the référentiel says. */
	readonly defaut: ParameterValue;
	readonly par: string;
	readonly le: string;
	readonly motif: string | null;
}

/** What a decision on a parameter is about: « G07.horizon ». */
export const parameterKey = (rule: string, parametre: string): string => `${rule}.${parametre}`;

/** Parameters a territory has changed, by rule; one whose kind no longer fits the référentiel is left out. */
export function tunedParameters(
	rules: readonly GapRule[],
	decisions: readonly Decision[]
): ReadonlyMap<string, readonly Tuned[]> {
	const last = new Map<string, Decision>();
	for (const d of [...decisions].sort((a, b) => a.id - b.id)) if (d.sujet.genre === 'regle') last.set(d.sujet.id, d);
	if (last.size === 0) return new Map();
	return new Map(
		rules.flatMap((rule): [string, Tuned[]][] => {
			const tuned = Object.entries(rule.parametres).flatMap(([parametre, defaut]): Tuned[] => {
				const decision = last.get(parameterKey(rule.id, parametre));
				const valeur = decision && sameKind(decision.valeur, defaut);
				if (!decision || valeur === undefined || valeur === null) return [];
				const { id, par, le, motif } = decision;
				return [{ decision: id, parametre, valeur, defaut, par, le, motif }];
			});
			return tuned.length ? [[rule.id, tuned]] : [];
		})
	);
}

/** The référentiel as a territory uses it: same rules, its own parameters. The very same object when it changed none. */
export function tunedReferentiel(ref: Referentiel, decisions: readonly Decision[]): Referentiel {
	const tuned = tunedParameters(ref.lacunes.regles, decisions);
	if (tuned.size === 0) return ref;
	const regles = ref.lacunes.regles.map((rule) => {
		const own = tuned.get(rule.id);
		if (!own) return rule;
		return {
			...rule,
			parametres: { ...rule.parametres, ...Object.fromEntries(own.map((t) => [t.parametre, t.valeur])) }
		};
	});
	return { ...ref, lacunes: { ...ref.lacunes, regles } };
}

const sameKind = (value: unknown, like: ParameterValue): ParameterValue | null => {
	if (Array.isArray(like))
		return Array.isArray(value) && value.every((v) => typeof v === 'string') ? (value as string[]) : null;
	return typeof value === typeof like ? (value as ParameterValue) : null;
};

/**
 * A parameter as a person types it.
 * in     the words, and the value of the référentiel, which gives the kind
 * out    the value, or what is expected, in French: a number (a share stays between 0 and 1), a day, a list of one per line
 */
export function readParameter(
	words: string,
	like: ParameterValue
): { readonly valeur: ParameterValue } | { readonly attendu: string } {
	const text = words.trim();
	if (Array.isArray(like)) return { valeur: text.split(/\r?\n/).flatMap((line) => line.trim() || []) };
	if (typeof like === 'boolean') return { valeur: text === 'oui' };
	if (typeof like === 'string') {
		const french = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
		const said = french ? `${french[3]}-${french[2]!.padStart(2, '0')}-${french[1]!.padStart(2, '0')}` : text;
		if (!IsoDate.safeParse(like).success) return text ? { valeur: text } : { attendu: 'un mot' };
		const real = IsoDate.safeParse(said).success && !Number.isNaN(Date.parse(said));
		return real ? { valeur: said } : { attendu: 'une date, JJ/MM/AAAA' };
	}
	const value = Number(text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'));
	const share = !Number.isInteger(like) || (like > 0 && like < 1);
	if (text === '' || !Number.isFinite(value) || value < 0) return { attendu: 'un nombre, zéro ou plus' };
	if (share && value > 1) return { attendu: 'une part entre 0 et 1, par exemple 0,3 pour 30\u00a0%' };
	if (!share && !Number.isInteger(value)) return { attendu: 'un nombre entier' };
	return { valeur: value };
}

/** A value as people read and type it; a list has one per line. */
export function parameterText(value: ParameterValue): string {
	if (Array.isArray(value)) return value.join('\n');
	if (typeof value === 'number') return number(value, 4);
	if (typeof value === 'boolean') return value ? 'oui' : 'non';
	return IsoDate.safeParse(value).success ? date(value as string) : (value as string);
}
