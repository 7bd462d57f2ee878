import { reaches } from '../crossing/coverage';
import { isNamed, type PlacedAction } from '../crossing/place';
import { keepFor, once, type OwnMemory } from '../memory';
import { plain } from '../text';
import type { Mark, WatchedPair } from './markers';
import { sameBuilding } from './named-buildings';

/* What two actions are weighed by, as numbers: most pairs are weighed and never written of. */

/** Actions up to which every candidate is weighed; no real territory has more. */
export const CROWD = 3_000;

/** Where an action takes place, as far as two of them can be compared. */
export interface Zone {
	readonly quartiers: ReadonlySet<string>;
	readonly large: boolean;
	readonly communes: ReadonlySet<string>;
}

/** Days from the start of 1970. */
export interface Span {
	readonly debut: number;
	readonly fin: number;
}

/** Actions alike in all but their title, dates, document and body: what holds for one holds for all. */
export interface Kin {
	/** Position of its set of enjeux in `sets`, of its zone in `zones`. */
	readonly set: number;
	readonly zone: number;
	readonly nature: string | null;
	/** Positions of its actions. */
	readonly members: readonly number[];
}

/** What is read of each action, in their order. */
export interface Features {
	readonly profiles: readonly Profile[];
	/** Watched pairs it may be the first, or the second, of: one bit each. */
	readonly sides: readonly { readonly a: number; readonly b: number }[];
	/** Those of the watched pairs that are about one same object. */
	readonly sameObject: number;
	/** Those that may set two actions of one document against each other, in one named place. */
	readonly within: number;
	/** Those that need one same quartier named by both. */
	readonly sameQuartier: number;
}

/** in     placed actions; what each may pull against, and the pairs watched (31 at most, a bit each) */
export const featuresOf = (
	placed: readonly PlacedAction[],
	marks: readonly (readonly Mark[])[],
	watched: readonly WatchedPair[]
): Features => ({
	profiles: placed.map(profileOf),
	sides: placed.map((p, i) => sidesOf(p, marks[i]!, watched)),
	...kindsOf(watched)
});

export function kindsOf(watched: readonly WatchedPair[]): Pick<Features, 'sameObject' | 'within' | 'sameQuartier'> {
	const bits = (of: (pair: WatchedPair) => boolean) =>
		watched.reduce((sum, pair, w) => (of(pair) ? sum | (1 << w) : sum), 0);
	return {
		sameObject: bits((p) => p.memeObjet),
		within: bits((p) => !p.memeObjet && !p.entreDocuments),
		sameQuartier: bits((p) => p.memeQuartier)
	};
}

/** Actions put with those like them. */
export interface Kins {
	readonly sets: readonly (readonly string[])[];
	readonly zones: readonly Zone[];
	readonly kin: readonly Kin[];
	/** Position in `kin`, by action. */
	readonly kinOf: readonly number[];
}

export function kinsOf(profiles: readonly Profile[]): Kins {
	const sets = numbering<readonly string[]>();
	const zones = numbering<Zone>();
	const kin = numbering<Kin & { members: number[] }>();
	const kinOf = profiles.map((own, i) => {
		const at = kin.of(own.kinKey, () => {
			const set = sets.of(own.setKey, () => own.codes);
			return { set, zone: zones.of(own.zoneKey, () => own.zone), nature: own.nature, members: [] };
		});
		kin.all[at]!.members.push(i);
		return at;
	});
	// Look-alike titles side by side: a crowd is then weighed neighbour by neighbour.
	const titles = profiles.map((own) => own.titre);
	if (profiles.length > CROWD)
		for (const { members } of kin.all)
			members.sort((i, j) => (titles[i]! < titles[j]! ? -1 : titles[i]! > titles[j]! ? 1 : i - j));
	return { sets: sets.all, zones: zones.all, kin: kin.all, kinOf };
}

/** What two actions are held against each other by, but for their titles. */
export interface Profile {
	readonly titre: string;
	readonly document: number;
	readonly codes: readonly string[];
	readonly setKey: string;
	readonly zone: Zone;
	readonly zoneKey: string;
	/** The one quartier it aims at or names; null when it names none, or several. */
	readonly named: string | null;
	readonly action: PlacedAction['action'];
	readonly nature: string | null;
	readonly kinKey: string;
	/** null unless both ends are known. */
	readonly span: Span | null;
	/** Who carries it, folded; null when nobody is said. */
	readonly body: string | null;
}

export const profileOf = once((p: PlacedAction): Profile => {
	const [codes, zone, nature] = [codesOf(p), zoneOf(p), p.nature?.code ?? null];
	const setKey = [...codes].sort().join(' ');
	const zoneKey = `${zone.large}|${[...zone.quartiers].join()}|${[...zone.communes].join('|')}`;
	return {
		...{ titre: p.action.titre, document: p.action.document, action: p.action, named: oneNamed(p) },
		...{ codes, zone, nature, setKey, zoneKey, span: spanOf(p) },
		kinKey: `${setKey}\n${nature}\n${zoneKey}`,
		body: p.action.porteur === null ? null : bodyOf(p.action.porteur)
	};
});

/** « Lys Habitat (bailleur social) » is « Lys Habitat », and the mairie of a town is its ville. */
const bodyOf = (porteur: string): string =>
	(plain(porteur.replace(/\([^()]*\)/g, ' ')) || plain(porteur)).replace(
		/^(?:commune|mairie) (?=de |d |du )/,
		'ville '
	);

function oneNamed({ reach }: PlacedAction): string | null {
	const named = reach.filter((r) => isNamed(r.niveau));
	return named.length === 1 ? named[0]!.quartier : null;
}

/** Do two actions name one same quartier, and no other? */
export const nameOneQuartier = (a: Profile, b: Profile): boolean => a.named !== null && a.named === b.named;

/** Do two actions name one place, a quartier or a building? Those of one plan may then pull against each other. */
export const nameOnePlace = (a: Profile, b: Profile): boolean =>
	nameOneQuartier(a, b) || sameBuilding(a.action, b.action) !== null;

const NO_SIDE = { a: 0, b: 0 };
const known: OwnMemory<PlacedAction> = new WeakMap();

/** Watched pairs an action may be the first, or the second, of; most bear no mark. */
export const sidesOf = (p: PlacedAction, marks: readonly Mark[], watched: readonly WatchedPair[]): typeof NO_SIDE =>
	marks.length === 0
		? NO_SIDE
		: keepFor(known, p, [marks, watched], () => {
				const bits = (side: 'a' | 'b') =>
					watched.reduce((sum, pair, w) => (isSide(p, marks, pair, side) ? sum | (1 << w) : sum), 0);
				return { a: bits('a'), b: bits('b') };
			});

/** Does an action stand on that side of a watched pair? */
export const isSide = (p: PlacedAction, marks: readonly Mark[], pair: WatchedPair, side: 'a' | 'b'): boolean =>
	marks.some((m) => m.code === pair[side]) && !pair.hors.includes(p.nature?.code ?? '');

export const codesOf = (p: PlacedAction): string[] => [...p.transition, ...p.ville].map((t) => t.code);

function numbering<T>() {
	const known = new Map<string, number>();
	const all: T[] = [];
	return {
		all,
		of(key: string, make: () => T): number {
			const found = known.get(key);
			if (found !== undefined) return found;
			known.set(key, all.length);
			return all.push(make()) - 1;
		}
	};
}

export function zoneOf(placed: PlacedAction): Zone {
	const near = placed.reach.filter((r) => reaches(r.niveau)).map((r) => r.quartier);
	return {
		quartiers: new Set(near),
		large: near.length === 0 && placed.reach.some((r) => r.niveau === 'diffuse'),
		communes: new Set(placed.action.communes)
	};
}

/** Days; null unless both ends are known. */
export function spanOf({ action }: PlacedAction): Span | null {
	const { debut, fin } = action.dates ?? {};
	if (!debut || !fin) return null;
	const [from, until] = [dayOf(debut), dayOf(fin)];
	return { debut: from, fin: Math.max(from, until) };
}

const dayOf = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

/** Shared days over the shorter; 0 when they do not meet. */
export const spanShare = (p: Span, q: Span): number => daysShared(p.debut, p.fin, q.debut, q.fin);

/** The same, of two starts and two ends. */
export function daysShared(debut: number, fin: number, otherDebut: number, otherFin: number): number {
	const shared = Math.min(fin, otherFin) - Math.max(debut, otherDebut);
	const shorter = Math.min(fin - debut, otherFin - otherDebut);
	return shared < 0 ? 0 : shorter === 0 ? 1 : Math.min(1, shared / shorter);
}

/** Part of the smaller zone that both share, 0 to 1; null when nothing says they meet. */
export function zoneShare(a: Zone, b: Zone): number | null {
	if (a.quartiers.size && b.quartiers.size) return partShared(a.quartiers, b.quartiers);
	if (a.large && b.large) return 1;
	if ((a.large && b.quartiers.size) || (b.large && a.quartiers.size)) return 0.5;
	return partShared(a.communes, b.communes);
}

function partShared(a: ReadonlySet<string>, b: ReadonlySet<string>): number | null {
	let shared = 0;
	for (const one of a) if (b.has(one)) shared++;
	return shared ? shared / Math.min(a.size, b.size) : null;
}

/** Asked for very many pairs: nothing is made on the way. */
export function jaccard(a: readonly string[], b: readonly string[]): number {
	let shared = 0;
	for (let i = 0; i < a.length; i++) if (b.includes(a[i]!)) shared++;
	return shared / (a.length + b.length - shared);
}
