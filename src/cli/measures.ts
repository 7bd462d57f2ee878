import { verdictJson } from '../lib/domain/contract';
import { bestReach, isActive, reaches } from '../lib/domain/crossing/coverage';
import { quartierView } from '../lib/domain/crossing/quartier-view';
import { count } from '../lib/domain/french';
import { isLoan, measureName } from '../lib/domain/funding/measure-name';
import { measureFacts } from '../lib/domain/funding/open-measures';
import { inOpenOrder, lacksOf } from '../lib/domain/funding/open-order';
import { maybeAsked, maybeWords } from '../lib/domain/funding/maybe-asked';
import { financingPlan, heldOf, type Held } from '../lib/domain/funding/plan';
import { isFunded } from '../lib/domain/pages/request-lines';
import { assessAll, type Verdict } from '../lib/domain/rules/eligibility';
import type { Call } from './arguments';
import type { Answer, Context } from './context';
import { table } from './print';
import { territoryOf, under } from './territory';

/** What each measure of funding asks of each action, in the order of every page: what it has or asked for comes after, what is set aside last. */
export async function dispositifs(call: Call, context: Context): Promise<Answer> {
	const { ref, asOf } = context;
	const { crossed, view, quartier, dit } = await territoryOf(call, context);
	const codes = quartier ? [quartier] : view.quartiers.map((q) => q.quartier.code as string);
	const verdicts = codes.flatMap(
		(code) => quartierView(crossed, code, ref, (placed, where) => assessAll(placed, where, ref, asOf))?.verdicts ?? []
	);
	// Actions that reach no quartier closely are still assessed, for the territory as a whole.
	if (!quartier) {
		const rest = view.actions.filter((a) => isActive(a) && !reaches(bestReach(a, codes)));
		verdicts.push(...assessAll(rest, null, ref, asOf));
	}
	const measures = new Map(ref.financements.flatMap((f) => f.mesures.map((m) => [m.id, m] as const)));
	const full = new Set(view.actions.filter(isFunded).map((a) => a.action.id));
	const titles = new Map(view.actions.map((a) => [a.action.id, a.action.titre]));
	const plans = new Map(view.actions.map((a) => [a.action.id, financingPlan(a, ref)]));
	const deja = (v: Verdict): Held | null => heldOf(plans.get(v.action)!, v.mesure, v.dispositif);
	const peutEtre = (v: Verdict): string | null => {
		const line = deja(v) ?? maybeAsked(plans.get(v.action)!, { ...v, operateur: measures.get(v.mesure)!.operateur });
		return line === null || typeof line === 'string' ? null : maybeWords(line);
	};
	const own = byActionThere(verdicts).flatMap((some) => [
		...inOpenOrder(
			some.filter((v) => v.verdict !== 'ecarte' && deja(v) === null),
			(v) => ({ ...measureFacts(measures.get(v.mesure)!), peutEtre: peutEtre(v) !== null }),
			asOf
		),
		...some.filter((v) => v.verdict !== 'ecarte' && deja(v) !== null),
		...some.filter((v) => v.verdict === 'ecarte')
	]);
	return {
		json: own.map((verdict) => ({
			territoire: view.territory.code,
			...verdictJson(verdict),
			deja: deja(verdict),
			peutEtre: peutEtre(verdict),
			/** Lent, to be paid back: no aid. */
			pret: isLoan(measures.get(verdict.mesure)!),
			/** Its plan is full: the page of requests leaves it out. */
			boucle: full.has(verdict.action)
		})),
		lisible: under(
			dit,
			table(
				['quartier', 'action', 'mesure', 'avis', 'pourquoi, ou ce qu’il faut fournir'],
				own.map((v) => [
					v.quartier,
					titles.get(v.action) ?? v.action,
					measureName(measures.get(v.mesure)!),
					AVIS[v.verdict === 'ecarte' ? v.verdict : (deja(v) ?? v.verdict)],
					toKnow(v, v.verdict === 'ecarte' ? null : (deja(v) ?? peutEtre(v)))
				])
			)
		)
	};
}

const AVIS: Readonly<Record<Verdict['verdict'] | Held, string>> = {
	'a-instruire': 'à instruire',
	indetermine: 'à compléter',
	ecarte: 'écartée',
	obtenu: 'déjà obtenue',
	sollicite: 'déjà demandée',
	refuse: 'déjà refusée'
};

/** The first thing to supply, or the first condition not met; the JSON has them all, with their sources. */
function toKnow({ verdict, echecs, manquants }: Verdict, plan: string | null): string | null {
	if (plan !== null) return plan in AVIS ? 'une ligne du plan de financement le dit' : plan;
	if (verdict === 'a-instruire') return 'aucune réponse ne manque';
	const told =
		verdict === 'ecarte'
			? echecs.map((r) => (r.trouve ? `${r.critere} : ${r.trouve}` : r.critere))
			: lacksOf(manquants).flatMap((l) => (l.bloquant ? [l.dit] : []));
	const [first, ...rest] = told;
	if (first === undefined) return null;
	return rest.length ? `${first} Et ${count(rest.length, 'autre', 'autres')}` : first;
}

/** Verdicts of one action in one place together, in the order met. */
function byActionThere(verdicts: readonly Verdict[]): Verdict[][] {
	const found = new Map<string, Verdict[]>();
	for (const v of verdicts) {
		const key = `${v.quartier ?? ''}|${v.action}`;
		const own = found.get(key);
		if (own) own.push(v);
		else found.set(key, [v]);
	}
	return [...found.values()];
}
