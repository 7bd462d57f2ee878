import type { ActionDraft } from '../action';
import { capital, quoted } from '../french';
import { isBlank, same } from '../import/draft-merge';
import { readDraft, type RowContext } from '../import/row-draft';
import { textOf } from '../import/row-values';
import type { MappedColumn, Table } from '../import/sheet';
import type { Issue, Refusal } from '../issue';
import { columnValue, type EditableColumn } from './columns';

/* Words typed in a cell of the screen, read as the same words in a cell of a file. */

export interface Typed {
	/** Fields to write: the column's own, and those that follow from it. */
	readonly champs: Partial<Omit<ActionDraft, 'origine'>>;
	/** What was understood beyond the letter: « compris comme… »; [] when there is nothing to say. */
	readonly compris: readonly string[];
}

type ReadingContext = Pick<RowContext, 'plans' | 'dispositifs'>;

/**
 * Reads what a person typed for one column of an action.
 * in     `before`: the action as it stands; a blank, a dash or « NC » empties the cell
 * out    a refusal, with the sentence of the import, when the words are not understood; nothing is kept of them
 */
export function readTyped(
	column: EditableColumn,
	text: string,
	before: Omit<ActionDraft, 'origine'>,
	context: ReadingContext
): Typed | Refusal {
	const written = textOf(text);
	if (written === null) return emptied(column, before);
	const read = draftOf(column, written, before, context);
	if (!read) return unread(column, written, []);
	const { draft, issues } = read;
	const told = issues.map(sentence);
	if (isBlank(columnValue(draft, column.cle))) return unread(column, written, issues);
	return { champs: written === null ? {} : fieldsOf(column, draft, before), compris: told };
}

/** One row of one column, under a title when the column is not the title itself. */
function draftOf(
	column: EditableColumn,
	text: string,
	before: Omit<ActionDraft, 'origine'>,
	context: ReadingContext
): { readonly draft: ActionDraft; readonly issues: readonly Issue[] } | null {
	const isTitle = column.cle === 'titre';
	// With its own number beside it, a title keeps figures it starts with.
	const numbered = isTitle && before.reference !== null;
	const columns = [
		mapped(0, 'titre', 'Intitulé'),
		...(isTitle ? [] : [mapped(1, column.champ, column.libelle)]),
		...(numbered ? [mapped(1, 'numero', 'Numéro')] : [])
	];
	const cells = isTitle ? [text, before.reference] : [before.titre, text];
	const table: Table = { feuille: '', ligneEntete: 1, premiereLigne: 2, colonnes: columns };
	const asked: RowContext = { ...context, fichier: '', feuille: null, baseParDefaut: 'inconnu' };
	return readDraft(cells, 2, table, asked);
}

const mapped = (index: number, champ: MappedColumn['champ'], entete: string): MappedColumn => ({
	index,
	entete,
	champ,
	confiance: 1,
	role: null,
	financeur: null,
	base: 'inconnu',
	exemples: []
});

function fieldsOf(column: EditableColumn, draft: ActionDraft, before: Omit<ActionDraft, 'origine'>): Typed['champs'] {
	const { cle } = column;
	if (cle === 'debut' || cle === 'fin') return { dates: withDate(before.dates, cle, draft.dates?.[cle] ?? null) };
	if (cle === 'titre') return { titre: draft.titre, reference: before.reference ?? draft.reference };
	// Another porteur does not take over the type, nor the SIREN, of the one before.
	if (cle === 'porteur')
		return same(draft.porteur, before.porteur)
			? {}
			: { porteur: draft.porteur, porteurType: draft.porteurType, porteurSiren: draft.porteurSiren };
	return { [cle]: columnValue(draft, cle) };
}

function emptied(column: EditableColumn, before: Omit<ActionDraft, 'origine'>): Typed | Refusal {
	const { cle } = column;
	if (cle === 'titre')
		return { refus: 'Une action garde un intitulé.', conseil: 'Pour ne plus la compter, mettez-la de côté.' };
	if (cle === 'debut' || cle === 'fin') return { champs: { dates: withDate(before.dates, cle, null) }, compris: [] };
	if (cle === 'porteur') return { champs: { porteur: null, porteurType: null, porteurSiren: null }, compris: [] };
	return { champs: { [cle]: Array.isArray(before[cle]) ? [] : null }, compris: [] };
}

function withDate(before: ActionDraft['dates'], which: 'debut' | 'fin', day: string | null): ActionDraft['dates'] {
	const dates = { debut: null, fin: null, texte: null, ...before, [which]: day };
	return dates.debut === null && dates.fin === null && dates.texte === null ? null : dates;
}

function unread(column: EditableColumn, text: string, issues: readonly Issue[]): Refusal {
	const [first] = issues;
	return {
		refus: first ? sentence(first) : `${quoted(text)} ne se lit pas comme «\u00a0${column.libelle}\u00a0».`,
		conseil: first?.hint ?? (column.genre === 'oui-non' ? 'Écrivez «\u00a0oui\u00a0» ou «\u00a0non\u00a0».' : null)
	};
}

/** Sentences of the import name the row they were read in: here there is none. */
const sentence = (issue: Issue): string => capital(issue.message.replace(/^Ligne \d+\s*:\s*/, ''));
