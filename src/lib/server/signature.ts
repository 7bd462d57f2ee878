import { isUnsigned, UNSIGNED } from '../domain/unsigned';

/* Who signs what is done from the screens: a name asked once, kept by the browser. It is no account. */

const COOKIE = 'croisee-nom';

interface Cookies {
	get(name: string): string | undefined;
	set(
		name: string,
		value: string,
		options: { path: string; maxAge: number; sameSite: 'lax'; httpOnly: true; secure: boolean }
	): void;
}

/** The name given in this browser; '' when none was. */
export function nameOf(cookies: Pick<Cookies, 'get'>): string {
	const name = (cookies.get(COOKIE) ?? '').trim().slice(0, 80);
	return isUnsigned(name) ? '' : name;
}

/** What signs a gesture: the name, or that nobody gave any. */
export const signatureOf = (cookies: Pick<Cookies, 'get'>): string => nameOf(cookies) || UNSIGNED;

/** Keeps a name typed in a form, and signs with it; an empty field keeps the former one. */
export function rememberName(cookies: Cookies, typed: unknown): string {
	const name = typeof typed === 'string' ? typed.replace(/\s+/g, ' ').trim().slice(0, 80) : '';
	// The tool is often served on a local address, without TLS: a secure cookie would never come back.
	if (name && !isUnsigned(name))
		cookies.set(COOKIE, name, { path: '/', maxAge: 365 * 24 * 3600, sameSite: 'lax', httpOnly: true, secure: false });
	return name || signatureOf(cookies);
}
