import { editable, EDITABLE, type EditableKey } from './columns';

/* What is asked of the table of actions: all of it lives in the address. */

export const COMPUTED = ['plan', 'enjeux', 'nature', 'touches', 'dispositifs', 'source'] as const;
export type ComputedKey = (typeof COMPUTED)[number];
export type TableKey = EditableKey | ComputedKey;

export const COMPUTED_LABEL: Readonly<Record<ComputedKey, string>> = {
	plan: 'Plan',
	enjeux: 'Enjeux compris',
	nature: 'Nature comprise',
	touches: 'Quartiers touchés',
	dispositifs: 'Financements nommés',
	source: 'Ligne du fichier'
};

export const columnLabel = (cle: string): string => editable(cle)?.libelle ?? COMPUTED_LABEL[cle as ComputedKey] ?? cle;

/** Every column but the title, which is always there. */
export const CHOOSABLE: readonly TableKey[] = [
	'reference',
	'plan',
	...EDITABLE.filter((cle) => cle !== 'titre' && cle !== 'reference'),
	'enjeux',
	'nature',
	'touches',
	'dispositifs',
	'source'
];
/** Quartiers are those an action reaches, not the words of its cell, blank for one of a whole commune. Shown when none are chosen, less those where the territory says nothing (see `usualColumns`). */
export const USUAL: readonly TableKey[] = ['plan', 'statut', 'pilote', 'fin', 'budget', 'touches'];

/** The figure of the matrix that is looked into comes first: the others narrow it. */
export const FILTERS = ['case', 'plan', 'enjeu', 'quartier', 'nature', 'statut', 'dispositif', 'manque'] as const;
export type FilterKey = (typeof FILTERS)[number];
export const FILTER_LABEL: Readonly<Record<FilterKey, string>> = {
	case: 'Case de la matrice',
	plan: 'Plan',
	enjeu: 'Enjeu',
	quartier: 'Quartier touché',
	nature: 'Nature',
	statut: 'Statut',
	dispositif: 'Financement',
	manque: 'À compléter'
};
/** Value of a filter for what is blank. */
export const VIDE = 'vide';

export interface TableQuery {
	readonly q: string;
	readonly filtres: Readonly<Partial<Record<FilterKey, string>>>;
	readonly tri: { readonly cle: TableKey | 'titre'; readonly sens: 'croissant' | 'decroissant' } | null;
	readonly colonnes: readonly TableKey[];
	/** Columns were not chosen. */
	readonly parDefaut: boolean;
	/** From 1. */
	readonly page: number;
	/** Every line on one page, for paper. */
	readonly imprimer: boolean;
}

/** Reads an address; what is not understood in it asks for nothing. */
export function readQuery(params: URLSearchParams): TableQuery {
	const asked = params.get('tri') ?? '';
	const cle = asked.replace(/^-/, '') as TableKey;
	const known = cle === 'titre' || CHOOSABLE.includes(cle);
	const columns = params.getAll('c');
	const filtres = FILTERS.flatMap((key) => {
		const value = params.get(key)?.trim();
		return value ? [[key, value] as const] : [];
	});
	return {
		q: (params.get('q') ?? '').trim().slice(0, 200),
		filtres: Object.fromEntries(filtres),
		tri: known ? { cle, sens: asked.startsWith('-') ? 'decroissant' : 'croissant' } : null,
		colonnes: columns.length > 0 ? CHOOSABLE.filter((c) => columns.includes(c)) : USUAL,
		parDefaut: columns.length === 0,
		page: Math.max(1, Math.trunc(Number(params.get('page'))) || 1),
		imprimer: params.get('imprimer') === '1'
	};
}

/** Address of the same table with some of it changed; the first page, unless one is asked. */
export function queryString(query: TableQuery, change: Partial<TableQuery> = {}): string {
	const asked = change.colonnes ? { ...change, parDefaut: false } : change;
	const { q, filtres, tri, colonnes, parDefaut, page, imprimer } = { ...query, page: 1, ...asked };
	const params = new URLSearchParams();
	if (q) params.set('q', q);
	for (const key of FILTERS) if (filtres[key]) params.set(key, filtres[key]);
	if (tri) params.set('tri', `${tri.sens === 'decroissant' ? '-' : ''}${tri.cle}`);
	if (!parDefaut) for (const cle of colonnes) params.append('c', cle);
	if (page > 1) params.set('page', String(page));
	if (imprimer) params.set('imprimer', '1');
	return params.toString();
}
