import { isMadeUp } from '../domain/territory';
import type { TerritoryRow } from './territories';

/* Which territory somebody works on: said by a gesture of theirs, kept by the browser. It is no account. */

const COOKIE = 'croisee-territoire';

interface Cookies {
	get(name: string): string | undefined;
	set(
		name: string,
		value: string,
		options: { path: string; maxAge: number; sameSite: 'lax'; httpOnly: true; secure: boolean }
	): void;
}

/** Keeps the territory somebody has just chosen. */
export const rememberTerritory = (cookies: Pick<Cookies, 'set'>, code: string): void =>
	// As for the name: on a local address, without TLS, a secure cookie would never come back.
	cookies.set(COOKIE, code, { path: '/', maxAge: 365 * 24 * 3600, sameSite: 'lax', httpOnly: true, secure: false });

/** Its code as it was kept, whatever the base now holds of it; the demonstration is nobody’s. */
export function keptTerritory(cookies: Pick<Cookies, 'get'>): string | null {
	const kept = cookies.get(COOKIE);
	return kept && !isMadeUp(kept) ? kept : null;
}

/**
 * The territory chosen in this browser, else the only one that plans were brought for; null when nobody chose.
 * The first of several is nobody’s choice, and the demonstration never is.
 */
export function chosenAmong<T extends Pick<TerritoryRow, 'code' | 'fictif' | 'plans'>>(
	all: readonly T[],
	cookies: Pick<Cookies, 'get'>
): T | null {
	const own = all.filter((t) => !t.fictif);
	const kept = cookies.get(COOKIE);
	const said = own.find((t) => t.code === kept);
	if (said) return said;
	const brought = own.filter((t) => t.plans > 0);
	return brought.length === 1 ? brought[0]! : own.length === 1 ? own[0]! : null;
}
