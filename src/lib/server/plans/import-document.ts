import type { ImportReport } from '../../domain/import/import-report';
import { refusePeriod } from '../../domain/import/plan-period';
import { isRefusal, type Refusal } from '../../domain/issue';
import type { Referentiel } from '../../domain/rules/referentiel';
import * as anomalies from '../db/anomalies';
import type { Db } from '../db/client';
import * as documents from '../db/documents';
import { decisionsOf } from '../db/import-lines';
import * as imports from '../db/imports';
import { ensureTerritory } from '../territories';
import { compare, sha256, withChanges } from './compare-import';
import { storeLines } from './decide-lines';
import { rememberChoices } from './remembered-mapping';
import { optionsOf, readPlan, type By, type ImportRequest, type ReadPlan } from './import-reading';
import { tell } from '../progress';
import { writeChanges, type Gone } from './write-changes';

export type { By, ImportRequest } from './import-reading';
export { undoImport } from './undo-import';
export type { Gone } from './write-changes';

export interface StagedImport {
	readonly id: number;
	readonly rapport: ImportReport;
}

/**
 * Reads a file, compares it with what is there, keeps it ready. No action is written before `commitImport`.
 * out    the import and its report, or a refusal when the file, the territory or the plan cannot be used
 */
export async function stageImport(
	db: Db,
	ref: Referentiel,
	request: ImportRequest & By
): Promise<StagedImport | Refusal> {
	const read = refusePeriod(request.periode) ?? (await readPlan(db, ref, { ...request, aLaMain: true }));
	return isRefusal(read) ? read : stage(db, { ...request, ...read.request }, read);
}

/**
 * Makes a staged import real, in one transaction.
 * in     `disparues`: what becomes of actions the file no longer has
 * out    the report as it stands at that moment: another import may have passed in between
 */
export async function commitImport(
	db: Db,
	ref: Referentiel,
	id: number,
	choice: By & { readonly disparues?: Gone }
): Promise<ImportReport | Refusal> {
	const row = await imports.get(db, id);
	const bytes = row && (await imports.bytesOf(db, id));
	if (!row || !bytes) return { refus: `L’import ${id} n’existe pas.`, conseil: 'Consultez la liste des imports.' };
	if (row.etat !== 'prepare') return notStaged(row);
	const { plan, territoire, fichier, options } = row;
	const request = { ...options, bytes, fichier, territoire, plan: plan as ImportRequest['plan'], aLaMain: true };
	const read = await readPlan(db, ref, request);
	return isRefusal(read) ? read : commit(db, id, request, read, choice);
}

/**
 * Reads a staged import again with other choices: columns, cells, basis, year, document.
 * out    the new report, or why it cannot be read that way; the import then stays as it was
 */
export async function restageImport(
	db: Db,
	ref: Referentiel,
	id: number,
	choices: Partial<imports.ImportOptions>
): Promise<StagedImport | Refusal> {
	const row = await imports.get(db, id);
	const bytes = row && (await imports.bytesOf(db, id));
	if (!row || !bytes) return { refus: `L’import ${id} n’existe pas.`, conseil: 'Consultez la liste des imports.' };
	if (row.etat !== 'prepare') return notStaged(row);
	const { plan, territoire, fichier } = row;
	const asked = { ...row.options, ...choices, bytes, fichier, territoire, plan: plan as ImportRequest['plan'] };
	const read = await readPlan(db, ref, { ...asked, aLaMain: true });
	if (isRefusal(read)) return read;
	const { request } = read;
	const compared = await compare(db, request, read);
	if (isRefusal(compared)) return compared;
	const rapport = { ...compared.rapport, import: id };
	const restaged = { options: optionsOf(request), rapport, document: compared.document?.id ?? null };
	const done = await db.transaction().execute(async (trx) => {
		const open = await imports.restage(trx, id, restaged);
		if (open) await storeLines(trx, id, compared.changes);
		return open;
	});
	return done
		? { id, rapport: withChanges(rapport, compared.changes, compared.document?.id ?? null) }
		: notStaged(await imports.get(db, id));
}

/** A past import as it was asked for, to be read once more from the file it kept. */
export async function requestAgain(db: Db, id: number): Promise<ImportRequest | Refusal> {
	const row = await imports.get(db, id);
	const bytes = row && (await imports.bytesOf(db, id));
	if (!row || !bytes) return { refus: `L’import ${id} n’existe pas.`, conseil: 'Consultez la liste des imports.' };
	const { plan, territoire, fichier } = row;
	const { documentAvant: _before, documentApres: _after, ...options } = row.options;
	// Its document may be gone, or have moved on: the columns decide again.
	return { ...options, document: null, bytes, fichier, territoire, plan: plan as ImportRequest['plan'] };
}

/** Stage and commit at once, for scripts; with `aBlanc` only the report is made and nothing at all is written. */
export async function importDirect(
	db: Db,
	ref: Referentiel,
	asked: ImportRequest & By & { readonly disparues?: Gone; readonly aBlanc?: boolean }
): Promise<ImportReport | Refusal> {
	const read = refusePeriod(asked.periode) ?? (await readPlan(db, ref, asked));
	if (isRefusal(read)) return read;
	const request = { ...asked, ...read.request };
	if (request.aBlanc) {
		const compared = await compare(db, request, read);
		return isRefusal(compared)
			? compared
			: withChanges(compared.rapport, compared.changes, compared.document?.id ?? null);
	}
	// What it says of each row is written once, by the commit that follows.
	const staged = await stage(db, request, read, read.drafts.length > 0 ? 'en-bref' : 'en-entier');
	if (isRefusal(staged)) return staged;
	// Nothing accepted: the import stays in the list with its report, no document is made.
	if (read.drafts.length === 0) return staged.rapport;
	return commit(db, staged.id, request, read, request);
}

async function stage(
	db: Db,
	request: ImportRequest & By,
	read: ReadPlan,
	told: 'en-bref' | 'en-entier' = 'en-entier'
): Promise<StagedImport | Refusal> {
	return db.transaction().execute(async (trx) => {
		await ensureTerritory(trx, read.territoire.code);
		const compared = await compare(trx, request, read);
		if (isRefusal(compared)) return compared;
		tell('enregistrement');
		const id = await imports.add(trx, {
			territoire: read.territoire.code,
			plan: request.plan,
			document: compared.document?.id ?? null,
			fichier: request.fichier,
			sha256: sha256(request.bytes),
			options: optionsOf(request),
			rapport: compared.rapport,
			par: request.par,
			prepareLe: request.le,
			octets: request.bytes
		});
		const { rapport, changes, document } = compared;
		if (told === 'en-entier') {
			await anomalies.replaceAll(trx, id, rapport.anomalies);
			await storeLines(trx, id, changes);
		}
		return { id, rapport: withChanges({ ...rapport, import: id }, changes, document?.id ?? null) };
	});
}

async function commit(
	db: Db,
	id: number,
	request: ImportRequest,
	read: ReadPlan,
	choice: By & { readonly disparues?: Gone }
): Promise<ImportReport | Refusal> {
	return db.transaction().execute(async (trx) => {
		const row = await imports.get(trx, id);
		if (row?.etat !== 'prepare') return notStaged(row);
		if (read.drafts.length === 0)
			return {
				refus: 'Aucune ligne de ce fichier n’est une action.',
				conseil: 'Corrigez le fichier, puis déposez-le à nouveau.'
			};
		const compared = await compare(trx, request, read);
		if (isRefusal(compared)) return compared;
		const { document } = compared;
		const { changes, rapport: found } = compared.decided(await decisionsOf(trx, id));
		const { champs, signature, periode, titre, territoire } = read;
		const documentId =
			document?.id ??
			(await documents.add(trx, {
				territoire: territoire.code,
				plan: request.plan,
				titre,
				periode,
				champs: [...champs],
				signature,
				adopteLe: null,
				creeLe: choice.le
			}));
		// A column that was there once has been asked for: its field stays a field of the document.
		if (document)
			await documents.update(trx, documentId, { champs: [...new Set([...document.champs, ...champs])], signature });
		await writeChanges(trx, id, documentId, changes, choice.disparues ?? 'garder');
		await storeLines(trx, id, compared.changes, changes, documentId);
		const rapport: ImportReport = {
			...found,
			import: id,
			document: { ...found.document!, id: documentId }
		};
		const before = document ? { documentAvant: { champs: document.champs, signature: document.signature } } : {};
		const options = { ...optionsOf(request), ...before, documentApres: { champs: [...champs], signature } };
		await rememberChoices(trx, request, choice);
		await imports.markCommitted(trx, id, { document: documentId, rapport, options, le: choice.le, par: choice.par });
		return withChanges(rapport, changes, documentId);
	});
}

const notStaged = (row: imports.ImportRow | null): Refusal => ({
	refus: row
		? `L’import ${row.id} est déjà ${row.etat === 'valide' ? 'validé' : 'annulé'}.`
		: 'Cet import n’existe pas.',
	conseil: 'Déposez à nouveau le fichier pour préparer un import.'
});
