import type { Suggestions } from '$lib/domain/search/suggest';

/** What to propose for those letters; null when no answer comes: the form itself still works. */
export async function askSuggestions(
	q: string,
	territoire: string | null,
	signal: AbortSignal
): Promise<Suggestions | null> {
	const asked = new URLSearchParams({ q, ...(territoire && { territoire }) });
	try {
		const answer = await fetch(`/recherche/suggestions?${asked}`, { signal });
		return answer.ok ? ((await answer.json()) as Suggestions) : null;
	} catch {
		return null;
	}
}
