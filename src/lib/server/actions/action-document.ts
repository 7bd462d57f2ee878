import { BLANK_DRAFT } from '../../domain/blank-draft';
import { Champ, PlanKind, type ActionDraft } from '../../domain/action';
import { EDITABLE_COLUMNS } from '../../domain/actions/columns';
import type { Refusal } from '../../domain/issue';
import type { DbOrTrx } from '../db/client';
import * as documents from '../db/documents';
import { ensureTerritory } from '../territories';

/* The document an action typed by hand belongs to: one of the territory, or « Saisie à la main ». */

export const BY_HAND = 'Saisie à la main';

/** What no file can be taken for: see the recognition of documents at import. */
const SIGNATURE = JSON.stringify(['saisie', '', 'à la main']);

/** Its id is written in that of the action, which may be no more. */
export async function documentOf(db: DbOrTrx, action: string): Promise<number | null> {
	const id = Number(/^A(\d+)-/.exec(action)?.[1] ?? 0);
	return (await documents.get(db, id))?.id ?? null;
}

/**
 * The document to write in.
 * in     `document`: its id, or '' with a plan for what is typed by hand; made when it is not there
 */
export async function documentFor(
	trx: DbOrTrx,
	asked: { readonly territoire: string; readonly document: string; readonly plan: string; readonly le: string }
): Promise<number | Refusal> {
	const own = await documents.listByTerritory(trx, asked.territoire);
	if (asked.document) {
		const known = own.find((d) => String(d.id) === asked.document);
		return known?.id ?? { refus: 'Ce document n’est plus dans ce territoire.', conseil: 'Rechargez la page.' };
	}
	const plan = PlanKind.safeParse(asked.plan);
	if (!plan.success) return { refus: 'Choisissez un document, ou le plan de l’action.', conseil: null };
	const known = own.find((d) => d.plan === plan.data && d.signature === SIGNATURE);
	if (known) return known.id;
	// An EPCI known only by its perimeters has no row of its own before what is first kept of it.
	await ensureTerritory(trx, asked.territoire);
	return documents.add(trx, {
		territoire: asked.territoire,
		plan: plan.data,
		titre: BY_HAND,
		periode: null,
		champs: [...new Set(EDITABLE_COLUMNS.map((c) => Champ.parse(c.champ)))],
		signature: SIGNATURE,
		adopteLe: null,
		creeLe: asked.le
	});
}

/** An action of which nothing is said yet. */
export const blankDraft = (titre: string, par: string): ActionDraft => ({
	...BLANK_DRAFT,
	titre,
	origine: { fichier: `saisie à la main par ${par}`, feuille: null, ligne: null }
});
