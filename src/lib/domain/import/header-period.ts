import type { Pair } from './header-assign';
import type { Named } from './header-neighbours';
import { cellText } from './cell';
import { periodsIn } from './periods';
import { plain } from '../text';

/** When money is paid is not when an action takes place. */
const PAYMENTS = /versement|paiement/;

/** « Période » says that of the document when it is the same on every row; those that differ are of the actions. */
export function ownPeriods(named: readonly Named[], chosen: Map<number, Pair>): void {
	const territory = named.find(({ index }) => chosen.get(index)?.champ === 'territoire');
	for (const { index, entete, cells } of named) {
		const pair = chosen.get(index);
		if (pair?.champ !== 'periode' || PAYMENTS.test(plain(entete))) continue;
		const filled = cells.map(cellText).filter((text) => text !== '');
		const dated = filled.filter((text) => periodsIn(text).periods.length > 0);
		if (new Set(dated).size < 2 || dated.length < 0.5 * filled.length) continue;
		// A file of several territories gives the period of the plan of each.
		if (territory && followsFrom(territory.cells.map(cellText), cells.map(cellText))) continue;
		chosen.set(index, { ...pair, champ: 'etapes' });
	}
}

/** Whether rows of one territory all say the same period. */
function followsFrom(territories: readonly string[], periods: readonly string[]): boolean {
	const of = new Map<string, string>();
	return periods.every((period, i) => {
		const territory = plain(territories[i] ?? '');
		const known = of.get(territory);
		if (known === undefined) of.set(territory, period);
		return known === undefined || known === period;
	});
}
