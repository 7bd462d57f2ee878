import { once } from '../memory';
import { rememberWith } from '../remember';
import { plain } from '../text';
import { isLocalBody } from './own-share';
import type { PlanRulesFile } from './plan-rules';

/** What is public money: by family or measure, else by the words of the funder (data/plan-de-financement.yaml). */
export type PublicMoney = Pick<PlanRulesFile, 'publiques' | 'financeurs'>;

export const NO_WORDS: PublicMoney = { publiques: {}, financeurs: { publics: [], prives: [] } };

/**
 * Is the money of a line public?
 * out    a measure speaks over its family, both over the words; null: nobody knows, « entreprise et Région » included
 */
export function isPublicMoney(dispositif: string | null, financeur: string, rules: PublicMoney): boolean | null {
	const family = dispositif?.split('.')[0] ?? '';
	const told = dispositif === null ? undefined : (rules.publiques[dispositif] ?? rules.publiques[family]);
	return told ?? byWords(financeur, rules.financeurs);
}

type Words = PublicMoney['financeurs'];

const byWords = rememberWith((financeur: string, words: Words): boolean | null => {
	const said = ` ${plain(financeur)} `;
	const { publics, prives } = runsOf(words);
	const isPrivate = prives.some((run) => said.includes(run));
	const isPublic = isLocalBody(financeur) || publics.some((run) => said.includes(run));
	return isPrivate === isPublic ? null : isPublic;
});

const runsOf = once(({ publics, prives }: Words) => {
	const runs = (words: readonly string[]) => words.map((word) => ` ${plain(word)} `);
	return { publics: runs(publics), prives: runs(prives) };
});
