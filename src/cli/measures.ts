import { verdictJson } from '../lib/domain/contract';
import { bestReach, isActive, reaches } from '../lib/domain/crossing/coverage';
import { quartierView } from '../lib/domain/crossing/quartier-view';
import { count } from '../lib/domain/french';
import { measureName } from '../lib/domain/funding/measure-name';
import { measureFacts } from '../lib/domain/funding/open-measures';
import { inOpenOrder, lacksOf } from '../lib/domain/funding/open-order';
import { assessAll, type Verdict } from '../lib/domain/rules/eligibility';
import type { Call } from './arguments';
import type { Answer, Context } from './context';
import { table } from './print';
import { territoryOf, under } from './territory';

/** What each measure of funding asks of each action, in the order of every page: what is set aside comes last. */
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
	const titles = new Map(view.actions.map((a) => [a.action.id, a.action.titre]));
	const own = byActionThere(verdicts).flatMap((some) => [
		...inOpenOrder(
			some.filter((v) => v.verdict !== 'ecarte'),
			(v) => measureFacts(measures.get(v.mesure)!),
			asOf
		),
		...some.filter((v) => v.verdict === 'ecarte')
	]);
	return {
		json: own.map((verdict) => ({ territoire: view.territory.code, ...verdictJson(verdict) })),
		lisible: under(
			dit,
			table(
				['quartier', 'action', 'mesure', 'avis', 'pourquoi, ou ce qu’il faut fournir'],
				own.map((v) => [
					v.quartier,
					titles.get(v.action) ?? v.action,
					measureName(measures.get(v.mesure)!),
					AVIS[v.verdict],
					toKnow(v)
				])
			)
		)
	};
}

const AVIS: Readonly<Record<Verdict['verdict'], string>> = {
	'a-instruire': 'à instruire',
	indetermine: 'à compléter',
	ecarte: 'écartée'
};

/** The first thing to supply, or the first condition not met; the JSON has them all, with their sources. */
function toKnow({ verdict, echecs, manquants }: Verdict): string | null {
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
