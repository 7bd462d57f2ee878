import type { PlanKind } from '../action';
import { cellText } from './cell';
import { quoted } from '../french';
import { scoreHeader } from './header-score';
import { columnName } from './issue-cells';
import { anomaly, type Issue } from '../issue';
import type { PlansFile } from '../rules/referentiel';
import type { CellValue } from './sheet';

/* Two tables side by side: the one on the right has a title column of its own, past a blank column. */

/** As sure as a header that names its field in so many words. */
const SURE = 0.95;

/**
 * The table on the right, told as not read, in place of what was said of each of its columns.
 * out    the same issues when there is but one table
 */
export function tableBeside(
	entetes: readonly CellValue[],
	below: readonly (readonly CellValue[])[],
	issues: readonly Issue[],
	plans: PlansFile,
	plan: PlanKind
): readonly Issue[] {
	const names = entetes.map((cell) => cellText(cell));
	const isTitle = (text: string): boolean => {
		const [best] = text === '' ? [] : scoreHeader(text, plans, plan);
		return best?.champ === 'titre' && best.score >= SURE;
	};
	const first = names.findIndex(isTitle);
	const gap = names.findIndex(
		(text, i) => first >= 0 && i > first && text === '' && below.every((row) => cellText(row[i] ?? null) === '')
	);
	const second = gap < 0 ? -1 : names.findIndex((text, i) => i > gap && isTitle(text));
	if (second < 0) return issues;
	const right = new Set(names.slice(gap + 1));
	const message = `Deux tableaux sont côte à côte\u00a0: celui qui commence à la colonne ${columnName(gap + 1)} (${quoted(names[second]!)}) n’est pas lu.`;
	return [
		...issues.filter(({ where }) => where.column === null || !right.has(where.column)),
		anomaly('ligne-ecartee', 'a-verifier', message, {
			where: { column: names[second]!, index: second },
			found: names
				.slice(gap + 1)
				.filter(Boolean)
				.map(quoted)
				.join(', '),
			expected: 'un seul tableau d’actions par feuille',
			hint: 'Placez ce tableau sous le premier, ou sur une feuille à part.'
		})
	];
}
