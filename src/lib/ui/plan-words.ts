import * as fr from '../domain/french';
import type { Budget } from '../domain/crossing/budget';
import type { LineOrigin, Rest } from '../domain/funding/plan';
import type { CumulKind } from '../domain/funding/cumul';
import { basisLabel, date } from './format';

/** « 12 000 € HT, 3 000 € (HT ou TTC non précisé) ; une ligne sans montant » */
export function sumText(sum: Budget): string {
	const parts = (['HT', 'TTC', 'inconnu'] as const)
		.filter((base) => sum.parBase[base] !== 0)
		.map((base) =>
			base === 'inconnu' ? `${fr.euros(sum.parBase[base])} (${basisLabel(base)})` : fr.euros(sum.parBase[base], base)
		);
	const blank = sum.sansMontant ? `${fr.count(sum.sansMontant, 'ligne')} sans montant` : '';
	const amounts = parts.join(' + ') || (sum.montant === 0 ? fr.euros(0) : '');
	return [amounts, blank].filter(Boolean).join(`${fr.FINE}; `) || 'aucune ligne';
}

const RAISON: Readonly<Record<'cout' | 'bases' | 'montants' | 'intervalle', string>> = {
	cout: 'le coût n’est pas renseigné',
	bases: 'des lignes ne sont pas dans la base du coût (HT, TTC ou non précisé)',
	montants: 'des lignes acquises n’ont pas de montant',
	intervalle: 'le coût est un intervalle'
};

export function restText(rest: Rest): string {
	if (rest.genre === 'inconnu')
		return `ne se calcule pas${fr.INSECABLE}: ${fr.list(rest.raisons.map((r) => RAISON[r]))}`;
	return `${fr.euros(Math.max(0, rest.euros), rest.base)}${rest.base === 'inconnu' ? ` (${basisLabel('inconnu')})` : ''}`;
}

/** The cell a figure was read in, or the person who typed it. */
export const originText = (origin: LineOrigin): string =>
	origin.genre === 'fichier'
		? [origin.fichier, origin.feuille, origin.ligne === null ? null : `ligne\u00a0${origin.ligne}`]
				.filter(Boolean)
				.join(', ')
		: `${origin.source ? `${origin.source}, ` : ''}saisi par ${origin.par} le ${date(origin.le)}`;

export const CUMUL_LABEL: Readonly<Record<CumulKind, string>> = {
	respectee: 'Respectée',
	depassee: 'Dépassée',
	indeterminee: 'À vérifier',
	'sans-objet': 'Sans objet'
};
