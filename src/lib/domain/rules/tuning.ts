import type { Decision } from '../action';
import { date, number, percent } from '../french';
import { IsoDate } from '../source';
import { eachEnjeu } from './enjeu-lists';
import { isShare } from './parameter-words';
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
				const said = decision && sameKind(decision.valeur, defaut);
				const valeur = said === undefined || said === null ? said : eachEnjeu(parametre, said);
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
 * out    the value, or what is expected, in French: a number (a share is a percentage), a day, a list of one per line
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
	const value = Number(text.replace(/[\s\u00a0\u202f]|%$/g, '').replace(',', '.'));
	const wrong = text === '' || !Number.isFinite(value) || value < 0;
	if (isShare(like)) {
		// « 0,3 » alone could be a third or next to nothing: it is asked again.
		const unclear = value > 0 && value < 1 && !text.endsWith('%');
		if (wrong || unclear || value > 100) return { attendu: 'un pourcentage entre 0 et 100, par exemple 30\u00a0%' };
		return { valeur: Math.round(value * 100) / 10_000 };
	}
	if (wrong) return { attendu: 'un nombre, zéro ou plus' };
	return Number.isInteger(value) ? { valeur: value } : { attendu: 'un nombre entier' };
}

/** A value as people read and type it, as that of the référentiel is; a list has one per line. */
export function parameterText(value: ParameterValue, like: ParameterValue = value): string {
	if (Array.isArray(value)) return value.join('\n');
	if (typeof value === 'number') return isShare(like) ? percent(value, 2) : number(value, 4);
	if (typeof value === 'boolean') return value ? 'oui' : 'non';
	return IsoDate.safeParse(value).success ? date(value as string) : (value as string);
}
