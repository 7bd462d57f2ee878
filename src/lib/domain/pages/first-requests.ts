import * as fr from '../french';
import type { IsoDate } from '../source';
import { ASK_ORDER, inAskOrder, isFull, reserveWords } from './ask-order';
import { byAction } from './by-action';
import { readyWords } from '../funding/ready-words';
import type { Call } from './who-to-call';
import { maybeOver, type UnaskedLine } from './request-lines';

/* The few requests to look at first, each in four things: the measure, the action, what is missing, the deadline. */

export interface FirstRequest {
	readonly action: string;
	readonly titre: string;
	readonly mesure: string;
	/** To be aimed at the quartier before anything is asked. */
	readonly aFlecher: boolean;
	/** « Arrive à « Bellevue » », or why in the quartier chosen; null: nothing to say. */
	readonly portee: string | null;
	/** « 12 000 € à financer »; null: not stated. */
	readonly enjeu: string | null;
	readonly manque: string;
	/** null: no day is known, and nothing is to be checked about it. */
	readonly delai: string | null;
	/** « Demander à : État (préfets) » is who gives it. */
	readonly financeur: string;
	/** What aiming it at a quartier would change; null: nothing, or it is read as aimed. */
	readonly ajout: string | null;
	readonly appeler: Call | null;
}

/** Shown before the whole list. */
const FIRST = 3;
/** Questions written out on the first screen; the list has them all. */
const ASKED = 2;

/**
 * The best three of the lists.
 * in     `here`: lines of the actions, in order; `toAim`: those of the actions to aim at the quartier chosen, in order
 *        `proposed`: those to aim that the page of the quartier names, all of them when null
 * out    as `firstLines` says
 */
export function firstRequests(
	here: readonly UnaskedLine[],
	toAim: readonly UnaskedLine[],
	asOf: IsoDate,
	proposed: ReadonlySet<string> | null = null
): FirstRequest[] {
	return firstLines(here, toAim, proposed)
		.slice(0, FIRST)
		.map(({ line, aFlecher }) => ({
			...{ action: line.action, titre: line.titre, mesure: line.mesuresNoms[0]!, aFlecher },
			portee: aFlecher ? (line.ici ? `À flécher, ${line.ici}` : TO_AIM) : line.portee,
			enjeu: stakeOf(line),
			manque: [reserveWords(line), missing(line)].filter(Boolean).join(' '),
			delai: deadline(line, asOf),
			...{ financeur: line.financeur, ajout: line.ajout ?? null, appeler: line.appeler ?? null }
		}));
}

/**
 * The same, every one of them: each action with its first line.
 * out    by `inAskOrder`, what is to be aimed and is not proposed after, what may be over last
 * never  one whose plan is full, or may count on all there is to ask for
 */
export function firstLines(
	here: readonly UnaskedLine[],
	toAim: readonly UnaskedLine[],
	proposed: ReadonlySet<string> | null = null
): readonly { readonly line: UnaskedLine; readonly aFlecher: boolean }[] {
	const unsaid = (lines: readonly UnaskedLine[]) =>
		byAction(lines).filter((g) => g[0]!.peutEtre === undefined && !isFull(g));
	const [mine, aimed] = [unsaid(here), unsaid(toAim)];
	const over = (group: readonly UnaskedLine[]) => group.every(maybeOver);
	const told: ReadonlySet<readonly UnaskedLine[]> = new Set(aimed);
	const first = (group: readonly UnaskedLine[]) => proposed === null || proposed.has(group[0]!.action);
	return [
		...inAskOrder([...mine.filter((g) => !over(g)), ...aimed.filter(first)]),
		...inAskOrder(aimed.filter((g) => !first(g))),
		...inAskOrder(mine.filter(over))
	].map((g) => ({ line: g[0]!, aFlecher: told.has(g) }));
}

const TO_AIM = 'À flécher vers ce quartier';

/** What they all say of where they arrive; null: they differ, or there is but one. */
export function sharedScope(first: readonly FirstRequest[]): string | null {
	const [one, other] = first;
	return other && one!.portee !== null && first.every((f) => f.portee === one!.portee) ? one!.portee : null;
}

const stakeOf = ({ enjeu }: UnaskedLine): string | null => {
	if (enjeu === null) return null;
	return `${fr.roundEuros(enjeu.euros)} ${enjeu.quoi === 'cout' ? 'de coût' : 'à financer'}`;
};

function missing({ manque, aSavoir, pretDit }: UnaskedLine): string {
	const asked = manque.filter((m) => m.bloquant).map((m) => m.dit);
	if (asked.length === 0) return `${fr.capital(pretDit ?? readyWords(aSavoir))}.`;
	const more = asked.length - ASKED;
	return [
		'Il manque :',
		...asked.slice(0, ASKED),
		...(more > 0 ? [`Et ${fr.count(more, 'autre réponse', 'autres réponses')}.`] : [])
	].join(' ');
}

/** A measure nobody has seen open this year says it, unless what is still asked does. */
function deadline({ depot, manque }: UnaskedLine, asOf: IsoDate): string | null {
	const asked = manque.some((m) => m.bloquant) && manque.some((m) => m.cle === 'ouverture');
	const said = [
		depot ? `date limite : ${fr.date(depot)}` : '',
		asked ? `ouverture en ${asOf.slice(0, 4)} à vérifier` : ''
	].filter(Boolean);
	return said.length ? said.join(' ; ') : null;
}

/** What the order rests on, and what the list leaves out, in a few sentences. */
export function orderWords(finies: number, connues: number, lists: string): string[] {
	return [
		`${ASK_ORDER} Dans chaque groupe : une date limite de dépôt connue ; puis ce qui arrive à un quartier, sûrement puis probablement, avant ce qui vaut pour tout le territoire ; puis la gravité de la lacune sur l’argent de l’action, ce à quoi elle répondrait si on la fléchait (lacune la plus grave, investissement avant service, nombre de quartiers), le montant connu.`,
		'Fléchée vers un quartier, une action peut avoir un autre premier financeur : sa ligne le dit. Sans mention, rien ne change.',
		'Une action dont les enjeux et la nature ne sont lus que sur peu de mots passe après les plus sûres.',
		finies
			? `En dernier, ${fr.count(finies, 'action dont la fin prévue est passée : dites d’abord s’il reste', 'actions dont la fin prévue est passée : dites d’abord s’il leur reste')} quelque chose à financer.`
			: '',
		connues
			? `${fr.capital(fr.count(connues, 'demande ou aide est déjà écrite', 'demandes ou aides sont déjà écrites'))} dans les plans : elles ne sont pas dans cette liste.`
			: '',
		lists
	].filter(Boolean);
}

/** How many requests the list counts, and for how many measures: those that a quartier counts are the same. */
export function countWords(lines: readonly UnaskedLine[]): string {
	const measures = new Set(lines.flatMap((line) => [...line.mesuresNoms, ...line.aCompleter])).size;
	return `${fr.capital(fr.count(lines.length, 'demande possible', 'demandes possibles'))}${fr.INSECABLE}: une par action et par dispositif, pour ${fr.count(measures, 'mesure')} de financement.`;
}

/** What is known of requests, by the lists that were loaded. */
export function listWords(lines: readonly UnaskedLine[]): string {
	const etats = new Set(lines.map((l) => l.etat));
	if (!etats.has('aucune-liste'))
		return 'Aucune demande n’en est connue, ni dans les listes importées ni dans les plans.';
	return etats.size > 1
		? 'Sans autre mention, aucune liste du dispositif n’est importée : seuls les plans parlent, et ils ne montrent pas de demande.'
		: 'Aucune liste d’aides n’est importée : seuls les plans parlent, et ils ne montrent pas de demande.';
}
