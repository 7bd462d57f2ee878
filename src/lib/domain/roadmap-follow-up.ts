import { COVERAGES } from './coverage';
import * as fr from './french';
import type { QuartierView } from './overview';
import type { Referentiel } from './referentiel';
import { COVERAGE_WORDS, text, type RoadmapSection } from './roadmap';

export function gaps(view: QuartierView): RoadmapSection {
	return {
		id: 'lacunes',
		titre: 'Lacunes restantes et arbitrages',
		paragraphes: [view.gaps.length ? '' : 'Aucune lacune parmi les enjeux évalués.'].filter(Boolean),
		tableau: view.gaps.length
			? {
					colonnes: text('Gravité', 'Règle', 'Constat', 'Pourquoi', 'Que faire', 'Arbitrage'),
					lignes: view.gaps.map((g) => [
						g.reponse === 'donnee-manquante' ? 'donnée à compléter' : g.gravite,
						g.regle,
						g.message,
						g.preuves.faits.join(' ; ') || null,
						g.aFaire,
						g.ecartee
							? `Écartée par ${g.ecartee.par} le ${fr.date(g.ecartee.le)}${g.ecartee.motif ? ` (${g.ecartee.motif})` : ''}`
							: null
					])
				}
			: null,
		aCompleter: []
	};
}

export function governance(view: QuartierView): RoadmapSection {
	const pilots = new Set(view.actions.map((a) => a.action.pilote ?? a.action.porteur).filter((p): p is string => !!p));
	return {
		id: 'gouvernance',
		titre: 'Gouvernance et participation',
		paragraphes: [
			`${fr.capital(fr.count(pilots.size, 'pilote ou porteur', 'pilotes ou porteurs'))} à réunir dans une même instance.`
		],
		tableau: {
			colonnes: text('Instance', 'Rôle', 'Rythme', 'Prochaine séance'),
			lignes: [
				['Comité de pilotage du contrat de ville', 'valide la feuille de route', null, null],
				['Instance climat de l’EPCI', 'examine les demandes au droit commun', null, null],
				['Conseil citoyen ou table de quartier', 'est consulté avant tout projet', null, null]
			]
		},
		aCompleter: ['Dates des instances et forme de la participation des habitants.']
	};
}

export function followUp(view: QuartierView, ref: Referentiel): RoadmapSection {
	const rendezVous = ref.plans.types
		.filter((t) => view.documents.some((d) => d.plan === t.code))
		.flatMap((t) =>
			t.echeances.map((e) => [
				t.court,
				e.objet,
				e.annee ? String(e.annee) : e.a_ans ? `${e.a_ans} an${e.a_ans > 1 ? 's' : ''} après l’adoption` : null
			])
		);
	const evaluated = view.croises.filter((c) => c.coverage !== 'saisie-incomplete').length;
	return {
		id: 'suivi',
		titre: 'Suivi annuel et rendez-vous',
		paragraphes: [
			`Situation de départ${fr.INSECABLE}: ${fr.count(evaluated, 'croisement évalué', 'croisements évalués')} sur ${view.croises.length}, dont ${
				COVERAGES.slice(0, 4)
					.map((c) => [view.croises.filter((x) => x.coverage === c).length, COVERAGE_WORDS[c]] as const)
					.filter(([n]) => n > 0)
					.map(([n, words]) => `${n} en ${words}`)
					.join(', ') || 'aucun avec réponse'
			}.`
		],
		tableau: rendezVous.length ? { colonnes: text('Plan', 'Rendez-vous', 'Échéance'), lignes: rendezVous } : null,
		aCompleter: ['Indicateurs de suivi choisis et valeurs cibles.']
	};
}
