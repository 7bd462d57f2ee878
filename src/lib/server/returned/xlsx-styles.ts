import type { Mark } from '../../domain/import/cell-marks';
import { attribute, childrenOf, localName, rootOf, spliced, withAttribute, type Element } from './xml-text';

/* The styles of a workbook, with those of the marked cells added: each is the cell's own, its fill changed. */

/** Colour and pattern both tell; each foreground is ours alone, so that a mark can be found again and taken off. */
const FILLS: Readonly<Record<Mark, { readonly motif: string; readonly trait: string; readonly fond: string }>> = {
	bloquant: { motif: 'solid', trait: 'FFF4C2CD', fond: 'FFF4C2CD' },
	'a-verifier': { motif: 'lightUp', trait: 'FFE0A32F', fond: 'FFFCF5E3' },
	info: { motif: 'gray125', trait: 'FF8FB4D2', fond: 'FFFFFFFF' },
	corrige: { motif: 'lightHorizontal', trait: 'FF62A5A9', fond: 'FFE9F5F2' }
};
const MARKS = Object.keys(FILLS) as Mark[];

export interface StyleBook {
	/** Index of the style of a cell once marked. */
	readonly marked: (style: number, mark: Mark) => number;
	/** Index of the same style without a mark of ours; itself when it bears none. */
	readonly unmarked: (style: number) => number;
	/** Styles of the list we add. */
	readonly list: Readonly<Record<'titre' | 'phrase' | 'entete' | 'texte' | 'lien', number>>;
	/** True when the workbook came with marks of ours. */
	readonly alreadyMarked: boolean;
	/** `styles.xml` with everything asked for so far. */
	readonly write: () => string;
}

export const NO_STYLES = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>`;

/** Opens `styles.xml`; null when it is not as the format says. */
export function openStyles(xml: string): StyleBook | null {
	const root = rootOf(xml);
	const parts = new Map(root ? childrenOf(xml, root).map((e) => [localName(e.tag), e]) : []);
	const [fonts, fills, xfs] = [parts.get('fonts'), parts.get('fills'), parts.get('cellXfs')];
	if (!root || !fonts || !fills || !xfs) return null;
	const p = root.tag.slice(0, root.tag.length - localName(root.tag).length);
	const source = (part: Element): string[] => childrenOf(xml, part).map((e) => xml.slice(e.start, e.end));
	const [fontList, fillList, xfList] = [source(fonts), source(fills), source(xfs)];

	const ours = new Set(
		fillList.flatMap((fill, i) => (MARKS.some((m) => fill.toUpperCase().includes(FILLS[m].trait)) ? [i] : []))
	);
	const fillOf = new Map<Mark, number>();
	for (const mark of MARKS) {
		const { motif, trait, fond } = FILLS[mark];
		const colours = `<${p}fgColor rgb="${trait}"/><${p}bgColor rgb="${fond}"/>`;
		const fill = `<${p}fill><${p}patternFill patternType="${motif}">${colours}</${p}patternFill></${p}fill>`;
		fillOf.set(mark, fillList.push(fill) - 1);
	}
	const font = (inside: string): number => fontList.push(`<${p}font>${inside}<${p}name val="Calibri"/></${p}font>`) - 1;
	const bold = font(`<${p}b/><${p}sz val="11"/>`);
	const big = font(`<${p}b/><${p}sz val="14"/>`);
	const link = font(`<${p}u/><${p}sz val="11"/><${p}color rgb="FF21659C"/>`);
	const plainFont = font(`<${p}sz val="11"/>`);
	const xf = (fontId: number, wrap: boolean): number =>
		xfList.push(
			`<${p}xf numFmtId="49" fontId="${fontId}" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><${p}alignment vertical="top"${wrap ? ' wrapText="1"' : ''}/></${p}xf>`
		) - 1;
	const list = {
		titre: xf(big, false),
		phrase: xf(plainFont, false),
		entete: xf(bold, true),
		texte: xf(plainFont, true),
		lien: xf(link, false)
	};

	const known = new Map<string, number>();
	const derived = (style: number, fill: number): number => {
		const key = `${style}|${fill}`;
		const found = known.get(key);
		if (found !== undefined) return found;
		const own = xfList[style] ?? xfList[0]!;
		const index =
			xfList.push(
				own.replace(
					/^<([\w:]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>/,
					(_, tag, inside, lone) =>
						`<${tag}${withAttribute(withAttribute(inside, 'fillId', fill), 'applyFill', 1)}${lone}>`
				)
			) - 1;
		known.set(key, index);
		return index;
	};
	const isMarked = (style: number): boolean =>
		ours.has(Number(attribute(/^<[^>]*/.exec(xfList[style] ?? '')?.[0] ?? '', 'fillId') ?? 0));
	const part = (e: Element, items: readonly string[]) => ({
		start: e.start,
		end: e.end,
		text: `<${e.tag}${withAttribute(e.inside, 'count', items.length)}>${items.join('')}</${e.tag}>`
	});
	return {
		marked: (style, mark) => derived(style, fillOf.get(mark)!),
		unmarked: (style) => (isMarked(style) ? derived(style, 0) : style),
		list,
		alreadyMarked: ours.size > 0,
		write: () => spliced(xml, [part(fonts, fontList), part(fills, fillList), part(xfs, xfList)])
	};
}
