import { PlanKind, Statut } from '../action';
import type { ActionFilter } from '../crossing/action-filter';
import { DIMENSIONS, type DimensionId } from '../crossing/matrix';
import { entryOf, LISTS, type Filed, type PlanEntry } from '../crossing/plan-entries';
import type { Referentiel } from '../rules/referentiel';
import { IsoDate } from '../source';
import { FIRST_VIEW, LAYERS, type Layer, type MatrixQuery } from './matrix-address';

/* The whole state of the matrix is its address: what is read from it. */

interface Known {
	readonly quartiers: readonly string[];
	readonly ref: Pick<Referentiel, 'enjeux' | 'financements' | 'lacunes'>;
	/** What was imported: an address may name a kind under which only lists of grants were filed. */
	readonly documents?: readonly Filed[];
}

/** What an address asks; what it asks that does not exist here is as if it were not asked. */
export function readQuery(params: URLSearchParams, { quartiers, ref, documents = [] }: Known): MatrixQuery {
	const one = <T extends string>(name: string, among: readonly T[]): T | null =>
		among.find((value) => value === params.get(name)) ?? null;
	const lignes = one('lignes', DIMENSIONS) ?? FIRST_VIEW.lignes;
	const colonnes = one('colonnes', DIMENSIONS) ?? (lignes === 'quartier' ? 'croises' : FIRST_VIEW.colonnes);
	const measures = ref.financements.flatMap((f) => [f.id, ...f.mesures.map((m) => m.id)]);
	return {
		lignes,
		colonnes: colonnes === lignes ? otherThan(lignes) : colonnes,
		quartier: one('quartier', quartiers),
		filtre: {
			plan: planHere(one<PlanEntry>('plan', [...PlanKind.options, LISTS]), documents),
			nature: one(
				'nature',
				ref.enjeux.natures.map((n) => n.code)
			),
			statut: one('statut', Statut.options),
			dispositif: one('dispositif', measures),
			depuis: year(params.get('depuis')),
			jusqua: year(params.get('jusqua')),
			sansPlans: params.get('sans') === 'droit-commun' ? ref.lacunes.droit_commun : []
		},
		comparer: layerHere(readLayer(params.get('comparer')), documents),
		au: IsoDate.safeParse(params.get('au')).data ?? null,
		case: params.get('case') || null,
		projecteur: params.get('densite') === 'projecteur'
	};
}

const otherThan = (lignes: DimensionId): DimensionId => (lignes === 'quartier' ? 'croises' : 'quartier');

/** A kind of plan none of which is here, but lists filed under it: the lists. Views were saved before these had a name. */
function planHere<T extends string>(plan: T, documents: readonly Filed[]): T | typeof LISTS;
function planHere<T extends string>(plan: T | null, documents: readonly Filed[]): T | typeof LISTS | null;
function planHere(plan: string | null, documents: readonly Filed[]): string | null {
	if (documents.some((d) => entryOf(d) === plan)) return plan;
	return documents.some((d) => d.plan === plan) ? LISTS : plan;
}

const layerHere = (layer: Layer | null, documents: readonly Filed[]): Layer | null =>
	layer?.genre === 'plan' ? { ...layer, valeur: planHere(layer.valeur, documents) } : layer;

const year = (text: string | null): number | null => (text && /^(19|20)\d\d$/.test(text) ? Number(text) : null);

export function readLayer(text: string | null): Layer | null {
	const [genre, valeur = ''] = (text ?? '').split(/:(.*)/s);
	const known = LAYERS.find((g) => g === genre);
	if (!known || (known !== 'droit-commun' && valeur === '')) return null;
	if (known === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(valeur)) return null;
	return { genre: known, valeur };
}

/** The second layer as a reading of its own: the first with one thing changed. */
export function layerQuery(query: MatrixQuery, layer: Layer, droitCommun: readonly PlanKind[]): MatrixQuery {
	const { filtre } = query;
	const held = (change: Partial<ActionFilter>): MatrixQuery => ({ ...query, filtre: { ...filtre, ...change } });
	switch (layer.genre) {
		case 'droit-commun':
			return held({ sansPlans: filtre.sansPlans.length ? [] : droitCommun });
		case 'quartier':
			return { ...query, quartier: layer.valeur };
		case 'plan':
			return held({ plan: layer.valeur as PlanEntry });
		case 'nature':
			return held({ nature: layer.valeur });
		case 'periode': {
			const [depuis = null, jusqua = null] = layer.valeur.split('-').map(year);
			return held({ depuis, jusqua });
		}
		default:
			return query;
	}
}
