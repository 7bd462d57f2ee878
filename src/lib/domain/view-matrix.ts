import { dimension } from './dimensions';
import { buildMatrix, type DimensionId, type Matrix } from './matrix';
import type { TerritoryView } from './overview';
import type { Referentiel } from './referentiel';
import { coverageContext, dimensionContext } from './territory-view';

export interface MatrixChoice {
	readonly lignes: DimensionId;
	readonly colonnes: DimensionId;
	/** Only what this quartier receives, and how it is answered there. */
	readonly quartier: string | null;
}

/**
 * Any matrix of a territory: two dimensions, the whole territory or one of its quartiers.
 * in     `quartier` keeps the actions that reach it, or might
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
	const here = (niveau: string) => niveau !== 'aucune' && niveau !== 'inconnu';
	const actions =
		quartier === null
			? view.actions
			: view.actions.filter((a) => a.reach.some((r) => r.quartier === quartier && here(r.niveau)));
	return buildMatrix(
		actions,
		dimension(lignes, context),
		dimension(colonnes, context),
		coverageContext(ref, kept, view.documents)
	);
}
