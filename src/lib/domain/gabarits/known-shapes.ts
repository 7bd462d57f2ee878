import { cellText } from '../import/cell';
import type { Sheet } from '../import/sheet';
import type { PlansFile } from '../rules/referentiel';
import { plain } from '../text';
import { hasOwnTable } from './find-table';
import type { GabaritsFile } from './gabarit';

/** Their own parser finds the sheet the same way: this label opens its row of headers. */
const TET_FIRST = 'axe x';
const TET_WITHIN = 3;

/** A workbook made of rows under headers, for certain: ours, or one of Territoires en Transitions in any version. */
export const isKnownShape = (sheets: readonly Sheet[], def: GabaritsFile, plans: PlansFile): boolean =>
	hasOwnTable(sheets, def, plans) ||
	sheets.some(({ rows }) => rows.slice(0, TET_WITHIN).some((row) => plain(cellText(row[0] ?? null)) === TET_FIRST));
