import { FIRST_AIMS, opensAsGrave, type Aim } from '../crossing/aims';
import type { Answer } from '../crossing/coverage';
import { planOf } from '../crossing/grant-list';
import type { TerritoryView } from '../crossing/overview';
import { isFragileNature } from '../crossing/suggestions';
import { isNamed, type Niveau, type PlacedAction } from '../crossing/place';
import type { PlanReferent } from '../crossing/referents';
import { count, INSECABLE, list } from '../french';
import type { Referentiel, SeverityLevel } from '../rules/referentiel';
import { enjeuNames } from './page-model';
import { whoToCall, type Call } from './who-to-call';

/* An action one may aim at a quartier, as a line reads it: in words, with whom to call. */

export interface AimLine {
	readonly id: string;
	readonly titre: string;
	/** Short name of its plan. */
	readonly plan: string;
	readonly reference: string | null;
	readonly niveau: Niveau;
	/** Short names of its enjeux, transition first. */
	readonly enjeux: readonly string[];
	readonly nature: string | null;
	readonly apporte: Answer | null;
	readonly lacunes: readonly {
		readonly id: string;
		readonly gravite: SeverityLevel;
		readonly nom: string;
		/** Code of what it is about; null for a gap of an action or of a document. */
		readonly enjeu: string | null;
	}[];
	/** « Vise déjà La Gare et Hauts-Prés. »: other quartiers it names; null: it names none. */
	readonly deja: string | null;
	/** That it may reach the quartier already; null: nothing says it does. */
	readonly portee: string | null;
	/** « Parce que taux d’emploi : 36,8 %, le plus bas des 15 quartiers »; null: nothing sets the quartier apart. */
	readonly pourquoi: string | null;
	/** « Ouvrirait en retour, tout aussi grave : pilotage incomplet (haute). »; null: it opens nothing. */
	readonly ouvre: string | null;
	/** « À confirmer : l’enjeu n’est lu que d’après « autour ». »; null: a word says it well enough. */
	readonly aConfirmer: string | null;
	/** The same without its source, which the line below gives. */
	readonly doute: string | null;
	/** Names of the rules that say it may do harm. */
	readonly reserves: readonly string[];
	/** « À vérifier d’abord : une démolition y est prévue. »: what its crossings suppose of the quartier; null: nothing. */
	readonly suppose: string | null;
	readonly appeler: Call;
}

/** What a territory says beside its actions. */
export interface AimWords {
	readonly referents?: readonly PlanReferent[];
	/** Of the other quartiers, by code. */
	readonly nomsDesQuartiers?: ReadonlyMap<string, string>;
}

/** Those of a territory. */
export const aimWords = ({ referents, quartiers }: Pick<TerritoryView, 'referents' | 'quartiers'>): AimWords => ({
	referents,
	nomsDesQuartiers: new Map(quartiers.map(({ quartier }) => [quartier.code, quartier.nom]))
});

/** Writes lines of actions with the words of the référentiel, read once. */
export function aimLines(
	ref: Pick<Referentiel, 'enjeux' | 'lacunes' | 'lexique' | 'plans'>,
	{ referents = [], nomsDesQuartiers = NO_NAME }: AimWords = {}
) {
	const names = enjeuNames(ref);
	const natures = new Map(ref.enjeux.natures.map((n): [string, string] => [n.code, n.libelle]));
	const rules = new Map(ref.lacunes.regles.map((r) => [r.id, r.libelle]));
	const supposed = new Map(ref.enjeux.croises.flatMap((x) => (x.suppose ? [[x.code, x.suppose] as const] : [])));
	return {
		/** An action that would close nothing here by itself has no gap. */
		line: (placed: PlacedAction, niveau: Niveau, aim: Omit<Aim, 'action' | 'niveau'> | null): AimLine => {
			const { action, transition, ville, nature } = placed;
			const plan = planOf(placed, ref.plans.types);
			const lacunes = (aim?.lacunes ?? []).map(({ id, gravite, enjeu, regle }) => ({
				...{ id, gravite, enjeu },
				nom: (enjeu && names[enjeu]?.court) || (rules.get(regle) ?? regle)
			}));
			return {
				...{ id: action.id, titre: action.titre, plan, reference: action.reference, niveau, lacunes },
				enjeux: [...transition, ...ville].map(({ code }) => names[code]?.court ?? code),
				nature: nature ? natureWords(natures.get(nature.code), isFragileNature(placed, ref.lexique.confiance)) : null,
				apporte: aim?.apporte ?? null,
				deja: namedElsewhere(placed, nomsDesQuartiers),
				portee: niveau === 'probable' ? LIKELY : niveau === 'explicite' ? NAMED : null,
				pourquoi: aim?.ici.length ? `Parce qu’ici, ${list(aim.ici.slice(0, 2))}.` : null,
				ouvre: aim?.ouvre.length ? opened(aim, rules, names) : null,
				aConfirmer: aim?.aConfirmer ? `À confirmer${INSECABLE}: ${aim.aConfirmer}.` : null,
				doute: aim?.aConfirmer ? `À confirmer${INSECABLE}: ${withoutSource(aim.aConfirmer)}.` : null,
				reserves: [...new Set((aim?.reserves ?? []).map(({ regle }) => rules.get(regle) ?? regle))],
				suppose: toCheck((aim?.lacunes ?? []).flatMap(({ enjeu }) => supposed.get(enjeu ?? '') ?? [])),
				appeler: whoToCall(placed, ref.plans.types, referents)
			};
		}
	};
}

const toCheck = (supposed: readonly string[]): string | null =>
	supposed.length ? `À vérifier d’abord${INSECABLE}: ${list([...new Set(supposed)])}.` : null;

/** « … sont sociaux (SIG Ville, 2024) » → « … sont sociaux » */
const withoutSource = (said: string): string => said.replace(/ \([^()]*, \d{4}\)$/, '');

const natureWords = (name: string | undefined, isFragile: boolean): string | null =>
	name === undefined ? null : isFragile ? `${name}, à confirmer` : name;

const NO_NAME: ReadonlyMap<string, string> = new Map();

/** Other quartiers an action is written for: one asks for the same here, not for what nobody has. */
function namedElsewhere({ reach }: PlacedAction, noms: ReadonlyMap<string, string>): string | null {
	const named = reach.flatMap(({ quartier, niveau }) => (isNamed(niveau) ? (noms.get(quartier) ?? []) : []));
	const own = [...new Set(named)];
	const more = own.length - MOST_NAMED;
	if (own.length === 0) return null;
	return `Vise déjà ${list(more > 1 ? [...own.slice(0, MOST_NAMED), count(more, 'autre')] : own)}.`;
}

/** One name more is no longer than « et 1 autre ». */
const MOST_NAMED = 3;

const LIKELY = 'Arrive déjà, probablement\u00a0: la flécher le rendrait sûr.';
const NAMED = 'Nomme déjà le quartier, sans le viser.';

/** Gaps written out on a line; « Et si » has them all. */
const OPENED = 2;

/** in     `aim`: opens at least one gap */
function opened(
	aim: Pick<Aim, 'lacunes' | 'ouvre'>,
	rules: ReadonlyMap<string, string>,
	names: ReturnType<typeof enjeuNames>
): string {
	const told = aim.ouvre.map(({ regle, enjeu, gravite }) => {
		const about = enjeu && names[enjeu]?.court;
		return `${rules.get(regle) ?? regle} (${about ? `${about}, ` : ''}${gravite})`;
	});
	const more = told.length - OPENED;
	const which = list(more > 0 ? [...told.slice(0, OPENED), count(more, 'autre')] : told);
	const asGrave = opensAsGrave(aim) ? ', aussi grave que ce qu’elle ferme' : '';
	return `Ouvrirait en retour${asGrave}${INSECABLE}: ${which}.`;
}

/** What of a quartier is proposed on its page: the first lines, and how many wait in « Et si on fléchait… ». */
export function aimsHere(aims: readonly Aim[], ref: Parameters<typeof aimLines>[0], words: AimWords = {}) {
	const { line } = aimLines(ref, words);
	const shown = aims.slice(0, FIRST_AIMS);
	return {
		mots: WORDS,
		lignes: shown.map((aim) => line(aim.action, aim.niveau, aim)),
		/** Said once for all of them; null when none would be of use elsewhere. */
		ailleurs: elsewhere(shown),
		/** « les 24 actions à flécher », those shown included: the first that « Et si » lists; null when all are shown. */
		toutes: aims.length > FIRST_AIMS ? `les ${aims.length} actions à flécher` : null
	};
}
export type AimsHere = ReturnType<typeof aimsHere>;

/** What the block says of itself: with the figures, so that the page carries no text it may not show. */
const WORDS = {
	intro:
		'Proposé, la meilleure d’abord\u00a0: des actions déjà écrites pour tout le territoire (PCAET, PLH…) qui fermeraient une lacune si elles ciblaient ce quartier. Vous décidez, avec qui les porte.',
	definition:
		'Une action d’un plan de droit commun (PCAET, PLH…), ni abandonnée ni terminée, qui ne vise ni ne nomme le quartier, et porte l’enjeu d’une de ses lacunes ouvertes.',
	calcul:
		'Chaque action est essayée avec les règles de «\u00a0Et si\u00a0». D’abord la plus grave lacune fermée, puis celle qui n’en ouvre aucune en retour, puis un croisement sans action ou sans réponse structurante avant un autre, puis un enjeu où un indicateur du quartier est parmi les plus défavorables du territoire, puis un investissement avant un service ou une sensibilisation, le nombre de lacunes, la proximité du quartier, quelqu’un de nommé. La meilleure pour chaque lacune passe avant la seconde pour la même\u202f; une action qui se passe ailleurs, qui peut nuire, qui ouvrirait une lacune aussi grave, dont rien de sûr ne dit l’enjeu, ou qui vise le logement privé dans un quartier presque tout social, passe en dernier.',
	source:
		'Les règles des lacunes, dans le référentiel\u202f; les noms, dans les documents lus, ou la personne que quelqu’un a écrite comme référent du plan.',
	rien: 'Aucune action déjà écrite dans un plan de tout le territoire ne fermerait à elle seule une lacune ouverte de ce quartier.'
} as const;

/** « Bonnes pour ce quartier, elles le seraient aussi dans 14 autres. » */
function elsewhere(shown: readonly Aim[]): string | null {
	const counts = shown.map((aim) => aim.ailleurs);
	const [least, most] = [Math.min(...counts), Math.max(...counts)];
	if (shown.length === 0 || most === 0) return null;
	const them = shown.length === 1 ? 'Cette action serait aussi utile' : 'Ces actions seraient aussi utiles';
	return least === most
		? `${them} dans ${count(most, 'autre quartier', 'autres quartiers')}.`
		: `${them} ailleurs${INSECABLE}: dans ${least} à ${most} autres quartiers selon l’action.`;
}
