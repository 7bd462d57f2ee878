import type { Action } from '../action';
import type { PlansFile } from '../rules/referentiel';
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
}

/** The pilot where there is one, else the carriers; a file may write « Commune | Association ». */
export function leadsOf({ pilote, porteur }: Pick<Action, 'pilote' | 'porteur'>, words: LeadWords): Leads {
	const said = (pilote ?? porteur ?? '').split(' | ').filter(Boolean);
	const genres = said.filter((name) => words.genres.has(plain(name)));
	const noms = said
		.filter((name) => !genres.includes(name))
		.map((name) => (words.lui.has(plain(name)) ? words.territoire : name));
	return { noms: distinct(noms), genres };
}

/** The same name twice, in capitals, is one person. */
export const distinct = (names: readonly string[]): string[] => [
	...new Map(names.map((name) => [plain(name), name])).values()
];
