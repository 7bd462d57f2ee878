import { isMixed } from './crossing/budget';
import type { Budget, Matrix, Total } from './crossing/matrix';
import { moneyName } from './crossing/money-bases';
import type { OutsideGrid } from './crossing/outside-grid';
import type { Money } from './money';
import type { Gap } from './rules/gaps';
import type { PlacedAction } from './crossing/place';
import type { RegionView } from './crossing/overview';
import type { CrossingSignature } from './crossing/signature-words';
import type { Verdict } from './rules/eligibility';

/* The JSON read from outside. Stable: fields may be added; renaming one needs a changelog line and a new schema number. */

/** An action with its places, enjeux and money; amounts in euros, to the cent. */
export function actionJson(placed: PlacedAction) {
	const { action } = placed;
	return {
		id: action.id,
		plan: action.plan,
		document: action.document,
		reference: action.reference,
		titre: action.titre,
		axe: action.axe,
		transition: placed.transition.map((t) => t.code),
		ville: placed.ville.map((t) => t.code),
		croises: placed.croises.map((c) => c.code),
		nature: placed.nature?.code ?? null,
		statut: action.statut,
		dates: action.dates,
		porteur: action.porteur,
		pilote: action.pilote,
		secteurs: action.secteurs,
		budget: amountJson(action.budget),
		fonctionnement: amountJson(action.fonctionnement),
		financements: action.financements.map((f) => ({
			dispositif: f.dispositif,
			libelle: f.libelle,
			montant: f.obtenu ?? f.demande,
			demande: f.demande,
			obtenu: f.obtenu,
			etat: f.etat,
			genre: f.genre
		})),
		atteinte: placed.reach.map(({ quartier, niveau, par, preuve, part, partQpv }) => ({
			quartier,
			niveau,
			par,
			preuve,
			...(part && { part }),
			...(partQpv && { partQpv })
		})),
		aRattacher: placed.nonRattaches,
		preuves: {
			transition: placed.transition.map(({ code, score, mots, par }) => ({ code, score, mots, par })),
			ville: placed.ville.map(({ code, score, mots, par }) => ({ code, score, mots, par })),
			nature: placed.nature ? { mots: placed.nature.mots, par: placed.nature.par } : null
		},
		disparue: action.disparue,
		origine: action.origine
	};
}

const amountJson = (money: Money | null) => money && { montant: money.euros, base: money.base, max: money.max };

/** in     `outside`: what no case of it holds, when that was asked */
export function matrixJson(matrix: Matrix, stamp: { referentiel: string; asOf: string }, outside?: OutsideGrid) {
	return {
		schema: 'croisee/matrice/1',
		referentiel: stamp.referentiel,
		asOf: stamp.asOf,
		dimensions: { lignes: matrix.rows.id, colonnes: matrix.columns.id },
		lignes: matrix.rows.keys,
		colonnes: matrix.columns.keys,
		cases: matrix.cells.map((row) =>
			row.map((cell) => ({ actions: cell.actions, couverture: cell.coverage, budget: budgetJson(cell.budget) }))
		),
		totaux: {
			lignes: matrix.totals.rows.map(totalJson),
			colonnes: matrix.totals.columns.map(totalJson),
			ensemble: totalJson(matrix.totals.all)
		},
		...(outside && { horsGrille: outsideJson(outside) })
	};
}

/** Actions that the matrix counts nowhere: their ids, of how many, and how many by what they do not say. */
const outsideJson = ({ actions, sur, raisons }: OutsideGrid) => ({
	actions,
	sur,
	raisons: raisons.map((r) => ({ dit: r.dit, actions: r.actions.length }))
});

const totalJson = (total: Total) => ({
	code: total.code,
	actions: total.actions.length,
	budget: budgetJson(total.budget)
});

/** `montant` adds what is stated, to reconcile; where `basesMelees`, it is nobody's cost: `parBase` gives the amounts one can read. */
const budgetJson = (budget: Budget) => ({
	montant: budget.montant,
	basesMelees: isMixed(budget),
	base: budget.base,
	parBase: budget.parBase,
	avecMontant: budget.avecMontant,
	sansMontant: budget.sansMontant
});

/** Crossings of quartiers that bear a signature, with their state and what changed since. */
export const signatureJson = ({ quartier, croise, etat, transition, ville }: CrossingSignature) => ({
	quartier,
	croise,
	etat,
	transition,
	ville
});

export function gapJson(gap: Gap) {
	return {
		id: gap.id,
		regle: gap.regle,
		gravite: gap.gravite,
		reponse: gap.reponse,
		quartier: gap.quartier,
		enjeu: gap.enjeu,
		message: gap.message,
		pourquoi: gap.pourquoi ?? null,
		aFaire: gap.aFaire,
		preuves: gap.preuves,
		ecartee: gap.ecartee,
		aRevoir: gap.aRevoir
	};
}

export function verdictJson(verdict: Verdict) {
	return {
		action: verdict.action,
		quartier: verdict.quartier,
		mesure: verdict.mesure,
		dispositif: verdict.dispositif,
		verdict: verdict.verdict,
		remplis: verdict.remplis,
		echecs: verdict.echecs,
		manquants: verdict.manquants,
		sources: verdict.sources
	};
}

/**
 * The regional fold for the COP.
 * in     name of the region; null for every territory of the database
 * never  gives a zero for a territory without plans: its cells are `saisie-incomplete`, its figures null
 */
export function regionJson(view: RegionView, nom: string | null) {
	const answering = view.territoires.filter((t) => t.plans.length > 0);
	const real = answering.some((t) => !t.fictif) ? answering.filter((t) => !t.fictif) : answering;
	const sumOf = (counts: 'gaps' | 'horsQuartier') => {
		const sum: Record<string, number> = {};
		for (const territory of real)
			for (const [level, n] of Object.entries(territory[counts])) sum[level] = (sum[level] ?? 0) + n;
		return sum;
	};
	return {
		schema: 'croisee/region/1',
		region: view.region,
		nom,
		referentiel: view.referentiel.hash,
		asOf: view.asOf,
		repondants: view.repondants,
		total: view.total,
		quartiers: view.quartiers,
		territoires: view.territoires.map((t) => ({
			code: t.code,
			nom: t.nom,
			fictif: t.fictif,
			repondant: answering.includes(t),
			quartiers: t.quartiers,
			plans: t.plans,
			actions: answering.includes(t) ? t.actions : null,
			lacunes: answering.includes(t) ? t.gaps : null,
			lacunesHorsQuartier: answering.includes(t) ? t.horsQuartier : null
		})),
		matrice: {
			lignes: view.territoires.map((t) => ({ code: t.code, libelle: t.nom })),
			colonnes: (view.territoires[0]?.croises ?? []).map((c) => c.code),
			cases: view.territoires.map((t) =>
				t.croises.map((c) => ({
					actions: answering.includes(t) ? c.actions : null,
					couverture: c.coverage,
					aConfirmer: c.reserve !== null,
					reserve: c.reserve
				}))
			)
		},
		/** Sum over the respondents, each gap once as `lacunes` lists it, the fictional territory left out beside real ones. */
		lacunes: sumOf('gaps'),
		/** Those of a whole territory, which no quartier counts. */
		lacunesHorsQuartier: sumOf('horsQuartier'),
		financements: moneyJson(view.financements)
	};
}

/**
 * By dispositif, else by the words of the file; what is no aid stands apart from an aid of the same name: « Commune, autofinancement ».
 * never  adds two bases: the amounts are null when `parBase` has several lines, as for a budget
 */
function moneyJson(lines: RegionView['financements']) {
	type Line = RegionView['financements'][number];
	const found: Record<string, Line[]> = {};
	const keyOf = (line: Line): string => line.dispositif ?? line.nom;
	const alone = (line: Line): boolean => lines.every((o) => keyOf(o) !== keyOf(line) || o.sorte === line.sorte);
	for (const line of lines) {
		const libelle = keyOf(line);
		(found[alone(line) ? libelle : moneyName({ libelle, sorte: line.sorte })] ??= []).push(line);
	}
	return Object.fromEntries(
		Object.entries(found).map(([key, own]) => {
			const one = own.length === 1 ? own[0]! : null;
			return [
				key,
				{
					libelle: moneyName({ libelle: own[0]!.nom, sorte: own[0]!.sorte }),
					sorte: own[0]!.sorte,
					base: one?.base ?? null,
					demande: one?.demande ?? null,
					envisage: one?.envisage ?? null,
					obtenu: one?.obtenu ?? null,
					actions: new Set(own.flatMap((l) => l.actions)).size,
					territoires: new Set(own.flatMap((l) => l.codes)).size,
					parBase: own.map(({ base, demande, envisage, obtenu, actions }) => ({
						base,
						demande,
						envisage,
						obtenu,
						actions: actions.length
					}))
				}
			];
		})
	);
}
