import type { EnjeuCroise } from '../rules/referentiel';
import { plain } from '../text';
import type { Tag } from './place';

/* When the words that say a transition enjeu are also half of an expected crossing: what a chef de projet would nod at. */

interface Compiled {
	/** Beginnings of words, each after a space. */
	readonly sauf: readonly string[];
	readonly demi: readonly string[] | null;
}

const compiled = new WeakMap<EnjeuCroise, Compiled>();

function compile(croise: EnjeuCroise): Compiled {
	const known = compiled.get(croise);
	if (known) return known;
	const begins = (words: readonly string[]): string[] => words.map((word) => ` ${plain(word)}`);
	const made = { sauf: begins(croise.sauf_mots ?? []), demi: croise.demi_mots ? begins(croise.demi_mots) : null };
	compiled.set(croise, made);
	return made;
}

const says = (words: readonly string[]) => (mot: string) => words.some((word) => mot.includes(word));

/**
 * A wind farm is a renewable energy, and no part of the heat of social housing; a livestock farm feeds people, and is no
 * « agriculture urbaine ». What a person or a column declares is always half.
 */
export function isHalf({ par, mots }: Tag, croise: EnjeuCroise): boolean {
	const declared = par === 'declaration' || par === 'decision';
	if (declared || mots.length === 0 || (!croise.sauf_mots && !croise.demi_mots)) return true;
	const { sauf, demi } = compile(croise);
	const read = mots.map((mot) => ` ${plain(mot)}`);
	if (sauf.length > 0 && read.every(says(sauf))) return false;
	return demi === null || read.some(says(demi));
}
