import type { ActionDraft, Champ, FinancingLine } from '../action';
import { plain } from '../text';

/* What a new version of a file changes: matching of its rows with the actions already there, and their merge. */

export interface StoredAction {
	readonly id: string;
	readonly cle: string;
	readonly ordre: number;
	readonly disparue: boolean;
	readonly contenu: ActionDraft;
}

export type DraftField = keyof ActionDraft;

export interface ActionChange {
	readonly genre: 'ajoutee' | 'modifiee' | 'inchangee' | 'disparue';
	/** The action as stored; null for a new one. */
	readonly avant: StoredAction | null;
	/** Key under which it is, or will be, stored. */
	readonly cle: string;
	/** Place in the new file; null for one that is gone. */
	readonly ordre: number | null;
	/** What it becomes: the new row over the old one, blanks kept; null for one that is gone. */
	readonly apres: ActionDraft | null;
	readonly champs: readonly DraftField[];
	/** Fields that were filled and whose cell is now blank: they keep their value. */
	readonly videes: readonly DraftField[];
}

export interface DiffCounts {
	readonly ajoutees: number;
	readonly modifiees: number;
	readonly disparues: number;
	readonly inchangees: number;
	/** Cells, not actions. */
	readonly videes: number;
}

/** Columns that feed each field; a field without any in the new file cannot have been emptied by it. */
const FED_BY: Readonly<Partial<Record<DraftField, readonly Champ[]>>> = {
	reference: ['numero'],
	axe: ['axe'],
	objectif: ['objectif'],
	description: ['description'],
	porteur: ['porteur'],
	pilote: ['pilote'],
	elu: ['elu'],
	instance: ['instance'],
	partenaires: ['partenaires'],
	publics: ['publics'],
	echelle: ['echelle'],
	communes: ['communes'],
	quartiers: ['qpv'],
	atteinteDeclaree: ['atteinte_qpv'],
	statut: ['statut'],
	priorite: ['priorite'],
	dates: ['date_debut', 'date_fin', 'annee'],
	etapes: ['etapes'],
	budget: ['cout_investissement'],
	fonctionnement: ['cout_fonctionnement'],
	etp: ['etp'],
	financements: ['financements', 'dispositif'],
	indicateurs: ['indicateurs'],
	secteurs: ['secteurs'],
	enjeuxDeclares: ['enjeux_transition', 'enjeux_politique_ville', 'leviers_sgpe'],
	natureDeclaree: ['natures'],
	participation: ['participation'],
	clauseAdaptation: ['clause_adaptation'],
	notes: ['notes', 'source', 'marqueurs']
};

/** Key of an action in its document: its reference, else its title under its axis and objective. */
export const keyOf = (draft: ActionDraft): string =>
	draft.reference === null
		? `t:${plain(draft.titre)}|${plain(draft.axe ?? '')}|${plain(draft.objectif ?? '')}`
		: `r:${plain(draft.reference)}`;

/**
 * Holds the rows of a file against the actions of a document.
 * in     `stored` = every action of the document, gone ones included; `champs` = fields the new file has columns for
 * out    one change per row, in file order, then one per action that is gone; counts
 * never  erases a value with a blank; matches two rows with one action; counts twice an action gone before
 */
export function diffActions(
	stored: readonly StoredAction[],
	drafts: readonly ActionDraft[],
	champs: readonly Champ[]
): { readonly changes: readonly ActionChange[]; readonly counts: DiffCounts } {
	const matches = matchRows(stored, drafts);
	const taken = new Set(stored.map((s) => s.cle));
	const changes = drafts.map((draft, ordre): ActionChange => {
		const avant = matches[ordre] ?? null;
		if (avant === null) {
			const cle = freeKey(keyOf(draft), taken);
			return { genre: 'ajoutee', avant, cle, ordre, apres: draft, champs: [], videes: [] };
		}
		const { apres, changed, videes } = mergeDraft(avant.contenu, draft, champs);
		const genre = changed.length > 0 || avant.disparue ? 'modifiee' : 'inchangee';
		return { genre, avant, cle: avant.cle, ordre, apres, champs: changed, videes };
	});
	const seen = new Set(matches.flatMap((m) => m?.id ?? []));
	const gone = stored.filter((s) => !seen.has(s.id) && !s.disparue);
	const all = [
		...changes,
		...gone.map((avant): ActionChange => ({
			genre: 'disparue',
			avant,
			cle: avant.cle,
			ordre: null,
			apres: null,
			champs: [],
			videes: []
		}))
	];
	const count = (genre: ActionChange['genre']): number => all.filter((c) => c.genre === genre).length;
	return {
		changes: all,
		counts: {
			ajoutees: count('ajoutee'),
			modifiees: count('modifiee'),
			disparues: count('disparue'),
			inchangees: count('inchangee'),
			videes: all.reduce((sum, c) => sum + c.videes.length, 0)
		}
	};
}

/** From the surest likeness to the weakest: a renumbered action keeps its identity, so does a reworded one. */
function matchRows(stored: readonly StoredAction[], drafts: readonly ActionDraft[]): (StoredAction | null)[] {
	const reference = (d: ActionDraft): string | null => (d.reference === null ? null : plain(d.reference));
	const titled = (d: ActionDraft): string => plain(d.titre);
	const under = (d: ActionDraft): string => `${plain(d.axe ?? '')}|${plain(d.objectif ?? '')}`;
	const keyed = (d: ActionDraft, key: string): string | null =>
		reference(d) === null ? null : `${reference(d)}|${key}`;
	const passes: readonly { key: (d: ActionDraft) => string | null; onlyUnique: boolean }[] = [
		{ key: (d) => `${reference(d) ?? ''}|${titled(d)}|${under(d)}`, onlyUnique: false },
		{ key: (d) => keyed(d, titled(d)), onlyUnique: false },
		{ key: (d) => `${titled(d)}|${under(d)}`, onlyUnique: false },
		{ key: titled, onlyUnique: true },
		{ key: (d) => keyed(d, under(d)), onlyUnique: true },
		{ key: reference, onlyUnique: true }
	];
	const matched: (StoredAction | null)[] = drafts.map(() => null);
	const free = new Set(stored);
	for (const { key, onlyUnique } of passes) {
		const waiting = new Map<string, StoredAction[]>();
		for (const action of free) push(waiting, key(action.contenu), action);
		const asking = new Map<string, number[]>();
		for (const [i, draft] of drafts.entries()) if (matched[i] === null) push(asking, key(draft), i);
		for (const [value, rows] of asking) {
			const actions = waiting.get(value) ?? [];
			if (onlyUnique && (rows.length > 1 || actions.length > 1)) continue;
			for (const [n, row] of rows.entries()) {
				const action = actions[n];
				if (!action) break;
				matched[row] = action;
				free.delete(action);
			}
		}
	}
	return matched;
}

function push<T>(map: Map<string, T[]>, key: string | null, value: T): void {
	if (key === null) return;
	const list = map.get(key);
	if (list) list.push(value);
	else map.set(key, [value]);
}

function freeKey(key: string, taken: Set<string>): string {
	let free = key;
	for (let n = 2; taken.has(free); n++) free = `${key}#${n}`;
	taken.add(free);
	return free;
}

/** The new row over the old one; `origine` follows the file and is never a change by itself. */
export function mergeDraft(
	before: ActionDraft,
	after: ActionDraft,
	champs: readonly Champ[]
): { readonly apres: ActionDraft; readonly changed: readonly DraftField[]; readonly videes: readonly DraftField[] } {
	const merged: Record<string, unknown> = { ...after };
	const changed: DraftField[] = [];
	const videes: DraftField[] = [];
	for (const field of Object.keys(after) as DraftField[]) {
		if (field === 'origine') continue;
		const emptied = isBlank(after[field]) && !isBlank(before[field]);
		if (emptied) {
			merged[field] = before[field];
			if (FED_BY[field]?.some((champ) => champs.includes(champ))) videes.push(field);
		} else if (!same(before[field], after[field])) changed.push(field);
	}
	if (isBlank(after.porteurType) && !isBlank(after.porteur) && changed.includes('porteur')) merged.porteurType = null;
	if (before.dates && after.dates && (champs.includes('date_debut') || champs.includes('date_fin')))
		merged.dates = {
			debut: after.dates.debut ?? before.dates.debut,
			fin: after.dates.fin ?? before.dates.fin,
			texte: after.dates.texte ?? before.dates.texte
		};
	merged.financements = mergeLines(before.financements, after.financements);
	const apres = merged as ActionDraft;
	const derived: readonly DraftField[] = ['porteurType', 'dates', 'financements'];
	const real = (Object.keys(after) as DraftField[]).filter((field) =>
		derived.includes(field) ? !same(before[field], apres[field]) : changed.includes(field)
	);
	return { apres, changed: real, videes };
}

/** Lines of the new file; where one keeps the name of an old line, its blanks take the old figures. */
function mergeLines(before: readonly FinancingLine[], after: readonly FinancingLine[]): readonly FinancingLine[] {
	if (after.length === 0) return before;
	return after.map((line) => {
		const old = before.find((b) => plain(b.libelle) === plain(line.libelle));
		if (!old) return line;
		const obtenu = line.obtenu ?? old.obtenu;
		const kept = line.obtenu === null && old.obtenu !== null;
		return { ...line, demande: line.demande ?? old.demande, obtenu, etat: kept ? old.etat : line.etat };
	});
}

const isBlank = (value: unknown): boolean =>
	value === null || value === undefined || (Array.isArray(value) && value.length === 0);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
