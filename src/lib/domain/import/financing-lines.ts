import type { EtatFinancement, FinancingLine } from '../action';
import { CURRENCY } from './financing-amount';
import { shareIn, shareInEuros } from './financing-share';
import { stateIn, takenBack, withoutState } from './financing-state';
import { isUnsaid, unsaid } from './financing-unsaid';
import { readFinancingText, saysAmount, type TextLine } from './financing-text';
import { euros, quoted } from '../french';
import { anomaly, type Issue, type Parsed } from '../issue';
import { isCancelled } from '../money-taken-back';
import { basisIn, parseMoney, type Basis, type Money } from '../money';
import { eitherWay, numbered } from '../numbered-names';
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
	/** Of the action: what a percentage is a share of. */
	readonly cout?: Money | null;
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
	[
		'autofinancement',
		/\b(?:autofinancements?|auto financement|fonds propres|ressources propres|part propre|reste a charge(?! (?:des? |du )?(?:menage|habitant|locataire|famille|proprietaire)))/
	],
	['valorisation', /\b(?:valorisations?|benevolat|mise a disposition|contributions? volontaires?|en nature)\b/]
];

/**
 * Financing lines of one row, over the shapes files use: « Financeur 1 | Montant », « Fonds vert demandé | Fonds vert
 * obtenu », one subsidy named by a `dispositif` column, or a sentence.
 * out    one line per financeur; 0 written as obtained stays 0 and means refused; a blank stays null
 * never  works out a percentage without saying of which cost; words that hold no amount stay whole in `libelle`
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
	const tell = (text: string, colonne: MappedColumn): void => {
		const read = readFinancingText(text, colonne, context);
		const said = read.lines.flatMap((line) => tellLine(at(line.libelle), line));
		issues.push(...[...read.issues, ...said].map((i) => inColumn(i, colonne)));
	};
	const fund = joined(cells, table, 'dispositif', ', ');
	const named = fund !== null && !isUnsaid(fund, context.plans) ? fund : loneFinanceur(cells, table, context);
	let open: Named | null = null;
	for (const field of cellsOf(cells, table, 'financements')) {
		const { colonne, cell } = field;
		if (colonne.role === 'financeur') {
			const { libelle, etat } = namedIn(textOf(cell), context.plans);
			open = { libelle, etat };
			if (libelle === null) continue;
			const beside = isFollowedByAmount(colonne, table);
			const blank = textOf(cells[colonne.index + 1] ?? null) === null;
			if (beside && blank && isUnsaid(libelle, context.plans)) issues.push(inColumn(unsaid(libelle), colonne));
			else if (beside && !(blank && saysAmount(libelle, colonne, context))) {
				const draft = at(libelle);
				draft.dit = true;
				if (blank) draft.etat = etat ?? draft.etat;
			} else tell(textOf(cell)!, colonne);
		} else if (colonne.role === 'base') {
			const base = basisIn(textOf(cell) ?? '');
			const draft = open?.libelle ? drafts.get(plain(open.libelle)) : [...drafts.values()].at(-1);
			if (draft && (base === 'HT' || base === 'TTC')) draft.bases = said([...draft.bases, base]);
		} else if (colonne.role === null) {
			const text = textOf(cell);
			if (text !== null) tell(text, colonne);
		} else {
			const libelle: string = colonne.financeur ?? open?.libelle ?? (open === null ? named : null) ?? 'Subvention';
			readAmount(
				field,
				colonne.role,
				() => at(libelle.trim()),
				context,
				issues,
				colonne.financeur ? null : (open?.etat ?? null)
			);
		}
	}
	if (named !== null && drafts.size === 0) {
		const [colonne] = table.colonnes.filter((c) => c.champ === 'dispositif');
		if (colonne && saysAmount(named, colonne, context)) tell(named, colonne);
		else at(named).dit = true;
	}
	const lines = [...drafts.values()]
		.filter((d) => d.dit || d.demande !== null || d.obtenu !== null || d.etat !== null)
		.map((d) => toLine(d, context));
	for (const { libelle, bases } of drafts.values()) if (new Set(said(bases)).size > 1) issues.push(twoBasesOf(libelle));
	return { lines, issues };
}

interface Named {
	readonly libelle: string | null;
	readonly etat: EtatFinancement | null;
}

/** « Fonds vert (obtenu) »: the state in brackets is that of the amount beside, not a part of the name. */
function namedIn(text: string | null, plans: PlansFile): Named {
	const [, name = '', words = ''] = /^(.*\S)\s*\(([^()]+)\)$/.exec(text ?? '') ?? [];
	const etat = words === '' ? null : (plans.financements.find((f) => namesOf(f).includes(plain(words)))?.code ?? null);
	return etat === null ? { libelle: text, etat: null } : { libelle: name, etat };
}

/** The one body named in the row, when amounts stand beside it under headers that name nobody. */
function loneFinanceur(cells: readonly CellValue[], table: Table, context: FinancingContext): string | null {
	const columns = cellsOf(cells, table, 'financements').filter((f) => f.colonne.role === 'financeur');
	const names = columns.flatMap(({ cell, colonne }) => {
		const text = textOf(cell);
		return text === null || isUnsaid(text, context.plans) ? [] : [{ text, colonne }];
	});
	const [only] = names;
	if (names.length !== 1 || only === undefined || splitList(only.text).length !== 1) return null;
	return saysAmount(only.text, only.colonne, context) ? null : only.text;
}

/** « Financeur 1 | Montant »: the cell is one name, whatever commas it holds. */
const isFollowedByAmount = ({ index }: MappedColumn, table: Table): boolean =>
	table.colonnes.some((c) => c.index === index + 1 && c.role === 'montant' && c.financeur === null);

/** What a text leaves unsaid does not erase what another column said; two amounts that differ are told. */
function tellLine(draft: Draft, { demande, obtenu, etat, bases }: TextLine): Issue[] {
	const issues = (
		[
			[draft.demande, demande],
			[draft.obtenu, obtenu]
		] as const
	).flatMap(([before, now]) =>
		before !== null && now !== null && before !== now ? [twoAmountsOf(draft.libelle, before, now)] : []
	);
	draft.demande = demande ?? draft.demande;
	draft.obtenu = obtenu ?? draft.obtenu;
	draft.etat = etat ?? draft.etat;
	draft.bases = [...draft.bases, ...bases];
	draft.dit = true;
	return issues;
}

function readAmount(
	{ colonne, cell }: FieldCell,
	role: 'demande' | 'obtenu' | 'montant',
	draft: () => Draft,
	context: FinancingContext,
	issues: Issue[],
	/** What stands beside the name: « Fonds vert (obtenu) ». */
	named: EtatFinancement | null
): void {
	const text = textOf(cell);
	if (text === null) return;
	const stated = typeof cell === 'string' ? stateIn(text, context.plans) : null;
	if (isCancelled(text)) issues.push(inColumn(takenBack(text), colonne));
	if (typeof cell === 'string' && !/\d/.test(text) && stated !== null) {
		const line = draft();
		line.etat = stated;
		if (stated === 'refuse') line.obtenu ??= 0;
		return;
	}
	const bare = typeof cell === 'string' && stated !== null ? withoutState(text) : cell;
	const base = colonne.base === 'inconnu' ? context.baseParDefaut : colonne.base;
	const share = typeof cell === 'string' && !CURRENCY.test(text) ? shareIn(text) : null;
	const part =
		share?.genre === 'lue' && !/\d/.test(share.rest) ? shareInEuros(share, context.cout ?? null, text) : null;
	const read = part === null ? parseMoney(bare, base, colonne.unite) : inMoney(part);
	const value = read.value;
	issues.push(...read.issues.map((i) => inColumn(i, colonne)));
	if (value === null) {
		if (part !== null) draft().dit = true;
		return;
	}
	const line = draft();
	const state = stated ?? (role === 'montant' ? (named ?? stateIn(colonne.entete, context.plans)) : null);
	const obtained = role === 'obtenu' ? state !== 'refuse' : role === 'montant' && state === 'obtenu';
	if (obtained) line.obtenu = cents((line.obtenu ?? 0) + value.euros);
	// « 100 000 € (annulé) » under « obtenu » is not asked for on top of what its own column says.
	else if (role !== 'obtenu' || line.demande === null) line.demande = cents((line.demande ?? 0) + value.euros);
	line.bases = [...line.bases, value.base];
	// « 12 000 € (refusé) »: the figure is what was asked for.
	if (state === 'refuse') line.obtenu = 0;
	if (state !== null) line.etat = state;
	else if (role === 'demande') line.etat ??= 'demande';
}

const inColumn = (issue: Issue, { entete }: MappedColumn): Issue => ({
	...issue,
	where: { ...issue.where, column: entete }
});

const inMoney = ({ euros: of, base, issue }: ReturnType<typeof shareInEuros>): Parsed<Money> => ({
	value: of === null ? null : { euros: of, base, max: null },
	issues: [issue]
});

const twoAmountsOf = (libelle: string, before: number, now: number): Issue =>
	anomaly(
		'valeur-suspecte',
		'a-verifier',
		`${quoted(libelle)} a deux montants, ${euros(before)} puis ${euros(now)}\u00a0: le second est retenu.`,
		{ found: libelle, hint: 'Gardez un seul montant pour ce financeur, ou donnez un nom à chacun.' }
	);

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
	const exact = dispositifs.get(words) ?? dispositifs.get(numbered(words));
	if (exact !== undefined) return exact;
	const holds = (alias: string): boolean => eitherWay(words, (said) => ` ${said} `.includes(` ${alias} `));
	const found = [...dispositifs].filter(([alias]) => alias.length >= 3 && holds(alias));
	const longest = Math.max(0, ...found.map(([alias]) => alias.length));
	const ids = new Set(found.filter(([alias]) => alias.length === longest).map(([, id]) => id));
	return ids.size === 1 ? ([...ids][0] ?? null) : null;
}

const cents = (euros: number): number => Math.round(euros * 100) / 100;
