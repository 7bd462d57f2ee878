import * as fr from './french';
import type { QuartierView } from './overview';
import type { Referentiel } from './referentiel';
import type { FeuilleDeRoute } from './roadmap';
import { commonLaw, money, retained } from './roadmap-actions';
import { followUp, gaps, governance } from './roadmap-follow-up';
import { ambitions, crossings, portrait, signatories } from './roadmap-state';

/**
 * The roadmap of a quartier, ready to be rendered: what is known, with its source; what people must still write.
 * in     the view of the quartier and the référentiel it was computed with
 * out    ten sections, in the order of the common template
 * never  invents: an unknown figure stays null and is said « non renseigné »
 * ref    docs/decisions.md « Feuille de route » ; data/lacunes.yaml, data/enjeux.yaml
 */
export function buildFeuilleDeRoute(view: QuartierView, ref: Referentiel): FeuilleDeRoute {
	const { quartier } = view.summary;
	return {
		titre: `Feuille de route transition : ${quartier.nom}`,
		sousTitre: `${view.territory.nom}, contrat de ville 2024-2030. Document de travail du ${fr.date(view.asOf)}`,
		fictif: view.territory.fictif,
		quartier: { code: quartier.code, nom: quartier.nom },
		territoire: { code: view.territory.code, nom: view.territory.nom },
		asOf: view.asOf,
		referentiel: view.referentiel,
		sections: [
			signatories(view),
			portrait(view),
			ambitions(view, ref),
			crossings(view, ref),
			retained(view),
			commonLaw(view, ref),
			money(view),
			gaps(view),
			governance(view),
			followUp(view, ref)
		]
	};
}
