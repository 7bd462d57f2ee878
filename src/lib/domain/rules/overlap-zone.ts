import { isNamed, type PlacedAction } from '../crossing/place';
import { percent } from '../french';
import { once } from '../memory';
import { profileOf, zoneShare, type Zone } from './overlap-features';
import { sameBuilding } from './named-buildings';
import { otherQuartiers } from './named-quartiers';

/* Where two actions meet: in a quartier both are for, or only in its commune. The second says little of what they have in common. */

/** How two actions meet, what it is worth from 0 to 1, and how to say it. */
export interface Meeting {
	readonly part: number;
	readonly lieu: MeetingPlace;
	/** Quartiers both name; those the one names, when the other covers the intercommunalité. */
	readonly quartiers: readonly string[];
	readonly dit: string;
}
/** `ailleurs`: their titles name two quartiers. */
export type MeetingPlace = 'etablissement' | 'quartier' | 'commune' | 'intercommunalite' | 'territoire' | 'ailleurs';

/** Quartiers an action is for: aimed at, or named; its commune alone does not say so. */
const namedBy = once(
	({ reach }: PlacedAction): ReadonlySet<string> =>
		new Set(reach.filter((r) => isNamed(r.niveau)).map((r) => r.quartier))
);
const zones = (placed: PlacedAction): Zone => profileOf(placed).zone;

function placeOf(a: PlacedAction, b: PlacedAction): MeetingPlace {
	const [own, other] = [zones(a), zones(b)];
	if (sameBuilding(a.action, b.action)) return 'etablissement';
	if (otherQuartiers(a.action, b.action)) return 'ailleurs';
	if (own.large && other.large) return 'intercommunalite';
	if ((own.large && other.quartiers.size) || (other.large && own.quartiers.size)) return 'territoire';
	const named = namedBy(b);
	for (const one of namedBy(a)) if (named.has(one)) return 'quartier';
	return 'commune';
}

/**
 * What the place that two actions share is worth.
 * in     actions with a common zone; `commune`: worth of a meeting that the commune alone makes, to that of a quartier both name
 * out    0 when their titles name two quartiers
 */
export function shareOf(a: PlacedAction, b: PlacedAction, commune: number): number {
	const part = zoneShare(zones(a), zones(b));
	if (part === null) throw new Error('bug: a pair without a common zone');
	const lieu = placeOf(a, b);
	return lieu === 'ailleurs' ? 0 : lieu === 'commune' ? part * commune : part;
}

/** Do both name one and the same quartier? What is for all of them names none. */
export function namesOneQuartier(a: PlacedAction, b: PlacedAction): boolean {
	const [own, other] = [namedBy(a), namedBy(b)];
	return own.size === 1 && other.size === 1 && other.has([...own][0]!);
}

/** How two actions meet, with the words that say so. */
export function meetingOf(a: PlacedAction, b: PlacedAction, commune: number): Meeting {
	const [part, lieu] = [shareOf(a, b, commune), placeOf(a, b)];
	const named = [...namedBy(a)].filter((q) => namedBy(b).has(q));
	const quartiers = lieu === 'territoire' ? [...zones(a).quartiers, ...zones(b).quartiers] : named;
	const words: Readonly<Record<MeetingPlace, () => string>> = {
		etablissement: () => `un même établissement dans les deux titres\u00a0: ${sharedBuilding(a, b)}`,
		ailleurs: () =>
			`deux quartiers différents dans les titres\u00a0: ${otherQuartiers(a.action, b.action)!.join(' et ')}`,
		commune: () => 'une commune en commun, aucun quartier nommé par les deux',
		intercommunalite: () => 'toutes deux à l’échelle de l’intercommunalité',
		territoire: () => 'l’une couvre l’intercommunalité, l’autre un quartier',
		quartier: () =>
			part < 1
				? `quartiers communs\u00a0: ${percent(part, 0)} de la plus petite zone`
				: named.length > 1
					? 'les mêmes quartiers sont nommés'
					: 'le même quartier est nommé'
	};
	return { part, lieu, quartiers: lieu === 'ailleurs' ? [] : quartiers, dit: words[lieu]() };
}

function sharedBuilding(a: PlacedAction, b: PlacedAction): string {
	const { kind, name } = sameBuilding(a.action, b.action)!;
	return `${kind} ${name}`;
}
