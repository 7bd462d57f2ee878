import { fileWords } from '../document-names';
import type { Budget } from '../crossing/budget';
import * as fr from '../french';
import type { Money } from '../money';
import type { CumulKind, Excess } from './cumul';
import type { LineOrigin } from './plan-lines';
import { supposedWords, type Rest } from './rest';

/* The figures of a financing plan in words, the same on the page and in the roadmap. */

const SANS_BASE = 'HT ou TTC non précisé';

export const amountText = ({ euros, base }: Pick<Money, 'euros' | 'base'>): string =>
	base === 'inconnu' ? `${fr.euros(euros)} (${SANS_BASE})` : fr.euros(euros, base);

/** « 12 000 € HT et 3 000 € (HT ou TTC non précisé) ; une ligne sans montant » */
export function sumText(sum: Budget): string {
	const parts = (['HT', 'TTC', 'inconnu'] as const)
		.filter((base) => sum.parBase[base] !== 0)
		.map((base) => amountText({ euros: sum.parBase[base], base }));
	const blank = sum.sansMontant ? `${fr.count(sum.sansMontant, 'ligne')} sans montant` : '';
	const amounts = fr.list(parts) || (sum.montant === 0 ? fr.euros(0) : '');
	return [amounts, blank].filter(Boolean).join(`${fr.FINE}; `) || 'aucune ligne';
}

const RAISON: Readonly<Record<Extract<Rest, { genre: 'inconnu' }>['raisons'][number], string>> = {
	cout: 'le coût n’est pas connu',
	lignes: 'aucune ligne de financement n’est connue',
	bases: 'des montants sont en HT, d’autres en TTC',
	montants: 'des lignes n’ont pas de montant'
};

/** « 510 000 € HT », « 340 000 € HT, si les financements sont HT comme le coût » */
export function restText(rest: Rest): string {
	if (rest.genre === 'inconnu')
		return `ne se calcule pas${fr.INSECABLE}: ${fr.list(rest.raisons.map((r) => RAISON[r]))}`;
	const { base, suppose } = rest;
	const euros = Math.max(0, rest.euros);
	return suppose.length ? `${fr.euros(euros, base)}${supposedWords(rest)}` : amountText({ euros, base });
}

/** What is not acquired yet, asked for and planned included; null when it cannot be said. */
export const notAcquired = (rest: Rest): number | null =>
	rest.genre === 'connu' && rest.nonAcquis !== null ? Math.max(0, rest.nonAcquis) : null;

export const notAcquiredText = (rest: Rest): string => {
	const euros = notAcquired(rest);
	if (euros === null || rest.genre === 'inconnu') return 'ne se calcule pas';
	return rest.suppose.length
		? `${fr.euros(euros, rest.base)}, sous la même réserve`
		: amountText({ euros, base: rest.base });
};

/** The cell a figure was read in, or the person who typed it. */
export const originText = (origin: LineOrigin): string =>
	origin.genre === 'fichier'
		? [fileWords(origin), origin.ligne === null ? null : `ligne\u00a0${origin.ligne}`].filter(Boolean).join(', ')
		: `${origin.source ? `${origin.source}, ` : ''}saisi par ${origin.par} le ${fr.date(origin.le)}`;

export const CUMUL_LABEL: Readonly<Record<CumulKind, string>> = {
	respectee: 'Respectée',
	depassee: 'Dépassée',
	indeterminee: 'À vérifier',
	'sans-objet': 'Sans objet'
};

/** « aides au-delà du plafond si toutes sont accordées : revoir le plan de financement d’abord » */
export const excessWords = ({ acquis, suppose }: Excess): string =>
	`aides ${acquis ? 'déjà au-delà du plafond' : 'au-delà du plafond si toutes sont accordées'}${suppose ? ' (HT ou TTC à vérifier)' : ''}${fr.INSECABLE}: revoir le plan de financement d’abord`;
