import type { Kept } from '../crossing/action-filter';
import { pastEnds } from '../crossing/past-end';
import { reaches, type Coverage } from '../crossing/coverage';
import type { DimensionId, Matrix } from '../crossing/matrix';
import type { Niveau } from '../crossing/place';
import { count, list, number, plural } from '../french';
import { bySeverity, readGap, type GapGroup, type GapLine, type GapRead, type GapWords } from '../rules/gap-groups';
import { signatureWords } from '../crossing/signature-words';
import { differenceOf, type BesideSource, type CaseDifference } from './case-difference';
import { lookUpFigure, type FigureKey, type FoundFigure } from './figure-lookup';
import type { SilentFunding } from '../crossing/view-matrix';
import { silentAt } from './matrix-figures';
import type { PlanCalls } from './who-to-call';
import { nearestFirst, reachOn } from './nearest-actions';
import type { ActionBrief, FundingBrief, TerritoryPage } from './page-model';

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
	/** The expected crossing of these two enjeux, which also counts actions that say its transition half alone; null elsewhere. */
	readonly attendu: string | null;
	/** « fin prévue passée et atteinte seulement probable »: why an answer of substance is to be confirmed; null when it is sure. */
	readonly reserve: string | null;
	/** Nearest first. */
	readonly actions: readonly ActionBrief[];
	/** They carry the enjeu but nothing says where: never counted. */
	readonly sansLieu: readonly ActionBrief[];
	/** They might be there, but do not say what the filter asks: never counted. */
	readonly muettes: readonly ActionBrief[];
	/** They are here, but say nothing of their money: the figure is « at least ». */
	readonly sansFinancement: readonly ActionBrief[];
	readonly financements: readonly FundingSum[];
	/** Whose money this is, when it is not that of the page of the quartier; null elsewhere. */
	readonly perimetre: string | null;
	readonly gaps: readonly GapRead[];
	/** The same gaps, each sentence said once: the quartiers it holds for come after it. Worst first. */
	readonly manques: readonly SharedGap[];
	/** Of the plans of these actions: whom to call, or that a référent may be written. */
	readonly appels: PlanCalls;
	/** Who signed this crossing of a quartier, in words; null for anything else. */
	readonly signature: string | null;
	/** « fin prévue passée pour une action sur trois », of those that reach the quartier; null when none is, or the figure is a total. */
	readonly fins: string | null;
	/** Against the other layer; null without one, or when it has no such figure. */
	readonly difference: CaseDifference | null;
	/** The page of each action told, by its key: ids as the base has them. */
	readonly fiches: Readonly<Record<string, string>>;
}

/** A gap, and the other quartiers its sentence and its advice hold for as they are. */
export interface SharedGap {
	readonly gap: GapRead;
	readonly aussi: readonly { readonly id: string; readonly quartier: string; readonly nom: string }[];
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

/** What a figure is looked up in. */
export interface CaseSource {
	readonly page: TerritoryPage;
	/** Ids of actions as in the page. */
	readonly key: (action: string) => string;
	/** The id of an action in the base, by its key. */
	readonly idOf?: (key: string) => string;
	/** Why the answer of a figure is to be confirmed. */
	readonly reserve?: (found: FoundFigure) => string | null;
	/** Whether an action passes the filters of the page, by its key. */
	readonly kept: (key: string) => Kept;
	/** With dispositifs on an axis: actions that say nothing of their money. */
	readonly silent?: SilentFunding | null;
	/** The other layer, where there is one. */
	readonly beside?: BesideSource | null;
}

/**
 * What one figure of a matrix stands on.
 * out    null when the address names nothing of this matrix
 */
export function selectCase(matrix: Matrix, source: CaseSource, id: string | null): CaseSelection | null {
	const found = id === null ? null : lookUpFigure(matrix, id);
	if (!found || id === null) return null;
	const { page } = source;
	const { row, column } = found;
	const code = (dimension: DimensionId) =>
		(row?.axe === dimension && row.code) || (column?.axe === dimension && column.code) || null;
	const quartier = page.quartiers.find((q) => q.code === code('quartier')) ?? null;
	const croise = page.croises.find((c) => c.code === code('croises')) ?? null;
	const others = [row, column].filter((k) => k !== null).filter((k) => k.axe !== 'quartier' && k.axe !== 'croises');
	const name = (k: FigureKey) => page.enjeux[k.code]?.libelle ?? k.libelle;
	const titres = [...(croise ? [croise.libelle] : []), ...others.map(name)];
	const here = evidence(source, matrix, found, quartier?.code ?? null);
	const sansFinancement = source.silent
		? nearestFirst(
				silentAt(matrix, source.silent, found.r, found.c).flatMap((a) => page.actions[source.key(a)] ?? []),
				quartier?.code ?? null
			)
		: [];
	const told = [...here.actions, ...here.sansLieu, ...here.muettes, ...sansFinancement];
	return {
		...here,
		id,
		sansFinancement,
		fiches: Object.fromEntries(told.map((a) => [a.id, source.idOf?.(a.id) ?? a.id])),
		reserve: source.reserve?.(found) ?? null,
		difference: source.beside
			? differenceOf(
					matrix,
					source.beside,
					{ row: row?.code ?? null, column: column?.code ?? null },
					{ quartier: quartier?.code ?? null, brief: (action) => page.actions[source.key(action)] }
				)
			: null,
		ligne: row?.code ?? null,
		surtitre: croise
			? `${croise.code} · ${croise.transition} × ${croise.ville}`
			: [row, column].flatMap((k) => (k && page.enjeux[k.code] ? [k.code] : [])).join(' × '),
		titre: titres.join(' × ') || (quartier ? quartier.nom : 'Toutes les actions rattachées'),
		quartier: quartier && titres.length > 0 ? { code: quartier.code, nom: quartier.nom } : null,
		coverage: found.coverage,
		perimetre: quartier && here.actions.length > 0 ? wholeMoney(here.actions, quartier.code) : null,
		fins: found.coverage === null ? null : pastHere(here.actions, found.coverage, quartier?.code ?? null),
		phrase: croise && !column && matrix.columns.id === 'quartier' ? croise.phrase : null,
		signature:
			croise && quartier
				? signatureWords(page.signatures.find((s) => s.croise === croise.code && s.quartier === quartier.code))
				: null
	};
}

/** The figures of a case add up every reach, those of the page of a quartier only what names or aims at it: said where they differ. */
function wholeMoney(actions: readonly ActionBrief[], quartier: string): string | null {
	const having = (...wanted: Niveau[]) => actions.filter((a) => wanted.includes(reachOn(a, quartier))).length;
	const named = having('cible', 'explicite');
	if (named === actions.length) return null;
	const [probable, diffuse] = [having('probable'), having('diffuse')];
	const parts = [
		...(named ? [`${number(named, 0)} ${plural(named, 'le nomme ou le vise', 'le nomment ou le visent')}`] : []),
		...(probable ? [count(probable, 'probable')] : []),
		...(diffuse ? [count(diffuse, 'diffuse')] : [])
	];
	return `Toutes atteintes confondues, pour les seules actions de cette case\u00a0: ${list(parts)}. La page du quartier compte à part celles qui le nomment ou le visent, et les probables, qu’elles soient ou non dans cette case.`;
}

/** Of the actions an answer stands on: those for these inhabitants, or all when none is. */
function pastHere(actions: readonly ActionBrief[], coverage: Coverage, quartier: string | null): string | null {
	const near = actions.filter((a) => reaches(reachOn(a, quartier)));
	const own = coverage === 'diffuse' || near.length === 0 ? actions : near;
	return pastEnds(own.length, own.filter((a) => a.finie).length, own.filter((a) => a.ancienne).length);
}

const ENJEUX: readonly DimensionId[] = ['croises', 'transition', 'ville'];

function evidence({ page, key, kept }: CaseSource, matrix: Matrix, found: FoundFigure, quartier: string | null) {
	const ids = new Set(found.actions.map(key));
	const actions = [...ids].flatMap((a) => page.actions[a] ?? []);
	const enjeux = [found.row, found.column].flatMap((k) => (k && ENJEUX.includes(k.axe) ? [k.code] : []));
	const codes = (a: ActionBrief) => [...(a.croises ?? []), ...a.transition, ...a.ville];
	const carries = Object.values(page.actions).filter(
		(a) => !ids.has(a.id) && a.statut !== 'abandonne' && enjeux.every((e) => codes(a).includes(e))
	);
	const lost = (a: ActionBrief) =>
		quartier ? a.atteintes[quartier] === 'inconnu' : Object.values(a.atteintes).includes('inconnu');
	const here = (a: ActionBrief) => !quartier || (a.atteintes[quartier] ?? 'aucune') !== 'aucune';
	const words = { quartiers: new Map(page.quartiers.map((q) => [q.code, q.nom])), enjeux: page.enjeux };
	const concerns = (g: GapLine) => !g.ecartee && (!quartier || g.quartier === quartier || g.quartier === null);
	const attendu = page.croises.find((x) => enjeux.includes(x.transition) && enjeux.includes(x.ville))?.code ?? null;
	// Of two enjeux, the row and their expected crossing say what the figure is about; a quartier alone, all of its own.
	const about = (group: GapGroup, g: GapLine) =>
		(enjeux.length
			? [enjeux[0], attendu].includes(g.enjeu ?? group.enjeu ?? '')
			: quartier !== null && g.quartier === quartier) || g.actions?.some((a) => ids.has(a) && isHere(group, a));
	// What is wrong with an action that does not come to the quartier is the territory's.
	const isHere = ({ reponse }: GapGroup, a: string) =>
		!quartier || reponse !== 'alerte' || reaches(page.actions[a]?.atteintes[quartier] ?? 'aucune');
	const concerned = page.lacunes.map((group) => ({
		group,
		lines: group.gaps.filter((g) => concerns(g) && about(group, g))
	}));
	const gaps = concerned.flatMap(({ group, lines }) => lines.map((g) => readGap(group, g, words)));
	const manques = concerned.flatMap(({ group, lines }) => saidOnce(group, lines, words));
	const plans = new Set(actions.map((a) => a.liste ?? a.plan));
	return {
		attendu,
		appels: Object.fromEntries(Object.entries(page.appels).filter(([plan]) => plans.has(plan))),
		actions: nearestFirst(actions, quartier),
		sansLieu: nearestFirst(enjeux.length ? carries.filter((a) => kept(a.id) === 'oui' && lost(a)) : [], quartier),
		muettes: nearestFirst(enjeux.length ? carries.filter((a) => kept(a.id) === 'inconnu' && here(a)) : [], quartier),
		financements: sumFunding(actions.flatMap((a) => a.financements ?? [])),
		gaps: gaps.sort(bySeverity),
		manques: manques.sort((a, b) => bySeverity(a.gap, b.gap))
	};
}

/** Lines of a group whose words are those of the group, under the first of them; the others alone. */
function saidOnce(group: GapGroup, lines: readonly GapLine[], words: GapWords): SharedGap[] {
	const found: { gap: GapRead; aussi: SharedGap['aussi'][number][] }[] = [];
	const first = new Map<string, (typeof found)[number]>();
	for (const line of lines) {
		const { id, quartier, enjeu, message, aFaire, actions, pourquoi } = line;
		const nom = quartier && words.quartiers.get(quartier);
		const isShared = nom && !message && !enjeu && !actions;
		// A sentence about no enjeu is followed by why: the same one, or it is not the same.
		const key = `${aFaire ?? ''}|${group.enjeu ? '' : (pourquoi ?? '')}`;
		const known = isShared ? first.get(key) : undefined;
		if (known && nom) known.aussi.push({ id, quartier: quartier!, nom });
		else {
			const alone = { gap: readGap(group, line, words), aussi: [] };
			if (isShared) first.set(key, alone);
			found.push(alone);
		}
	}
	return found;
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
