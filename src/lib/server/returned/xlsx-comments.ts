import { cellName } from '../../domain/import/issue-cells';
import type { CellMark } from '../../domain/import/cell-marks';
import { attribute, childrenOf, elementsIn, escaped, localName, rootOf, spliced } from './xml-text';

/* Comments of one worksheet: ours beside those people wrote, and the little drawing each needs to be shown. */

const AUTHOR = 'Croisée';
/** Starts what we add to a comment somebody wrote. */
const ADDED = '— Croisée —';
const NAMESPACE = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

export const NO_COMMENTS = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<comments xmlns="${NAMESPACE}"><authors></authors><commentList></commentList></comments>`;

export const NO_DRAWING = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>`;

/** `comments.xml` and its drawing without what we had put there. */
export function withoutOurs(comments: string, drawing: string): { comments: string; drawing: string } {
	const { root, authors, list } = read(comments);
	if (!root || !list) return { comments, drawing };
	const ours = authors.indexOf(AUTHOR);
	const gone = childrenOf(comments, list).filter((c) => ours >= 0 && attribute(c.inside, 'authorId') === String(ours));
	const cells = new Set(gone.map((c) => attribute(c.inside, 'ref')));
	const kept = spliced(
		comments,
		gone.map(({ start, end }) => ({ start, end, text: '' }))
	);
	const runs = /<((?:[\w.-]+:)?r)>(?:(?!<\/\1>)[\s\S])*?— Croisée —(?:(?!<\/\1>)[\s\S])*?<\/\1>/g;
	const shapes = shapesOf(drawing).filter((s) => cells.has(s.cell));
	return {
		comments: kept.replace(runs, ''),
		drawing: spliced(
			drawing,
			shapes.map(({ start, end }) => ({ start, end, text: '' }))
		)
	};
}

/** `comments.xml` and its drawing with a comment on each marked cell, added to what a person had written there. */
export function withComments(
	comments: string,
	drawing: string,
	marks: readonly CellMark[]
): { comments: string; drawing: string } {
	const { root, p, authorsElement, authors, list } = read(comments);
	if (!root || !authorsElement || !list) return { comments, drawing };
	const written = new Map(childrenOf(comments, list).map((c) => [attribute(c.inside, 'ref'), c]));
	const author = authors.includes(AUTHOR) ? authors.indexOf(AUTHOR) : authors.length;
	const pieces: { start: number; end: number; text: string }[] = [];
	const fresh: CellMark[] = [];
	const run = (text: string): string => `<${p}r><${p}t xml:space="preserve">${escaped(text)}</${p}t></${p}r>`;
	for (const mark of marks) {
		const known = written.get(cellName(mark.colonne, mark.ligne));
		const text = known && childrenOf(comments, known).find((e) => localName(e.tag) === 'text');
		if (!known) fresh.push(mark);
		else if (text) {
			const bare = childrenOf(comments, text)[0];
			const own = comments.slice(text.contentStart, text.contentEnd);
			// A lone <t> beside runs is not shown: it becomes a run.
			const first = bare && localName(bare.tag) === 't' ? `<${p}r>${own}</${p}r>` : own;
			const replaced = `<${text.tag}>${first}${run(`\n\n${ADDED}\n${mark.texte}`)}</${text.tag}>`;
			pieces.push({ start: text.start, end: text.end, text: replaced });
		}
	}
	const added = fresh.map(
		(m) =>
			`<${p}comment ref="${cellName(m.colonne, m.ligne)}" authorId="${author}"><${p}text>${run(m.texte)}</${p}text></${p}comment>`
	);
	const named = author === authors.length ? `<${p}author>${AUTHOR}</${p}author>` : '';
	const inner = (e: typeof list): string => comments.slice(e.contentStart, e.contentEnd);
	if (pieces.length > 0) {
		const merged = spliced(comments, pieces);
		return withComments(merged, drawing, fresh);
	}
	return {
		comments: spliced(comments, [
			{
				start: authorsElement.start,
				end: authorsElement.end,
				text: `<${p}authors>${inner(authorsElement)}${named}</${p}authors>`
			},
			{ start: list.start, end: list.end, text: `<${p}commentList>${inner(list)}${added.join('')}</${p}commentList>` }
		]),
		drawing: withShapes(drawing, fresh)
	};
}

function read(xml: string) {
	const root = rootOf(xml);
	const parts = root ? childrenOf(xml, root) : [];
	const authorsElement = parts.find((e) => localName(e.tag) === 'authors') ?? null;
	const list = parts.find((e) => localName(e.tag) === 'commentList') ?? null;
	const authors = authorsElement
		? childrenOf(xml, authorsElement).map((e) => xml.slice(e.contentStart, e.contentEnd))
		: [];
	const p = root ? root.tag.slice(0, root.tag.length - 'comments'.length) : '';
	return { root, p, authorsElement, authors, list };
}

function shapesOf(drawing: string): { cell: string; start: number; end: number }[] {
	const root = rootOf(drawing);
	if (!root) return [];
	return elementsIn(drawing, root.contentStart, root.contentEnd).flatMap(({ tag, start, end }) => {
		if (localName(tag) !== 'shape') return [];
		const shape = drawing.slice(start, end);
		const [row, column] = ['Row', 'Column'].map((n) => new RegExp(`<x:${n}>(\\d+)</x:${n}>`).exec(shape)?.[1]);
		return row && column ? [{ cell: cellName(Number(column), Number(row) + 1), start, end }] : [];
	});
}

function withShapes(drawing: string, marks: readonly CellMark[]): string {
	const end = drawing.lastIndexOf('</xml>');
	if (end < 0) return drawing;
	// Identifiers of shapes go by blocks of 1024 in one drawing; ours start far from those in use.
	const used = [...drawing.matchAll(/_x0000_s(\d+)/g)].map((m) => Number(m[1]));
	const from = Math.max(65_536, ...used) + 1;
	const shapes = marks.map(({ ligne, colonne, texte }, i) => {
		const rows = Math.min(16, 3 + Math.ceil(texte.length / 34));
		const anchor = [colonne + 1, 12, Math.max(0, ligne - 2), 4, colonne + 4, 12, Math.max(0, ligne - 2) + rows, 4];
		return `<v:shape id="_x0000_s${from + i}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor.join(', ')}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${ligne - 1}</x:Row><x:Column>${colonne}</x:Column></x:ClientData></v:shape>`;
	});
	return drawing.slice(0, end) + shapes.join('') + drawing.slice(end);
}
