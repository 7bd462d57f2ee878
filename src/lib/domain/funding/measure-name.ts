import type { Measure } from '../rules/funding';

/** « Offre Quartiers 2030 (prêt et ingénierie) »: what is not a plain grant says so wherever it is proposed. */
export const measureName = ({ libelle, forme }: Pick<Measure, 'libelle' | 'forme'>): string =>
	forme === 'subvention' ? libelle : `${libelle} (${forme})`;
