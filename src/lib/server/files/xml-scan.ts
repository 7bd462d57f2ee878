/* XML read tag by tag, in one pass over the text: entities are never expanded, nothing outside is fetched, nothing is built. */

export type Attributes = Readonly<Record<string, string>>;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export interface XmlHandlers {
	readonly open: (tag: string, attributes: () => Attributes, selfClosing: boolean) => void;
	readonly close: (tag: string) => void;
	readonly text: (text: string) => void;
}

/** One pass, no backtracking: a malformed end stops the reading where it is. */
export function scanXml(xml: string, handlers: XmlHandlers): void {
	let at = 0;
	while (at < xml.length) {
		const start = xml.indexOf('<', at);
		if (start < 0) return;
		if (start > at) handlers.text(decode(xml.slice(at, start)));
		if (xml.startsWith('<!--', start)) at = after(xml, '-->', start);
		else if (xml.startsWith('<![CDATA[', start)) {
			at = after(xml, ']]>', start);
			handlers.text(xml.slice(start + 9, at - 3));
		} else if (xml[start + 1] === '?' || xml[start + 1] === '!') at = after(xml, '>', start);
		else {
			const end = tagEnd(xml, start + 1);
			const closing = xml[start + 1] === '/';
			const selfClosing = xml[end - 1] === '/';
			const body = xml.slice(start + (closing ? 2 : 1), selfClosing ? end - 1 : end);
			const tag = /^[^\s/]*/.exec(body)![0];
			if (closing) handlers.close(tag);
			else handlers.open(tag, () => attributesOf(body), selfClosing);
			at = end + 1;
		}
	}
}

function after(xml: string, mark: string, from: number): number {
	const found = xml.indexOf(mark, from);
	return found < 0 ? xml.length : found + mark.length;
}

function tagEnd(xml: string, from: number): number {
	for (let i = from; i < xml.length; i++) {
		const c = xml[i];
		if (c === '>') return i;
		if (c === '"' || c === "'") {
			i = xml.indexOf(c, i + 1);
			if (i < 0) return xml.length;
		}
	}
	return xml.length;
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
