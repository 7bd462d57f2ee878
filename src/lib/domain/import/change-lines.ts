import type { ActionDraft, RowOrigin } from '../action';
import type { DraftField, Merged } from './draft-merge';
import type { ActionChange, StoredAction } from './import-diff';
import { goneKey, targetOf, type LineDecision } from './line-decisions';
import type { NearReason } from './near-match';
import type { MatchDoubt } from './row-match';

/* What a file changes, a line per row or action gone: what the page of changes shows, and what people answer to. */

/** `masquee` = an action that another line already speaks of. */
export type LineKind = 'ajoutee' | 'modifiee' | 'inchangee' | 'disparue' | 'masquee';

export interface FieldChange {
	readonly champ: DraftField;
	readonly avant: unknown;
	readonly apres: unknown;
}

export interface LineContent {
	readonly champs: readonly FieldChange[];
	/** Cells now blank, with the value that is kept. */
	readonly videes: readonly Pick<FieldChange, 'champ' | 'avant'>[];
	/** Fields typed by hand, on which the file has not moved: `avant` is the file's, `apres` what was typed. */
	readonly gardes?: readonly FieldChange[];
	/** Fields that were typed by hand and that the file changes. */
	readonly saisis?: readonly DraftField[];
	/** What tells the action, for one that is shown whole. */
	readonly fiche?: Partial<Pick<ActionDraft, 'axe' | 'objectif' | 'porteur' | 'budget' | 'statut' | 'dates'>>;
	/** Where the former values were read, and by which import. */
	readonly origine?: RowOrigin;
	readonly source?: number | null;
	readonly proche?: {
		readonly reference: string | null;
		readonly titre: string;
		readonly score: number;
		readonly raisons: readonly NearReason[];
	};
	/** It had gone from an earlier file, and is back. */
	readonly revenue?: boolean;
}

export interface ChangeLine {
	readonly cle: string;
	/** As the comparison found it; `genre` is what it comes to with the answers given. */
	readonly lu: LineKind;
	readonly genre: LineKind;
	/** The action as stored; null for a new one. */
	readonly action: string | null;
	readonly reference: string | null;
	readonly titre: string;
	/** Row of the file. */
	readonly ligne: number | null;
	readonly doute: MatchDoubt | null;
	/** Action this row is, or may be: the one a person answers about. */
	readonly proche: string | null;
	readonly videes: number;
	readonly contenu: LineContent;
}

/** Worth a line: what stays the same without a word is not told. */
export const isTold = (change: ActionChange): boolean =>
	change.genre !== 'inchangee' || change.videes.length > 0 || (change.fusion?.gardes.length ?? 0) > 0;

/**
 * The lines of a comparison made without any decision.
 * out    in file order, then what is gone; a recognised action whose words changed also has a masked line, for the day someone says it is another
 */
export function linesOf(changes: readonly ActionChange[]): readonly ChangeLine[] {
	return changes.filter(isTold).flatMap((change): ChangeLine[] => {
		const { avant, apres, genre, proche, doute } = change;
		const draft = apres ?? avant!.contenu;
		const fusion = change.fusion ?? proche?.fusion ?? null;
		const old = avant ?? proche?.action ?? null;
		const whole = genre === 'ajoutee' || genre === 'disparue' || doute !== null;
		const line: ChangeLine = {
			cle: change.ligne,
			lu: genre,
			genre,
			action: avant?.id ?? null,
			reference: draft.reference,
			titre: draft.titre,
			ligne: apres?.origine.ligne ?? null,
			doute,
			proche: proche?.action.id ?? (doute ? avant!.id : null),
			videes: change.videes.length,
			contenu: {
				...(fusion && old ? mergeTold(old, fusion) : NOTHING),
				...(whole ? { fiche: cardOf(draft) } : {}),
				...(old ? { origine: old.contenu.origine, source: old.import ?? null } : {}),
				...(old?.disparue && fusion ? { revenue: true } : {}),
				...(proche
					? {
							proche: {
								reference: proche.action.contenu.reference,
								titre: proche.action.contenu.titre,
								score: proche.score,
								raisons: proche.raisons
							}
						}
					: {})
			}
		};
		return doute ? [line, maskedLine(change)] : [line];
	});
}

function maskedLine({ avant }: ActionChange): ChangeLine {
	const { id, contenu, import: source } = avant!;
	return {
		cle: goneKey(id),
		lu: 'masquee',
		genre: 'masquee',
		action: id,
		reference: contenu.reference,
		titre: contenu.titre,
		ligne: null,
		doute: null,
		proche: null,
		videes: 0,
		contenu: { ...NOTHING, fiche: cardOf(contenu), origine: contenu.origine, source: source ?? null }
	};
}

const NOTHING = { champs: [], videes: [] };

function mergeTold(
	{ contenu: before, saisies = {} }: StoredAction,
	{ apres, changed, videes, gardes }: Merged
): LineContent {
	const saisis = changed.filter((champ) => champ in saisies);
	return {
		champs: changed.map((champ) => ({ champ, avant: before[champ], apres: apres[champ] })),
		videes: videes.map((champ) => ({ champ, avant: before[champ] })),
		...(gardes.length > 0
			? { gardes: gardes.map((champ) => ({ champ, avant: saisies[champ], apres: before[champ] })) }
			: {}),
		...(saisis.length > 0 ? { saisis } : {})
	};
}

const cardOf = ({ axe, objectif, porteur, budget, statut, dates }: ActionDraft): LineContent['fiche'] => ({
	...(axe ? { axe } : {}),
	...(objectif ? { objectif } : {}),
	...(porteur ? { porteur } : {}),
	...(budget ? { budget } : {}),
	...(statut ? { statut } : {}),
	...(dates ? { dates } : {})
});

/**
 * Kind of a line, and of the action it is held against, once a person has answered.
 * in     `decision` undefined = no answer, or an answer taken back
 */
export function answered(
	line: Pick<ChangeLine, 'lu' | 'proche'>,
	decision: LineDecision | undefined
): { readonly genre: LineKind; readonly autre: LineKind | null } {
	if (line.proche === null) return { genre: line.lu, autre: null };
	const found = line.lu !== 'ajoutee';
	const together = targetOf(decision, 'rapprocher') === line.proche;
	const apart = targetOf(decision, 'separer') === line.proche;
	const one = found ? !apart : together;
	return one ? { genre: found ? line.lu : 'modifiee', autre: 'masquee' } : { genre: 'ajoutee', autre: 'disparue' };
}
