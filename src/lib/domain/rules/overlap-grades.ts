import type { Zone } from './overlap-features';

/* How alike every two sets, or zones, of a territory are: few values, for very many pairs. */

/** A table read by its row, each row worked out when it is first read; its cells are positions in `values`. -1: nothing. */
export interface Grades {
	readonly values: readonly number[];
	readonly row: (at: number) => Int32Array;
}

/** A list of names, a bit for each; without bits when one is said twice. */
interface Marked {
	readonly names: readonly string[];
	readonly bits: readonly number[] | null;
}

function marked(lists: readonly (readonly string[])[]): (names: readonly string[]) => Marked {
	const rank = new Map([...new Set(lists.flat())].map((name, at) => [name, at]));
	return (names) => {
		const bits = Array.from({ length: Math.ceil(rank.size / 32) }, () => 0);
		for (const name of names) bits[rank.get(name)! >> 5]! |= 1 << (rank.get(name)! & 31);
		return { names, bits: new Set(names).size === names.length ? bits : null };
	};
}

/** How many names both hold; bits are counted, for it is asked for every two lists. */
function shared({ names, bits }: Marked, other: Marked): number {
	if (bits === null || other.bits === null) return names.filter((name) => other.names.includes(name)).length;
	let count = 0;
	for (let at = 0; at < bits.length; at++)
		for (let both = bits[at]! & other.bits[at]!; both !== 0; both &= both - 1) count++;
	return count;
}

/** How alike every two sets of enjeux are, as `jaccard` says; nothing unless both name some. */
export function likenessOf(sets: readonly (readonly string[])[]): Grades {
	return grades(sets.map(marked(sets)), (own, other) => {
		if (own.names.length === 0 || other.names.length === 0) return NOTHING;
		const both = shared(own, other);
		return partOf(both, own.names.length + other.names.length - both);
	});
}

/** The part every two zones share, as `zoneShare` says. */
export const sharesOf = (zones: readonly Zone[]): Grades => grades(zones.map(markedZone(zones)), shareOf);

interface MarkedZone {
	readonly large: boolean;
	readonly quartiers: Marked;
	readonly communes: Marked;
}

function markedZone(zones: readonly Zone[]): (zone: Zone) => MarkedZone {
	const quartiers = marked(zones.map((z) => [...z.quartiers]));
	const communes = marked(zones.map((z) => [...z.communes]));
	return (z) => ({ large: z.large, quartiers: quartiers([...z.quartiers]), communes: communes([...z.communes]) });
}

/** A part of a whole, two small counts said as one number: what is measured is worth few things, for very many pairs. */
type Part = number;
const WHOLE = 65_536;
const partOf = (count: number, whole: number): Part => count * WHOLE + whole;
const NOTHING: Part = partOf(0, 0);

function shareOf(own: MarkedZone, other: MarkedZone): Part {
	const [here, there] = [own.quartiers.names.length, other.quartiers.names.length];
	if (here && there) return ofSmaller(own.quartiers, other.quartiers);
	if (own.large && other.large) return partOf(1, 1);
	if ((own.large && there) || (other.large && here)) return partOf(1, 2);
	return ofSmaller(own.communes, other.communes);
}

function ofSmaller(own: Marked, other: Marked): Part {
	const both = shared(own, other);
	return both === 0 ? NOTHING : partOf(both, Math.min(own.names.length, other.names.length));
}

function grades<T>(all: readonly T[], measure: (own: T, other: T) => Part): Grades {
	const values: number[] = [];
	const numbers = new Map<number, number>();
	const known = new Map<Part, number>();
	const number = (part: Part): number => {
		const value = part === NOTHING ? -1 : Math.floor(part / WHOLE) / (part % WHOLE);
		const at = numbers.get(value) ?? values.push(value) - 1;
		numbers.set(value, at);
		known.set(part, at);
		return at;
	};
	const made: (Int32Array | undefined)[] = new Array<Int32Array | undefined>(all.length);
	const newRow = (own: T): Int32Array => {
		const row = new Int32Array(all.length);
		for (let at = 0; at < all.length; at++) {
			const part = measure(own, all[at]!);
			row[at] = known.get(part) ?? number(part);
		}
		return row;
	};
	return { values, row: (at: number): Int32Array => (made[at] ??= newRow(all[at]!)) };
}
