import { reaches } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import { list } from '../french';
import { once } from '../memory';
import { named } from './gap-common-words';
import { NO_ACTION, niveauOf, sortedBy, type GapView } from './gap-context';
import type { EnjeuCroise } from './referentiel';

/* What a crossing supposes of a quartier (a school, a demolition, an urban project), and what is read of it there. */

type Yard = GapView['ecoles'] extends ReadonlyMap<string, readonly (infer Y)[]> ? Y : never;

export interface Present {
	/** It is rare, and nothing read says that it is there. */
	readonly douteux: boolean;
	/** What it supposes, while nothing says it is there: « une école y est ouverte ». */
	readonly suppose: string | undefined;
	/** « Dans le quartier : « Démolition de la barre ». », « École saisie : Jules-Ferry (projet de cour en 2030). »; null when nothing is read. */
	readonly dit: string | null;
	/** « École Jules-Ferry (projet de cour en 2030) »: a yard its list says planned or done, where the crossing is about yards; else null. */
	readonly cour: string | null;
}

/**
 * What is read of it in a quartier.
 * in     `by`: the last day a yard may be planned for and count as such
 */
export function presentIn(view: GapView, quartier: string, croise: EnjeuCroise, by: string | null = null): Present {
	const { si_present: condition, suppose } = croise;
	if (!condition) return { douteux: false, suppose, dit: null, cour: null };
	const yards = condition.ecoles ? (view.ecoles.get(quartier) ?? []) : [];
	if (yards.length > 0) {
		const ofYards = condition.ecoles === 'cours';
		const cour = ofYards ? plannedSaid(yards, by) : null;
		return { douteux: false, suppose: undefined, dit: schoolsSaid(yards, ofYards), cour };
	}
	const works = (byCrossing(view).get(croise.code) ?? NO_ACTION).filter((a) => reaches(niveauOf(a, quartier)));
	if (works.length === 0) return { douteux: condition.exige === true, suppose, dit: null, cour: null };
	const here = works.filter((a) => niveauOf(a, quartier) !== 'probable');
	const shown = (here.length > 0 ? here : works).slice(0, 2).map(named);
	const where = here.length > 0 ? 'Dans le quartier' : 'Dans la commune du quartier';
	return { douteux: false, suppose: undefined, dit: `${where}\u00a0: ${list(shown)}.`, cour: null };
}

/** Everything that may change the answer, beside the actions that carry the crossing: the same lists where none came or went. */
export const readForPresent = (view: GapView): readonly unknown[] => [
	view.ecoles,
	...view.enjeux.croises.map((c) => byCrossing(view).get(c.code) ?? NO_ACTION)
];

/** Actions to be carried out that say what a crossing supposes, by a mark or by an enjeu of the ville. */
const byCrossing = once((view: GapView) =>
	sortedBy(
		view,
		'ce que suppose un croisement',
		(a) => (isToCome(a) ? view.enjeux.croises.filter((c) => says(view, a, c)).map((c) => c.code) : []),
		[view.enjeux, view.marques]
	)
);

const isToCome = ({ action }: PlacedAction): boolean => action.statut !== 'abandonne' && action.statut !== 'realise';

const says = (view: GapView, placed: PlacedAction, { si_present: condition }: EnjeuCroise): boolean =>
	condition !== undefined &&
	((condition.ville !== undefined && placed.ville.some((t) => condition.ville!.includes(t.code))) ||
		(condition.marqueurs !== undefined && view.marques(placed).some((m) => condition.marqueurs!.includes(m.code))));

/** « École saisie : Jules-Ferry (projet de cour en 2030). » */
function schoolsSaid(yards: readonly Yard[], withYard: boolean): string {
	const said = yards.slice(0, 3).map((y) => (withYard && yardWords(y) ? `${y.nom} (${yardWords(y)})` : y.nom));
	const more = yards.length - said.length;
	const all = more > 0 ? [...said, more > 1 ? `${more} autres` : 'une autre'] : said;
	return `${yards.length > 1 ? 'Écoles saisies' : 'École saisie'} dans le quartier\u00a0: ${list(all)}.`;
}

function plannedSaid(yards: readonly Yard[], by: string | null): string | null {
	const inTime = ({ annee }: Yard): boolean => annee === null || by === null || `${annee}-01-01` <= by;
	const planned = yards.find((yard) => yard.cour === 'vegetalisee' || (yard.cour === 'projet' && inTime(yard)));
	return planned ? `${planned.nom} (${yardWords(planned)})` : null;
}

const yardWords = ({ cour, annee }: Yard): string =>
	cour === 'projet'
		? `projet de cour${annee === null ? '' : ` en ${annee}`}`
		: cour === 'vegetalisee'
			? 'cour végétalisée'
			: cour === 'sans-projet'
				? 'cour sans projet'
				: '';
