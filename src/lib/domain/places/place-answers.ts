import { z } from 'zod';
import type { Decision } from '../action';
import { date } from '../french';
import { plain } from '../text';

/* What people answered about a place that nothing could attach: it serves the next time the same words come. */

const about = {
	/** Words of the file, as written. */
	texte: z.string().min(1),
	/** Only for the action of that title: a name that several communes share is settled one action at a time. */
	titre: z.string().nullable()
};

export const PlaceAnswer = z.discriminatedUnion('reponse', [
	z.object({ ...about, reponse: z.literal('quartiers'), quartiers: z.array(z.string()).min(1) }),
	z.object({ ...about, reponse: z.literal('commune'), commune: z.string() }),
	z.object({ ...about, reponse: z.literal('territoire') }),
	z.object({ ...about, reponse: z.literal('hors-quartier') }),
	/** Of a commune: none of the territory. */
	z.object({ ...about, reponse: z.literal('hors-territoire') })
]);
export type PlaceAnswer = z.infer<typeof PlaceAnswer>;

/** An answer, who gave it and when. */
export type GivenAnswer = PlaceAnswer & Pick<Decision, 'id' | 'par' | 'le'>;

/** Answers by the folded words they are about. */
export type AnswerIndex = ReadonlyMap<string, readonly GivenAnswer[]>;

/** The answers among the decisions of a territory, oldest first. */
export function placeAnswers(decisions: readonly Decision[]): GivenAnswer[] {
	return decisions.flatMap(({ id, sujet, valeur, par, le }) => {
		const answer = sujet.genre === 'alias' ? PlaceAnswer.safeParse(valeur) : null;
		return answer?.success ? [{ ...answer.data, id, par, le }] : [];
	});
}

export function indexAnswers(answers: readonly GivenAnswer[]): AnswerIndex {
	const index = new Map<string, GivenAnswer[]>();
	for (const answer of answers) {
		const key = plain(answer.texte);
		const known = index.get(key);
		if (known) known.push(answer);
		else index.set(key, [answer]);
	}
	return index;
}

/** « rattaché par Marie Durand le 25/11/2026 » */
export const answeredBy = ({ par, le }: Pick<GivenAnswer, 'par' | 'le'>): string =>
	`rattaché par ${par} le ${date(le)}`;

/** Where the words stand: an answer given for one commune says nothing of another. */
export interface AskedFrom {
	readonly titre: string;
	/** Codes of the communes of the row; null when it states none. */
	readonly communes: readonly string[] | null;
	/** Several quartiers bear the name: only an answer about this very action settles it. */
	readonly homonyme: boolean;
}

/**
 * The answer that holds for these words here.
 * in     `communesOf`: codes of the communes of a quartier, null for one that is not of the territory
 * out    null when nobody answered, when two answers disagree, or when the answer is about another commune
 */
export function answerFor(
	index: AnswerIndex,
	texte: string,
	from: AskedFrom,
	communesOf: (quartier: string) => readonly string[] | null
): GivenAnswer | null {
	const given = index.get(plain(texte)) ?? [];
	const own = given.findLast((a) => a.titre !== null && plain(a.titre) === plain(from.titre));
	if (own) return known(own, communesOf);
	if (from.homonyme) return null;
	const held = given.flatMap((answer) => {
		if (answer.titre !== null) return [];
		const usable = known(answer, communesOf);
		return usable && isHere(usable, from.communes, communesOf) ? [usable] : [];
	});
	return held.length === 1 ? held[0]! : null;
}

/** The answer without the quartiers that are not of the territory any more. */
function known(answer: GivenAnswer, communesOf: (quartier: string) => readonly string[] | null): GivenAnswer | null {
	if (answer.reponse !== 'quartiers') return answer;
	const quartiers = answer.quartiers.filter((code) => communesOf(code) !== null);
	return quartiers.length > 0 ? { ...answer, quartiers } : null;
}

function isHere(
	answer: GivenAnswer,
	communes: readonly string[] | null,
	communesOf: (quartier: string) => readonly string[] | null
): boolean {
	if (!communes?.length) return true;
	if (answer.reponse === 'commune') return communes.includes(answer.commune);
	if (answer.reponse !== 'quartiers') return true;
	return answer.quartiers.some((code) => communesOf(code)?.some((c) => communes.includes(c)));
}
