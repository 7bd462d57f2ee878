import type { PlanKind } from '../action';
import { cellText, type CellValue } from './cell';
import { BY_PAYER, candidatesOf } from './header-candidates';
import { unitIn } from './header-marks';
import { isNumbering } from './header-look';
import type { Named } from './header-neighbours';
import { bareHeader } from './header-words';
import { quoted } from '../french';
import { anomaly, type Issue } from '../issue';
import { parseMoney } from '../money';
import { eitherWay } from '../numbered-names';
import type { PlansFile } from '../rules/referentiel';
import { textOf } from './row-values';
import { plain } from '../text';

/* « Coût total | État | Ville | Département »: beside a cost, figures under the name of a payer are what it pays. */

/** Nothing else than an amount: « 12 000 », « 12 k€ », « 1 500,50 € HT ». */
const AMOUNT_ALONE = /^[\d\s.,'’]+(?:€|k€|m€|ke|euros?|eur)?\s*(?:ht|ttc)?$/i;
const ARTICLES = /^(?:la |le |les |l )/;
/** Most cells of the column: one may say « à confirmer ». */
const MOSTLY = 0.8;
/** A share done, a rank, a number of things: never more. */
const SMALL = 100;

export interface Funder {
	/** Header of the cost it stands beside. */
	readonly cout: string;
	/** It has figures of its own; a blank one is known by those beside it. */
	readonly chiffres: boolean;
}

export interface Funders {
	/** Columns to be read as what a payer pays, by index. */
	readonly colonnes: ReadonlyMap<number, Funder>;
	/** Euros in one unit of the columns of payers that are in the unit of the cost, by index. */
	readonly unites: ReadonlyMap<number, number>;
}

interface Column extends Named {
	/** Figures of the rows, null where there is none; as many as `cells`. */
	readonly figures: readonly (number | null)[];
	readonly sort: 'figures' | 'numbers' | 'blank' | 'words';
	/** Its header is the name of a payer and nothing else. */
	readonly payer: boolean;
	/** It says itself that it is money. */
	readonly known: boolean;
	/** Its header names another field as well: « État » is a status, « Ville » a place. */
	readonly other: boolean;
}

const NONE: Funders = { colonnes: new Map(), unites: new Map() };

/**
 * Columns named after a payer that hold what it pays.
 * out    none without a column of costs. Codes of places (« 59 », « 62498 ») are money only when they add up to the cost with
 *        the other columns; small figures, when they do or, where the header names nothing
 *        else, beside two columns of large ones; a blank column, beside two
 * never  takes a column of words, nor one that says itself that it is money
 */
export function fundersBeside(named: readonly Named[], plans: PlansFile, plan: PlanKind): Funders {
	const payers = new Set(plans.payeurs.map(plain));
	const isPayer = (entete: string): boolean =>
		eitherWay(plain(bareHeader(entete)).replace(ARTICLES, ''), (said) => payers.has(said));
	if (!named.some(({ entete }) => isPayer(entete))) return NONE;
	const costs: Named[] = [];
	const columns = named.map((column): Column => {
		const [best] = candidatesOf(column.entete, column.cells, plans, plan, column.look);
		if (best && best.score >= MOSTLY && /^cout_/.test(best.champ)) costs.push(column);
		const known = best?.champ === 'financements' && best.score >= BY_PAYER;
		const other = best !== undefined && best.champ !== 'financements';
		return { ...column, ...figuresOf(column), payer: isPayer(column.entete), known, other };
	});
	const total = costs.find(({ entete }) => /\b(?:total|global)/.test(plain(entete)));
	const [cost] = total ? [total] : costs;
	if (!cost) return NONE;
	const costOf = sumOf(total ? [total] : costs);
	const whole = columns.filter((c) => (c.payer || c.known) && (c.sort === 'figures' || c.sort === 'numbers'));
	const isWhole = addsUp(whole, costOf);
	// « Coût (k€) »: a figure in euros would be more than the cost.
	const unit = unitIn(cost.entete);
	const paid = whole.filter((c) => isWhole || (c.sort === 'figures' && isWithin(c, costOf)));
	const alike = isWhole || (unit !== null && paid.length > 1);
	const large = paid.filter((c) => c.figures.some((figure) => (figure ?? 0) > SMALL));
	const fits = alike ? paid : large.length > 1 ? paid.filter((c) => !c.other || large.includes(c)) : large;
	const found = fits.filter((c) => c.payer && !c.known);
	const blank =
		fits.length < 2 ? [] : columns.filter((c) => c.payer && c.sort === 'blank' && isBeside(c, fits, columns));
	return {
		colonnes: new Map([...found, ...blank].map((c) => [c.index, { cout: cost.entete, chiffres: c.sort !== 'blank' }])),
		unites: new Map(unit !== null && alike ? [...fits, ...blank].map((c) => [c.index, unit]) : [])
	};
}

function figuresOf({ entete, cells }: Named): Pick<Column, 'figures' | 'sort'> {
	const texts = cells.map((cell) => textOf(cell));
	const figures = cells.map((cell, i) => (texts[i] === null ? null : figureIn(cell)));
	const filled = texts.filter((text) => text !== null);
	if (filled.length === 0) return { figures, sort: 'blank' };
	const read = figures.filter((figure) => figure !== null).length;
	if (isNumbering(plain(bareHeader(entete)), filled.map(cellText))) return { figures, sort: 'numbers' };
	return { figures, sort: read >= MOSTLY * filled.length ? 'figures' : 'words' };
}

function figureIn(cell: CellValue): number | null {
	if (typeof cell === 'string' && !AMOUNT_ALONE.test(cell.trim())) return null;
	return parseMoney(cell, 'inconnu').value?.euros ?? null;
}

/** Sum of each row; null where none of the columns has a figure. */
function sumOf(columns: readonly Named[]): readonly (number | null)[] {
	const rows = columns.map(figuresOf);
	return Array.from({ length: columns[0]?.cells.length ?? 0 }, (_, i) => {
		const said = rows.flatMap(({ figures }) => figures[i] ?? []);
		return said.length === 0 ? null : said.reduce((a, b) => a + b, 0);
	});
}

/** Two columns at least, and half of the rows with a cost at least, to the rounding. */
function addsUp(columns: readonly Column[], costs: readonly (number | null)[]): boolean {
	const sums = sumOf(columns);
	const rows = costs.flatMap((cost, i) =>
		cost !== null && cost > 0 && sums[i] != null ? [[cost, sums[i]!] as const] : []
	);
	const alike = rows.filter(([cost, sum]) => Math.abs(cost - sum) <= 0.01 * cost).length;
	return columns.length > 1 && alike > 0 && alike >= rows.length / 2;
}

/** Nobody pays more than the cost. */
function isWithin({ figures }: Column, costs: readonly (number | null)[]): boolean {
	const both = figures.flatMap((figure, i) =>
		figure === null || costs[i] == null ? [] : [figure <= 1.01 * costs[i]!]
	);
	return both.filter(Boolean).length >= MOSTLY * both.length;
}

/** Next to one of them, or to a blank payer that is; between two when its header may be of another field. */
function isBeside(column: Column, fits: readonly Column[], all: readonly Column[]): boolean {
	const at = all.indexOf(column);
	const reaches = (step: 1 | -1): boolean => {
		for (let i = at + step; i >= 0 && i < all.length; i += step) {
			const next = all[i]!;
			if (fits.includes(next)) return true;
			if (!next.payer || next.sort !== 'blank') return false;
		}
		return false;
	};
	return column.other ? reaches(1) && reaches(-1) : reaches(1) || reaches(-1);
}

/** Said of a column read so, unless the row above the headers says it is money. */
export const funderIssue = (entete: string, { cout }: Funder): Issue =>
	anomaly(
		'colonne-ambigue',
		'info',
		`La colonne ${quoted(entete)} est lue comme l’argent d’un financeur\u00a0: des chiffres, à côté de ${quoted(cout)}.`,
		{
			where: { column: entete },
			found: entete,
			expected: 'ce que chaque financeur apporte',
			hint: 'Choisissez un autre champ pour cette colonne si ce n’est pas de l’argent.'
		}
	);
