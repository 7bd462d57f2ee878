import { count, list } from '../french';
import type { Issue } from '../issue';
import { cellName } from './issue-cells';
import type { Carried, Kept } from './row-merges';
import type { RowOutcome } from './row-outcome';
import { quote, rowIssue, textOf } from './row-values';
import type { CellValue, MappedColumn } from './sheet';

/* What is said of cells read as one above them: once per column, whatever the number of rows. */

/** Groups named one by one; the others are counted. */
const TOLD = 3;

interface Where {
	readonly rows: readonly (readonly CellValue[])[];
	/** Number of the first row. */
	readonly premiere: number;
	readonly feuille: string | null;
}

/**
 * Outcomes with one issue per column read from above, on the first action concerned, and one per column of merged amounts.
 * in     ranks of `carried` and `kept` are those of `outcomes`; `rows` before anything was carried
 * out    nothing said of rows set aside
 */
export function tellCarried(
	outcomes: readonly RowOutcome[],
	{ carried, kept }: { readonly carried: readonly Carried[]; readonly kept: readonly Kept[] },
	where: Where
): readonly RowOutcome[] {
	if (carried.length === 0 && kept.length === 0) return outcomes;
	const isRead = (rang: number): boolean => outcomes[rang]?.etat === 'acceptee';
	const issues = new Map<number, Issue[]>();
	const add = (rang: number, issue: Issue): void => {
		issues.set(rang, [...(issues.get(rang) ?? []), issue]);
	};
	for (const some of byColumn(carried.filter((c) => isRead(c.rang)))) add(some[0]!.rang, carriedIssue(some, where));
	const counted = kept.flatMap((k) => {
		const autres = k.autres.filter(isRead);
		return isRead(k.depuis) && autres.length > 0 ? [{ ...k, autres }] : [];
	});
	for (const some of byColumn(counted)) add(some[0]!.depuis, keptIssue(some, where));
	return outcomes.map((outcome, i) => {
		const said = issues.get(i);
		return said ? { ...outcome, issues: [...said, ...outcome.issues] } : outcome;
	});
}

function byColumn<T extends Carried | Kept>(some: readonly T[]): readonly (readonly T[])[] {
	const groups = new Map<string, T[]>();
	for (const one of some) {
		const key = `${one.column.index} ${'fusion' in one && one.fusion}`;
		const known = groups.get(key);
		if (known) known.push(one);
		else groups.set(key, [one]);
	}
	return [...groups.values()];
}

function carriedIssue(some: readonly Carried[], where: Where): Issue {
	const [{ column, fusion, depuis, rang }] = some as [Carried, ...Carried[]];
	const groups = groupsOf(some);
	const one = groups.length < 2;
	const merged = one ? 'une cellule fusionnée vaut' : 'les cellules fusionnées valent';
	const once = one ? 'une valeur écrite une fois vaut' : 'les valeurs écrites une fois valent';
	const said = fusion ? `${merged} pour toutes les lignes couvertes` : `${once} pour les lignes vides qui suivent`;
	const rows = count(some.length, 'ligne remplie', 'lignes remplies');
	const message = `Colonne ${quote(column.entete)}\u00a0: ${said}\u202f; ${rows}, ${named(groups, column, where, fusion)}.`;
	// A covered cell is not seen: the one that shows is told.
	return at('info', fusion ? depuis : rang, column, where, message, {
		found: valueAt(depuis, column, where),
		expected: 'une valeur sur chaque ligne',
		hint: `Rien à faire si c’est bien ce que dit le tableau\u202f; sinon, ${fusion ? 'défusionnez ces cellules' : 'écrivez la valeur sur chaque ligne'}.`
	});
}

/** How a figure left on its first row is named, and why it is left there. */
const NUMBER = ['numéro', 'car deux actions n’ont jamais le même', 'un numéro par action'] as const;
const AMOUNT = ['montant', 'pour n’être compté qu’une fois', 'un montant par action'] as const;
const FIGURE = ['chiffre', 'pour n’être compté qu’une fois', 'un chiffre par action'] as const;

function keptIssue(some: readonly Kept[], where: Where): Issue {
	const [{ column, depuis }] = some as [Kept, ...Kept[]];
	const { champ } = column;
	const [what, why, expected] =
		champ === 'numero' ? NUMBER : champ === 'etp' || champ === 'indicateurs' ? FIGURE : AMOUNT;
	const [subject, it] =
		some.length < 2
			? [`un ${what} est dans une cellule fusionnée`, 'il']
			: [`${count(some.length, what)} sont dans des cellules fusionnées`, 'chacun'];
	const groups = some.map((k) => ({ depuis: k.depuis, rangs: k.autres }));
	const message = `Colonne ${quote(column.entete)}\u00a0: ${subject} sur plusieurs actions\u202f; ${it} reste à la première, ${why}\u00a0: ${named(groups, column, where, true)}.`;
	return at('a-verifier', depuis, column, where, message, {
		found: valueAt(depuis, column, where),
		expected,
		hint:
			what === 'montant'
				? 'Écrivez sur chaque ligne la part de son action\u202f; si c’est une seule action, réunissez ses lignes.'
				: `Écrivez sur chaque ligne le ${what} de son action.`
	});
}

interface Group {
	readonly depuis: number;
	readonly rangs: readonly number[];
}

/** One per cell above, in order. */
function groupsOf(some: readonly Carried[]): Group[] {
	const groups = new Map<number, number[]>();
	for (const { depuis, rang } of some) {
		const known = groups.get(depuis);
		if (known) known.push(rang);
		else groups.set(depuis, [rang]);
	}
	return [...groups].map(([depuis, rangs]) => ({ depuis, rangs }));
}

/** « Les Verriers » (A2 à A4), « Moulin Blanc » (A5 à A6) et 3 autres */
function named(groups: readonly Group[], column: MappedColumn, where: Where, fusion: boolean): string {
	const cell = (rang: number): string => cellName(column.index, where.premiere + rang);
	const some = groups.slice(0, TOLD).map(({ depuis, rangs }) => {
		const first = fusion ? depuis : rangs[0]!;
		const last = rangs.at(-1)!;
		const cells = first === last ? cell(last) : `${cell(first)} à ${cell(last)}`;
		return `${quote(valueAt(depuis, column, where))} (${cells})`;
	});
	const more = groups.length - some.length;
	return list(more > 0 ? [...some, count(more, 'autre')] : some);
}

const valueAt = (rang: number, { index }: MappedColumn, { rows }: Where): string => {
	const cell = rows[rang]?.[index] ?? null;
	return textOf(cell) ?? String(cell ?? '').trim();
};

function at(
	severity: 'info' | 'a-verifier',
	rang: number,
	{ entete, index }: MappedColumn,
	{ premiere, feuille }: Where,
	message: string,
	more: { readonly found: string; readonly expected: string; readonly hint: string }
): Issue {
	const issue = rowIssue(
		'valeur-suspecte',
		severity,
		{ feuille, ligne: premiere + rang, colonne: entete },
		message,
		more
	);
	return { ...issue, where: { ...issue.where, index } };
}
