import iconv from 'iconv-lite';
import { anomaly, type Issue, type Refusal } from '../../domain/issue';

/* In which encoding a text was written: French words say when the usual guess is wrong. */

export interface Decoded {
	readonly text: string;
	readonly encodage: string;
}

/** Letters of French with an accent, and signs French texts hold beside them. */
const FRENCH = /[éèêëàâäîïôöùûüçœæ]/gi;
/** Enough to tell, whatever the size of the file. */
const SAMPLE = 20_000;

const count = (text: string, sign: RegExp): number => text.match(sign)?.length ?? 0;

export const viaIconv = (bytes: Uint8Array, encoding: string): string =>
	iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding);

/** « R‚novation »: what é, è, à, ê, ç… of a DOS or Mac file look like inside a word, read as windows-1252. */
const OLD_WORD =
	/[\p{L}][‚Šˆ…ƒ‡“—–Œ‹‰Žž™”•\u008d\u008f\u0090\u009d][\p{L}]|(?:^|[^\p{L}\d])[‚…]\p{Ll}|\p{Ll}[‚Š](?=[\s;,.|"]|$)/gmu;

/**
 * One byte a letter: windows-1252, the encoding of French Excel, unless the words say an old DOS or an old Mac.
 * in     the first letters of the alphabet are the same in all; only accents tell
 * out    `doute` when the words say another encoding, and not which
 */
export function decodeOneByte(bytes: Uint8Array): Decoded & { readonly doute?: true } {
	// Not TextDecoder('windows-1252'): on Node 20 it loses €, œ and ’.
	const text = viaIconv(bytes, 'windows-1252');
	const [sample, raw] = [text.slice(0, SAMPLE), bytes.subarray(0, SAMPLE)];
	const usual = count(sample, FRENCH);
	const odd = count(sample, OLD_WORD);
	if (odd <= usual) return { text, encodage: 'Windows-1252' };
	for (const [encoding, encodage] of OLD) {
		const other = viaIconv(raw, encoding);
		const read = count(other, FRENCH);
		// Certain: the odd signs stand inside words, and nearly every accent of the file is a French one that way.
		const marks = [...other].filter((sign) => sign > '\u007f').length;
		if (read > 2 * usual && read >= 0.8 * marks) return { text: viaIconv(bytes, encoding), encodage };
	}
	return { text, encodage: 'Windows-1252', doute: true };
}

const OLD = [
	['cp850', 'DOS (page de codes 850)'],
	['macroman', 'Mac OS Roman']
] as const;

const TWICE_READ = 'UTF-8 encodé deux fois';

/** « Ã© » for é, « Ã » and a blank for à, « â€™ » for ’: UTF-8 once read as windows-1252 and saved again. */
const TWICE =
	/Ã[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|â€/g;

/**
 * UTF-8 read as windows-1252 and saved as UTF-8, put right; the same text when it is not.
 * out    null: some of it was lost on the way, and cannot be put right
 */
export function unmixed(text: string): Decoded | null {
	const sample = text.slice(0, SAMPLE);
	const twice = count(sample, TWICE);
	if (twice === 0 || twice < count(sample, FRENCH) - twice) return { text, encodage: 'UTF-8' };
	const bytes = iconv.encode(text, 'windows-1252');
	try {
		if (viaIconv(bytes, 'windows-1252') === text)
			return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encodage: TWICE_READ };
	} catch {
		// Not all of it went through the same mistake.
	}
	return byPieces(text);
}

/** Letter by letter, when bytes that windows-1252 does not know were lost or kept as they are. */
function byPieces(text: string): Decoded | null {
	const fixed = text.replace(
		/[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}/g,
		(piece) => {
			for (let size = piece.length; size >= 2; size--) {
				const head = piece.slice(0, size);
				const bytes = Uint8Array.from([...head].flatMap((sign) => byteOf(sign)));
				try {
					return new TextDecoder('utf-8', { fatal: true }).decode(bytes) + piece.slice(size);
				} catch {
					continue;
				}
			}
			return piece;
		}
	);
	return count(fixed, TWICE) > 0 || /Ã\ufffd/.test(fixed) ? null : { text: fixed, encodage: TWICE_READ };
}

function byteOf(sign: string): number {
	const code = sign.codePointAt(0)!;
	return code < 0x100 ? code : iconv.encode(sign, 'windows-1252')[0]!;
}

export const mixedUp: Refusal = {
	refus:
		'Les accents de ce fichier sont abîmés («\u00a0Ã©\u00a0» au lieu de «\u00a0é\u00a0»)\u00a0: c’est de l’UTF-8 relu comme du Windows-1252, et une partie est perdue.',
	conseil:
		'Reprenez le fichier d’origine et enregistrez-le au format .xlsx, ou en CSV «\u00a0UTF-8\u00a0», sans l’ouvrir entre-temps dans un autre logiciel.'
};

export const unsureAccents: Refusal = {
	refus:
		'Les accents de ce fichier ne se lisent ni en UTF-8, ni en Windows-1252, ni dans les anciens codages DOS et Mac.',
	conseil:
		'Ouvrez-le dans le logiciel qui l’a produit et enregistrez-le au format .xlsx, ou en CSV «\u00a0UTF-8\u00a0».'
};

/** What was understood of the accents, for a person to check; null for the usual encodings. */
export function saidOfAccents(encodage: string): Issue | null {
	if (encodage !== TWICE_READ && !OLD.some(([, nom]) => nom === encodage)) return null;
	const message =
		encodage === TWICE_READ
			? 'Les accents de ce fichier étaient abîmés («\u00a0Ã©\u00a0» pour «\u00a0é\u00a0», de l’UTF-8 relu comme du Windows-1252)\u00a0: ils sont rétablis.'
			: `Ce fichier est codé en ${encodage}\u00a0: ses accents sont lus ainsi.`;
	return anomaly('valeur-suspecte', 'a-verifier', message, {
		found: encodage,
		expected: 'UTF-8 ou Windows-1252',
		hint: 'Vérifiez quelques intitulés\u202f; au besoin, enregistrez le fichier au format .xlsx.'
	});
}
