import { isActive } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import { once } from '../memory';
import { plain } from '../text';
import { listOf, niveauOf, NO_ACTION, sortedBy, type GapView } from './gap-context';
import { buildingKeys, buildingsOf, sameBuilding } from './named-buildings';
import type { GapRule } from './referentiel';

/* School yards, and what the actions of the plans that name a school do with its yard. */

type Yard = GapView['ecoles'] extends ReadonlyMap<string, readonly (infer Y)[]> ? Y : never;

/** A project after `horizon`, or none: nobody plans it in time, as far as the register says. */
export const isLate = ({ cour, annee }: Yard, horizon: string): boolean =>
	cour === 'sans-projet' || (cour === 'projet' && annee !== null && `${annee}-01-01` > horizon);

/** Planted already, or by `horizon`. */
export const isPlanned = ({ cour, annee }: Yard, horizon: string): boolean =>
	cour === 'vegetalisee' || (cour === 'projet' && annee !== null && `${annee}-01-01` <= horizon);

export interface YardWorks {
	readonly etat: 'à-temps' | 'sans-date' | 'aucun';
	/** Those that say so. */
	readonly actions: readonly PlacedAction[];
}

/**
 * What the actions that name a school and its yard say of it.
 * in     `quartier`: where the school stands; an action surely somewhere else is about another school of that name
 * out    'aucun' too when all of them come after `horizon`
 */
export function yardWorks(view: GapView, rule: GapRule, yard: Yard, quartier: string, horizon: string): YardWorks {
	const school = asTitle(yard);
	const index = worksByBuilding(view, rule);
	const near = new Set(
		buildingsOf(school).flatMap((b) => buildingKeys(b).flatMap((key) => index.get(key) ?? NO_ACTION))
	);
	const works = [...near].filter((p) => niveauOf(p, quartier) !== 'aucune' && sameBuilding(school, p.action) !== null);
	const inTime = works.filter((p) => p.action.statut === 'realise' || (yardDate(p) ?? '9999') <= horizon);
	if (inTime.length > 0) return { etat: 'à-temps', actions: inTime };
	const undated = works.filter((p) => yardDate(p) === null);
	return { etat: undated.length > 0 ? 'sans-date' : 'aucun', actions: undated };
}

/** When it will be done, else when it starts. */
export const yardDate = ({ action: { dates } }: PlacedAction): string | null => dates?.fin ?? dates?.debut ?? null;

const worksByBuilding = (view: GapView, rule: GapRule) =>
	sortedBy(
		view,
		`travaux de cour ${rule.id}`,
		(p) => (isActive(p) && isYardWork(p, rule) ? buildingsOf(p.action).flatMap((b) => buildingKeys(b)) : []),
		[rule]
	);

function isYardWork({ action }: PlacedAction, rule: GapRule): boolean {
	const title = ` ${plain(action.titre)} `;
	const says = (parameter: string) => listOf(rule, parameter).some((words) => title.includes(` ${plain(words)} `));
	return says('objet') && (/ cours? /.test(title) || !says('sauf'));
}

/** « Prévert » in a list of schools is « école Prévert ». */
const asTitle = once(({ nom }: Yard): { readonly titre: string } =>
	buildingsOf({ titre: nom }).length > 0 ? { titre: nom } : { titre: `École ${nom}` }
);
