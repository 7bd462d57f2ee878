import { countToConfirm, reasonsOf, toConfirm } from './answer-reserve';
import type { Coverage } from './coverage';
import type { CrossingHere } from './overview';
import { crossingSetBrief, crossingSetTitle, CROSSING_SETS, type CrossingSet } from './quartier-story';
import { leftOpen, leftOpenBrief, type OpenOn } from './left-open';
import { count, FINE, INSECABLE, list, number, plural, quoted } from '../french';
import type { EnjeuCroise } from '../rules/referentiel';

/* Which crossings have no answer in a quartier, by name: what its page opens with. */

/** From what has nothing to what holds. */
const ORDER = [
	'aucune',
	'diffuse',
	'sensibilisation-seule',
	'saisie-incomplete',
	'de-service',
	'structurante'
] as const satisfies readonly Coverage[];

/** What each answer is, in words that need no other page: half of a crossing is worth « diffuse », and less is nothing. */
const GLOSS: Readonly<Record<Coverage, string>> = {
	aucune: 'Aucune action ne relie leurs deux enjeux ici\u202f; en porter un seul, pour un autre objet, ne compte pas.',
	diffuse:
		'Des actions de toute l’intercommunalité, ou qui ne disent que l’enjeu de transition\u00a0: rien ne dit qu’elles répondent ici.',
	'sensibilisation-seule': 'On informe ou on étudie, sans travaux ni service.',
	'saisie-incomplete': 'Un lieu ou une nature d’action manque pour conclure.',
	'de-service': 'Un accompagnement ou une aide qui dure.',
	structurante: 'Des travaux ou un équipement durable.'
};

export interface AnswerGroup {
	readonly coverage: (typeof ORDER)[number];
	/** « 4 croisements sans aucune action » */
	readonly titre: string;
	/** What such an answer is. */
	readonly dit: string;
	/** « 4 sans aucune action », « 3 réponses structurantes, toutes à confirmer »: the title, among crossings. */
	readonly court: string;
	/** « Fin prévue passée (2 sur 3) ; une lacune reste ouverte sur chacun »: what is not sure, after its title; null when all is. */
	readonly pourquoi: string | null;
	/** « dont 2 à confirmer : fin prévue passée ; une lacune reste ouverte sur trois : … » */
	readonly reserve: string | null;
	/** `aConfirmer`: nothing sure gives that answer. */
	readonly croisements: readonly { readonly code: string; readonly nom: string; readonly aConfirmer: boolean }[];
}

/** Crossings of a quartier by answer, the least answered first; groups without any are left out. */
export function answerGroups(
	here: readonly CrossingHere[],
	croises: readonly Pick<EnjeuCroise, 'code' | 'libelle'>[],
	open: Open = NOTHING_OPEN
): AnswerGroup[] {
	const names = new Map(croises.map((x) => [x.code, x.libelle]));
	return ORDER.flatMap((coverage): AnswerGroup[] => {
		const own = here.filter((x) => x.coverage === coverage);
		if (own.length === 0) return [];
		return [
			{
				coverage,
				titre: crossingSetTitle(
					own.map((x) => x.coverage),
					coverage
				),
				court: shortTitle(own, coverage),
				pourquoi: said(
					own.every((x) => x.aConfirmer) ? reasonsOf(own) : someToConfirm(own),
					substance(coverage) && stillOpenBrief(own, open)
				),
				dit: GLOSS[coverage],
				reserve: said(toConfirm(own), substance(coverage) && stillOpen(own, open)),
				croisements: own.map(({ code, aConfirmer }) => ({ code, nom: names.get(code) ?? code, aConfirmer }))
			}
		];
	});
}

/** Of some alone: their title says how many. */
function someToConfirm(own: readonly CrossingHere[]): string | null {
	const why = reasonsOf(own.filter((x) => x.aConfirmer));
	return why && `à confirmer${INSECABLE}: ${why}`;
}

const said = (...parts: readonly (string | null | false)[]): string | null =>
	parts.filter(Boolean).join(`${FINE}; `) || null;

/**
 * What the title counts beyond the crossings without any action.
 * out    « 15 autres sans réponse structurante : réponse diffuse »; null without any
 */
function unheldTitle(groups: readonly AnswerGroup[], kinds = true): string | null {
	const own = groups.filter((g) => g.coverage !== 'aucune' && CROSSING_SETS['sans-structurante'](g.coverage));
	const n = own.reduce((sum, g) => sum + g.croisements.length, 0);
	if (n === 0) return null;
	const [only, more] = own;
	const kind = more ? list(own.map((g) => g.court)) : only!.court.replace(/^\d+\s(?:à )?/, '');
	const beside = groups.some((g) => g.coverage === 'aucune');
	const all = `${number(n)}${INSECABLE}${beside ? `${plural(n, 'autre', 'autres')} ` : ''}sans réponse structurante`;
	return kinds ? `${all}${INSECABLE}: ${kind}` : all;
}

/** How the figure of the title is made: « 6 + 13 = 19 »; null when it counts one kind alone. */
function sumOf(groups: readonly AnswerGroup[]): string | null {
	const counted = (own: readonly AnswerGroup[]) => own.reduce((sum, g) => sum + g.croisements.length, 0);
	const all = counted(groups.filter((g) => CROSSING_SETS['sans-structurante'](g.coverage)));
	const none = counted(groups.filter((g) => g.coverage === 'aucune'));
	if (none === 0 || none === all) return null;
	return `${number(none)} + ${number(all - none)} = ${number(all)}`;
}

/** « réponses structurantes, toutes à confirmer », after their number. */
const held = (own: readonly CrossingHere[]): string =>
	[plural(own.length, 'réponse structurante', 'réponses structurantes'), countToConfirm(own)]
		.filter(Boolean)
		.join(', ');

/** What waits to be confirmed is said with the count: nobody reads it as done. */
function shortTitle(own: readonly CrossingHere[], coverage: Coverage): string {
	if (!substance(coverage)) return crossingSetBrief(own.length, coverage);
	const kind = coverage === 'structurante' ? ['structurante', 'structurantes'] : ['de service', 'de service'];
	const answers = count(own.length, `réponse ${kind[0]}`, `réponses ${kind[1]}`);
	return [answers, countToConfirm(own)].filter(Boolean).join(', ');
}

/** The answers that a list counts are not all sure: its title says so too. */
const setTitle = (here: readonly CrossingHere[], set: CrossingSet): string =>
	[
		crossingSetTitle(
			here.map((x) => x.coverage),
			set
		),
		set === 'structurante' || set === 'de-service' ? countToConfirm(here.filter((x) => x.coverage === set)) : null
	]
		.filter(Boolean)
		.join(', ');

/** What the page says of its crossings, beside their names. */
export function answersHere(here: readonly CrossingHere[], croises: readonly EnjeuCroise[], open: Open = NOTHING_OPEN) {
	const coverages = here.map((x) => x.coverage);
	const blank = coverages.filter((c) => c === 'saisie-incomplete').length;
	const sets = Object.keys(CROSSING_SETS) as CrossingSet[];
	const groupes = answerGroups(here, croises, open);
	return {
		intro: 'un enjeu de transition et un enjeu de politique de la ville, à traiter ensemble',
		groupes,
		autresSans: unheldTitle(groupes),
		/** The same beside the names of its kinds, that say the rest. */
		autresSansCourt: unheldTitle(groupes, false),
		somme: sumOf(groupes),
		structurantes: held(here.filter((x) => x.coverage === 'structurante')),
		/** Title of the list that a figure leads to. */
		titres: Object.fromEntries(sets.map((set) => [set, setTitle(here, set)])) as Record<CrossingSet, string>,
		tous: `Les ${count(here.length, 'croisement')}${blank ? `, dont ${count(blank, 'non évalué', 'non évalués')}` : ''}`
	};
}

/** « à confirmer : fin prévue passée ; une lacune y reste ouverte : … »; null when the answer is sure and closes all. */
export function reserveWords(x: CrossingHere, open: Open = NOTHING_OPEN): string | null {
	const unsure = x.aConfirmer ? `à confirmer${INSECABLE}: ${reasonsOf([x])}` : x.fins;
	return said(unsure, substance(x.coverage) && stillOpen([x], open));
}

/** Gaps of the quartier that wait for an answer, and the names of their rules. */
export interface Open {
	readonly lacunes: readonly OpenOn[];
	readonly regles: Readonly<Record<string, string>>;
}
const NOTHING_OPEN: Open = { lacunes: [], regles: {} };

const substance = (coverage: Coverage): boolean => coverage === 'structurante' || coverage === 'de-service';

const stillOpen = (own: readonly CrossingHere[], { lacunes, regles }: Open): string | null =>
	leftOpen(
		own.map((x) => x.code),
		lacunes,
		regles
	);

const stillOpenBrief = (own: readonly CrossingHere[], { lacunes }: Open): string | null =>
	leftOpenBrief(
		own.map((x) => x.code),
		lacunes
	);

/**
 * The same in one sentence, for what has no links.
 * out    « 4 croisements sans aucune action : « … ». 12 croisements… et 3 croisements… » ; '' without any
 */
export function answersSentence(groups: readonly AnswerGroup[]): string {
	const [first] = groups;
	const named = first?.coverage === 'aucune' ? first : null;
	const others = groups
		.filter((g) => g !== named)
		.map(({ titre, reserve }) => (reserve ? `${titre} (${reserve})` : titre));
	const names = named ? `${named.titre}${INSECABLE}: ${list(named.croisements.map((x) => quoted(x.nom)))}.` : '';
	return [names, others.length ? `${list(others)}.` : ''].filter(Boolean).join(' ');
}
