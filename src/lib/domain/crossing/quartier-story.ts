import type { Coverage } from './coverage';
import { capital, FINE, inWords, list, number, plural } from '../french';

/* The sentences a quartier opens with. */

const FEMININE =
	/^(cit[ée]|r[ée]sidence|grande r[ée]sidence|zone|zac|place|plaine|centralit[ée]|verrerie|ville)(?=\s|$)/i;

/** « Les Pyramides » → « aux Pyramides », « Le Parc » → « au Parc », « Quartier du Maroc » → « dans le quartier du Maroc ». */
/** « aux Pyramides », « dans le quartier Europe »: inside a sentence that a person must read aloud. */
export function inQuartier(nom: string): string {
	const said = atPlace(nom);
	return said === `à ${nom.trim()}` ? `dans le quartier ${nom.trim()}` : said;
}

export function atPlace(nom: string): string {
	const bare = nom.trim();
	if (/^les /i.test(bare)) return `aux ${bare.slice(4)}`;
	if (/^le /i.test(bare)) return `au ${bare.slice(3)}`;
	if (/^la /i.test(bare)) return `à la ${bare.slice(3)}`;
	if (/^l['’]/i.test(bare)) return `à l’${bare.slice(2)}`;
	if (/^quartier\b/i.test(bare)) return `dans le quartier ${bare.slice(8).trim()}`.trim();
	if (/^(zone|secteur|des )/i.test(bare)) return `dans le quartier «\u00a0${bare}\u00a0»`;
	return FEMININE.test(bare) ? `à la ${bare.charAt(0).toLocaleLowerCase('fr')}${bare.slice(1)}` : `à ${bare}`;
}

/**
 * The finding about a quartier: how many expected crossings lack a structural answer, among those assessed.
 * in     coverage of each expected crossing
 */
export function quartierTitle(nom: string, coverages: readonly Coverage[]): string {
	const where = capital(atPlace(nom));
	const known = coverages.filter((c) => c !== 'saisie-incomplete');
	const lacking = known.filter((c) => c !== 'structurante').length;
	if (known.length === 0) return `${where}, aucun enjeu attendu ne peut encore être évalué`;
	if (lacking === 0)
		return known.length === 1
			? `${where}, le seul enjeu évalué a une réponse structurante`
			: `${where}, les ${inWords(known.length)} enjeux évalués ont une réponse structurante`;
	if (lacking === known.length && lacking > 1)
		return `${where}, aucun des ${number(known.length, 0)} enjeux évalués n’a de réponse structurante`;
	return `${where}, ${lacking === 1 ? 'un enjeu attendu' : `${number(lacking, 0)} enjeux attendus`} sur ${number(known.length, 0)} ${plural(lacking, 'n’a', 'n’ont')} pas de réponse structurante`;
}

export interface QuartierFacts {
	readonly population: number | null;
	readonly populationSource: string | null;
	/** Transition enjeux with their coverage, as the page lists them. */
	readonly enjeux: readonly { readonly libelle: string; readonly coverage: Coverage }[];
	/** Actions that name or aim at the quartier. */
	readonly nommees: number;
	readonly documents: number;
}

/** Who lives there, what comes, what is left: names of enjeux, three at most on each side. */
export function quartierLead(facts: QuartierFacts): string {
	const people =
		facts.population === null
			? 'Population non renseignée.'
			: `${number(facts.population, 0)} habitants${facts.populationSource ? ` (${facts.populationSource})` : ''}.`;
	if (facts.documents === 0) return `${people} Aucun document-cadre importé${FINE}; rien n’est encore évalué.`;
	const named =
		facts.nommees === 0
			? 'Aucune action ne nomme le quartier.'
			: `${capital(inWords(facts.nommees, true))} ${plural(facts.nommees, 'action le nomme', 'actions le nomment')}.`;
	const of = (...wanted: Coverage[]) =>
		facts.enjeux.filter((e) => wanted.includes(e.coverage)).map((e) => lower(e.libelle.split(',')[0]!));
	const [built, left, blank] = [of('structurante', 'de-service'), of('aucune', 'diffuse'), of('saisie-incomplete')];
	const comes = built.length ? `Réponses de fond\u00a0: ${few(built)}` : 'Aucune réponse de fond';
	const waits = left.length ? `${FINE}; ${few(left)} ${left.length > 1 ? 'restent' : 'reste'} à traiter` : '';
	const unknown = blank.length === facts.enjeux.length ? ' Rien n’est encore évalué.' : ` ${comes}${waits}.`;
	return `${people} ${named}${unknown}`;
}

const few = (names: readonly string[]): string =>
	names.length > 4 ? list([...names.slice(0, 3), `${number(names.length - 3, 0)} autres`]) : list(names);

const lower = (text: string): string =>
	/^[A-ZÀ-Ý]{2}/.test(text) ? text : text.charAt(0).toLocaleLowerCase('fr') + text.slice(1);
