import type { PorteurType } from '../action';
import type { Issue } from '../issue';
import type { PlansFile } from '../rules/referentiel';
import { bodyNamed } from './body-kind';
import type { RowTerritory } from './row-territory';
import { remember } from '../remember';
import { cellsOf, joined, quote, rowIssue, textOf } from './row-values';
import type { CellValue, Table } from './sheet';
import { sirenOf, splitSiren, typeOfSiren } from '../siren';
import { plain } from '../text';

/* Who carries an action: its name, its SIREN, and what kind of body it is. */

export interface Porteur {
	readonly porteur: string | null;
	readonly porteurType: PorteurType | null;
	/** Nine digits, their key right. */
	readonly porteurSiren: string | null;
	/** A number that is no SIREN, as written, for the notes. */
	readonly ecarte: string | null;
	readonly issues: readonly Issue[];
}

const NUMBERED = /\d{3}/;
/** Longer than this, a cell is a sentence. */
const LONGEST = 200;

/**
 * The porteur of one row, from its own columns or from « 777001009-Ville de Montclair » in one cell.
 * out    a number whose key is wrong is not kept as a SIREN: it is told, and goes to the notes as written
 * never  takes the type from a SIREN unless its first digits settle it
 */
export function readPorteur(
	cells: readonly CellValue[],
	table: Table,
	context: { readonly plans: PlansFile; readonly territoire?: RowTerritory | null },
	where: { readonly feuille: string | null; readonly ligne: number }
): Porteur {
	const named = cellsOf(cells, table, 'porteur').flatMap(({ cell, colonne }) => {
		const text = textOf(cell);
		return text === null
			? []
			: [{ text, colonne, parts: text.length <= LONGEST && NUMBERED.test(text) ? splitSiren(text) : null }];
	});
	const typeText = joined(cells, table, 'porteur_type', ', ');
	const name = [...new Set(named.map(({ text, parts }) => parts?.nom ?? text))].join(', ');
	const porteur = name === '' ? typeText : name;

	const written = [
		...cellsOf(cells, table, 'porteur_siren').flatMap(({ cell, colonne }) => {
			const text = textOf(cell);
			return text === null ? [] : [{ numero: text, colonne: colonne.entete }];
		}),
		...named.flatMap(({ parts, colonne }) => (parts ? [{ numero: parts.numero, colonne: colonne.entete }] : []))
	];
	const read = written.map((w) => ({ ...w, siren: sirenOf(w.numero) }));
	const right = read.find(({ siren }) => siren?.juste);
	const wrong = right ? undefined : read[0];
	const siren = right?.siren?.siren ?? null;
	return {
		porteur,
		porteurType:
			inferPorteurType(typeText, context.plans, null) ??
			inferPorteurType(porteur, context.plans, context.territoire ?? null) ??
			(siren === null ? null : typeOf(siren, context.territoire ?? null)),
		porteurSiren: siren,
		ecarte: wrong ? wrong.numero : null,
		issues: wrong ? [notSiren(wrong.numero, { ...where, colonne: wrong.colonne })] : []
	};
}

const typeOf = (siren: string, territoire: RowTerritory | null): PorteurType | null =>
	territoire?.code === siren && territoire.genre !== 'groupe' ? 'epci' : typeOfSiren(siren);

function notSiren(
	numero: string,
	where: { readonly feuille: string | null; readonly ligne: number; readonly colonne: string }
): Issue {
	const digits = /^[\d\s.]+$/.test(numero);
	const rounded = /^\d[.,]?\d*e\+?\d+$/i.test(numero);
	const why = rounded
		? 'a été arrondi par le tableur'
		: digits
			? 'n’est pas un SIREN ou un SIRET juste (sa clé de contrôle ne tombe pas)'
			: 'n’est pas un SIREN ou un SIRET';
	return rowIssue(
		'valeur-suspecte',
		'a-verifier',
		where,
		`Ligne ${where.ligne}\u00a0: ${quote(numero)} ${why}\u202f; il est gardé en note.`,
		{
			found: numero,
			expected: 'neuf chiffres (SIREN) ou quatorze (SIRET)',
			hint: rounded
				? 'Mettez la colonne au format texte et recopiez le numéro.'
				: 'Vérifiez le numéro sur annuaire-entreprises.data.gouv.fr.'
		}
	);
}

/** The kind of body a name points to: the territory, one of its communes, else by its words; null when none is known. */
export function inferPorteurType(
	text: string | null,
	plans: PlansFile,
	territoire: { readonly nom: string; readonly communes: readonly { readonly nom: string }[] } | null
): PorteurType | null {
	if (text === null) return null;
	const words = plain(text);
	if (
		territoire &&
		(words === plain(territoire.nom) || words.replace(/\b(\w) (?=\w\b)/g, '$1') === acronym(territoire.nom))
	)
		return 'epci';
	if (territoire?.communes.some((c) => plain(c.nom) === words)) return 'commune';
	return bodyNamed(text, plans);
}

const LINKS = new Set('de du des d la le les l et a au aux en sur'.split(' '));

/** « CC Nièvre et Somme » → "ccns", as an EPCI signs its own files; null under three letters. */
const acronym = remember((nom: string): string | null => {
	const letters = plain(nom)
		.split(' ')
		.filter((word) => !LINKS.has(word))
		.map((word) => (/^c[acu]$/.test(word) ? word : word[0]))
		.join('');
	return letters.length < 3 ? null : letters;
});
