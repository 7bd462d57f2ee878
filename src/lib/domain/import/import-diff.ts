import type { ActionDraft, Champ } from '../action';
import { keepChosen, mergeDraft, type DraftField, type Merged } from './draft-merge';
import { goneKey, keyOf, rowKeys, targetOf, type LineDecisions } from './line-decisions';
import { proposeNear, type NearReason } from './near-match';
import { doubtOf, matchRows, type MatchDoubt } from './row-match';

/* What a new version of a file changes in the actions already there, with what people decided of each line. */

export interface StoredAction {
	readonly id: string;
	readonly cle: string;
	readonly ordre: number;
	readonly disparue: boolean;
	readonly contenu: ActionDraft;
	/** Set aside by a person. */
	readonly ecartee?: boolean;
	/** Import that last wrote it; null when only people did: no file can have lost it. */
	readonly import?: number | null;
	/** What the last file said of the fields a person has typed since. */
	readonly saisies?: Readonly<Partial<Record<DraftField, unknown>>>;
}

export interface ActionChange {
	readonly genre: 'ajoutee' | 'modifiee' | 'inchangee' | 'disparue';
	/** Key of the line: what a decision is kept under. */
	readonly ligne: string;
	/** The action as stored; null for a new one. */
	readonly avant: StoredAction | null;
	/** Key under which it is, or will be, stored. */
	readonly cle: string;
	/** Place in the new file; null for one that is gone. */
	readonly ordre: number | null;
	/** What it becomes: the new row over the old one, blanks kept, decisions applied; null for one that is gone. */
	readonly apres: ActionDraft | null;
	readonly champs: readonly DraftField[];
	/** Fields that were filled and whose cell is now blank: they keep their value. */
	readonly videes: readonly DraftField[];
	/** All that the file would change, whatever was decided; null for a new action and for one that is gone. */
	readonly fusion: Merged | null;
	/** Recognised, though its number or its words have changed. */
	readonly doute: MatchDoubt | null;
	/** An action gone from the file that this new row may be. */
	readonly proche: NearAction | null;
	/** A person leaves this line out, or removes this action. */
	readonly ecartee: boolean;
}

export interface NearAction {
	readonly action: StoredAction;
	readonly score: number;
	readonly raisons: readonly NearReason[];
	readonly fusion: Merged;
}

export interface DiffCounts {
	readonly ajoutees: number;
	readonly modifiees: number;
	readonly disparues: number;
	readonly inchangees: number;
	/** Cells, not actions. */
	readonly videes: number;
}

/**
 * Holds the rows of a file against the actions of a document.
 * in     `stored` = every action of the document, gone ones included; `champs` = fields the new file has columns for
 * out    one change per row, in file order, then one per action that is gone; counts of what would be written
 * never  erases a value with a blank unless a person says so; matches two rows with one action; counts twice an action gone before
 */
export function diffActions(
	stored: readonly StoredAction[],
	drafts: readonly ActionDraft[],
	champs: readonly Champ[],
	decisions: LineDecisions = {}
): { readonly changes: readonly ActionChange[]; readonly counts: DiffCounts } {
	const keys = rowKeys(drafts);
	const matches = matchRows(stored, drafts, keys, decisions);
	const taken = new Set(stored.map((s) => s.cle));
	const rows = drafts.map((draft, ordre): ActionChange => {
		const avant = matches[ordre] ?? null;
		const ligne = keys[ordre]!;
		const ecartee = decisions[ligne]?.geste === 'laisser';
		const common = { ligne, avant, ordre, ecartee, proche: null };
		if (avant === null) {
			// Written field by field, with one empty list for all: a hundred thousand new rows weigh half as much.
			return {
				genre: 'ajoutee',
				ligne,
				avant,
				cle: freeKey(keyOf(draft), taken),
				ordre,
				apres: draft,
				champs: NONE,
				videes: NONE,
				fusion: null,
				doute: null,
				proche: null,
				ecartee
			};
		}
		const fusion = mergeDraft(avant.contenu, draft, champs, avant.saisies);
		const { champs: pris = null, effacer = [] } = decisions[ligne] ?? {};
		const chosen = keepChosen(avant.contenu, fusion, pris, effacer);
		const videes = fusion.videes.filter((field) => !effacer.includes(field));
		const genre = chosen.champs.length > 0 || avant.disparue ? 'modifiee' : 'inchangee';
		return { ...common, genre, cle: avant.cle, ...chosen, videes, fusion, doute: doubtOf(avant, draft) };
	});
	const gone = goneFrom(stored, matches, decisions);
	const changes = [...withNear(rows, stored, champs, decisions), ...gone];
	const count = (genre: ActionChange['genre']): number => changes.filter((c) => c.genre === genre && kept(c)).length;
	return {
		changes,
		counts: {
			ajoutees: count('ajoutee'),
			modifiees: count('modifiee'),
			disparues: count('disparue'),
			inchangees: count('inchangee'),
			videes: changes.reduce((sum, c) => sum + c.videes.length, 0)
		}
	};
}

/** A row left out changes nothing; an action gone from the file stays gone from it, kept or removed. */
const kept = (change: ActionChange): boolean => change.genre === 'disparue' || !change.ecartee;

function goneFrom(
	stored: readonly StoredAction[],
	matches: readonly (StoredAction | null)[],
	decisions: LineDecisions
): ActionChange[] {
	const seen = new Set(matches.flatMap((m) => m?.id ?? []));
	return stored
		.filter((s) => !seen.has(s.id) && !s.disparue && !s.ecartee && s.import !== null)
		.map((avant) => ({
			genre: 'disparue',
			ligne: goneKey(avant.id),
			avant,
			cle: avant.cle,
			ordre: null,
			apres: null,
			champs: [],
			videes: [],
			fusion: null,
			doute: null,
			proche: null,
			ecartee: decisions[goneKey(avant.id)]?.geste === 'retirer'
		}));
}

/** New rows with the action gone from the file that each may be; one that a person set apart is not asked about again. */
function withNear(
	rows: readonly ActionChange[],
	stored: readonly StoredAction[],
	champs: readonly Champ[],
	decisions: LineDecisions
): readonly ActionChange[] {
	const apart = new Set(rows.flatMap(({ ligne }) => targetOf(decisions[ligne], 'separer') ?? []));
	const seen = new Set(rows.flatMap((r) => r.avant?.id ?? []));
	const alone = stored.filter((s) => !seen.has(s.id) && !apart.has(s.id));
	const fresh = rows.filter((r) => r.avant === null && targetOf(decisions[r.ligne], 'separer') === null);
	const pairs = proposeNear(
		fresh.map((r) => r.apres!),
		alone.map((s) => s.contenu)
	);
	const near = new Map(pairs.map((pair) => [fresh[pair.row]!, pair]));
	return rows.map((row) => {
		const pair = near.get(row);
		if (!pair) return row;
		const action = alone[pair.action]!;
		const fusion = mergeDraft(action.contenu, row.apres!, champs, action.saisies);
		return { ...row, proche: { action, score: pair.score, raisons: pair.raisons, fusion } };
	});
}

const NONE: readonly never[] = [];

function freeKey(key: string, taken: Set<string>): string {
	let free = key;
	for (let n = 2; taken.has(free); n++) free = `${key}#${n}`;
	taken.add(free);
	return free;
}
