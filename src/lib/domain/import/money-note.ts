import { oneLine } from './cell';
import { CURRENCY } from './financing-amount';
import { unitIn } from './header-marks';
import { setAside } from './row-triage';
import { isEmpty, quote, rowIssue } from './row-values';
import type { CellValue, MappedColumn, Table } from './sheet';
import type { Issue } from '../issue';
import { basisIn, type Basis } from '../money';

/* « Montants en euros hors taxes », alone on its row over or under a table: what it says holds for all of its amounts. */

const MONEY =
	/(?<!\p{L})(?:montants?|co[uû]ts?|budgets?|chiffr\p{L}*|sommes?|d[ée]penses?|financements?|prix|euros?|k€|m€)(?!\p{L})|€/iu;
/** « Coût total : 3 M€ HT » says a sum, not how to read the others. */
const AN_AMOUNT = /\d\s*(?:k|m|milliers?|millions?)?\s*(?:d['’]\s?)?(?:€|euros?)/iu;

interface Note {
	readonly ligne: number;
	readonly texte: string;
	readonly base: Basis | null;
	readonly unite: number | null;
}

/**
 * A table whose amounts have the basis and the unit that a note gives to all of them.
 * in     rows of its sheet
 * out    the table itself without such a note, or when two of them disagree; one issue per note that is followed
 * never  changes a column whose own header, or the banner over it, says otherwise
 */
export function withMoneyNote(
	table: Table,
	rows: readonly (readonly CellValue[])[]
): { table: Table; issues: Issue[] } {
	const notes = notesOf(table, rows);
	const base = agreed(notes.map((n) => n.base));
	const unite = agreed(notes.map((n) => n.unite));
	if (base === null && unite === null) return { table, issues: [] };
	const colonnes = table.colonnes.map((column): MappedColumn => {
		if (!holdsAmounts(column)) return column;
		const counts = column.role !== 'financeur';
		return {
			...column,
			...(base !== null && column.base === 'inconnu' && { base }),
			...(unite !== null && counts && column.unite === undefined && !CURRENCY.test(column.entete) && { unite })
		};
	});
	const changed = colonnes.some((column, i) => column !== table.colonnes[i]);
	const followed = notes.filter((n) => n.base !== null || n.unite !== null);
	return changed
		? { table: { ...table, colonnes }, issues: followed.map((n) => told(n, table.feuille)) }
		: { table, issues: [] };
}

const COSTS: ReadonlySet<string> = new Set(['cout_investissement', 'cout_fonctionnement', 'financements']);
const holdsAmounts = ({ champ, role }: MappedColumn): boolean => champ !== null && COSTS.has(champ) && role !== 'base';

function notesOf(table: Table, rows: readonly (readonly CellValue[])[]): Note[] {
	const first = Math.min(...table.colonnes.map((c) => c.index));
	return rows.flatMap((row, i) => {
		const ligne = i + 1;
		if (ligne >= table.ligneEntete && ligne < table.premiereLigne) return [];
		const filled = row.flatMap((cell, index) => (isEmpty(cell) ? [] : [{ cell, index }]));
		const [only] = filled;
		if (filled.length !== 1 || typeof only?.cell !== 'string') return [];
		const texte = oneLine(only.cell);
		if (!MONEY.test(texte) || AN_AMOUNT.test(texte)) return [];
		// Right over the headers and past the first column, it is a banner over some of them.
		if (ligne === table.ligneEntete - 1 && only.index > first) return [];
		if (ligne >= table.premiereLigne && setAside(row, ligne, table) === null) return [];
		const base = basisIn(texte);
		return [{ ligne, texte, base: base === 'deux' ? null : base, unite: unitIn(texte) }];
	});
}

/** What all those that say something say. */
function agreed<T>(values: readonly (T | null)[]): T | null {
	const said = new Set(values.filter((v): v is T & {} => v !== null));
	return said.size === 1 ? [...said][0]! : null;
}

function told({ ligne, texte, base, unite }: Note, feuille: string): Issue {
	const unit = unite === 1_000 ? 'en milliers d’euros' : unite === 1_000_000 ? 'en millions d’euros' : null;
	const how = [base === 'TTC' || base === 'HT' ? base : null, unit].filter((w) => w !== null).join(', ');
	return rowIssue(
		'montant-deduit',
		'info',
		{ feuille, ligne, colonne: null },
		`D’après ${quote(texte)}, les montants qui ne disent rien d’autre sont lus ${how}.`,
		{
			found: texte,
			hint: 'Rien à faire si la note vaut pour tout le tableau\u202f; sinon, changez la base ou l’unité de la colonne.'
		}
	);
}
