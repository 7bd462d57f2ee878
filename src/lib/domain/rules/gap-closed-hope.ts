import type { PlacedAction } from '../crossing/place';
import { euros, FINE, list, quoted } from '../french';
import { linesOf, type PlanLine } from '../funding/plan-lines';
import { leftToFinance, type Rest } from '../funding/rest';
import type { GapView } from './gap-context';

/* Money only hoped for from a fund that takes no request any more (G14): it finances nothing, and what is left says so. */

type Measures = Pick<GapView, 'mesures'>;

/** Lines with an amount, neither asked for nor granted, of a measure that is closed on the day. */
export const hopedOfClosed = ({ mesures }: Measures, placed: PlacedAction): readonly PlanLine[] =>
	linesOf(placed).filter(
		(l) =>
			l.preciseePar === null &&
			l.nature === 'envisage' &&
			l.dispositif !== null &&
			(l.montant?.euros ?? 0) > 0 &&
			mesures.get(l.dispositif)?.etat === 'fermee'
	);

/** What is left to finance, with what such lines would have brought. Euros. */
export function leftWithoutClosed(view: Measures, placed: PlacedAction): Rest {
	const left = leftToFinance(placed);
	const hoped = left.genre === 'connu' ? hopedOfClosed(view, placed) : [];
	if (left.genre !== 'connu' || hoped.length === 0) return left;
	const cents = hoped.reduce((sum, l) => sum + Math.round(l.montant!.euros * 100), Math.round(left.euros * 100));
	return { ...left, euros: cents / 100 };
}

/** « ; les 120 000 € inscrits de « Fonds mobilités actives », fermé, n’y comptent pas »; '' where none is closed. */
export function closedSaid({ mesures }: Measures, hoped: readonly PlanLine[]): string {
	if (hoped.length === 0) return '';
	const total = hoped.reduce((sum, l) => sum + Math.round(l.montant!.euros * 100), 0) / 100;
	const names = [...new Set(hoped.map((l) => mesures.get(l.dispositif!)!.libelle))];
	const closed = names.length > 1 ? 'fermés' : 'fermé';
	return `${FINE}; les ${euros(total)} inscrits de ${list(names.map(quoted))}, ${closed}, n’y comptent pas`;
}
