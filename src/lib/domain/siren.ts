import type { PorteurType } from './action';

/* SIREN (nine digits) and SIRET (fourteen): their keys, and what their first digits say of a public body. */

export interface Siren {
	readonly siren: string;
	/** True for a number that La Poste or the key of Luhn confirms. */
	readonly juste: boolean;
	/** A zero that the spreadsheet had dropped was put back. */
	readonly complete: boolean;
}

const LA_POSTE = '356000000';

/**
 * The SIREN of a cell that holds a SIREN or a SIRET and nothing else.
 * in     digits, spaces or points between them allowed; a number loses its leading zeros in a spreadsheet
 * out    null for anything else; `juste` false when the key does not match
 */
export function sirenOf(text: string): Siren | null {
	const digits = text.trim().replace(/(?<=\d)[\s.\u00a0\u202f](?=\d)/g, '');
	if (!/^\d{7,9}$|^\d{12,14}$/.test(digits)) return null;
	const size = digits.length <= 9 ? 9 : 14;
	const whole = digits.padStart(size, '0');
	const complete = digits.length < size;
	const siren = whole.slice(0, 9);
	const juste = isKeyRight(whole);
	// Shortened digits that no key confirms are some other number.
	return complete && !juste ? null : { siren, juste, complete };
}

/** « 777001009-Ville de Montclair », « Ville de Montclair (777 001 009) »: a name and its number; null when there is none. */
export function splitSiren(text: string): { readonly nom: string; readonly numero: string } | null {
	const [, before, after] = /^(\d{9}|\d{14})\s*[-–—:]\s*(\p{L}.*)$/su.exec(text.trim()) ?? [];
	if (before !== undefined && after !== undefined) return { nom: after.trim(), numero: before };
	const [, name, inside] =
		/^(.*?\p{L}.*?)\s*[([\-–—:,]\s*(?:n°\s*)?(?:siren|siret)?\s*:?\s*(\d{3}\s?\d{3}\s?\d{3}(?:\s?\d{5})?)\s*[)\]]?$/isu.exec(
			text.trim()
		) ?? [];
	return name !== undefined && inside !== undefined ? { nom: name.trim(), numero: inside.replace(/\s/g, '') } : null;
}

function isKeyRight(digits: string): boolean {
	if (/^0+$/.test(digits)) return false;
	// The establishments of La Poste, too many for the key, sum to a multiple of five.
	if (digits.length === 14 && digits.startsWith(LA_POSTE) && sumOf(digits) % 5 === 0) return true;
	return luhn(digits) % 10 === 0 && (digits.length === 9 || luhn(digits.slice(0, 9)) % 10 === 0);
}

const sumOf = (digits: string): number => [...digits].reduce((sum, digit) => sum + Number(digit), 0);

function luhn(digits: string): number {
	let sum = 0;
	for (let i = 0; i < digits.length; i++) {
		const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
		sum += i % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
	}
	return sum;
}

/** Kind of the body, where the SIREN alone settles it: numbers given to communes, départements and régions. */
export function typeOfSiren(siren: string): PorteurType | null {
	if (siren.startsWith('21')) return 'commune';
	if (siren.startsWith('22')) return 'departement';
	return siren.startsWith('23') ? 'region' : null;
}
