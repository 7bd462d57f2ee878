import { randomUUID } from 'node:crypto';
import type { ActionDraft } from '../../domain/action';
import { EDITABLE_COLUMNS } from '../../domain/actions/columns';
import { readTyped } from '../../domain/actions/read-typed';
import { count, INSECABLE, quoted } from '../../domain/french';
import { isRefusal, type Refusal } from '../../domain/issue';
import type { Referentiel } from '../../domain/rules/referentiel';
import * as actions from '../db/actions';
import type { Db, DbOrTrx } from '../db/client';
import { imageState } from '../db/journal';
import { idOf } from '../plans/compare-import';
import { dispositifNames } from '../../domain/rules/dispositif-names';
import { blankDraft, documentFor } from './action-document';
import { asGesture, writeGesture, type Doer, type Written } from './write-gesture';

/* Actions that no file holds, and actions set aside. */

/**
 * Makes an action from what a person typed, read as a file would be.
 * in     `valeurs`: words by column; blanks are left blank
 * out    its id; the sentence of the first cell that is not understood
 */
export async function createAction(
	db: Db,
	ref: Referentiel,
	asked: Doer & {
		readonly document: string;
		readonly plan: string;
		readonly valeurs: Readonly<Record<string, string>>;
	}
): Promise<string | Refusal> {
	const titre = asked.valeurs.titre?.trim();
	if (!titre)
		return { refus: 'Il manque l’intitulé de l’action.', conseil: 'C’est le seul champ obligatoire.', champ: 'titre' };
	let draft = blankDraft(titre, asked.par.trim());
	const context = { plans: ref.plans, dispositifs: dispositifNames(ref) };
	for (const column of EDITABLE_COLUMNS) {
		const texte = asked.valeurs[column.cle]?.trim();
		if (!texte) continue;
		const typed = readTyped(column, texte, draft, context);
		if (isRefusal(typed)) return { ...typed, champ: column.cle, refus: `${column.libelle}\u00a0: ${typed.refus}` };
		draft = { ...draft, ...typed.champs };
	}
	return asGesture(db, asked, async (trx) => {
		const document = await documentFor(trx, asked);
		if (isRefusal(document)) return document;
		return write(trx, asked, document, draft, `Création de ${quoted(draft.titre)}`);
	});
}

/** Makes a copy of an action, in the same document; its number stays with the first one. */
export async function duplicateAction(db: Db, asked: Doer & { readonly action: string }): Promise<string | Refusal> {
	return asGesture(db, asked, async (trx) => {
		const known = (await actions.getSome(trx, asked.territoire, [asked.action])).get(asked.action);
		if (!known) return NOT_THERE;
		const { id: _id, document, plan: _plan, disparue: _gone, ...draft } = known;
		const copy = {
			...draft,
			titre: `${known.titre} (copie)`,
			reference: null,
			origine: { fichier: `copie faite à la main par ${asked.par.trim()}`, feuille: null, ligne: null }
		};
		return write(trx, asked, document, copy, `Copie de ${quoted(known.titre)}`);
	});
}

async function write(trx: DbOrTrx, by: Doer, document: number, draft: ActionDraft, libelle: string): Promise<string> {
	const cle = `main:${randomUUID()}`;
	const id = idOf(document, cle);
	const ordre = await actions.countOf(trx, document);
	const image = { cle, ordre, contenu: JSON.stringify(draft), disparue: 0, ecartee: 0, import: null };
	await writeGesture(trx, by, { genre: 'creer', libelle }, [
		{ action: id, document, avant: null, apres: imageState(image) }
	]);
	return id;
}

/**
 * Sets actions aside, or puts them back: they stay, and count nowhere meanwhile, whatever the next files say.
 * out    the gesture; null when they already were so
 */
export async function setAside(
	db: Db,
	asked: Doer & { readonly actions: readonly string[]; readonly ecartee: boolean; readonly motif?: string }
): Promise<number | null | Refusal> {
	const { territoire, ecartee, motif } = asked;
	if (asked.actions.length === 0) return { refus: 'Cochez au moins une action.', conseil: null };
	return asGesture(db, asked, async (trx) => {
		const [counted, aside] = [
			await actions.listByTerritory(trx, territoire),
			await actions.setAsideOf(trx, territoire)
		];
		const known = new Map([...counted, ...aside].map((a) => [a.id, a]));
		const images = await actions.imagesOf(trx, asked.actions);
		const written = asked.actions.flatMap((action): Written[] => {
			const [image, own] = [images.get(action), known.get(action)];
			if (!image || !own) return [];
			const apres = { ...imageState(image), '@ecartee': Number(ecartee) };
			return [{ action, document: own.document, avant: image, apres }];
		});
		if (written.length < asked.actions.length) return NOT_THERE;
		const [first] = asked.actions;
		const what = written.length === 1 ? quoted(known.get(first!)!.titre) : count(written.length, 'action');
		const why = motif ? `${INSECABLE}: ${motif.slice(0, 500)}` : '';
		return writeGesture(
			trx,
			asked,
			ecartee
				? { genre: 'ecarter', libelle: `Mise de côté de ${what}${why}` }
				: { genre: 'remettre', libelle: `Remise dans les plans de ${what}` },
			written
		);
	});
}

const NOT_THERE: Refusal = { refus: 'Cette action n’est plus dans ce territoire.', conseil: 'Rechargez la page.' };
