import { isNamed } from '../crossing/place';
import { communeNamed, communesBeginning } from '../places/communes';
import { meansEverywhere } from '../places/everywhere';
import { exceptionIn, meansQuartiers } from '../places/exceptions';
import type { HeaderPlaces } from './header-marks';
import { namesWhole } from '../places/whole-territory';
import { codesIn, holdsCode } from '../places/place-asking';
import { lieuSaid } from '../places/place-column';
import { communesListed, namesIn } from '../places/place-found';
import { looksLikePlace } from './place-like';
import type { PlaceNamed, PlaceWords } from './row-places';
import { isScaleAlone, matchEchelle } from './row-scale';
import { sameTerritory, type Here } from './row-territory';
import { isUnknown } from './unknown-communes';
import { saysLater } from '../places/where-stands';
import { resolvePlaces, type PlaceDraft, type Places } from '../places/reach';
import { plain } from '../text';

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
		const named = reach.filter((r) => isNamed(r.niveau));
		return named.length > 0 || /^hors (?:qpv|quartiers?)\b/i.test(header.trim());
	},
	commune: (header) => communeNamed(header, places.communes) !== null,
	lieu: (cell) =>
		named(places)(cell) !== null ||
		/^(?:(?:tous|les|dans|en|hors|toutes) )*(?:qpv|quartiers prioritaires)$/i.test(cell.trim())
});

/**
 * What the words of a column of places mean in a territory.
 * in     `larger`: names of departments and regions, folded, which hold the territory or not and are no place in it
 */
export const placeWords = (
	places: Places,
	{ nom }: { readonly nom: string },
	larger: ReadonlySet<string> = new Set()
): PlaceWords => {
	const says = (text: string): boolean => !saysLater(text, places.notYet) && text.length <= LONGEST;
	return {
		named: named(places),
		unknown: (text) =>
			says(text) && (isUnknown(text, places, nom) || (!larger.has(plain(text)) && asksWhich(text, places))),
		place: (text) =>
			says(text) &&
			!larger.has(plain(text)) &&
			(!sameTerritory(text, nom) || lieuSaid(text, places).genre === 'proche') &&
			looksLikePlace(text, places),
		whole: (text) => says(text) && lieuSaid(text, places).genre === 'territoire' && saysWhole(text, nom)
	};
};

const LONGEST = 80;
/** « Quartier de la gare », « le centre »: a place of the territory, and a person says which. */
const asksWhich = (text: string, places: Places): boolean =>
	['quartiers', 'centre'].includes(lieuSaid(text, places).genre);
const saysWhole = (text: string, nom: string): boolean =>
	(isScaleAlone(text) && matchEchelle(text) === 'epci') || sameTerritory(text, nom);

/** Names of a territory that come before those of the country, which its quartiers and its communes may share. */
export const namesHere =
	(places: Places) =>
	(text: string): Here | null => {
		if (text.length > LONGEST) return null;
		const codes = codesIn(text);
		if (codes.length > 0) return codes.some((code) => places.byCode.has(code)) ? 'quartier' : null;
		const number = /\(\s*(\d{2,5}|2[AB]\d*)\s*\)/i.exec(text)?.[1];
		// « Le Buisson (72) » says which of the two.
		if (number && !places.communes.all.some(({ code }) => code.startsWith(number.toUpperCase()))) return null;
		const { found } = namesIn(text, 'lieux', places);
		const whole = found.filter((m) => m.start === 0 && m.end === text.length);
		if (whole.some((m) => m.forms.some((f) => !f.generic || f.words.length > 1))) return 'quartier';
		return whole.length > 0 || communesBeginning(text, places.communes).length > 0 ? 'peut-etre' : null;
	};

/**
 * What a text surely names: a quartier by its code or its whole name, with what is left out of it; a commune.
 * never  a name inside a longer text, nor one common word (« Europe », « Centre »), which a theme may be
 */
const named =
	(places: Places): PlaceNamed =>
	(text) => {
		if (text.length > 80) return null;
		if (holdsCode(text)) return 'quartiers';
		if (communesListed(text, places)) return 'communes';
		const { found } = namesIn(text, 'lieux', places);
		const whole = found.some(
			(m) => m.start === 0 && m.end === text.length && m.forms.some((f) => !f.generic || f.words.length > 1)
		);
		if (whole) return 'quartiers';
		const except = exceptionIn(text);
		if (!except) return null;
		const kept = except.kept === '' ? null : named(places)(except.kept);
		const out = meansQuartiers(except.out) || named(places)(except.out) !== null;
		if (out && namesWhole(except.kept, places)) return 'communes';
		return out && (kept !== null || except.kept === '' || meansEverywhere(except.kept, places)) ? 'quartiers' : null;
	};
