import type { CellValue, Table } from './sheet';
import { unnamedEpci, type Commune } from '../territory';
import { isCommon } from '../places/place-names';
import { isScale } from './row-scale';
import { cellsOf, listOf, splitList, textOf, textsOf, type FieldCell } from './row-values';
import { rememberWith } from '../remember';
import { plain } from '../text';

/* Does a row concern this territory? A file may hold a whole region. */

export interface RowTerritory {
	readonly nom: string;
	readonly code: string;
	/** A group of communes may hold part of an EPCI: the name of an EPCI then says nothing. */
	readonly genre?: 'epci' | 'groupe';
	readonly communes: readonly Commune[];
	/** Folded names of the communes and EPCI of the country, to tell « elsewhere » from « misspelt ». */
	readonly lieuxConnus?: ReadonlySet<string> | null;
	/** Whether a commune of this code exists. Given when `communes` may lack some of ours: a code that nobody knows is then no proof. */
	readonly existe?: (code: string) => boolean;
	/** Code of each department by its folded name. */
	readonly departements?: ReadonlyMap<string, string>;
	/** What words may name here, which comes before the names of the country. */
	readonly ici?: (text: string) => Here | null;
}

/** A quartier by its own name; or what may be one, or a commune written short: not surely here, and not elsewhere. */
export type Here = 'quartier' | 'peut-etre';

/** `dehors-probable` counts only when most of the file is elsewhere. */
export type Where = 'dedans' | 'dehors' | 'dehors-probable' | 'inconnu';

const TYPE_WORDS =
	/\b(?:ca|cc|cu|epci|communaute|agglomeration|agglo|communes?|urbaine|metropole|intercommunalite|ville|mairie|d|de|du|des|la|le|les|l|et|en)\b/g;
const GENERIC =
	/\b(?:tout|tous|toute|toutes|ensemble|territoires?|quartiers?|qpv|epci|communes|intercommunal\w*|secteurs?)\b/;
/** Followed by a name: « CC du Ternois ». */
const EPCI_TYPE = /^(?:la |le |l )?(?:ca|cc|cu|communaute|metropole|agglo|agglomeration) (?:de |du |des |d |l )*\w{3}/;
/** They hold several EPCI, ours when their names are alike. */
const UNION_TYPE = /^(?:pays|petr|pole metropolitain|scot|syndicat|sm) (?:de |du |des |d |l )*\w{3}/;
const LARGER_TYPE = /^(?:departement|conseil departemental|region|conseil regional) (?:de |du |des |d |l )*\w{3}/;
const OF_COMMUNES = /\b(?:communes?|villes?|insee|cog)\b/;
const OF_PLACES = /\b(?:quartiers?|qpv|lieux?|secteurs?)\b/;
/** « Le Port », « Saint-Jean »: names of communes, and of places in any town. */
const ANYWHERE = /^(?:(?:le|la|les|l) |sainte? \w+$)/;

const words = (name: string): string[] => plain(plain(name).replace(TYPE_WORDS, ' ')).split(' ').filter(Boolean);

/** Folded name of a body without « CA de », « communauté d’agglomération »… */
export const bareName = (name: string): string => words(name).join(' ');

/** Two ways to write the same body: its words, once « CA de » is dropped, are all in the other; or one is its initials. */
export function sameTerritory(text: string, nom: string): boolean {
	const bare = text.replace(/\([^)]*\)/g, ' ');
	const said = words(bare);
	const known = words(nom);
	if (said.length > 0 && known.length > 0) {
		if (said.every((w) => known.includes(w)) || known.every((w) => said.includes(w))) return true;
	}
	const initials = plain(nom)
		.replace(/\b(?:de|du|des|la|le|les|l|d|et)\b/g, ' ')
		.split(' ')
		.filter(Boolean)
		.map((w) => (/^(?:ca|cc|cu)$/.test(w) ? w : w.charAt(0)))
		.join('');
	return plain(text) === initials && initials.length >= 3;
}

/** Number of a commune as files write it, its leading zero put back; null for anything else. */
export function inseeOf(text: string): string | null {
	const code = text.trim().toUpperCase();
	if (/^(?:\d{5}|2[AB]\d{3}|ZZ\d{3})$/.test(code)) return code;
	return /^\d{4}$/.test(code) ? `0${code}` : null;
}

/**
 * Where one row stands.
 * out    `inconnu` when nothing says; a commune name that no list knows is never « dehors »
 */
export function whereIs(cells: readonly CellValue[], table: Table, territoire: RowTerritory): Where {
	if (/^\d{9}$/.test(territoire.code) && cells.some((cell) => isSiren(cell, territoire.code))) return 'dedans';
	// The SIREN of a beneficiary also tells where the row stands, when it is that of an intercommunality.
	const said = [...cellsOf(cells, table, 'territoire'), ...cellsOf(cells, table, 'porteur_siren')];
	const declared = said.flatMap((f) => {
		const text = textOf(f.cell);
		return text === null || isScale(text, f.colonne)
			? []
			: [declaredUnder(`${f.colonne.entete}\u0000${text}`, territoire)];
	});
	const places = listOf(cells, table, 'communes');
	const codes = places.map(inseeOf);
	const here = codes.some((code, i) => isOurCommune(code ?? places[i] ?? '', territoire));
	if (here || declared.includes('dedans')) return 'dedans';
	if (declared.includes('dehors') || codes.some((code) => code !== null && exists(code, territoire))) return 'dehors';
	// A quartier may bear the name of a commune elsewhere: where nothing else says which of the two, it is ours.
	if (declared.includes('ici') || cellsOf(cells, table, 'communes').some((f) => holdsQuartier(f, territoire)))
		return 'dedans';
	if (declared.includes('dehors-probable')) return 'dehors-probable';
	if (places.length > 0 && places.every((p) => hereSaid(p, territoire) === null && isElsewhere(p, territoire))) {
		const asked = cellsOf(cells, table, 'communes').some(({ colonne }) => asksPlaces(colonne.entete));
		if (!asked || places.some((p) => !ANYWHERE.test(plain(p)))) return 'dehors-probable';
	}

	const porteur = textsOf(cells, table, 'porteur')[0];
	if (porteur === undefined || places.length > 0) return 'inconnu';
	if (isOurCommune(porteur, territoire) || isOurs(porteur, territoire)) return 'dedans';
	if (otherDepartement(porteur, territoire)) return 'dehors';
	return isElsewhere(porteur, territoire) ? 'dehors-probable' : 'inconnu';
}

const exists = (code: string, { existe }: RowTerritory): boolean => existe?.(code) ?? true;

/** Most rows are elsewhere: then a row that says nothing is not ours either. */
export function isRegional(verdicts: readonly Where[]): boolean {
	return verdicts.filter((v) => v === 'dehors' || v === 'dehors-probable').length > verdicts.length / 2;
}

const declaredUnder = rememberWith((asked: string, territoire: RowTerritory): Where | 'ici' => {
	const cut = asked.indexOf('\u0000');
	return declaredIn(asked.slice(cut + 1), asked.slice(0, cut), territoire);
});

const isOurs = rememberWith((text: string, territoire: RowTerritory) => sameTerritory(text, territoire.nom));

/** One cell of a territory column; `ici`: a quartier. A SIREN under « bénéficiaire » is that of a body, not always of a territory. */
function declaredIn(text: string, entete: string, territoire: RowTerritory): Where | 'ici' {
	const siren = /(?<!\d)(\d{9})(?:\d{5})?(?!\d)/.exec(text)?.[1];
	if (siren === territoire.code) return 'dedans';
	const group = territoire.genre === 'groupe';
	if (otherDepartement(text, territoire)) return 'dehors';
	if (siren && /^2[04]/.test(siren) && !group)
		return /epci|collectivite|intercommun|territoire|agglo/.test(plain(entete)) ? 'dehors' : 'dehors-probable';
	const named = text.replace(/\d{9,14}\s*-?/g, ' ');
	const names = named.split(/[|\n;]/).filter((t) => t.trim() !== '');
	if (names.length === 0) return 'inconnu';
	if (names.some((n) => sameTerritory(n, territoire.nom) || isOurCommune(n.replace(/\([^)]*\)/g, ''), territoire)))
		return 'dedans';
	const here = names.map((n) => hereSaid(n, territoire));
	if (here.includes('quartier')) return 'ici';
	if (here.includes('peut-etre') || names.some((n) => holdsOurs(n, territoire))) return 'inconnu';
	// Nor does the name of an EPCI when ours is not known.
	const unsure = group || territoire.nom === unnamedEpci(territoire.code);
	if (names.some((n) => namesEpci(n, territoire))) return unsure ? 'inconnu' : 'dehors';
	const unions = names.filter((n) => UNION_TYPE.test(plain(n)));
	if (unions.length > 0 && unsure) return 'inconnu';
	const other = (n: string) => isElsewhere(n, territoire) || (isProper(n) && !isLikeOurs(n, territoire));
	if (unions.length > 0 && (siren !== undefined || unions.some(other))) return 'dehors';
	if (unions.length > 0) return 'inconnu';
	if (names.some((n) => LARGER_TYPE.test(plain(n)))) return 'dehors-probable';
	if (GENERIC.test(plain(named))) return 'inconnu';
	// « Bassin minier » or « Secteur nord » may well be ours: only a name known elsewhere is elsewhere.
	return names.every((n) => isElsewhere(n, territoire)) && !names.some((n) => ANYWHERE.test(plain(n)))
		? 'dehors'
		: 'inconnu';
}

/** Not under « Commune » alone, where such a name is a commune and not surely ours. */
const holdsQuartier = ({ cell, colonne }: FieldCell, territoire: RowTerritory): boolean =>
	splitList(textOf(cell) ?? '').some((text) => hereSaid(text, territoire) === 'quartier') && asksPlaces(colonne.entete);

/** « Lieu », « Commune / quartier »; « Commune » asks for communes and nothing smaller. */
const asksPlaces = (entete: string): boolean => !OF_COMMUNES.test(plain(entete)) || OF_PLACES.test(plain(entete));

const hereSaid = (text: string, { ici }: RowTerritory): Here | null => ici?.(text) ?? null;

/** « CA du Boulonnais et Lens »: something of ours among the words. */
const holdsOurs = rememberWith((text: string, territoire: RowTerritory): boolean =>
	text
		.split(/[,/+]|\s+et\s+|\s+[-–—]\s+/i)
		.slice(0, PIECES)
		.some((piece, _, all) => all.length > 1 && isOurCommune(piece.trim(), territoire))
);
const PIECES = 20;

/** A word of our own name, or its beginning: « SCoT de l’Artois » for « Artois-Lys Romane », « Pays du Cambrésis » for « Cambrai ». */
const isLikeOurs = rememberWith((text: string, { nom }: RowTerritory): boolean => {
	const ours = new Set(words(nom).filter(isTelling).map(root));
	return words(text).some((word) => isTelling(word) && ours.has(root(word)));
});
const root = (word: string): string => word.slice(0, ROOT);
const ROOT = 5;
/** Not « grand », « saint », « portes », which stand in many names. */
const isTelling = (word: string): boolean => word.length >= ROOT && !isCommon(word) && !MANY.test(word);
const MANY = /^(?:saint|grand|haut|basse|vallee|porte|terre|plaine|cote|coeur|region|communaut|syndicat|mixte)/;

/** « CC du Ternois », never « communauté urbaine » nor « communauté éducative »: a name of the country, or a word with a capital. */
const namesEpci = rememberWith((text: string, { lieuxConnus }: RowTerritory): boolean => {
	if (!EPCI_TYPE.test(plain(text))) return false;
	return (lieuxConnus?.has(bareName(text)) ?? false) || isProper(text);
});

/** After the kind of body, a word of its own with a capital; in a text all in capitals, any word. */
function isProper(text: string): boolean {
	const own = words(text);
	if (text === text.toUpperCase()) return own.length > 0;
	const [, ...capitals] = text.match(/(?<!\p{L})\p{Lu}[\p{L}\p{N}]*|^\s*\p{L}+/gu) ?? [];
	return capitals.some((said) => own.includes(plain(said)));
}

/** « 228000014-Département de la Somme »: a department none of our communes is in. */
const otherDepartement = rememberWith((text: string, { communes, departements }: RowTerritory): boolean => {
	const siren = /(?<!\d)22(\d\d)\d{5}(?!\d)/.exec(text)?.[1];
	const [, name = ''] =
		/^(?:conseil departemental|departement)(?: de la| de l| des| de| du| d)? (.+)$/.exec(
			plain(text.replace(/\d{9,14}\s*-?/g, ' '))
		) ?? [];
	const said = departements?.get(name.replace(/^(?:la|le|les|l) /, '')) ?? departements?.get(name) ?? siren;
	if (said === undefined || !communes.every(({ code }) => /^\d{5}$|^2[AB]/.test(code)) || communes.length === 0)
		return false;
	return !communes.some(({ code }) => code.startsWith(said));
});

const isElsewhere = rememberWith((text: string, { lieuxConnus }: RowTerritory): boolean =>
	lieuxConnus ? isAmong(text, lieuxConnus) : false
);

/** A name among those of the communes and EPCI of the country, folded. */
export function isAmong(text: string, lieuxConnus: ReadonlySet<string>): boolean {
	const bare = text.replace(/\([^)]*\)/g, ' ');
	// « Ville » is a commune of the Oise, and everywhere the town that carries the action.
	return [bareCommune(bare), bareName(bare)].some((name) => name !== '' && name !== 'ville' && lieuxConnus.has(name));
}

function isSiren(cell: CellValue, code: string): boolean {
	if (typeof cell !== 'string' && typeof cell !== 'number') return false;
	const text = String(cell);
	return text.includes(code) && new RegExp(`^\\s*${code}(?:\\d{5})?(?:\\s*-.*)?\\s*$`).test(text);
}

const bareCommune = (text: string): string =>
	plain(text)
		.replace(/^(?:commune|ville|mairie)(?: de la| de l| des| de| du| d)? /, '')
		.replace(/^st(e?) /, 'saint$1 ');

const isOurCommune = rememberWith((text: string, territoire: RowTerritory): boolean => {
	const bare = bareCommune(text);
	return territoire.communes.some((c) => c.code === text || plain(c.nom) === bare);
});
