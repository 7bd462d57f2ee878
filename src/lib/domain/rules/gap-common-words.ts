import { distinct } from '../crossing/leads';
import type { Statut } from '../action';
import type { PlacedAction } from '../crossing/place';
import { count, cut, list, quoted } from '../french';
import { holdersOf, planName, theDocument, type GapView } from './gap-context';
import { plain } from '../text';
import { ledBy, referentSaid } from './gap-people';
import { isOver } from './gap-plans-read';
import { withPrecision } from './gap-same-titles';
import { WHOLE_TITLE } from './gap-sentence';
import { theTown } from './gap-towns';
import type { EnjeuCroise } from './referentiel';

/* How several actions of the plans of droit commun are said in one sentence, and who leads them. */

/** An action is named whole, once: who is called has to recognise it. */
export const named = ({ action }: Pick<PlacedAction, 'action'>): string => quoted(cut(action.titre, WHOLE_TITLE));

/** What nobody can count on as it stands is said beside its title: « « Plan bruit » (en pause) », « (« Plan bruit », en pause) ». */
const STATES: Partial<Record<Statut, string>> = { 'en-pause': 'en pause', bloque: 'à l’arrêt', realise: 'déjà faite' };

const namedInState = (placed: PlacedAction, isWithin: boolean): string => {
	const state = placed.action.statut && STATES[placed.action.statut];
	if (!state) return named(placed);
	return isWithin ? `${named(placed)}, ${state}` : `${named(placed)} (${state})`;
};

/** The same, told from those that bear its title. */
const namedApart =
	(precisions: GapView['precisions']) =>
	({ action }: PlacedAction): string =>
		quoted(withPrecision(cut(action.titre, WHOLE_TITLE), action.id, precisions));

/** More than three are counted, the first two named. */
const MOST = 3;
/** Titles that are together longer than that are no longer heard: the first is named. */
const HEARD = 160;

/** The first ones whose titles are heard together: one at least. */
function heard(actions: readonly PlacedAction[], most: number): readonly PlacedAction[] {
	let letters = 0;
	const kept = actions.slice(0, most).filter(({ action }) => (letters += action.titre.length) <= HEARD);
	return kept.length > 0 ? kept : actions.slice(0, 1);
}

const areCounted = (actions: readonly PlacedAction[]): boolean =>
	actions.length > 2 && heard(actions, MOST).length < actions.length;

/**
 * « « Plan vélo » », « « A », « B » et « C » », « 5 actions, dont « A » et « B » »: the others stand in the proof.
 * in     `isWithin`: said between brackets
 */
export function oneOf(actions: readonly PlacedAction[], isWithin = false): string {
	const said = (some: readonly PlacedAction[]) => list(some.map((a) => namedInState(a, isWithin)));
	return areCounted(actions) ? `${count(actions.length, 'action')}, dont ${said(heard(actions, 2))}` : said(actions);
}

/** The same after a preposition: « 5 actions (dont « A » et « B ») ». */
export const oneOfWithin = (actions: readonly PlacedAction[], precisions?: GapView['precisions']): string =>
	areCounted(actions)
		? `${count(actions.length, 'action')} (dont ${list(heard(actions, 2).map(namedApart(precisions)))})`
		: list(actions.map(namedApart(precisions)));

/** « « Plan vélo » », then « , plus « Plan piéton » à confirmer », « et 3 autres à confirmer »: what is only perhaps there is not counted with what is. */
export function oneSurely(
	actions: readonly PlacedAction[],
	isSure: (placed: PlacedAction) => boolean
): { readonly n_dit: string; readonly doute: string } {
	const sure = actions.filter(isSure);
	const unsure = actions.filter((a) => !isSure(a));
	if (unsure.length === 0 || sure.length === 0) return { n_dit: oneOf(actions, true), doute: '' };
	// Several titles that are only perhaps about it are not heard after those that are: they stand in the proof.
	const isHeard = unsure.length === 1 && !areCounted(sure);
	const more = unsure.length > 1 ? count(unsure.length, 'autre') : 'une autre';
	return {
		n_dit: oneOf(sure, true),
		doute: isHeard
			? `, plus ${named(unsure[0]!)} à confirmer`
			: `${areCounted(sure) ? ', et' : ' et'} ${more} à confirmer`
	};
}

/** The same before its verb, in the plural. */
export const oneOfThen = (actions: readonly PlacedAction[], verb: string): string =>
	`${oneOf(actions)}${areCounted(actions) ? ',' : ''} ${verb}`;

/** « le PLH, achevé, » */
export function plansSaid(view: GapView, actions: readonly PlacedAction[]): string {
	const names = [...new Set(actions.map((a) => theDocument(view, a)))];
	return isAllOver(view, actions) ? `${list(names)} (${names.length > 1 ? 'achevés' : 'achevé'})` : list(names);
}

/**
 * « le PCAET aborde… », « le PLH et le PCAET abordaient… » once they are over.
 * in     `unsure`: no action of theirs surely carries the crossing: « aborde peut-être »
 */
export function actWords(view: GapView, actions: readonly PlacedAction[], unsure = false): { readonly aborde: string } {
	const [over, many] = [isAllOver(view, actions), severalPlans(view, actions)];
	const aborde = over ? (many ? 'abordaient' : 'abordait') : many ? 'abordent' : 'aborde';
	return { aborde: unsure ? `${aborde} peut-être` : aborde };
}

/** What is weak, as one says it: « seul le mot « recyclerie » y fait penser ». */
export const plainDoubt = (doubt: string): string =>
	doubt
		.replace(/^l’enjeu n’est lu que d’après («[^»]*»)$/, 'seul le mot $1 y fait penser')
		.replace(/^l’enjeu n’est lu que d’après (.*)$/, 'seuls les mots $1 y font penser')
		.replace(/^rangée?s? dans («[^»]*») par le fichier, (.*)$/, 'le fichier dit $1, $2')
		.replace(/^rien de net ne dit l’enjeu$/, 'rien n’y parle nettement de cet enjeu')
		.replace(/^son titre ne parle /, 'le titre de l’action ne parle ');

/** « d’après « recyclerie » et « déchets » »; « leurs titres ne parlent pas des écoles » when each of several actions leaves the same unsaid. */
export function sharedDoubt(doubts: readonly (string | null)[], first: string): string {
	const words = distinct(doubts.map((d) => ONE_WORD.exec(d ?? '')?.[1] ?? ''));
	if (words.length > 1 && words.length < 4 && !words.includes('')) return `l’enjeu n’est lu que d’après ${list(words)}`;
	return doubts.length > 1 && doubts.every((d) => d === first)
		? first
				.replace(/^son titre ne parle /, 'leurs titres ne parlent ')
				.replace(
					/^rangée (.*) par le fichier, son titre n’en dit rien$/,
					'rangées $1 par le fichier, leurs titres n’en disent rien'
				)
		: first;
}
const ONE_WORD = /^l’enjeu n’est lu que d’après («[^»]*»)$/;

export const severalPlans = (view: GapView, actions: readonly PlacedAction[]): boolean =>
	new Set(actions.map((a) => planName(view, a))).size > 1;

export const isAllOver = (view: GapView, actions: readonly PlacedAction[]): boolean =>
	actions.length > 0 &&
	actions.every((a) => view.documents.some((d) => d.id === a.action.document && isOver(d, view.asOf)));

/** « « Plan vélo » pourrait », « 2 actions, dont « Plan vélo », pourraient » */
export const mayAnswer = (actions: readonly PlacedAction[]): string =>
	actions.length > 1 ? oneOfThen(actions, 'pourraient') : `${oneOf(actions)} pourrait`;

/** « le noter sur l’action »: a plan changes by a vote, what one was told is written here. */
export const noteWords = (actions: readonly PlacedAction[]): string =>
	actions.length > 1 ? 'le noter sur ces actions' : 'le noter sur l’action';

/**
 * « à la Direction de l’habitat », « au pilote, Voirie, », « au référent du PCAET (chargée de mission, 01…) ».
 * in     `unnamed`: whom to ask where nobody is named; left out, whoever holds the plan
 */
export function leadWords(view: GapView, actions: readonly PlacedAction[], unnamed: string | null = null): string {
	// The référent of their plan answers for all of them: one person to call.
	const referents = distinct(actions.flatMap((a) => referentSaid(a) ?? []));
	if (referents.length > 0) return list(referents.map((said) => `au ${said}`));
	return ledBy(actions, view.territoire)?.a ?? unnamed ?? holdersOf(view, actions);
}

/** Of a matter of the whole contract, which every quartier shows. */
export const ONCE = 'une seule décision suffit pour tout le contrat';

/** « faire nommer un binôme…, une fois pour tous les quartiers » */
export const decidedOnce = ({ decision }: NonNullable<EnjeuCroise['une_fois']>): string =>
	`${decision}, une fois pour tous les quartiers`;

/** « le signaler au comité de suivi », by the name their files give it when they give one: « le signaler en « Comité de pilotage du PCAET » » */
export function signalledTo(actions: readonly PlacedAction[], { pasEncoreDit }: GapView): string {
	const [instance, ...others] = distinct(
		actions.flatMap(({ action }) =>
			action.instance && !pasEncoreDit.has(plain(action.instance)) ? [action.instance] : []
		)
	);
	return instance && others.length === 0 ? `le signaler en ${quoted(instance)}` : 'le signaler au comité de suivi';
}

/** « Vérifier d’abord avec la ville (Hirson) qu’une école y est ouverte (sinon, écarter) »: what a crossing supposes of the quartier, no file tells. */
export const checkFirst = (suppose: string, quartier: GapView['quartiers'][number]): string =>
	`Vérifier d’abord avec ${theTown(quartier)} ${thatOf(suppose)} (sinon, écarter)`;

/** « qu’une école y est ouverte » */
export const thatOf = (said: string): string => `${/^[aeiouyéèêâîôû]/i.test(said) ? 'qu’' : 'que '}${said}`;
