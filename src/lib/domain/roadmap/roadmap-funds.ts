import * as fr from '../french';
import type { QuartierView } from '../crossing/overview';
import type { Referentiel } from '../rules/referentiel';
import { blank, firstOf, text, titleOf, type RoadmapSection } from './roadmap';

/** What could be asked for, measure by measure; never a promise: « à instruire » or « à compléter ». */
export function funds(view: QuartierView, ref: Referentiel): RoadmapSection {
	const open = view.verdicts.filter((v) => v.verdict !== 'ecarte');
	const titles = new Map(view.actions.map((a) => [a.action.id, titleOf(a)]));
	const measures = ref.financements.flatMap((family) => family.mesures);
	const rows = measures
		.map((measure) => ({ measure, own: open.filter((v) => v.mesure === measure.id) }))
		.filter(({ own }) => own.length > 0)
		.map(({ measure, own }) => {
			const ready = own.filter((v) => v.verdict === 'a-instruire');
			const questions = [
				...new Set(own.flatMap((v) => v.manquants.flatMap((m) => (m.cle === 'ouverture' ? [] : (m.question ?? [])))))
			];
			return {
				ready: ready.length,
				line: [
					measure.libelle,
					measure.operateur,
					ready.length ? 'à instruire' : 'à compléter',
					firstOf([...new Set((ready.length ? ready : own).map((v) => titles.get(v.action) ?? v.action))], 2),
					questions.slice(0, 3).join(' ') || null,
					null
				]
			};
		})
		.sort((a, b) => Number(b.ready > 0) - Number(a.ready > 0));
	const ready = rows.filter((r) => r.ready > 0).length;
	return {
		id: 'dispositifs',
		titre: 'Financements à demander',
		paragraphes: rows.length
			? [
					`${fr.capital(fr.count(rows.length, 'mesure'))} à regarder pour les actions qui atteignent le quartier${fr.INSECABLE}: ${fr.inWords(ready, true)} à instruire, ${fr.inWords(rows.length - ready, true)} à compléter. Rien n’est acquis${fr.FINE}: le service instructeur décide, et l’ouverture de chaque mesure se vérifie chaque année.`
				]
			: [
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
