import { euros, INSECABLE, quoted } from '../french';
import { remember } from '../remember';
import { plain } from '../text';
import type { FinancingPlan } from './plan';
import { isAwaited, type PlanLine } from './plan-lines';

/* A plan may write whose money it counts on without saying what was asked for: neither « déjà demandé » nor « à demander ». */

/** A measure, as far as a financing line can name it. */
export interface Named {
	readonly mesure: string;
	readonly dispositif: string;
	/** Who gives it, as `data/financements/` writes it: « Agence de l’eau (Artois-Picardie, Seine-Normandie) ». */
	readonly operateur: string;
}

/**
 * The line of a plan that may be the request for a measure it does not surely hold (see `heldOf`).
 * out    a line of the file that names the measure or its family and does not say that it was asked for; else one that names
 *        only who gives it, asked for or granted included. null: nothing of the plan may be about it
 * never  doubts a line people typed as considered: they said it is not asked for; nor takes a refusal for a request
 */
export function maybeAsked({ lignes }: Pick<FinancingPlan, 'lignes'>, measure: Named): PlanLine | null {
	const counted = lignes.filter((l) => l.preciseePar === null && MAY_ASK.includes(l.nature) && !isTypedPlan(l));
	const own = counted.find((l) => l.dispositif === measure.mesure || l.dispositif === measure.dispositif);
	if (own) return isAwaited(own, 'envisage') ? own : null;
	return counted.find((l) => givers(measure.operateur).has(plain(l.financeur))) ?? null;
}

const MAY_ASK: readonly PlanLine['nature'][] = ['envisage', 'sollicite', 'obtenu', 'pret'];

const isTypedPlan = (l: PlanLine): boolean => l.nature === 'envisage' && l.origine.genre === 'personne';

/** « ANRU, Banque des Territoires, ADEME » → each of them, folded; what stands in brackets is no name. */
const givers = remember((operateur: string): ReadonlySet<string> => {
	const names = operateur.replace(/\([^)]*\)/g, ' ').split(/,| et /);
	return new Set(names.map(plain).filter(Boolean));
});

/** « peut-être déjà demandé : une ligne « Agence de l’eau, 210 000 € » est au plan » */
export function maybeWords({ financeur, montant }: Pick<PlanLine, 'financeur' | 'montant'>): string {
	const line = montant === null ? financeur : `${financeur}, ${euros(montant.euros)}`;
	return `peut-être déjà demandé${INSECABLE}: une ligne ${quoted(line)} est au plan`;
}
