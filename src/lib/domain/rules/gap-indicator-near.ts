import { reaches } from '../crossing/coverage';
import { distinct } from '../crossing/leads';
import type { PlacedAction } from '../crossing/place';
import { FINE, inWords, list, quoted } from '../french';
import { answeredBy, type IndicatorReading } from '../indicator';
import { named } from './gap-common-words';
import {
	actionsByCode,
	fact,
	holdersOf,
	natureWords,
	niveauOf,
	saying,
	theDocument,
	type GapView
} from './gap-context';
import { factsOf, joinedFacts } from './gap-facts';
import { askedOfAll } from './gap-people';
import { CITY_REFERENT } from './gap-plans-read';
import { serviceOfTown } from './gap-towns';

/* What comes near an indicator that nothing answers in a quartier: a reader would object it at once. */

/** Natures that answer a cause, not only tell or study it. */
export const SUBSTANTIAL: readonly string[] = ['N1', 'N2', 'N5'];
const isSubstantial = ({ nature }: PlacedAction): boolean => SUBSTANTIAL.includes(nature?.code ?? '');

/** What comes near, by how. */
export interface Near {
	/** Substantial, for the whole EPCI. */
	readonly wide: readonly PlacedAction[];
	/** Substantial and in the quartier, on the enjeu of the ville alone. */
	readonly half: readonly PlacedAction[];
	/** Awareness and studies in the quartier. */
	readonly soft: readonly PlacedAction[];
	/** The one for the whole EPCI, or in the quartier, that is named where there is nothing else. */
	readonly told: PlacedAction | null;
}

/**
 * in     `carriers`: what carries the enjeux that answer it
 * out    the enjeu of transition first: what carries the ville alone counts only where it may answer (`ville_seule` of
 *        data/indicateurs.yaml: a grocery lightens no energy bill)
 */
export function nearIndicator(
	view: GapView,
	quartier: string,
	def: IndicatorReading['def'],
	carriers: readonly PlacedAction[]
): Near {
	const index = actionsByCode(view);
	const at = (a: PlacedAction) => niveauOf(a, quartier);
	const others = def.ville_seule === false ? [] : def.enjeux.filter((code) => !answeredBy(def).includes(code));
	const half = others.flatMap((code) => index.get(code) ?? []);
	const soft = carriers.filter((a) => reaches(at(a)));
	const light = carriers.filter((a) => at(a) === 'diffuse' && !isSubstantial(a) && a.nature);
	return {
		wide: carriers.filter((a) => at(a) === 'diffuse' && isSubstantial(a)),
		half: [...new Set(half)].filter((a) => reaches(at(a)) && isSubstantial(a)),
		soft,
		told: soft.find((a) => a.nature) ?? light.find(isStudy) ?? light[0] ?? null
	};
}

const isStudy = ({ nature }: PlacedAction): boolean => nature?.code === 'N4';

/** What follows the figures: « , et rien ne dit si « Plan vélo », à l’échelle de l’intercommunalité, y vient ». */
export function nearSaid(view: GapView, def: IndicatorReading['def'], { wide, half, told }: Near): string {
	const far = wide[0] && `et rien ne dit si ${named(wide[0])}, à l’échelle de l’intercommunalité, y vient`;
	if (half.length > 0 && far) return `${FINE}; ${named(half[0]!)} y répond peut-être, ${far}`;
	if (far) return `, ${far}`;
	if (half.length > 0) {
		// The same title twice is heard, and counted, once.
		const names = distinct(half.map(named));
		return `${FINE}; ${names.length > 1 ? `${inWords(names.length)} actions y répondent` : 'une seule action y répond'} peut-être${onlyBy(view, def)}\u00a0: ${list(names.slice(0, names.length > 3 ? 2 : 3))}${names.length > 3 ? '…' : ''}`;
	}
	if (told === null) return ', et aucun investissement, service ni aide lu n’y répond';
	const how = isStudy(told) ? 'une étude' : 'de la sensibilisation';
	return `${FINE}; ${theDocument(view, told)} l’aborde par ${how} (${named(told)}), sans investissement, service ni aide`;
}

/** « , par « Emploi, insertion et formation » seulement »: what carries one side of the indicator leaves the other to be seen. */
function onlyBy(view: GapView, def: IndicatorReading['def']): string {
	const sides = view.enjeux.ville.filter((e) => def.enjeux.includes(e.code)).map((e) => quoted(e.court));
	return sides.length > 0 ? `, par ${list(sides)} seulement` : '';
}

/** Only what carries the enjeu of the ville comes: whoever leads it says how far it goes. */
export const isHalfOnly = ({ wide, half }: Near): boolean => wide.length === 0 && half.length > 0;

/** Whom to ask, and what: « à la Direction de l’habitat si cette action vient dans le quartier ». */
export function nearAsked(
	view: GapView,
	quartier: GapView['quartiers'][number],
	def: IndicatorReading['def'],
	{ wide, half, told }: Near
): string {
	const asked = (those: readonly PlacedAction[]) => askedOfAll(those, holdersOf(view, those), view.territoire);
	if (wide[0]) return `${asked([wide[0]])} si cette action vient dans le quartier`;
	if (half.length > 0) return `${asked(half)} combien d’habitants en profitent`;
	if (told && isStudy(told)) return `${asked([told])} ce qui suivra dans le quartier`;
	return `${serviceOfTown(def.qui_sait ?? CITY_REFERENT, quartier)} ce qui existe hors des plans lus`;
}

/** Actions of the proof, and what is said of each. */
export function nearProof(
	view: GapView,
	{ wide, half, soft, told }: Near
): { readonly actions: readonly PlacedAction[]; readonly faits: readonly string[] } {
	const isAlone = told !== null && wide.length + half.length === 0 && !soft.includes(told);
	const natured = (placed: PlacedAction) => fact(view, placed, natureWords(view, placed.nature!.code));
	return {
		actions: [...soft, ...wide, ...half, ...(isAlone ? [told] : [])],
		faits: joinedFacts(
			factsOf(half, saying(view.noms, 'porte l’enjeu de la ville, pas celui de transition')),
			factsOf(wide, saying(view.noms, 'à l’échelle de l’intercommunalité, quartier non nommé')),
			factsOf(
				soft.filter((a) => a.nature),
				natured
			),
			isAlone ? [natured(told)] : []
		)
	};
}
