import type { FinancingLine } from '../action';

/** Lines of money that are one: the same dispositif, else the same words, in one base. */
export const moneyKey = ({
	dispositif,
	libelle,
	base
}: Pick<FinancingLine, 'dispositif' | 'libelle' | 'base'>): string =>
	`${dispositif ?? `libelle:${libelle.toLocaleLowerCase('fr')}`}|${base ?? null}`;
