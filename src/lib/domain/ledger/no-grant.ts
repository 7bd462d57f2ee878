import { count, FINE } from '../french';
import { namesApart } from '../names-apart';
import { plain } from '../text';
import type { Commune, Quartier, Territory } from '../territory';
import type { LoadedList } from './list-name';
import type { PlacedGrant } from './shares';

/* Who in a territory got nothing of a stream one year, as far as the lists say. */

/** `obtenu`: a grant is surely there. `incertain`: a grant of the territory may be there. `aucune-connue`: none, in these lists. */
export type GrantState = 'obtenu' | 'incertain' | 'aucune-connue';

export interface PlaceGrants {
	readonly genre: 'epci' | 'commune' | 'quartier';
	readonly code: string;
	readonly nom: string;
	readonly etat: GrantState;
	/** Euro cents of the grants surely there. */
	readonly montant: number;
	readonly projets: number;
	/** Grants that may be there. */
	readonly possibles: number;
	/** Grants of the intercommunality that are for the whole territory: set apart, neither there nor elsewhere. */
	readonly intercommunaux: number;
}

export interface NoGrant {
	/** null: no list of this stream and year speaks for this territory, nothing can be said. */
	readonly lieux: readonly PlaceGrants[] | null;
	/** Grants of the territory, whoever they go to. */
	readonly projets: number;
	/** Lists that say so. */
	readonly listes: readonly LoadedList[];
}

/** What the absence of a grant is worth saying: lists tell what was granted, not what was asked. */
export const AUCUN_PROJET = 'aucun projet dans les listes importées (un dossier a pu être déposé)';
/** The same, where projects of the intercommunality are for all of the territory. */
export const AUCUN_PROPRE = AUCUN_PROJET.replace('aucun projet', 'aucun projet propre');
/** Grants of the territory that no commune nor quartier can be sure to have. */
export const INCERTAIN = 'incertain\u00a0: des projets du territoire ne disent pas où';

/** Is a grant of the territory, or of a department of its communes? A list speaks for the departments it covers. */
export function isAround(
	{ code, communes }: Pick<Territory, 'code' | 'communes'>,
	departmentOf: (commune: string) => string
): (grant: Pick<PlacedGrant, 'place'>) => boolean {
	const codes = new Set<string>(communes.map((c) => c.code));
	const departments = new Set(communes.map((c) => departmentOf(c.code)));
	return ({ place: { epci, commune } }) =>
		epci === code || (commune !== null && (codes.has(commune) || departments.has(departmentOf(commune))));
}

/**
 * Communes and quartiers of a territory, by what they got of one stream in one year.
 * in     `grants`: those of that stream and year; `quartiers`: those of the territory; `departements`: of its communes; `whole`:
 *        words of a title that say a project is for the whole territory
 * out    the territory first, then its communes, then its quartiers
 * empty  no grant of the departments → `lieux` null: a list that is not there says nothing
 * never  says that nothing was asked: only that the lists know of no grant
 */
export function placesWithoutGrant(
	grants: readonly PlacedGrant[],
	territory: { readonly code: string; readonly nom: string; readonly communes: readonly Commune[] },
	quartiers: readonly Pick<Quartier, 'code' | 'nom' | 'communes'>[],
	departmentOf: (commune: string) => string,
	whole: readonly string[] = []
): NoGrant {
	const departments = new Set(territory.communes.map((c) => departmentOf(c.code)));
	const near = grants.filter((g) => g.place.commune && departments.has(departmentOf(g.place.commune)));
	const codes = new Set(territory.communes.map((c) => c.code as string));
	const own = grants.filter((g) => (g.place.commune ? codes.has(g.place.commune) : g.place.epci === territory.code));
	if (near.length + own.length === 0) return { lieux: null, projets: 0, listes: [] };
	const nowhere = own.filter((g) => g.place.commune === null && g.place.quartiers.length === 0);
	const everywhere = new Set(nowhere.filter((g) => isForAll(g, whole)));
	const somewhere = nowhere.filter((g) => !everywhere.has(g));
	const place = (
		genre: PlaceGrants['genre'],
		{ code, nom }: { readonly code: string; readonly nom: string },
		sure: readonly PlacedGrant[],
		maybe: readonly PlacedGrant[]
	): PlaceGrants => ({
		genre,
		code,
		nom,
		etat: sure.length ? 'obtenu' : maybe.length ? 'incertain' : 'aucune-connue',
		montant: sure.reduce((sum, g) => sum + g.grant.montant, 0),
		projets: sure.length,
		possibles: maybe.length,
		intercommunaux: genre === 'epci' ? 0 : everywhere.size
	});
	const names = namesApart(quartiers);
	const lieux = [
		place('epci', territory, own, []),
		...territory.communes.map((c) =>
			place(
				'commune',
				c,
				own.filter((g) => g.place.commune === c.code),
				somewhere
			)
		),
		...quartiers.map((q) => {
			const around = new Set(q.communes.map((c) => c.code as string));
			const sure = own.filter((g) => g.place.quartiers.includes(q.code));
			const maybe = own.filter(
				(g) =>
					!everywhere.has(g) &&
					g.place.quartiers.length === 0 &&
					(g.place.commune === null || around.has(g.place.commune))
			);
			return place('quartier', { code: q.code, nom: names.get(q.code)! }, sure, maybe);
		})
	];
	return { lieux, projets: own.length, listes: listsOf(own.length ? own : near) };
}

/** « Schéma stratégique de renaturation » is for all; « Requalification d’un îlot » is somewhere. */
function isForAll({ grant }: PlacedGrant, words: readonly string[]): boolean {
	const said = ` ${plain(grant.intitule ?? '')} `;
	return words.some((word) => said.includes(` ${plain(word)} `));
}

/** Each list once; the last time it was loaded. */
const listsOf = (grants: readonly PlacedGrant[]): LoadedList[] => [
	...new Map(grants.map((g) => [g.fichier, { fichier: g.fichier, importeLe: g.importeLe ?? '' }])).values()
];

/** Places of one kind that the lists say the same of. */
export interface PlacesAlike extends Pick<
	PlaceGrants,
	'genre' | 'etat' | 'montant' | 'projets' | 'possibles' | 'intercommunaux'
> {
	readonly noms: readonly string[];
}

/**
 * A line for each place that surely got something, and one for all those that the lists say the same of.
 * out    those that got something first, then those of which no project is known, then the uncertain; none is left out
 */
export function placesAlike(lieux: readonly PlaceGrants[]): PlacesAlike[] {
	const lines = new Map<string, PlacesAlike & { readonly noms: string[] }>();
	for (const etat of ['obtenu', 'aucune-connue', 'incertain'] as const)
		for (const { genre, code, nom, montant, projets, possibles, intercommunaux, ...said } of lieux) {
			if (said.etat !== etat) continue;
			const key = etat === 'obtenu' ? `${genre} ${code}` : `${etat} ${genre} ${possibles}`;
			const own = lines.get(key) ?? { genre, etat, montant, projets, possibles, intercommunaux, noms: [] };
			own.noms.push(nom);
			lines.set(key, own);
		}
	return [...lines.values()];
}

/** What the lists say of a place. */
export function grantWords({
	etat,
	possibles,
	intercommunaux
}: Pick<PlaceGrants, 'etat' | 'possibles' | 'intercommunaux'>): string {
	if (etat === 'obtenu') return 'obtenu';
	const all = wholeWords(intercommunaux);
	if (etat === 'aucune-connue') return all ? `${AUCUN_PROPRE}${FINE}; ${all}` : AUCUN_PROJET;
	return `incertain\u00a0: ${count(possibles, 'projet')} du territoire ${possibles > 1 ? 'peuvent' : 'peut'} y être, la liste ne dit pas où${all && `${FINE}; ${all}`}`;
}

/** « 2 projets de l’intercommunalité couvrent tout le territoire »; '' when none does. */
export const wholeWords = (n: number): string =>
	n === 0 ? '' : `${count(n, 'projet')} de l’intercommunalité ${n > 1 ? 'couvrent' : 'couvre'} tout le territoire`;
