import type { Champ, PlanKind } from '../action';
import { cellText, oneLine } from './cell';
import { quoted } from '../french';
import {
	amountShare,
	financeurIn,
	financingRole,
	grantColumns,
	isPairedAmount,
	saysFinancing,
	stateWords
} from './header-financing';
import { candidatesOf } from './header-candidates';
import { isYearOfMoney, markedColumn, unitIn, type HeaderPlaces } from './header-marks';
import { fieldDef, scoreHeader, type FieldScore } from './header-score';
import { anomaly, type Issue } from '../issue';
import { basisIn } from '../money';
import type { PlansFile } from '../rules/referentiel';
import { inferPorteurType } from './row-values';
import type { CellValue, MappedColumn } from './sheet';
import { plain } from '../text';

/** Fields that several columns may feed: their cells are put together. Every other field has one column. */
export const REPEATABLE: ReadonlySet<Champ> = new Set<Champ>([
	'financements',
	'etapes',
	'axe',
	'objectif',
	'numero',
	'description',
	'pilote',
	'communes',
	'qpv',
	'territoire',
	'partenaires',
	'publics',
	'indicateurs',
	'secteurs',
	'enjeux_transition',
	'enjeux_politique_ville',
	'leviers_sgpe',
	'marqueurs',
	'notes',
	'source'
]);
/** A second column for a repeatable field must be sure of itself. */
const SURE = 0.8;
/** Below this a person is asked to look. */
export const DOUBTFUL = 0.7;
/** Known by the row above it only. */
const UNDER_BANNER = 0.75;
const YEAR = /\b20\d\d\b/;

/** A ticked column is known by its own words, and gives way to a header that is surely a field. */
const TICKED = 0.9;
const NOWHERE: HeaderPlaces = { quartier: () => false, commune: () => false };

interface Pair extends FieldScore {
	readonly index: number;
	readonly filled: number;
}

/**
 * What each header feeds, and what should be said about it.
 * in     `banner`: the row above the headers; it tells whose columns « Région | CAF | Département » are
 * out    one column per header that is not blank, in order; issues carry the header in `where.column`
 */
export function matchColumns(
	headers: readonly CellValue[],
	samples: (index: number) => readonly CellValue[],
	plans: PlansFile,
	plan: PlanKind,
	banner: readonly CellValue[],
	places: HeaderPlaces = NOWHERE
): { columns: readonly MappedColumn[]; issues: readonly Issue[] } {
	const states = stateWords(plans);
	const named = headers.flatMap((cell, index) => {
		const entete = oneLine(cellText(cell));
		return entete === '' ? [] : [{ index, entete, cells: samples(index) }];
	});
	const paired = pairedAmounts(named, plans, plan, states);
	const pairs: Pair[] = named.flatMap(({ index, entete, cells }) => {
		const filled = cells.filter((cell) => cellText(cell) !== '').length;
		if (paired.has(index)) return [{ champ: 'financements' as const, score: 1, index, filled }];
		return candidatesOf(entete, cells, plans, plan)
			.concat(saysFinancing(entete, cells, states) ? [{ champ: 'financements' as const, score: 0.97 }] : [])
			.map((field) => ({ ...field, index, filled }));
	});
	pairs.sort((a, b) => b.score - a.score || b.filled - a.filled || a.index - b.index);

	const chosen = assign(pairs, headers);
	const above = (index: number): string =>
		cellText(banner.slice(0, index + 1).findLast((cell) => cellText(cell) !== '') ?? null);
	underBanner(named, chosen, above, states);
	otherPayers(named, chosen, plans);
	const marks = new Map<number, string>();
	for (const { index, entete, cells } of named) {
		if ((chosen.get(index)?.score ?? 0) >= SURE) continue;
		const filled = cells.filter((cell) => cellText(cell) !== '').length;
		const marked = markedColumn(entete, cells, places);
		if (marked) {
			marks.set(index, marked.marque);
			chosen.set(index, { champ: marked.champ, score: TICKED, index, filled });
		} else if (isYearOfMoney(entete, above(index)) && !costBeside(named, chosen))
			chosen.set(index, { champ: 'cout_investissement', score: UNDER_BANNER, index, filled });
	}

	const granted = [...chosen.values()].some((pair) => pair.champ === 'dispositif');
	const grants = grantColumns(named);
	if (grants) {
		const paid = { champ: 'financements' as const, score: 0.95, filled: 1 };
		chosen.set(grants.montant, { ...paid, index: grants.montant });
		if (grants.attribuant !== null) chosen.set(grants.attribuant, { ...paid, index: grants.attribuant });
		for (const index of grants.laisser) chosen.delete(index);
	}
	const twice = new Set(named.map((c) => plain(c.entete)).filter((text, i, all) => all.indexOf(text) !== i));
	/** Role and financeur of a financing column, from its header and the row above it. */
	const financing = (
		index: number,
		entete: string,
		cells: readonly CellValue[]
	): Pick<MappedColumn, 'role' | 'financeur'> => {
		if (paired.has(index)) return { role: 'montant', financeur: null };
		if (index === grants?.montant) return { role: 'obtenu', financeur: null };
		if (index === grants?.attribuant) return { role: 'financeur', financeur: null };
		const alone = (chosen.get(index)?.score ?? 1) <= UNDER_BANNER;
		const role = financingRole(alone ? `${entete} ${above(index)}` : entete, cells, states, granted);
		if (role === null || role === 'financeur') return { role, financeur: null };
		// « Région | CAF » over « Demandé | Obtenu | Demandé | Obtenu »: the row above names the financeur.
		const over = twice.has(plain(entete)) ? financeurIn(above(index), states) : null;
		return { role, financeur: financeurIn(entete, states) ?? over };
	};
	const columns = named.map(({ index, entete, cells }): MappedColumn => {
		const pair = chosen.get(index);
		const base = basisIn(entete);
		const money = pair?.champ === 'financements' ? financing(index, entete, cells) : { role: null, financeur: null };
		const genre = pair && fieldDef(pair.champ, plans, plan)?.genre;
		const counted = genre === 'montant' || (money.role !== null && money.role !== 'financeur');
		const unite = counted ? (unitIn(entete) ?? unitIn(above(index))) : null;
		const marque = marks.get(index);
		return {
			index,
			entete,
			champ: pair?.champ ?? null,
			confiance: pair ? Math.round(Math.min(1, pair.score) * 100) / 100 : 0,
			...money,
			base: base === 'HT' || base === 'TTC' ? base : 'inconnu',
			...(unite === null ? {} : { unite }),
			...(marque === undefined ? {} : { marque }),
			exemples: []
		};
	});
	const labelOf = (champ: Champ): string => fieldDef(champ, plans, plan)?.libelle ?? champ;
	return { columns, issues: columns.flatMap((column) => tellAbout(column, pairs, columns, samples, labelOf)) };
}

/** Best pairs first: a column has one field, a field has one column unless it repeats. */
function assign(pairs: readonly Pair[], headers: readonly CellValue[]): Map<number, Pair> {
	const chosen = new Map<number, Pair>();
	const holders = new Map<Champ, Pair[]>();
	const lost = new Set<number>();
	for (const pair of pairs) {
		if (chosen.has(pair.index) || (lost.has(pair.index) && pair.score < 0.9)) continue;
		const held = holders.get(pair.champ) ?? [];
		const yearly = [...held, pair].every((p) => YEAR.test(cellText(headers[p.index] ?? null)));
		const free = held.length === 0 || (REPEATABLE.has(pair.champ) && pair.score >= SURE) || yearly;
		if (!free) {
			lost.add(pair.index);
			continue;
		}
		chosen.set(pair.index, pair);
		holders.set(pair.champ, [...held, pair]);
	}
	return chosen;
}

/** A cost that is not split by year: the years would only say it twice. */
const costBeside = (named: readonly Named[], chosen: ReadonlyMap<number, Pair>): boolean =>
	named.some(({ index, entete }) => chosen.get(index)?.champ === 'cout_investissement' && !YEAR.test(entete));

interface Named {
	readonly index: number;
	readonly entete: string;
	readonly cells: readonly CellValue[];
}
type States = ReadonlyMap<string, 'demande' | 'obtenu'>;

/** « Financeur 1 | Montant € HT »: the amount is that financeur's, not a cost of the action. */
function pairedAmounts(named: readonly Named[], plans: PlansFile, plan: PlanKind, states: States): ReadonlySet<number> {
	const isFinanceur = ({ entete, cells }: Named): boolean =>
		scoreHeader(entete, plans, plan)[0]?.champ === 'financements' &&
		financingRole(entete, cells, states, false) === 'financeur';
	const after = named.filter((column, i) => {
		const before = named[i - 1];
		return before && isPairedAmount(column.entete) && isFinanceur(before);
	});
	return new Set(after.map((column) => column.index));
}

/** Amounts under « Région », « CAF », when the row above says « Financements » over them. */
function underBanner(
	named: readonly Named[],
	chosen: Map<number, Pair>,
	above: (index: number) => string,
	states: States
): void {
	for (const { index, entete, cells } of named) {
		const held = chosen.get(index);
		const sure = held !== undefined && (held.champ !== 'financements' || held.score > UNDER_BANNER);
		if (sure || (amountShare(cells) ?? 0) < 0.5) continue;
		const words = plain(above(index));
		const money = /\b(?:co)?financements?\b|\bsubventions?\b|\bfinanceurs?\b/.test(words);
		if ((money || saysFinancing(words, cells, states)) && !/^(?:taux|total|reste)\b/.test(plain(entete)))
			chosen.set(index, { champ: 'financements', score: UNDER_BANNER, index, filled: cells.length });
	}
}

/** « Ville | CAF | Agglo » filled with amounts, beside a subvention: whose money it is, not where it happens. */
function otherPayers(named: readonly Named[], chosen: Map<number, Pair>, plans: PlansFile): void {
	if (![...chosen.values()].some((pair) => pair.champ === 'financements')) return;
	for (const { index, entete, cells } of named) {
		const held = chosen.get(index)?.champ;
		if (held !== undefined && !['communes', 'territoire', 'porteur', 'partenaires'].includes(held)) continue;
		const codes = cells.every((cell) => cellText(cell) === '' || /^\d{5}$/.test(cellText(cell)));
		if (codes || (amountShare(cells) ?? 0) < 0.8 || inferPorteurType(entete, plans, null) === null) continue;
		chosen.set(index, { champ: 'financements', score: UNDER_BANNER, index, filled: cells.length });
	}
}

function tellAbout(
	column: MappedColumn,
	pairs: readonly Pair[],
	columns: readonly MappedColumn[],
	samples: (index: number) => readonly CellValue[],
	labelOf: (champ: Champ) => string
): Issue[] {
	const where = { column: column.entete };
	const found = column.entete;
	if (column.champ !== null) {
		const said = unitIssue(column);
		if (column.confiance >= DOUBTFUL) return said;
		const message = `La colonne ${quoted(found)} est comprise comme ${quoted(labelOf(column.champ))}, sans certitude.`;
		return [
			anomaly('colonne-ambigue', 'a-verifier', message, {
				where,
				found,
				hint: 'Confirmez ou changez la correspondance.'
			}),
			...said
		];
	}
	const wished = pairs.find((pair) => pair.index === column.index && pair.score >= SURE);
	const holder = wished && columns.find((c) => c.champ === wished.champ);
	if (wished && holder) {
		const message = `Les colonnes ${quoted(holder.entete)} et ${quoted(found)} donnent la même information\u00a0: la première est lue, pas la seconde.`;
		const hint = 'Changez la correspondance si l’autre colonne est la bonne.';
		return [anomaly('colonne-ambigue', 'a-verifier', message, { where, found, expected: labelOf(wished.champ), hint })];
	}
	if (!samples(column.index).some((cell) => cellText(cell) !== '')) return [];
	const message = `La colonne ${quoted(found)} n’est pas reconnue\u00a0: elle n’est pas lue.`;
	return [
		anomaly('colonne-inconnue', 'info', message, {
			where,
			found,
			hint: 'Choisissez un champ pour cette colonne si elle est utile.'
		})
	];
}

function unitIssue({ entete, unite }: MappedColumn): Issue[] {
	if (unite === undefined) return [];
	const words = unite === 1_000 ? 'milliers' : 'millions';
	const message = `Les montants de la colonne ${quoted(entete)} sont lus en ${words} d’euros, d’après les en-têtes.`;
	const hint = 'Vérifiez un montant\u00a0: une cellule qui porte elle-même «\u00a0€\u00a0» est lue telle quelle.';
	return [anomaly('valeur-suspecte', 'info', message, { where: { column: entete }, found: entete, hint })];
}
