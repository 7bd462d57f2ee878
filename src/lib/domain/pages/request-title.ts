import * as fr from '../french';
import type { FirstRequest } from './first-requests';
import { isReady } from './ask-order';
import type { UnaskedLine } from './request-lines';

/* What the page of requests is called, and its first rows: in the words of these rows. */

interface Asked {
	/** They are to be aimed at the quartier first. */
	readonly flecher: boolean;
	readonly quartier: string | null;
	/** The only stream looked at; null: all. */
	readonly dispositif: string | null;
}

/**
 * « 5 actions à instruire, sans demande connue de financement »
 * in     lines of the actions that the first rows are taken from, by action
 */
export function requestsTitle(
	groups: readonly (readonly UnaskedLine[])[],
	{ flecher, quartier, dispositif }: Asked
): string {
	const where = quartier === null ? '' : ` dans le quartier ${fr.quoted(quartier)}`;
	const what = dispositif === null ? ' de financement' : ` pour ${dispositif}`;
	const [ready, all] = [groups.filter(isReady).length, groups.length];
	const actions = (n: number): string => fr.capital(fr.count(n, 'action'));
	if (flecher) {
		const then = fr.plural(ready, 'serait à instruire', 'seraient à instruire');
		const whose = ready === 0 ? 'à compléter' : ready === all ? `qui ${then}` : `dont ${fr.number(ready)} ${then}`;
		return `${actions(all)} à flécher vers ${fr.quoted(quartier ?? '')}${ready === 0 ? ' et ' : ', '}${whose}${dispositif === null ? '' : what}`;
	}
	if (ready > 0) return `${actions(ready)} à instruire${where}, sans demande connue${what}`;
	if (all > 0) return `${actions(all)} à compléter${where}, sans demande connue${what}`;
	return `Rien à instruire en l’état${where}${dispositif === null ? '' : what}`;
}

/** What the first rows are, all of them. */
export function firstTitle(first: readonly FirstRequest[], chosen: boolean): string {
	const toAim = first.filter((f) => f.aFlecher).length;
	if (toAim === 0) return 'À demander d’abord';
	const where = chosen ? 'ce' : 'un';
	return toAim === first.length
		? `À flécher vers ${where} quartier, puis à demander`
		: 'À demander d’abord, fléchées ou non';
}

/** What is said of the others, those that lack an answer. */
export function missingWords(ready: number, all: number): string {
	const rest = all - ready;
	if (ready === 0 || rest === 0) return '';
	return rest === 1
		? 'À une autre, il manque au moins une réponse.'
		: `Aux ${fr.number(rest)} autres, il manque au moins une réponse.`;
}

/** « 4 des actions à instruire ne le sont que pour un prêt, qui se rembourse. »; '' when an aid is, for all of them. in     of the `ready` ones */
export function loanWords(loans: number, ready: number): string {
	if (loans === 0) return '';
	const whose =
		loans < ready
			? `${fr.number(loans, 0)} des actions à instruire`
			: loans === 1
				? 'L’action à instruire'
				: `Les ${fr.number(loans)} actions à instruire`;
	return `${whose} ${loans === 1 ? 'ne l’est' : 'ne le sont'} que pour un prêt, qui se rembourse.`;
}

/** Said of those that are listed apart: they are to be asked nothing for. */
export const fullWords = (full: number): string =>
	full === 0
		? ''
		: full === 1
			? 'Une action de plus a un plan de financement déjà bouclé, à part.'
			: `${fr.number(full, 0)} actions de plus ont un plan de financement déjà bouclé, à part.`;

/** in     actions that arrive in the quartier, the planned end of every one of which is past */
export const overWords = (over: number): string =>
	over === 1
		? 'L’action qui arrive ici devait être finie : dites d’abord s’il lui reste quelque chose à financer.'
		: `Les ${fr.number(over)} actions qui arrivent ici devaient être finies : dites d’abord s’il leur reste quelque chose à financer.`;

/**
 * Why a quartier has more to ask for than all of the territory: there, actions are read as if they aimed at it.
 * in     actions ready there, and those ready as they are written
 */
export function moreThanAll(here: number, all: number): string {
	if (here <= all) return '';
	const written =
		all === 0
			? 'aucune action n’est à instruire telle qu’elle est écrite'
			: all === 1
				? 'une seule action est à instruire telle qu’elle est écrite'
				: `${fr.count(all, 'action')} sont à instruire telles qu’elles sont écrites`;
	return `Sur tout le territoire, ${written} : viser ce quartier ouvre d’autres mesures.`;
}

/** in     `read`: actions to aim that may ask, of `all` those the page of the quartier counts; '' when they are the same */
export const ofAllAims = (read: number, all: number): string =>
	read === 0 || read === all
		? ''
		: `Sur les ${fr.number(all)} actions à flécher, ${fr.number(read)} ${fr.plural(read, 'est lue', 'sont lues')} ici${fr.INSECABLE}: les autres arrivent déjà, n’ont aucune aide à demander ou ont un plan de financement bouclé.`;

/** in     actions to aim at the quartier, listed after those that arrive there */
export const aimedWords = (aimed: number, here: number): string =>
	aimed === 0
		? ''
		: `${fr.capital(fr.count(aimed, here ? 'autre action, fléchée' : 'action, fléchée', here ? 'autres actions, fléchées' : 'actions, fléchées'))} vers ce quartier, ${fr.plural(aimed, 'pourrait', 'pourraient')} demander une aide.`;
