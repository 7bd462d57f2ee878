import { euros, INSECABLE, number } from './french';

/** Units that a number does not need to be told with: a count, a ratio. */
export const bare = (unit: string): boolean => unit === '' || unit === 'nombre' || unit === 'rapport';

/** A value of an indicator with its unit: « 46,2 % », « 12 910 € », « 2 » of what is counted, « oui » of what is or is not. */
export function measured(value: number, unit: string, decimals: number): string {
	if (unit.startsWith('€')) return `${euros(value)}${unit.slice(1)}`;
	if (unit === '0 ou 1') return value ? 'oui' : 'non';
	const scale = /(?:de 0 à|sur) (\d+)$/.exec(unit);
	if (scale) return `${number(value, decimals)} sur${INSECABLE}${scale[1]}`;
	return `${number(value, decimals)}${bare(unit) ? '' : INSECABLE + unit}`;
}

/** The unit beside its value, in a column of units; « — » when the number says it all. */
export const unitTold = (unit: string): string => (bare(unit) ? '—' : unit);
