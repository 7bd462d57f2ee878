import type { MatrixQuery } from './matrix-address';
import { writeQuery } from './matrix-address';

/* A figure of the matrix as one word of another address: « X04.QN05962M », « T04.P01*plan-plh*depuis-2024 ». */

/** The figure of the actions that stand in no case of a grid. */
export const OUTSIDE = 'hors';

/** What a figure does not depend on. */
const ASIDE: readonly string[] = ['case', 'comparer', 'au', 'densite'];

export const figureAddress = (id: string, query: MatrixQuery): string =>
	[
		id,
		...writeQuery(query)
			.filter(([name]) => !ASIDE.includes(name))
			.map(([name, value]) => `${name}-${value}`)
	].join('*');

/** The parameters of the matrix that an address of this kind stands for. */
export function readFigureAddress(value: string): URLSearchParams {
	const [id = '', ...asked] = value.split('*');
	return new URLSearchParams([
		['case', id],
		...asked.flatMap((pair): [string, string][] => {
			const [, name, said] = /^([a-z]+)-(.+)$/.exec(pair) ?? [];
			return name && said ? [[name, said]] : [];
		})
	]);
}
