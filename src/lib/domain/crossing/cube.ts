import { isActive } from './coverage';
import type { PlacedAction } from './place';
import type { Referentiel } from '../rules/referentiel';

/*
 * Every quartier × enjeu × plan × dispositif at once, over any number of territories: dense number arrays, filled in one
 * pass over what the actions bring. Nothing is rounded: amounts are whole cents.
 */

/** Keys of the axes but the first, which is the quartiers. The last enjeu and the last dispositif are « none ». */
export interface CubeAxes {
	readonly enjeux: readonly string[];
	readonly plans: readonly string[];
	readonly dispositifs: readonly string[];
	/** Measure, or family, → its family. */
	readonly familles: ReadonlyMap<string, string>;
}

/**
 * What the actions of one territory bring: for each action its plan, then how many and which quartiers, enjeux, dispositifs.
 * Positions in the axes; quartiers by their position in `quartiers`.
 */
export interface CubeLinks {
	readonly quartiers: readonly string[];
	readonly links: Int32Array;
	/** Stated cost of each action, in cents; NaN when not stated. */
	readonly cents: Float64Array;
}

/** Cells in row order: quartier, enjeu, plan, dispositif. An action that falls in several cells counts in each. */
export interface Cube {
	readonly axes: CubeAxes & { readonly quartiers: readonly string[] };
	/** Distinct actions. */
	readonly actions: Uint16Array;
	/** Those that state no cost: their cell is not worth less for it. */
	readonly sansMontant: Uint16Array;
	/** Sum of the stated costs, in cents. */
	readonly cents: Float64Array;
}

/** Key of an action that carries no enjeu, or that names no dispositif. */
export const NONE = '';

export const cubeAxes = (ref: Pick<Referentiel, 'enjeux' | 'plans' | 'financements'>): CubeAxes => ({
	enjeux: [...ref.enjeux.transition.map((e) => e.code), ...ref.enjeux.ville.map((e) => e.code), NONE],
	plans: ref.plans.types.map((t) => t.code),
	dispositifs: [...ref.financements.map((f) => f.id), NONE],
	familles: new Map(ref.financements.flatMap((f) => [f.id, ...f.mesures.map((m) => m.id)].map((id) => [id, f.id])))
});

/** in     placed actions of one territory; abandoned ones, and those no quartier is surely reached by, bring nothing */
export function linksOf(placed: readonly PlacedAction[], axes: CubeAxes): CubeLinks {
	const [enjeux, plans, dispositifs] = [positions(axes.enjeux), positions(axes.plans), positions(axes.dispositifs)];
	const quartiers = (placed[0]?.reach ?? []).map((r) => r.quartier);
	const rank = positions(quartiers);
	const links: number[] = [];
	const cents: number[] = [];
	for (const one of placed) {
		const near = one.reach.filter(({ niveau }) => niveau !== 'aucune' && niveau !== 'inconnu');
		if (near.length === 0 || !isActive(one)) continue;
		const codes = [...one.transition, ...one.ville].flatMap((t) => enjeux.get(t.code) ?? []);
		const funds = one.action.financements.flatMap(({ dispositif }) => {
			const family = dispositif === null ? undefined : axes.familles.get(dispositif);
			return family === undefined ? [] : dispositifs.get(family)!;
		});
		links.push(plans.get(one.action.plan)!);
		for (const list of [near.map((r) => rank.get(r.quartier)!), or(codes, enjeux), or(funds, dispositifs)])
			links.push(list.length, ...list);
		cents.push(one.action.budget ? Math.round(one.action.budget.euros * 100) : NaN);
	}
	return { quartiers, links: Int32Array.from(links), cents: Float64Array.from(cents) };
}

const or = (list: readonly number[], known: ReadonlyMap<string, number>): number[] =>
	list.length ? [...new Set(list)] : [known.get(NONE)!];

const positions = (keys: readonly string[]): ReadonlyMap<string, number> => new Map(keys.map((key, i) => [key, i]));

/**
 * Adds up what territories bring.
 * in     links made with the same axes; a quartier over two EPCI has one row, where both bring their own actions
 * out    one cell per combination, empty ones included
 */
export function buildCube(parts: readonly CubeLinks[], axes: CubeAxes): Cube {
	const rows = new Map<string, number>();
	for (const { quartiers } of parts) for (const code of quartiers) if (!rows.has(code)) rows.set(code, rows.size);
	const { enjeux, plans, dispositifs } = axes;
	const funds = dispositifs.length;
	const perEnjeu = plans.length * funds;
	const perRow = enjeux.length * perEnjeu;
	const size = rows.size * perRow;
	const [actions, sansMontant, cents] = [new Uint16Array(size), new Uint16Array(size), new Float64Array(size)];
	for (const { quartiers, links, cents: costs } of parts) {
		const starts = quartiers.map((code) => rows.get(code)! * perRow);
		for (let at = 0, action = 0; at < links.length; action++) {
			const plan = links[at]! * funds;
			const cost = costs[action]!;
			const firstQuartier = at + 2;
			const firstEnjeu = firstQuartier + links[at + 1]! + 1;
			const firstFund = firstEnjeu + links[firstEnjeu - 1]! + 1;
			const end = firstFund + links[firstFund - 1]!;
			for (let q = firstQuartier; q < firstEnjeu - 1; q++) {
				const row = starts[links[q]!]! + plan;
				for (let e = firstEnjeu; e < firstFund - 1; e++) {
					const cell = row + links[e]! * perEnjeu;
					for (let f = firstFund; f < end; f++) {
						const i = cell + links[f]!;
						actions[i]!++;
						if (cost === cost) cents[i]! += cost;
						else sansMontant[i]!++;
					}
				}
			}
			at = end;
		}
	}
	return { axes: { ...axes, quartiers: [...rows.keys()] }, actions, sansMontant, cents };
}

export interface CubeCell {
	readonly quartier: string;
	/** NONE: no enjeu recognised, or no dispositif named. */
	readonly enjeu: string;
	readonly plan: string;
	readonly dispositif: string;
	readonly actions: number;
	/** Euros stated, and how many of the actions state none. */
	readonly montant: number;
	readonly sansMontant: number;
}

/** The cells that hold something, in row order. */
export function* cubeCells({ axes, actions, sansMontant, cents }: Cube): Generator<CubeCell> {
	let i = 0;
	for (const quartier of axes.quartiers)
		for (const enjeu of axes.enjeux)
			for (const plan of axes.plans)
				for (const dispositif of axes.dispositifs) {
					const at = i++;
					if (actions[at] === 0) continue;
					const montant = cents[at]! / 100;
					yield { quartier, enjeu, plan, dispositif, actions: actions[at]!, montant, sansMontant: sansMontant[at]! };
				}
}
