import { cellText } from './cell';
import { count } from '../french';
import { anomaly, type Issue } from '../issue';
import type { RowOutcome } from './row-outcome';
import type { Sheet, Table } from './sheet';

/** Beyond that many rows too long, one sentence for all. */
const WIDE_SAID = 5;

/** A row longer than its headers: often a separator inside a text, and everything after it has moved one column. */
export function wideRows(sheet: Sheet, table: Table): Issue[] {
	const width = 1 + Math.max(...table.colonnes.map((c) => c.index));
	const wide = beyond(sheet, table, width);
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

/** Rows with something beyond that many columns, and what. */
function beyond(sheet: Sheet, { premiereLigne, derniereLigne, ligneEntete }: Table, width: number) {
	return sheet.rows.slice(0, derniereLigne).flatMap((row, i) => {
		if (i + 1 < premiereLigne || i + 1 === ligneEntete || row.length <= width) return [];
		const index = row.findIndex((cell, c) => c >= width && cellText(cell) !== '');
		return index < 0 ? [] : [{ ligne: i + 1, index, extra: row[index]! }];
	});
}

const shiftedOf = new WeakMap<Table, ReadonlySet<number>>();

/** Above that share of the rows, the last column is only without a name. */
const NEARLY_ALL = 0.9;

/**
 * Rows of delimited text whose cells have moved: more of them than headers, by a separator that no quotes enclose.
 * in     a sheet of delimited text, which knows how many cells each of its rows had
 * out    none when nearly every row is that wide
 */
export function shiftedRows({ largeurs, rows }: Sheet, table: Table): ReadonlySet<number> {
	const known = shiftedOf.get(table);
	if (known) return known;
	const width = largeurs?.[table.ligneEntete - 1] ?? Infinity;
	const wide: number[] = [];
	let read = 0;
	if (!largeurs) return new Set();
	for (let ligne = table.premiereLigne; ligne <= Math.min(rows.length, table.derniereLigne ?? Infinity); ligne++) {
		if (ligne === table.ligneEntete || rows[ligne - 1]!.length === 0) continue;
		read++;
		if (largeurs[ligne - 1]! > width) wide.push(ligne);
	}
	const found: ReadonlySet<number> = new Set(wide.length > NEARLY_ALL * read ? [] : wide);
	shiftedOf.set(table, found);
	return found;
}

/** The same row, not imported: no one can say which cell is which. */
export function setAsideShifted(outcome: RowOutcome, sheet: Sheet, table: Table): RowOutcome {
	if (outcome.etat === 'ignoree') return outcome;
	const { ligne } = outcome;
	const [cells, width] = [sheet.largeurs![ligne - 1]!, sheet.largeurs![table.ligneEntete - 1]!];
	const message = `Ligne ${ligne}\u00a0: ${count(cells, 'cellule')} pour ${count(width, 'en-tête')}, ses colonnes sont décalées\u202f; la ligne n’est pas importée.`;
	const issue = anomaly('valeur-suspecte', 'bloquant', message, {
		where: { sheet: table.feuille, row: ligne },
		found: count(cells, 'cellule'),
		expected: count(width, 'colonne'),
		hint: 'Mettez entre guillemets le texte qui contient le séparateur, ou enregistrez le tableau au format .xlsx.'
	});
	return { ligne, etat: 'rejetee', draft: null, issues: [issue], raison: 'colonnes décalées' };
}
