import { EVERY_ACTION, type ActionFilter } from '../crossing/action-filter';
import type { MatrixChoice } from '../crossing/view-matrix';

/* The whole state of the matrix is its address: how it is written. */

/** What a second layer changes from the first. */
export const LAYERS = [
	...(['droit-commun', 'quartier', 'plan', 'nature', 'periode'] as const),
	...(['territoire', 'vue', 'import', 'date'] as const)
] as const;
export interface Layer {
	readonly genre: (typeof LAYERS)[number];
	/** Code of a quartier, plan, nature or territory, years « 2024-2026 », number of a view or import, day; '' for droit commun. */
	readonly valeur: string;
}

export interface MatrixQuery extends MatrixChoice {
	readonly filtre: ActionFilter;
	readonly comparer: Layer | null;
	/** ISO date whose evening is read instead of today. */
	readonly au: string | null;
	/** Figure whose evidence is open. */
	readonly case: string | null;
	readonly projecteur: boolean;
}

export const FIRST_VIEW: MatrixQuery = {
	lignes: 'croises',
	colonnes: 'quartier',
	quartier: null,
	filtre: EVERY_ACTION,
	comparer: null,
	au: null,
	case: null,
	projecteur: false
};

/** The 20 expected crossings by quartier, with their story; any other pair of axes is a plain grid. */
export const isStory = ({ lignes, colonnes }: Pick<MatrixQuery, 'lignes' | 'colonnes'>): boolean =>
	lignes === FIRST_VIEW.lignes && colonnes === FIRST_VIEW.colonnes;

/** The whole grid of the enjeux, of transition by politique de la ville. */
export const isEnjeux = ({ lignes, colonnes }: Pick<MatrixQuery, 'lignes' | 'colonnes'>): boolean =>
	lignes === 'transition' && colonnes === 'ville';

/** Names of what a reading is made of, its open figure left out. */
export const VIEW_PARAMETERS: readonly string[] = [
	...['lignes', 'colonnes', 'quartier', 'plan', 'nature', 'statut', 'dispositif', 'depuis', 'jusqua', 'sans'],
	...['comparer', 'au', 'densite']
];

export const layerText = ({ genre, valeur }: Layer): string => (valeur ? `${genre}:${valeur}` : genre);

/** Parameters of an address, without what is as by default. */
export function writeQuery(query: MatrixQuery): [name: string, value: string][] {
	const { lignes, colonnes, quartier, filtre, comparer, au, projecteur } = query;
	const said: Readonly<Record<string, string | number | null>> = {
		lignes: isStory(query) ? null : lignes,
		colonnes: isStory(query) ? null : colonnes,
		quartier,
		plan: filtre.plan,
		nature: filtre.nature,
		statut: filtre.statut,
		dispositif: filtre.dispositif,
		depuis: filtre.depuis,
		jusqua: filtre.jusqua,
		sans: filtre.sansPlans.length ? 'droit-commun' : null,
		comparer: comparer && layerText(comparer),
		au,
		densite: projecteur ? 'projecteur' : null,
		case: query.case
	};
	return Object.entries(said).flatMap(([name, value]): [string, string][] =>
		value === null ? [] : [[name, String(value)]]
	);
}

/** « ?plan=pcaet&case=X04 », or « ? » when there is nothing to say. */
export const queryString = (query: MatrixQuery): string => `?${new URLSearchParams(writeQuery(query))}`;
