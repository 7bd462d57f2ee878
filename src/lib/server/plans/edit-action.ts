import { ActionDraft } from '../../domain/action';
import { changedFields } from '../../domain/import/action-journal';
import type { Refusal } from '../../domain/issue';
import * as actions from '../db/actions';
import type { Db } from '../db/client';
import { imageState, recordChanges, toImage, versionOf } from '../db/journal';
import type { By } from './import-reading';

/** What a person may write of an action: everything its file says, but where it was read. */
export const EditedFields = ActionDraft.omit({ origine: true }).partial();
export type EditedFields = Partial<Omit<ActionDraft, 'origine'>>;

/**
 * Writes what a person typed over an action, in the same journal as the imports.
 * in     `version` = the one the person was reading (see `versionOf`)
 * out    the new version, the same when nothing changed; a refusal when someone wrote in between, naming who and when
 * never  overwrites an edit that the person has not seen
 */
export async function editAction(
	db: Db,
	id: string,
	fields: EditedFields,
	by: By & { readonly version: number }
): Promise<{ readonly version: number } | Refusal> {
	if (!by.par.trim()) return { refus: 'Indiquez votre nom.', conseil: 'Une modification est toujours signée.' };
	const typed = EditedFields.safeParse(fields);
	if (!typed.success)
		return {
			refus: `Le champ «\u00a0${String(typed.error.issues[0]?.path[0] ?? '')}\u00a0» n’a pas la forme attendue.`,
			conseil: 'Corrigez-le, puis enregistrez à nouveau.'
		};
	return db.transaction().execute(async (trx) => {
		const image = (await actions.imagesOf(trx, [id])).get(id);
		const action = await actions.get(trx, id);
		if (!image || !action) return { refus: 'Cette action n’existe plus.', conseil: 'Rechargez la page.' };
		const version = await versionOf(trx, id);
		if (version !== by.version)
			return {
				refus: `L’action «\u00a0${action.titre}\u00a0» a changé depuis que vous l’avez ouverte\u00a0: rien n’a été écrit.`,
				conseil: 'Rechargez la page pour voir ce qui a changé, puis reprenez votre modification.'
			};
		const before = imageState(image);
		const said = Object.keys(fields).map((field) => [field, typed.data[field as keyof EditedFields]]);
		const after = { ...before, ...Object.fromEntries(said) };
		if (changedFields(before, after).length === 0) return { version };
		const apres = toImage(after);
		await actions.putAll(trx, action.document, [{ id, image: apres }]);
		const change = { import: null, action: id, avant: image, apres };
		await recordChanges(trx, [change], { genre: 'saisie', par: by.par, le: by.le });
		return { version: await versionOf(trx, id) };
	});
}
