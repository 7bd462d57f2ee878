import { LIST_COLUMNS, LIST_TITLE, type ListLine, type Mark } from '../../domain/import/cell-marks';
import { cellName } from '../../domain/import/issue-cells';
import { quotedSheet } from '../files/sheet-on-paper';
import { escaped } from './xml-text';

/* The « Anomalies » sheet of a workbook given back, as the XML of a worksheet. */

export interface ListStyles {
	readonly titre: number;
	/** A line of prose, over as many columns as it needs. */
	readonly phrase: number;
	readonly entete: number;
	readonly texte: number;
	readonly lien: number;
	readonly marque: (mark: Mark) => number;
}

const MAX_TEXT = 32_000;
/** Links a sheet may hold. */
const MAX_LINKS = 60_000;

/** Every text is a string of the sheet, never a formula; each line leads to its cell. */
export function listSheet(head: readonly string[], lines: readonly ListLine[], styles: ListStyles): string {
	const text = (column: number, row: number, value: string, style: number): string =>
		`<c r="${cellName(column, row)}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(value.slice(0, MAX_TEXT))}</t></is></c>`;
	const headerRow = head.length + 3;
	const rows = [
		`<row r="1">${text(0, 1, LIST_TITLE, styles.titre)}</row>`,
		...head.map((line, i) => `<row r="${i + 2}">${text(0, i + 2, line, styles.phrase)}</row>`),
		`<row r="${headerRow}">${LIST_COLUMNS.map((c, i) => text(i, headerRow, c.titre, styles.entete)).join('')}</row>`
	];
	const links: string[] = [];
	lines.forEach((line, i) => {
		const row = headerRow + 1 + i;
		const cells = line.textes.map((value, column) => {
			const style =
				column === 0 ? styles.marque(line.marque) : column === 2 && line.cellule ? styles.lien : styles.texte;
			return value === '' ? '' : text(column, row, value, style);
		});
		rows.push(`<row r="${row}">${cells.join('')}</row>`);
		if (line.cellule !== null && line.feuille !== null && links.length < MAX_LINKS) {
			const target = `${quotedSheet(line.feuille)}!${line.cellule}`;
			links.push(`<hyperlink ref="C${row}" location="${escaped(target)}" display="${line.cellule}"/>`);
		}
	});
	const last = headerRow + lines.length;
	const widths = LIST_COLUMNS.map(
		(c, i) => `<col min="${i + 1}" max="${i + 1}" width="${c.largeur}" customWidth="1"/>`
	);
	return [
		'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
		'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
		`<sheetViews><sheetView workbookViewId="0"><pane ySplit="${headerRow}" topLeftCell="A${headerRow + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
		`<sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols>`,
		`<sheetData>${rows.join('')}</sheetData>`,
		lines.length ? `<autoFilter ref="A${headerRow}:${cellName(LIST_COLUMNS.length - 1, last)}"/>` : '',
		links.length ? `<hyperlinks>${links.join('')}</hyperlinks>` : '',
		'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
		'</worksheet>'
	].join('');
}
