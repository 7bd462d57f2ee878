import { anomaly, type Issue } from '../issue';
import type { Money } from '../money';
import { plain } from '../text';
import { quote } from './row-values';

/* « Total : 150 000 € », « reste à financer : 20 000 € » among financings: amounts of a sum, which nobody brings. */

const TOTAL =
	/^(?:(?:cout|montant|budget|somme|plan de financement|depense)s? )?(?:tota(?:l|le|ux)|global|ensemble)(?: (?:general|global|previsionnel|estime|ht|ttc|de|des|du|la|le|les|l|projet|operation|action|financements?|aides?|subventions?|recettes?|depenses?|cout|budget|plan))*$|^(?:cout|budget|depense)s?(?: (?:previsionnel|estime|ht|ttc|de|du|des|la|l|projet|operation|action|travaux))*$/;
const REST =
	/^(?:(?:le|un) )?(?:reste|solde|montant|besoin|manque)(?: (?:restant|encore|de financement))?(?: a)? (?:financer|trouver|mobiliser|couvrir|rechercher)(?: (?:ht|ttc))?$|^besoin de financement$|^(?:reste|solde|part) non finance(?:e)?$/;

export interface Sum {
	readonly genre: 'total' | 'reste';
	readonly piece: string;
	readonly euros: number;
}

/** What a name says when it is that of a sum; null for a funder. */
export function sumIn(libelle: string): Sum['genre'] | null {
	const words = plain(libelle);
	return REST.test(words) ? 'reste' : TOTAL.test(words) ? 'total' : null;
}

/**
 * What is said of the sums of one cell.
 * in     `amounts`: those its funders bring, asked or obtained; `cout`: of the action
 * out    nothing of a total that is that of the funders, or the cost: it is known otherwise
 */
export function sumIssues(sums: readonly Sum[], amounts: readonly (number | null)[], cout: Money | null): Issue[] {
	const brought = amounts.reduce<number>((sum, one) => sum + Math.round((one ?? 0) * 100), 0);
	return sums.flatMap(({ genre, piece, euros }) => {
		if (genre === 'reste') return [rest(piece)];
		const cents = Math.round(euros * 100);
		return cents === brought || cents === Math.round((cout?.euros ?? NaN) * 100) ? [] : [total(piece)];
	});
}

const rest = (piece: string): Issue =>
	anomaly('saisie-incomplete', 'info', `${quote(piece)} n’est pas un financeur\u00a0: rien n’en est compté.`, {
		found: piece,
		expected: 'un financeur et son montant',
		hint: 'Rien à faire\u202f: Croisée calcule le reste à financer depuis le coût et les financements.'
	});

const total = (piece: string): Issue =>
	anomaly(
		'saisie-incomplete',
		'a-verifier',
		`${quote(piece)} est un total, et n’est pas la somme des financeurs lus\u00a0: il n’est pas compté.`,
		{
			found: piece,
			expected: 'chaque financeur et son montant',
			hint: 'Écrivez le financeur qui manque, ou corrigez le total.'
		}
	);
