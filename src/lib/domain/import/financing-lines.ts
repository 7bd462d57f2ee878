import type { EtatFinancement, FinancingLine } from '../action';
import { quoted } from '../french';
import { anomaly, type Issue } from '../issue';
import { basisIn, parseMoney, type Basis } from '../money';
import type { PlansFile } from '../rules/referentiel';
import { cellsOf, joined, namesOf, splitList, textOf, type FieldCell } from './row-values';
import type { CellValue, MappedColumn, Table } from './sheet';
import { rememberWith } from '../remember';
import { plain } from '../text';

export interface FinancingContext {
	readonly plans: PlansFile;
	/** Folded names of dispositifs → their id in `data/financements/`. */
	readonly dispositifs: ReadonlyMap<string, string>;
	readonly baseParDefaut: Basis;
}

interface Draft {
	libelle: string;
	demande: number | null;
	obtenu: number | null;
	etat: EtatFinancement | null;
	/** Every one its amounts were written in. */
	bases: readonly Basis[];
	/** No amount column was filled: kept only when something else was said. */
	dit: boolean;
}

const GENRES: readonly (readonly [FinancingLine['genre'], RegExp])[] = [
	['pret', /\b(?:prets?|emprunts?)\b/],
	['autofinancement', /\b(?:autofinancements?|auto financement|fonds propres|ressources propres|part propre)\b/],
	['valorisation', /\b(?:valorisations?|benevolat|mise a disposition|contributions? volontaires?|en nature)\b/]
];

/**
 * Financing lines of one row, over the shapes files use: « Financeur 1 | Montant », « Fonds vert demandé | Fonds vert
 * obtenu », one subsidy named by a `dispositif` column, or a sentence.
 * out    one line per financeur; 0 written as obtained stays 0 and means refused; a blank stays null
 * never  turns a percentage into euros; words that hold no amount stay whole in `libelle`
 */
export function parseFinancings(
	cells: readonly CellValue[],
	table: Table,
	context: FinancingContext
): { readonly lines: readonly FinancingLine[]; readonly issues: readonly Issue[] } {
	const drafts = new Map<string, Draft>();
	const issues: Issue[] = [];
	const at = (libelle: string, key = plain(libelle)): Draft => {
		const known = drafts.get(key);
		if (known) return known;
		const draft: Draft = { libelle, demande: null, obtenu: null, etat: null, bases: [], dit: false };
		drafts.set(key, draft);
		return draft;
	};
	const named = joined(cells, table, 'dispositif', ', ') ?? loneFinanceur(cells, table);
	let open: { readonly libelle: string | null } | null = null;
	for (const field of cellsOf(cells, table, 'financements')) {
		const { colonne, cell } = field;
		if (colonne.role === 'financeur') {
			const libelle = textOf(cell);
			open = { libelle };
			if (libelle === null) continue;
			if (isFollowedByAmount(colonne, table)) at(libelle).dit = true;
			else
				for (const line of freeText(libelle, context))
					Object.assign(at(line.libelle), withoutBlanks(line), { dit: true });
		} else if (colonne.role === 'base') {
			const base = basisIn(textOf(cell) ?? '');
			const draft = open?.libelle ? drafts.get(plain(open.libelle)) : [...drafts.values()].at(-1);
			if (draft && (base === 'HT' || base === 'TTC')) draft.bases = said([...draft.bases, base]);
		} else if (colonne.role === null) {
			for (const line of freeText(textOf(cell), context)) {
				const draft = at(line.libelle);
				Object.assign(draft, { ...line, bases: [...draft.bases, ...line.bases], dit: true });
			}
		} else {
			const libelle: string = colonne.financeur ?? open?.libelle ?? (open === null ? named : null) ?? 'Subvention';
			readAmount(field, colonne.role, () => at(libelle.trim()), context, issues);
		}
	}
	if (named !== null && drafts.size === 0) at(named).dit = true;
	const lines = [...drafts.values()]
		.filter((d) => d.dit || d.demande !== null || d.obtenu !== null || d.etat !== null)
		.map((d) => toLine(d, context));
	for (const { libelle, bases } of drafts.values()) if (new Set(said(bases)).size > 1) issues.push(twoBasesOf(libelle));
	return { lines, issues };
}

/** The one body named in the row, when amounts stand beside it under headers that name nobody. */
function loneFinanceur(cells: readonly CellValue[], table: Table): string | null {
	const columns = cellsOf(cells, table, 'financements').filter((f) => f.colonne.role === 'financeur');
	const names = columns.flatMap((f) => textOf(f.cell) ?? []);
	const [only] = names;
	return names.length === 1 && only !== undefined && splitList(only).length === 1 && !/\d{3}/.test(only) ? only : null;
}

/** « Financeur 1 | Montant »: the cell is one name, whatever commas it holds. */
const isFollowedByAmount = ({ index }: MappedColumn, table: Table): boolean =>
	table.colonnes.some((c) => c.index === index + 1 && c.role === 'montant' && c.financeur === null);

/** What a text leaves unsaid does not erase what a column said. */
const withoutBlanks = <T extends object>(line: T): Partial<T> =>
	Object.fromEntries(Object.entries(line).filter(([, value]) => value !== null)) as Partial<T>;

function readAmount(
	{ colonne, cell }: FieldCell,
	role: 'demande' | 'obtenu' | 'montant',
	draft: () => Draft,
	context: FinancingContext,
	issues: Issue[]
): void {
	const text = textOf(cell);
	if (text === null) return;
	const stated = typeof cell === 'string' ? stateIn(text, context.plans) : null;
	if (typeof cell === 'string' && !/\d/.test(text) && stated !== null) {
		const line = draft();
		line.etat = stated;
		if (stated === 'refuse') line.obtenu ??= 0;
		return;
	}
	const bare = typeof cell === 'string' && stated !== null ? withoutState(text) : cell;
	const { value, issues: found } = parseMoney(
		bare,
		colonne.base === 'inconnu' ? context.baseParDefaut : colonne.base,
		colonne.unite
	);
	issues.push(...found.map((i) => ({ ...i, where: { ...i.where, column: colonne.entete } })));
	if (value === null) return;
	const line = draft();
	const state = stated ?? (role === 'montant' ? stateIn(colonne.entete, context.plans) : null);
	const obtained = role === 'obtenu' ? state !== 'refuse' : role === 'montant' && state === 'obtenu';
	if (obtained) line.obtenu = cents((line.obtenu ?? 0) + value.euros);
	else line.demande = cents((line.demande ?? 0) + value.euros);
	line.bases = [...line.bases, value.base];
	// « 12 000 € (refusé) »: the figure is what was asked for.
	if (state === 'refuse') line.obtenu = 0;
	if (state !== null) line.etat = state;
	else if (role === 'demande') line.etat ??= 'demande';
}

const twoBasesOf = (libelle: string): Issue =>
	anomaly(
		'valeur-suspecte',
		'a-verifier',
		`Les montants de ${quoted(libelle)} mêlent HT et TTC\u00a0: leur base n’est pas retenue.`,
		{ hint: 'Écrivez-les dans la même base que le coût.' }
	);

/** The basis all the amounts of a line share; two of them, or one that is not said, leave it unsaid. */
function oneBase(bases: readonly Basis[]): FinancingLine['base'] {
	const [first, ...others] = new Set(bases);
	return first === undefined || first === 'inconnu' || others.length > 0 ? undefined : first;
}

/** A column that says the basis speaks for amounts that did not. */
const said = (bases: readonly Basis[]): readonly Basis[] => bases.filter((base) => base !== 'inconnu');

function toLine(draft: Draft, context: FinancingContext): FinancingLine {
	const genre = GENRES.find(([, pattern]) => pattern.test(plain(draft.libelle)))?.[0] ?? 'subvention';
	const answer = draft.obtenu === null ? null : draft.obtenu === 0 ? ('refuse' as const) : ('obtenu' as const);
	const base = oneBase(draft.bases);
	return {
		libelle: draft.libelle,
		dispositif: identifyDispositif(draft.libelle, context.dispositifs),
		demande: draft.demande,
		obtenu: draft.obtenu,
		etat: answer ?? draft.etat ?? 'envisage',
		...(base && { base }),
		genre
	};
}

/** Dispositif that words name: the whole text, else the longest known name in it; null when none or two of them. */
export const identifyDispositif: (text: string, dispositifs: ReadonlyMap<string, string>) => string | null =
	rememberWith(findDispositif);

function findDispositif(text: string, dispositifs: ReadonlyMap<string, string>): string | null {
	const words = plain(text);
	const exact = dispositifs.get(words);
	if (exact !== undefined) return exact;
	const found = [...dispositifs].filter(([alias]) => alias.length >= 3 && ` ${words} `.includes(` ${alias} `));
	const longest = Math.max(0, ...found.map(([alias]) => alias.length));
	const ids = new Set(found.filter(([alias]) => alias.length === longest).map(([, id]) => id));
	return ids.size === 1 ? ([...ids][0] ?? null) : null;
}

/** State that words name, the longest word first: « non obtenu » is not « obtenu ». */
const stateIn = rememberWith((text: string, plans: PlansFile): EtatFinancement | null => {
	const words = ` ${plain(text)} `;
	if (/ (?:refuse\w*|rejete\w*|non (?:obtenu\w*|retenu\w*|accorde\w*)) /.test(words)) return 'refuse';
	const found = plans.financements
		.flatMap((f) => namesOf(f).map((word) => ({ code: f.code, word })))
		.filter(({ word }) => words.includes(` ${word} `))
		.sort((a, b) => b.word.length - a.word.length)[0];
	return found?.code ?? null;
});

const withoutState = (text: string): string =>
	text
		.replace(/\([^)]*\)/g, ' ')
		.replace(/\b(?:demand|obten|accord|notifi|sollicit|envisag|refus|acquis|attribu|vot)\p{L}*/giu, ' ')
		.trim();

const AMOUNT = /[\d][\d\s\u00a0\u202f.,]*(?:k€|m€|md€|millions?(?: d'euros)?|€|euros?|eur\b)(?:\s*(?:HT|TTC))?/i;

/** « Fonds vert : 120 000 € (demandé), Région 30 % » → one line per piece, best effort. */
function freeText(text: string | null, context: FinancingContext): (Omit<Draft, 'dit'> & { libelle: string })[] {
	if (text === null) return [];
	if (/^[\d\s\u00a0\u202f.,]+$/.test(text)) return [bareAmount(text, context)];
	return splitList(text, /[,;|\n•]/).map((piece) => {
		const amount = AMOUNT.exec(piece)?.[0] ?? null;
		const etat = stateIn(piece, context.plans);
		const money = amount === null ? null : parseMoney(amount, context.baseParDefaut).value;
		const euros = money?.euros ?? null;
		const before = amount === null ? piece : piece.replace(amount, ' ');
		const libelle = (etat === null ? before : withoutState(before))
			.replace(/\(\s*\)/g, ' ')
			.replace(/^[\s:–—-]+|[\s:–—-]+$/g, '')
			.replace(/\s+/g, ' ');
		return {
			libelle: libelle || piece,
			demande: etat === 'obtenu' ? null : euros,
			obtenu: etat === 'obtenu' ? euros : etat === 'refuse' ? 0 : null,
			bases: money ? [money.base] : [],
			etat
		};
	});
}

const cents = (euros: number): number => Math.round(euros * 100) / 100;

function bareAmount(text: string, context: FinancingContext): Omit<Draft, 'dit'> {
	const money = parseMoney(text, context.baseParDefaut).value;
	const bases = money ? [money.base] : [];
	return { libelle: 'Financement', demande: money?.euros ?? null, obtenu: null, bases, etat: null };
}
