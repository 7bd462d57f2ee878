/* A computed sentence whose figures remember what they count, so that a page can open it. */

/** A stretch of a sentence; `voir` is what it counts, where it is a figure. */
export interface Morceau<V> {
	readonly texte: string;
	readonly voir?: V;
}
export type Phrase<V> = readonly Morceau<V>[];

/** phrase`Sur ${chiffre('20 croisements', …)}, …`: texts and figures in their order, empty ones left out. */
export function phrase<V>(texts: TemplateStringsArray, ...values: readonly (string | Phrase<V>)[]): Phrase<V> {
	const whole = texts.flatMap((texte, i): Phrase<V> => {
		const value = values[i] ?? '';
		return [{ texte }, ...(typeof value === 'string' ? [{ texte: value }] : value)];
	});
	return whole.filter((m) => m.texte !== '').reduce<Morceau<V>[]>(joinTexts, []);
}

/** Neighbours that count nothing are one text. */
function joinTexts<V>(before: Morceau<V>[], morceau: Morceau<V>): Morceau<V>[] {
	const last = before.at(-1);
	if (!last || last.voir !== undefined || morceau.voir !== undefined) return [...before, morceau];
	return [...before.slice(0, -1), { texte: last.texte + morceau.texte }];
}

export const chiffre = <V>(texte: string, voir: V): Phrase<V> => [{ texte, voir }];

/** « a, b et c », figures kept. */
export const listPhrases = <V>(items: readonly Phrase<V>[]): Phrase<V> =>
	items.reduce<Phrase<V>>(
		(said, item, i) => (i === 0 ? item : phrase`${said}${i === items.length - 1 ? ' et ' : ', '}${item}`),
		[]
	);

export const wordsOf = (said: Phrase<unknown>): string => said.map((m) => m.texte).join('');
