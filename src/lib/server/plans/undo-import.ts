import type { Refusal } from '../../domain/issue';
import * as actions from '../db/actions';
import type { Db, DbOrTrx } from '../db/client';
import * as documents from '../db/documents';
import * as imports from '../db/imports';
import type { By } from './import-reading';

export interface UndoneImport {
	/** Actions the import had brought. */
	readonly actionsRetirees: number;
	/** Actions put back as they were before it. */
	readonly actionsRestaurees: number;
}

/**
 * Takes one import back: every action it touched returns to what it was.
 * out    a refusal that names them when a later import touched the same document or the same actions
 * never  half done: one transaction; decisions of people stay
 */
export async function undoImport(db: Db, id: number, by: By): Promise<UndoneImport | Refusal> {
	return db.transaction().execute(async (trx): Promise<UndoneImport | Refusal> => {
		const row = await imports.get(trx, id);
		if (!row) return { refus: `L’import ${id} n’existe pas.`, conseil: 'Consultez la liste des imports.' };
		if (row.etat === 'annule') return { refus: `L’import ${id} est déjà annulé.`, conseil: null };
		const changes = await actions.changesOf(trx, id);
		const later = await laterImports(trx, row);
		if (later.length > 0) return refuseLater(trx, row, later, changes);

		if (row.document !== null)
			await actions.putAll(
				trx,
				row.document,
				changes.map(({ action, avant }) => ({ id: action, image: avant }))
			);
		await imports.markUndone(trx, id, by);
		if (row.document !== null) await restoreDocument(trx, row, row.document);
		return {
			actionsRetirees: changes.filter((c) => c.avant === null).length,
			actionsRestaurees: changes.filter(saidSomething).length
		};
	});
}

/** Imports committed after this one on the same document; the same file brought again changed nothing. */
async function laterImports(trx: DbOrTrx, row: imports.ImportRow): Promise<imports.ImportRow[]> {
	const all = await imports.list(trx, row.territoire);
	const after = all.filter(
		(i) => i.id !== row.id && i.etat === 'valide' && i.document === row.document && row.document !== null
	);
	const since = after.filter((i) => committedAfter(i, row));
	const touched = await Promise.all(
		since.map(async (i) => ((await actions.changesOf(trx, i.id)).length > 0 ? [i] : []))
	);
	return touched.flat();
}

const committedAfter = (a: imports.ImportRow, b: imports.ImportRow): boolean =>
	(a.valideLe ?? '') === (b.valideLe ?? '') ? a.id > b.id : (a.valideLe ?? '') > (b.valideLe ?? '');

async function refuseLater(
	trx: DbOrTrx,
	row: imports.ImportRow,
	later: readonly imports.ImportRow[],
	changes: readonly actions.RecordedChange[]
): Promise<Refusal> {
	const ours = new Set(changes.map((c) => c.action));
	const shared = (await Promise.all(later.map((i) => actions.changesOf(trx, i.id))))
		.flat()
		.filter((c) => ours.has(c.action));
	const titles = [...new Set(shared.map((c) => titleOf(c)))];
	const which = later.map((i) => `l’import ${i.id} (${i.fichier})`).join(', ');
	const named = titles.slice(0, 3).map((t) => `«\u00a0${t}\u00a0»`);
	const more = titles.length > 3 ? ` et ${titles.length - 3} autres` : '';
	const said = titles.length > 0 ? ` Actions concernées\u00a0: ${named.join(', ')}${more}.` : '';
	return {
		refus: `L’import ${row.id} ne peut pas être annulé\u00a0: ${which} a ensuite mis à jour le même document.${said}`,
		conseil: `Annulez d’abord ${which}.`
	};
}

/** A row that only moved in its file was never a change to people. */
function saidSomething({ avant, apres }: actions.RecordedChange): boolean {
	if (avant === null) return false;
	const said = (image: actions.ActionImage): string =>
		JSON.stringify([{ ...(JSON.parse(image.contenu) as object), origine: null }, image.disparue]);
	return apres === null || said(avant) !== said(apres);
}

const titleOf = (change: actions.RecordedChange): string => {
	const { contenu } = change.apres ?? change.avant ?? { contenu: '{}' };
	const { titre } = JSON.parse(contenu) as { titre?: string };
	return titre ?? change.action;
};

/** A document that only this import had filled goes with it; another gets its former columns back. */
async function restoreDocument(trx: DbOrTrx, row: imports.ImportRow, document: number): Promise<void> {
	const left = await actions.storedOf(trx, document);
	const others = (await imports.list(trx, row.territoire)).some((i) => i.document === document && i.etat === 'valide');
	if (left.length === 0 && !others) await documents.remove(trx, document);
	else if (row.options.documentAvant) await documents.update(trx, document, row.options.documentAvant);
}
