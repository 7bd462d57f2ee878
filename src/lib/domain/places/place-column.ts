import { communeSaid } from './commune-cells';
import { communeNamed, communesIn, communesNear } from './communes';
import { meansEverywhere, meansOne } from './everywhere';
import { exceptionIn, meansQuartiers, type Exception } from './exceptions';
import { holdsCode } from './place-asking';
import { namesOutside } from './place-cells';
import { communesListed, formsLike, namesIn } from './place-found';
import type { Places } from './places';
import { centreSaid, type Centre } from './town-centre';
import { namesWhole } from './whole-territory';
import { rememberWith } from '../remember';
import { plain } from '../text';

/* A column headed « Lieu », « Commune » or « Localisation » holds communes, quartiers, addresses and places elsewhere. */

/** What one entry of such a column means. */
export type LieuSaid =
	| { readonly genre: 'communes'; readonly communes: readonly string[]; readonly preuve: string }
	| { readonly genre: 'territoire' | 'ailleurs'; readonly preuve: string }
	/** A quartier, several, or words that leave them out: read as an entry of a « quartiers » column. */
	| { readonly genre: 'quartiers' }
	/** « toutes les communes sauf Vermoy »: what is kept, and the words. */
	| { readonly genre: 'sauf'; readonly kept: LieuSaid | null; readonly except: Exception }
	/** « Vermoy (centre-ville) », « centre-bourg »: a part of a commune that is no quartier, unless one is named so. */
	| ({ readonly genre: 'centre' } & Centre)
	/** A commune one letter off. */
	| { readonly genre: 'proche'; readonly communes: readonly string[] }
	| { readonly genre: 'inconnu' };

const OUT_OF_ALL = /^hors (?:l |la |le |du |de )*(?:agglo\w*|territoire|epci|metropole|communaute|intercommun\w*)\b/;
const OF_QUARTIERS = /\b(?:qpv|qp|quartiers?|prioritaires?)\b/;
const A_QUARTIER = /^(?:le |les |du |au )?(?:quartiers?|qpv|qp)\b/;
const PART_OF = /[-–—/:(,]\s*(?:le |les |du |au )?quartiers?\s+(?!prioritaires?|politique)\p{L}/iu;

/** What one entry of a column of places means; an answer that people gave comes first. */
export const lieuSaid: (text: string, places: Places) => LieuSaid = rememberWith(readLieu);

function readLieu(text: string, places: Places): LieuSaid {
	const words = plain(text);
	const answered = places.answers.get(words)?.some((a) => a.reponse === 'quartiers' && a.titre === null);
	if (answered && communeNamed(text, places.communes) === null) return { genre: 'quartiers' };
	const ofQuartiers = OF_QUARTIERS.test(words);
	if (ofQuartiers && meansEverywhere(text, places)) return { genre: 'quartiers' };
	// « Vermoy (Les Glacis) » is the quartier, as « Vermoy - Les Glacis » is.
	if (text.includes('(') && holdsQuartier(text, places)) return { genre: 'quartiers' };
	const centre = places.answers.has(words) ? null : centreSaid(text, places);
	if (centre && namesIn(text, 'lieux', places).found.length === 0) return { genre: 'centre', ...centre };
	// « Vermoy (quartier de la gare) » is asked about in Vermoy, as « quartier de la gare » is.
	if (!places.answers.has(words) && PART_OF.test(text)) return { genre: 'quartiers' };
	const said = communeSaid(text, places);
	if (said?.communes === null) return { genre: 'territoire', preuve: said.preuve };
	if (said)
		return said.communes!.length > 0
			? { genre: 'communes', communes: said.communes!, preuve: said.preuve }
			: { genre: 'ailleurs', preuve: said.preuve };
	if (OUT_OF_ALL.test(words)) return { genre: 'ailleurs', preuve: text };
	const except = exceptionIn(text);
	if (except) {
		const kept = except.kept === '' ? null : readLieu(except.kept, places);
		const known = meansQuartiers(except.out) || readLieu(except.out, places).genre !== 'inconnu';
		if (known || (!except.weak && kept?.genre !== 'inconnu')) return { genre: 'sauf', kept, except };
	}
	if (holdsCode(text) || namesOutside(text) || (ofQuartiers && meansOne(text))) return { genre: 'quartiers' };
	if (namesWhole(text, places)) return { genre: 'territoire', preuve: text };
	const listed = communesListed(text, places);
	if (listed) return { genre: 'communes', communes: listed, preuve: text };
	if (A_QUARTIER.test(words) || namesIn(text, 'lieux', places).found.length > 0) return { genre: 'quartiers' };
	const inside = communesIn(text, places.communes);
	if (inside.length > 0) return { genre: 'communes', communes: inside, preuve: text };
	const near = communesNear(text, places.communes);
	if (near.length > 0) return { genre: 'proche', communes: near };
	const { near: almost, same } = formsLike(text, places);
	if (almost.length + same.length > 0) return { genre: 'quartiers' };
	return places.elsewhere(text) ? { genre: 'ailleurs', preuve: text } : { genre: 'inconnu' };
}

/** Quartiers in the words, of the commune before the bracket when there is one; a whole name of another commune is a question. */
function holdsQuartier(text: string, places: Places): boolean {
	const commune = communeNamed(text, places.communes);
	const within = /\(([^()]*)\)/.exec(text)?.[1] ?? '';
	const whole = namesIn(within, 'lieux', places).found.filter((m) => m.start === 0 && m.end === within.length);
	if (whole.some(({ forms }) => forms.some((f) => !f.generic && !f.part))) return true;
	return namesIn(text, 'lieux', places).found.some(({ forms }) =>
		forms.some(
			({ quartier }) => commune === null || places.byCode.get(quartier)?.communes.some((c) => c.code === commune)
		)
	);
}
