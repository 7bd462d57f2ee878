import { EVERY_ACTION, isNarrow, passes, worst, type ActionFilter, type Kept } from './action-filter';
import { coverageFrom, isActive } from './coverage';
import { dimension, isSilentOnFunding } from './dimensions';
import { buildMatrix, type Cell, type Dimension, type DimensionId, type Matrix } from './matrix';
import { outsideOf, type OutsideGrid } from './outside-grid';
import type { TerritoryView } from './overview';
import type { PlacedAction } from './place';
import { refAt } from '../rules/families-here';
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
export function viewMatrix(view: TerritoryView, ref: Referentiel, choice: MatrixChoice): Matrix {
	const { near, rows, columns, pass, kept } = reading(view, ref, choice);
	const context = coverageContext(ref, kept, view.documents);
	const build = (keep: (p: PlacedAction) => Kept) =>
		buildMatrix(
			view.actions.filter((a) => keep(a) !== 'non'),
			onlyMaybe(rows, (p) => keep(p) === 'inconnu'),
			columns,
			context
		);
	const base = build(near);
	if (!isNarrow(choice.filtre ?? EVERY_ACTION)) return base;
	return stillUnknown(
		build((p) => worst([near(p), pass(p)])),
		base
	);
}

/** Actions of a matrix with dispositifs that say nothing of their money, by key of its other axis, and all of them. */
export interface SilentFunding {
	readonly axe: 'rows' | 'columns';
	readonly parCle: ReadonlyMap<string, readonly string[]>;
	readonly toutes: readonly string[];
}

/**
 * What the figures of a matrix with dispositifs leave out: each of these actions might be under any of them.
 * out    null when neither axis is the dispositifs
 */
export function silentFunding(view: TerritoryView, ref: Referentiel, choice: MatrixChoice): SilentFunding | null {
	if (choice.lignes !== 'dispositif' && choice.colonnes !== 'dispositif') return null;
	const { near, pass, rows, columns } = reading(view, ref, choice);
	const other = rows.id === 'dispositif' ? columns : rows;
	const codes = new Set(other.keys.map((k) => k.code));
	const parCle = new Map<string, string[]>();
	const toutes: string[] = [];
	for (const placed of view.actions) {
		if (!isActive(placed) || !isSilentOnFunding(placed) || near(placed) !== 'oui' || pass(placed) === 'non') continue;
		const keys = other.keysOf(placed).filter((code) => codes.has(code));
		if (keys.length) toutes.push(placed.action.id);
		for (const key of new Set(keys)) parCle.set(key, [...(parCle.get(key) ?? []), placed.action.id]);
	}
	return { axe: other === rows ? 'rows' : 'columns', parCle, toutes };
}

/** Actions that the matrix keeps and no case of it holds, with what they do not say. */
export function outsideMatrix(view: TerritoryView, ref: Referentiel, choice: MatrixChoice): OutsideGrid {
	const { near, pass, rows, columns } = reading(view, ref, choice);
	const axes = [rows, columns].map(({ id, keys, keysOf }) => ({ id, keysOf, codes: new Set(keys.map((k) => k.code)) }));
	const kept = view.actions.filter((placed) => near(placed) === 'oui' && pass(placed) === 'oui');
	const active = kept.filter(isActive);
	return outsideOf(
		active.map((placed) => ({
			id: placed.action.id,
			manque: axes.flatMap(({ id, keysOf, codes }) => (keysOf(placed).some((key) => codes.has(key)) ? [] : [id]))
		})),
		kept.length - active.length
	);
}

/** The axes of a matrix, and which actions it keeps. */
function reading(
	view: TerritoryView,
	ref: Referentiel,
	{ lignes, colonnes, quartier, filtre = EVERY_ACTION }: MatrixChoice
) {
	const all = view.quartiers.map((q) => q.quartier);
	const kept = quartier === null ? all : all.filter((q) => q.code === quartier);
	const whole = dimensionContext(refAt(ref, view.territory), kept, view.documents);
	const axes = { ...whole, plans: whole.plans?.filter((p) => keepsPlan(filtre, p)) ?? null };
	const near = (p: PlacedAction): Kept => {
		if (quartier === null) return 'oui';
		const niveau = p.reach.find((r) => r.quartier === quartier)?.niveau ?? 'aucune';
		return niveau === 'aucune' ? 'non' : niveau === 'inconnu' ? 'inconnu' : 'oui';
	};
	const axis = (id: DimensionId) => onlyKeys(dimension(id, axes), id === 'nature' ? filtre.nature : null);
	return {
		kept,
		near,
		pass: passes(filtre, dimension('dispositif', axes).keysOf),
		rows: axis(lignes),
		columns: axis(colonnes)
	};
}

const keepsPlan = ({ plan, sansPlans }: ActionFilter, code: NonNullable<ActionFilter['plan']>): boolean =>
	(plan === null || plan === code) && !sansPlans.some((p) => p === code);

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
