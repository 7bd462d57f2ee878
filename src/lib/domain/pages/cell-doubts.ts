import { answerReserve } from '../crossing/answer-reserve';
import type { DimensionId, Matrix } from '../crossing/matrix';
import type { TerritoryView } from '../crossing/overview';
import { byId } from '../crossing/place';
import { coverageContext } from '../crossing/territory-view';
import type { Referentiel } from '../rules/referentiel';
import type { CaseSource } from './case-selection';

/* Why the answer of a figure is to be confirmed: its card tells it, and the sign of its cell. */

type Reserve = NonNullable<CaseSource['reserve']>;

/** Why the answer of a cell is to be confirmed, in the quartiers it is about. */
export function reserveIn(view: TerritoryView, ref: Referentiel, quartier: string | null): Reserve {
	const every = view.quartiers.map((q) => q.quartier);
	const known = byId(view.actions);
	// Asked of each cell of a matrix: what the places have in common is read once.
	const base = coverageContext(ref, every, view.documents);
	return ({ row, column, coverage, actions }) => {
		if (coverage !== 'structurante' && coverage !== 'de-service') return null;
		const code = (axe: DimensionId) => [row, column].find((k) => k?.axe === axe)?.code ?? null;
		const place = code('quartier') ?? quartier;
		return answerReserve(
			actions.flatMap((id) => known.get(id) ?? []),
			{
				...base,
				quartiers: place === null ? base.quartiers : base.quartiers.filter((q) => q === place),
				croise: code('croises')
			},
			view.asOf
		);
	};
}

/** The same, of each cell: its sign says what its card will tell. */
export const doubtIn =
	({ rows, columns, cells }: Matrix, reserve: Reserve) =>
	(r: number, c: number): string | null => {
		const key = (axis: typeof rows, at: number) => ({ ...axis.keys[at]!, axe: axis.id });
		const { actions, coverage } = cells[r]![c]!;
		return reserve({ row: key(rows, r), column: key(columns, c), actions, coverage, r, c });
	};
