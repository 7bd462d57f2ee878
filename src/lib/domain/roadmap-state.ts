import * as fr from './french';
import type { QuartierView } from './overview';
import type { Referentiel, SeverityLevel } from './referentiel';
import { COVERAGE_WORDS, text, type RoadmapSection } from './roadmap';

const MAX_AMBITIONS = 5;

export function signatories(view: QuartierView): RoadmapSection {
	return {
		id: 'signataires',
		titre: 'Territoire et signataires',
		paragraphes: [
			view.titre,
			`Commune${view.summary.quartier.communes.length > 1 ? 's' : ''}${fr.INSECABLE}: ${fr.list(view.summary.quartier.communes.map((c) => c.nom))}. Code du quartier${fr.INSECABLE}: ${view.summary.quartier.code}.`
		],
		tableau: {
			colonnes: text('Rôle', 'Nom', 'Date'),
			lignes: ['Référent transition', 'Référent politique de la ville', 'EPCI', 'État', 'Région'].map((role) => [
				role,
				null,
				null
			])
		},
		aCompleter: ['Noms et dates des deux référents et des signataires.']
	};
}

export function portrait(view: QuartierView): RoadmapSection {
	const known = view.indicateurs.filter((i) => i.valeur !== null);
	return {
		id: 'portrait',
		titre: 'État des lieux du quartier',
		paragraphes: known.length
			? []
			: ['Aucun indicateur n’est encore importé pour ce quartier. L’état des lieux reste à compléter.'],
		tableau: known.length
			? {
					colonnes: [
						...text('Indicateur'),
						{ titre: 'Quartier', genre: 'nombre' },
						{ titre: 'Référence', genre: 'nombre' },
						...text('Unité', 'Millésime', 'Source')
					],
					lignes: known.map((i) => [
						i.def.libelle,
						i.valeur,
						i.reference?.valeur ?? null,
						i.def.unite,
						i.millesime ?? 'millésime non indiqué',
						i.source
					])
				}
			: null,
		aCompleter: []
	};
}

const SEVERITY: readonly SeverityLevel[] = ['critique', 'haute', 'moyenne', 'information', 'opportunite'];

export function ambitions(view: QuartierView, ref: Referentiel): RoadmapSection {
	const ranked = view.gaps
		.filter((g) => g.reponse === 'alerte' && g.enjeu?.startsWith('X') && !g.ecartee)
		.sort((a, b) => SEVERITY.indexOf(a.gravite) - SEVERITY.indexOf(b.gravite));
	const codes = [...new Set(ranked.map((g) => g.enjeu!))].slice(0, MAX_AMBITIONS);
	return {
		id: 'ambitions',
		titre: 'Enjeux croisés prioritaires',
		paragraphes: [
			codes.length
				? `Croisée propose ${fr.count(codes.length, 'enjeu croisé', 'enjeux croisés')}, ${codes.length > 1 ? 'rangés' : 'rangé'} par gravité des lacunes. Les deux référents choisissent, dans la limite de cinq.`
				: 'Aucune lacune d’enjeu n’est constatée dans les données saisies. Les deux référents choisissent leurs priorités.'
		],
		tableau: codes.length
			? {
					colonnes: text('Enjeu croisé', 'Pourquoi ici', 'Lacune constatée', 'Retenu'),
					lignes: codes.map((code) => {
						const croise = ref.enjeux.croises.find((c) => c.code === code);
						return [
							`${code} ${croise?.libelle ?? ''}`.trim(),
							croise?.pourquoi ?? null,
							ranked.find((g) => g.enjeu === code)!.message,
							null
						];
					})
				}
			: null,
		aCompleter: ['Ambitions retenues, cinq au plus, avec leurs objectifs à 2030.']
	};
}

export function crossings(view: QuartierView, ref: Referentiel): RoadmapSection {
	const byCode = new Map(view.croises.map((c) => [c.code, c]));
	const byId = new Map(view.actions.map((a) => [a.action.id, a]));
	const plans = [...new Set(view.documents.map((d) => d.plan))];
	const short = (plan: string) => ref.plans.types.find((t) => t.code === plan)?.court ?? plan;
	return {
		id: 'matrice',
		titre: 'Plans et enjeux croisés',
		paragraphes: [
			'Nombre d’actions de chaque plan qui portent l’enjeu et atteignent, ou pourraient atteindre, le quartier.'
		],
		tableau: {
			colonnes: [
				...text('Enjeu croisé', 'Réponse'),
				...plans.map((p) => ({ titre: short(p), genre: 'nombre' as const }))
			],
			lignes: ref.enjeux.croises.map((x) => {
				const cell = byCode.get(x.code);
				const coverage = cell?.coverage ?? 'saisie-incomplete';
				return [
					`${x.code} ${x.libelle}`,
					COVERAGE_WORDS[coverage],
					...plans.map((plan) =>
						coverage === 'saisie-incomplete' && !cell?.actions.length
							? null
							: (cell?.actions ?? []).filter((id) => byId.get(id)?.action.plan === plan).length
					)
				];
			})
		},
		aCompleter: []
	};
}
