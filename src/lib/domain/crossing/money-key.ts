import type { Action, FinancingLine } from '../action';
import { moneyKindOf, type MoneyKind } from '../funding/own-share';

/** Lines of money that are one: the same dispositif, else the same words, in one base and of one kind. */
export const moneyKey = (line: FinancingLine, action: Action): string =>
	keyOf({ ...line, base: line.base ?? null, sorte: moneyKindOf(line, action) });

export const keyOf = (line: {
	readonly dispositif: string | null;
	readonly libelle: string;
	readonly base: 'HT' | 'TTC' | null;
	readonly sorte: MoneyKind;
}): string => `${line.dispositif ?? `libelle:${line.libelle.toLocaleLowerCase('fr')}`}|${line.base}|${line.sorte}`;
