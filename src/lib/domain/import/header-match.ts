import type { Champ, PlanKind } from '../action';
import { cellText, oneLine } from './cell';
import { assign, SURE, type Pair } from './header-assign';
import { BY_PAYER, candidatesOf } from './header-candidates';
import { funderIssue, fundersBeside } from './header-funders';
import { financeurIn, financingRole, grantColumns, saysFinancing, stateWords } from './header-financing';
import { tellAbout } from './header-issues';
import { lookOf } from './header-look';
import { isYearOfMoney, markedColumn, unitIn, type HeaderPlaces } from './header-marks';
import {
	describedOtherwise,
	levelsAbove,
	otherPayers,
	numbersPlaces,
	pairedAmounts,
	saysMoney,
	titleFrom,
	underBanner,
	underGroup,
	UNDER_BANNER,
	withBanner,
	type Named
} from './header-neighbours';
import { columnsOfPlaces } from './header-places';
import { ownPeriods } from './header-period';
import { fieldDef } from './header-score';
import { vocabularyOf, wordsOf } from './header-words';
import type { Issue } from '../issue';
import { holdsFractions } from './row-share';
import { basisIn } from '../money';
import type { PlansFile } from '../rules/referentiel';
import type { CellValue, MappedColumn } from './sheet';
import { plain } from '../text';

const YEAR = /\b20\d\d\b/;
/** A ticked column is known by its own words, and gives way to a header that is surely a field. */
const TICKED = 0.9;
const NOWHERE: HeaderPlaces = { quartier: () => false, commune: () => false };

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
	const above = (index: number): string =>
		cellText(banner.slice(0, index + 1).findLast((cell) => cellText(cell) !== '') ?? null);
	const named = headers.flatMap((cell, index): Named[] => {
		const entete = oneLine(cellText(cell));
		if (entete === '') return [];
		const cells = samples(index);
		return [{ index, entete, cells, look: lookOf(cells), above: above(index) }];
	});
	const paired = pairedAmounts(named, plans, plan, states);
	const funders = fundersBeside(named, plans, plan);
	const pairs: Pair[] = named.flatMap((column) => {
		const { index, entete, cells, look } = column;
		const filled = look.filled;
		if (paired.has(index)) return [{ champ: 'financements' as const, score: 1, index, filled }];
		if (funders.colonnes.has(index)) return [{ champ: 'financements' as const, score: BY_PAYER, index, filled }];
		return candidatesOf(entete, cells, plans, plan, look)
			.concat(withBanner(column, plans, plan))
			.concat(saysFinancing(entete, cells, states) ? [{ champ: 'financements' as const, score: 0.97 }] : [])
			.filter(({ champ }) => champ !== 'financements' || !numbersPlaces(column, states))
			.map((field) => ({ ...field, index, filled }));
	});
	const distinct = new Map(named.map((column) => [column.index, column.look.distinct]));
	// Of two titles, the one that tells the rows apart.
	const apart = (pair: Pair): number => (pair.champ === 'titre' ? (distinct.get(pair.index) ?? 0) : 0);
	pairs.sort((a, b) => b.score - a.score || b.filled - a.filled || apart(b) - apart(a) || a.index - b.index);

	const chosen = assign(pairs, headers);
	levelsAbove(named, chosen, pairs);
	underBanner(named, chosen, states);
	otherPayers(named, chosen, plans);
	const marks = new Map<number, string>();
	for (const { index, entete, cells, look, above: over } of named) {
		if ((chosen.get(index)?.score ?? 0) >= SURE) continue;
		const marked = markedColumn(entete, cells, places);
		if (marked) {
			marks.set(index, marked.marque);
			chosen.set(index, { champ: marked.champ, score: TICKED, index, filled: look.filled });
		} else if (isYearOfMoney(entete, over) && !costBeside(named, chosen))
			chosen.set(index, { champ: 'cout_investissement', score: UNDER_BANNER, index, filled: look.filled });
	}
	underGroup(named, chosen, plans, plan);
	titleFrom(named, chosen);
	describedOtherwise(named, chosen, pairs);
	columnsOfPlaces(named, chosen, places);
	ownPeriods(named, chosen);

	const granted = [...chosen.values()].some((pair) => pair.champ === 'dispositif');
	const vocabulary = vocabularyOf(plans);
	const grants = grantColumns(named.map(({ index, entete }) => ({ index, words: wordsOf(entete, vocabulary).plain })));
	if (grants) {
		const paid = { champ: 'financements' as const, score: 0.95, filled: 1 };
		chosen.set(grants.montant, { ...paid, index: grants.montant });
		if (grants.attribuant !== null) chosen.set(grants.attribuant, { ...paid, index: grants.attribuant });
		for (const index of grants.laisser) chosen.delete(index);
	}
	const twice = new Set(named.map((c) => plain(c.entete)).filter((text, i, all) => all.indexOf(text) !== i));
	/** Role and financeur of a financing column, from its header and the row above it. */
	const financing = ({ index, entete, cells, above: over }: Named): Pick<MappedColumn, 'role' | 'financeur'> => {
		if (paired.has(index)) return { role: 'montant', financeur: null };
		if (index === grants?.montant) return { role: 'obtenu', financeur: null };
		if (index === grants?.attribuant) return { role: 'financeur', financeur: null };
		const alone = (chosen.get(index)?.score ?? 1) <= BY_PAYER;
		const role = financingRole(alone ? `${entete} ${over}` : entete, cells, states, granted);
		if (role === null || role === 'financeur' || role === 'base') return { role, financeur: null };
		// « Région | CAF » over « Demandé | Obtenu | Demandé | Obtenu »: the row above names the financeur.
		const whose = twice.has(plain(entete)) ? financeurIn(over, states) : null;
		return { role, financeur: financeurIn(entete, states) ?? whose };
	};
	const roles = new Map(
		named.map((column) => {
			const { index } = column;
			const pair = chosen.get(index);
			const none = { role: null, financeur: null };
			const money = pair?.champ === 'financements' ? financing(column) : none;
			const amount = money.role !== null && money.role !== 'financeur' && money.role !== 'base';
			const genre = pair && fieldDef(pair.champ, plans, plan)?.genre;
			return [index, { money, counted: genre === 'montant' || amount }];
		})
	);
	/** A banner that starts over amounts gives its basis to those side by side under it; a note over the whole table does not. */
	const bannerBasis = (index: number): string => {
		const start = banner.slice(0, index + 1).findLastIndex((cell) => cellText(cell) !== '');
		const under = Array.from({ length: index - start + 1 }, (_, i) => start + i);
		return start >= 0 && under.every((i) => roles.get(i)?.counted) ? cellText(banner[start] ?? null) : '';
	};
	const columns = named.map((column): MappedColumn => {
		const { index, entete, cells, above: over } = column;
		const pair = chosen.get(index);
		const { money, counted } = roles.get(index)!;
		const unite = counted ? (unitIn(entete) ?? unitIn(over) ?? funders.unites.get(index) ?? null) : null;
		const base = basisIn(entete) ?? basisIn(bannerBasis(index));
		const marque = marks.get(index);
		return {
			index,
			entete,
			champ: pair?.champ ?? null,
			confiance: pair ? Math.round(Math.min(1, pair.score) * 100) / 100 : 0,
			...money,
			base: base === 'HT' || base === 'TTC' ? base : 'inconnu',
			...(unite === null ? {} : { unite }),
			...(holdsFractions(entete, cells) ? { fractions: true as const } : {}),
			...(marque === undefined ? {} : { marque }),
			exemples: []
		};
	});
	const labelOf = (champ: Champ): string => fieldDef(champ, plans, plan)?.libelle ?? champ;
	const deduced = named.flatMap(({ index, entete, above: over }) => {
		const funder = funders.colonnes.get(index);
		return funder?.chiffres && !saysMoney(over, states) ? [funderIssue(entete, funder)] : [];
	});
	const told = columns.flatMap((column) => tellAbout(column, pairs, columns, samples, labelOf));
	return { columns, issues: [...told, ...deduced] };
}

/** A cost that is not split by year: the years would only say it twice. */
const costBeside = (named: readonly Named[], chosen: ReadonlyMap<number, Pair>): boolean =>
	named.some(({ index, entete }) => chosen.get(index)?.champ === 'cout_investissement' && !YEAR.test(entete));
