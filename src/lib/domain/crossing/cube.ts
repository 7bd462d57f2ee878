import { isActive } from './coverage';
import { sheetOf, type CubeCells } from './cube-sheet';
import type { PlacedAction } from './place';
import type { Referentiel } from '../rules/referentiel';

/*
 * Every quartier × enjeu × plan × dispositif at once, over any number of territories: added up in number arrays, a territory
 * at a time, of which only the cells that hold something are kept. Nothing is rounded: amounts are whole cents.
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

/** Cells that hold something, in row order: quartier, enjeu, plan, dispositif. An action that falls in several counts in each. */
export interface Cube extends CubeCells {
	readonly axes: CubeAxes & { readonly quartiers: readonly string[] };
	/** All combinations of the keys that some action bears, empty ones included: what `rangs` are ranks among. */
	readonly combinaisons: number;
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
 * out    the cells that some action falls in; a combination that is not among them holds nothing
 */
export function buildCube(parts: readonly CubeLinks[], axes: CubeAxes): Cube {
	const borne = keysBorne(parts, axes);
	const { enjeux, plans, dispositifs } = borne.axes;
	const perEnjeu = plans.length * dispositifs.length;
	const perRow = enjeux.length * perEnjeu;
	// Where each key starts in a row: three additions place a cell.
	const [planAt, enjeuAt, fundAt] = [
		borne.plans.map((k) => k * dispositifs.length),
		borne.enjeux.map((k) => k * perEnjeu),
		borne.dispositifs
	];
	const quartiers: string[] = [];
	const groups = sharingQuartiers(parts).map((group) => {
		const codes = new Set(group.flatMap((part) => part.quartiers));
		return { group, rows: new Map([...codes].map((code, row) => [code, row])) };
	});
	const largest = groups.reduce((most, { rows }) => Math.max(most, rows.size), 0);
	const sheet = sheetOf(largest, perRow, dispositifs.length, borne.most);
	for (const { group, rows } of groups) {
		for (const part of group) {
			const starts = part.quartiers.map((code) => rows.get(code)! * perRow);
			eachAction(part, (links, { plan, quartier, enjeu, fund, end }, cost) => {
				for (let q = quartier; q < enjeu - 1; q++) {
					const row = starts[links[q]!]! + planAt[plan]!;
					for (let e = enjeu; e < fund - 1; e++) {
						const line = row + enjeuAt[links[e]!]!;
						for (let f = fund; f < end; f++) sheet.add(line, fundAt[links[f]!]!, cost);
					}
				}
			});
		}
		sheet.keep(rows.size, quartiers.length * perRow);
		quartiers.push(...rows.keys());
	}
	return { axes: { ...borne.axes, quartiers }, combinaisons: quartiers.length * perRow, ...sheet.kept() };
}

/** Territories that share a quartier are added up together; most stand alone. */
function sharingQuartiers(parts: readonly CubeLinks[]): CubeLinks[][] {
	const groups = new Set<CubeLinks[]>();
	const known = new Map<string, CubeLinks[]>();
	for (const part of parts) {
		const met = new Set(part.quartiers.flatMap((code) => (known.has(code) ? [known.get(code)!] : [])));
		const [first, ...others] = met;
		const group = first ?? [];
		for (const other of others) {
			group.push(...other);
			groups.delete(other);
		}
		group.push(part);
		groups.add(group);
		for (const { quartiers } of group) for (const code of quartiers) known.set(code, group);
	}
	return [...groups];
}

/** Plan of an action, and where its three lists start in the links; `end` is after the last. */
interface Lists {
	plan: number;
	quartier: number;
	enjeu: number;
	fund: number;
	end: number;
}

function eachAction(
	{ links, cents }: CubeLinks,
	visit: (links: Int32Array, lists: Readonly<Lists>, cost: number) => void
): void {
	const lists: Lists = { plan: 0, quartier: 0, enjeu: 0, fund: 0, end: 0 };
	for (let action = 0; lists.end < links.length; action++) {
		lists.plan = links[lists.end]!;
		lists.quartier = lists.end + 2;
		lists.enjeu = lists.quartier + links[lists.quartier - 1]! + 1;
		lists.fund = lists.enjeu + links[lists.enjeu - 1]! + 1;
		lists.end = lists.fund + links[lists.fund - 1]!;
		visit(links, lists, cents[action]!);
	}
}

/** Keys that some action bears, and the new position of each; those nobody bears would only be zeros. */
function keysBorne(parts: readonly CubeLinks[], axes: CubeAxes) {
	const seen = { enjeux: new Set<number>(), plans: new Set<number>(), dispositifs: new Set<number>() };
	let most = 0;
	for (const part of parts)
		eachAction(part, (links, { plan, quartier, enjeu, fund, end }) => {
			most += (enjeu - 1 - quartier) * (fund - 1 - enjeu) * (end - fund);
			seen.plans.add(plan);
			for (let e = enjeu; e < fund - 1; e++) seen.enjeux.add(links[e]!);
			for (let f = fund; f < end; f++) seen.dispositifs.add(links[f]!);
		});
	const kept = (keys: readonly string[], borne: ReadonlySet<number>) => {
		const names = keys.filter((_, k) => borne.has(k));
		return { names, at: keys.map((key) => names.indexOf(key)) };
	};
	const [enjeux, plans, dispositifs] = [
		kept(axes.enjeux, seen.enjeux),
		kept(axes.plans, seen.plans),
		kept(axes.dispositifs, seen.dispositifs)
	];
	return {
		/** Cells there can be at most: one for each time an action falls in one. */
		most,
		axes: { ...axes, enjeux: enjeux.names, plans: plans.names, dispositifs: dispositifs.names },
		...{ enjeux: enjeux.at, plans: plans.at, dispositifs: dispositifs.at }
	};
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

/** The cells, in row order. */
export function* cubeCells({ axes, rangs, actions, sansMontant, cents }: Cube): Generator<CubeCell> {
	const { quartiers, enjeux, plans, dispositifs } = axes;
	for (let i = 0; i < rangs.length; i++) {
		let rank = rangs[i]!;
		const next = (keys: readonly string[]): string => {
			const key = keys[rank % keys.length]!;
			rank = Math.floor(rank / keys.length);
			return key;
		};
		const [dispositif, plan, enjeu, quartier] = [next(dispositifs), next(plans), next(enjeux), next(quartiers)];
		const montant = cents[i]! / 100;
		yield { quartier, enjeu, plan, dispositif, actions: actions[i]!, montant, sansMontant: sansMontant[i]! };
	}
}
