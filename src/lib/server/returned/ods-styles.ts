import { LIST_COLUMNS, type Mark } from '../../domain/import/cell-marks';
import { attribute, elementsIn, withAttribute, withoutAttribute, type Piece } from './xml-text';

/* The automatic styles of `content.xml`, with those of the marked cells added: each is the cell's own, its fill changed. */

/** Each is ours alone, so that a mark can be found again and taken off; the comment says in words what the colour shows. */
const FILLS: Readonly<Record<Mark, string>> = {
	bloquant: '#f4c2cd',
	'a-verifier': '#fbe7be',
	info: '#d7e6f2',
	corrige: '#d3ebe5'
};
const OURS: ReadonlySet<string> = new Set(Object.values(FILLS));
const PROPERTIES = 'style:table-cell-properties';
const FILL = 'fo:background-color';
/** Centimetres of one character at the default size. */
const CHARACTER = 0.2;

export interface OdsStyles {
	/** Name of the style of a cell once marked. */
	readonly marked: (own: string | null, mark: Mark) => string;
	/** Names of the styles of the list we add. */
	readonly list: Readonly<Record<'titre' | 'phrase' | 'entete' | 'texte', string>> & {
		readonly colonnes: readonly string[];
	};
	/** What to change in the content for everything asked for so far to be there. */
	readonly piece: () => Piece;
}

/** Opens the automatic styles of a content; null when it is not as the format says. */
export function openOdsStyles(xml: string): OdsStyles | null {
	const body = xml.indexOf('<office:body');
	if (body < 0) return null;
	const [written] = elementsIn(xml, 0, body, 'office:automatic-styles');
	const own = new Map<string, string>();
	for (const e of written ? elementsIn(xml, written.contentStart, written.contentEnd, 'style:style') : [])
		own.set(attribute(e.inside, 'style:name') ?? '', xml.slice(e.start, e.end));
	const added: string[] = [];
	let last = 0;
	const freeName = (): string => {
		do last++;
		while (own.has(`croisee${last}`));
		return `croisee${last}`;
	};
	const add = (family: string, inside: string): string => {
		const name = freeName();
		const style = `<style:style style:name="${name}" style:family="${family}">${inside}</style:style>`;
		own.set(name, style);
		added.push(style);
		return name;
	};
	const cell = (wrap: boolean, text: string): string =>
		add(
			'table-cell',
			`<${PROPERTIES} style:vertical-align="top"${wrap ? ' fo:wrap-option="wrap"' : ''}/><style:text-properties ${text}/>`
		);
	const list = {
		titre: cell(false, 'fo:font-weight="bold" fo:font-size="14pt"'),
		phrase: cell(false, 'fo:font-weight="normal"'),
		entete: cell(true, 'fo:font-weight="bold"'),
		texte: cell(true, 'fo:font-weight="normal"'),
		colonnes: LIST_COLUMNS.map(({ largeur }) =>
			add('table-column', `<style:table-column-properties style:column-width="${(largeur * CHARACTER).toFixed(2)}cm"/>`)
		)
	};

	const known = new Map<string, string>();
	const marked = (name: string | null, mark: Mark): string => {
		const key = `${mark}|${name}`;
		const found = known.get(key);
		if (found !== undefined) return found;
		const fresh = freeName();
		const style = filled(own.get(name ?? '') ?? child(name ?? 'Default'), fresh, FILLS[mark]);
		own.set(fresh, style);
		known.set(key, fresh);
		added.push(style);
		return fresh;
	};
	return {
		marked,
		list,
		piece() {
			const styles = added.join('');
			if (!written)
				return { start: body, end: body, text: `<office:automatic-styles>${styles}</office:automatic-styles>` };
			if (written.contentStart === written.end)
				return { ...written, text: `<${written.tag}${written.inside}>${styles}</${written.tag}>` };
			return { start: written.contentEnd, end: written.contentEnd, text: styles };
		}
	};
}

/** A style that adds nothing to one of the workbook. */
const child = (parent: string): string =>
	`<style:style style:family="table-cell" style:parent-style-name="${parent.replace(/[&"<]/g, '')}"/>`;

/** A style under another name and with another fill: formats, borders and conditions stay. */
function filled(style: string, name: string, fill: string): string {
	const [whole] = elementsIn(style);
	const inside = withAttribute(whole!.inside, 'style:name', name);
	const content = style.slice(whole!.contentStart, whole!.contentEnd);
	const [properties] = elementsIn(content, 0, content.length, PROPERTIES);
	const rest = properties ? content.slice(0, properties.start) + content.slice(properties.end) : content;
	const kept = properties ? content.slice(properties.contentStart, properties.contentEnd) : '';
	const set = withAttribute(properties?.inside ?? '', FILL, fill);
	return `<${whole!.tag}${inside}><${PROPERTIES}${set}>${kept}</${PROPERTIES}>${rest}</${whole!.tag}>`;
}

/** The content without the fills an earlier return had given. */
export function withoutOurFills(xml: string): string {
	const body = Math.max(0, xml.indexOf('<office:body'));
	const head = xml.slice(0, body).replace(/<style:table-cell-properties(?=[\s/>])[^>]*>/g, (tag) => {
		const fill = attribute(tag, FILL)?.toLowerCase();
		return fill !== undefined && OURS.has(fill) ? withoutAttribute(tag, FILL) : tag;
	});
	return head + xml.slice(body);
}
