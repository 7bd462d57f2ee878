import type { Measure } from '../rules/funding';

/** All it gives in money is lent: « subvention et prêts » is no loan. */
export const isLoan = ({ forme }: { readonly forme: string | null }): boolean =>
	forme !== null && forme.includes('prêt') && !forme.includes('subvention');

/** « Offre Quartiers 2030 (prêt et ingénierie) »: what is not a plain grant says so wherever it is proposed. */
export const measureName = ({ libelle, forme }: Pick<Measure, 'libelle' | 'forme'>): string =>
	forme === 'subvention' ? libelle : `${libelle} (${forme})`;
