import { isActive } from './coverage';
import { isSilentOnFunding } from './dimensions';
import {
	addTo,
	BASES,
	takeSheet,
	keepCells,
	keptCells,
	type CubeCells,
	type CubePlaces,
	type CubeSheet
} from './cube-sheet';
import type { PlacedAction } from './place';
import { entryOfAction, LISTS } from './plan-entries';
import type { Basis } from '../money';
import type { Referentiel } from '../rules/referentiel';

/*
 * Every quartier × enjeu × plan × dispositif at once, over any number of territories: added up in number arrays, a territory
 * at a time, of which only the cells that hold something are kept. Nothing is rounded: amounts are whole cents.
 */

/** Keys of the axes but the first, which is the quartiers. The last enjeu is « none », the last dispositifs « none » and « unsaid ». */
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
	/** Basis of each of these costs, by its place in `COST_BASES`. */
	readonly bases: Uint8Array;
}

export const COST_BASES: readonly Basis[] = ['HT', 'TTC', 'inconnu'];

/** Cells that hold something, in row order: quartier, enjeu, plan, dispositif. An action that falls in several counts in each. */
export interface Cube extends CubeCells {
	readonly axes: CubeAxes & { readonly quartiers: readonly string[] };
	/** All combinations of the keys that some action bears, empty ones included: what `rangs` are ranks among. */
	readonly combinaisons: number;
}

/** Key of an action that carries no enjeu, or that says how it is paid and names no dispositif. */
export const NONE = '';
/** Key of an action that says nothing of how it is paid: it may be under any dispositif. */
export const UNSAID = '?';

export const cubeAxes = (ref: Pick<Referentiel, 'enjeux' | 'plans' | 'financements'>): CubeAxes => ({
	enjeux: [...ref.enjeux.transition.map((e) => e.code), ...ref.enjeux.ville.map((e) => e.code), NONE],
	plans: [...ref.plans.types.map((t) => t.code), LISTS],
	dispositifs: [...ref.financements.map((f) => f.id), NONE, UNSAID],
	familles: new Map(ref.financements.flatMap((f) => [f.id, ...f.mesures.map((m) => m.id)].map((id) => [id, f.id])))
});

/** in     placed actions of one territory; abandoned ones, and those no quartier is surely reached by, bring nothing */
export function linksOf(placed: readonly PlacedAction[], axes: CubeAxes): CubeLinks {
	const [enjeux, plans, dispositifs] = [positions(axes.enjeux), positions(axes.plans), positions(axes.dispositifs)];
	const quartiers = (placed[0]?.reach ?? []).map((r) => r.quartier);
	const rank = positions(quartiers);
	const links: number[] = [];
	const cents: number[] = [];
	const bases: number[] = [];
	for (const one of placed) {
		const near = one.reach.filter(({ niveau }) => niveau !== 'aucune' && niveau !== 'inconnu');
		if (near.length === 0 || !isActive(one)) continue;
		const codes = [...one.transition, ...one.ville].flatMap((t) => enjeux.get(t.code) ?? []);
		const funds = one.action.financements.flatMap(({ dispositif }) => {
			const family = dispositif === null ? undefined : axes.familles.get(dispositif);
			return family === undefined ? [] : dispositifs.get(family)!;
		});
		links.push(plans.get(entryOfAction(one))!);
		const none = dispositifs.get(isSilentOnFunding(one) ? UNSAID : NONE)!;
		for (const list of [near.map((r) => rank.get(r.quartier)!), or(codes, enjeux.get(NONE)!), or(funds, none)])
			links.push(list.length, ...list);
		bases.push(COST_BASES.indexOf(one.action.budget?.base ?? 'inconnu'));
		cents.push(one.action.budget ? Math.round(one.action.budget.euros * 100) : NaN);
	}
	return { quartiers, links: Int32Array.from(links), cents: Float64Array.from(cents), bases: Uint8Array.from(bases) };
}

const or = (list: readonly number[], none: number): number[] => (list.length ? [...new Set(list)] : [none]);

const positions = (keys: readonly string[]): ReadonlyMap<string, number> => new Map(keys.map((key, i) => [key, i]));

/**
 * Adds up what territories bring.
 * in     links made with the same axes; a quartier over two EPCI has one row, where both bring their own actions
 * out    the cells that some action falls in; a combination that is not among them holds nothing
 */
export function buildCube(parts: readonly CubeLinks[], axes: CubeAxes): Cube {
	const borne = keysBorne(parts, axes);
	const { enjeux, plans, dispositifs } = borne.axes;
	const linesPerRow = enjeux.length * plans.length;
	const perRow = linesPerRow * dispositifs.length;
	// Where each key starts in a row: three additions place a line.
	const places = {
		enjeux: Int32Array.from(borne.enjeux, (k) => k * plans.length),
		plans: Int32Array.from(borne.plans),
		dispositifs: Int32Array.from(borne.dispositifs)
	};
	const groups = sharingQuartiers(parts);
	const largest = groups.reduce((most, { codes }) => Math.max(most, codes.length), 0);
	const sheet = takeSheet(largest * linesPerRow, dispositifs.length, borne.most);
	const quartiers: string[] = [];
	for (const group of groups) {
		addGroup(sheet, group, places, linesPerRow);
		keepCells(sheet, group.codes.length * linesPerRow, quartiers.length * perRow);
		for (const code of group.codes) quartiers.push(code);
	}
	return { axes: { ...borne.axes, quartiers }, combinaisons: quartiers.length * perRow, ...keptCells(sheet) };
}

/** Apart from the loop that calls it: it is then compiled once, and stays so. */
function addGroup(sheet: CubeSheet, { parts, rows }: Group, places: CubePlaces, linesPerRow: number): void {
	for (const part of parts) {
		const starts = new Int32Array(part.quartiers.length);
		for (let q = 0; q < starts.length; q++)
			starts[q] = (rows === null ? q : rows.get(part.quartiers[q]!)!) * linesPerRow;
		addTo(sheet, part, starts, places);
	}
}

interface Group {
	readonly parts: readonly CubeLinks[];
	readonly codes: readonly string[];
	/** Row of each quartier; null for a territory alone, whose rows are its quartiers in their order. */
	readonly rows: ReadonlyMap<string, number> | null;
}

/** Territories that share a quartier are added up together; most stand alone. */
function sharingQuartiers(parts: readonly CubeLinks[]): Group[] {
	const groups = new Set<CubeLinks[]>();
	const known = new Map<string, CubeLinks[]>();
	for (const part of parts) {
		let group: CubeLinks[] | undefined;
		for (const code of part.quartiers) {
			const met = known.get(code);
			if (!met || met === group) continue;
			if (!group) {
				group = met;
				continue;
			}
			for (const other of met) for (const own of other.quartiers) known.set(own, group);
			group.push(...met);
			groups.delete(met);
		}
		if (group) group.push(part);
		else groups.add((group = [part]));
		for (const code of part.quartiers) known.set(code, group);
	}
	return [...groups].map((own) => {
		if (own.length === 1) return { parts: own, codes: own[0]!.quartiers, rows: null };
		const codes = [...new Set(own.flatMap((part) => part.quartiers))];
		return { parts: own, codes, rows: new Map(codes.map((code, row) => [code, row])) };
	});
}

interface Seen {
	readonly enjeux: Uint8Array;
	readonly plans: Uint8Array;
	readonly dispositifs: Uint8Array;
}

/** Marks the keys that actions bear, and says in how many cells they fall at most. */
function markKeys(links: Int32Array, { enjeux, plans, dispositifs }: Seen): number {
	let most = 0;
	for (let at = 0; at < links.length;) {
		const enjeu = at + 3 + links[at + 1]!;
		const fund = enjeu + links[enjeu - 1]! + 1;
		const end = fund + links[fund - 1]!;
		most += links[at + 1]! * links[enjeu - 1]! * links[fund - 1]!;
		plans[links[at]!] = 1;
		for (let e = enjeu; e < fund - 1; e++) enjeux[links[e]!] = 1;
		for (let f = fund; f < end; f++) dispositifs[links[f]!] = 1;
		at = end;
	}
	return most;
}

/** Keys that some action bears, and the new position of each; those nobody bears would only be zeros. */
function keysBorne(parts: readonly CubeLinks[], axes: CubeAxes) {
	const seen: Seen = {
		enjeux: new Uint8Array(axes.enjeux.length),
		plans: new Uint8Array(axes.plans.length),
		dispositifs: new Uint8Array(axes.dispositifs.length)
	};
	let most = 0;
	for (const { links } of parts) most += markKeys(links, seen);
	const kept = (keys: readonly string[], borne: Uint8Array) => {
		const names = keys.filter((_, k) => borne[k] === 1);
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
	/** NONE: no enjeu recognised, or no dispositif named; UNSAID: nothing is said of the funding. */
	readonly enjeu: string;
	readonly plan: string;
	readonly dispositif: string;
	readonly actions: number;
	/** Euros stated in each basis, never added together; null when no action of the cell states any in that one. */
	readonly parBase: Readonly<Record<Basis, number | null>>;
	/** How many of the actions state none. */
	readonly sansMontant: number;
}

/** The cells, in row order. */
export function* cubeCells({ axes, rangs, actions, sansMontant, cents, bases }: Cube): Generator<CubeCell> {
	const { quartiers, enjeux, plans, dispositifs } = axes;
	for (let i = 0; i < rangs.length; i++) {
		let rank = rangs[i]!;
		const next = (keys: readonly string[]): string => {
			const key = keys[rank % keys.length]!;
			rank = Math.floor(rank / keys.length);
			return key;
		};
		const [dispositif, plan, enjeu, quartier] = [next(dispositifs), next(plans), next(enjeux), next(quartiers)];
		const sum = (base: number): number | null =>
			(bases[i]! & (1 << base)) === 0 ? null : cents[i * BASES + base]! / 100;
		const parBase = { HT: sum(0), TTC: sum(1), inconnu: sum(2) };
		yield { quartier, enjeu, plan, dispositif, actions: actions[i]!, parBase, sansMontant: sansMontant[i]! };
	}
}
