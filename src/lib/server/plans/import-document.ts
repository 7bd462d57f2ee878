import type { ActionChange } from '../../domain/import/import-diff';
import type { ImportReport } from '../../domain/import/import-report';
import { isRefusal, type Refusal } from '../../domain/issue';
import type { Referentiel } from '../../domain/rules/referentiel';
import * as actions from '../db/actions';
import type { Db, DbOrTrx } from '../db/client';
import * as documents from '../db/documents';
import * as imports from '../db/imports';
import { ensureTerritory } from '../territories';
import { compare, idOf, isTold, sha256 } from './compare-import';
import { rememberChoices } from './remembered-mapping';
import { optionsOf, readPlan, type By, type ImportRequest, type ReadPlan } from './import-reading';
import { tell } from '../progress';

export type { By, ImportRequest } from './import-reading';
export { undoImport } from './undo-import';

export interface StagedImport {
	readonly id: number;
	readonly rapport: ImportReport;
}

export type Gone = 'garder' | 'retirer';

/**
 * Reads a file, compares it with what is there, keeps it ready. No action is written before `commitImport`.
 * out    the import and its report, or a refusal when the file, the territory or the plan cannot be used
 */
export async function stageImport(
	db: Db,
	ref: Referentiel,
	request: ImportRequest & By
): Promise<StagedImport | Refusal> {
	const read = await readPlan(db, ref, { ...request, aLaMain: true });
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
	const done = await db.transaction().execute((trx) => imports.restage(trx, id, restaged));
	return done ? { id, rapport } : notStaged(await imports.get(db, id));
}

/** Stage and commit at once, for scripts; with `aBlanc` only the report is made and nothing at all is written. */
export async function importDirect(
	db: Db,
	ref: Referentiel,
	asked: ImportRequest & By & { readonly disparues?: Gone; readonly aBlanc?: boolean }
): Promise<ImportReport | Refusal> {
	const read = await readPlan(db, ref, asked);
	if (isRefusal(read)) return read;
	const request = { ...asked, ...read.request };
	if (request.aBlanc) {
		const compared = await compare(db, request, read);
		return isRefusal(compared) ? compared : compared.rapport;
	}
	const staged = await stage(db, request, read);
	if (isRefusal(staged)) return staged;
	// Nothing accepted: the import stays in the list with its report, no document is made.
	if (read.drafts.length === 0) return staged.rapport;
	return commit(db, staged.id, request, read, request);
}

async function stage(db: Db, request: ImportRequest & By, read: ReadPlan): Promise<StagedImport | Refusal> {
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
		return { id, rapport: { ...compared.rapport, import: id } };
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
		const { document, changes } = compared;
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
		const rapport: ImportReport = {
			...compared.rapport,
			import: id,
			document: { ...compared.rapport.document!, id: documentId },
			changements: compared.rapport.changements.map((c, i) => ({
				...c,
				id: c.id ?? idOf(documentId, changes.filter(isTold)[i]!.cle)
			}))
		};
		const before = document ? { documentAvant: { champs: document.champs, signature: document.signature } } : {};
		const options = { ...optionsOf(request), ...before };
		await rememberChoices(trx, request, choice);
		await imports.markCommitted(trx, id, { document: documentId, rapport, options, le: choice.le, par: choice.par });
		return rapport;
	});
}

/** Actions read and written at once: a large plan is neither a query per row nor a second copy in memory. */
const BATCH = 500;

/** What an action should be after the import; null when it should be no more. */
interface Wanted {
	readonly id: string;
	readonly next: Omit<actions.ActionImage, 'import'> | null;
}

async function writeChanges(
	trx: DbOrTrx,
	importId: number,
	document: number,
	changes: readonly ActionChange[],
	gone: Gone
): Promise<void> {
	for (let at = 0; at < changes.length; at += BATCH) {
		tell('enregistrement', at, changes.length);
		const wanted = changes.slice(at, at + BATCH).flatMap(({ avant, cle, ordre, apres, genre }): Wanted[] => {
			const id = avant?.id ?? idOf(document, cle);
			if (genre !== 'disparue')
				return [{ id, next: { cle, ordre: ordre ?? 0, contenu: JSON.stringify(apres), disparue: 0 } }];
			if (!avant) return [];
			if (gone === 'retirer') return [{ id, next: null }];
			return [{ id, next: { cle, ordre: avant.ordre, contenu: JSON.stringify(avant.contenu), disparue: 1 } }];
		});
		await writeBatch(trx, importId, document, wanted);
	}
	if (gone !== 'retirer') return;
	// Those that an earlier version had already lost go as well.
	const lost = await actions.goneOf(trx, document);
	for (let at = 0; at < lost.length; at += BATCH)
		await writeBatch(
			trx,
			importId,
			document,
			lost.slice(at, at + BATCH).map((id) => ({ id, next: null }))
		);
}

/** What stays as it was is not written, and leaves no trace in the history of the import. */
async function writeBatch(trx: DbOrTrx, importId: number, document: number, wanted: readonly Wanted[]): Promise<void> {
	const before = await actions.imagesOf(
		trx,
		wanted.map(({ id }) => id)
	);
	const changed = wanted.flatMap(({ id, next }): actions.RecordedChange[] => {
		const avant = before.get(id) ?? null;
		const { import: _, ...content } = avant ?? { import: null };
		if (JSON.stringify(avant && content) === JSON.stringify(next)) return [];
		return [{ import: importId, action: id, avant, apres: next && { ...next, import: importId } }];
	});
	await actions.putAll(
		trx,
		document,
		changed.map(({ action, apres }) => ({ id: action, image: apres }))
	);
	await actions.recordChanges(trx, changed);
}

const notStaged = (row: imports.ImportRow | null): Refusal => ({
	refus: row
		? `L’import ${row.id} est déjà ${row.etat === 'valide' ? 'validé' : 'annulé'}.`
		: 'Cet import n’existe pas.',
	conseil: 'Déposez à nouveau le fichier pour préparer un import.'
});
