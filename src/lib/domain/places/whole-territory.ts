import { communeNamed } from './communes';
import { numberSaid } from './everywhere';
import { nameKey, nameWords } from './place-names';
import type { Places } from './places';
import { remember, rememberWith } from '../remember';

/* Words for the whole EPCI, in a column of places: « agglomération », its own name, « les 4 communes » when it has four. */

const WHOLE =
	/agglom[ée]ration|\bagglo\b|intercommunal|communaut[ée]|m[ée]tropole|\bepci\b|(?:tout|ensemble du) (?:le )?territoire|(?:toutes|ensemble des) (?:les )?communes|ressort territorial|tout le ressort|bassins? de mobilit[ée]|^tou(?:te)?s$/i;
/** « communautaire » alone: « maison communautaire » is a building. */
const COMMUNITY =
	/^(?:(?:[àa]\s+)?l['’]\s?|(?:tout\s+)?le\s+)?(?:(?:[ée]chelle|niveau|territoire|p[ée]rim[èe]tre|int[ée]r[êe]t)\s+)?communautaire$/i;
/** « CU », « toute la CA »: small letters, or a name after them, say something else. */
const INITIALS = /^(?:(?:[Tt]oute|[Ss]ur|[AÀà] l['’]échelle de|[Ee]nsemble de)\s+)?(?:[Ll]a\s+)?C[ACU]$/;
const COUNTED =
	/^(?:(?:sur|dans|pour)\s+)?(?:l['’]ensemble\s+des\s+|toutes\s+les\s+|(?:les|ses|nos|des)\s+)?(\p{L}+|\d{1,3})\s+communes(?:\s+(?:membres|du\s+territoire|concern[ée]es))?$/iu;
/** What an EPCI is, beside its name. */
const KINDS = new Set('ca cc cu communaute agglomeration agglo communes urbaine intercommunalite epci'.split(' '));

/** How many communes an entry counts, « les 4 communes »; null when it counts none. */
export function communesCounted(cell: string): number | null {
	const count = numberSaid(COUNTED.exec(cell.trim())?.[1]?.toLowerCase() ?? '');
	return count !== null && count > 1 ? count : null;
}

/** Words for the whole EPCI. « Les 3 communes » of a territory of four says neither which nor all. */
export const namesWhole: (cell: string, places: Places) => boolean = rememberWith((cell, places) => {
	const count = communesCounted(cell);
	if (count !== null) return places.complete && count === places.communes.all.length;
	return WHOLE.test(cell) || COMMUNITY.test(cell.trim()) || INITIALS.test(cell.trim()) || isItsName(cell, places);
});

const proper = remember((name) => nameKey(nameWords(name).filter((w) => !KINDS.has(w))));

function isItsName(cell: string, { nom, communes }: Places): boolean {
	// The EPCI may bear the name of its main town.
	return proper(nom) !== '' && proper(cell) === proper(nom) && communeNamed(cell, communes) === null;
}
