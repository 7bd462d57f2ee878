import type { Matrix } from '../crossing/matrix';
import { inWords, plural, quoted } from '../french';
import { DIMENSION_LABEL, PER_DIMENSION } from './dimension-words';

/**
 * The heading of a grid of two chosen axes: what one reads, and what its rows tell.
 * in     `shortName`: of a code, as the table writes it
 * out    « Plans par quartier : le plus d’actions pour « PCAET », aucune pour « PLH » »; the axes alone when rows tell nothing apart
 */
export function gridTitle(
	{ rows, columns, totals }: Pick<Matrix, 'rows' | 'columns' | 'totals'>,
	shortName: (code: string) => string | undefined
): string {
	const axes = `${DIMENSION_LABEL[rows.id]} ${PER_DIMENSION[columns.id]}`;
	const told = rows.keys.map(({ code, libelle }, i) => ({
		libelle: shortName(code) ?? libelle,
		n: totals.rows[i]!.actions.length
	}));
	if (told.length < 2) return axes;
	const [most, ...others] = [...told].sort((a, b) => b.n - a.n);
	const least = others.at(-1)!;
	if (most!.n === 0) return `${axes}\u00a0: aucune action`;
	if (most!.n === least.n) return axes;
	const none = told.filter(({ n }) => n === 0);
	const more = none.length - 1;
	const last = none.length
		? `aucune pour ${quoted(none[0]!.libelle)}${more > 0 ? ` et ${inWords(more)} ${plural(more, 'autre')}` : ''}`
		: `le moins pour ${quoted(least.libelle)}`;
	return `${axes}\u00a0: le plus d’actions pour ${quoted(most!.libelle)}, ${last}`;
}
