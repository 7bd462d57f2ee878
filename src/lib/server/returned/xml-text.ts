/* The little of XML that editing a workbook in place needs: texts, attributes, the children of an element. */

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Signs XML 1.0 cannot hold. */
const FORBIDDEN =
	/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export const escaped = (text: string): string => text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (sign) => SIGNS[sign]!);

const NAMES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export const unescaped = (text: string): string =>
	text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) =>
		name ? (NAMES[name] ?? all) : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal))
	);

/** Value of an attribute in the inside of a tag; null when it is not there. */
export function attribute(inside: string, name: string): string | null {
	const found = new RegExp(String.raw`(?:^|\s)${name}\s*=\s*(?:"([^"]*)"|'([^']*)')`).exec(inside);
	return found ? unescaped(found[1] ?? found[2] ?? '') : null;
}

/** The inside of a tag with an attribute set. */
export function withAttribute(inside: string, name: string, value: string | number): string {
	const set = `${name}="${escaped(String(value))}"`;
	const pattern = new RegExp(String.raw`(^|\s)${name}\s*=\s*(?:"[^"]*"|'[^']*')`);
	return pattern.test(inside) ? inside.replace(pattern, (_, before: string) => `${before}${set}`) : `${inside} ${set}`;
}

/** The inside of a tag without an attribute. */
export const withoutAttribute = (inside: string, name: string): string =>
	inside.includes(name) ? inside.replace(new RegExp(String.raw`\s+${name}\s*=\s*(?:"[^"]*"|'[^']*')`), '') : inside;

export interface Element {
	/** Name as written, prefix included. */
	readonly tag: string;
	/** Inside of its opening tag, after the name. */
	readonly inside: string;
	readonly start: number;
	/** Just after its closing tag. */
	readonly end: number;
	/** Between its two tags; empty for a lone tag. */
	readonly contentStart: number;
	readonly contentEnd: number;
}

const tagsNamed = (names: string): RegExp =>
	new RegExp(
		String.raw`<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)(${names})(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>`,
		'g'
	);

/**
 * Elements side by side between two places of a text, their own children left inside.
 * in     `names`: those wanted, « a|b »; the others are passed over as if they were text
 */
export function elementsIn(xml: string, from = 0, to = xml.length, names = String.raw`[\w:.-]+`): Element[] {
	const found: Element[] = [];
	const tags = tagsNamed(names);
	tags.lastIndex = from;
	let depth = 0;
	let open: { tag: string; inside: string; start: number; contentStart: number } | null = null;
	for (let m = tags.exec(xml); m && m.index < to; m = tags.exec(xml)) {
		const [whole, closing, tag, inside = '', lone] = m;
		if (tag === undefined) continue;
		const end = m.index + whole.length;
		if (closing) {
			depth--;
			if (depth === 0 && open) found.push({ ...open, contentEnd: m.index, end });
			if (depth < 0) return found;
		} else if (lone) {
			if (depth === 0) found.push({ tag, inside, start: m.index, end, contentStart: end, contentEnd: end });
		} else {
			if (depth === 0) open = { tag, inside, start: m.index, contentStart: end };
			depth++;
		}
	}
	return found;
}

/** Name without its prefix. */
export const localName = (tag: string): string => tag.slice(tag.indexOf(':') + 1);

/** The root element of a document, found by its two ends; null when there is none. */
export function rootOf(xml: string): Element | null {
	const open = /<([\w:.-]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>/.exec(xml);
	if (!open) return null;
	const [whole, tag = '', inside = '', lone] = open;
	const contentStart = open.index + whole.length;
	const contentEnd = lone ? contentStart : xml.lastIndexOf(`</${tag}`);
	return { tag, inside, start: open.index, end: xml.length, contentStart, contentEnd };
}

export const childrenOf = (xml: string, parent: Element): Element[] =>
	elementsIn(xml, parent.contentStart, parent.contentEnd);

/** A text to put in place of what stands between two places of another. */
export interface Piece {
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

/** A text with pieces put in place of others; pieces may come in any order, never over one another. */
export function spliced(text: string, pieces: readonly Piece[]): string {
	const out: string[] = [];
	let at = 0;
	for (const piece of [...pieces].sort((a, b) => a.start - b.start || a.end - b.end)) {
		out.push(text.slice(at, piece.start), piece.text);
		at = piece.end;
	}
	out.push(text.slice(at));
	return out.join('');
}
