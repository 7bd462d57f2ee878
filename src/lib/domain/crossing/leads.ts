import type { Action } from '../action';
import { communeNamed, type CommuneIndex } from '../places/communes';
import type { PlansFile } from '../rules/referentiel';
import type { Commune } from '../territory';
import { plain } from '../text';

/* Whom to ask about an action. A column often says what kind of body carries it, and nobody's name. */

export interface LeadWords {
	/** Name of the territory whose plans are read. */
	readonly territoire: string;
	/** Folded words that stand for that territory: « collectivité porteuse ». */
	readonly lui: ReadonlySet<string>;
	/** Folded words that are a kind of body and nobody: « entreprise ». */
	readonly genres: ReadonlySet<string>;
}

export const leadWords = (said: PlansFile['porteurs_sans_nom'], territoire: string): LeadWords => ({
	territoire,
	lui: new Set(said.territoire.map(plain)),
	genres: new Set(said.genres.map(plain))
});

export interface Leads {
	/** People and bodies one can call, each once. */
	readonly noms: readonly string[];
	/** Kinds of body the file says instead, as written. */
	readonly genres: readonly string[];
	/** Who carries it beside a pilot, by name, when the file only says « collectivité porteuse ». */
	readonly porteur?: string;
}

/**
 * The pilot where there is one, else the carriers; a file may write « Commune | Association ».
 * out    a commune under its official name: « CONDE SUR ESCAUT » and « Condé-sur-l’Escaut » are one
 */
export function leadsOf(
	{ pilote, porteur }: Pick<Action, 'pilote' | 'porteur'>,
	words: LeadWords,
	communes: CommuneIndex
): Leads {
	const said = (pilote ?? porteur ?? '').split(' | ').filter(Boolean);
	const genres = said.filter((name) => words.genres.has(plain(name)));
	const named = (name: string) =>
		words.lui.has(plain(name)) ? words.territoire : (officialName(name, communes) ?? name);
	const noms = distinct(said.filter((name) => !genres.includes(name)).map(named));
	const beside = pilote === null || porteur === null ? [] : porteur.split(' | ').filter(Boolean);
	const stands = beside.some((name) => words.lui.has(plain(name)));
	return { noms, genres, ...(stands && { porteur: distinct(beside.map(named)).join(', ') }) };
}

/** « Collectivité porteuse, soit CA de Lys »: what the file says, and whom it means when it means the territory. */
export const saidAndMeant = (cell: string, said: string | null, words: LeadWords): string =>
	(said ?? '').split(' | ').some((name) => words.lui.has(plain(name))) ? `${cell}, soit ${words.territoire}` : cell;

/** Who carries an action, by name wherever the file allows it; null: nobody says. */
export const carrierOf = ({
	action: { pilote, porteur },
	meneurs: { noms, genres, porteur: beside }
}: {
	readonly action: Pick<Action, 'pilote' | 'porteur'>;
	readonly meneurs: Leads;
}): string | null => (pilote === null ? [...noms, ...genres].join(', ') || porteur : (beside ?? porteur));

function officialName(name: string, communes: CommuneIndex): string | null {
	const code = SERVICE.test(name) ? null : communeNamed(name, communes);
	return code === null ? null : (communes.byCode.get(code as Commune['code'])?.nom ?? null);
}

/** « Ville de Lys » is already said as it should be, and a CCAS is not its commune. */
const SERVICE = /^(?:ville|commune|mairie|ccas|c\.c\.a\.s|centre communal)\b/i;

/** The same name twice, in capitals, is one person. */
export const distinct = (names: readonly string[]): string[] => [
	...new Map(names.map((name) => [plain(name), name])).values()
];
