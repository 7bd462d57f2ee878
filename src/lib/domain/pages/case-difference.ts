import { placeBeside, type Sides } from '../crossing/compare';
import type { Matrix } from '../crossing/matrix';
import { nearestFirst } from './nearest-actions';
import type { ActionBrief } from './page-model';

/* Two layers of one figure: which actions make the difference, and which are on both sides. */

export interface CaseDifference {
	/** How each side is called. */
	readonly cotes: readonly [ici: string, la: string];
	/** Only here, only there. */
	readonly ici: readonly ActionBrief[];
	readonly la: readonly ActionBrief[];
	/** Counted on both sides. */
	readonly communes: readonly ActionBrief[];
	/** Both sides of a cell are assessed: its difference is written in the figure. */
	readonly evaluee: boolean;
	/** Quartier that the reach of each side is said for. */
	readonly quartier: string | null;
	readonly quartierLa: string | null;
}

/** The other layer, and how its actions are told. */
export interface BesideSource {
	readonly matrix: Matrix;
	readonly sides: Sides;
	/** How each side is called. */
	readonly cotes: CaseDifference['cotes'];
	/** Quartier it is held to. */
	readonly quartier: string | null;
	readonly brief: (action: string) => ActionBrief | undefined;
}

/**
 * What makes the difference under one figure.
 * in     codes of its row and column, null for a total; its actions, by id, and how they are told
 * out    null when the other layer has no such figure
 */
export function differenceOf(
	matrix: Matrix,
	other: BesideSource,
	{ row, column }: { readonly row: string | null; readonly column: string | null },
	here: { readonly quartier: string | null; readonly brief: (action: string) => ActionBrief | undefined }
): CaseDifference | null {
	const at = (axis: 'rows' | 'columns', code: string | null) =>
		code === null ? null : matrix[axis].keys.findIndex((k) => k.code === code);
	const pair = placeBeside(matrix, other.matrix, other.sides, at('rows', row), at('columns', column));
	if (!pair) return null;
	const [own, there] = [new Set(pair.ici), new Set(pair.la)];
	const quartierLa = other.sides.rows === 'une-cle' || other.sides.columns === 'une-cle' ? other.quartier : null;
	const told = (ids: readonly string[], brief: BesideSource['brief'], quartier: string | null) =>
		nearestFirst(
			ids.flatMap((id) => brief(id) ?? []),
			quartier
		);
	return {
		cotes: other.cotes,
		evaluee: pair.evaluee,
		quartier: here.quartier,
		quartierLa: quartierLa ?? here.quartier,
		ici: told(
			pair.ici.filter((id) => !there.has(id)),
			here.brief,
			here.quartier
		),
		la: told(
			pair.la.filter((id) => !own.has(id)),
			other.brief,
			quartierLa ?? here.quartier
		),
		communes: told(
			pair.ici.filter((id) => there.has(id)),
			here.brief,
			here.quartier
		)
	};
}
