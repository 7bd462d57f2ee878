import type { ReachBy, UnresolvedPlace } from '../crossing/place';
import { answeredBy, type GivenAnswer } from './place-answers';
import type { NameMatch } from './place-names';
import type { ShareTold } from './share-told';

/* What is gathered about the places of one action while its fields are read one after the other. */

/** What the fields of an action say about quartiers, gathered field by field. */
export interface Reading {
	readonly named: Map<string, Mention>;
	/** Quartiers named in the dedicated column. */
	readonly fromColumn: Set<string>;
	/** Quartiers of which a title says one part of the name, or that the place is near, with the words that say so. */
	readonly likely: Map<string, { readonly par: ReachBy; readonly preuve: string }>;
	/** Quartiers that the words leave out: « tous les QPV sauf … ». */
	readonly out: Map<string, string>;
	/** Quartiers that may be meant, with the words to settle. */
	readonly doubtful: Map<string, string>;
	/** Quartiers that words of their column, which nothing knows, may name as well as any other; unlike `doubtful`, « tous les QPV » settles them. */
	readonly vague: Map<string, string>;
	readonly questions: UnresolvedPlace[];
	/** Communes that people said these words mean, with the proof. */
	readonly communes: Map<string, string>;
	/** What people answered about these words, here. */
	readonly answer: (texte: string, homonyme: boolean) => GivenAnswer | null;
	/** Words that mean every quartier. */
	everywhere: string | null;
	/** Communes those words keep to, null when they do not. */
	everywhereIn: readonly string[] | null;
	/** « habitants des QPV » and the like: every quartier, probably. */
	everywhereProbable: boolean;
	/** « sauf Les Glacis » alone: every other quartier, unless another entry says which. */
	allBut: string | null;
	/** A description that speaks of « les quartiers prioritaires » in passing. */
	evoked: string | null;
	/** Words that mean the whole EPCI. */
	whole: string | null;
	/** Words that leave the quartiers out. */
	excluded: string | null;
	/** A place that is no quartier of the territory. */
	elsewhere: string | null;
	/** A column or a title places the action: quartiers it does not name are elsewhere. */
	located: boolean;
}

export interface Mention {
	readonly par: ReachBy;
	readonly preuve: string;
	readonly cible: boolean;
	/** Share of the operation there, from 0 to 1, when its own cell says it. */
	readonly share?: ShareTold | null;
}

/** Communes of the column, which narrow; communes told elsewhere, which only help to choose. */
export interface Narrowing {
	readonly columns: readonly string[] | null;
	readonly hints: readonly string[];
}

/** How a name is known, and the words that say so. */
export function sourceOf({ forms }: NameMatch, code: string, words: string): Pick<Mention, 'par' | 'preuve'> {
	const form = forms.find((f) => f.quartier === code) ?? forms[0]!;
	return { par: form.par, preuve: form.dit ? `${words} (${form.dit})` : words };
}

export function mention(into: Reading, code: string, said: Mention): void {
	const before = into.named.get(code);
	const share = before?.share ?? said.share ?? null;
	into.named.set(code, before ? { ...before, cible: before.cible || said.cible, share } : said);
}

export const blankReading = (answer: Reading['answer']): Reading => ({
	named: new Map(),
	fromColumn: new Set(),
	likely: new Map(),
	out: new Map(),
	doubtful: new Map(),
	vague: new Map(),
	questions: [],
	communes: new Map(),
	answer,
	everywhere: null,
	everywhereIn: null,
	everywhereProbable: false,
	allBut: null,
	evoked: null,
	whole: null,
	excluded: null,
	elsewhere: null,
	located: false
});

/** A question somebody already answered. */
export function settled(answer: GivenAnswer, texte: string, into: Reading): void {
	const preuve = `${texte} (${answeredBy(answer)})`;
	if (answer.reponse === 'territoire') into.whole ??= preuve;
	else if (answer.reponse === 'hors-quartier' || answer.reponse === 'hors-territoire') into.elsewhere ??= preuve;
	else if (answer.reponse === 'commune') {
		into.communes.set(answer.commune, preuve);
		into.elsewhere ??= preuve;
	} else {
		for (const code of answer.quartiers) mention(into, code, { par: 'alias', preuve, cible: false });
		into.located = true;
	}
}
