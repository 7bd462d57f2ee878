/* The journal of an action: all that was ever written of it. What it is = the entries in force, one over the other. */

/** An action as stored, one value per field; what is not said by its file is under a name that starts with @. */
export type ActionState = Readonly<Record<string, unknown>>;

export interface JournalEntry {
	readonly id: number;
	/**
	 * `import` wrote it, `tenue` = an import had it and changed nothing, `saisie` = typed by a person,
	 * `garde` = a person's decision keeps it, `reprise` = put back on demand, `annulation` = what an undo came to.
	 */
	readonly genre: 'import' | 'tenue' | 'saisie' | 'garde' | 'reprise' | 'annulation';
	/** Import it comes from, or that it undoes. */
	readonly import: number | null;
	readonly avant: ActionState | null;
	readonly apres: ActionState | null;
	/** False once its import is taken back. */
	readonly actif: boolean;
}

/** Where it stands in its file, which import wrote it last: they follow the file and are no news to people. */
export const SILENT: ReadonlySet<string> = new Set(['origine', '@ordre', '@import', '@cle']);

/**
 * What an action is once its entries in force are laid one over the other, oldest first.
 * in     every entry of one action, in the order they were written
 * out    null when nothing in force brings it
 * never  loses what an entry in force wrote: taking one out shows what lies under it, and only that
 */
export function foldJournal(entries: readonly JournalEntry[]): ActionState | null {
	let state: ActionState | null = null;
	// What the action really was at each moment: an import that changed nothing saw that.
	let seen: ActionState | null = null;
	for (const entry of entries) {
		if (entry.genre === 'tenue') state = state ?? (entry.actif ? by(entry, seen) : null);
		else {
			if (entry.genre !== 'annulation' && entry.actif) state = lay(state, entry);
			seen = entry.apres;
		}
	}
	return state;
}

function lay(state: ActionState | null, entry: JournalEntry): ActionState | null {
	const { avant, apres } = entry;
	if (apres === null) return null;
	if (avant === null) return apres;
	// Nothing brings it any more: whoever still has it keeps it whole, whoever lost it does not bring it back.
	if (state === null) return marksGone(entry) ? null : apres;
	const fields = changedFields(avant, apres);
	return { ...state, ...Object.fromEntries(fields.map((field) => [field, apres[field]])) };
}

const by = (entry: JournalEntry, state: ActionState | null): ActionState | null =>
	state && { ...state, '@import': entry.import };

const marksGone = ({ avant, apres }: JournalEntry): boolean =>
	avant !== null &&
	apres !== null &&
	GONE.some((mark) => avant[mark] === 0 && apres[mark] === 1) &&
	changedFields(avant, apres).every((field) => GONE.includes(field) || SILENT.has(field));

/** Lost by a file, set aside by a person. */
const GONE: readonly string[] = ['@disparue', '@ecartee'];

/** Fields in which two states differ, silent ones included. */
export function changedFields(a: ActionState, b: ActionState): string[] {
	return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((field) => differs(a[field], b[field]));
}

/** Differences that a person would call a change. */
export const toldFields = (a: ActionState, b: ActionState): string[] =>
	changedFields(a, b).filter((field) => !SILENT.has(field));

export interface KeptField {
	readonly champ: string;
	readonly actuelle: unknown;
	/** What it would be without the import and all that came after. */
	readonly avant: unknown;
	/** The entry that wrote the present value; null when it is only held. */
	readonly par: JournalEntry | null;
}

/** What taking one import back does to one action. */
export interface UndoOfAction {
	readonly genre: 'retiree' | 'restauree' | 'inchangee' | 'gardee';
	readonly avant: ActionState | null;
	/** What it becomes. */
	readonly apres: ActionState | null;
	/** What it was before the import, whatever happened since: on demand. */
	readonly ancien: ActionState | null;
	readonly restaures: readonly string[];
	/** Written by the import, then by someone else: they stay. */
	readonly gardes: readonly KeptField[];
	/** The last entry that keeps an action the import had brought. */
	readonly tenuePar: JournalEntry | null;
}

/**
 * Takes one import out of the journal of one action.
 * in     every entry of the action; the number of an import in force
 * out    fields restored where the import wrote last; fields kept where someone wrote since, with who
 */
export function undoInJournal(entries: readonly JournalEntry[], importId: number): UndoOfAction {
	const ours = (e: JournalEntry): boolean => e.import === importId && (e.genre === 'import' || e.genre === 'tenue');
	const without = entries.map((e) => (ours(e) ? { ...e, actif: false } : e));
	const first = entries.findIndex((e) => ours(e));
	const avant = foldJournal(entries);
	const apres = foldJournal(without);
	const ancien = foldJournal(without.slice(0, first));
	const written = entries.filter((e) => ours(e) && e.genre === 'import');
	const since = entries.slice(first).filter((e) => e.actif && !ours(e) && e.genre !== 'annulation');
	const lost = avant !== null && apres === null;
	const held = avant !== null && apres !== null && written.some((e) => e.avant === null) && ancien === null;
	const restaures = avant && apres ? toldFields(avant, apres) : [];
	const gardes =
		held || !avant || !apres || !ancien
			? []
			: written
					.flatMap((e) => (e.avant && e.apres ? toldFields(e.avant, e.apres) : []))
					.filter((field) => !restaures.includes(field) && differs(apres[field], ancien[field]))
					.map((champ) => ({ champ, actuelle: apres[champ], avant: ancien[champ], par: lastWriter(since, champ) }));
	const back = avant === null && apres !== null;
	return {
		genre: lost
			? 'retiree'
			: held || gardes.length > 0
				? 'gardee'
				: back || restaures.length > 0
					? 'restauree'
					: 'inchangee',
		avant,
		apres,
		ancien,
		restaures,
		gardes,
		tenuePar: held ? (since.at(-1) ?? null) : null
	};
}

/** Most fields are blanks and texts: only lists and objects need to be written out to be compared. */
function differs(a: unknown, b: unknown): boolean {
	const [x, y] = [a ?? null, b ?? null];
	if (x === y) return false;
	return typeof x !== 'object' || typeof y !== 'object' || JSON.stringify(x) !== JSON.stringify(y);
}

const lastWriter = (entries: readonly JournalEntry[], field: string): JournalEntry | null =>
	entries.findLast(({ avant, apres }) => apres && (!avant || differs(avant[field], apres[field]))) ?? null;
