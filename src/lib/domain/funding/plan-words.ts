import type { Budget } from '../crossing/budget';
import * as fr from '../french';
import type { Money } from '../money';
import type { CumulKind } from './cumul';
import type { LineOrigin, Rest } from './plan';

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

const RAISON: Readonly<Record<'cout' | 'bases' | 'montants' | 'intervalle', string>> = {
	cout: 'le coût n’est pas renseigné',
	bases: 'des lignes ne sont pas dans la base du coût (HT, TTC ou non précisé)',
	montants: 'des lignes acquises n’ont pas de montant',
	intervalle: 'le coût est un intervalle'
};

export function restText(rest: Rest): string {
	if (rest.genre === 'inconnu' && rest.siMemeBase !== null)
		return `${fr.euros(rest.siMemeBase)}, si les montants sans base (HT ou TTC) ont celle du coût`;
	if (rest.genre === 'inconnu')
		return `ne se calcule pas${fr.INSECABLE}: ${fr.list(rest.raisons.map((r) => RAISON[r]))}`;
	return amountText({ euros: Math.max(0, rest.euros), base: rest.base });
}

/** The cell a figure was read in, or the person who typed it. */
export const originText = (origin: LineOrigin): string =>
	origin.genre === 'fichier'
		? [origin.fichier, origin.feuille, origin.ligne === null ? null : `ligne\u00a0${origin.ligne}`]
				.filter(Boolean)
				.join(', ')
		: `${origin.source ? `${origin.source}, ` : ''}saisi par ${origin.par} le ${fr.date(origin.le)}`;

export const CUMUL_LABEL: Readonly<Record<CumulKind, string>> = {
	respectee: 'Respectée',
	depassee: 'Dépassée',
	indeterminee: 'À vérifier',
	'sans-objet': 'Sans objet'
};
