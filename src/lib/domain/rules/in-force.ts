import { date, FINE, INSECABLE } from '../french';
import type { Criterion, Measure } from './funding';
import { sourceOf, valueAt, type IsoDate, type Source } from '../source';

/* A threshold as it stood on a day: dated, read on a page that gives no date, or known by nobody for that day. */

export type InForce =
	| { readonly etat: 'datee'; readonly depuis: IsoDate; readonly jusquau: IsoDate | null }
	| { readonly etat: 'sans-date'; readonly lue: IsoDate }
	| { readonly etat: 'inconnue'; readonly au: IsoDate };

/** What a criterion asks, without its dates. */
export interface Bounds {
	readonly min: number | null;
	readonly max: number | null;
	readonly avant: IsoDate | null;
}

export interface BoundsOnDay {
	readonly bornes: Bounds;
	/** null for a criterion that has no threshold at all. */
	readonly vigueur: InForce | null;
	readonly source: Source | null;
}

const NONE: Bounds = { min: null, max: null, avant: null };

/**
 * The bounds of a criterion on a day, with the text that says them.
 * out    `inconnue` before the first known value, and where the file writes `null`: nobody knows, nothing is discarded
 */
export function boundsAt(criterion: Criterion, references: readonly Source[], day: IsoDate): BoundsOnDay {
	const source = sourceOf(references, criterion.reference);
	if (!('valeurs' in criterion)) return { bornes: NONE, vigueur: null, source };
	const { valeurs } = criterion;
	if (valeurs === null) {
		const bornes = fixedBounds(criterion);
		const fixed = bornes.min !== null || bornes.max !== null || bornes.avant !== null;
		return { bornes, vigueur: fixed && source ? { etat: 'sans-date', lue: source.consulte_le } : null, source };
	}
	const value = valueAt(valeurs, day);
	if (!value) return { bornes: NONE, vigueur: { etat: 'inconnue', au: day }, source };
	const vigueur = periodOf(Object.keys(valeurs), day);
	return { bornes: value, vigueur, source: sourceOf(references, value.reference) };
}

const fixedBounds = (criterion: Extract<Criterion, { valeurs: unknown }>): Bounds =>
	criterion.critere === 'depot'
		? { ...NONE, avant: criterion.avant }
		: { min: criterion.min, max: criterion.max, avant: null };

/** From the last day of the list up to this one, to the eve of the next. */
export function periodOf(days: readonly IsoDate[], day: IsoDate): Extract<InForce, { etat: 'datee' }> {
	const sorted = [...days].sort();
	const next = sorted.find((d) => d > day);
	return { etat: 'datee', depuis: sorted.filter((d) => d <= day).at(-1)!, jusquau: next ? eve(next) : null };
}

function eve(day: IsoDate): IsoDate {
	const at = new Date(`${day}T00:00:00Z`);
	at.setUTCDate(at.getUTCDate() - 1);
	return at.toISOString().slice(0, 10);
}

/** « depuis le 01/01/2025 », « du 01/01/2023 au 31/12/2023 », « valeur sans date, lue le 22/11/2026 » */
export function inForceText(vigueur: InForce): string {
	switch (vigueur.etat) {
		case 'datee':
			return vigueur.jusquau === null
				? `depuis le ${date(vigueur.depuis)}`
				: `du ${date(vigueur.depuis)} au ${date(vigueur.jusquau)}`;
		case 'sans-date':
			return `valeur sans date, lue le ${date(vigueur.lue)}`;
		case 'inconnue':
			return `valeur non connue au ${date(vigueur.au)}`;
		default:
			return vigueur satisfies never;
	}
}

/** The rate of a measure on a day; null when it has none. A rate of null: closed, or not known that day. */
export function rateAt(
	{ aide, references }: Pick<Measure, 'aide' | 'references'>,
	day: IsoDate
): { readonly valeur: number | null; readonly vigueur: InForce | null; readonly source: Source | null } | null {
	if (!aide) return null;
	const source = sourceOf(references, aide.reference);
	if (aide.valeur !== null)
		return { valeur: aide.valeur, vigueur: source && { etat: 'sans-date', lue: source.consulte_le }, source };
	const valeur = valueAt(aide.valeurs, day);
	if (valeur === undefined) return { valeur: null, vigueur: { etat: 'inconnue', au: day }, source };
	return { valeur, vigueur: periodOf(Object.keys(aide.valeurs), day), source };
}

/** What to supply when nobody knows the value of that day; `connues` are the others, in words. */
export const unknownValueQuestion = (au: IsoDate, connues: readonly string[]): string =>
	`Quelle valeur s’appliquait au ${date(au)}${FINE}? Demandez au financeur le texte en vigueur ce jour-là${
		connues.length > 0 ? ` (valeurs connues${INSECABLE}: ${connues.join(`${FINE}; `)})` : ''
	}.`;
