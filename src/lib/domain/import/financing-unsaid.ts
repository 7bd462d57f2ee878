import { anomaly, type Issue } from '../issue';
import type { PlansFile } from '../rules/referentiel';
import { quote } from './row-values';
import { plain } from '../text';
import { isNobody } from '../written-money';

/* « à définir » under « Financeurs » names nobody: it is no fund. */

const folded = new WeakMap<object, ReadonlySet<string>>();

export function isUnsaid(text: string, { pas_encore_dit }: PlansFile): boolean {
	let words = folded.get(pas_encore_dit);
	if (!words) folded.set(pas_encore_dit, (words = new Set(pas_encore_dit.map(plain))));
	return words.has(plain(text)) || isNobody(text);
}

export const unsaid = (text: string): Issue =>
	anomaly('saisie-incomplete', 'info', `Aucun financeur n’est encore nommé dans ${quote(text)}.`, {
		found: text,
		expected: 'un financeur et son montant',
		hint: 'Écrivez le financeur quand il est connu\u00a0; rien n’est compté d’ici là.'
	});
