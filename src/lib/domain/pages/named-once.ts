import type { Call } from './who-to-call';

/** Of each plan without a référent, the key of the first row that could name one: it is proposed there alone. */
export function firstToName(rows: readonly (readonly [key: string, call: Call | null | undefined])[]): Set<string> {
	const first = new Map<string, string>();
	for (const [key, call] of rows) if (call?.nommer && !first.has(call.nommer.plan)) first.set(call.nommer.plan, key);
	return new Set(first.values());
}
