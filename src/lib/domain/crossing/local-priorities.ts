import type { Action, Decision } from '../action';
import type { Declared } from './classify';
import { plain } from '../text';

/* « Axe 3 : mieux se déplacer » means mobility, says a person, once: every action of that axis then counts it as evidence. */

export const LOCAL_FIELDS = ['axe', 'secteurs'] as const;
export type LocalField = (typeof LOCAL_FIELDS)[number];

export interface LocalAnswer {
	readonly decision: number;
	/** T and P codes; [] says that this value stands for no enjeu. */
	readonly enjeux: readonly string[];
	readonly par: string;
	readonly le: string;
	readonly motif: string | null;
}

/** Key of a value → what a person said of it. */
export type LocalPriorities = ReadonlyMap<string, LocalAnswer>;

/** « axe:mieux se deplacer »: capitals and accents do not make another axis. */
export const localKey = (field: LocalField, value: string): string => `${field}:${plain(value)}`;

/** The last answer to each value of a territory. */
export function localPriorities(decisions: readonly Decision[]): LocalPriorities {
	const found = new Map<string, LocalAnswer>();
	for (const { id, sujet, valeur, par, le, motif } of [...decisions].sort((a, b) => a.id - b.id)) {
		if (sujet.genre !== 'priorite') continue;
		const codes = (valeur as { readonly enjeux?: unknown } | null)?.enjeux;
		if (Array.isArray(codes)) found.set(sujet.id, { decision: id, enjeux: codes.map(String), par, le, motif });
	}
	return found;
}

/** What the values of an action stand for; values nobody mapped say nothing here. */
export function prioritiesOf(action: Pick<Action, 'axe' | 'secteurs'>, known: LocalPriorities): Declared[] {
	if (known.size === 0) return [];
	return valuesOf(action).flatMap(({ champ, valeur }) => {
		const codes = known.get(localKey(champ, valeur))?.enjeux ?? [];
		return codes.length ? [{ mot: valeur, codes }] : [];
	});
}

/** A value of the file's own columns, how many actions bear it, and what was answered. */
export interface LocalValue {
	readonly cle: string;
	readonly champ: LocalField;
	readonly valeur: string;
	readonly actions: number;
	readonly reponse: LocalAnswer | null;
}

/**
 * Every value of the axis and theme columns of a territory, those without an answer first, then the most frequent.
 * in     `known`: sectors the référentiel already reads (plain text); they are not asked
 */
export function localValues(
	actions: readonly Pick<Action, 'axe' | 'secteurs'>[],
	answers: LocalPriorities,
	known: ReadonlySet<string>
): LocalValue[] {
	const found = new Map<string, { champ: LocalField; valeur: string; actions: number }>();
	for (const action of actions)
		for (const { champ, valeur } of valuesOf(action)) {
			if (known.has(plain(valeur))) continue;
			const cle = localKey(champ, valeur);
			const entry = found.get(cle) ?? { champ, valeur, actions: 0 };
			found.set(cle, { ...entry, actions: entry.actions + 1 });
		}
	return [...found]
		.map(([cle, value]) => ({ cle, ...value, reponse: answers.get(cle) ?? null }))
		.sort(
			(a, b) =>
				Number(a.reponse !== null) - Number(b.reponse !== null) ||
				b.actions - a.actions ||
				a.valeur.localeCompare(b.valeur, 'fr', { numeric: true })
		);
}

function valuesOf({ axe, secteurs }: Pick<Action, 'axe' | 'secteurs'>): { champ: LocalField; valeur: string }[] {
	const themes = [...new Set(secteurs)].map((valeur) => ({ champ: 'secteurs' as const, valeur }));
	return axe === null ? themes : [{ champ: 'axe', valeur: axe }, ...themes];
}
