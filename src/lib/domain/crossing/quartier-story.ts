import type { Coverage } from './coverage';
import { capital, count, FINE, INSECABLE, inWords, list, lower, number, plural } from '../french';
import { chiffre, phrase, type Phrase } from '../phrase';
import { remember } from '../remember';

/* The sentences a quartier opens with. */

/**
 * A quartier inside a sentence that a person must read aloud. Only a leading article is contracted; an official name
 * keeps every other letter: « aux Pyramides », « au Parc », « à la Bourgogne », « dans le quartier Europe ».
 */
export const inQuartier = remember((nom): string => {
	const bare = nom.trim();
	if (/^les /i.test(bare)) return `aux ${bare.slice(4)}`;
	if (/^le /i.test(bare)) return `au ${bare.slice(3)}`;
	if (/^la /i.test(bare)) return `à la ${bare.slice(3)}`;
	if (/^l['’]/i.test(bare)) return `à l’${bare.slice(2)}`;
	return `dans le quartier ${bare.replace(/^quartier\s+(?=\S)/i, '')}`;
});

/** « les Pyramides », « le quartier Europe »: the same name where no preposition is wanted. */
export const theQuartier = (nom: string): string =>
	inQuartier(nom)
		.replace(/^dans /, '')
		.replace(/^aux /, 'les ')
		.replace(/^au /, 'le ')
		.replace(/^à /, '');

/** What a figure of the story counts, all of it shown on the page of the quartier. */
export type QuartierFigure =
	| { readonly genre: 'croisements'; readonly parmi: CrossingSet }
	| { readonly genre: 'enjeux'; readonly parmi: EnjeuSet }
	| { readonly genre: 'nommees' }
	| { readonly genre: 'habitants' };
type Said = Phrase<QuartierFigure>;

/** Crossings that a figure counts, by their answer. */
export const CROSSING_SETS = {
	evalues: (c: Coverage) => c !== 'saisie-incomplete',
	'sans-structurante': (c: Coverage) => c !== 'saisie-incomplete' && c !== 'structurante',
	structurante: (c: Coverage) => c === 'structurante',
	'de-service': (c: Coverage) => c === 'de-service',
	'sensibilisation-seule': (c: Coverage) => c === 'sensibilisation-seule',
	diffuse: (c: Coverage) => c === 'diffuse',
	aucune: (c: Coverage) => c === 'aucune',
	'saisie-incomplete': (c: Coverage) => c === 'saisie-incomplete'
} as const;
export type CrossingSet = keyof typeof CROSSING_SETS;

const SET_WORDS: Readonly<Record<CrossingSet, readonly [one: string, many: string]>> = {
	evalues: ['croisement évalué', 'croisements évalués'],
	'sans-structurante': ['croisement évalué sans réponse structurante', 'croisements évalués sans réponse structurante'],
	structurante: ['croisement avec une réponse structurante', 'croisements avec une réponse structurante'],
	'de-service': ['croisement avec une réponse de service', 'croisements avec une réponse de service'],
	'sensibilisation-seule': [
		'croisement en sensibilisation ou étude seule',
		'croisements en sensibilisation ou étude seule'
	],
	diffuse: ['croisement à réponse diffuse', 'croisements à réponse diffuse'],
	aucune: ['croisement sans aucune action', 'croisements sans aucune action'],
	'saisie-incomplete': ['croisement non évalué', 'croisements non évalués']
};

/** « 20 croisements évalués »: the list a figure of the page leads to says what the figure counts. */
export const crossingSetTitle = (coverages: readonly Coverage[], parmi: CrossingSet): string =>
	count(coverages.filter(CROSSING_SETS[parmi]).length, ...SET_WORDS[parmi]);

/** The same under « Croisements », which needs no saying: « 15 à réponse diffuse ». */
export const crossingSetBrief = (n: number, parmi: CrossingSet): string =>
	`${number(n)}${INSECABLE}${plural(n, ...SET_WORDS[parmi]).replace(/^croisements? /, '')}`;

/** Enjeux de transition that a figure counts: those answered in substance, those that do not come to the quartier. */
export const ENJEU_SETS = {
	'de-fond': (c: Coverage) => c === 'structurante' || c === 'de-service',
	'sans-arrivee': (c: Coverage) => c === 'aucune' || c === 'diffuse'
} as const;
export type EnjeuSet = keyof typeof ENJEU_SETS;

/**
 * The finding about a quartier: how many expected crossings lack a structural answer, among those assessed.
 * in     coverage of each expected crossing; `unsure`: how many structural answers are to be confirmed
 */
export function quartierTitle(nom: string, coverages: readonly Coverage[], unsure = 0): Said {
	const where = capital(inQuartier(nom));
	const known = coverages.filter(CROSSING_SETS.evalues).length;
	const lacking = coverages.filter(CROSSING_SETS['sans-structurante']).length;
	const figure = (texte: string, parmi: CrossingSet): Said => chiffre(texte, { genre: 'croisements', parmi });
	if (known === 0) return phrase`${where}, aucun enjeu croisé attendu ne peut encore être évalué`;
	if (lacking === 0) {
		const doubt = unsure === 0 ? '' : unsure < known ? `, dont ${number(unsure)} à confirmer` : ', à confirmer';
		return known === 1
			? phrase`${where}, le ${figure('seul enjeu croisé évalué', 'evalues')} a une réponse structurante${doubt}`
			: phrase`${where}, les ${figure(`${inWords(known)} enjeux croisés évalués`, 'evalues')} ont une réponse structurante${doubt}`;
	}
	if (lacking === known && lacking > 1)
		return phrase`${where}, aucun des ${figure(`${number(known, 0)} enjeux croisés évalués`, 'evalues')} n’a de réponse structurante`;
	const among = known === coverages.length ? number(known, 0) : `${number(known, 0)} ${plural(known, 'évalué')}`;
	const few = figure(lacking === 1 ? 'un enjeu croisé' : `${number(lacking, 0)} enjeux croisés`, 'sans-structurante');
	return phrase`${where}, ${few} sur ${figure(among, 'evalues')} ${plural(lacking, 'n’a', 'n’ont')} pas de réponse structurante${othersUnsure(unsure, known - lacking, figure)}`;
}

/** « ; les 2 autres sont à confirmer »: an answer that nothing sure gives is not counted as given. */
function othersUnsure(unsure: number, held: number, figure: (texte: string, parmi: CrossingSet) => Said): Said {
	if (unsure === 0) return [];
	const others = figure(held === 1 ? 'l’autre' : `${number(held)} autres`, 'structurante');
	if (held === 1) return phrase`${FINE}; ${others} est à confirmer`;
	return unsure === held
		? phrase`${FINE}; les ${others} sont à confirmer`
		: phrase`${FINE}; ${inWords(unsure)} des ${others} ${plural(unsure, 'est', 'sont')} à confirmer`;
}

export interface QuartierFacts {
	readonly population: number | null;
	readonly populationSource: string | null;
	/** Actions that name or aim at the quartier. */
	readonly nommees: number;
	readonly documents: number;
}

/** Who lives there, and how many actions name it. */
export function quartierLead({ population, populationSource, nommees, documents }: QuartierFacts): Said {
	const people: Said =
		population === null
			? phrase`Population non renseignée.`
			: phrase`${chiffre<QuartierFigure>(count(population, 'habitant'), { genre: 'habitants' })}${populationSource ? ` (${populationSource})` : ''}.`;
	if (documents === 0) return phrase`${people} Aucun document-cadre importé${FINE}; rien n’est encore évalué.`;
	const actions = count(nommees, 'action');
	return nommees === 0
		? phrase`${people} Aucune action ne nomme le quartier.`
		: phrase`${people} ${chiffre<QuartierFigure>(actions, { genre: 'nommees' })} ${plural(nommees, 'le nomme', 'le nomment')}.`;
}

/** Transition enjeux with their coverage, as the page lists them. */
type Enjeux = readonly { readonly libelle: string; readonly coverage: Coverage; readonly aConfirmer?: boolean }[];

/** What comes of the transition enjeux, what does not: four names at most on each side. */
export function reachLead(enjeux: Enjeux): Said {
	if (enjeux.every((e) => e.coverage === 'saisie-incomplete')) return phrase`Rien n’est encore évalué.`;
	return phrase`${comesTo(enjeux)}${waitsFor(enjeux)}.`;
}

const namesOf = (enjeux: Enjeux, parmi: EnjeuSet): string[] =>
	enjeux.filter((e) => ENJEU_SETS[parmi](e.coverage)).map((e) => lower(e.libelle.split(',')[0]!));

/** Above four names, how many there are and the first three. */
const NAMES = 4;
const firstOf = (names: readonly string[]): string => list(names.slice(0, NAMES - 1));

const enjeuFigure = (n: number, parmi: EnjeuSet): Said =>
	chiffre(`${inWords(n)} ${plural(n, 'enjeu de transition', 'enjeux de transition')}`, { genre: 'enjeux', parmi });

function comesTo(enjeux: Enjeux): Said {
	const names = namesOf(enjeux, 'de-fond');
	if (names.length === 0) return phrase`Aucune réponse structurante ni de service`;
	const held = enjeux.filter((e) => ENJEU_SETS['de-fond'](e.coverage));
	const [all, unsure] = [held.length, held.filter((e) => e.aConfirmer).length];
	const doubt =
		unsure === 0 ? '' : unsure === all ? ', à confirmer' : ` (${number(unsure)} sur ${number(all)} à confirmer)`;
	if (names.length <= NAMES) return phrase`Réponse structurante ou de service${doubt}\u00a0: ${list(names)}`;
	return phrase`Réponse structurante ou de service sur ${enjeuFigure(names.length, 'de-fond')}${doubt}, dont ${firstOf(names)}`;
}

function waitsFor(enjeux: Enjeux): Said {
	const names = namesOf(enjeux, 'sans-arrivee');
	if (names.length === 0) return [];
	const bare = enjeux.filter((e) => e.coverage === 'aucune').length;
	const weak = `${FINE}; ${bare === 0 ? 'une réponse diffuse' : bare === names.length ? 'aucune réponse' : 'une réponse diffuse, ou aucune,'} pour`;
	if (names.length <= NAMES) return phrase`${weak} ${list(names)}`;
	return phrase`${weak} ${enjeuFigure(names.length, 'sans-arrivee')}, dont ${firstOf(names)}`;
}
