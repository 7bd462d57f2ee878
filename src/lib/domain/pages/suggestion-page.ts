import { count } from '../french';
import { CONFIDENCES, filterSuggestions, SUGGESTION_KINDS, type Confidence } from '../crossing/suggestions';
import type { Suggestion, SuggestionFilter, SuggestionKind } from '../crossing/suggestions';
import type { PlacedAction } from '../crossing/place';
import { planEntries } from '../crossing/plan-entries';
import type { Referentiel } from '../rules/referentiel';

const PAGE = 50;
const LEVELS: readonly (readonly [level: Confidence, one: string, many: string])[] = [
	['evidente', 'évidente', 'évidentes'],
	['solide', 'solide', 'solides'],
	['fragile', 'fragile', 'fragiles']
];

export type SuggestionPage = ReturnType<typeof suggestionPage>;

/** Filters as the address bar has them; what is not understood is left out. */
export function readSuggestionFilter(param: (name: string) => string | null): SuggestionFilter {
	return {
		plan: param('plan') || null,
		quartier: param('quartier') || null,
		enjeu: param('enjeu') || null,
		confiance: CONFIDENCES.find((c) => c === param('confiance')) ?? null,
		genre: SUGGESTION_KINDS.find((g) => g === param('genre')) ?? null
	};
}

/**
 * The queue of what waits for a person.
 * in     `numero`: page asked, from 1
 * out    fifty lines at most; `evidentes` counts those the filters keep, on every page
 */
export function suggestionPage(
	{ suggestions, placed }: { readonly suggestions: readonly Suggestion[]; readonly placed: readonly PlacedAction[] },
	filter: SuggestionFilter,
	numero: number,
	ref: Referentiel
) {
	const kept = filterSuggestions(suggestions, placed, filter);
	const pages = Math.max(1, Math.ceil(kept.length / PAGE));
	const at = Math.min(Math.max(1, Math.trunc(numero) || 1), pages);
	const of = (confiance: Confidence) => kept.filter((s) => s.confiance === confiance).length;
	return {
		titre: suggestions.length
			? `${count(suggestions.length, 'proposition attend', 'propositions attendent')} un regard`
			: 'Aucune proposition n’attend de décision',
		total: suggestions.length,
		retenues: kept.length,
		evidentes: of('evidente'),
		/** « 12 évidentes, 3 fragiles »; '' without any. */
		resume: LEVELS.flatMap(([level, ...words]) => (of(level) ? [count(of(level), ...words)] : [])).join(', '),
		lignes: kept.slice((at - 1) * PAGE, at * PAGE),
		page: at,
		pages,
		plans: planEntries(suggestions, ref.plans.types),
		choix: replacements(ref),
		seuils: ref.lexique.confiance
	};
}

/** What may be put in the place of a suggestion, by kind. */
function replacements(
	ref: Referentiel
): Record<Exclude<SuggestionKind, 'atteinte'>, { valeur: string; nom: string }[]> {
	const named = (list: readonly { readonly code: string; readonly court: string }[]) =>
		list.map(({ code, court }) => ({ valeur: code, nom: `${code} ${court}` }));
	return {
		transition: named(ref.enjeux.transition),
		ville: named(ref.enjeux.ville),
		nature: ref.enjeux.natures.map(({ code, libelle }) => ({ valeur: code, nom: `${code} ${libelle}` }))
	};
}
