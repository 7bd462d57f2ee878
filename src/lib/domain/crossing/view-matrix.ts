import { dimension } from './dimensions';
import { buildMatrix, type Dimension, type DimensionId, type Matrix } from './matrix';
import type { TerritoryView } from './overview';
import type { PlacedAction } from './place';
import type { Referentiel } from '../rules/referentiel';
import { coverageContext, dimensionContext } from './territory-view';

export interface MatrixChoice {
	readonly lignes: DimensionId;
	readonly colonnes: DimensionId;
	/** Only what this quartier receives, and how it is answered there. */
	readonly quartier: string | null;
}

/**
 * Any matrix of a territory: two dimensions, the whole territory or one of its quartiers.
 * in     `quartier` keeps the actions that reach it, from near or from the EPCI; one whose place is unknown is in no cell,
 *        but keeps « aucune » from being concluded
 * out    the same figures as on the pages: same actions, same coverage rule
 */
export function viewMatrix(
	view: TerritoryView,
	ref: Referentiel,
	{ lignes, colonnes, quartier }: MatrixChoice
): Matrix {
	const all = view.quartiers.map((q) => q.quartier);
	const kept = quartier === null ? all : all.filter((q) => q.code === quartier);
	const context = dimensionContext(ref, kept, view.documents);
	const level = (p: PlacedAction) => p.reach.find((r) => r.quartier === quartier)?.niveau ?? 'aucune';
	const rows = dimension(lignes, context);
	return buildMatrix(
		quartier === null ? view.actions : view.actions.filter((a) => level(a) !== 'aucune'),
		quartier === null ? rows : onlyMaybe(rows, (p) => level(p) === 'inconnu'),
		dimension(colonnes, context),
		coverageContext(ref, kept, view.documents)
	);
}

/** For some actions, every key is only a possible one. */
function onlyMaybe(rows: Dimension, unsure: (placed: PlacedAction) => boolean): Dimension {
	return {
		...rows,
		keysOf: (p) => (unsure(p) ? [] : rows.keysOf(p)),
		maybeOf: (p) => [...rows.keysOf(p), ...(rows.maybeOf?.(p) ?? [])]
	};
}
