import * as fr from '../french';
import type { UnaskedLine } from './request-lines';

/* The one order in which requests are told: the head of a quartier, its roadmap, the page of requests, of a quartier or not. */

/** What has to be written before it is asked for: nothing, that an action which may come is for the quartier, that it aims there. */
export const PLACES = ['ici', 'probable', 'a-flecher'] as const;
export type AskPlace = (typeof PLACES)[number];

type Ranked = Pick<UnaskedLine, 'verdict' | 'peutEtre' | 'pret' | 'attend' | 'place' | 'manque' | 'boucle' | 'exces'>;

type Asking = Pick<UnaskedLine, 'verdict' | 'peutEtre'>;

const mayBeFiled = ({ verdict, peutEtre }: Asking): boolean => verdict === 'a-instruire' && peutEtre === undefined;

/** Something to ask for it lacks no answer, that of whether it is asked for already included. */
export const isReady = (lines: readonly Asking[]): boolean => lines.some(mayBeFiled);

/** And that is a loan alone: it is paid back. */
export const isLoanAlone = (lines: readonly (Asking & Pick<UnaskedLine, 'pret'>)[]): boolean =>
	isReady(lines) && lines.filter(mayBeFiled).every(({ pret }) => pret);

/** in     lines of one action, its best first; out    smallest first: `ASK_ORDER` says all of it */
export function askRank(lines: readonly Ranked[]): readonly number[] {
	const { exces, attend, pret, place, manque } = lines[0]!;
	return [
		Number(Boolean(exces)),
		Number(attend !== null),
		Number(manque.some((m) => m.exception)),
		Number(pret),
		PLACES.indexOf(place),
		Number(manque.some((m) => m.bloquant && m.objet)),
		Number(!mayBeFiled(lines[0]!))
	];
}

/** Nothing is left to find for it: it asks for nothing. */
export const isFull = (lines: readonly Pick<UnaskedLine, 'boucle'>[]): boolean => Boolean(lines[0]!.boucle);

/** Groups of lines in that order; as they were given when it tells nothing apart. */
export const inAskOrder = <L extends Ranked>(groups: readonly (readonly L[])[]): (readonly L[])[] =>
	groups
		.map((lines) => ({ lines, key: askRank(lines) }))
		.sort((a, b) => compareKeys(a.key, b.key))
		.map(({ lines }) => lines);

export function compareKeys(a: readonly (string | number)[], b: readonly (string | number)[]): number {
	const at = a.findIndex((value, i) => value !== b[i]);
	return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}

/**
 * The same order, of measures: each stands where the best of its requests does.
 * in     lines of each action, its best first, the actions in their order
 * out    names of measures; the first is that of the first request, and no later choice of an action comes before its first
 */
export function measuresInOrder(groups: readonly (readonly Named[])[], isOver: (line: Named) => boolean): string[] {
	const ranked = groups.flatMap((lines) => {
		let least: readonly number[] = [];
		return lines.map((line) => {
			const own = [Number(line.peutEtre !== undefined), Number(isOver(line)), ...askRank([line])];
			least = compareKeys(own, least) < 0 ? least : own;
			return { line, key: least };
		});
	});
	const names = ranked
		.sort((a, b) => compareKeys(a.key, b.key))
		.flatMap(({ line }) => [...line.mesuresNoms, ...line.aCompleter]);
	return [...new Set(names)];
}

type Named = Ranked & Pick<UnaskedLine, 'mesuresNoms' | 'aCompleter'>;

/** The same, in words. */
export const ASK_ORDER =
	'D’abord les aides, puis les prêts, qui se remboursent. Dans un quartier\u00a0: ce qui y arrive sûrement, puis probablement, puis ce qu’il faut flécher. Ensuite ce qui entre dans l’objet de la mesure, avant ce dont on ne le sait pas\u202f; ce qui est à instruire, avant ce à quoi il manque une réponse. Les crédits d’un contrat que personne n’a lu viennent après\u00a0: le contrat se demande d’abord. Ce qui ne s’obtient que par exception vient en dernier, puis une action dont les aides dépassent déjà le plafond\u00a0: son plan se revoit d’abord.';

/** Said of a plan that is full. */
export const FULL = `plan de financement déjà bouclé${fr.INSECABLE}: rien ne reste à financer`;

/** What is to be known before asking: « Prêt, se rembourse. Pas sûr que l’action arrive ici. »; '' when nothing is. */
export const reserveWords = ({
	exces,
	pret,
	place,
	attend,
	achevee
}: Pick<UnaskedLine, 'exces' | 'pret' | 'place' | 'attend' | 'achevee'>): string =>
	[
		exces ? `${fr.capital(exces)}.` : '',
		achevee ? `${fr.capital(achevee)}${fr.INSECABLE}: dites d’abord si l’action se poursuit.` : '',
		attend === null ? '' : `Demandez d’abord ${attend}${fr.INSECABLE}: il n’est pas lu.`,
		pret ? 'Prêt, se rembourse.' : '',
		place === 'probable' ? 'Pas sûr que l’action arrive ici.' : ''
	]
		.filter(Boolean)
		.join(' ');
