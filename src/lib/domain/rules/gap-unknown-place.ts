import { list, quoted } from '../french';
import { theQuartier } from '../crossing/quartier-story';
import type { PlacedAction } from '../crossing/place';
import { saysLater } from '../places/where-stands';
import type { GapView } from './gap-context';

/* Why nobody knows where an action takes place: its file says nothing, or says a name that is no quartier's, or that of two. */

const NO_WORDS = { pasEncoreDit: new Set<string>() };

/**
 * « son lieu n’est pas écrit », « son lieu, « Le Moulin », peut désigner Le Moulin Neuf ou Le Moulin Vieux »,
 * « leur lieu n’est pas écrit, ou pas reconnu », « son lieu n’est pas écrit (« à préciser ») »
 * in     words of a cell that says nothing yet, which are no place
 */
export function placeUnknown(
	actions: readonly PlacedAction[],
	{ pasEncoreDit }: Pick<GapView, 'pasEncoreDit'> = NO_WORDS
): string {
	const isNamed = (lieu: string | null) => lieu !== null && !saysLater(lieu, pasEncoreDit);
	const named = actions.filter((a) => a.nonRattaches.length > 0 || isNamed(unknownLieu(a)));
	const whose = actions.length > 1 ? 'leur lieu' : 'son lieu';
	const later = actions.length === 1 ? unknownLieu(actions[0]!) : null;
	if (named.length === 0) return `${whose} n’est pas écrit${later === null ? '' : ` (${quoted(later)})`}`;
	if (actions.length > 1) return `${whose} n’est pas ${named.length < actions.length ? 'écrit, ou pas ' : ''}reconnu`;
	const [asked] = named[0]!.nonRattaches;
	if (!asked) return `son lieu, ${quoted(unknownLieu(named[0]!)!)}, n’est pas reconnu`;
	const { texte, raison, proches } = asked;
	const near = proches.slice(0, 3).map((p) => p.nom);
	if (near.length === 0) return `son lieu, ${quoted(texte)}, n’est pas reconnu`;
	return raison === 'ambigu' || near.length > 1
		? `son lieu, ${quoted(texte)}, peut désigner ${list(near, 'ou')}`
		: `son lieu, ${quoted(texte)}, est peut-être ${theQuartier(near[0]!)}`;
}

/** An entry of its columns of places that nothing knows, neither as a commune nor as a quartier. */
const unknownLieu = ({ action, reach }: PlacedAction): string | null =>
	reach.find((r) => r.niveau === 'inconnu' && r.preuve !== null && cellsOf(action).includes(r.preuve))?.preuve ?? null;
const cellsOf = ({ communes, quartiers }: PlacedAction['action']) => [...communes, ...quartiers];
