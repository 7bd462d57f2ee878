import { EVERY_ACTION, isNarrow, passes, worst, type ActionFilter, type Kept } from './action-filter';
import { coverageFrom } from './coverage';
import { dimension } from './dimensions';
import { buildMatrix, type Cell, type Dimension, type DimensionId, type Matrix } from './matrix';
import type { TerritoryView } from './overview';
import type { PlacedAction } from './place';
import type { Referentiel } from '../rules/referentiel';
import { coverageContext, dimensionContext } from './territory-view';

export interface MatrixChoice {
	readonly lignes: DimensionId;
	readonly colonnes: DimensionId;
	/** Only what this quartier receives, and how it is answered there. */
	readonly quartier: string | null;
	readonly filtre?: ActionFilter;
}

/**
 * Any matrix of a territory: two dimensions, the whole territory or one of its quartiers, all actions or some.
 * in     `quartier` keeps the actions that reach it, from near or from the EPCI; one whose place is unknown is in no cell,
 *        but keeps « aucune » from being concluded. So does one that does not say what `filtre` asks
 * out    the same figures as on the pages: same actions, same coverage rule. Keys that the filter leaves out are left out
 * never  concludes « aucune » by leaving actions out: a cell that is not assessed stays so
 */
export function viewMatrix(
	view: TerritoryView,
	ref: Referentiel,
	{ lignes, colonnes, quartier, filtre = EVERY_ACTION }: MatrixChoice
): Matrix {
	const all = view.quartiers.map((q) => q.quartier);
	const kept = quartier === null ? all : all.filter((q) => q.code === quartier);
	const whole = dimensionContext(ref, kept, view.documents);
	const axes = { ...whole, plans: whole.plans?.filter((p) => keepsPlan(filtre, p)) ?? null };
	const near = (p: PlacedAction): Kept => {
		if (quartier === null) return 'oui';
		const niveau = p.reach.find((r) => r.quartier === quartier)?.niveau ?? 'aucune';
		return niveau === 'aucune' ? 'non' : niveau === 'inconnu' ? 'inconnu' : 'oui';
	};
	const axis = (id: DimensionId) => onlyKeys(dimension(id, axes), id === 'nature' ? filtre.nature : null);
	const [rows, columns] = [axis(lignes), axis(colonnes)];
	const context = coverageContext(ref, kept, view.documents);
	const build = (keep: (p: PlacedAction) => Kept) =>
		buildMatrix(
			view.actions.filter((a) => keep(a) !== 'non'),
			onlyMaybe(rows, (p) => keep(p) === 'inconnu'),
			columns,
			context
		);
	const base = build(near);
	if (!isNarrow(filtre)) return base;
	const pass = passes(filtre, dimension('dispositif', axes).keysOf);
	return stillUnknown(
		build((p) => worst([near(p), pass(p)])),
		base
	);
}

const keepsPlan = ({ plan, sansPlans }: ActionFilter, code: NonNullable<ActionFilter['plan']>): boolean =>
	(plan === null || plan === code) && !sansPlans.includes(code);

const onlyKeys = (axis: Dimension, code: string | null): Dimension =>
	code === null ? axis : { ...axis, keys: axis.keys.filter((key) => key.code === code) };

/** For some actions, every key is only a possible one. */
function onlyMaybe(rows: Dimension, unsure: (placed: PlacedAction) => boolean): Dimension {
	return {
		...rows,
		keysOf: (p) => (unsure(p) ? [] : rows.keysOf(p)),
		maybeOf: (p) => [...rows.keysOf(p), ...(rows.maybeOf?.(p) ?? [])]
	};
}

/** What all actions do not allow to assess, fewer of them do not either. */
function stillUnknown(some: Matrix, all: Matrix): Matrix {
	const cells = some.cells.map((row, r) =>
		row.map((cell, c): Cell => {
			const whole = all.cells[r]![c]!;
			if (cell.coverage !== 'aucune' || whole.coverage !== 'saisie-incomplete') return cell;
			const { possible, suffisant } = whole.etat;
			const etat = { connu: cell.etat.connu, possible, suffisant };
			return { ...cell, etat, coverage: coverageFrom(etat) };
		})
	);
	return { ...some, cells };
}
