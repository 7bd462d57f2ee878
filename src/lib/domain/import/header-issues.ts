import type { Champ } from '../action';
import { cellText } from './cell';
import { quoted } from '../french';
import type { Pair } from './header-assign';
import { anomaly, type Issue } from '../issue';
import type { CellValue, MappedColumn } from './sheet';

/* What a person is told of the columns: not known, not sure, read in thousands, or said twice. */

/** Below this a person is asked to look. */
export const DOUBTFUL = 0.7;
/** A header that sure of a field another column holds. */
const WISHED = 0.8;

export function tellAbout(
	column: MappedColumn,
	pairs: readonly Pair[],
	columns: readonly MappedColumn[],
	samples: (index: number) => readonly CellValue[],
	labelOf: (champ: Champ) => string
): Issue[] {
	const where = { column: column.entete };
	const found = column.entete;
	if (column.champ !== null) {
		const said = unitIssue(column);
		if (column.confiance >= DOUBTFUL) return said;
		const message = `La colonne ${quoted(found)} est comprise comme ${quoted(labelOf(column.champ))}, sans certitude.`;
		return [
			anomaly('colonne-ambigue', 'a-verifier', message, {
				where,
				found,
				hint: 'Confirmez ou changez la correspondance.'
			}),
			...said
		];
	}
	const wished = pairs.find((pair) => pair.index === column.index && pair.score >= WISHED);
	const holder = wished && columns.find((c) => c.champ === wished.champ);
	if (wished && holder) {
		const message = `Les colonnes ${quoted(holder.entete)} et ${quoted(found)} donnent la même information\u00a0: la première est lue, pas la seconde.`;
		const hint = 'Changez la correspondance si l’autre colonne est la bonne.';
		return [anomaly('colonne-ambigue', 'a-verifier', message, { where, found, expected: labelOf(wished.champ), hint })];
	}
	if (!samples(column.index).some((cell) => cellText(cell) !== '')) return [];
	const message = `La colonne ${quoted(found)} n’est pas reconnue\u00a0: elle n’est pas lue.`;
	return [
		anomaly('colonne-inconnue', 'info', message, {
			where,
			found,
			hint: 'Choisissez un champ pour cette colonne si elle est utile.'
		})
	];
}

function unitIssue({ entete, unite }: MappedColumn): Issue[] {
	if (unite === undefined) return [];
	const words = unite === 1_000 ? 'milliers' : 'millions';
	const message = `Les montants de la colonne ${quoted(entete)} sont lus en ${words} d’euros, d’après les en-têtes.`;
	const hint = 'Vérifiez un montant\u00a0: une cellule qui porte elle-même «\u00a0€\u00a0» est lue telle quelle.';
	const expected = `des montants en ${words} d’euros`;
	return [anomaly('montant-deduit', 'info', message, { where: { column: entete }, found: entete, expected, hint })];
}
