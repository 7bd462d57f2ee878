import type { Suggestions } from '$lib/domain/search/suggest';

/** What to propose for those letters; null when no answer comes: the form itself still works. */
export async function askSuggestions(
	q: string,
	territoire: string | null,
	signal: AbortSignal,
	parmi: 'lieux' | null = null
): Promise<Suggestions | null> {
	const asked = new URLSearchParams({ q, ...(territoire && { territoire }), ...(parmi && { parmi }) });
	try {
		const answer = await fetch(`/recherche/suggestions?${asked}`, { signal });
		return answer.ok ? ((await answer.json()) as Suggestions) : null;
	} catch {
		return null;
	}
}

/** The same, among communes, quartiers and territories only. */
export const askPlaces: typeof askSuggestions = (q, territoire, signal) =>
	askSuggestions(q, territoire, signal, 'lieux');
