import { LexiconFile } from '../../src/lib/domain/rules/referentiel';
import { yaml, type Labelled } from './mesure';

/** Weight of an expression that decides alone: a lesson as good as a labelled title. */
const DECIDES = 3;

const nothing = { sure: [], possible: [] };

/**
 * The expressions of the lexicon as titles: « fenêtres des logements » teaches « fenêtres » and « logements » in whatever
 * order a title writes them. Those of the ville axis and of the natures made titles never read worse: they teach nothing of
 * theirs, and stand as titles without transition. « =PRE » means nothing once folded.
 */
export function readExpressions(): Labelled[] {
	const codes = new Map<string, { sure: string[]; possible: string[]; known: boolean }>();
	for (const { code, mots } of LexiconFile.parse(yaml('data/lexique.yaml')).entrees) {
		if (code.startsWith('N')) continue;
		for (const [expression, weight] of Object.entries(mots)) {
			if (weight <= 0 || expression.startsWith('=')) continue;
			const own = codes.get(expression) ?? { sure: [], possible: [], known: false };
			codes.set(expression, own);
			own.known ||= weight >= DECIDES;
			if (code.startsWith('T')) own[weight >= DECIDES ? 'sure' : 'possible'].push(code);
		}
	}
	return [...codes]
		.filter(([, { known }]) => known)
		.map(([expression, { sure, possible }]) => ({
			moitie: 'lexique',
			cle: expression,
			titre: expression.replace(/^\^/, ''),
			secteurs: [],
			transition: { sure, possible },
			ville: nothing,
			nature: nothing
		}));
}
