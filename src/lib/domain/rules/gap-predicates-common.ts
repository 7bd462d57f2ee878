import { coverageState, reaches } from '../crossing/coverage';
import { FINE } from '../french';
import { fact, niveauOf, numberOf, planName } from './gap-context';
import {
	actWords,
	decidedOnce,
	isAllOver,
	leadWords,
	noteWords,
	mayAnswer,
	named,
	oneOf,
	oneOfThen,
	oneSurely,
	plainDoubt,
	plansSaid,
	sharedDoubt,
	signalledTo
} from './gap-common-words';
import { firstThen, newHolders, thenAsk, toWhoCarries } from './gap-common-asked';
import { withThem } from './gap-people';
import { whyHere, whyOnce } from './gap-why';
import { factsOf, joinedFacts } from './gap-facts';
import { approaching, sameEnjeu } from './gap-approached';
import { eachCell } from './gap-cells';
import { heldAgainst, isCommon } from './gap-held-against';
import {
	askForPlan,
	cadresRead,
	CONTRACT,
	contractRead,
	isOnlyPlan,
	onlyPlan,
	overOn,
	planToBring,
	withoutContract
} from './gap-plans-read';
import type { Finding, GapView } from './gap-context';
import { presentIn } from './gap-present';
import { placeUnknown } from './gap-unknown-place';
import { badFor, badWords } from './gap-indicators';
import { SUBSTANTIAL } from './gap-indicator-near';
import { namedAddress } from '../crossing/named-address';
import { weakMatch } from '../crossing/weak-match';
import { oneReserve, reserveOf } from '../crossing/answer-reserve';
import { quotedBefore } from '../crossing/half-crossing';
import { overBy } from '../crossing/past-end';
import { theQuartier } from '../crossing/quartier-story';
import { once } from '../memory';
import { isNamed, type PlacedAction } from '../crossing/place';
import type { EnjeuCroise, GapRule } from './referentiel';
import type { Quartier } from '../territory';

/* Plans of the whole EPCI and a quartier: what never comes down to it. A crossing half carried is diffuse. */

const REACH_WORDS: Readonly<Record<string, string>> = {
	probable: 'à l’échelle de la commune, quartier non nommé',
	diffuse: 'à l’échelle de l’intercommunalité, quartier non nommé',
	inconnu: 'lieu non précisé'
};

type Place = Pick<Quartier, 'code' | 'nom'>;

/**
 * G02: plans of droit commun treat the crossing, none of their actions names or aims at the quartier.
 * out    'a-confirmer' when no match of theirs is sure ('a-confirmer-sans-contrat' while the city contract is not read);
 *        'commune-y-repond-peut-etre' when an investment or a service of theirs covers the quartier's commune, 'atteinte-probable'
 *        when anything else of theirs does; 'seul-plan-lu' beside them when one plan alone is read; 'reponse-d-un-autre-plan' when an investment or a service of another plan answers there all the same, which the
 *        sentence says with how sure it is, or both at once; a request for data when one does not say where it takes place, or when plans are missing
 */
export function droitCommunNArrivePas(view: GapView, rule: GapRule): readonly Finding[] {
	const needed = numberOf(rule, 'min_plans', view.coverage.minPlans);
	const enough = view.coverage.plansSaisis >= needed;
	const single = cadresRead(view) === 1;
	return eachCell(
		view,
		rule,
		(quartier, croise, carriers, _elsewhere, same) => {
			// A plan that talks of it there does come to the quartier: what it lacks is an investment (G03).
			if (approaching(quartier.code, croise, carriers, same).some((a) => isCommon(view, a))) return null;
			const held = carriers.filter((a) => isCommon(view, a));
			const levels = new Map(held.map((a) => [a, niveauOf(a, quartier.code)]));
			if (held.some((a) => isNamed(levels.get(a)!))) return null;
			const every = heldAgainst(view, quartier.code, croise, held, same);
			const link = weakIn(view, croise.code);
			// A place that its title names, nobody moves: it is not said to be for the whole territory.
			const weak = (a: PlacedAction) => link(a) ?? (levels.get(a) === 'diffuse' ? namedAddress(a) : null);
			// What is sure speaks first, then what says it most.
			const strongest = inOrderOf(every, croise);
			const common = [...strongest.filter((a) => weak(a) === null), ...strongest.filter((a) => weak(a) !== null)];
			const at = (...niveaux: string[]) => common.filter((a) => niveaux.includes(levels.get(a)!));
			const [close, unsure] = [at('probable', 'diffuse'), at('inconnu')];
			if (close.length + unsure.length === 0) return null;
			const communal = at('probable').length;
			const others = carriers.filter((a) => !common.includes(a) && answersIn(view, a, quartier.code, croise.code));
			const likely = at('probable').find((a) => answersIn(view, a, quartier.code, croise.code));
			// The one of the commune that may answer is the one to ask about.
			const near = likely && others.length === 0 ? [likely, ...close.filter((a) => a !== likely)] : close;
			const asked = unsure.length ? unsure : near;
			const alone = enough && isOnlyPlan(view, near);
			const many = asked.length > 1;
			const takePlace = many ? 'ces actions se déroulent' : 'cette action se déroule';
			const bad = badFor(view, quartier.code, [croise.transition, croise.ville, croise.code]);
			const unsureOf = (a: PlacedAction) =>
				oneReserve(reserveOf([a], hereFor(view, quartier, croise), view.asOf), a.action.dates?.fin);
			// What is made for this very quartier answers first.
			const answer =
				others.find((a) => unsureOf(a) === null && niveauOf(a, quartier.code) === 'cible') ??
				others.find((a) => unsureOf(a) === null) ??
				others.find((a) => niveauOf(a, quartier.code) !== 'probable') ??
				others[0];
			const reserve = answer ? unsureOf(answer) : null;
			// Its words may not say the crossing plainly: « crèche » is no « école ».
			const loose = answer && reserve === null ? link(answer) : null;
			const placed = answer !== undefined && niveauOf(answer, quartier.code) !== 'probable';
			const scale = !communal
				? 'l’intercommunalité'
				: communal === near.length
					? 'la commune'
					: 'l’intercommunalité ou de la commune';
			const told = likely ? 'commune-y-repond-peut-etre' : communal ? 'atteinte-probable' : '';
			const unconfirmed = near.every((a) => weak(a) !== null);
			const both = communal || unconfirmed ? 'probable-et-reponse-d-un-autre-plan' : 'reponse-d-un-autre-plan';
			const thin = contractRead(view) ? 'a-confirmer' : 'a-confirmer-sans-contrat';
			const cas = unsure.length ? '' : !enough ? 'plans-absents' : answer ? both : unconfirmed ? thin : told;
			const softHere = answer
				? undefined
				: carriers.find((a) => !common.includes(a) && reaches(niveauOf(a, quartier.code)));
			const over = isAllOver(view, near);
			// Where the action is, whoever holds the plan knows; what is planned here, others may.
			const elsewhere = unsure.length === 0 ? (croise.a_qui ?? null) : null;
			const present = presentIn(view, quartier.code, croise);
			const { suppose } = present;
			const whom = leadWords(view, cas === 'commune-y-repond-peut-etre' ? [likely!] : asked, elsewhere);
			const holder = over && !near.some((a) => a.meneurs.referent) ? (elsewhere ?? newHolders(view, near)) : whom;
			// Where the crossing is answered for sure, what is left to know is whether the plan comes too.
			const isAnswered = answer !== undefined && reserve === null && loose === null && unsure.length === 0;
			// A training or a purchase comes to no place: what it gives the quartier is asked.
			const what =
				isAnswered && near.every((a) => a.nature === null || ['N1', 'N2'].includes(a.nature.code))
					? `si ${near.length > 1 ? 'ces actions viennent' : 'cette action vient'} aussi dans ce quartier`
					: near.length > 0 && near.every((a) => a.action.statut === 'realise')
						? `ce ${near.length > 1 ? 'qu’elles ont' : 'qu’elle a'} donné dans ce quartier, et quelle suite est prévue`
						: croise.question;
			const doubt = sharedDoubt(asked.map(weak), weak(asked[0]!) ?? '');
			const doubts =
				(answer
					? unsure.length > 0
						? // Its place is asked of another: what answers is named.
							`Dans le quartier, ${named(answer)} y répond ${reserve || loose ? 'peut-être' : 'déjà'}.`
						: (reserve ?? loose) && `Réponse à confirmer\u00a0: ${reserve ?? plainDoubt(loose!)}.`
					: [
							// Nobody confirms what a plan that is over says, or while the plans that count are not read.
							enough &&
								doubt &&
								`Lien à confirmer par ${withThem(leadWords(view, asked))}\u00a0: ${plainDoubt(doubt)}.`,
							enough && present.dit,
							softHere && `Dans le quartier, ${named(softHere)} y touche aussi.`
						]
							.filter(Boolean)
							.join(' ')) || null;
			return {
				...withoutContract(
					view,
					croise.une_fois
						? whyOnce(false, doubts)
						: whyHere(view, quartier.code, [croise.transition, croise.ville, croise.code], doubts),
					enough
				),
				reponse: unsure.length === 0 && enough ? 'alerte' : 'donnee-manquante',
				...(cas === 'plans-absents' && planToBring(view)),
				cas: [cas, single && unsure.length === 0 ? 'seul-plan-lu' : ''].filter(Boolean),
				valeurs: {
					...oneSurely(near, (a) => weak(a) === null),
					exemple: mayAnswer(asked),
					son_lieu: placeUnknown(asked, view),
					les_plans: plansSaid(view, near),
					...actWords(view, near, unconfirmed),
					qui_touche: near.length > 1 ? oneOfThen(near, 'touchent') : `l’action ${oneOf(near)} touche`,
					seul_plan: onlyPlan(view, needed),
					seul_lu: alone ? ', seul plan lu' : '',
					seul: alone ? ', seul plan lu,' : '',
					demander: firstThen(view, near, answer ? undefined : suppose, quartier),
					// Where the crossing supposes something, what to do without it is said first.
					sortie:
						suppose || over || !contractRead(view)
							? ''
							: `${FINE}; sinon, ${croise.une_fois ? decidedOnce(croise.une_fois) : signalledTo(near, view)}`,
					// What the contract answers comes first: nothing is set aside before it is read.
					sinon:
						contractRead(view) && !suppose
							? `${FINE}; sinon, ${croise.une_fois ? decidedOnce(croise.une_fois) : 'en chercher une autre'}`
							: '',
					...(contractRead(view) && !suppose && !croise.une_fois
						? { par_exemple: `, par exemple ${croise.exemple}`, ou_ecarter: ', ou écarter cette lacune' }
						: { par_exemple: '', ou_ecarter: '' }),
					qu_elle: croise.une_fois
						? `${near.length > 1 ? 'qu’elles associent' : 'qu’elle associe'} ${croise.une_fois.touche}`
						: `${near.length > 1 ? 'qu’elles concernent' : 'qu’elle concerne'} ${theQuartier(quartier.nom)}`,
					le_quartier: theQuartier(quartier.nom),
					repond: (reserve ?? loose) === null ? 'répond' : 'répond peut-être',
					inscrire: over || (suppose && !contractRead(view)) ? '' : `, et ${noteWords(near)}`,
					// Filed there by its file, its title saying nothing: what it holds is asked first.
					ce_que: over
						? what
						: `${doubt.startsWith('rangée') ? `ce qu’${near.length > 1 ? 'elles recouvrent' : 'elle recouvre'}, et ` : ''}${what}`,
					echelle: scale,
					// What is only near the quartier is not said to be in it.
					...(answer && !placed && { dans: `Pour ${theQuartier(quartier.nom)}` }),
					reponse: answer ? named(answer) : '',
					plan_reponse: answer ? planName(view, answer) : '',
					suite:
						contractRead(view) && !arrives(carriers, CONTRACT, quartier.code)
							? `${FINE}; le contrat de ville n’y répond pas non plus`
							: '',
					a_qui: holder,
					lequel: askForPlan(view),
					ces_actions: takePlace,
					faire:
						answer && reserve
							? `Demander ${toWhoCarries(view, answer)} si elle est faite${placed ? '' : ', et pour ce quartier'}${FINE}; sinon, ${over ? `${whom} ce qui le remplace` : thenAsk(toWhoCarries(view, answer), whom, what)}`
							: over
								? `${firstThen(view, near, undefined, quartier)} ${holder} ${what}`
								: `Demander ${whom} ${what}, et ${noteWords(near)}`
				},
				preuves: {
					actions: [...near, ...unsure].map((a) => a.action.id),
					champs: ['echelle', 'communes', 'quartiers'],
					faits: joinedFacts(
						answer
							? [fact(view, answer, (reserve ?? loose) === null ? 'y répond déjà' : 'y répondrait, à confirmer')]
							: [],
						factsOf([...near, ...unsure], sayingReach(view.noms, levels, weak)),
						bad.map(badWords)
					)
				}
			};
		},
		endsOf(view),
		sameEnjeu(view)
	);
}

/** Does an action of this kind of plan carry it to the quartier, or may it? */
const arrives = (carriers: readonly PlacedAction[], plan: string, quartier: string): boolean =>
	carriers.some((a) => a.action.plan === plan && niveauOf(a, quartier) !== 'aucune');

/** What its title says plainly comes first, then what is built or lasts, then the most words: the one named is what a reader judges. */
const inOrderOf = (actions: readonly PlacedAction[], croise: EnjeuCroise): readonly PlacedAction[] => {
	const says = ({ transition: own, ville: other }: PlacedAction) =>
		(own.find((t) => t.code === croise.transition)?.score ?? 0) +
		(other.find((t) => t.code === croise.ville)?.score ?? 0);
	const lasts = ({ nature }: PlacedAction) =>
		nature?.code === 'N1' ? 2 : SUBSTANTIAL.includes(nature?.code ?? '') ? 1 : 0;
	const plainly = ({ action }: PlacedAction) => quotedBefore(croise, action.titre);
	return [...actions].sort((a, b) => plainly(b) - plainly(a) || lasts(b) - lasts(a) || says(b) - says(a));
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
	...carriers.filter((a) => overBy(a.action, view.asOf) !== null),
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
