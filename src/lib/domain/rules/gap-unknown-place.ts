import { list, quoted } from '../french';
import { theQuartier } from '../crossing/quartier-story';
import type { PlacedAction } from '../crossing/place';

/* Why nobody knows where an action takes place: its file says nothing, or says a name that is no quartier's, or that of two. */

/**
 * « son lieu n’est pas écrit », « son lieu, « Le Moulin », peut désigner Le Moulin Neuf ou Le Moulin Vieux »,
 * « leur lieu n’est pas écrit, ou pas reconnu »
 */
export function placeUnknown(actions: readonly PlacedAction[]): string {
	const named = actions.filter((a) => a.nonRattaches.length > 0);
	const whose = actions.length > 1 ? 'leur lieu' : 'son lieu';
	if (named.length === 0) return `${whose} n’est pas écrit`;
	if (actions.length > 1) return `${whose} n’est pas ${named.length < actions.length ? 'écrit, ou pas ' : ''}reconnu`;
	const { texte, raison, proches } = named[0]!.nonRattaches[0]!;
	const near = proches.slice(0, 3).map((p) => p.nom);
	if (near.length === 0) return `son lieu, ${quoted(texte)}, n’est pas reconnu`;
	return raison === 'ambigu' || near.length > 1
		? `son lieu, ${quoted(texte)}, peut désigner ${list(near, 'ou')}`
		: `son lieu, ${quoted(texte)}, est peut-être ${theQuartier(near[0]!)}`;
}
