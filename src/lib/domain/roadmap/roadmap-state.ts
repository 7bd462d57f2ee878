import * as fr from '../french';
import { countSignatures, signatureSummary, signatureWords } from '../crossing/signature-words';
import type { IndicatorReading, QuartierView } from '../crossing/overview';
import { entryOfAction, planEntries } from '../crossing/plan-entries';
import { sharedWith } from '../crossing/shared-quartier';
import { vintageWords } from '../indicator-origin';
import { unitTold } from '../measured';
import type { Referentiel } from '../rules/referentiel';
import { blank, COVERAGE_WORDS, text, withoutEmptyColumns, type RoadmapSection } from './roadmap';

export function signatories(view: QuartierView): RoadmapSection {
	const { quartier } = view.summary;
	const shared = sharedWith(view);
	return {
		id: 'signataires',
		titre: 'Territoire et signataires',
		paragraphes: [
			`${view.titre}.`,
			view.chapo,
			`${fr.plural(quartier.communes.length, 'Commune', 'Communes')}${fr.INSECABLE}: ${fr.list(quartier.communes.map((c) => c.nom))}. Code du quartier${fr.INSECABLE}: ${quartier.code}.`,
			...(shared === null ? [] : [shared])
		],
		tableau: {
			colonnes: [...text('Rôle'), ...blank('Nom et fonction', 'Date et signature')],
			lignes: [
				'Référent transition',
				'Référent politique de la ville',
				'Intercommunalité',
				quartier.communes.length > 1 ? 'Communes' : 'Commune',
				'État',
				'Région'
			].map((role) => [role, null, null])
		},
		aCompleter: []
	};
}

export function portrait(view: QuartierView): RoadmapSection {
	const known = view.indicateurs.filter((i) => i.valeur !== null);
	const origin = (i: IndicatorReading) => `${i.source ?? 'source non indiquée'}, ${vintageWords(i.millesime)}`;
	const sources = [...new Set(known.map(origin))];
	const one = sources.length === 1;
	const beside = [...new Set(known.flatMap((i) => i.reference?.libelle ?? []))];
	const { tableau } = withoutEmptyColumns({
		colonnes: [
			...text('Indicateur'),
			{ titre: 'Quartier', genre: 'nombre' },
			{ titre: beside.length === 1 ? beside[0]! : 'Territoire de comparaison', genre: 'nombre' },
			...text('Unité', 'Source et millésime')
		],
		lignes: known.map((i) => [
			i.def.libelle,
			asTold(i, i.valeur),
			asTold(i, i.reference?.valeur ?? null),
			unitTold(i.def.unite),
			one ? null : origin(i)
		])
	});
	return {
		id: 'portrait',
		titre: 'État des lieux du quartier',
		paragraphes: !known.length
			? ['Aucun indicateur n’est encore importé pour ce quartier. L’état des lieux reste à compléter.']
			: [
					...(one ? [`Source${fr.INSECABLE}: ${sources[0]}.`] : []),
					...(beside.length
						? []
						: ['Aucune valeur de comparaison n’est importée pour la commune ni pour l’intercommunalité.'])
				],
		tableau: known.length ? tableau : null,
		aCompleter: ['ce que disent les habitants et les diagnostics locaux.']
	};
}

/** As every page tells it: « 2 402 ménages », whatever the decimals of an estimate. */
function asTold({ def }: IndicatorReading, value: number | null): number | null {
	const unit = 10 ** def.decimales;
	return value === null ? null : Math.round(value * unit) / unit;
}

export function crossings(view: QuartierView, ref: Referentiel): RoadmapSection {
	const byCode = new Map(view.croises.map((c) => [c.code, c]));
	const entryAt = new Map(view.actions.map((a) => [a.action.id, entryOfAction(a)]));
	const plans = planEntries(view.documents, ref.plans.types);
	return {
		id: 'matrice',
		titre: 'Plans et enjeux croisés',
		paragraphes: [
			'Nombre d’actions de chaque plan qui portent l’enjeu et atteignent le quartier, de près ou à l’échelle de l’intercommunalité. Une action peut porter plusieurs enjeux.',
			`${signatureSummary(countSignatures(view.signatures, view.croises.length))}.`,
			...(plans.length ? [] : ['Aucun document n’est importé\u00a0: rien n’est évalué.'])
		],
		tableau: {
			colonnes: [
				...text('Enjeu croisé', 'Réponse dans le quartier', 'Signature des référents'),
				...plans.map((p) => ({ titre: p.libelle, genre: 'nombre' as const }))
			],
			lignes: ref.enjeux.croises.map((x) => {
				const cell = byCode.get(x.code);
				const coverage = cell?.coverage ?? 'saisie-incomplete';
				return [
					`${x.code} ${x.libelle}`,
					`${COVERAGE_WORDS[coverage]}${cell?.aConfirmer ? ', à confirmer' : ''}`,
					signatureWords(view.signatures.find((s) => s.croise === x.code)),
					...plans.map(({ code }) =>
						coverage === 'saisie-incomplete' && !cell?.actions.length
							? null
							: (cell?.actions ?? []).filter((id) => entryAt.get(id) === code).length
					)
				];
			})
		},
		aCompleter: []
	};
}
