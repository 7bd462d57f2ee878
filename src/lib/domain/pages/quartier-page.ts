import { documentFiles, documentNames } from '../document-names';
import { count, list, number, plural, quoted } from '../french';
import { ABOUT_ACTION, type Decision, type DecisionKind } from '../action';
import { bySeverity } from '../rules/gap-groups';
import { verdictsByMeasure } from './measure-verdicts';
import type { QuartierView } from '../crossing/overview';
import {
	briefAction,
	type Told,
	enjeuNames,
	natureNames,
	shortCrossings,
	quartierBrief,
	ruleNames,
	sharing,
	type ActionBrief,
	type Share
} from './page-model';
import type { PlacedAction } from '../crossing/place';
import { countSignatures, signatureSummary } from '../crossing/signature-words';
import type { Referentiel } from '../rules/referentiel';
import { answersHere, reserveWords } from '../crossing/answers-here';
import { FIRST_AIMS } from '../crossing/aims';
import { bestReach, isActive, reaches } from '../crossing/coverage';
import { aimsHere } from './aims-page';
import { contactsOf, type Contact } from './contacts';
import { neighbours } from './alike-words';
import { grantedWords, probableWords } from './quartier-money-words';
import { documentsRead, firstAsked, leftToConclude, leftToInvent, linesHere, nothingFirst } from './first-screen';
import { firstWords } from './first-words';
import { lastWords } from '../crossing/referent-decisions';
import { sharedWith } from '../crossing/shared-quartier';
import { listsWords } from '../crossing/list-years';
import { moneyShares } from './money-figures';
import { milestones } from '../crossing/milestones';
import { datedDocuments } from '../local-facts';
import { isOpenAlert, type GapWithFacts } from './open-gaps';
import { quartierRequests } from './quartier-requests';
import { planCalls } from './who-to-call';

export type QuartierPage = ReturnType<typeof quartierPage>;

/** What a person corrected of an action. */
export interface Correction {
	readonly quoi: 'atteinte' | 'enjeux' | 'enjeu' | 'nature' | 'part';
	readonly par: string;
	readonly le: string;
	readonly motif: string | null;
}

/**
 * A quartier as its page reads it: no outline, no full texts of actions.
 * in     `ouvert`: « T02.aucune », the figure being read; actions that happen elsewhere are told only then
 */
export function quartierPage(
	view: QuartierView,
	ref: Referentiel,
	decisions: readonly Decision[] = [],
	ouvert: string | null = null
) {
	const share = sharing();
	const code = view.summary.quartier.code;
	const near = view.actions.filter((a) => isActive(a) && reaches(bestReach(a, [code])));
	const ici = linesHere(view, ref);
	const financements = verdictsByMeasure(view.verdicts, view.actions, ref, share, near, ici);
	const documents = documentNames(view.documents);
	const briefs = (placed: readonly PlacedAction[]) =>
		Object.fromEntries(placed.map((a) => [a.action.id, actionHere(a, view, { documents, asOf: view.asOf }, share)]));
	const actions = briefs(view.actions);
	const [enjeu, niveau] = ouvert?.split('.') ?? [];
	const excluded = view.enjeux.find((e) => e.code === enjeu)?.parNiveau.aucune;
	const contacts = contactsOf(Object.values(actions), code, view.gaps, planCalls(view, ref));
	return {
		territoire: { code: view.territory.code as string, nom: view.territory.nom, fictif: view.territory.fictif },
		asOf: view.asOf,
		referentiel: view.referentiel,
		ouverture: view.ouverture,
		quartier: quartierBrief(view.summary),
		voisins: neighbours(view, ref),
		autour: view.autour,
		autourMatrice: view.autourMatrice,
		indicateurs: view.indicateurs,
		actions,
		exclues: niveau === 'aucune' ? briefs(view.exclues.filter((a) => excluded?.includes(a.action.id))) : {},
		corrections: correctionsOf(decisions, code),
		enjeux: view.enjeux,
		aConfirmer: TO_CONFIRM,
		motsAtteinte: `${REACH_WORDS}${bothWords(view, ref)}`,
		motsContacts: contactWords(view, contacts),
		obtenus: grantedWords(view),
		fichiers: documentFiles(view.documents, documents),
		nommees: view.nommees,
		lacunes: [...view.gaps]
			.sort(bySeverity)
			.map(({ preuves, ...gap }): GapWithFacts => ({ ...gap, faits: preuves.faits })),
		financements,
		demandes: quartierRequests(
			financements,
			near,
			view.aFlecher.slice(0, FIRST_AIMS),
			{ verdicts: view.verdictsAFlecher, gaps: view.gaps, asOf: view.asOf, ici },
			ref
		),
		aFlecher: aimsHere(view.aFlecher, ref, view),
		aDemander: firstAsked(view, ref, ici),
		rienADemander: nothingFirst(ici),
		aInventer: leftToInvent(view),
		aConclure: leftToConclude(view),
		mots: firstWords(ref),
		/** Number of the last word on the référent of each plan: what one has before one’s eyes when one writes another. */
		vus: lastWords(decisions),
		argent: view.argent,
		argentParAction: moneyShares(view.actions.filter((a) => view.nommees.includes(a.action.id))),
		lus: documentsRead(view.documents, ref),
		partage: sharedWith(view),
		listes: listsWords(view.documents),
		argentProbable: { ...view.argentProbable, ...probableWords(view.argentProbable) },
		contacts,
		jalons: milestones({
			...{ quartier: code, asOf: view.asOf, actions: view.actions },
			// The period of a list of grants is not that of the contract.
			documents: datedDocuments(
				view.documents.map((d) => (d.note === null ? d : { ...d, periode: null })),
				decisions
			),
			types: ref.plans.types
		}),
		horizon: horizonOf(ref),
		reponses: { ...answersHere(view.croises, ref.enjeux.croises, openHere(view, ref)), courts: shortCrossings(ref) },
		croisements: crossingsOf(ref),
		signatures: signedCrossings(view, ref),
		resumeSignatures: signatureSummary(countSignatures(view.signatures, view.croises.length)),
		motsSignatures: SIGNATURE_WORDS,
		parts: view.parts,
		noms: enjeuNames(ref),
		regles: ruleNames(ref),
		natures: natureNames(ref)
	};
}

/** What the section of signatures says of itself: with the figures, so that the page carries no text it may not show. */
const SIGNATURE_WORDS = {
	titre: 'Ce que vaut une signature, et d’où vient la réponse',
	definition:
		'Les deux référents signent chaque croisement sur ce qu’ils y lisent. Quand une action, une portée ou une décision change, la signature est à revoir et dit pourquoi.',
	calcul:
		'La réponse est la meilleure que donne une action du croisement dont la nature est connue et qui atteint le quartier, même de façon probable. Une atteinte probable compte donc, sans être certaine : ouvrez la ligne pour voir l’atteinte de chaque action avant de signer. Une action qui ne dit que l’enjeu de transition ne compte que si son objet est celui du croisement, et la réponse est alors diffuse. Le nombre compte chaque action une fois.'
} as const;

const REACH_WORDS =
	'Nombre d’actions à chaque degré d’atteinte. Diffuse\u00a0: pour toute l’intercommunalité, rien ne dit qu’elle vienne ici. Probable\u00a0: pour une commune du quartier. Explicite\u00a0: le nomme. Cible\u00a0: vise ses habitants.';

/** A row may hold both: why an answer does not close a gap. */
function bothWords({ enjeux, gaps }: QuartierView, ref: Referentiel): string {
	const halves = crossingsOf(ref);
	const crossed = gaps.some((g) => isOpenAlert(g) && g.enjeu?.startsWith('X'))
		? ' Lacune d’un croisement\u00a0: des actions portent l’enjeu, mais il en manque une qui porte aussi l’enjeu de la ville croisé avec lui.'
		: '';
	const held = enjeux
		.filter((e) => e.coverage === 'structurante' || e.coverage === 'de-service')
		.flatMap((e) => [e.code, ...(halves[e.code] ?? [])]);
	const rules = gaps.filter((g) => isOpenAlert(g) && g.enjeu !== null && held.includes(g.enjeu)).map((g) => g.regle);
	if (rules.length === 0) return crossed;
	const names = [...new Set(rules)].sort().map((r) => quoted(ruleNames(ref)[r] ?? r));
	return `${crossed} Une réponse structurante ou de service et une lacune peuvent se lire sur la même ligne\u00a0: la réponse dit qu’une action vient, la lacune dit ce qui manque encore, ici ${list(names)}.`;
}

/** Why these actions are more than the cells of the matrix show. */
function contactWords({ actions, croises }: QuartierView, contacts: readonly Contact[]): string {
	const crossed = new Set(croises.flatMap((x) => x.actions)).size;
	const nobody = actions.length - contacts.reduce((n, c) => n + c.actions.length, 0);
	const unnamed =
		nobody > 0
			? `Des ${count(actions.length, 'action')} qui atteignent le quartier, ou dont le lieu n’est pas dit, ${number(nobody)} ${plural(nobody, 'n’a', 'n’ont')} ni pilote ni porteur écrit.`
			: '';
	const matrix =
		crossed < actions.length
			? `La matrice n’en compte que ${number(crossed)}\u00a0: ${plural(crossed, 'celle qui porte', 'celles qui portent')} un croisement.`
			: '';
	return `${unnamed} ${matrix}`.trim();
}

const TO_CONFIRM =
	'«\u00a0À confirmer\u00a0»\u00a0: la réponse ne tient qu’à des actions de la commune, que personne n’a dit viser le quartier, dont la fin prévue est passée, ou dont les enjeux et la nature ne sont lus que sur peu de mots.';

/** Only its reach on this quartier; its money is in the quartier's own table. */
function actionHere(
	placed: PlacedAction,
	{ summary, memeBatiment }: Pick<QuartierView, 'summary' | 'memeBatiment'>,
	told: Told,
	share: Share
): ActionBrief {
	const quartier = summary.quartier.code;
	const others = memeBatiment.get(placed.action.id);
	const brief = briefAction(placed, told, share, placed.action.id, false);
	const niveau = brief.atteintes[quartier];
	const reach = placed.reach.find((r) => r.quartier === quartier);
	return {
		...brief,
		atteintes: share(niveau ? { [quartier]: niveau } : {}),
		...(reach && {
			preuve: { par: reach.par, texte: reach.preuve, ...(reach.aArbitrer && { aArbitrer: reach.aArbitrer }) }
		}),
		...(reach?.partQpv && { partQpv: reach.partQpv }),
		...(others !== undefined && { memeBatiment: others })
	};
}

const openHere = ({ gaps }: QuartierView, ref: Referentiel) => ({
	lacunes: gaps.filter(isOpenAlert),
	regles: ruleNames(ref)
});

/** The 20 crossings of a quartier, with what answers them and who signed. */
function signedCrossings(view: QuartierView, ref: Referentiel) {
	const open = openHere(view, ref);
	return view.croises.flatMap((here) => {
		const { code, coverage, actions } = here;
		const croise = ref.enjeux.croises.find((x) => x.code === code);
		if (!croise) return [];
		const signature = view.signatures.find((s) => s.croise === code) ?? null;
		const { libelle, pourquoi } = croise;
		return [{ code, libelle, pourquoi, coverage, reserve: reserveWords(here, open), actions, signature }];
	});
}
export type SignedCrossing = ReturnType<typeof signedCrossings>[number];

/** Action id → what people corrected of it, as seen from this quartier. */
export function correctionsOf(decisions: readonly Decision[], quartier: string): Record<string, Correction[]> {
	const found: Record<string, Correction[]> = {};
	for (const { sujet, quartier: where, par, le, motif } of decisions) {
		const quoi = sujet.genre;
		if (!isAboutAction(quoi)) continue;
		if (where !== null && where !== quartier) continue;
		(found[sujet.id] ??= []).push({ quoi, par, le, motif });
	}
	return found;
}

const isAboutAction = (genre: DecisionKind): genre is Correction['quoi'] => ABOUT_ACTION.includes(genre);

/** Last day that plans are held to: the horizon of the rules that have one. */
const horizonOf = (ref: Referentiel): string =>
	ref.lacunes.regles
		.flatMap((r) => (typeof r.parametres.horizon === 'string' ? [r.parametres.horizon] : []))
		.sort()
		.at(-1) ?? '2030-12-31';

/** T code → X codes it is half of. */
export function crossingsOf(ref: Referentiel): Record<string, string[]> {
	const found: Record<string, string[]> = {};
	for (const x of ref.enjeux.croises) (found[x.transition] ??= []).push(x.code);
	return found;
}
