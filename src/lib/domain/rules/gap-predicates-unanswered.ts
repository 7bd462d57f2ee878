import { coverageState, reaches } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import { capital, FINE, list } from '../french';
import {
	approaching,
	besideAction,
	besideWords,
	nearestAction,
	nearestWords,
	sameEnjeuAndWide
} from './gap-approached';
import { eachCell, type Ask } from './gap-cells';
import { holdersOf, listOf, niveauOf, numberOf, saying, textOf, type Finding, type GapView } from './gap-context';
import { factsOf, joinedFacts } from './gap-facts';
import { askedAbout, askedOfAll, otherTowns } from './gap-people';
import {
	askForPlan,
	cadresRead,
	elsewhereAbout,
	kindsRead,
	leftToRead,
	planToBring,
	overOn,
	plansRead,
	tooFewPlans
} from './gap-plans-read';
import { checkFirst, decidedOnce, mayAnswer, named, ONCE, thatOf } from './gap-common-words';
import { presentIn } from './gap-present';
import { toTownHall } from './gap-towns';
import { placeUnknown } from './gap-unknown-place';
import { badFor, badWords } from './gap-indicators';
import { whyHere, whyOnce } from './gap-why';
import type { EnjeuCroise, GapRule } from './referentiel';

/**
 * G01: no active action carries the crossing and reaches the quartier, and none carries it for the whole EPCI; what is only
 * talked of there is G03.
 * out    an alert when every action is known to be elsewhere and enough plans are read; a request for data when an action of
 *        unknown reach could answer, or 'plans-absents': a list of grants is no plan; 'enjeu-non-prioritaire' when the territory says
 *        which crossings its contract holds (`enjeux_prioritaires`) and this one is not among them; 'presence-inconnue' when
 *        nothing says that the quartier has what the crossing requires of it (`exige` of data/enjeux.yaml); 'cour-prevue' when its list
 *        of schools says a yard planned or done that no document holds
 */
export function enjeuSansReponse(view: GapView, rule: GapRule): readonly Finding[] {
	const kept = listOf(rule, 'enjeux_prioritaires');
	const ask: Ask = (quartier, croise, carriers, elsewhere, same, wide) => {
		// A tension is arbitrated (G06), not expected; unless the territory says that its contract holds it.
		if (croise.genre === 'tension' && !kept.includes(croise.code)) return null;
		if (approaching(quartier.code, croise, carriers, same).length > 0) return null;
		const context = { ...view.coverage, quartiers: [quartier.code], croise: croise.code };
		const needed = numberOf(rule, 'min_plans', context.minPlans);
		const state = coverageState(carriers, context);
		if (state.connu !== 'aucune') return null;
		const unsure = carriers.filter((a) => niveauOf(a, quartier.code) === 'inconnu');
		const enough = cadresRead(view) >= needed;
		const present = presentIn(view, quartier.code, croise, textOf(rule, 'cour_avant', '2030-12-31'));
		const sure = state.possible === 'aucune' && enough;
		const bad = badFor(view, quartier.code, [croise.transition, croise.ville, croise.code]);
		const plans = plansRead(view);
		// A new gas boiler comes near no answer.
		const isFor = (a: PlacedAction): boolean => !view.marques(a).some((mark) => mark.contraire);
		const beside = besideAction(quartier.code, croise, same.filter(isFor));
		// Where plans are missing too, what speaks of it is said: nobody is told that there is nothing.
		const isBare = state.possible === 'aucune' && !(enough && (present.douteux || present.cour));
		const nearest =
			isBare && !beside ? nearestAction(quartier.code, croise, same.filter(isFor), wide.filter(isFor), !enough) : null;
		// A decision taken on these documents holds when one of them comes to its end: its facts are the same.
		const kinds = kindsRead(view);
		return {
			reponse: sure ? 'alerte' : 'donnee-manquante',
			// What is only asked for never speaks as an absence.
			cas: !enough
				? ['plans-absents']
				: !sure
					? []
					: present.douteux
						? ['presence-inconnue']
						: present.cour
							? ['cour-prevue']
							: bad.length
								? ['vulnerabilite-forte']
								: kept.length && !kept.includes(croise.code)
									? ['enjeu-non-prioritaire']
									: [],
			...(!enough && { conclure: leftToRead(view), ...planToBring(view) }),
			...(croise.une_fois
				? // Of a matter of the whole contract, the figure of one quartier says nothing.
					whyOnce(sure)
				: whyHere(
						view,
						quartier.code,
						[croise.transition, croise.ville, croise.code],
						[
							enough && present.dit,
							beside && besideWords(view, croise, beside),
							nearest && nearestWords(view, quartier.code, croise, nearest)
						]
							.filter(Boolean)
							.join(' ') || null
					)),
			valeurs: {
				plans: plans || 'aucun',
				...nearAnswer(beside),
				...saidFound(tooFewPlans(view, needed), elsewhereAbout(view, croise.code)),
				lequel: askForPlan(view, croise.code),
				manque: unsure[0] ? mayAnswer(unsure) : '',
				son_lieu: placeUnknown(unsure, view),
				a_qui: askedOfAll(unsure, holdersOf(view, unsure), view.territoire),
				ces_actions: unsure.length > 1 ? 'se déroulent ces actions' : 'se déroule cette action',
				que_suppose: present.suppose ? thatOf(present.suppose) : '',
				si_suppose: present.suppose ? `s${/^il/.test(present.suppose) ? '’' : 'i '}${present.suppose}` : '',
				question_croisee: croise.question,
				...{ cour_prevue: present.cour ?? '', a_la_ville: toTownHall(quartier).a },
				...proposed(croise, elsewhere !== null, present.suppose !== undefined),
				question: firstChecked(
					quartier,
					present.suppose,
					elsewhere
						? askedElsewhere(view, elsewhere, quartier)
						: `demander au référent transition ${croise.une_fois?.demander ?? 's’il manque une action dans ces documents'}`
				)
			},
			preuves: {
				actions: unsure.map((a) => a.action.id),
				champs: ['quartiers', 'enjeux'],
				faits: joinedFacts(
					[kinds ? `Documents lus\u00a0: ${kinds}` : 'Aucun document-cadre n’est importé'],
					factsOf(unsure, saying(view.noms, 'lieu non précisé')),
					bad.map(badWords)
				)
			}
		};
	};
	return eachCell(view, rule, ask, () => [overOn(view)], sameEnjeuAndWide(view));
}

/** « n’y répond vraiment ; « Jardin partagé » s’en approche »: what a reader would object stands in the sentence. */
const nearAnswer = (beside: PlacedAction | null) => ({
	repond: beside ? 'répond vraiment' : 'répond',
	s_en_approche: beside ? `${FINE}; ${named(beside)} s’en approche` : ''
});

/** « en proposer une, par exemple une ressourcerie, ou écarter cette lacune »; what is done elsewhere is the example. */
function proposed({ une_fois: once, exemple }: EnjeuCroise, isDoneElsewhere: boolean, isToCheck: boolean) {
	if (once) return { une_fois: `\u00a0: ${ONCE}`, proposer: decidedOnce(once), par_exemple: '', ou_ecarter: '' };
	return {
		...{ une_fois: '', proposer: 'en proposer une' },
		par_exemple: isDoneElsewhere ? '' : `, par exemple ${exemple}`,
		ou_ecarter: isToCheck ? '' : `${isDoneElsewhere ? '' : ','} ou écarter cette lacune`
	};
}

/** A plan about something else says nothing of the crossing: nobody looked for an action there. */
const saidFound = (read: string, about: string | null) =>
	about === null
		? { trouvee: 'aucune action trouvée sur', trop_peu: read }
		: { trouvee: 'rien ne dit si une action porte', trop_peu: `${read}${FINE}; ${about}` };

/**
 * « Demander à la Régie de quartier, qui porte « Chantier école », si cette action peut s’ouvrir aux habitants de ce quartier »; of what another
 * town does, « Demander à la mairie d’Orme si elle peut s’inspirer de « Cour oasis » (Ville de Merle) dans ce quartier »
 */
function askedElsewhere(view: GapView, elsewhere: PlacedAction, quartier: GapView['quartiers'][number]): string {
	// A town decides for itself alone: the other one is an example.
	const towns = otherTowns(quartier, elsewhere, view.territoire) ?? townsReached(view, elsewhere, quartier);
	if (towns !== null) {
		const { a, peut } = toTownHall(quartier);
		return `demander ${a} si ${peut} s’inspirer de ${named(elsewhere)} (${towns}) dans ce quartier`;
	}
	const carried = askedAbout(elsewhere, named(elsewhere), view.territoire);
	const isNamed = carried !== null;
	// A service can grow; works cannot, others like them can be done.
	const comes =
		elsewhere.nature?.code === 'N1'
			? `une opération ${isNamed ? 'semblable' : `comme ${named(elsewhere)}`} est possible dans ce quartier`
			: `${isNamed ? 'cette action' : named(elsewhere)} peut s’ouvrir aux habitants de ce quartier`;
	return `demander ${carried ?? holdersOf(view, [elsewhere])} si ${comes}`;
}

/** What is to be done, after what the crossing supposes of the quartier is checked. */
const firstChecked = (quartier: GapView['quartiers'][number], suppose: string | undefined, asked: string): string =>
	suppose ? `${checkFirst(suppose, quartier)}${FINE}; puis ${asked}` : capital(asked);

/** Where a commune nobody names carries it, in other towns alone than the quartier's; null: the same, or not known. */
function townsReached(
	view: GapView,
	{ action, meneurs, reach }: PlacedAction,
	{ communes }: GapView['quartiers'][number]
) {
	const types = meneurs.types ?? [action.porteurType];
	if (communes?.length !== 1 || types.length === 0 || types.some((t) => t !== 'commune')) return null;
	const reached = new Set(reach.flatMap((r) => (reaches(r.niveau) ? [r.quartier] : [])));
	const towns = view.quartiers.filter((q) => reached.has(q.code)).flatMap((q) => q.communes ?? []);
	const isOther = towns.length > 0 && towns.every((t) => t.code !== communes[0]!.code);
	return isOther ? list([...new Set(towns.map((t) => t.nom))]) : null;
}
