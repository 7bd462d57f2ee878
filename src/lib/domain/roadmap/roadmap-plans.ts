import * as fr from '../french';
import type { QuartierView } from '../crossing/overview';
import { financingPlan, hasPlan, type FinancingPlan } from '../funding/plan';
import { amountText, notAcquiredText, restText, sumText } from '../funding/plan-words';
import type { Referentiel } from '../rules/referentiel';
import { origins, text, titleOf, type RoadmapSection } from './roadmap';
import { actionsAt } from './roadmap-actions';

/** The financing plan of each action that aims at or names the quartier: what is acquired, asked, left; none when nobody gave a line. */
export function plans(view: QuartierView, ref: Referentiel): readonly RoadmapSection[] {
	const own = actionsAt(view, ['cible', 'explicite'])
		.map((placed) => ({ placed, plan: financingPlan(placed, ref) }))
		.filter(({ plan }) => hasPlan(plan));
	if (own.length === 0) return [];
	const typed = own.flatMap(({ plan }) => plan.lignes.filter((l) => l.origine.genre === 'personne')).length;
	return [
		{
			id: 'plans-de-financement',
			titre: 'Plan de financement de chaque action',
			paragraphes: [
				`${fr.capital(fr.count(own.length, 'action'))} ${fr.plural(own.length, 'a', 'ont')} au moins une ligne de financement${typed ? `, dont ${fr.count(typed, 'ligne saisie', 'lignes saisies')} à la main` : ''}. HT et TTC ne s’additionnent pas${fr.FINE}; un montant vide n’est pas zéro. Reste à financer${fr.INSECABLE}: le coût, moins toutes les lignes du plan${fr.FINE}; pas encore acquis${fr.INSECABLE}: le coût, moins ce qui est acquis ou apporté.`
			],
			tableau: {
				colonnes: text(
					'Action',
					'Coût',
					'Acquis ou apporté',
					'Sollicité',
					'Envisagé',
					'Reste à financer',
					'Pas encore acquis',
					'Origine'
				),
				lignes: own.map(({ placed, plan }) => [
					titleOf(placed),
					plan.cout && amountText(plan.cout.montant),
					sumText(plan.acquis),
					sumText(plan.sollicite),
					sumText(plan.envisage),
					restText(plan.reste),
					notAcquiredText(plan.reste),
					`${origins(view)(placed)}${authors(plan)}`
				])
			},
			aCompleter: []
		}
	];
}

/** « , Nadia Perrault 22/11/2026 »: who typed lines over those of the file. */
function authors({ lignes }: FinancingPlan): string {
	const people = lignes.flatMap(({ origine }) =>
		origine.genre === 'personne' ? [`${origine.par} ${fr.date(origine.le)}`] : []
	);
	return people.length ? `${fr.FINE}; ${[...new Set(people)].join(`${fr.FINE}; `)}` : '';
}
