import { once } from '../memory';
import type { Action } from '../action';
import type { Entered } from '../funding/entered';
import type { OfficialFacts } from '../funding/official-facts';
import type { PlaceFacts } from '../funding/place-facts';
import type { Leads } from './leads';

/** Reach of an action on a quartier, strongest first. `inconnu` is never `aucune`. */
export const NIVEAUX = ['cible', 'explicite', 'probable', 'diffuse', 'aucune', 'inconnu'] as const;
export type Niveau = (typeof NIVEAUX)[number];

/** Its own words or a person say that it comes to this very quartier. */
export const isNamed = (niveau: Niveau): boolean => niveau === 'cible' || niveau === 'explicite';

/** How a reach is known. */
export type ReachBy =
	| 'decision'
	| 'code'
	| 'code-2015'
	| 'nom'
	| 'alias'
	| 'tous-les-quartiers'
	| 'geometrie'
	| 'commune'
	| 'echelle'
	| 'declaration'
	/** Titles name the same building and do not say the same quartier. */
	| 'titres'
	/** A title says one part of a composite name: « la Briquette ». */
	| 'partie'
	/** « à proximité du quartier … »: near is not inside. */
	| 'proximite'
	/** « tous les QPV sauf … »: the words leave it out. */
	| 'exclu'
	| 'ailleurs'
	| 'rien';

export interface Reach {
	readonly quartier: string;
	readonly niveau: Niveau;
	readonly par: ReachBy;
	/** The words of the file (or of the decision) that say so; null when nothing does. */
	readonly preuve: string | null;
	/** Who decided it, and when: « Camille, le 27/11/2026 ». */
	readonly qui?: string;
	/** Of what a person decided: what the file says. */
	readonly lu?: Pick<Reach, 'niveau' | 'par' | 'preuve'>;
	/** They confirmed what was shown: their name makes no new reading of it. */
	readonly confirme?: true;
	/** A sentence: what a person answered otherwise of the same building. What the file says stands, and is asked about. */
	readonly aArbitrer?: string;
	/** When the file draws the place: share of the action inside the quartier, and of the quartier it covers (null without area). */
	readonly part?: { readonly action: number; readonly quartier: number | null };
	/** Share of the operation inside the quartier, when somebody or something says it; absent is « not known », never 0. */
	readonly partQpv?: PartQpv;
}

/** `valeur` from 0 to 1: typed by a person, written in the file, or measured on the drawn place. */
export interface PartQpv {
	readonly valeur: number;
	readonly par: 'decision' | 'declaration' | 'geometrie';
	readonly preuve: string;
}

/** A place named in an action that could not be attached by itself. */
export interface UnresolvedPlace {
	readonly texte: string;
	/** `ailleurs`: that of a quartier of another territory, which `proches` gives: said, not asked. */
	readonly raison: 'inconnu' | 'ambigu' | 'proche' | 'contraire' | 'code-2015' | 'code-inconnu' | 'ailleurs';
	readonly proches: readonly { readonly code: string; readonly nom: string }[];
}

/** What the file says of a reach, whoever decided on it since. */
export const readIn = (reach: Reach): Pick<Reach, 'niveau' | 'par' | 'preuve'> => reach.lu ?? reach;

export interface Tag {
	readonly code: string;
	readonly score: number;
	readonly mots: readonly string[];
	/** What each of `mots` weighs, in their order. */
	readonly poids?: readonly number[];
	/** What pleads against, when something does; below 0. */
	readonly contre?: number;
	/** `appris`: no word of the lexicon says it; titles labelled by hand make it likely, and `score` is how likely, 0 to 1. */
	readonly par: 'lexique' | 'appris' | 'declaration' | 'decision';
	/** A person confirmed what the tool had read: its words weigh what they weighed, and say no more than they said. */
	readonly confirme?: true;
	/** Of a declared nature: the one its title plainly says instead. */
	readonly contredit?: { readonly code: string; readonly mots: readonly string[] };
}

/** How an action carries an expected crossing: by both axes, or by its transition enjeu alone (then it never counts for more than « diffuse »). */
export interface CroiseTag {
	readonly code: string;
	readonly complet: boolean;
}

/** An action with its reach on each quartier of the territory, its enjeux and its nature, each with its proof. */
export interface PlacedAction {
	readonly action: Action;
	/** One entry per quartier of the territory, in the territory's order. */
	readonly reach: readonly Reach[];
	readonly transition: readonly Tag[];
	readonly ville: readonly Tag[];
	readonly croises: readonly CroiseTag[];
	readonly nature: Tag | null;
	readonly nonRattaches: readonly UnresolvedPlace[];
	/** Whom to ask about it. */
	readonly meneurs: Leads;
	/** What its document is, when that is no plan: « Subventions DPV ». */
	readonly liste?: string;
	/** What official geography says of its territory. */
	readonly officiels?: OfficialFacts;
	/** What people answered of the places of its territory, for its money. */
	readonly lieux?: PlaceFacts;
	/** What people typed about its money. */
	readonly saisies?: Entered;
}

/** Actions by their id. */
export const byId: (placed: readonly PlacedAction[]) => ReadonlyMap<string, PlacedAction> = once((placed) => {
	const known = new Map<string, PlacedAction>();
	for (const one of placed) known.set(one.action.id, one);
	return known;
});
