import { sourceWords } from '../../domain/actions/action-table';
import type { RowOrigin } from '../../domain/action';
import { toldFields, type ActionState } from '../../domain/import/action-journal';
import { cellName } from '../../domain/import/issue-cells';
import { quoted } from '../../domain/french';
import { VERDICT_WORDS } from '../../domain/rules/gap-predicates-pair';
import type { OverlapVerdict } from '../../domain/rules/overlaps';
import { getSome } from '../db/actions';
import type { DbOrTrx } from '../db/client';
import { everyAbout } from '../db/decisions';
import { journalOf, type SignedEntry } from '../db/journal';

/* The whole life of one action: each import, edit, undo and decision, with who, when, and what it changed. */

export interface HistoryEvent {
	readonly genre: SignedEntry['genre'] | 'decision' | 'note' | 'lien';
	/** Number of its entry in the journal; null for a decision. */
	readonly entree: number | null;
	/** The gesture it is part of, in its words. */
	readonly geste: string | null;
	readonly par: string;
	readonly le: string;
	/** Import concerned, its file and the row the action was read from. */
	readonly import: number | null;
	readonly fichier: string | null;
	readonly ligne: number | null;
	/** Its import was taken back since, or its decision cancelled. */
	readonly annule: boolean;
	readonly effet: 'apparition' | 'retrait' | 'changement' | 'aucun';
	readonly champs: readonly { readonly champ: string; readonly avant: unknown; readonly apres: unknown }[];
	/** Cells of that row corrected on the screen before it was read. */
	readonly corrections: readonly CorrectedCell[];
	/** File, sheet and row of what a person wrote over. */
	readonly remplace: string | null;
	/** Words of a decision. */
	readonly motif: string | null;
}

export interface CorrectedCell {
	/** « E12 ». */
	readonly cellule: string | null;
	readonly avant: string | null;
	readonly valeur: string | null;
	readonly par: string | null;
	readonly le: string | null;
}

export interface ActionHistory {
	readonly titre: string;
	/** What the action is now, field by field; null when it is no more. */
	readonly etat: ActionState | null;
	readonly reference: string | null;
	readonly evenements: readonly HistoryEvent[];
}

/** Last event first; null when nothing was ever written of this action in this territory. */
export async function actionHistory(db: DbOrTrx, id: string, territoire: string): Promise<ActionHistory | null> {
	const entries = (await journalOf(db, [id])).get(id) ?? [];
	const known = entries.findLast((e) => e.apres ?? e.avant);
	const state = known?.apres ?? known?.avant;
	if (!state || !entries.some((e) => e.territoire === territoire)) return null;
	const about = await everyAbout(db, id);
	const linked = await getSome(
		db,
		territoire,
		about.flatMap((d) => d.lien?.autre ?? [])
	);
	const linkWords = ({ autre, verdict }: { autre: string; verdict: string }): string =>
		[VERDICT_WORDS[verdict as OverlapVerdict], linked.has(autre) && quoted(linked.get(autre)!.titre)]
			.filter(Boolean)
			.join(', ');
	const decided = about.map((d): HistoryEvent => ({
		genre: d.genre === 'note' ? 'note' : d.lien ? 'lien' : 'decision',
		entree: null,
		geste: null,
		par: d.par,
		le: d.le,
		import: null,
		fichier: null,
		ligne: null,
		annule: d.annuleeLe !== null,
		effet: 'changement',
		champs: [],
		corrections: [],
		remplace: null,
		motif: d.lien ? [linkWords(d.lien), d.motif].filter(Boolean).join('. ') : d.motif
	}));
	const written = entries.map(toEvent);
	return {
		titre: String(state['titre']),
		etat: entries.findLast((e) => e.genre !== 'tenue')?.apres ?? null,
		reference: (state['reference'] as string | null) ?? null,
		// Days only are known of both: within a day, what was decided comes after what was written.
		evenements: [...written, ...decided].sort((a, b) => a.le.slice(0, 10).localeCompare(b.le.slice(0, 10))).toReversed()
	};
}

function toEvent(entry: SignedEntry): HistoryEvent {
	const { id, genre, par, le, import: by, fichier, avant, apres, actif, geste } = entry;
	const origin = (apres?.['origine'] ?? null) as Partial<RowOrigin> | null;
	const ligne = origin?.ligne ?? null;
	const champs =
		avant && apres
			? toldFields(avant, apres).map((champ) => ({ champ, avant: avant[champ], apres: apres[champ] }))
			: [];
	return {
		genre,
		entree: id,
		geste: geste?.libelle ?? null,
		par,
		le,
		import: by,
		fichier,
		ligne: genre === 'import' ? ligne : null,
		annule: !actif,
		effet:
			avant === null
				? apres === null
					? 'aucun'
					: 'apparition'
				: apres === null
					? 'retrait'
					: champs.length
						? 'changement'
						: 'aucun',
		champs,
		corrections:
			genre === 'import'
				? (origin?.corrections ?? []).map((c) => ({
						cellule: ligne === null ? null : cellName(c.colonne, c.ligne ?? ligne),
						avant: c.avant,
						valeur: c.valeur,
						par: c.par ?? null,
						le: c.le ?? null
					}))
				: [],
		remplace: genre === 'saisie' && avant && champs.length > 0 ? placeOf(avant['origine'] as RowOrigin) : null,
		motif: null
	};
}

const placeOf = (origine: RowOrigin): string | null => (origine.ligne === null ? null : sourceWords({ origine }));
