import type { DimensionId } from '../crossing/matrix';

/* What the axes of a matrix are called. */

export const DIMENSION_LABEL: Readonly<Record<DimensionId, string>> = {
	croises: 'Croisements attendus',
	quartier: 'Quartiers',
	transition: 'Enjeux de transition',
	ville: 'Enjeux de politique de la ville',
	plan: 'Plans',
	dispositif: 'Dispositifs de financement',
	nature: 'Natures d’action'
};

/** « Quartiers par plan »: the axis of the columns. */
export const PER_DIMENSION: Readonly<Record<DimensionId, string>> = {
	croises: 'par croisement attendu',
	quartier: 'par quartier',
	transition: 'par enjeu de transition',
	ville: 'par enjeu de politique de la ville',
	plan: 'par plan',
	dispositif: 'par dispositif de financement',
	nature: 'par nature d’action'
};
