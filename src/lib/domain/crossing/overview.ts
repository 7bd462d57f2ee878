import type { AlikeQuartier } from './alike-quartiers';
import type { Action, PlanDocument } from '../action';
import type { MoneyKind } from '../funding/own-share';
import type { UnknownCommune } from '../import/unknown-communes';
import type { Aim } from './aims';
import type { AnswerReserve } from './answer-reserve';
import type { Coverage } from './coverage';
import type { Verdict } from '../rules/eligibility';
import type { Gap } from '../rules/gaps';
import type { IndicatorReading } from '../indicator';
import type { SeverityLevel } from '../rules/referentiel';
import type { Matrix } from './matrix';
import type { PartBudget } from './part-qpv';
import type { PlacedAction } from './place';
import type { ProbableMoney } from './probable-money';
import type { PlanReferent } from './referents';
import type { Phrase } from '../phrase';
import type { QuartierFigure } from './quartier-story';
import type { CrossingSignature } from './signature-words';
import type { TerritoryFigure } from './territory-story';
import type { Around } from './urgency';
import type { Quartier, Territory } from '../territory';

export type { IndicatorReading } from '../indicator';

/* What the pages, the command line and the exports read: one computation, many doors. */

/** The sentences a page opens with. */
export interface Opening<V> {
	readonly titre: Phrase<V>;
	readonly chapo: Phrase<V>;
}

export interface DocumentSummary extends PlanDocument {
	readonly fichier: string;
	readonly importeLe: string;
	readonly actions: number;
	/** Short name of what it is, when that is no plan: « Subventions DPV ». */
	readonly liste?: string;
	/** What its rows are, when they are not what its kind of plan announces. */
	readonly note: string | null;
	/** Fields expected and missing, with how many actions lack them (all, when the file has no such column). */
	readonly manques: readonly {
		readonly champ: string;
		readonly libelle: string;
		readonly actions: number;
		readonly colonneAbsente: boolean;
	}[];
}

export interface QuartierSummary {
	readonly quartier: Quartier;
	readonly population: number | null;
	readonly populationSource: string | null;
	readonly gaps: Readonly<Record<SeverityLevel, number>>;
	readonly pire: SeverityLevel | null;
	/** Expected crossings by coverage in this quartier. */
	readonly couvertures: Readonly<Record<Coverage, number>>;
}

/** How one expected crossing stands over the territory; groups the rows of the matrix from worst to best answered. */
export type CroiseGroup = 'sans-reponse' | 'diffuse' | 'sensibilisation' | 'inegale' | 'tenue' | 'non-evalue';

export interface CroiseRow {
	readonly code: string;
	readonly groupe: CroiseGroup;
	/** Computed sentence about this row. */
	readonly phrase: string;
	/** Held everywhere, but not surely: the end of what answers is past, or nobody said that it is for the quartier. */
	readonly aConfirmer: boolean;
	/** Why its strongest answer is to be confirmed in every quartier that has it; null: sure in one, or nothing of substance. */
	readonly reserve: string | null;
	/** Worst gap on this crossing, if any. */
	readonly pire: { readonly regle: string; readonly gravite: SeverityLevel } | null;
	/** Rule that could not judge this crossing for want of a document or a fact, when none warns about it. */
	readonly aJuger: string | null;
}

export interface TerritoryView {
	readonly territory: Territory;
	readonly asOf: string;
	readonly referentiel: { readonly version: string; readonly hash: string };
	readonly documents: readonly DocumentSummary[];
	/** Whom people said to call about each plan. */
	readonly referents: readonly PlanReferent[];
	readonly quartiers: readonly QuartierSummary[];
	/** Perimeters were loaded, here or around: without any quartier, it has none. */
	readonly perimetres: boolean;
	readonly actions: readonly PlacedAction[];
	/** Names of communes that are none of the territory, with the actions that bear them. */
	readonly communesInconnues: readonly UnknownCommune<Action>[];
	/** 20 crossings × quartiers. */
	readonly croises: Matrix;
	readonly croiseRows: readonly CroiseRow[];
	/** 14 × 14. */
	readonly grille: Matrix;
	readonly gaps: readonly Gap[];
	/** Crossings of quartiers that bear a signature. */
	readonly signatures: readonly CrossingSignature[];
	/** The opening sentence and the figures it holds. */
	readonly titre: string;
	readonly chapo: string;
	/** The same, each figure with what it counts. */
	readonly ouverture: Opening<TerritoryFigure>;
}

export interface EnjeuReach extends AnswerReserve {
	readonly code: string;
	readonly libelle: string;
	readonly coverage: Coverage;
	/** Ids of actions at each level of reach. */
	readonly parNiveau: Readonly<Record<string, readonly string[]>>;
	/** Id of the action the answer rests on first; null: none reaches the quartier. */
	readonly porteuse: string | null;
}

/** One expected crossing in one quartier, and how sure its answer is. */
export interface CrossingHere extends AnswerReserve {
	readonly code: string;
	readonly coverage: Coverage;
	readonly actions: readonly string[];
}

export interface MoneyLine {
	readonly dispositif: string | null;
	/** Says its base when the same money is written in several. */
	readonly libelle: string;
	/** Of both amounts; null: not said. A line never adds amounts of two bases. */
	readonly base: 'HT' | 'TTC' | null;
	/** Only aids add up to what is asked and obtained. */
	readonly sorte: MoneyKind;
	/** What a file says is asked for, granted since or not. */
	readonly demande: number | null;
	/** What is only planned, or whose state nobody says: never told as asked for. */
	readonly envisage: number | null;
	readonly obtenu: number | null;
	readonly actions: readonly string[];
}

export interface QuartierView {
	readonly territory: Territory;
	readonly asOf: string;
	readonly referentiel: { readonly version: string; readonly hash: string };
	readonly summary: QuartierSummary;
	/** Other intercommunalités it lies in, by their name; those the official code knows. */
	readonly autresEpci?: readonly { readonly code: string; readonly nom: string }[];
	readonly voisins: readonly { readonly code: string; readonly nom: string }[];
	/** The others whose answers are known, the most alike first. */
	readonly pareils: readonly AlikeQuartier[];
	/** Before and after it, from the most urgent to the least; null: it is alone. */
	readonly autour: Around | null;
	/** For who comes from the matrix. */
	readonly autourMatrice: Around | null;
	readonly indicateurs: readonly IndicatorReading[];
	/** Actions that reach the quartier or might; those surely elsewhere are left out. */
	readonly actions: readonly PlacedAction[];
	/** Those surely elsewhere. */
	readonly exclues: readonly PlacedAction[];
	/** By action: what a correction made here leaves to those that name the same building, elsewhere. */
	readonly memeBatiment: ReadonlyMap<string, string>;
	readonly documents: readonly DocumentSummary[];
	readonly referents: readonly PlanReferent[];
	/** Of its territory, this one included, by code. */
	readonly nomsDesQuartiers: ReadonlyMap<string, string>;
	/** 14 transition enjeux, from the best answered to the least. */
	readonly enjeux: readonly EnjeuReach[];
	/** 20 crossings in this quartier. */
	readonly croises: readonly CrossingHere[];
	readonly gaps: readonly Gap[];
	/** Those of every quartier: what they say of an action ranks its requests. */
	readonly lacunesDuTerritoire: readonly Gap[];
	/** Actions of droit commun, not aiming at it nor naming it, that would close one of its gaps by doing so; best first. */
	readonly aFlecher: readonly Aim[];
	/** Verdicts of funding for the first of them, as they are written today. */
	readonly verdictsAFlecher: readonly Verdict[];
	/** Its crossings that bear a signature. */
	readonly signatures: readonly CrossingSignature[];
	/** What its operations cost, by the share that falls inside it. */
	readonly parts: PartBudget;
	readonly verdicts: readonly Verdict[];
	/** Ids of the actions in force that name or aim at the quartier (cible, explicite). */
	readonly nommees: readonly string[];
	/** Money of these; never of the diffuse ones. */
	readonly argent: readonly MoneyLine[];
	/** Of those that may be for it: told apart. */
	readonly argentProbable: ProbableMoney;
	readonly titre: string;
	readonly chapo: string;
	/** `arrive`: what its table of enjeux opens with. */
	readonly ouverture: Opening<QuartierFigure> & { readonly arrive: Phrase<QuartierFigure> };
}

/** One expected crossing over the quartiers of a territory. */
export interface FoldedCrossing {
	readonly code: string;
	readonly coverage: Coverage;
	readonly actions: number;
	/** Why that answer is to be confirmed wherever it is given: « fin prévue passée »; null: sure in one quartier at least, or no answer of substance. */
	readonly reserve: string | null;
}

export interface RegionTerritory {
	readonly code: string;
	readonly nom: string;
	readonly fictif: boolean;
	readonly quartiers: number;
	readonly plans: readonly string[];
	/** What those are called: « PCAET », « Subventions DPV ». */
	readonly lus: readonly string[];
	readonly actions: number;
	/** Those of its quartiers, each counted once. */
	readonly gaps: Readonly<Record<SeverityLevel, number>>;
	/** Those that no quartier counts. */
	readonly horsQuartier: Readonly<Record<SeverityLevel, number>>;
	/** 20 crossings, folded over the territory's quartiers. A territory without plans has `saisie-incomplete` everywhere. */
	readonly croises: readonly FoldedCrossing[];
}

/** Of the actions of several territories. */
export interface RegionMoney extends MoneyLine {
	readonly territoires: number;
	/** Those territories. */
	readonly codes: readonly string[];
	/** `libelle` without its base. */
	readonly nom: string;
}

export interface RegionView {
	readonly region: string;
	readonly asOf: string;
	readonly referentiel: { readonly version: string; readonly hash: string };
	readonly territoires: readonly RegionTerritory[];
	readonly repondants: number;
	readonly total: number;
	/** Quartiers covered by a responding territory, counted once even when over two EPCI. */
	readonly quartiers: { readonly repondants: number; readonly total: number };
	readonly financements: readonly RegionMoney[];
	/** Which lists of grants that money is known from, and up to when; null when only plans tell it. */
	readonly listes: string | null;
	readonly titre: string;
	readonly chapo: string;
}
