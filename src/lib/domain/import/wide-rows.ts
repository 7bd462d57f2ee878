import { cellText } from './cell';
import { count } from '../french';
import { anomaly, type Issue } from '../issue';
import type { Sheet, Table } from './sheet';

/** Beyond that many rows too long, one sentence for all. */
const WIDE_SAID = 5;

/** A row longer than its headers: often a separator inside a text, and everything after it has moved one column. */
export function wideRows(sheet: Sheet, { premiereLigne, derniereLigne, ligneEntete, colonnes }: Table): Issue[] {
	const width = 1 + Math.max(...colonnes.map((c) => c.index));
	const wide = sheet.rows.slice(0, derniereLigne).flatMap((row, i) => {
		if (i + 1 < premiereLigne || i + 1 === ligneEntete || row.length <= width) return [];
		const index = row.findIndex((cell, c) => c >= width && cellText(cell) !== '');
		return index < 0 ? [] : [{ ligne: i + 1, index, extra: row[index]! }];
	});
	const [first] = wide;
	const say = ({ ligne, index, extra }: (typeof wide)[number], message: string): Issue =>
		anomaly('valeur-suspecte', 'a-verifier', message, {
			where: { sheet: sheet.nom, row: ligne, index },
			found: cellText(extra),
			expected: count(width, 'colonne'),
			hint: 'Mettez entre guillemets les textes qui contiennent le séparateur, ou donnez un en-tête à chaque colonne.'
		});
	if (first && wide.length > WIDE_SAID) {
		const message = `${count(wide.length, 'ligne')} ont plus de cellules que d’en-têtes, à partir de la ligne ${first.ligne}\u00a0: ces cellules ne sont pas lues.`;
		return [say(first, message)];
	}
	return wide.map((row) =>
		say(row, `La ligne ${row.ligne} a plus de cellules que d’en-têtes\u00a0: ses colonnes sont peut-être décalées.`)
	);
}
