import type { Dimension, DimensionId, DimensionKey } from './matrix';
import type { PlacedAction } from './place';
import { entryOfAction, LISTS, type NamedEntry } from './plan-entries';
import type { Referentiel } from '../rules/referentiel';
import type { Quartier } from '../territory';

export interface DimensionContext {
	readonly ref: Pick<Referentiel, 'enjeux' | 'plans' | 'financements'>;
	/** Quartiers of the territory, in its order. */
	readonly quartiers: readonly Pick<Quartier, 'code' | 'nom'>[];
	/** Plans entered: the others are « not entered », not « nothing », so they have no key. null keeps every plan type. */
	readonly plans: readonly NamedEntry['code'][] | null;
	/** What its lists of grants are called, when it has some. */
	readonly listes?: string;
}

/**
 * One of the seven ways to sort actions.
 * out    keys in référentiel order (quartiers: in the territory's order)
 */
export function dimension(id: DimensionId, context: DimensionContext): Dimension {
	const { ref } = context;
	switch (id) {
		case 'transition':
			return { id, keys: keys(ref.enjeux.transition), keysOf: (p) => p.transition.map((t) => t.code) };
		case 'ville':
			return { id, keys: keys(ref.enjeux.ville), keysOf: (p) => p.ville.map((t) => t.code) };
		case 'croises':
			return { id, keys: keys(ref.enjeux.croises), keysOf: (p) => p.croises.map((c) => c.code) };
		case 'quartier':
			return {
				id,
				keys: context.quartiers.map((q) => ({ code: q.code, libelle: q.nom })),
				keysOf: (p) => reached(p, (niveau) => niveau !== 'aucune' && niveau !== 'inconnu'),
				maybeOf: (p) => reached(p, (niveau) => niveau === 'inconnu')
			};
		case 'plan': {
			const kept = ref.plans.types.filter((t) => context.plans === null || context.plans.includes(t.code));
			const lists = context.plans?.includes(LISTS) ? [{ code: LISTS, libelle: context.listes ?? LISTS }] : [];
			return { id, keys: [...keys(kept), ...lists], keysOf: (p) => [entryOfAction(p)] };
		}
		case 'dispositif':
			return funding(ref);
		case 'nature':
			return { id, keys: keys(ref.enjeux.natures), keysOf: (p) => (p.nature ? [p.nature.code] : []) };
	}
}

const keys = (items: readonly { readonly code: string; readonly libelle: string }[]): DimensionKey[] =>
	items.map(({ code, libelle }) => ({ code, libelle }));

const reached = (placed: PlacedAction, keep: (niveau: PlacedAction['reach'][number]['niveau']) => boolean): string[] =>
	placed.reach.filter((r) => keep(r.niveau)).map((r) => r.quartier);

/** Nobody says how it is paid: it may be under any dispositif, and is never a « none ». */
export const isSilentOnFunding = ({ action }: PlacedAction): boolean => action.financements.length === 0;

/** A line that names a measure also counts for its family; a line that names the family counts for it alone. */
function funding(ref: Pick<Referentiel, 'financements'>): Dimension {
	const families = new Map<string, string>();
	const list: DimensionKey[] = [];
	for (const family of ref.financements) {
		list.push({ code: family.id, libelle: family.titre });
		for (const measure of family.mesures) {
			families.set(measure.id, family.id);
			if (measure.id !== family.id) list.push({ code: measure.id, libelle: measure.libelle });
		}
	}
	const all = list.map((k) => k.code);
	return {
		id: 'dispositif',
		keys: list,
		maybeOf: (p) => (isSilentOnFunding(p) ? all : []),
		keysOf: (p) => [
			...new Set(
				p.action.financements.flatMap(({ dispositif }) =>
					dispositif ? [families.get(dispositif) ?? dispositif, dispositif] : []
				)
			)
		]
	};
}
