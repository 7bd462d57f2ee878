/* Text that a spreadsheet would run: neutralised in every CSV written, given back as it was when read. */

/** What makes a cell a formula (OWASP, CSV injection), wide forms included; and the word that databases write for a blank. */
const RISKY = /^'*(?:[=+\-@\t\r\n＝＋－＠]|NULL$)/;

/** « =1+1 » → « '=1+1 »; a text that already starts that way gets one more apostrophe, so that nothing is ambiguous. */
export const guardFormula = (text: string): string => (RISKY.test(text) ? `'${text}` : text);

/** Takes back what `guardFormula` added; any other text, « 'tis » included, is left as it is. */
export const unguardFormula = (text: string): string =>
	text.startsWith("'") && RISKY.test(text) ? text.slice(1) : text;
