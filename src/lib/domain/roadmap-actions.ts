import { sumBudgets } from './budget';
import * as fr from './french';
import type { QuartierView } from './overview';
import type { PlacedAction } from './place';
import type { Referentiel } from './referentiel';
import { REACH_WORDS, text, type RoadmapCell, type RoadmapSection } from './roadmap';

const levelOn = (placed: PlacedAction, quartier: string): string =>
	placed.reach.find((r) => r.quartier === quartier)?.niveau ?? 'inconnu';

export function retained(view: QuartierView): RoadmapSection {
	const near = view.actions.filter((a) =>
		['cible', 'explicite', 'probable'].includes(levelOn(a, view.summary.quartier.code))
	);
	return {
		id: 'actions',
		titre: 'Actions qui atteignent le quartier',
		paragraphes: [
			near.length
				? `${fr.capital(fr.count(near.length, 'action'))} ${near.length > 1 ? 'ciblent' : 'cible'}, ${near.length > 1 ? 'citent' : 'cite'} ou ${near.length > 1 ? 'couvrent' : 'couvre'} le quartier. Un coût vide n’est pas un coût nul.`
				: 'Aucune action importée ne cible, ne cite ni ne couvre le quartier.'
		],
		tableau: near.length
			? {
					colonnes: [
						...text('Plan', 'Action', 'Enjeux', 'Atteinte', 'Pilote', 'Porteur'),
						{ titre: 'Coût', genre: 'euros' },
						...text('Base', 'Calendrier', 'Origine')
					],
					lignes: near.map((a) => actionRow(a, view.summary.quartier.code))
				}
			: null,
		aCompleter: ['Jalons à vingt-quatre mois de chaque action retenue.']
	};
}

function actionRow(placed: PlacedAction, quartier: string): RoadmapCell[] {
	const { action } = placed;
	return [
		action.plan,
		[action.reference, action.titre].filter(Boolean).join(' '),
		[...placed.transition, ...placed.ville].map((t) => t.code).join(' ') || null,
		REACH_WORDS[levelOn(placed, quartier)] ?? null,
		action.pilote,
		action.porteur,
		action.budget?.euros ?? null,
		action.budget && action.budget.base !== 'inconnu' ? action.budget.base : null,
		calendar(placed),
		action.origine.ligne ? `${action.origine.fichier}, ligne ${action.origine.ligne}` : action.origine.fichier
	];
}

function calendar({ action }: PlacedAction): string | null {
	const { dates } = action;
	if (!dates) return null;
	if (dates.texte) return dates.texte;
	return [dates.debut, dates.fin].map((d) => (d ? fr.date(d) : '…')).join(' – ');
}

export function commonLaw(view: QuartierView, ref: Referentiel): RoadmapSection {
	const plans = new Set<string>(ref.lacunes.droit_commun);
	const diffuse = view.actions.filter(
		(a) => plans.has(a.action.plan) && levelOn(a, view.summary.quartier.code) === 'diffuse' && a.croises.length > 0
	);
	return {
		id: 'droit-commun',
		titre: 'Demandes au droit commun',
		paragraphes: [
			diffuse.length
				? `Ces actions de l’agglomération portent un enjeu attendu ici, sans dire si elles atteignent le quartier. L’articulation est à demander à leur pilote.`
				: 'Aucune action du droit commun ne porte un enjeu attendu sans dire si elle atteint le quartier.'
		],
		tableau: diffuse.length
			? {
					colonnes: text('Plan', 'Action', 'Enjeux croisés', 'À qui demander', 'Part ou tracé demandé', 'Origine'),
					lignes: diffuse.map(({ action, croises }) => [
						action.plan,
						[action.reference, action.titre].filter(Boolean).join(' '),
						croises.map((c) => c.code).join(' '),
						action.pilote ?? action.porteur,
						null,
						action.origine.ligne ? `${action.origine.fichier}, ligne ${action.origine.ligne}` : action.origine.fichier
					])
				}
			: null,
		aCompleter: diffuse.length ? ['Part, tracé ou objectif demandé pour le quartier.'] : []
	};
}

export function money(view: QuartierView): RoadmapSection {
	const near = view.actions.filter((a) => ['cible', 'explicite'].includes(levelOn(a, view.summary.quartier.code)));
	const budget = sumBudgets(near.map((a) => a.action));
	const amount =
		budget.montant === null
			? 'Aucun coût n’est renseigné.'
			: `Coûts renseignés${fr.INSECABLE}: ${
					fr.list(
						(['HT', 'TTC', 'inconnu'] as const)
							.filter((base) => budget.parBase[base] > 0)
							.map((base) => fr.euros(budget.parBase[base], base) + (base === 'inconnu' ? ' (base non précisée)' : ''))
					) || fr.euros(0)
				} pour ${fr.count(budget.avecMontant, 'action')}${fr.FINE}; ${fr.count(budget.sansMontant, 'action')} sans montant.`;
	return {
		id: 'financement',
		titre: 'Plan de financement consolidé',
		paragraphes: [
			'Seules comptent les actions qui ciblent ou citent le quartier. La part propre au quartier est à préciser quand l’action en couvre plusieurs.',
			amount
		],
		tableau: view.argent.length
			? {
					colonnes: [
						...text('Financement'),
						{ titre: 'Demandé', genre: 'euros' },
						{ titre: 'Obtenu', genre: 'euros' },
						{ titre: 'Actions', genre: 'nombre' }
					],
					lignes: view.argent.map((l) => [l.libelle, l.demande, l.obtenu, l.actions.length])
				}
			: null,
		aCompleter: ['Part du quartier dans chaque financement qui en couvre plusieurs.']
	};
}
