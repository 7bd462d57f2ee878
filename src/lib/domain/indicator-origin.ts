import { INSECABLE } from './french';
import type { IndicatorReading } from './indicator';

/* Where the figures of a portrait come from: what many lines share is said once. */

type Read = Pick<IndicatorReading, 'valeur' | 'source' | 'millesime'>;

const NO_YEAR = 'millésime non indiqué';

/** « millésime 2024 »: the year of the data, not of its publication. */
export const vintageWords = (millesime: string | null): string =>
	millesime === null ? NO_YEAR : `millésime\u00a0${millesime}`;

/** « ANCT, millésime non indiqué » */
export const originOf = ({ source, millesime }: Pick<Read, 'source' | 'millesime'>): string =>
	[source ?? 'source non renseignée', vintageWords(millesime)].join(', ');

export interface SharedOrigin {
	readonly origine: string;
	/** « Source de toutes ces lignes : ANCT, millésime non indiqué » */
	readonly phrase: string;
}

/** The origin that most valued lines have, the first read of two as frequent; null when no two lines share one. */
export function sharedOrigin(lines: readonly Read[]): SharedOrigin | null {
	const counts = new Map<string, number>();
	for (const line of lines.filter((l) => l.valeur !== null))
		counts.set(originOf(line), (counts.get(originOf(line)) ?? 0) + 1);
	const [most] = [...counts].sort(([, a], [, b]) => b - a);
	if (!most || most[1] < 2) return null;
	const [origine] = most;
	const which = counts.size === 1 ? 'de toutes ces lignes' : 'des lignes qui n’en nomment pas d’autre';
	return { origine, phrase: `Source ${which}${INSECABLE}: ${origine}` };
}

/** « ANCT »: beside a portrait that says of one of its lines that its year is not known, a figure need not say it again. */
export const originBeside = (origine: string, lines: readonly Read[]): string =>
	lines.some((l) => l.valeur !== null && originOf(l) === origine) ? origine.replace(`, ${NO_YEAR}`, '') : origine;
