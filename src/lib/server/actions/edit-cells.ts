import { ActionDraft } from '../../domain/action';
import { columnReading, columnWords, editable, type EditableColumn } from '../../domain/actions/columns';
import { changedSince, conflictOf, type Conflict } from '../../domain/actions/conflict';
import { readTyped } from '../../domain/actions/read-typed';
import { count, quoted } from '../../domain/french';
import { toldFields } from '../../domain/import/action-journal';
import { isRefusal, type Refusal } from '../../domain/issue';
import type { Referentiel } from '../../domain/rules/referentiel';
import * as actions from '../db/actions';
import type { Db, DbOrTrx } from '../db/client';
import { imageState, journalOf, lastEntry, type SignedEntry } from '../db/journal';
import { dispositifNames } from '../../domain/rules/dispositif-names';
import { closedLabels } from './read-actions';
import { asGesture, writeGesture, type Doer, type Written } from './write-gesture';

/* Cells typed on the screen: one, or one value for many actions; read as a file would be, written as one gesture. */

export interface CellsTyped extends Doer {
	readonly actions: readonly string[];
	readonly colonne: string;
	readonly texte: string;
	/** Number of the last entry of the journal the person had seen: see `lastEntry`. */
	readonly vu: number;
}

export type Edited =
	| {
			/** null: everything was already so. */
			readonly geste: number | null;
			readonly ecrites: number;
			/** What was understood beyond the letter, said once. */
			readonly compris: readonly string[];
	  }
	| { readonly conflits: readonly Conflict[]; readonly vu: number };

/**
 * Writes one value in one column of some actions.
 * out    a refusal when the words are not understood; conflicts when someone wrote the same cells since they were read
 * never  half of them; over what the person has not seen; a word that the import would not understand
 */
export async function editCells(db: Db, ref: Referentiel, asked: CellsTyped): Promise<Edited | Refusal> {
	const column = editable(asked.colonne);
	if (!column) return { refus: 'Cette colonne ne se modifie pas.', conseil: null };
	if (asked.actions.length === 0) return { refus: 'Cochez au moins une action.', conseil: null };
	return asGesture(db, asked, async (trx): Promise<Edited | Refusal> => {
		const read = await readCells(trx, ref, column, asked);
		if (isRefusal(read)) return read;
		const conflits = read.flatMap((cell) => cell.conflit ?? []);
		if (conflits.length > 0) return { conflits, vu: await lastEntry(trx) };
		const written = read.filter((cell) => cell.change);
		const compris = [...new Set(written.flatMap((cell) => cell.compris))];
		const titres = written.map((cell) => cell.titre);
		const libelle = [sentence(column, written[0]?.lu ?? '', titres), ...compris].join('. ');
		const geste = await writeGesture(trx, asked, { genre: 'modifier', libelle }, written);
		return { geste, ecrites: written.length, compris };
	});
}

interface ReadCell extends Written {
	readonly titre: string;
	/** Its new value, as it will be read. */
	readonly lu: string;
	readonly change: boolean;
	readonly compris: readonly string[];
	readonly conflit: Conflict | null;
}

async function readCells(
	trx: DbOrTrx,
	ref: Referentiel,
	column: EditableColumn,
	{ actions: ids, texte, vu, territoire }: CellsTyped
): Promise<ReadCell[] | Refusal> {
	const images = await actions.imagesOf(trx, ids);
	const known = await actions.getSome(trx, territoire, ids);
	const journal = await journalOf(trx, ids);
	const context = { plans: ref.plans, dispositifs: dispositifNames(ref) };
	const labels = closedLabels(ref)[column.cle];
	const cells: ReadCell[] = [];
	for (const id of ids) {
		const [image, action] = [images.get(id), known.get(id)];
		if (!image || !action) return gone(ids.length);
		const before = imageState(image);
		const now = ActionDraft.parse(action);
		// Left as it was shown, a cell is not read again: what a file said may be more than it shows.
		const same = texte.trim() === columnWords(now, column.cle, labels);
		const typed = same ? { champs: {}, compris: [] } : readTyped(column, texte, now, context);
		if (isRefusal(typed)) return typed;
		const wanted = { ...now, ...typed.champs };
		const after = { ...before, ...typed.champs };
		const other = changedSince(journal.get(id) ?? [], column, vu);
		cells.push({
			action: id,
			document: action.document,
			avant: image,
			apres: after,
			titre: action.titre,
			lu: columnReading(wanted, column.cle, labels),
			change: toldFields(before, after).length > 0,
			compris: typed.compris,
			conflit: other && conflictOf({ action: id, column, texte }, now, wanted, other, labels)
		});
	}
	return cells;
}

const gone = (asked: number): Refusal => ({
	refus: asked === 1 ? 'Cette action n’est plus dans le tableau.' : 'Une de ces actions n’est plus dans le tableau.',
	conseil: 'Rechargez la page\u00a0: elle a été retirée ou mise de côté depuis.'
});

function sentence(column: EditableColumn, lu: string, titres: readonly string[]): string {
	const what = lu ? `\u00a0: ${quoted(short(lu))}` : ', vidé';
	const [only] = titres;
	return `${column.libelle} de ${titres.length === 1 && only ? quoted(short(only)) : count(titres.length, 'action')}${what}`;
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57).trimEnd()}…` : text);

/**
 * Puts back in an action a value its journal says it had.
 * in     `entree`: entry of the journal; `cote`: the value before it, or the one it wrote
 * never  over what was written since the history was read
 */
export async function restoreValue(
	db: Db,
	asked: Doer & {
		readonly action: string;
		readonly entree: number;
		readonly champ: string;
		readonly cote: 'avant' | 'apres';
		readonly vu: number;
	}
): Promise<number | null | Refusal> {
	return asGesture(db, asked, async (trx) => {
		const entries = (await journalOf(trx, [asked.action])).get(asked.action) ?? [];
		const image = (await actions.imagesOf(trx, [asked.action])).get(asked.action);
		const action = await actions.get(trx, asked.action);
		const state = entries.find((e) => e.id === asked.entree)?.[asked.cote];
		if (!image || !action || !state || !(asked.champ in state)) return gone(1);
		const since = entries.findLast((e) => e.id > asked.vu && writes(e, asked.champ));
		if (since)
			return {
				refus: `${since.par || 'Quelqu’un'} a modifié ce champ depuis que vous lisez cet historique\u00a0: rien n’a été écrit.`,
				conseil: 'Rechargez la page pour voir sa valeur, puis recommencez.'
			};
		const apres = { ...imageState(image), ...withFollowers(asked.champ, state) };
		const libelle = `Valeur restaurée dans ${quoted(short(action.titre))}`;
		return writeGesture(trx, asked, { genre: 'modifier', libelle }, [
			{ action: asked.action, document: action.document, avant: image, apres }
		]);
	});
}

const writes = ({ avant, apres }: SignedEntry, champ: string): boolean =>
	avant !== null && apres !== null && toldFields(avant, apres).includes(champ);

/** The type and the SIREN of a porteur go with its name. */
const withFollowers = (champ: string, state: Readonly<Record<string, unknown>>) =>
	Object.fromEntries(
		(champ === 'porteur' ? ['porteur', 'porteurType', 'porteurSiren'] : [champ]).map((c) => [c, state[c]])
	);
