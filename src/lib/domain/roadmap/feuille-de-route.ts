import * as fr from '../french';
import type { QuartierView } from '../crossing/overview';
import type { Referentiel } from '../rules/referentiel';
import { periodOf, type FeuilleDeRoute } from './roadmap';
import { commonLaw, money, retained } from './roadmap-actions';
import { followUp, gaps, governance } from './roadmap-follow-up';
import { funds } from './roadmap-funds';
import { plans } from './roadmap-plans';
import { annex, sources } from './roadmap-sources';
import { ambitions, essentials } from './roadmap-priorities';
import { crossings, portrait, signatories } from './roadmap-state';

/**
 * The roadmap of a quartier, ready to be rendered: what is known, with its source; what people must still write.
 * in     the view of the quartier and the référentiel it was computed with
 * out    the sections of the common template, in order; the list of actions behind the requests (when there are some);
 *        the sources
 * never  invents: an unknown figure stays null and is said « non renseigné »
 * ref    docs/decisions.md « Feuille de route » ; data/lacunes.yaml, data/enjeux.yaml
 */
export function buildFeuilleDeRoute(view: QuartierView, ref: Referentiel): FeuilleDeRoute {
	const { quartier } = view.summary;
	const own = view.documents.filter((d) => d.plan === 'contrat-de-ville' && d.liste === undefined);
	const period = periodOf(own);
	const contract = period
		? `contrat de ville ${period}`
		: own.length > 0
			? 'contrat de ville'
			: 'aucun contrat de ville importé';
	return {
		titre: `Feuille de route transition${fr.INSECABLE}: ${quartier.nom}`,
		sousTitre: `${view.territory.nom}, ${contract}. Document de travail du ${fr.date(view.asOf)}`,
		fictif: view.territory.fictif,
		quartier: { code: quartier.code, nom: quartier.nom },
		territoire: { code: view.territory.code, nom: view.territory.nom },
		asOf: view.asOf,
		referentiel: view.referentiel,
		sections: [
			essentials(view, ref),
			signatories(view),
			portrait(view),
			ambitions(view, ref),
			crossings(view, ref),
			retained(view, ref),
			commonLaw(view, ref),
			money(view),
			...plans(view, ref),
			funds(view, ref),
			gaps(view, ref),
			governance(view, ref),
			followUp(view, ref),
			...annex(view, ref),
			sources(view)
		]
	};
}
