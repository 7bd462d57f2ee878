import { isRefusal, type Refusal } from '../../domain/issue';
import type { Referentiel } from '../../domain/rules/referentiel';
import type { Recognised } from '../../domain/bring/recognised';
import { recognise, type FileToRecognise } from '../bring/recognise';
import type { Db } from '../db/client';
import type { ImportOptions } from '../db/imports';
import { listDemarches, type DemarcheInfo } from '../files/ademe-json';
import type { ReturnedWorkbook } from '../returned/return-workbook';
import { correctImport, takeBack, type Corrected, type Edit } from './correct-import';
import { commitImport, restageImport, stageImport, undoImport, type By, type ImportRequest } from './import-document';
import { returnImport } from './return-import';

/** A long work: a file to read, an import to read again with other choices or cells, to give back marked, to make real, to take back. */
export type Order =
	| { readonly genre: 'lire'; readonly demande: ImportRequest & By }
	| { readonly genre: 'reconnaitre'; readonly demande: FileToRecognise }
	| { readonly genre: 'relire'; readonly id: number; readonly choix: Partial<ImportOptions> }
	| { readonly genre: 'corriger'; readonly id: number; readonly cellules: readonly Edit[]; readonly par: By }
	| { readonly genre: 'rendre'; readonly id: number; readonly cellules: readonly string[] }
	| { readonly genre: 'annoter'; readonly id: number }
	| { readonly genre: 'enregistrer'; readonly id: number; readonly choix: Parameters<typeof commitImport>[3] }
	| { readonly genre: 'annuler'; readonly id: number; readonly par: By; readonly forcees: readonly string[] | 'tout' };

/** The import it made or changed, what corrections changed, the workbook marked, what a file is (0 for its import: it makes none); or why not, with what the file lets one choose from. */
export type Outcome =
	| {
			readonly import: number;
			readonly relu?: Corrected;
			readonly classeur?: ReturnedWorkbook;
			readonly reconnu?: Recognised;
	  }
	| (Refusal & { readonly demarches?: readonly DemarcheInfo[] });

/** Does the work here and now, in this process. */
export async function perform(db: Db, ref: Referentiel, order: Order): Promise<Outcome> {
	if (order.genre === 'lire') {
		const staged = await stageImport(db, ref, order.demande);
		return isRefusal(staged) ? { ...staged, ...choiceIn(order.demande.bytes) } : { import: staged.id };
	}
	if (order.genre === 'reconnaitre') {
		const reconnu = await recognise(db, ref, order.demande);
		return isRefusal(reconnu) ? reconnu : { import: 0, reconnu };
	}
	if (order.genre === 'corriger' || order.genre === 'rendre') {
		const relu =
			order.genre === 'corriger'
				? await correctImport(db, ref, order.id, order.cellules, order.par)
				: await takeBack(db, ref, order.id, order.cellules);
		return isRefusal(relu) ? relu : { import: order.id, relu };
	}
	if (order.genre === 'annoter') {
		const classeur = await returnImport(db, order.id);
		return isRefusal(classeur) ? classeur : { import: order.id, classeur };
	}
	const done = await change(db, ref, order);
	return isRefusal(done) ? done : { import: order.id };
}

function change(db: Db, ref: Referentiel, order: Extract<Order, { genre: 'relire' | 'enregistrer' | 'annuler' }>) {
	switch (order.genre) {
		case 'relire':
			return restageImport(db, ref, order.id, order.choix);
		case 'enregistrer':
			return commitImport(db, ref, order.id, order.choix);
		case 'annuler':
			return undoImport(db, order.id, order.par, order.forcees === 'tout' ? 'tout' : new Set(order.forcees));
	}
}

/** A file of the ADEME may hold many territories: which ones, for someone to choose. */
function choiceIn(bytes: Uint8Array): { demarches?: readonly DemarcheInfo[] } {
	if (!/^[\s\ufeff\u00ef\u00bb\u00bf]*[[{]/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'))) return {};
	const demarches = listDemarches(bytes);
	return isRefusal(demarches) || demarches.length < 2 ? {} : { demarches };
}
