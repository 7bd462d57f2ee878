import { paragraphs } from '../files/ods-write';
import { elementsIn, localName, spliced, unescaped, type Element, type Piece } from './xml-text';

/* Comments of an OpenDocument spreadsheet: ours beside those people wrote. Each stands in its cell. */

const AUTHOR = 'Croisée';
/** Starts what we add to a comment somebody wrote. */
const ADDED = '— Croisée —';
const NOTE = 'office:annotation';

/** What a cell holds, with a comment; said after the one it has. */
export function withNote(content: string, texte: string): string {
	const [known] = elementsIn(content, 0, content.length, NOTE);
	if (!known) return `<${NOTE}><dc:creator>${AUTHOR}</dc:creator>${paragraphs(texte)}</${NOTE}>${content}`;
	const own = content.slice(known.contentStart, known.contentEnd);
	const text = `<${known.tag}${known.inside}>${own}${paragraphs(`${ADDED}\n${texte}`)}</${known.tag}>`;
	return spliced(content, [{ start: known.start, end: known.end, text }]);
}

/** True when the content bears comments of ours. */
export const hasOurNotes = (xml: string): boolean => xml.includes(`>${AUTHOR}<`) || xml.includes(ADDED);

/** The content without what we had written in comments. */
export function withoutOurNotes(xml: string): string {
	const pieces = elementsIn(xml, 0, xml.length, NOTE).flatMap((note): Piece | [] => {
		const parts = elementsIn(xml, note.contentStart, note.contentEnd);
		const says = (part: Element, what: string): boolean =>
			unescaped(xml.slice(part.contentStart, part.contentEnd).replace(/<[^>]*>/g, '')).trim() === what;
		if (parts.some((e) => localName(e.tag) === 'creator' && says(e, AUTHOR)))
			return { start: note.start, end: note.end, text: '' };
		const ours = parts.find((e) => localName(e.tag) === 'p' && says(e, ADDED));
		return ours ? { start: ours.start, end: note.contentEnd, text: '' } : [];
	});
	return spliced(xml, pieces);
}
