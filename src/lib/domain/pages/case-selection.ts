import type { Coverage } from '../crossing/coverage';
import { bySeverity, readGap, type GapGroup, type GapLine, type GapRead } from '../rules/gap-groups';
import { signatureWords } from '../crossing/signature-words';
import { nearestFirst, type ActionBrief, type FundingBrief, type MatrixBrief, type TerritoryPage } from './page-model';

/* What opens when a figure is asked « from what? »: a cell, a row total, a column total. Its name is its address. */

export interface CaseSelection {
	/** « X04.QN05962M », « X04 », « T04.P01 », « T04 », « P01 », « tout ». */
	readonly id: string;
	/** Row under which the card opens; null for the foot of the grid. */
	readonly ligne: string | null;
	readonly surtitre: string;
	readonly titre: string;
	readonly quartier: { readonly code: string; readonly nom: string } | null;
	/** null for a total: a total has no answer of its own. */
	readonly coverage: Coverage | null;
	readonly phrase: string | null;
	/** Nearest first. */
	readonly actions: readonly ActionBrief[];
	/** They carry the enjeu but nothing says where: never counted. */
	readonly sansLieu: readonly ActionBrief[];
	readonly financements: readonly FundingSum[];
	readonly gaps: readonly GapRead[];
	/** Who signed this crossing of a quartier, in words; null for anything else. */
	readonly signature: string | null;
}

/** One source of money over several actions; null is « not said », never zero. */
export interface FundingSum {
	readonly libelle: string;
	readonly demande: number | null;
	readonly obtenu: number | null;
	readonly refuse: boolean;
	/** Only thought of: nothing was asked yet. */
	readonly envisage: boolean;
}

/**
 * What one figure of the page stands on.
 * out    null when the address names nothing of this territory
 */
export function selectCase(page: TerritoryPage, id: string | null): CaseSelection | null {
	if (!id) return null;
	const [row = '', column] = id.split('.');
	if (row.startsWith('X')) return croiseCase(page, id, row, column);
	return gridCase(page, id, row, column);
}

function croiseCase(page: TerritoryPage, id: string, row: string, column: string | undefined): CaseSelection | null {
	const croise = page.croises.find((c) => c.code === row);
	const quartier = page.quartiers.find((q) => q.code === column) ?? null;
	if (!croise || (column && !quartier)) return null;
	const found = lookUp(page.matrice, row, column);
	if (!found) return null;
	const axes = `${croise.code} · ${croise.transition} × ${croise.ville}`;
	return {
		...evidence(page, found.actions, row, quartier?.code ?? null),
		id,
		ligne: row,
		surtitre: axes,
		titre: croise.libelle,
		quartier: quartier && { code: quartier.code, nom: quartier.nom },
		coverage: found.coverage,
		phrase: quartier ? null : croise.phrase,
		signature:
			quartier && signatureWords(page.signatures.find((s) => s.croise === croise.code && s.quartier === quartier.code))
	};
}

function gridCase(page: TerritoryPage, id: string, row: string, column: string | undefined): CaseSelection | null {
	const found = id === 'tout' ? { actions: page.grille.totals.all, coverage: null } : lookUp(page.grille, row, column);
	if (!found) return null;
	const name = (code: string) => page.enjeux[code]?.libelle ?? code;
	const isColumn = row.startsWith('P');
	return {
		...evidence(page, found.actions, id === 'tout' ? null : row, null, column ?? null),
		id,
		ligne: id === 'tout' || isColumn ? null : row,
		surtitre: id === 'tout' ? 'Grille entière' : column ? `${row} × ${column}` : row,
		titre: id === 'tout' ? 'Toutes les actions rattachées' : column ? `${name(row)} × ${name(column)}` : name(row),
		quartier: null,
		coverage: found.coverage,
		phrase: null,
		signature: null
	};
}

function lookUp(matrix: MatrixBrief, row: string, column: string | undefined) {
	const total = [...matrix.totals.rows, ...matrix.totals.columns].find((t) => t.code === row);
	if (!column) return total ? { actions: total.actions, coverage: null } : null;
	const r = matrix.rows.findIndex((k) => k.code === row);
	const c = matrix.columns.findIndex((k) => k.code === column);
	return matrix.cells[r]?.[c] ?? null;
}

function evidence(
	page: TerritoryPage,
	ids: readonly string[],
	enjeu: string | null,
	quartier: string | null,
	second: string | null = null
) {
	const actions = ids.flatMap((a) => page.actions[a] ?? []);
	const codes = (a: ActionBrief) => [...(a.croises ?? []), ...a.transition, ...a.ville];
	const sansLieu = enjeu
		? Object.values(page.actions).filter(
				(a) =>
					!ids.includes(a.id) &&
					codes(a).includes(enjeu) &&
					(!second || codes(a).includes(second)) &&
					(quartier ? a.atteintes[quartier] === 'inconnu' : Object.values(a.atteintes).includes('inconnu'))
			)
		: [];
	const words = { quartiers: new Map(page.quartiers.map((q) => [q.code, q.nom])), enjeux: page.enjeux };
	const here = (g: GapLine) => !g.ecartee && (!quartier || g.quartier === quartier || g.quartier === null);
	const about = (group: GapGroup, g: GapLine) =>
		(enjeu !== null && (g.enjeu ?? group.enjeu) === enjeu) || g.actions?.some((a) => ids.includes(a));
	const gaps = page.lacunes.flatMap((group) =>
		group.gaps.filter((g) => here(g) && about(group, g)).map((g) => readGap(group, g, words))
	);
	return {
		actions: nearestFirst(actions, quartier),
		sansLieu: nearestFirst(sansLieu, quartier),
		financements: sumFunding(actions.flatMap((a) => a.financements ?? [])),
		gaps: gaps.sort(bySeverity)
	};
}

/** Adds up financing lines by source. */
export function sumFunding(lines: readonly FundingBrief[]): FundingSum[] {
	const sums = new Map<string, FundingSum>();
	const plus = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : a + b);
	for (const line of lines) {
		const { cle, libelle } = line.source;
		const known = sums.get(cle);
		sums.set(cle, {
			libelle: known?.libelle ?? libelle,
			demande: plus(known?.demande ?? null, line.demande),
			obtenu: plus(known?.obtenu ?? null, line.obtenu),
			refuse: (known?.refuse ?? true) && line.etat === 'refuse',
			envisage: (known?.envisage ?? true) && line.etat === 'envisage'
		});
	}
	return [...sums.values()].sort((a, b) => (b.demande ?? b.obtenu ?? -1) - (a.demande ?? a.obtenu ?? -1));
}
