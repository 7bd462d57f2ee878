import type { Refusal } from '../../domain/issue';
import * as anomalies from '../db/anomalies';
import type { DbOrTrx } from '../db/client';
import * as imports from '../db/imports';
import { returnWorkbook, type ReturnedWorkbook } from '../returned/return-workbook';

/** The file of an import, given back with what was said of it. */
export async function returnImport(db: DbOrTrx, id: number): Promise<ReturnedWorkbook | Refusal> {
	const row = await imports.get(db, id);
	const bytes = row && (await imports.bytesOf(db, id));
	if (!row || !bytes) return { refus: 'Cet import n’existe pas.', conseil: 'Consultez la liste des imports.' };
	return returnWorkbook(bytes, {
		rapport: row.rapport,
		anomalies: await anomalies.listAll(db, id),
		corrections: row.options.corrections ?? [],
		le: row.valideLe ?? row.prepareLe,
		demarche: row.options.demarche
	});
}
