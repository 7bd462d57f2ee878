import * as fr from '../french';
import { planOf } from '../crossing/grant-list';
import type { QuartierView } from '../crossing/overview';
import { readable } from '../document-names';
import { nameAndService, reachedAt } from '../crossing/referents';
import type { Referentiel } from '../rules/referentiel';
import {
	contactHeading,
	contactOf,
	FICTIF,
	origins,
	text,
	titleOf,
	withoutEmptyColumns,
	type RoadmapSection
} from './roadmap';
import { diffuseOf } from './roadmap-actions';

/** Every action behind the requests to common law, so that each pilot finds theirs. */
export function annex(view: QuartierView, ref: Referentiel): RoadmapSection[] {
	const diffuse = diffuseOf(view, ref);
	if (!diffuse.length) return [];
	const { tableau } = withoutEmptyColumns({
		colonnes: text('Plan', 'Action', 'Enjeux croisés', contactHeading(diffuse), 'Origine'),
		lignes: diffuse.map((a) => [
			planOf(a, ref.plans.types),
			titleOf(a),
			a.croises.map((c) => c.code).join(', '),
			contactOf(a, ref),
			origins(view)(a)
		])
	});
	return [
		{
			id: 'annexe',
			titre: 'Annexe : actions de l’intercommunalité à articuler avec le quartier'.replace(' :', `${fr.INSECABLE}:`),
			paragraphes: [
				`${fr.capital(fr.count(diffuse.length, 'action'))} du droit commun ${fr.plural(diffuse.length, 'porte', 'portent')} un enjeu attendu ici, à l’échelle de l’intercommunalité.`
			],
			tableau,
			aCompleter: []
		}
	];
}

/** What was read, when, with which rules: enough to make the same document again. */
export function sources(view: QuartierView): RoadmapSection {
	const indicators = new Map<string, number>();
	for (const i of view.indicateurs.filter((i) => i.valeur !== null)) {
		const key = `${i.source ?? 'source non indiquée'}|${i.millesime ?? 'millésime non indiqué'}`;
		indicators.set(key, (indicators.get(key) ?? 0) + 1);
	}
	return {
		id: 'sources',
		titre: 'Sources',
		paragraphes: [
			...(view.territory.fictif ? [FICTIF] : []),
			`Document calculé le ${fr.date(view.asOf)} par Croisée, avec le référentiel ${view.referentiel.version} (empreinte ${view.referentiel.hash}). Les mêmes fichiers et le même référentiel donnent le même document.`,
			'Les enjeux, les liens au quartier et les natures d’action sont lus dans les textes importés, sauf décision d’une personne. Ils se corrigent dans Croisée.'
		],
		tableau: {
			colonnes: text('Repère', 'Source', 'Fichier', 'Date', 'Contenu'),
			lignes: [
				...view.documents.map((d, i) => [
					`[${i + 1}]`,
					readable(d.titre),
					d.fichier,
					d.importeLe ? `importé le ${fr.date(d.importeLe)}` : null,
					fr.count(d.actions, 'action')
				]),
				...[...indicators].map(([key, n]) => {
					const [source, year] = key.split('|');
					return ['Indicateurs', source!, '—', year!, fr.count(n, 'indicateur')];
				}),
				...view.referents.map((r) => [
					'Référent',
					`Référent ${r.de}${fr.INSECABLE}: ${nameAndService(r)}`,
					'—',
					`écrit le ${fr.date(r.le)} par ${r.par}`,
					reachedAt(r) ?? 'téléphone et courriel non renseignés'
				]),
				['Règles', `Référentiel Croisée ${view.referentiel.version}`, '—', '—', `empreinte ${view.referentiel.hash}`]
			]
		},
		aCompleter: []
	};
}
