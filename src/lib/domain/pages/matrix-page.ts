import { documentNames } from '../document-names';
import { firstYear } from '../crossing/past-end';
import { isNarrow, passes, type ActionFilter } from '../crossing/action-filter';
import { sidesOf, type Sides } from '../crossing/compare';
import { dimension } from '../crossing/dimensions';
import { answersBeside } from '../crossing/layer-answers';
import type { DimensionId, Matrix } from '../crossing/matrix';
import type { TerritoryView } from '../crossing/overview';
import { readWords } from '../crossing/list-years';
import { kindNames, planEntries } from '../crossing/plan-entries';
import { dimensionContext } from '../crossing/territory-view';
import { croiseRows, narrowedOpening } from '../crossing/territory-story';
import { coverageContext } from '../crossing/territory-view';
import { count } from '../french';
import { phrase } from '../phrase';
import { outsideWords } from '../crossing/outside-grid';
import { outsideMatrix, silentFunding, viewMatrix } from '../crossing/view-matrix';
import type { Statut } from '../action';
import { idsHere } from '../rules/gaps-by-quartier';
import { refAt } from '../rules/families-here';
import type { Referentiel } from '../rules/referentiel';
import type { BesideSource } from './case-difference';
import { selectCase, type CaseSource } from './case-selection';
import { doubtIn, reserveIn } from './cell-doubts';
import { figureAddress, OUTSIDE } from './figure-address';
import { firstGaps } from './gaps-shown';
import { gridTitle } from './grid-title';
import { figuresOf, heldKeys } from './matrix-figures';
import { FIRST_VIEW, isEnjeux, isStory, type Layer, type MatrixQuery } from './matrix-address';
import { layerSides } from './layer-sides';
import { layerStory } from './layer-story';
import { headLetters, narrowLetters } from './name-lines';
import { briefAction, croiseBriefs, idsOfKeys, sharing, shortKeys, type TerritoryPage } from './page-model';
import { twoCounts } from './two-counts';

/** A second layer: what it is read from and how. */
export interface LayerRead {
	readonly layer: Layer;
	readonly view: TerritoryView;
	readonly query: MatrixQuery;
	/** How it is called, when its address alone does not say it. */
	readonly nom: string | null;
	/** What is not known of it, or not as it was. */
	readonly reserves?: readonly string[];
}

/** What a second layer may be, beyond what the page holds by itself. */
export interface LayerOffers {
	readonly vues: readonly { readonly id: number; readonly nom: string }[];
	readonly imports: readonly { readonly id: number; readonly fichier: string; readonly le: string }[];
	/** ISO dates on which something was written. */
	readonly jours: readonly string[];
	readonly territoires: readonly { readonly code: string; readonly nom: string }[];
}

export type MatrixPage = ReturnType<typeof matrixPage>;

/**
 * The matrix of a territory as its address asks for it: figures, the evidence of the one that is open, the gaps in sight.
 * in     `page`: the whole territory, of which only what is shown is sent
 */
export function matrixPage(
	view: TerritoryView,
	ref: Referentiel,
	query: MatrixQuery,
	page: TerritoryPage,
	{
		other = null,
		grille = true
	}: {
		/** A sentence: why what was asked cannot be compared. */
		readonly other?: LayerRead | string | null;
		/** false: under the table of the crossings, the grid of the enjeux is sent only when one of its figures is open. */
		readonly grille?: boolean;
	} = {}
) {
	const share = sharing();
	const layer = typeof other === 'string' ? null : other;
	const story = isStory(query);
	const main = read(view, ref, query, { lignes: query.lignes, colonnes: query.colonnes }, layer);
	const grid = story ? read(view, ref, query, { lignes: 'transition', colonnes: 'ville' }, layer) : main;
	const crossings = story || !isEnjeux(query) ? main : read(view, ref, query, FIRST_VIEW, null);
	const key = shortKeys(view);
	const source = {
		page,
		key,
		idOf: idsOfKeys(view),
		kept: keptBy(view, ref, query.filtre, key),
		reserve: reserveIn(view, ref, query.quartier)
	} satisfies CaseSource;
	const choix = choices(view, ref);
	const cotes =
		layer &&
		layerSides(layer.layer, query, {
			...{ territoire: page.nom, nom: layer.nom, quartiers: page.quartiers },
			...{ plans: choix.plans, natures: choix.natures }
		});
	const besideOf = (one: typeof main) => one.other && besideSource(one.other, layer!, cotes!);
	const beside = (one: typeof main): CaseSource => ({ ...source, beside: besideOf(one), silent: one.silent });
	const asked = query.case;
	const opened = story && asked !== 'tout' ? selectCase(main.matrix, beside(main), asked) : null;
	const openedInGrid = opened ? null : selectCase(grid.matrix, beside(grid), asked);
	const gaps = query.quartier
		? view.gaps.filter((g) => g.quartier === null || g.quartier === query.quartier)
		: view.gaps;
	const narrow = isNarrow(query.filtre) || query.quartier !== null;
	const looked = { placed: view.actions, coverage: coverageContext(ref, [], view.documents), asOf: view.asOf };
	const rows = story && narrow ? croiseRows(main.matrix, gaps, ref.enjeux.croises, looked) : view.croiseRows;
	const again = page.signatures.filter((s) => s.etat === 'a-revoir');
	const toReview = new Set(again.map((s) => `${s.croise}.${s.quartier}`));
	const names = page.quartiers.map((q) => q.nom);
	const { code, nom, fictif, asOf, referentiel, resumeSignatures, documents, aRattacher } = page;
	return {
		...{ code, nom, fictif, asOf, referentiel, resumeSignatures, documents, aRattacher },
		...{ quartiers: page.quartiers, enjeux: page.enjeux, regles: page.regles, natures: page.natures },
		nombreActions: Object.keys(page.actions).length,
		perimetres: view.perimetres,
		lus: readWords(
			documents,
			planEntries(
				documents.filter((d) => d.actions > 0),
				ref.plans.types
			)
		),
		filtree: narrow,
		ouverture: openingOf(
			page,
			{ rows: narrow && story ? rows : null, grid: story ? null : main.matrix, narrow },
			query.quartier
		),
		croises: croiseBriefs(rows, ref),
		recit: story
			? figuresOf(main.matrix, share, main.other, null, toReview, doubtIn(main.matrix, source.reserve))
			: null,
		grille:
			(!story || grille || openedInGrid) && page.quartiers.length > 0
				? figuresOf(grid.matrix, share, grid.other, grid.silent, toReview, doubtIn(grid.matrix, source.reserve))
				: null,
		/** How many enjeux of transition, then of politique de la ville. */
		taille: [ref.enjeux.transition.length, ref.enjeux.ville.length] as const,
		deuxComptes:
			(story || isEnjeux(query)) && page.quartiers.length
				? twoCounts(crossings.matrix, grid.matrix, ref.enjeux.croises)
				: null,
		/** Why what no rule could judge is to be confirmed; '' when enough is read. */
		cadres: fewRead(looked.coverage),
		lettres: headLetters(names),
		courtes: narrowLetters(names),
		vides: grid.vides,
		/** What a grid of two chosen axes cannot hold, and the address of those actions. */
		hors: story ? null : outsideHere(view, ref, query),
		/** Whether some signed crossing is to be read again. */
		aRevoir: again.length > 0,
		signes: page.signatures.length > 0,
		/** In the table of the 20 crossings, or in the grid. */
		ouverte: { recit: opened, grille: openedInGrid },
		lacunes: firstGaps(page, idsHere(view, query.quartier)),
		calque: layer && {
			...{ layer: layer.layer, nom: layer.nom, reserves: layer.reserves ?? [] },
			reponses: main.other && answersBeside(main.matrix, main.other.matrix, main.other.sides),
			recit: main.other && storyBeside(main, besideOf(main)!, layer.layer, (id) => page.actions[key(id)])
		},
		refusCalque: typeof other === 'string' ? other : null,
		choix
	};
}

function fewRead({ documentsCadres = 0, minPlans }: ReturnType<typeof coverageContext>): string {
	if (documentsCadres >= minPlans) return '';
	const lus = documentsCadres > 1 ? count(documentsCadres, 'document-cadre lu', 'documents-cadres lus') : null;
	return ` À confirmer\u00a0: ${lus ?? `${documentsCadres ? 'un seul' : 'aucun'} document-cadre lu`}.`;
}

function outsideHere(view: TerritoryView, ref: Referentiel, query: MatrixQuery) {
	const dit = outsideWords(outsideMatrix(view, ref, query));
	return dit === null ? null : { dit, figure: figureAddress(OUTSIDE, query) };
}

/** in     `rows`: the crossings as filters leave them; `grid`: of two chosen axes, where the finding of the territory comes second */
function openingOf(
	{ ouverture, quartiers, enjeux }: TerritoryPage,
	shown: {
		readonly rows: Parameters<typeof narrowedOpening>[0] | null;
		readonly grid: Matrix | null;
		readonly narrow: boolean;
	},
	quartier: string | null
): TerritoryPage['ouverture'] {
	if (shown.rows) return narrowedOpening(shown.rows, quartier ? 1 : quartiers.length);
	if (!shown.grid || quartiers.length === 0) return ouverture;
	const title = gridTitle(shown.grid, (code) => enjeux[code]?.court);
	if (!shown.narrow) return { titre: phrase`${title}`, chapo: ouverture.chapo };
	const small = `${title.charAt(0).toLocaleLowerCase('fr')}${title.slice(1)}`;
	return {
		titre: phrase`Avec ces filtres, ${small}`,
		chapo: phrase`Sans les filtres\u00a0: ${ouverture.chapo}`
	};
}

/** One matrix, its empty funding keys left out, and the other layer beside it. */
function read(
	view: TerritoryView,
	ref: Referentiel,
	query: MatrixQuery,
	axes: Pick<MatrixQuery, 'lignes' | 'colonnes'>,
	other: LayerRead | null
) {
	const rows = heldKeys(viewMatrix(view, ref, { ...query, ...axes }), 'rows');
	const { matrix, vides } = heldKeys(rows.matrix, 'columns');
	return {
		matrix,
		vides: rows.vides + vides,
		silent: silentFunding(view, ref, { ...query, ...axes }),
		other: other && setBeside(matrix, viewMatrix(other.view, ref, { ...other.query, ...axes }), other.layer)
	};
}

const NARROWED: Partial<Record<Layer['genre'], DimensionId>> = { quartier: 'quartier', plan: 'plan', nature: 'nature' };

const setBeside = (matrix: Matrix, there: Matrix, { genre }: Layer) => ({
	matrix: there,
	sides: sidesOf(matrix, there, { narrowed: NARROWED[genre] ?? null, elsewhere: genre === 'territoire' })
});

/** Actions of the other layer are told as they are there. */
function besideSource(
	other: { readonly matrix: Matrix; readonly sides: Sides },
	{ view, query }: LayerRead,
	cotes: BesideSource['cotes']
): BesideSource {
	const placed = new Map(view.actions.map((a) => [a.action.id, a]));
	const share = sharing();
	const told = { documents: documentNames(view.documents), asOf: view.asOf };
	return {
		...other,
		cotes,
		quartier: query.quartier,
		brief: (id) => {
			const found = placed.get(id);
			return found && briefAction(found, told, share, id, false);
		}
	};
}

/** What the two layers tell before one reads them; an action of either is told by whichever knows it. */
const storyBeside = (
	{ matrix }: { readonly matrix: Matrix },
	there: BesideSource,
	layer: Layer,
	brief: BesideSource['brief']
) =>
	layerStory(matrix, there, {
		...{ layer, cotes: there.cotes },
		toutes: matrix.rows.id === FIRST_VIEW.lignes && matrix.columns.id === FIRST_VIEW.colonnes ? 'croises' : 'tout',
		brief: (id) => brief(id) ?? there.brief(id)
	});

function keptBy(
	view: TerritoryView,
	ref: Referentiel,
	filtre: ActionFilter,
	key: (action: string) => string
): CaseSource['kept'] {
	const axes = dimensionContext(ref, [], view.documents);
	const pass = passes(filtre, dimension('dispositif', axes).keysOf);
	const kept = new Map(view.actions.map((a) => [key(a.action.id), pass(a)]));
	return (action) => kept.get(action) ?? 'non';
}

/** What the filters offer: only what some action of the territory says. */
function choices(view: TerritoryView, ref: Referentiel) {
	const actions = view.actions.map((a) => a.action);
	const years = actions
		.flatMap((a) => [firstYear(a.dates), a.dates?.fin ? Number(a.dates.fin.slice(0, 4)) : null])
		.flatMap((year) => year ?? []);
	const [first, last] = [Math.min(...years), Math.max(...years)];
	const axis = dimension('dispositif', dimensionContext(refAt(ref, view.territory), [], view.documents));
	const named = new Set(view.actions.flatMap(axis.keysOf));
	const statuts: readonly Statut[] = [...new Set(actions.flatMap((a) => a.statut ?? []))];
	return {
		plans: planEntries(view.documents, ref.plans.types),
		genres: kindNames(view.documents, ref.plans.types),
		statuts: statuts.filter((s) => s !== 'abandonne'),
		natures: ref.enjeux.natures.map(({ code, libelle }) => ({ code, libelle })),
		dispositifs: axis.keys.filter((k) => named.has(k.code)),
		annees: years.length ? Array.from({ length: Math.min(last - first + 1, 40) }, (_, i) => first + i) : [],
		droitCommun: view.documents.some((d) => ref.lacunes.droit_commun.includes(d.plan))
	};
}
