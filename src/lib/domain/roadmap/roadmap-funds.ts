import * as fr from '../french';
import { bestReach } from '../crossing/coverage';
import type { QuartierView } from '../crossing/overview';
import type { PlacedAction } from '../crossing/place';
import { measureName } from '../funding/measure-name';
import { firstMeasures, openMeasures, saidOf, type OpenMeasure } from '../funding/open-measures';
import { financingPlan, heldOf } from '../funding/plan';
import { beforeFiling } from '../funding/ready-words';
import { ASK_ORDER } from '../pages/ask-order';
import { linesHere } from '../pages/first-screen';
import { isFunded } from '../pages/request-lines';
import type { Verdict } from '../rules/eligibility';
import type { Referentiel } from '../rules/referentiel';
import { blank, firstOf, text, titleOf, type RoadmapSection } from './roadmap';

/** Actions told with their first measures before the table. */
const NAMED = 3;

/** What could be asked for, measure by measure; never a promise: « à instruire » or « à compléter ». */
export function funds(view: QuartierView, ref: Referentiel): RoadmapSection {
	const plans = new Map(view.actions.map((a) => [a.action.id, financingPlan(a, ref)]));
	// What an action has, asked for or was refused is no longer to be asked: as on every page.
	const isLeft = (v: Verdict): boolean =>
		v.verdict !== 'ecarte' && !(plans.has(v.action) && heldOf(plans.get(v.action)!, v.mesure, v.dispositif));
	const full = new Set(view.actions.filter(isFunded).map((a) => a.action.id));
	const left = view.verdicts.filter(isLeft);
	const open = left.filter((v) => !full.has(v.action));
	// The order of the screen, action after action.
	const screen = [...new Set(linesHere(view, ref).map((l) => l.action))];
	const place = new Map(screen.map((id, i) => [id, i]));
	const inOrder = [...view.actions].sort(
		(a, b) => (place.get(a.action.id) ?? screen.length) - (place.get(b.action.id) ?? screen.length)
	);
	const ranked = inOrder.map((a) => ({ placed: a, measures: openMeasures(a, open, ref, view.asOf) }));
	const named = ranked.flatMap(({ placed, measures }) => {
		const first = firstMeasures(measures);
		return first.length ? [{ placed, first: first.map(saidOf) }] : [];
	});
	const answers = new Map(
		ranked.flatMap(({ placed, measures }) => measures.map((m) => [`${placed.action.id}|${m.mesure}`, m] as const))
	);
	const funded = new Set(left.filter((v) => full.has(v.action)).map((v) => v.action)).size;
	const order = [...new Set(ranked.flatMap(({ measures }) => measures.map((m) => m.mesure)))];
	const { code } = view.summary.quartier;
	const supposed = new Set(view.actions.filter((a) => bestReach(a, [code]) === 'probable').map((a) => a.action.id));
	const called = (a: PlacedAction): string => `${titleOf(a)}${supposed.has(a.action.id) ? AS_AIMED : ''}`;
	const titles = new Map(view.actions.map((a) => [a.action.id, called(a)]));
	const asked = view.actions.filter((a) => supposed.has(a.action.id) && open.some((v) => v.action === a.action.id));
	const inPlaces = (own: readonly Verdict[]): Verdict[] => {
		const at = ({ action }: Verdict): number => place.get(action) ?? screen.length;
		return [...own].sort((a, b) => at(a) - at(b));
	};
	const measures = ref.financements.flatMap((family) => family.mesures);
	const rows = measures
		.map((measure) => ({ measure, own: inPlaces(open.filter((v) => v.mesure === measure.id)) }))
		.filter(({ own }) => own.length > 0)
		.sort((a, b) => order.indexOf(a.measure.id) - order.indexOf(b.measure.id))
		.map(({ measure, own }) => {
			const ready = own.filter((v) => v.verdict === 'a-instruire');
			const told = ready.length ? ready : own;
			return {
				ready: ready.length,
				line: [
					measureName(measure),
					measure.operateur,
					ready.length ? 'à instruire' : 'à compléter',
					firstOf([...new Set(told.map((v) => titles.get(v.action) ?? v.action))], 2),
					toRaise(told.flatMap((v) => answers.get(`${v.action}|${v.mesure}`) ?? [])),
					null
				]
			};
		});
	const ready = rows.filter((r) => r.ready > 0).length;
	return {
		id: 'dispositifs',
		titre: 'Financements à demander',
		paragraphes: rows.length
			? [
					`${fr.capital(fr.count(rows.length, 'mesure'))} à regarder pour les actions qui atteignent le quartier${fr.INSECABLE}: ${fr.inWords(ready, true)} à instruire, ${fr.inWords(rows.length - ready, true)} à compléter. Rien n’est acquis${fr.FINE}: le service instructeur décide, et l’ouverture de chaque mesure se vérifie chaque année.`,
					...named
						.slice(0, NAMED)
						.map(
							({ placed, first }) =>
								`${fr.quoted(titleOf(placed))}${supposed.has(placed.action.id) ? AS_AIMED : ''}${fr.INSECABLE}: ${endOf(first.join(`${fr.FINE}; `))}`
						),
					...supposedWords(asked.length),
					...fundedWords(funded),
					...(named.length > 0 ? [ASK_ORDER] : [])
				]
			: [
					ruledOut(view) ??
						'Aucune mesure ne se rapporte encore aux actions qui atteignent le quartier. Précisez leurs enjeux, leur porteur et leur coût pour les examiner.'
				],
		tableau: rows.length
			? {
					colonnes: [
						...text('Mesure', 'Opérateur', 'Avis', 'Actions', 'Questions à lever'),
						...blank('Contact pris, suite donnée')
					],
					lignes: rows.map((r) => r.line)
				}
			: null,
		aCompleter: []
	};
}

/** What the actions of a row still have to answer, each thing once: what the paragraphs above and the first page say of each. */
function toRaise(asked: readonly OpenMeasure[]): string {
	const maybe = [...new Set(asked.flatMap((m) => m.peutEtre ?? []))];
	if (maybe.length > 0 && asked.every((m) => m.peutEtre)) return fr.capital(maybe.join(`${fr.FINE}; `));
	const blocking = asked.flatMap((m) => m.manque.filter((lack) => lack.bloquant).map((lack) => lack.dit));
	if (blocking.length > 0) return [...new Set(blocking)].join(' ');
	const before = [...new Set(asked.flatMap((m) => m.aSavoir))];
	return before.length > 0 ? fr.capital(beforeFiling(before)) : 'aucune question connue';
}

/** Said of an action that only probably comes to the quartier. */
const AS_AIMED = ' (lue comme fléchée)';

const supposedWords = (n: number): string[] =>
	n === 0
		? []
		: [
				`${fr.capital(fr.inWords(n, true))} ${fr.plural(n, 'action n’arrive', 'actions n’arrivent')} que probablement dans le quartier${fr.INSECABLE}: ${fr.plural(n, 'elle est lue', 'elles sont lues')} ici comme ${fr.plural(n, 'fléchée', 'fléchées')} vers lui, ce qu’il faut d’abord faire écrire.`
			];

const fundedWords = (n: number): string[] =>
	n === 0
		? []
		: [
				`${fr.capital(fr.inWords(n, true))} ${fr.plural(n, 'action dont le plan de financement est bouclé n’est pas comptée', 'actions dont le plan de financement est bouclé ne sont pas comptées')}${fr.INSECABLE}: rien n’y reste à financer.`
			];

/** Every measure that was looked at is set aside: said, with the reason most of them have; null when none was. */
function ruledOut({ verdicts }: QuartierView): string | null {
	const measures = new Set(verdicts.map((v) => v.mesure)).size;
	if (measures === 0) return null;
	const reasons = new Map<string, number>();
	for (const said of verdicts.flatMap((v) => v.echecs.flatMap((e) => e.trouve ?? [])))
		reasons.set(said, (reasons.get(said) ?? 0) + 1);
	const [first] = [...reasons].sort(([, a], [, b]) => b - a);
	const why = first ? `, d’abord pour cette raison${fr.INSECABLE}: ${first[0]}` : '';
	const all = measures === 1 ? 'La seule mesure qui se rapporte' : `Les ${measures} mesures qui se rapportent`;
	return `${all} aux actions du quartier ${fr.plural(measures, 'est écartée', 'sont toutes écartées')}${why}. Une action nouvelle, ou qui reste à faire, serait à examiner.`;
}

/** A question ends its sentence by itself. */
const endOf = (said: string): string => (/[?)]$/.test(said) ? said : `${said}.`);
