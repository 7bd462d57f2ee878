import { outsideMatrix, viewMatrix } from '../crossing/view-matrix';
import type { TerritoryView } from '../crossing/overview';
import type { DimensionId } from '../crossing/matrix';
import { familiesAt } from '../rules/families-here';
import type { Referentiel } from '../rules/referentiel';
import { planEntries } from '../crossing/plan-entries';
import { lookUpFigure, type FigureKey } from './figure-lookup';
import { OUTSIDE, readFigureAddress } from './figure-address';
import { isStory, queryString, type MatrixQuery } from './matrix-address';
import { readQuery } from './matrix-query';
import { enjeuNames } from './page-model';

/* The actions a figure of the matrix counts, for their table: the very same ones. */

export interface CaseActions {
	/** Ids, each once. */
	readonly actions: ReadonlySet<string>;
	/** « X04 Chaleur renouvelable × La Gare, PLH » */
	readonly nom: string;
	/** The figure in the matrix: its address after that of the territory. */
	readonly matrice: string;
}

/**
 * in     `value`: a figure as `figureAddress` writes it
 * out    null when it names no figure of this territory
 */
export function caseActions(view: TerritoryView, ref: Referentiel, value: string): CaseActions | null {
	const quartiers = view.quartiers.map((q) => q.quartier.code);
	const query = readQuery(readFigureAddress(value), { quartiers, ref, documents: view.documents });
	if (query.case === null) return null;
	if (query.case === OUTSIDE) {
		const nom = ['Hors de la grille', ...filterNames(query, view, ref)].join(', ');
		return {
			actions: new Set(outsideMatrix(view, ref, query).actions),
			nom,
			matrice: queryString({ ...query, case: null })
		};
	}
	for (const [lignes, colonnes] of gridsOf(query)) {
		const found = lookUpFigure(viewMatrix(view, ref, { ...query, lignes, colonnes }), query.case);
		if (!found) continue;
		const nom = [figureName([found.row, found.column], ref), ...filterNames(query, view, ref)].join(', ');
		return { actions: new Set(found.actions), nom, matrice: `${queryString(query)}#preuves` };
	}
	return null;
}

/** The grids of the page an address opens, in the order it looks its figures up; « tout » is that of the second. */
function gridsOf(query: MatrixQuery): (readonly [DimensionId, DimensionId])[] {
	const first = [query.lignes, query.colonnes] as const;
	if (!isStory(query)) return [first];
	const whole = ['transition', 'ville'] as const;
	return query.case === 'tout' ? [whole] : [first, whole];
}

function figureName(keys: readonly (FigureKey | null)[], ref: Referentiel): string {
	const names = enjeuNames(ref);
	const told = keys.flatMap((key) => {
		if (!key) return [];
		const enjeu = names[key.code];
		return [enjeu ? `${key.code} ${enjeu.court}` : key.libelle];
	});
	return told.join(' × ') || 'Toutes les actions';
}

function filterNames({ filtre, quartier }: MatrixQuery, view: TerritoryView, ref: Referentiel): string[] {
	const { plan, nature, statut, dispositif, depuis, jusqua, sansPlans } = filtre;
	const measures = familiesAt(ref.financements, view.territory).flatMap((f) => [
		{ code: f.id, libelle: f.titre },
		...f.mesures.map((m) => ({ code: m.id, libelle: m.libelle }))
	]);
	const named = (code: string | null, list: readonly { readonly code: string; readonly libelle: string }[]) =>
		code === null ? [] : [list.find((k) => k.code === code)?.libelle ?? code];
	return [
		...named(
			quartier,
			view.quartiers.map((q) => ({ code: q.quartier.code, libelle: q.quartier.nom }))
		),
		...named(plan, planEntries(view.documents, ref.plans.types)),
		...(sansPlans.length ? ['hors plans de droit commun'] : []),
		...named(nature, ref.enjeux.natures),
		...(statut ? [statut.replace('-', ' ')] : []),
		...named(dispositif, measures),
		...(depuis !== null ? [`depuis ${depuis}`] : []),
		...(jusqua !== null ? [`jusqu’en ${jusqua}`] : [])
	];
}
