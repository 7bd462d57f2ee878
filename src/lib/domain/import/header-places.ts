import type { Pair } from './header-assign';
import { SURE } from './header-assign';
import { cellText } from './cell';
import type { HeaderPlaces } from './header-marks';
import type { Named } from './header-neighbours';
import { splitList } from './row-values';
import { plain } from '../text';

/* « Secteur », « Site », « Zone »: such a header may mean a theme or a place, and its cells say which. */

const MAY_BE_PLACES =
	/\b(?:secteurs?|sites?|zones?|zonages?|lieux?|localisations?|emplacements?|implantations?|adresses?|perimetres?|geographi\w*|ou)\b/;
/** Where somebody is, not where the action is. */
const OF_SOMEBODY = /\b(?:siege|contact|courriel|mail|web|internet|url|porteur|demandeur|activites?|beneficiaires?)\b/;
/** Known by its cells. */
const BY_CELLS = 0.85;

/** Columns of which most cells name a quartier or a commune of the territory ask where, whatever their header. */
export function columnsOfPlaces(named: readonly Named[], chosen: Map<number, Pair>, places: HeaderPlaces): void {
	const { lieu } = places;
	if (!lieu) return;
	for (const { index, entete, cells, look } of named) {
		const pair = chosen.get(index);
		if (pair && pair.champ !== 'secteurs' && pair.score >= SURE) continue;
		const header = plain(entete);
		if (!MAY_BE_PLACES.test(header) || OF_SOMEBODY.test(header)) continue;
		const texts = cells.map(cellText).filter((text) => text !== '');
		const known = texts.filter((text) => lieu(text) || splitList(text).some(lieu));
		if (texts.length === 0 || known.length <= texts.length / 2) continue;
		chosen.set(index, { champ: 'communes', score: BY_CELLS, index, filled: look.filled });
	}
}
