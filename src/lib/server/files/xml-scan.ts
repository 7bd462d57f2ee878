/* XML read tag by tag, in one pass over the text: entities are never expanded, nothing outside is fetched, nothing is built. */

export type Attributes = Readonly<Record<string, string>>;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export interface XmlHandlers {
	readonly open: (tag: string, attributes: () => Attributes, selfClosing: boolean, body: string) => void;
	readonly close: (tag: string) => void;
	readonly text: (text: string) => void;
}

/** No tag, no text of a real document is that long: reading on would be reading it again and again. */
const LONGEST_PIECE = 4_000_000;

/** One pass, no backtracking: a malformed end stops the reading where it is. */
export function scanXml(xml: string, handlers: XmlHandlers): void {
	scanPieces(xml, handlers);
}

/**
 * The same over bytes as they come, so that a large part is never whole in memory.
 * in     UTF-8
 * throws when a single piece never ends
 */
export async function scanXmlStream(bytes: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
	const decoder = new TextDecoder('utf-8');
	let rest = '';
	for await (const chunk of bytes) {
		rest += decoder.decode(chunk, { stream: true });
		rest = rest.slice(scanPieces(rest, handlers));
		if (rest.length > LONGEST_PIECE) throw new Error('XML piece too long');
	}
	scanPieces(rest + decoder.decode(), handlers);
}

/** Reads the pieces that are whole and says where the first one that is not begins. */
function scanPieces(xml: string, handlers: XmlHandlers): number {
	let at = 0;
	for (;;) {
		const start = xml.indexOf('<', at);
		if (start < 0) return at;
		const end = pieceEnd(xml, start);
		if (end < 0) return at;
		if (start > at) handlers.text(decode(xml.slice(at, start)));
		at = end;
		const second = xml.charCodeAt(start + 1);
		if (second === QUESTION) continue;
		if (second === EXCLAMATION) {
			if (xml.startsWith('<![CDATA[', start)) handlers.text(xml.slice(start + 9, end - 3));
			continue;
		}
		const closing = second === SLASH;
		const selfClosing = xml.charCodeAt(end - 2) === SLASH;
		const body = xml.slice(start + (closing ? 2 : 1), selfClosing ? end - 2 : end - 1);
		const tag = body.slice(0, nameLength(body));
		if (closing) handlers.close(tag);
		else handlers.open(tag, () => attributesOf(body), selfClosing, body);
	}
}

const [EXCLAMATION, SLASH, QUESTION, SPACE] = [33, 47, 63, 32] as const;

/** Index after the piece that starts at a « < »; -1 when its end is not there. */
function pieceEnd(xml: string, start: number): number {
	if (xml.startsWith('<!--', start)) return after(xml, '-->', start);
	if (xml.startsWith('<![CDATA[', start)) return after(xml, ']]>', start);
	const second = xml.charCodeAt(start + 1);
	if (second === QUESTION || second === EXCLAMATION) return after(xml, '>', start);
	// A sign « > » inside an attribute does not end the tag.
	for (let at = start + 1; ;) {
		const end = xml.indexOf('>', at);
		if (end < 0) return -1;
		const open = openQuote(xml, at, end);
		if (open < 0) return end + 1;
		const close = xml.indexOf(xml[open]!, open + 1);
		if (close < 0) return -1;
		at = close + 1;
	}
}

function after(xml: string, mark: string, from: number): number {
	const found = xml.indexOf(mark, from);
	return found < 0 ? -1 : found + mark.length;
}

/** Where a quote opens between two places without closing there; -1 when none does. */
function openQuote(xml: string, from: number, to: number): number {
	for (let i = from; i < to; i++) {
		const c = xml.charCodeAt(i);
		if (c !== 34 && c !== 39) continue;
		const close = xml.indexOf(c === 34 ? '"' : "'", i + 1);
		if (close < 0 || close > to) return i;
		i = close;
	}
	return -1;
}

function nameLength(body: string): number {
	for (let i = 0; i < body.length; i++) {
		const c = body.charCodeAt(i);
		if (c <= SPACE || c === SLASH) return i;
	}
	return body.length;
}

/** One attribute of a tag, without reading the others; null when it is not there. */
export function attributeOf(body: string, name: string): string | null {
	for (let at = body.indexOf(name); at >= 0; at = body.indexOf(name, at + 1)) {
		const sign = body.charCodeAt(at + name.length + 1);
		const alone = body.charCodeAt(at - 1) <= SPACE && body.charCodeAt(at + name.length) === 61;
		if (!alone || (sign !== 34 && sign !== 39)) continue;
		const start = at + name.length + 2;
		const end = body.indexOf(sign === 34 ? '"' : "'", start);
		return end < 0 ? null : decode(body.slice(start, end));
	}
	return body.includes(' =') || body.includes('= ') ? (attributesOf(body)[name] ?? null) : null;
}

function attributesOf(body: string): Attributes {
	const found: Record<string, string> = {};
	for (const [, name, double, single] of body.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
		found[name!] = decode(double ?? single ?? '');
	return found;
}

const decode = (text: string): string =>
	text.includes('&')
		? text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (all, decimal, hex, name) => {
				if (name) return ENTITIES[name] ?? all;
				const code = decimal ? Number(decimal) : parseInt(hex, 16);
				return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
			})
		: text;
