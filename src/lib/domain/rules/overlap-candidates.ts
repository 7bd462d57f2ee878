import { CROWD, kinsOf, spanShare, type Features, type Profile } from './overlap-features';
import { kinshipsOf, PARTNERS, sharedBy, type Base, type Kinships, type Weighing } from './overlap-kinships';
import type { TitleIndex } from './title-likeness';

/* Which actions are worth holding against each other, before their titles are compared. */

/** Two actions, and what they share but for their titles and dates. */
export type Meet = (i: number, j: number, base: Base) => void;

/**
 * Every two actions that their enjeux, or a rare word of their titles, bring together.
 * out    all that could reach the threshold, up to CROWD actions; beyond, each meets its most promising partners. `far`: the
 *        word alone brings them together. `may`: two actions that it denies never meet
 */
export function everyMeeting(
	kinships: Kinships,
	titles: TitleIndex,
	near: Meet,
	far: Meet,
	may: (i: number, j: number) => boolean = () => true
): void {
	const { kin, kinOf } = kinships.kins;
	kinships.admitted((c, d, base) => {
		const own = kin[c]!.members;
		const other = kin[d]!.members;
		// Beyond that, only those whose titles stand close in the alphabet; rare words bring the others, below.
		const narrow = kinOf.length > CROWD && Math.min(own.length, other.length) > PARTNERS;
		for (let x = 0; x < own.length; x++) {
			const beside = narrow ? Math.floor((x * other.length) / own.length) - PARTNERS / 2 : 0;
			const from = Math.max(beside, c === d ? x + 1 : 0);
			const to = narrow ? Math.min(other.length, beside + PARTNERS) : other.length;
			for (let y = from; y < to; y++) if (may(own[x]!, other[y]!)) near(own[x]!, other[y]!, base);
		}
	});
	// Two titles that share several rare words meet once.
	const met = new Int32Array(kinOf.length).fill(-1);
	for (let i = 0; i < kinOf.length; i++) {
		const meet = (j: number): void => {
			if (met[j] === i) return;
			met[j] = i;
			if (!may(i, j)) return;
			const base = kinships.isWhole(kinOf[i]!, kinOf[j]!) ? null : kinships.base(kinOf[i]!, kinOf[j]!);
			if (base) far(i, j, base);
		};
		titles.neighbours(i, meet, i);
	}
}

/** Two actions that could be proposed, should their titles be alike enough. */
export interface Candidate {
	readonly i: number;
	readonly j: number;
	/** What they share but for their titles, and the weights it is out of, the title's with them. */
	readonly known: number;
	readonly total: number;
}

/** Those that their enjeux bring together, and those that a rare word alone does. */
export interface Candidates {
	readonly near: readonly Candidate[];
	readonly far: readonly Candidate[];
	/** Those of either that were not there at the last reading, when they were looked for again. */
	readonly fresh: readonly Candidate[];
}

/** The candidates of a territory that is no crowd. */
export function candidatesOf({ profiles }: Features, titles: TitleIndex, weighing: Weighing): Candidates {
	const [near, far]: Candidate[][] = [[], []];
	const into =
		(list: Candidate[]): Meet =>
		(i, j, base) => {
			const found = candidate(profiles, i, j, base, weighing);
			if (found) list.push(found);
		};
	const may = (i: number, j: number) => mayMeet(profiles[i]!, profiles[j]!);
	everyMeeting(kinshipsOf(kinsOf(profiles), weighing), titles, into(near!), into(far!), may);
	return { near: near!, far: far!, fresh: [] };
}

/** Candidates whose actions stand elsewhere; those of one that is gone are left out. `to` null: all stand where they did. */
export function movedTo(before: Candidates, to: Int32Array | null): Candidates {
	if (to === null) return before;
	const moved = (list: readonly Candidate[]): Candidate[] => {
		const left: Candidate[] = [];
		for (const one of list) {
			const i = to[one.i]!;
			const j = to[one.j]!;
			if (i < 0 || j < 0) continue;
			left.push(i === one.i && j === one.j ? one : { i, j, known: one.known, total: one.total });
		}
		return left;
	};
	return { near: moved(before.near), far: moved(before.far), fresh: [] };
}

/**
 * The same, of which only those that touch some actions are looked for again.
 * in     `changed`: positions of the actions that are no longer the same; `reworded`: of those that a rare word may bring
 *        elsewhere, `changed` among them
 */
export function candidatesAgain(
	before: Candidates,
	{ profiles }: Features,
	titles: TitleIndex,
	weighing: Weighing,
	{ changed, reworded }: { readonly changed: readonly number[]; readonly reworded: readonly number[] }
): Candidates {
	const [anew, again] = [new Set(changed), new Set(reworded)];
	const near = before.near.filter(({ i, j }) => !anew.has(i) && !anew.has(j));
	const far = before.far.filter(({ i, j }) => !again.has(i) && !again.has(j));
	const fresh: Candidate[] = [];
	const meet = (i: number, j: number, list: Candidate[]): void => {
		const own = profiles[i]!;
		const other = profiles[j]!;
		if (!mayMeet(own, other)) return;
		const shared = sharedBy(own, other, weighing.weights, list === near);
		const found = shared && candidate(profiles, i, j, shared, weighing);
		if (!found) return;
		list.push(found);
		fresh.push(found);
	};
	for (const i of anew)
		for (let j = 0; j < profiles.length; j++) if (j !== i && !(j < i && anew.has(j))) meet(i, j, near);
	for (const i of again) {
		const met = new Set<number>();
		titles.neighbours(i, (j) => void met.add(j));
		for (const j of met) if (j !== i && !(j < i && again.has(j))) meet(i, j, far);
	}
	return { near, far, fresh };
}

/** Lines of one document are held against each other only when one body carries both. */
const mayMeet = (own: Profile, other: Profile): boolean =>
	own.document !== other.document || (own.body !== null && own.body === other.body);

/** null when they could not reach the threshold, even under the same title. */
function candidate(
	profiles: readonly Profile[],
	i: number,
	j: number,
	base: Base,
	{ weights, threshold }: Weighing
): Candidate | null {
	const p = profiles[i]!.span;
	const q = profiles[j]!.span;
	const dated = p !== null && q !== null;
	// Asked for very many pairs: nothing is made on the way.
	const known = dated ? base[0] + weights.periode * spanShare(p, q) : base[0];
	const total = dated ? base[1] + weights.periode : base[1];
	return (known + weights.titre) / total >= threshold - 1e-9
		? { i: Math.min(i, j), j: Math.max(i, j), known, total }
		: null;
}
