import { count, quoted } from '../french';
import { anomaly, type Issue } from '../issue';
import { cellText } from './cell';
import { cellName } from './issue-cells';
import type { Sheet, Table } from './sheet';

/** Cells told one by one; the others are counted. */
const TOLD = 50;
const HINT = 'Ouvrez le classeur dans votre tableur et enregistrez-le, puis déposez-le à nouveau.';

/** Formulas of the tables whose value the workbook does not hold: their cells read as blanks, and nobody meant it. */
export function unsavedFormulas(tables: readonly Table[], sheets: readonly Sheet[]): Issue[] {
	const blank = tables.flatMap((table) => {
		const sheet = sheets.find((s) => s.nom === table.feuille);
		const columns = new Map(table.colonnes.map((c) => [c.index, c.entete]));
		return (sheet?.formules ?? []).flatMap(({ ligne, colonne }) => {
			const inside = ligne > table.ligneEntete && ligne <= (table.derniereLigne ?? Infinity);
			const corrected = cellText(sheet?.rows[ligne - 1]?.[colonne] ?? null) !== '';
			const entete = columns.get(colonne);
			return inside && !corrected && entete !== undefined ? [{ feuille: table.feuille, ligne, colonne, entete }] : [];
		});
	});
	const more = blank.length - TOLD;
	return blank.slice(0, TOLD).map(({ feuille, ligne, colonne, entete }, i) => {
		const others =
			i === TOLD - 1 && more > 0 ? ` Il en va de même de ${count(more, 'autre cellule', 'autres cellules')}.` : '';
		const cell = cellName(colonne, ligne);
		const message = `Ligne ${ligne}\u00a0: la formule de la cellule ${cell}, colonne ${quoted(entete)}, n’a pas de valeur enregistrée\u202f; la cellule est lue vide.${others}`;
		return anomaly('saisie-incomplete', 'a-verifier', message, {
			where: { sheet: feuille, row: ligne, column: entete, index: colonne },
			found: 'une formule sans valeur',
			expected: 'une valeur enregistrée avec la formule',
			hint: HINT
		});
	});
}
