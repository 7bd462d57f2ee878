import { isRefusal, type Refusal } from '../../domain/issue';
import type { Referentiel } from '../../domain/rules/referentiel';
import type { Db } from '../db/client';
import type { ImportOptions } from '../db/imports';
import { listDemarches, type DemarcheInfo } from '../files/ademe-json';
import { commitImport, restageImport, stageImport, type By, type ImportRequest } from './import-document';

/** A long work: a file to read, an import to read again with other choices, an import to make real. */
export type Order =
	| { readonly genre: 'lire'; readonly demande: ImportRequest & By }
	| { readonly genre: 'relire'; readonly id: number; readonly choix: Partial<ImportOptions> }
	| { readonly genre: 'enregistrer'; readonly id: number; readonly choix: Parameters<typeof commitImport>[3] };

/** The import it made or changed; or why not, with what the file lets one choose from. */
export type Outcome = { readonly import: number } | (Refusal & { readonly demarches?: readonly DemarcheInfo[] });

/** Does the work here and now, in this process. */
export async function perform(db: Db, ref: Referentiel, order: Order): Promise<Outcome> {
	if (order.genre === 'relire') {
		const read = await restageImport(db, ref, order.id, order.choix);
		return isRefusal(read) ? read : { import: order.id };
	}
	if (order.genre === 'enregistrer') {
		const done = await commitImport(db, ref, order.id, order.choix);
		return isRefusal(done) ? done : { import: order.id };
	}
	const staged = await stageImport(db, ref, order.demande);
	return isRefusal(staged) ? { ...staged, ...choiceIn(order.demande.bytes) } : { import: staged.id };
}

/** A file of the ADEME may hold many territories: which ones, for someone to choose. */
function choiceIn(bytes: Uint8Array): { demarches?: readonly DemarcheInfo[] } {
	if (!/^[\s\ufeff\u00ef\u00bb\u00bf]*[[{]/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'))) return {};
	const demarches = listDemarches(bytes);
	return isRefusal(demarches) || demarches.length < 2 ? {} : { demarches };
}
