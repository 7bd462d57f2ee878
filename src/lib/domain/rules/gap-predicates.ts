import { coverageState, reaches } from '../crossing/coverage';
import { count, FINE, inWords, list, plural } from '../french';
import { fact, holdersOf, listOf, monthsLater, natureWords, niveauOf, numberOf, planName } from './gap-context';
import {
	actWords,
	communalWords,
	doubtSaid,
	mayAnswer,
	leadWords,
	named,
	ofPlans,
	oneOf,
	plansSaid,
	sharedDoubt,
	writeWords
} from './gap-common-words';
import { whyHere } from './gap-why';
import { askedOfAll, whoCarries } from './gap-people';
import { facts, factsOf, joinedFacts } from './gap-facts';
import { eachCell, type Ask } from './gap-cells';
import { askForPlan, CONTRACT, contractRead, isOnlyPlan, onlyPlan, overOn, withoutContract } from './gap-plans-read';
import type { Finding, GapView } from './gap-context';
import { badFor, badWords } from './gap-indicators';
import { weakMatch } from '../crossing/weak-match';
import { reasonsOf, reserveOf } from '../crossing/answer-reserve';
import { isPast } from '../crossing/past-end';
import { theQuartier } from '../crossing/quartier-story';
import { once } from '../memory';
import type { PlacedAction } from '../crossing/place';
import type { EnjeuCroise, GapRule } from './referentiel';
import type { Quartier } from '../territory';

/* Rules about a quartier and an expected crossing. A crossing half carried (no word of politique de la ville) is diffuse. */

const REACH_WORDS: Readonly<Record<string, string>> = {
	probable: 'à l’échelle de la commune, quartier non nommé',
	diffuse: 'à l’échelle de l’intercommunalité, quartier non nommé',
	inconnu: 'lieu non précisé'
};

type Place = Pick<Quartier, 'code' | 'nom'>;

/**
 * G02: plans of droit commun treat the crossing, none of their actions names or aims at the quartier.
 * out    'a-confirmer' when no match of theirs is sure; 'atteinte-probable' when one of them covers the quartier's commune,
 *        'reponse-d-un-autre-plan' when an investment or a service of another plan answers there all the same, which the
 *        sentence says with how sure it is, or both at once; a request for data when one does not say where it takes place, or when plans are missing
 */
export function droitCommunNArrivePas(view: GapView, rule: GapRule): readonly Finding[] {
	const needed = numberOf(rule, 'min_plans', view.coverage.minPlans);
	const enough = view.coverage.plansSaisis >= needed;
	return eachCell(
		view,
		rule,
		(quartier, croise, carriers) => {
			const every = carriers.filter((a) => view.droitCommun.includes(a.action.plan));
			const levels = new Map(every.map((a) => [a, niveauOf(a, quartier.code)]));
			if (every.some((a) => levels.get(a) === 'cible' || levels.get(a) === 'explicite')) return null;
			const weak = weakIn(view, croise.code);
			// What is sure speaks first, then what says it most.
			const strongest = inOrderOf(every, croise);
			const common = [...strongest.filter((a) => weak(a) === null), ...strongest.filter((a) => weak(a) !== null)];
			const at = (...niveaux: string[]) => common.filter((a) => niveaux.includes(levels.get(a)!));
			const [near, unsure] = [at('probable', 'diffuse'), at('inconnu')];
			if (near.length + unsure.length === 0) return null;
			const communal = at('probable').length;
			const asked = unsure.length ? unsure : near;
			const alone = enough && isOnlyPlan(view, near);
			const many = asked.length > 1;
			const takePlace = many ? 'ces actions se déroulent' : 'cette action se déroule';
			const bad = badFor(view, quartier.code, [croise.transition, croise.ville]);
			const others = carriers.filter((a) => !common.includes(a) && answersIn(view, a, quartier.code, croise.code));
			const unsureOf = (a: PlacedAction) => reasonsOf([reserveOf([a], hereFor(view, quartier, croise), view.asOf)]);
			const answer =
				others.find((a) => unsureOf(a) === null) ??
				others.find((a) => niveauOf(a, quartier.code) !== 'probable') ??
				others[0];
			const reserve = answer ? unsureOf(answer) : null;
			const likely = at('probable').find((a) => answersIn(view, a, quartier.code, croise.code));
			const scale = !communal
				? 'l’intercommunalité'
				: communal === near.length
					? 'la commune'
					: 'l’intercommunalité ou de la commune';
			const told = communal ? 'atteinte-probable' : '';
			const unconfirmed = near.every((a) => weak(a) !== null);
			const both = communal || unconfirmed ? 'probable-et-reponse-d-un-autre-plan' : 'reponse-d-un-autre-plan';
			return {
				...withoutContract(
					view,
					whyHere(view, quartier.code, [croise.transition, croise.ville], reserve ?? communalWords(likely)),
					enough
				),
				reponse: unsure.length === 0 && enough ? 'alerte' : 'donnee-manquante',
				cas: unsure.length
					? []
					: !enough
						? ['plans-absents']
						: [answer ? both : unconfirmed ? 'a-confirmer' : told].filter(Boolean),
				valeurs: {
					n_dit: oneOf(near),
					exemple: mayAnswer(asked),
					son_lieu: asked.length > 1 ? 'leur lieu' : 'son lieu',
					doute: doubtSaid(sharedDoubt(near.map(weak), weak(asked[0]!) ?? '')),
					les_plans: plansSaid(view, near),
					les_actions: `${near.length > 1 ? `les ${count(near.length, 'action')}` : 'l’action'} ${ofPlans(view, near)}`,
					...actWords(view, near),
					qui_touche: near.length > 1 ? `${oneOf(near)}, touchent` : `l’action ${oneOf(near)} touche`,
					seul_plan: onlyPlan(view, needed),
					seul_lu: alone ? ', seul plan lu' : '',
					seul: alone ? ', seul plan lu,' : '',
					demander: contractRead(view)
						? 'Demander'
						: `Importer d’abord le contrat de ville${FINE}; s’il n’y répond pas, demander`,
					sortie: `${FINE}; sinon, porter ce manque au comité de suivi`,
					// What the contract answers comes first: nothing is set aside before it is read.
					sinon: contractRead(view) ? `${FINE}; sinon, en chercher une autre ou écarter cette lacune` : '',
					qu_elle: near.length > 1 ? 'qu’elles concernent' : 'qu’elle concerne',
					le_quartier: theQuartier(quartier.nom),
					repond: reserve === null ? 'répond' : 'répond peut-être',
					inscrire: writeWords(view, near),
					si_elle: near.length > 1 ? 'si l’une d’elles concerne' : 'si elle concerne',
					echelle: scale,
					reponse: answer ? named(answer) : '',
					plan_reponse: answer ? planName(view, answer) : '',
					suite:
						likely && near.length === 1
							? `${FINE}; cette réponse est à confirmer`
							: contractRead(view) && !arrives(carriers, CONTRACT, quartier.code)
								? `${FINE}; le contrat de ville n’y répond pas non plus`
								: '',
					a_qui: leadWords(view, asked),
					lequel: askForPlan(view),
					ces_actions: takePlace,
					ce_que: many
						? `laquelle de ces ${count(near.length, 'action')} peut servir le quartier`
						: 'ce que cette action prévoit pour le quartier'
				},
				preuves: {
					actions: [...near, ...unsure].map((a) => a.action.id),
					champs: ['echelle', 'communes', 'quartiers'],
					faits: joinedFacts(
						answer ? [fact(view, answer, reserve === null ? 'y répond déjà' : 'y répondrait, à confirmer')] : [],
						factsOf([...near, ...unsure], sayingReach(view.noms, levels, weak)),
						bad.map(badWords)
					)
				}
			};
		},
		endsOf(view)
	);
}

/** Does an action of this kind of plan carry it to the quartier, or may it? */
const arrives = (carriers: readonly PlacedAction[], plan: string, quartier: string): boolean =>
	carriers.some((a) => a.action.plan === plan && niveauOf(a, quartier) !== 'aucune');

/** Those whose words say the crossing most come first. */
const inOrderOf = (actions: readonly PlacedAction[], { transition, ville }: EnjeuCroise): readonly PlacedAction[] => {
	const says = ({ transition: own, ville: other }: PlacedAction) =>
		(own.find((t) => t.code === transition)?.score ?? 0) + (other.find((t) => t.code === ville)?.score ?? 0);
	return [...actions].sort((a, b) => says(b) - says(a));
};

type Weak = (placed: PlacedAction) => string | null;

/** Why an action may not carry a crossing after all. */
function weakIn({ enjeux: { croises }, confiance }: GapView, code: string): Weak {
	const readers = weakReaders(croises)(confiance);
	const read = (placed: PlacedAction) => weakMatch(placed, code, croises, confiance);
	return readers.get(code) ?? readers.set(code, once(read)).get(code)!;
}

/** Every quartier asks it of the same actions. */
const weakReaders = once((_: readonly EnjeuCroise[]) => once((_: GapView['confiance']) => new Map<string, Weak>()));

const sayingReach =
	(noms: GapView['noms'], levels: ReadonlyMap<PlacedAction, string>, weak: Weak) =>
	(placed: PlacedAction): string => {
		const reserve = weak(placed);
		const said = REACH_WORDS[levels.get(placed)!]!;
		return fact({ noms }, placed, reserve ? `${said}, à confirmer (${reserve})` : said);
	};

/** What the day decides of an answer: the planned end of an action or of a document, once past. */
const endsOf = (view: GapView) => (carriers: readonly PlacedAction[]) => [
	...carriers.filter((a) => isPast(a.action.dates?.fin, view.asOf)),
	overOn(view)
];

const hereFor = (view: GapView, quartier: Place, croise: EnjeuCroise) => ({
	...view.coverage,
	quartiers: [quartier.code],
	croise: croise.code
});

/** Does an action bring an investment or a service to the quartier, for the whole crossing? */
function answersIn(view: GapView, placed: PlacedAction, quartier: string, croise: string): boolean {
	const { connu } = coverageState([placed], { ...view.coverage, quartiers: [quartier], croise });
	return connu === 'structurante' || connu === 'de-service';
}

/**
 * G03: only awareness or studies (N3, N4) answer the crossing in the quartier, no investment (N1).
 * out    'service-present' when a service (N2, N5) is there too; 'investissement-epci-proche' when an EPCI-wide investment
 *        starts within two years; a request for data when an action of unknown nature could be the investment
 * never  for crossings of `sans_objet`
 */
export function sensibilisationSeule(view: GapView, rule: GapRule): readonly Finding[] {
	const without = listOf(rule, 'sans_objet');
	const soon = monthsLater(view.asOf, 24);
	const starts = (a: PlacedAction) => a.nature?.code === 'N1' && startsBetween(a, view.asOf, soon);
	const ask: Ask = (quartier, croise, carriers) => {
		if (without.includes(croise.transition)) return null;
		const whole = carriers.filter((a) => a.croises.some((c) => c.code === croise.code && c.complet));
		const here = whole.filter((a) => reaches(niveauOf(a, quartier.code)));
		const of = (...natures: string[]) => here.filter((a) => natures.includes(a.nature?.code ?? '?'));
		const soft = of('N3', 'N4');
		if (soft.length === 0 || of('N1').length > 0) return null;
		const unsure = [
			...of('?'),
			...whole.filter((a) => niveauOf(a, quartier.code) === 'inconnu' && (!a.nature || a.nature.code === 'N1'))
		];
		const invested = carriers.filter((a) => starts(a) && niveauOf(a, quartier.code) === 'diffuse');
		const service = of('N2', 'N5').length ? ['service-present'] : [];
		const softened = invested.length ? ['investissement-epci-proche'] : service;
		const shown = [...soft, ...of('N2', 'N5'), ...unsure];
		return {
			...whyHere(view, quartier.code, [croise.transition, croise.ville]),
			reponse: unsure.length ? 'donnee-manquante' : 'alerte',
			cas: unsure.length ? [] : softened,
			valeurs: {
				appui: list([
					...of('N2', 'N5')
						.slice(0, 1)
						.map((a) => `un service (${named(a)})`),
					`${softWords(soft)}${of('N2', 'N5').length > 0 ? '' : ` (${soft.length > 1 ? 'dont ' : ''}${named(soft[0]!)})`}`
				]),
				commence: (invested[0]?.action.dates?.debut ?? '') > view.asOf ? 'commence bientôt' : 'est en cours',
				investissement: invested[0] ? named(invested[0]) : '',
				inconnue: unsure[0] ? named(unsure[0]) : '',
				des_citees: unsure.length > 1 ? 'ces actions relèvent' : 'elle relève',
				a_qui: askedOfAll(
					unsure.length ? unsure : soft,
					holdersOf(view, unsure.length ? unsure : soft),
					view.territoire
				),
				porteur: whoCarries(invested, view.territoire)
			},
			preuves: {
				actions: shown.map((a) => a.action.id),
				champs: ['nature'],
				faits: facts([
					...shown.map((a) => fact(view, a, a.nature ? natureWords(view, a.nature.code) : 'nature inconnue')),
					...invested.map((a) => fact(view, a, 'investissement à l’échelle de l’intercommunalité'))
				])
			}
		};
	};
	// The day an investment begins changes its words.
	const begun = (a: PlacedAction) => starts(a) && (a.action.dates?.debut ?? '') <= view.asOf;
	return eachCell(view, rule, ask, (carriers) => [...carriers.filter(starts), ...carriers.filter(begun)]);
}

/** « une action d’étude », « deux actions de sensibilisation », « trois actions de sensibilisation ou d’étude » */
function softWords(soft: readonly PlacedAction[]): string {
	const kinds = new Set(soft.map((a) => a.nature?.code));
	const told = kinds.size > 1 ? 'de sensibilisation ou d’étude' : kinds.has('N4') ? 'd’étude' : 'de sensibilisation';
	return `${inWords(soft.length, true)} ${plural(soft.length, 'action')} ${told}`;
}

/** Runs under way or starting before the day given; without a date nobody knows. */
function startsBetween({ action }: PlacedAction, from: string, to: string): boolean {
	const { debut, fin } = action.dates ?? {};
	return !!debut && debut < to && (!fin || fin >= from) && action.statut !== 'realise';
}
