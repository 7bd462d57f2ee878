import { capital, date, quoted } from '../french';
import type { Layer, MatrixQuery } from './matrix-address';

/* How the two sides of a comparison are called, shortly: heads of two columns. */

interface Named {
	readonly code: string;
	readonly libelle: string;
}

/**
 * in     `nom`: how the other layer is called, when its address does not say it; `territoire`: this one
 * out    the side in sight, then the one it is set against
 */
export function layerSides(
	{ genre, valeur }: Layer,
	query: MatrixQuery,
	known: {
		readonly territoire: string;
		readonly nom: string | null;
		readonly quartiers: readonly { readonly code: string; readonly nom: string }[];
		readonly plans: readonly Named[];
		readonly natures: readonly Named[];
	}
): readonly [ici: string, la: string] {
	const { filtre, quartier, au } = query;
	const quartierNamed = (code: string) => known.quartiers.find((q) => q.code === code)?.nom ?? code;
	const named = (list: readonly Named[], code: string | null, all: string) =>
		code === null ? all : (list.find((k) => k.code === code)?.libelle ?? code);
	const other = known.nom ?? valeur;
	switch (genre) {
		case 'import':
		case 'date':
			return [au ? `Le ${date(au)} au soir` : 'Aujourd’hui', genre === 'import' ? 'Avant l’import' : capital(other)];
		case 'quartier':
			return [quartier ? quartierNamed(quartier) : 'Chaque quartier', quartierNamed(valeur)];
		case 'territoire':
			return [known.territoire, other];
		case 'droit-commun': {
			const sides = ['Avec le droit commun', 'Sans le droit commun'] as const;
			return filtre.sansPlans.length ? [sides[1], sides[0]] : sides;
		}
		case 'plan':
			return [named(known.plans, filtre.plan, 'Tous les plans'), named(known.plans, valeur, '')];
		case 'nature':
			return [named(known.natures, filtre.nature, 'Toutes les natures'), named(known.natures, valeur, '')];
		case 'periode':
			return [
				filtre.depuis || filtre.jusqua ? `${filtre.depuis ?? '…'} à ${filtre.jusqua ?? '…'}` : 'Toutes les années',
				valeur.replace('-', ' à ')
			];
		case 'vue':
			return ['Ce qui est affiché', capital(other)];
		default:
			return ['Ici', quoted(other)];
	}
}
