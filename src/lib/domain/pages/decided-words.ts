import { date } from '../french';
import { GAP_STATE_LABEL, type SetAside } from '../rules/gap-decisions';
import { authorOf } from '../unsigned';

/**
 * What was just done about a gap, for who does not see its line change.
 * in     `geste`: as the address says it; `ecartee`: the decision in force on that gap, null when it is open
 * out    '' when the address says a gesture that the gap does not bear
 */
export function decidedWords(geste: string | null, ecartee: SetAside | null): string {
	if (geste === 'rouverte' && !ecartee) return 'Lacune rouverte\u00a0: elle compte de nouveau.';
	if (geste !== 'decidee' || !ecartee) return '';
	const until = ecartee.jusque ? ` au ${date(ecartee.jusque)}` : '';
	return `Décision gardée\u00a0: lacune ${GAP_STATE_LABEL[ecartee.etat].toLocaleLowerCase('fr')}${until}, signée ${authorOf(ecartee.par)}.`;
}
