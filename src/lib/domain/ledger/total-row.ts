import { euros, FINE, quoted } from '../french';
import { anomaly, type Issue } from '../issue';
import { plain } from '../text';
import { GrantColumn } from './grant';

/* A line of total under a list: it adds up projects and is none. */

const TOTAL = /^(?:sous )?tota(?:l|ux)\b|^montant total\b|^somme totale\b/;

/** Columns where the word may stand. */
const LABELS = GrantColumn.options.filter((c) => c !== 'montant' && c !== 'cout');

/**
 * The words by which a row says it is a total; null when it is a project.
 * in     `sommes`: cents added up above it, since the start and since the last total
 * out    a row that starts with « total » is one when it names no body, or when its amount is the sum of those above
 */
export function totalWords(
	text: (column: GrantColumn) => string | null,
	montant: number | null,
	sommes: readonly number[]
): string | null {
	const words = LABELS.flatMap((c) => text(c) ?? []).find((said) => TOTAL.test(plain(said))) ?? null;
	if (words === null) return null;
	const body = text('beneficiaire');
	const nobody = text('siren') === null && (body === null || TOTAL.test(plain(body)));
	return nobody || (montant !== null && sommes.includes(montant)) ? words : null;
}

export function totalIssue(words: string, montant: number | null, sheet: string, row: number): Issue {
	const amount = montant === null ? '' : `, ${euros(montant / 100)}`;
	return anomaly(
		'ligne-ecartee',
		'a-verifier',
		`Ligne ${row}\u00a0: ${quoted(words)}${amount}, est un total et non un projet${FINE}; elle n’est pas comptée.`,
		{
			where: { sheet, row },
			found: words,
			hint: 'Si c’est un projet, écrivez son bénéficiaire dans le fichier, puis déposez-le à nouveau.'
		}
	);
}
