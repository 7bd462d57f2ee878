import { sumAmounts, type Budget } from '../crossing/budget';
import type { PlacedAction } from '../crossing/place';
import type { Money } from '../money';
import type { Referentiel } from '../rules/referentiel';
import { noFunder, unreadCost } from '../written-money';
import { costOf, isAcquired, isAwaited, linesOf, runningOf, type PlanCost, type PlanLine } from './plan-lines';
import { restOf, type Rest } from './rest';

/* The financing plan of one action: what its file says, what people add; one is never written over the other. */

export interface FinancingPlan {
	readonly cout: PlanCost | null;
	/** What it costs to run each year, beside its cost; null: not stated, or it is its cost. */
	readonly fonctionnement: Money | null;
	/** The cost as its file writes it, when it could not be read. */
	readonly coutNonLu: string | null;
	/** Every line, those that no longer count included. */
	readonly lignes: readonly PlanLine[];
	/** Lines that count, by nature; HT, TTC and unknown never mixed. */
	readonly parNature: Readonly<Record<PlanLine['nature'], Budget>>;
	readonly acquis: Budget;
	readonly sollicite: Budget;
	readonly envisage: Budget;
	readonly reste: Rest;
	readonly alertes: readonly ('surfinancement' | 'surfinancement-si-accorde')[];
}

const NATURES: readonly PlanLine['nature'][] = [
	'obtenu',
	'sollicite',
	'envisage',
	'pret',
	'valorisation',
	'autofinancement',
	'refuse'
];

/**
 * The plan of one action.
 * out    totals by basis, and what is left to finance (see `restOf`)
 * empty  no line and no cost: totals null, the rest unknown
 * never  adds HT to TTC, nor takes a blank amount for 0
 */
export function financingPlan(placed: PlacedAction, ref: Pick<Referentiel, 'planDeFinancement'>): FinancingPlan {
	const lignes = linesOf(placed, ref.planDeFinancement);
	const counted = lignes.filter((l) => l.preciseePar === null);
	const sum = (isOne: (line: PlanLine) => boolean): Budget => sumAmounts(counted.filter(isOne).map((l) => l.montant));
	const cout = costOf(placed);
	const reste = restOf(cout, counted, noFunder(placed.action) !== null);
	return {
		cout,
		fonctionnement: runningOf(placed),
		coutNonLu: cout === null ? unreadCost(placed.action) : null,
		lignes,
		parNature: Object.fromEntries(NATURES.map((n) => [n, sum((l) => l.nature === n)])) as FinancingPlan['parNature'],
		acquis: sum(isAcquired),
		sollicite: sum((l) => isAwaited(l, 'sollicite')),
		envisage: sum((l) => isAwaited(l, 'envisage')),
		reste,
		alertes: excess(reste)
	};
}

/** More acquired than it costs, or more if all that is asked for and planned came. */
function excess(reste: Rest): FinancingPlan['alertes'] {
	if (reste.genre === 'inconnu') return [];
	if (reste.nonAcquis !== null && reste.nonAcquis < 0) return ['surfinancement'];
	return reste.euros < 0 ? ['surfinancement-si-accorde'] : [];
}

/** What a plan already holds of a measure, or of its whole family: granted (lent counts), else asked for, else refused. */
export type Held = 'obtenu' | 'sollicite' | 'refuse';

/** null: nothing of it. `dispositif`: the family of the measure. A line that names another measure of the family says nothing. */
export function heldOf({ lignes }: Pick<FinancingPlan, 'lignes'>, mesure: string, dispositif: string): Held | null {
	const own = lignes.filter((l) => l.preciseePar === null && (l.dispositif === mesure || l.dispositif === dispositif));
	if (own.some((l) => l.nature === 'obtenu' || (l.nature === 'pret' && l.attend === null))) return 'obtenu';
	if (own.some((l) => isAwaited(l, 'sollicite'))) return 'sollicite';
	return own.some((l) => l.nature === 'refuse') ? 'refuse' : null;
}

/** Whether anything is known of how the action is paid. */
export const hasPlan = ({ lignes }: FinancingPlan): boolean => lignes.length > 0;
