import { EVERY_ACTION } from '../domain/crossing/action-filter';
import { LISTS } from '../domain/crossing/plan-entries';
import { layerText, queryString, type Layer, type MatrixQuery } from '../domain/pages/matrix-address';
import type { LayerOffers, MatrixPage } from '../domain/pages/matrix-page';
import type { EcartBrief } from '../domain/pages/matrix-figures';
import { count, COVERAGE_LABEL, date, NON_DIT, STATUS_LABEL } from './format';

/* What the axes, the filters and the second layer of a matrix are called. */

/** One thing asked of the actions, and the address that no longer asks it. */
export interface FilterWords {
	readonly nom: string;
	readonly texte: string;
	readonly sans: string;
}

/** « du plan PCAET », « qui atteignent La Gare »: each filter in force, to be read after « les actions ». */
export function filterWords(query: MatrixQuery, page: MatrixPage): FilterWords[] {
	const { filtre, quartier } = query;
	const { plan, nature, statut, dispositif, depuis, jusqua, sansPlans } = filtre;
	const without = (change: Partial<typeof filtre>) =>
		queryString({ ...query, case: null, filtre: { ...filtre, ...change } });
	const named = (list: readonly { readonly code: string; readonly libelle: string }[], code: string) =>
		list.find((k) => k.code === code)?.libelle ?? code;
	const words: (FilterWords | null)[] = [
		quartier
			? {
					nom: 'quartier',
					texte: `qui atteignent ${page.quartiers.find((q) => q.code === quartier)?.nom ?? quartier}`,
					sans: queryString({ ...query, case: null, quartier: null })
				}
			: null,
		plan && { nom: 'plan', texte: planFilter(page, plan), sans: without({ plan: null }) },
		sansPlans.length ? { nom: 'sans', texte: 'hors plans de droit commun', sans: without({ sansPlans: [] }) } : null,
		nature
			? {
					nom: 'nature',
					texte: `de nature «\u00a0${named(page.choix.natures, nature)}\u00a0»`,
					sans: without({ nature: null })
				}
			: null,
		statut && {
			nom: 'statut',
			texte: `au statut «\u00a0${STATUS_LABEL[statut]}\u00a0»`,
			sans: without({ statut: null })
		},
		dispositif
			? {
					nom: 'dispositif',
					texte: `qui nomment «\u00a0${named(page.choix.dispositifs, dispositif)}\u00a0»`,
					sans: without({ dispositif: null })
				}
			: null,
		depuis !== null || jusqua !== null
			? { nom: 'periode', texte: yearsWords(depuis, jusqua), sans: without({ depuis: null, jusqua: null }) }
			: null
	];
	return words.filter((w) => w !== null);
}

function yearsWords(depuis: number | null, jusqua: number | null): string {
	if (depuis === null) return `menées jusqu’en ${jusqua}`;
	if (jusqua === null) return `menées depuis ${depuis}`;
	return depuis === jusqua ? `menées en ${depuis}` : `menées entre ${depuis} et ${jusqua}`;
}

/** « le plan PCAET », « la liste Subventions DPV » */
function planNamed({ choix }: MatrixPage, plan: string): string {
	const named = choix.plans.find((p) => p.code === plan)?.libelle ?? plan;
	return plan === LISTS ? `la liste «\u00a0${named}\u00a0»` : `le plan ${named}`;
}

const planFilter = (page: MatrixPage, plan: string): string =>
	planNamed(page, plan).replace(/^le /, 'du ').replace(/^la /, 'de la ');

export const withoutFilters = (query: MatrixQuery): string =>
	queryString({ ...query, case: null, quartier: null, filtre: EVERY_ACTION });

/** What the second layer is, after « comparée à »; null when what was asked cannot be read. */
export function layerWords(layer: Layer, query: MatrixQuery, page: MatrixPage): string | null {
	if (!page.calque) return null;
	const { valeur } = layer;
	switch (layer.genre) {
		case 'droit-commun':
			return query.filtre.sansPlans.length ? 'avec le droit commun' : 'sans le droit commun';
		case 'quartier':
			return `le quartier ${page.quartiers.find((q) => q.code === valeur)?.nom ?? valeur}`;
		case 'plan':
			return planNamed(page, valeur);
		case 'nature':
			return `la nature «\u00a0${page.choix.natures.find((n) => n.code === valeur)?.libelle ?? valeur}\u00a0»`;
		case 'periode':
			return `la période ${valeur.replace('-', ' à ')}`;
		default:
			return page.calque.nom;
	}
}

/** Choices of the second layer, by kind. */
export function layerChoices(query: MatrixQuery, page: MatrixPage, { vues, imports, jours, territoires }: LayerOffers) {
	const option = (genre: Layer['genre'], valeur: string, nom: string) => ({
		valeur: layerText({ genre, valeur }),
		nom
	});
	const { choix } = page;
	const groups = [
		{
			nom: 'Droit commun',
			options: choix.droitCommun
				? [option('droit-commun', '', query.filtre.sansPlans.length ? 'avec le droit commun' : 'sans le droit commun')]
				: []
		},
		{
			nom: 'Un quartier',
			options: page.quartiers.filter((q) => q.code !== query.quartier).map((q) => option('quartier', q.code, q.nom))
		},
		{
			nom: 'Un plan',
			options: choix.plans.filter((p) => p.code !== query.filtre.plan).map((p) => option('plan', p.code, p.libelle))
		},
		{
			nom: 'Une nature',
			options: choix.natures
				.filter((n) => n.code !== query.filtre.nature)
				.map((n) => option('nature', n.code, n.libelle))
		},
		{
			nom: 'Avant un import',
			options: imports.map((i) => option('import', String(i.id), `avant «\u00a0${i.fichier}\u00a0» (${date(i.le)})`))
		},
		{
			nom: 'À une date',
			options: [
				...(query.au ? [option('date', page.asOf, 'aujourd’hui')] : []),
				...jours
					.filter((jour) => jour !== query.au && (!query.au || jour < page.asOf))
					.map((jour) => option('date', jour, `le ${date(jour)} au soir`))
			]
		},
		{ nom: 'Un autre territoire', options: territoires.map((t) => option('territoire', t.code, t.nom)) },
		{ nom: 'Une vue enregistrée', options: vues.map((v) => option('vue', String(v.id), v.nom)) }
	];
	return groups.filter((g) => g.options.length > 0);
}

/** A figure that silent actions could only raise: « ≥ 3 », or « n. d. » when nothing certain is there; and how it is read. */
export function leastWords(n: number, silent: number): { readonly ecrit: string; readonly lu: string } {
	const rest = `${count(silent, 'action ne dit rien de son', 'actions ne disent rien de leur')} financement`;
	return n === 0
		? { ecrit: NON_DIT, lu: `non dit, ${rest}` }
		: { ecrit: `≥\u00a0${n}`, lu: `au moins ${count(n, 'action')}, ${rest}` };
}

/** « +4 », « −2 »: the sign is always written. */
export const signed = (n: number): string => `${n > 0 ? '+' : '−'}${Math.abs(n)}`;

/** What is said of a figure, with what is written in it, as one who speaks to the screen names it (WCAG 2.5.3). */
export const namedAs = (written: string, said: string): string =>
	said.includes(written) ? said : `${written}\u00a0: ${said}`;

/** Levels that no screen folds, and that the grid pins on its cells. */
export const isGrave = (gravite: string | undefined): boolean => gravite === 'critique' || gravite === 'haute';

/** What a cell that nothing answers says. */
export const ZERO = `${count(0, 'action')}, réponse ${COVERAGE_LABEL.aucune}`;

/** A difference with another layer, read aloud after the figure of a cell. */
export function ecartWords({ e = 0, s, la }: EcartBrief): string {
	if (la === 'saisie-incomplete') return ', non évalué dans l’autre calque';
	const figures =
		e === 0 ? '' : `, ${count(Math.abs(e), 'action')} de ${e > 0 ? 'plus' : 'moins'} que dans l’autre calque`;
	if (!s || !la) return figures;
	return `${figures}, réponse ${s === 'mieux' ? 'plus forte' : 'moins forte'} que là-bas (${COVERAGE_LABEL[la]})`;
}
