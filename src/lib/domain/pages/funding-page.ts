import * as fr from '../french';
import { A_INSTRUIRE } from '../funding/ready-words';
import { cumulVerdicts, excessOf } from '../funding/cumul';
import { factDefs } from '../funding/facts';
import { aimedMeasures } from '../funding/aimed-measures';
import { firstMeasures, openMeasures, saidOf, type OpenMeasure } from '../funding/open-measures';
import { OPEN_ORDER } from '../funding/open-order';
import { placeFactDefs, saidWords } from '../funding/place-facts';
import { measureName } from '../funding/measure-name';
import { financingPlan, heldOf, type Held } from '../funding/plan';
import { excessWords } from '../funding/plan-words';
import type { Clues } from '../funding/received';
import { planOf } from '../crossing/grant-list';
import type { PlacedAction, Tag } from '../crossing/place';
import type { Territory } from '../territory';
import { assessAll, type Reason, type Verdict, type VerdictKind } from '../rules/eligibility';
import type { Measure } from '../rules/funding';
import { familiesAt } from '../rules/families-here';
import type { Referentiel } from '../rules/referentiel';
import { inForceText, rateAt } from '../rules/in-force';
import { QUESTIONS } from '../rules/questions';
import { isStale, type IsoDate, type Source } from '../source';
import { FULL } from './ask-order';
import { cellText, factGroups, typedText } from './funding-facts';
import { stateAt } from './referentiel-page';
import { isFunded } from './request-lines';

/* What the funding page of an action shows: facts to answer, verdicts with all their reasons, its financing plan. */

export type CriterionState = 'rempli' | 'echec' | 'manque';

export interface CriterionLine {
	readonly etat: CriterionState;
	readonly critere: string;
	readonly attendu: string;
	/** When the value asked for held: « depuis le 01/01/2025 ». */
	readonly vigueur: string | null;
	readonly trouve: string | null;
	/** Where the value found was read, or who typed it. */
	readonly provenance: string | null;
	/** What to supply, or where to put it right. */
	readonly aFournir: string | null;
	readonly bloquant: boolean;
	/** Of what does not hold the request back, what it is good for all the same; null: it does, or it is known to hold. */
	readonly portee: string | null;
	readonly source: Source | null;
	/** Key of the field of this page that answers it. */
	readonly champ: string | null;
}

export interface MeasureState {
	readonly id: string;
	readonly libelle: string;
	readonly operateur: string;
	readonly verdict: VerdictKind;
	/** Already granted, or asked for, in the financing plan below. */
	readonly deja: Held | null;
	readonly criteres: readonly CriterionLine[];
	readonly aVerifier: string | null;
	/** Its conditions have not all been read in a text. */
	readonly partielle: boolean;
	/** « 80 % du coût, depuis le 01/01/2023 » */
	readonly aide: string | null;
	/** When somebody last looked at its texts; null when it cites none. */
	readonly relue: IsoDate | null;
	/** Since when its sources are due to be read again; null when they are not. */
	readonly aRelireDepuis: IsoDate | null;
}

const ORDER: readonly VerdictKind[] = ['a-instruire', 'indetermine', 'ecarte'];
/** What is left to ask for first, then what is done, then what cannot be. */
const rank = ({ verdict, deja }: Pick<MeasureState, 'verdict' | 'deja'>): number =>
	deja ? 1 : verdict === 'ecarte' ? 2 : 0;

export type FundingPage = ReturnType<typeof fundingPage>;

/** The page of one action on one day, with what published lists suggest; a measure closed since is assessed as it stood that day. */
export function fundingPage(
	placed: PlacedAction,
	territory: Pick<Territory, 'code' | 'nom' | 'fictif' | 'communes'>,
	ref: Referentiel,
	asOf: IsoDate,
	clues?: Clues
) {
	const { action } = placed;
	const verdicts = assessAll([placed], null, ref, asOf);
	const measures = new Map(ref.financements.flatMap((f) => f.mesures.map((m) => [m.id, m] as const)));
	const facts = new Set(factDefs(ref).keys());
	const plan = financingPlan(placed, ref);
	const held = new Map(verdicts.map((v) => [v.mesure, heldOf(plan, v.mesure, v.dispositif)]));
	// What is granted or asked for already waits for no answer.
	const open = verdicts.filter((v) => held.get(v.mesure) === null);
	const left = openMeasures(placed, open, ref, asOf);
	const place = new Map(left.map((m, i) => [m.mesure, i]));
	const familles = familiesAt(ref.financements, territory);
	const names = new Map(
		familles.flatMap((f) => [[f.id, f.titre] as const, ...f.mesures.map((m) => [m.id, m.libelle] as const)])
	);
	const faits = factGroups(placed, open, ref, clues?.(placed));
	return {
		territoire: { code: territory.code as string, nom: territory.nom, fictif: territory.fictif },
		asOf,
		action: {
			id: action.id,
			titre: action.titre,
			reference: action.reference,
			cellule: cellText(placed),
			plan: planOf(placed, ref.plans.types),
			/** Where its enjeux, its nature and its reach are corrected. */
			quartier: placed.reach.find((r) => r.niveau !== 'aucune')?.quartier ?? null
		},
		bilan: Object.fromEntries(ORDER.map((kind) => [kind, open.filter((v) => v.verdict === kind).length])) as Record<
			VerdictKind,
			number
		>,
		/** What « à instruire » means, when a measure is. */
		instruire: open.some((v) => v.verdict === 'a-instruire') ? A_INSTRUIRE : null,
		/** Measures that the plan below already has, or asked for. */
		deja: verdicts.length - open.length,
		faits,
		uneFois: onceWords(
			faits.aRenseigner.map((f) => f.cle),
			placed,
			ref
		),
		/** How many of these measures are due to be read again that day. */
		aRelire: new Set(verdicts.filter((v) => isStale(measures.get(v.mesure)!.a_revoir_le, asOf)).map((v) => v.mesure))
			.size,
		mesures: verdicts
			.map((v): MeasureState => {
				const measure = measures.get(v.mesure)!;
				return {
					id: v.mesure,
					libelle: measureName(measure),
					operateur: measure.operateur,
					verdict: v.verdict,
					deja: held.get(v.mesure) ?? null,
					criteres: criteriaOf(v, placed, facts),
					aVerifier: measure.a_verifier,
					partielle: measure.verification !== 'source',
					aide: rateWords(measure, asOf),
					relue:
						measure.references
							.map((r) => r.consulte_le)
							.sort()
							.at(-1) ?? null,
					aRelireDepuis: isStale(measure.a_revoir_le, asOf) ? measure.a_revoir_le : null
				};
			})
			.sort((a, b) => rank(a) - rank(b) || (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0) || missing(a) - missing(b)),
		dAbord: firstWords(placed, left, ref, asOf),
		plan: {
			...plan,
			lignes: plan.lignes.map((l) => ({
				...l,
				dispositifNom: l.dispositif === null ? null : (names.get(l.dispositif) ?? l.dispositif)
			}))
		},
		cumul: cumulVerdicts(placed, plan, ref.planDeFinancement.limites, asOf),
		dispositifs: familles.map((f) => ({
			id: f.id,
			titre: f.titre,
			mesures: f.mesures.map((m) => ({ id: m.id, libelle: `${m.libelle}${caveat(m, asOf)}` }))
		}))
	};
}

/** What leads to the answers given once for a place; null: none is asked for here, and none was given. */
function onceWords(asked: readonly string[], { lieux }: PlacedAction, ref: Referentiel): string | null {
	const defs = placeFactDefs(ref.financements);
	const n = asked.filter((cle) => defs.has(cle)).length;
	if (n > 0) {
		const verb = fr.plural(n, 'vaut', 'valent');
		return `${fr.capital(fr.count(n, 'de ces réponses', 'de ces réponses'))} ${verb} pour un lieu\u00a0: ${fr.plural(n, 'la', 'les')} donner une fois, pour toutes les actions`;
	}
	return lieux?.dits.length ? 'Revoir les réponses données une fois, pour toutes les actions' : null;
}

/** The three every page names, and those it would have once it aims at a quartier, when they are others. */
function firstWords(placed: PlacedAction, left: readonly OpenMeasure[], ref: Referentiel, asOf: IsoDate) {
	const unsaid = (open: readonly OpenMeasure[]) => open.filter((m) => m.peutEtre === null);
	const said = (open: readonly OpenMeasure[]) => firstMeasures(unsaid(open)).map(saidOf);
	const asWritten = said(left);
	const then = said(aimedMeasures(placed, ref, asOf));
	const differs = then.length > 0 && then.join() !== asWritten.join();
	const full = isFunded(placed);
	const exces = full ? null : excessOf(placed, ref, asOf);
	const reserve = full ? FULL : exces && excessWords(exces);
	return {
		titre: `${full ? 'Si un financement tombe, à' : 'À'} demander d’abord :`,
		/** What comes before any request: its plan is full, or has too many aids. */
		reserve: reserve && `${fr.capital(reserve)}.`,
		premieres: asWritten,
		/** What the plan may already count on: not to be asked for first. */
		peutEtre: left.filter((m) => m.peutEtre !== null).map(saidOf),
		flechee: differs ? `Fléchée vers un quartier prioritaire${fr.INSECABLE}: ${then.join(`${fr.FINE}; `)}` : null,
		ordre: OPEN_ORDER
	};
}

/** A measure can be named in a plan though nobody checked it, or though it is closed: it is said where it is chosen. */
function caveat(measure: Measure, asOf: IsoDate): string {
	if (measure.verification === 'non-verifiee') return ' (non vérifié)';
	const state = stateAt(measure, asOf);
	return state?.etat === null ? ` (clos depuis le ${fr.date(state.depuis)})` : '';
}

function rateWords(measure: Measure, asOf: IsoDate): string | null {
	const rate = rateAt(measure, asOf);
	if (!measure.aide || !rate) return null;
	const { unite, note } = measure.aide;
	const value = rate.valeur === null ? 'non connue ce jour-là' : `${fr.number(rate.valeur)}${fr.INSECABLE}${unite}`;
	const held = rate.valeur !== null && rate.vigueur ? `, ${inForceText(rate.vigueur)}` : '';
	return `${value}${held}${note ? ` (${note})` : ''}`;
}

const missing = (m: MeasureState): number => m.criteres.filter((c) => c.etat === 'manque' && c.bloquant).length;

/** Words that are not there prove nothing. */
const WORDS_TO_WRITE = 'Si l’action en relève, écrivez-le dans son titre ou sa description.';

/** Nothing prevents the request, and nobody has said: what is to be known before it is filed, what only makes its case. */
const weightOf = (cle: string): string =>
	cle === 'ouverture' ? 'à vérifier avant dépôt' : 'utile au dossier, sans être exigé';
const WEAK = 'ne bloque pas la demande';

function criteriaOf(verdict: Verdict, placed: PlacedAction, facts: ReadonlySet<string>): CriterionLine[] {
	const lines = (etat: CriterionState, reasons: readonly Reason[]): CriterionLine[] =>
		reasons.map((r) => ({
			etat,
			critere: r.critere,
			attendu: r.attendu,
			vigueur: r.vigueur && r.vigueur.etat !== 'inconnue' ? inForceText(r.vigueur) : null,
			trouve: r.trouve,
			provenance: r.trouve === null ? null : provenanceOf(r.cle, placed),
			aFournir:
				etat === 'manque' ? (r.question ?? QUESTIONS[r.cle] ?? (r.cle === 'mots' ? WORDS_TO_WRITE : null)) : null,
			bloquant: r.bloquant,
			portee: r.bloquant ? null : etat === 'manque' ? weightOf(r.cle) : WEAK,
			source: r.source,
			champ: facts.has(r.cle) ? r.cle : null
		}));
	// What holds the request back comes before what does not.
	const blocking = (line: CriterionLine): number => Number(!line.bloquant);
	return [
		...lines('echec', verdict.echecs),
		...lines('manque', verdict.manquants).sort((a, b) => blocking(a) - blocking(b)),
		...lines('rempli', verdict.remplis)
	];
}

function provenanceOf(cle: string, placed: PlacedAction): string | null {
	const typed = placed.saisies?.faits.find((f) => f.fait === cle);
	if (typed) return typedText(typed);
	const said = placed.lieux?.dits.filter((d) => d.fait === cle).at(-1);
	if (said) return saidWords(placed.lieux!, said);
	switch (cle) {
		case 'cout':
		case 'maitre_ouvrage':
		case 'plan':
			return cellText(placed);
		case 'mots':
			return `titre et description, ${cellText(placed)}`;
		case 'nature':
			return placed.nature && tagText([placed.nature], placed);
		case 'enjeu':
			return tagText([...placed.transition, ...placed.ville], placed);
		case 'atteinte':
			return placed.reach.find((r) => r.niveau !== 'aucune' && r.preuve !== null)?.preuve ?? null;
		case 'departement':
			return 'code officiel géographique';
		default:
			return null;
	}
}

/** « mots « école », « isolation » », « déclaré dans le fichier », « décidé par une personne » */
function tagText(tags: readonly Tag[], placed: PlacedAction): string {
	if (tags.some((t) => t.par === 'decision')) return 'corrigé par une personne';
	if (tags.some((t) => t.par === 'declaration')) return `déclaré, ${cellText(placed)}`;
	const words = [...new Set(tags.flatMap((t) => t.mots))].slice(0, 4);
	return words.length ? `d’après ${fr.list(words.map(fr.quoted))}, ${cellText(placed)}` : cellText(placed);
}
