import type { Action, PorteurType } from '../action';
import { capital, curly, list, quoted } from '../french';
import { communeNamed, type CommuneIndex } from '../places/communes';
import type { PlansFile } from '../rules/referentiel';
import { unnamedEpci, type Commune } from '../territory';
import { plain } from '../text';
import type { PlanReferent } from './referents';

/* Whom to ask about an action. A column often says what kind of body carries it, and nobody's name. */

export interface LeadWords {
	/** Name of the territory whose plans are read. */
	readonly territoire: string;
	/** Folded words that stand for that territory: « collectivité porteuse ». */
	readonly lui: ReadonlySet<string>;
	/** Folded words that are a kind of body and nobody: « entreprise ». */
	readonly genres: ReadonlySet<string>;
	/** One spelling of the names that documents write in several ways, by their folded words. */
	readonly formes: ReadonlyMap<string, string>;
	/** Kind of body a name points to; null when nobody can say. */
	readonly typeDe: (name: string) => PorteurType | null;
}

export const leadWords = (
	{ porteurs_sans_nom: said, pas_encore_dit }: Pick<PlansFile, 'porteurs_sans_nom' | 'pas_encore_dit'>,
	territoire: string,
	formes: LeadWords['formes'] = new Map(),
	typeDe: LeadWords['typeDe'] = () => null
): LeadWords => ({
	...{ territoire, formes, typeDe },
	lui: new Set(said.territoire.map(plain)),
	genres: new Set([...said.genres, ...pas_encore_dit].map(plain))
});

export interface Leads {
	/** People and bodies one can call, each once. */
	readonly noms: readonly string[];
	/** Kinds of body the file says instead, as written. */
	readonly genres: readonly string[];
	/** Who carries it beside a pilot, by name; absent when nobody is named. */
	readonly porteurs?: readonly string[];
	/** Those that are communes. */
	readonly villes?: readonly string[];
	/** The same in one line, when the file only says « collectivité porteuse ». */
	readonly porteur?: string;
	/** The « porteur » cell with each name in its one spelling, when the file writes it otherwise. */
	readonly propre?: string;
	/** Kinds of body the « porteur » cell lists, when it lists several, or says one that its import did not read; null: one nobody knows. */
	readonly types?: readonly (PorteurType | null)[];
	/** Of its plan, when no pilot is named and somebody wrote one. */
	readonly referent?: PlanReferent;
}

/**
 * The pilot where there is one, else the carriers; a file may write « Commune | Association ».
 * out    a commune under its official name: « CONDE SUR ESCAUT » and « Condé-sur-l’Escaut » are one
 */
export function leadsOf(
	{ pilote, porteur, porteurType }: Pick<Action, 'pilote' | 'porteur' | 'porteurType'>,
	words: LeadWords,
	communes: CommuneIndex
): Leads {
	const said = (pilote ?? porteur ?? '').split(' | ').filter(Boolean);
	const genres = said.filter((name) => words.genres.has(plain(name)));
	const clean = (name: string) => officialName(name, communes) ?? words.formes.get(plain(name)) ?? name;
	const named = (name: string) => (words.lui.has(plain(name)) ? words.territoire : clean(name));
	const noms = distinct(said.filter((name) => !genres.includes(name)).map(named));
	const beside = pilote === null || porteur === null ? [] : porteur.split(' | ').filter(Boolean);
	const stands = beside.some((name) => words.lui.has(plain(name)));
	const porteurs = distinct(beside.filter((name) => !words.genres.has(plain(name))).map(named));
	const kept = (name: string) => words.lui.has(plain(name)) || words.genres.has(plain(name));
	const propre = porteur?.split(' | ').map((name) => (kept(name) ? name : clean(name)));
	const types = kindsListed(porteur, porteurType, words);
	const towns = distinct([...noms, ...porteurs].filter((name) => isTown(name, communes)));
	return {
		...{ noms, genres },
		...(towns.length > 0 && { villes: towns }),
		...(porteurs.length > 0 && { porteurs }),
		...(stands && { porteur: distinct(beside.map(named)).join(', ') }),
		...(propre && propre.join(' | ') !== porteur && { propre: distinct(propre).join(' | ') }),
		...(types && { types })
	};
}

/** Nothing for a cell that lists one kind, already known; nor for a kind that its own column settles otherwise. */
function kindsListed(porteur: string | null, own: PorteurType | null, words: LeadWords): Leads['types'] | null {
	const parts = porteur?.split(' | ') ?? [];
	const kinds = [...new Set(parts.map((name) => words.typeDe(name) ?? (isItself(name, words) ? 'epci' : null)))];
	if (parts.length < 2) return own === null && kinds.some((kind) => kind !== null) ? kinds : null;
	return kinds.length > 1 && kinds.includes(own) ? kinds : null;
}

/** « CA », « CA – Direction de l’habitat », in the file of a CA: the territory, by its sigle alone. */
function isItself(name: string, { territoire }: LeadWords): boolean {
	const [, sigle] = /^(?:la )?(CA|CC|CU)(?:\s+[-–—]\s.*)?$/.exec(name) ?? [];
	return sigle !== undefined && (territoire.startsWith(`${sigle} `) || territoire.startsWith(unnamedEpci('')));
}

/**
 * « Collectivité porteuse, soit CA de Lys »: what the file says, and whom it means when it means the territory;
 * « Saint-Quentin, écrit « SAINT-QUENTIN » » when the name is read in its one spelling.
 */
export function saidAndMeant(cell: string, said: string | null, words: LeadWords): string {
	const parts = (said ?? '').split(' | ');
	const stands = parts.some((name) => words.lui.has(plain(name)));
	if (parts.length > 1 && parts.some((name) => words.lui.has(plain(name)) || words.genres.has(plain(name))))
		return list(distinct(parts).map((name) => inPlainWords(name, words)));
	if (stands) return `${cell}, soit ${words.territoire}`;
	return said !== null && curly(said) !== curly(cell) ? `${cell}, écrit ${quoted(said)}` : cell;
}

/** « CA de Lys (collectivité porteuse) », « établissement public local », « Ville de Lys » */
function inPlainWords(name: string, { territoire, lui, genres }: LeadWords): string {
	const folded = plain(name);
	if (!lui.has(folded) && !genres.has(folded)) return name;
	const said = name.charAt(0).toLocaleLowerCase('fr') + name.slice(1);
	const kind = said.replace(/^etablissement/, 'établissement').replace(/^etat$/, 'État');
	return lui.has(folded) ? `${territoire} (${kind})` : kind;
}

/** Who carries an action, by name wherever the file allows it; null: nobody says. */
export const carrierOf = ({
	action: { pilote, porteur },
	meneurs: { noms, genres, porteur: beside, propre }
}: {
	readonly action: Pick<Action, 'pilote' | 'porteur'>;
	readonly meneurs: Leads;
}): string | null => (pilote === null ? [...noms, ...genres].join(', ') || porteur : (beside ?? propre ?? porteur));

const isTown = (name: string, communes: CommuneIndex): boolean =>
	!SERVICE.test(name) && communeNamed(name, communes) !== null;

function officialName(name: string, communes: CommuneIndex): string | null {
	const official = (text: string): string | null => {
		const code = communeNamed(text, communes);
		return code === null ? null : (communes.byCode.get(code as Commune['code'])?.nom ?? null);
	};
	if (!SERVICE.test(name)) return official(name);
	const [, kind = '', de = '', rest = ''] = OWNED.exec(name) ?? [];
	const town = rest === '' ? null : official(rest);
	// « Mairie du Quesnoy » is left as it is: its article is part of the name.
	if (town === null || /^les? /i.test(town)) return null;
	const word = /^ccas$/i.test(kind) ? 'CCAS' : capital(kind.toLocaleLowerCase('fr'));
	return `${word} ${/^de/i.test(de) ? 'de ' : 'd’'}${town}`;
}

/** « Ville de Lys » is already said as it should be, and a CCAS is not its commune. */
const SERVICE = /^(?:ville|commune|mairie|ccas|c\.c\.a\.s|centre communal)\b/i;
const OWNED = /^(ville|commune|mairie|ccas) (de |d['’] ?)([^()]+)$/i;

/**
 * One spelling for each name that the documents write in several ways: « MAISONS ET CITES », « Maisons et Cités ».
 * out    by folded words; nothing for a name always written the same
 */
export function oneSpelling(actions: readonly Pick<Action, 'pilote' | 'porteur'>[]): ReadonlyMap<string, string> {
	const written = new Map<string, Map<string, number>>();
	for (const { pilote, porteur } of actions)
		for (const name of [pilote, porteur].flatMap((cell) => cell?.split(' | ') ?? [])) {
			const forms = written.get(plain(name)) ?? new Map<string, number>();
			written.set(plain(name), forms.set(name, (forms.get(name) ?? 0) + 1));
		}
	return new Map(
		[...written].flatMap(([key, forms]) => (forms.size > 1 ? [[key, inFrench(bestForm(forms))] as const] : []))
	);
}

/** What is not shouted, then what keeps its accents, then what is written most. A short word in capitals is an acronym. */
function bestForm(forms: ReadonlyMap<string, number>): string {
	const rank = (form: string): number[] => {
		const acronym = /^\p{L}{2,5}$/u.test(form);
		const shouted = form === form.toLocaleUpperCase('fr');
		return [Number(shouted === acronym), form.match(/[À-ÖØ-öø-ÿœŒ]/g)?.length ?? 0, forms.get(form) ?? 0];
	};
	const ranked = [...forms.keys()].map((form) => ({ form, rangs: rank(form) }));
	const [best] = ranked.sort((a, b) => {
		const at = a.rangs.findIndex((rang, i) => rang !== b.rangs[i]);
		return at < 0 ? a.form.localeCompare(b.form, 'fr') : b.rangs[at]! - a.rangs[at]!;
	});
	return best!.form;
}

/** « saint-quentin » → « Saint-Quentin » */
const inFrench = (name: string): string =>
	capital(curly(name)).replace(
		/\b(Sainte?-)(\p{Ll})/gu,
		(_, saint: string, letter: string) => saint + letter.toLocaleUpperCase('fr')
	);

/** The same name twice, in capitals, is one person. */
export const distinct = (names: readonly string[]): string[] =>
	names.length < 2 ? [...names] : [...new Map(names.map((name) => [plain(name), name])).values()];
