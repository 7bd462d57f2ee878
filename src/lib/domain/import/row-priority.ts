import type { PlansFile } from '../rules/referentiel';
import { namesOf, type Understood } from './row-values';
import { plain } from '../text';

/* How urgent an action is, by the words of data/plans.yaml. */

/** The level of priority that words name, exactly or by a synonym; null for any other word. « +++ » is known as written. */
export function matchPriorite(text: string, plans: PlansFile): Understood<string> | null {
	const words = plain(text);
	const marks = text.trim();
	const found = plans.priorites.find((p) => (words === '' ? p.synonymes.includes(marks) : namesOf(p).includes(words)));
	return found ? { code: found.code, libelle: found.libelle, exact: marks === found.libelle } : null;
}
