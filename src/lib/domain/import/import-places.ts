import { communeNamed } from '../places/communes';
import type { HeaderPlaces } from './header-marks';
import { resolvePlaces, type PlaceDraft, type Places } from '../places/reach';

const NOTHING: Omit<PlaceDraft, 'titre' | 'quartiers'> = {
	objectif: null,
	description: null,
	communes: [],
	echelle: null,
	atteinteDeclaree: null,
	publics: [],
	porteur: null,
	porteurType: null
};
/** Headers that speak of quartiers without naming one belong to a field, not to a quartier. */
const GENERIC = /^(?:qpv|qp|quartiers?(?: prioritaires?)?|tous|toutes|ensemble)$/i;

/**
 * Names of quartiers and communes that a column may bear, understood as a cell would be.
 * out    a header that only resembles a quartier is no quartier
 */
export const headings = (places: Places): HeaderPlaces => ({
	quartier(header) {
		if (GENERIC.test(header.trim()) || header.length > 80) return false;
		const { reach } = resolvePlaces({ ...NOTHING, titre: '', quartiers: [header] }, places);
		const named = reach.filter((r) => r.niveau === 'cible' || r.niveau === 'explicite');
		return named.length > 0 || /^hors (?:qpv|quartiers?)\b/i.test(header.trim());
	},
	commune: (header) => communeNamed(header, places.communes) !== null
});
