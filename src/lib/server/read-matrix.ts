import type { TerritoryView } from '../domain/crossing/overview';
import { quoted } from '../domain/french';
import { matrixPage, type LayerOffers, type LayerRead, type MatrixPage } from '../domain/pages/matrix-page';
import { type Layer, type MatrixQuery } from '../domain/pages/matrix-address';
import { layerQuery, readQuery } from '../domain/pages/matrix-query';
import { territoryPage, type TerritoryPage } from '../domain/pages/page-model';
import type { Referentiel } from '../domain/rules/referentiel';
import type { DbOrTrx } from './db/client';
import { daysOf, importsOf } from './db/past';
import * as views from './db/views';
import { readPast } from './read-past';
import { readTerritory } from './read-territory';
import { listTerritories } from './territories';

/* The matrix that an address asks for. */

export interface MatrixRead {
	readonly view: TerritoryView;
	readonly query: MatrixQuery;
	readonly page: MatrixPage;
	readonly calques: LayerOffers;
	readonly vues: readonly views.SavedView[];
}

/** A territory is prepared once for all the figures that are opened on it. */
const prepared = new WeakMap<TerritoryView, TerritoryPage>();

function preparedPage(view: TerritoryView, ref: Referentiel): TerritoryPage {
	const page = prepared.get(view) ?? territoryPage(view, ref);
	prepared.set(view, page);
	return page;
}

/**
 * in     parameters of the address; `lacunes`, `vue`, `decider` and `ensemble` ask for all gaps
 * out    null when there is no such territory
 */
export async function readMatrix(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	asOf: string,
	params: URLSearchParams
): Promise<MatrixRead | null> {
	const view = await readTerritory(db, ref, code, asOf);
	if (!view) return null;
	const query = readQuery(params, knownOf(view, ref));
	const vues = await views.listByTerritory(db, code);
	const other = query.comparer && (await readLayer(db, ref, { view, query, vues }, query.comparer));
	const lacunes = ['vue', 'decider', 'ensemble'].some((name) => params.has(name)) || params.get('lacunes') === 'toutes';
	const calques = await offersOf(db, code, vues);
	return {
		view,
		query,
		vues,
		calques,
		page: matrixPage(view, ref, query, preparedPage(view, ref), { other, lacunes })
	};
}

const knownOf = (view: TerritoryView, ref: Referentiel) => ({
	quartiers: view.quartiers.map((q) => q.quartier.code),
	ref
});

/** Past days and imports offered at most, the last ones. */
const OFFERED = 30;

async function offersOf(db: DbOrTrx, code: string, vues: readonly views.SavedView[]): Promise<LayerOffers> {
	return {
		vues: vues.map(({ id, nom }) => ({ id, nom })),
		imports: (await importsOf(db, code)).slice(-OFFERED).reverse(),
		jours: await daysOf(db, code, OFFERED),
		territoires: (await listTerritories(db)).filter((t) => t.code !== code && t.actions > 0)
	};
}

/** The second layer; null when what it names is not there, a sentence when it cannot be told for sure. */
async function readLayer(
	db: DbOrTrx,
	ref: Referentiel,
	{ view, query, vues }: Pick<MatrixRead, 'view' | 'query' | 'vues'>,
	layer: Layer
): Promise<LayerRead | string | null> {
	const other = { layer, view, query: layerQuery(query, layer, ref.lacunes.droit_commun), nom: null };
	switch (layer.genre) {
		case 'quartier':
			return view.quartiers.some((q) => q.quartier.code === layer.valeur) ? other : null;
		case 'territoire': {
			const there = layer.valeur === view.territory.code ? null : await readTerritory(db, ref, layer.valeur, view.asOf);
			return there && { ...other, view: there, query: { ...query, quartier: null }, nom: there.territory.nom };
		}
		case 'vue': {
			const saved = vues.find((v) => String(v.id) === layer.valeur);
			const there = saved && readQuery(new URLSearchParams(saved.requete), knownOf(view, ref));
			return there ? { ...other, query: there, nom: `la vue ${quoted(saved.nom)}` } : null;
		}
		case 'import':
		case 'date': {
			const then = await readPast(db, ref, view, { genre: layer.genre, valeur: layer.valeur });
			return typeof then === 'string' ? then : { ...other, ...then };
		}
		default:
			return other;
	}
}
