import { count, FINE, INSECABLE, number } from '../french';
import type { IssueCode } from '../issue';
import { ORIENTATION } from './row-triage';

/* Why rows of a file were set aside, in a few sentences, and what to do when none is left. */

export interface IgnoredGroup {
	readonly code?: IssueCode;
	readonly raison: string;
	readonly nombre: number;
	readonly lignes: readonly number[];
}

const MOST = 4;

/** One sentence per reason, the most frequent first, with its rows; [] when no row was ignored. */
export function ignoredReasons(groups: readonly IgnoredGroup[]): string[] {
	const sorted = byNumber(groups);
	const rest = sorted.slice(MOST).reduce((sum, g) => sum + g.nombre, 0);
	return [
		...sorted
			.slice(0, MOST)
			.map(
				({ nombre, raison, lignes }) =>
					`${count(nombre, 'ligne ignorée', 'lignes ignorées')}${INSECABLE}: ${raison}${rowsOf(lignes)}.`
			),
		...(rest > 0 ? [`${count(rest, 'autre ligne ignorée', 'autres lignes ignorées')}.`] : [])
	];
}

/** The same for a plan and, when every row was ignored, a last sentence that says what to do: rejected ones say it themselves. */
export function ignoredSentences(
	groups: readonly IgnoredGroup[],
	{
		acceptees,
		rejetees,
		territoire
	}: Readonly<Record<'acceptees' | 'rejetees', number>> & { readonly territoire: string | null }
): string[] {
	const [first] = byNumber(groups);
	return [
		...ignoredReasons(groups),
		...(acceptees === 0 && rejetees === 0 && first ? [adviceFor(first, territoire, groups)] : [])
	];
}

const byNumber = (groups: readonly IgnoredGroup[]): IgnoredGroup[] => [...groups].sort((a, b) => b.nombre - a.nombre);

/** « (ligne 3) », « (lignes 2 à 9) », « (lignes 2, 5, 9…) » */
function rowsOf(lignes: readonly number[]): string {
	const sorted = [...lignes].sort((a, b) => a - b);
	const [first, last] = [sorted[0], sorted.at(-1)];
	if (first === undefined || last === undefined) return '';
	if (first === last) return ` (ligne ${number(first)})`;
	if (last - first + 1 === sorted.length && sorted.length > 2) return ` (lignes ${number(first)} à ${number(last)})`;
	return ` (lignes ${sorted.slice(0, 3).map(number).join(', ')}${sorted.length > 3 ? '…' : ''})`;
}

function adviceFor({ code }: IgnoredGroup, territoire: string | null, groups: readonly IgnoredGroup[]): string {
	if (code === 'ligne-hors-territoire')
		return `Aucune ligne ne concerne ${territoire ?? 'ce territoire'}${INSECABLE}: vérifiez le territoire choisi, ou les communes et l’intercommunalité écrites dans le fichier.`;
	if (code === 'ligne-filtree')
		return `Aucune ligne ne répond au filtre${INSECABLE}: vérifiez sa valeur, ou retirez-le.`;
	if (groups.some(({ raison }) => raison.endsWith(ORIENTATION)))
		return `Ce fichier ne donne que les orientations du plan${INSECABLE}: apportez aussi son programme d’actions, une action par ligne.`;
	return `Aucune ligne n’est lue comme une action${FINE}; chaque action tient sur une ligne, avec son intitulé.`;
}
