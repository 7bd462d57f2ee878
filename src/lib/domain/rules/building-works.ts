import type { Action } from '../action';
import { once } from '../memory';
import { plain } from '../text';
import { listOf } from './gap-context';
import type { GapRule } from './referentiel';

/* Public buildings that are built, rebuilt or made larger: their title says it, whatever the enjeux of the action. */

/**
 * « Démolition et reconstruction du groupe scolaire… », « Extension et rénovation du centre social », « Collège : reconstruction »
 * in     `construction`, `batiments`: the words of the rule; `sauf`: those of a building that will not stay
 * never  takes what is beside a building, or goes to it, for the building: « Extension du réseau de chaleur vers l’école »
 */
export function isBuiltAnew({ titre }: Pick<Action, 'titre'>, rule: GapRule): boolean {
	const { built, fleeting } = readers(rule);
	const title = ` ${plain(titre)} `;
	return built.test(title) && !fleeting.test(title);
}

const readers = once((rule: GapRule) => {
	const [works, buildings] = [either(listOf(rule, 'construction')), either(listOf(rule, 'batiments'))];
	const between = `(?: (?:${works}|${BETWEEN}))*`;
	return {
		built: new RegExp(` ${works}${between} ${buildings} |^ ${buildings} .*(?<= )${works} (?!(?:de|du|des|d) )`),
		fleeting: new RegExp(` ${either(listOf(rule, 'sauf'))} `)
	};
});

/** Between what is done and the building: small words, and other works on it. */
const BETWEEN =
	'de|du|des|d|la|le|les|l|un|une|et|ou|en|nouve(?:l|lle|au|lles|aux)|futurs?|futures?|deux|trois|renovation|rehabilitation|restructuration|modernisation|amenagement';

/** One of these expressions, in the plural too; none when there is none. */
const either = (expressions: readonly string[]): string =>
	expressions.length === 0
		? '(?!)'
		: `(?:${expressions.map((words) => plain(words).replaceAll(/\p{L}+/gu, '$&[sx]?')).join('|')})`;
