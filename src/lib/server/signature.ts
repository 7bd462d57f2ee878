import type { Role } from '../domain/crossing/signature-words';
import { isUnsigned, UNSIGNED } from '../domain/unsigned';

/* Who signs what is done from the screens: a name asked once, kept by the browser. It is no account. */

const COOKIE = 'croisee-nom';
/** Of a référent: two people sign a crossing, often from one desk, each in their role. */
const cookieOf = (role: Role | null): string => (role === null ? COOKIE : `${COOKIE}-${role}`);

interface Cookies {
	get(name: string): string | undefined;
	set(
		name: string,
		value: string,
		options: { path: string; maxAge: number; sameSite: 'lax'; httpOnly: true; secure: boolean }
	): void;
}

/** The name given in this browser, as a référent when a role is told; '' when none was. */
export function nameOf(cookies: Pick<Cookies, 'get'>, role: Role | null = null): string {
	const name = (cookies.get(cookieOf(role)) ?? '').trim().slice(0, 80);
	return isUnsigned(name) ? '' : name;
}

/** The name given in this browser for each référent. */
export const namesOf = (cookies: Pick<Cookies, 'get'>): Record<Role, string> => ({
	transition: nameOf(cookies, 'transition'),
	ville: nameOf(cookies, 'ville')
});

/** What signs a gesture: the name, or that nobody gave any. */
export const signatureOf = (cookies: Pick<Cookies, 'get'>): string => nameOf(cookies) || UNSIGNED;

/** Keeps a name typed in a form, and signs with it; an empty field keeps the former one. */
export function rememberName(cookies: Cookies, typed: unknown, role: Role | null = null): string {
	const name = typeof typed === 'string' ? typed.replace(/\s+/g, ' ').trim().slice(0, 80) : '';
	// The tool is often served on a local address, without TLS: a secure cookie would never come back.
	if (name && !isUnsigned(name))
		cookies.set(cookieOf(role), name, {
			path: '/',
			maxAge: 365 * 24 * 3600,
			sameSite: 'lax',
			httpOnly: true,
			secure: false
		});
	return name || (role === null ? signatureOf(cookies) : nameOf(cookies, role));
}
