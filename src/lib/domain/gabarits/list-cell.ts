import { splitList } from '../import/row-values';

/* Several values in one cell, and codes shown with their label. */

/** A known code with its words: « T01 — Rénovation… ». */
const CODED = /^([TP]\d\d|N[1-5]|Q[NP][0-9A-Z]{6}) — \S/;

/** The code of a value shown as « CODE — libellé »; null for anything else. */
export const codeShown = (text: string): string | null => CODED.exec(text)?.[1] ?? null;

export const showCode = (code: string, libelle: string): string => `${code} — ${libelle}`;

/**
 * One value as a cell writes it, between quotes when it could be read as several, or as something else.
 * in     `labels`: codes shown with their words
 */
export function encodeItem(item: string, labels: ReadonlyMap<string, string> | null = null): string {
	const libelle = labels?.get(item);
	if (libelle !== undefined) return showCode(item, libelle);
	const same = splitList(item);
	const safe = same.length === 1 && same[0] === item && !item.includes('"') && codeShown(item) === null;
	return safe ? item : `"${item.replaceAll('"', '""')}"`;
}

/** One value per line. */
export const encodeList = (items: readonly string[], labels: ReadonlyMap<string, string> | null = null): string =>
	items.map((item) => encodeItem(item, labels)).join('\n');

/**
 * Values of a cell: a quoted one is kept as it is, the rest is cut as in any file, a code shown with its words is the code.
 * out    without repeats
 */
export function decodeList(text: string): string[] {
	const items: string[] = [];
	let loose = '';
	const flush = (): void => {
		// The words of a code may hold a comma.
		for (const part of splitList(loose, /[;|\n•]/))
			items.push(...(codeShown(part) ? [codeShown(part)!] : splitList(part)));
		loose = '';
	};
	for (let i = 0; i < text.length; i++) {
		const quoted = text[i] === '"' && startsItem(loose) ? quotedAt(text, i) : null;
		if (quoted === null) loose += text[i];
		else {
			flush();
			items.push(quoted.item);
			i = quoted.end;
		}
	}
	flush();
	return [...new Set(items)];
}

/** Whether what comes next begins a value: nothing but blanks since the last separator. */
function startsItem(before: string): boolean {
	const kept = before.trimEnd();
	return kept === '' || /[,;|•]$/.test(kept) || before.slice(kept.length).includes('\n');
}

/** The quoted value that starts there, when its closing quote ends an item. */
function quotedAt(text: string, start: number): { readonly item: string; readonly end: number } | null {
	for (let i = start + 1; i < text.length; i++) {
		if (text[i] !== '"') continue;
		if (text[i + 1] === '"') i++;
		else if (!/^\s*(?:[,;|\n•]|$)/.test(text.slice(i + 1, i + 200))) return null;
		else return { item: text.slice(start + 1, i).replaceAll('""', '"'), end: i };
	}
	return null;
}
