import { LIST_COLUMNS, LIST_TITLE, type ListLine } from '../../domain/import/cell-marks';
import { columnName } from '../../domain/import/issue-cells';
import { paragraphs } from '../files/ods-write';
import { quotedSheet } from '../files/sheet-on-paper';
import type { OdsStyles } from './ods-styles';
import { escaped } from './xml-text';

/* The « Anomalies » sheet of an OpenDocument workbook given back, and the filter on its list. */

const MAX_TEXT = 32_000;
/** Name of the range the filter is on: the one of an earlier list is found by it. */
export const RANGE = 'anomalies_croisee';

/** Every text is a text, never a formula; each line leads to its cell. */
export function listTable(
	name: string,
	head: readonly string[],
	lines: readonly ListLine[],
	styles: OdsStyles
): string {
	const { titre, phrase, entete, texte, colonnes } = styles.list;
	const cell = (style: string, content: string): string =>
		`<table:table-cell table:style-name="${style}" office:value-type="string">${content}</table:table-cell>`;
	const row = (cells: string): string => `<table:table-row>${cells}</table:table-row>`;
	const told = lines.map((line) =>
		row(
			line.textes
				.map((value, i) => {
					const style = i === 0 ? styles.marked(texte, line.marque) : texte;
					if (value === '') return `<table:table-cell table:style-name="${texte}"/>`;
					return cell(style, i === 2 && line.cellule ? link(line, value) : paragraphs(value.slice(0, MAX_TEXT)));
				})
				.join('')
		)
	);
	return [
		`<table:table table:name="${escaped(name)}">`,
		...colonnes.map((style) => `<table:table-column table:style-name="${style}"/>`),
		row(cell(titre, paragraphs(LIST_TITLE))),
		...head.map((line) => row(cell(phrase, paragraphs(line)))),
		row('<table:table-cell/>'),
		`<table:table-header-rows>${row(LIST_COLUMNS.map((c) => cell(entete, paragraphs(c.titre))).join(''))}</table:table-header-rows>`,
		...told,
		'</table:table>'
	].join('');
}

const link = ({ feuille, cellule }: ListLine, value: string): string =>
	`<text:p><text:a xlink:href="${escaped(`#${quotedSheet(feuille ?? '')}.${cellule}`)}" xlink:type="simple">${escaped(value)}</text:a></text:p>`;

/** The filter on the list: buttons over its header. */
export function listRange(name: string, head: readonly string[], lines: readonly ListLine[]): string {
	const header = head.length + 3;
	const [sheet, last] = [quotedSheet(name), columnName(LIST_COLUMNS.length - 1)];
	const address = `${sheet}.A${header}:${sheet}.${last}${header + lines.length}`;
	return `<table:database-range table:name="${RANGE}" table:target-range-address="${escaped(address)}" table:display-filter-buttons="true"/>`;
}
