import { list, ofThe } from '../french';
import { plain } from '../text';
import { marked } from './gap-called';
import type { GapView } from './gap-context';

/* The towns that a quartier stands in, and that of a body: who decides there, in a sentence. */

type Place = GapView['quartiers'][number];

/** More names than that are no longer heard. */
const MOST = 3;
/** The few H that are not silent: « la mairie de Ham », « la mairie d’Hirson ». */
const ASPIRATED = /^(?:ham|hames|harly|harnes|hem|heule|hondschoote|hoymille|huppy)\b/i;

/** « de Vernouy », « d’Hirson », « du Quesnoy », « des Ageux » */
export const ofTown = (nom: string): string =>
	/^h/i.test(nom) && !ASPIRATED.test(nom)
		? `d’${nom}`
		: ofThe(nom)
				.replace(/^de Le /, 'du ')
				.replace(/^de Les /, 'des ');

/** Communes of a quartier; none where nobody says them. */
const townsOf = ({ communes }: Place): readonly string[] => (communes ?? []).map(({ nom }) => nom);

/** Those of several quartiers, each once; null where one is not known, or where they are too many to be named. */
function townsAmong(places: readonly Place[]): readonly string[] | null {
	const all = places.map(townsOf);
	const names = [...new Set(all.flat())];
	return names.length === 0 || names.length > MOST || all.some((own) => own.length === 0) ? null : names;
}

const ofEach = (names: readonly string[]): string => list(names.map(ofTown));

/** « à la commune de Vernouy », « aux communes de Lys et d’Hirson »; « aux communes qui ont un quartier prioritaire » where they are not known. */
export function toTowns(places: readonly Place[]): string {
	const names = townsAmong(places);
	if (names === null) return ALL_TOWNS;
	return marked(`${names.length > 1 ? 'aux communes' : 'à la commune'} ${ofEach(names)}`);
}
const ALL_TOWNS = 'aux communes qui ont un quartier prioritaire';

/** « au service des écoles de Vernouy »: a service named of « la commune », with the name of it where it is known. */
export function serviceOfTown(service: string, place: Place): string {
	const names = townsAmong([place]);
	return names === null || !service.includes(OF_THE_TOWN)
		? service
		: marked(
				(names.length > 1 ? service.replace(/^au service /, 'aux services ') : service).replace(
					OF_THE_TOWN,
					ofEach(names)
				)
			);
}
const OF_THE_TOWN = 'de la commune';

/** « à la mairie d’Hirson » if « elle peut », « aux mairies de Lys et d’Orme » if « elles peuvent »; « du quartier » where they are not known. */
export function toTownHall(place: Place): Readonly<Record<'a' | 'peut', string>> {
	const names = townsAmong([place]);
	if (names === null) return { a: 'à la mairie du quartier', peut: 'elle peut' };
	return names.length > 1
		? { a: marked(`aux mairies ${ofEach(names)}`), peut: 'elles peuvent' }
		: { a: marked(`à la mairie ${ofEach(names)}`), peut: 'elle peut' };
}

/** « la ville (Hirson) », « les villes (Lys et Orme) » of a quartier that spreads over both, « la ville » where it is not known. */
export function theTown(place: Place): string {
	const names = townsAmong([place]);
	if (names === null) return 'la ville';
	return `${names.length > 1 ? 'les villes' : 'la ville'} (${list(names)})`;
}

/** The town whose services a body is: « Ville de Merle – Services techniques » → « merle »; null for any other body. */
const townOfBody = (name: string): string | null => {
	const found = OF_A_TOWN.exec(name);
	return found ? bare(found[2]!) : null;
};
const OF_A_TOWN =
	/(?:^|\s[–—-]\s|\s(?:de |à )?)(?:la )?(ville|commune|mairie|ccas) (?:de la |de l['’] ?|de |d['’] ?|du |des )([^–—(),|/]+?)(?:\s+[-–—]\s.*|\s*[(),|/].*)?$/i;
/** « Le Quesnoy » and « (Ville du) Quesnoy » are one. */
const bare = (nom: string): string => plain(nom).replace(/^(?:le|la|les|l) (?=\S)/, '');

/**
 * Are some bodies the services of other towns than those of the quartier, which decide nothing there?
 * never  says so of a quartier or of a body whose town is not known
 */
export function areOfOtherTowns(place: Place, bodies: readonly string[]): boolean {
	const own = townsOf(place).map(bare);
	const of = bodies.map(townOfBody);
	return own.length > 0 && of.length > 0 && of.every((town) => town !== null && !own.includes(town));
}
