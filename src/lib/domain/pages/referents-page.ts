import type { TerritoryView } from '../crossing/overview';
import { ofPlan, planKey, planKeyOf, type PlanReferent } from '../crossing/referents';
import { isActive } from '../crossing/coverage';
import { count, inWords, list, capital } from '../french';
import type { Referentiel } from '../rules/referentiel';

/* The plans of a territory, each with whom to call about it. */

export interface PlanLine {
	/** See `planKey`. */
	readonly plan: string;
	/** « PCAET », « Subventions DPV » */
	readonly nom: string;
	/** « du PCAET » */
	readonly de: string;
	/** Actions in force that name no pilot, of all those of the plan. */
	readonly sansPilote: number;
	readonly actions: number;
	readonly referent: PlanReferent | null;
}

/** Plans that have actions, in the order they were read; one whose last document left keeps its référent in sight. */
export function planLines(
	view: Pick<TerritoryView, 'documents' | 'referents' | 'actions'>,
	{ plans: { types } }: Pick<Referentiel, 'plans'>
): PlanLine[] {
	const named = new Map(view.referents.map((r) => [r.plan, r]));
	const read = view.documents.filter((d) => d.actions > 0).map(planKey);
	return [...new Set([...read, ...named.keys()])].map((plan) => {
		const own = view.actions.filter((a) => planKeyOf(a) === plan && isActive(a));
		return {
			...{ plan, nom: types.find((t) => t.code === plan)?.court ?? plan, de: ofPlan(plan, types) },
			sansPilote: own.filter((a) => a.action.pilote === null || a.meneurs.noms.length === 0).length,
			actions: own.length,
			referent: named.get(plan) ?? null
		};
	});
}

/** Plans somebody could call a référent about and nobody can: those some action of which names no pilot. */
export const withoutReferent = (lines: readonly PlanLine[]): readonly PlanLine[] =>
	lines.filter((line) => line.referent === null && line.sansPilote > 0);

/** « 2 plans sans référent : PCAET et PLH »; null when none lacks one. */
export function lackingWords(lines: readonly PlanLine[]): string | null {
	const lacking = withoutReferent(lines);
	return lacking.length === 0
		? null
		: `${count(lacking.length, 'plan')} sans référent\u00a0: ${list(lacking.map((line) => line.nom))}`;
}

export type ReferentsPage = ReturnType<typeof referentsPage>;

export function referentsPage(view: TerritoryView, ref: Pick<Referentiel, 'plans'>) {
	const lignes = planLines(view, ref);
	const lacking = withoutReferent(lignes).length;
	return {
		titre:
			lignes.length === 0
				? 'Aucun plan n’est importé ici : il n’y a pas encore de référent à nommer'
				: lacking
					? `${capital(inWords(lacking))} ${lacking > 1 ? 'plans n’ont' : 'plan n’a'} pas encore de référent`
					: 'Chaque plan a son référent, ou un pilote pour chaque action',
		lignes
	};
}
