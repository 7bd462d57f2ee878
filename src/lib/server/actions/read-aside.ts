import { EDITABLE_COLUMNS, columnWords } from '../../domain/actions/columns';
import { sourceWords } from '../../domain/actions/action-table';
import type { Referentiel } from '../../domain/rules/referentiel';
import { setAsideOf } from '../db/actions';
import type { DbOrTrx } from '../db/client';
import { journalOf } from '../db/journal';
import { closedLabels } from './read-actions';

/* An action set aside: what it says, and who set it aside, when, why. */

export interface AsideAction {
	readonly id: string;
	readonly titre: string;
	readonly reference: string | null;
	readonly plan: string;
	readonly source: string;
	/** Who set it aside; null when its journal does not say. */
	readonly par: string | null;
	readonly le: string | null;
	/** The gesture in its words, with the reason that was given. */
	readonly geste: string | null;
	readonly champs: readonly { readonly cle: string; readonly libelle: string; readonly mots: string }[];
}

/** null when no action set aside in this territory has this number. */
export async function readAside(
	db: DbOrTrx,
	ref: Referentiel,
	territoire: string,
	id: string
): Promise<AsideAction | null> {
	const action = (await setAsideOf(db, territoire)).find((a) => a.id === id);
	if (!action) return null;
	const entries = (await journalOf(db, [id])).get(id) ?? [];
	const by = entries.findLast((e) => !e.avant?.['@ecartee'] && e.apres?.['@ecartee'] === 1);
	const labels = closedLabels(ref);
	return {
		id,
		titre: action.titre,
		reference: action.reference,
		plan: ref.plans.types.find((t) => t.code === action.plan)?.libelle ?? action.plan,
		source: sourceWords(action),
		par: by?.par || null,
		le: by?.le ?? null,
		geste: by?.geste?.libelle ?? null,
		champs: EDITABLE_COLUMNS.flatMap(({ cle, libelle }) => {
			const mots = columnWords(action, cle, labels[cle]);
			return mots && cle !== 'titre' ? [{ cle, libelle, mots }] : [];
		})
	};
}
