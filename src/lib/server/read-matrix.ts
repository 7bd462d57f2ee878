import type { TerritoryView } from '../domain/crossing/overview';
import { quoted } from '../domain/french';
import { matrixPage, type LayerOffers, type LayerRead, type MatrixPage } from '../domain/pages/matrix-page';
import { type Layer, type MatrixQuery } from '../domain/pages/matrix-address';
import { layerQuery, readQuery } from '../domain/pages/matrix-query';
import type { Referentiel } from '../domain/rules/referentiel';
import type { DbOrTrx } from './db/client';
import { daysOf, importsOf } from './db/past';
import * as views from './db/views';
import { eveningRead, preparedPage, readAt, type EveningRead } from './read-evening';
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
	/** The evening that is read instead of today, or why it cannot be. */
	readonly soir: EveningRead | null;
}

/** Addresses held of one territory as it stands: people come back to the few they read. */
const ADDRESSES = 6;
const written = new WeakMap<TerritoryView, Map<string, MatrixPage>>();

/** A matrix without a second layer rests on its territory and its address alone: read again, it is the same. */
function heldMatrix(
	view: TerritoryView,
	ref: Referentiel,
	query: MatrixQuery,
	shown: { readonly grille: boolean }
): MatrixPage {
	const own = written.get(view) ?? new Map<string, MatrixPage>();
	written.set(view, own);
	const address = JSON.stringify([query, shown]);
	const page = own.get(address) ?? matrixPage(view, ref, query, preparedPage(view, ref), shown);
	own.delete(address);
	own.set(address, page);
	if (own.size > ADDRESSES) own.delete(own.keys().next().value!);
	return page;
}

/**
 * in     parameters of the address; `grille` asks for the whole grid
 * out    null when there is no such territory
 */
export async function readMatrix(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	asOf: string,
	params: URLSearchParams
): Promise<MatrixRead | null> {
	const now = await readTerritory(db, ref, code, asOf);
	if (!now) return null;
	const query = readQuery(params, knownOf(now, ref));
	const then = await readAt(db, ref, now, query.au);
	const view = typeof then === 'string' ? now : then.view;
	const vues = await views.listByTerritory(db, code);
	const other = query.comparer && (await readLayer(db, ref, { now, view, query, vues }, query.comparer));
	const calques = await offersOf(db, code, vues);
	const shown = { grille: params.get('grille') === 'tout' };
	return {
		view,
		query,
		vues,
		calques,
		soir: eveningRead(query.au, then),
		page: other
			? matrixPage(view, ref, query, preparedPage(view, ref), { other, ...shown })
			: heldMatrix(view, ref, query, shown)
	};
}

const knownOf = (view: TerritoryView, ref: Referentiel) => ({
	quartiers: view.quartiers.map((q) => q.quartier.code),
	documents: view.documents,
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
	{ now, view, query, vues }: Pick<MatrixRead, 'view' | 'query' | 'vues'> & { readonly now: TerritoryView },
	layer: Layer
): Promise<LayerRead | string | null> {
	const other = { layer, view, query: layerQuery(query, layer, ref.lacunes.droit_commun), nom: null };
	switch (layer.genre) {
		case 'quartier':
			return view.quartiers.some((q) => q.quartier.code === layer.valeur) ? other : null;
		case 'territoire': {
			const there = layer.valeur === view.territory.code ? null : await readTerritory(db, ref, layer.valeur, view.asOf);
			const then = there && (await readAt(db, ref, there, query.au));
			if (!then || typeof then === 'string') return then;
			return { ...other, ...then, query: { ...query, quartier: null }, nom: then.view.territory.nom };
		}
		case 'vue': {
			const saved = vues.find((v) => String(v.id) === layer.valeur);
			if (!saved) return null;
			const there = readQuery(new URLSearchParams(saved.requete), knownOf(view, ref));
			const then = await readAt(db, ref, now, there.au);
			return typeof then === 'string' ? then : { ...other, ...then, query: there, nom: `la vue ${quoted(saved.nom)}` };
		}
		case 'import':
		case 'date': {
			if (layer.genre === 'date' && query.au && layer.valeur >= now.asOf)
				return { ...other, view: now, nom: 'aujourd’hui' };
			const then = await readPast(db, ref, now, { genre: layer.genre, valeur: layer.valeur });
			return typeof then === 'string' ? then : { ...other, ...then };
		}
		default:
			return other;
	}
}
