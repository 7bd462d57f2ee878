import type { Issue } from '../../src/lib/domain/issue';
import { isRefusal } from '../../src/lib/domain/issue';
import type { ActionDraft, PlanKind } from '../../src/lib/domain/action';
import { parseRows } from '../../src/lib/domain/import/row';
import type { Table } from '../../src/lib/domain/import/sheet';
import { withMoneyNote } from '../../src/lib/domain/import/money-note';
import { findTable } from '../../src/lib/domain/import/template';
import { readWorkbook } from '../../src/lib/server/files/workbook';
import { dispositifNames } from '../../src/lib/domain/rules/dispositif-names';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* A small file as a person saves it, read from its bytes to its actions. */

const ref = loadReferentiel();

export interface Lu {
	readonly table: Table;
	readonly actions: readonly ActionDraft[];
	readonly anomalies: readonly Issue[];
}

/** A cell that holds a separator, a quote or a new line is put between quotes, as spreadsheets do. */
const cellule = (text: string): string => (/[;"\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

export async function lire(rows: readonly (readonly string[])[], plan: PlanKind = 'pcaet'): Promise<Lu> {
	const csv = rows.map((row) => row.map(cellule).join(';')).join('\r\n');
	const workbook = await readWorkbook(new TextEncoder().encode(csv), 'plan.csv');
	if (isRefusal(workbook)) throw new Error(workbook.refus);
	const [sheet] = workbook.sheets;
	const { tables, issues } = findTable(workbook.sheets, ref.plans, plan);
	const { table, issues: notes } = withMoneyNote(tables[0]!, sheet!.rows);
	const outcomes = parseRows(sheet!.rows, table, {
		fichier: 'plan.csv',
		feuille: sheet!.nom,
		plans: ref.plans,
		filtre: null,
		territoire: null,
		baseParDefaut: 'inconnu',
		dispositifs: dispositifNames(ref)
	});
	return {
		table,
		actions: outcomes.flatMap((o) => o.draft ?? []),
		anomalies: [...issues, ...notes, ...outcomes.flatMap((o) => o.issues)]
	};
}
