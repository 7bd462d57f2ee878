import type { EnjeuCroise } from '../rules/referentiel';
import { plain } from '../text';
import type { Tag } from './place';

/* When the words that say a transition enjeu are also half of an expected crossing: what a chef de projet would nod at. */

interface Compiled {
	/** Beginnings of words, each after a space; whole words when they are short. */
	readonly sauf: readonly string[];
	readonly demi: readonly string[] | null;
	readonly objets: readonly string[];
	readonly jamais: readonly string[];
	readonly mieux: readonly string[];
	readonly moins: readonly string[];
	readonly clair: readonly string[] | null;
}

const compiled = new WeakMap<EnjeuCroise, Compiled>();

function compile(croise: EnjeuCroise): Compiled {
	const known = compiled.get(croise);
	if (known) return known;
	// « ess » is no beginning of « essaimage »: so few letters are a word of their own.
	const begins = (words: readonly string[]): string[] =>
		words.map((word) => (word.length < 4 ? ` ${plain(word)} ` : ` ${plain(word)}`));
	const made = {
		sauf: begins(croise.sauf_mots ?? []),
		demi: croise.demi_mots ? begins(croise.demi_mots) : null,
		objets: begins(croise.sauf_objets ?? []),
		jamais: begins(croise.jamais_objets ?? []),
		mieux: begins(croise.dit_mieux ?? []),
		moins: begins(croise.dit_moins ?? []),
		clair: croise.en_clair ? begins(croise.en_clair) : null
	};
	compiled.set(croise, made);
	return made;
}

const says = (words: readonly string[]) => (mot: string) => words.some((word) => mot.includes(word));

/** What an action says, and what it is filed under. */
interface Filed {
	readonly titre: string;
	readonly description?: string | null;
	readonly secteurs: readonly string[];
	readonly axe?: string | null;
}

/** Is a word of the action itself, and not only of what it is filed under? */
function isOwn({ titre, description, secteurs, axe }: Filed): (mot: string) => boolean {
	return (mot) => {
		const word = plain(mot);
		if (secteurs.some((secteur) => plain(secteur) === word)) return false;
		const said = (text: string | null | undefined) => !!text && plain(text).includes(word);
		return !said(axe) || said(titre) || said(description);
	};
}

/** Named by a person, and not only confirmed as it was read. */
const isDecided = ({ par, confirme }: Tag): boolean => par === 'decision' && !confirme;

/**
 * A wind farm is a renewable energy, and no part of the heat of social housing; a livestock farm feeds people, and is no
 * « agriculture urbaine ». What a person or a column declares is always half; the object of the title sets it apart all the
 * same, unless a person decided: panels on farm roofs heat no dwelling, whatever the sector of the file. A reading that a person
 * confirmed is still that reading: they agreed with the enjeu shown, and were shown no crossing.
 * in     the action as its file gives it; a sector among the words says no object, nor does what its axis alone says
 */
export function isHalf(tag: Tag, croise: EnjeuCroise, action: Filed = { titre: '', secteurs: [] }): boolean {
	const { sauf, demi, objets } = compile(croise);
	const { par, mots } = tag;
	if (!isDecided(tag) && objets.length > 0 && says(objets)(` ${plain(action.titre)} `)) return false;
	const declared = par === 'declaration' || isDecided(tag);
	if (declared || mots.length === 0 || (!croise.sauf_mots && !croise.demi_mots)) return true;
	const own = mots.filter(isOwn(action));
	const read = (own.length > 0 ? own : mots).map((mot) => ` ${plain(mot)} `);
	if (sauf.length > 0 && read.every(says(sauf))) return false;
	return demi === null || read.some(says(demi));
}

/**
 * A condition put on grants to firms says both enjeux of « ESS et coopératives », and is none. Half of a crossing or the whole of
 * it, the title sets it apart; two enjeux that a person decided never are.
 */
export const isNever = (said: readonly Tag[], croise: EnjeuCroise, titre: string): boolean => {
	const { jamais } = compile(croise);
	return jamais.length > 0 && !said.every(isDecided) && says(jamais)(` ${plain(titre)} `);
};

/** How early a title is quoted as an example: 1 in words one recognises, -1 where it is about another part of it, 0 for both or none. */
export function quotedBefore(croise: EnjeuCroise, titre: string): number {
	const { mieux, moins } = compile(croise);
	const words = ` ${plain(titre)} `;
	return Number(says(mieux)(words)) - Number(says(moins)(words));
}

/** Does a title use words that belong to the crossing? Its file's sector does not speak for it. */
export function saysItsWords(croise: EnjeuCroise, titre: string): boolean {
	const { demi, clair } = compile(croise);
	return says([...(demi ?? []), ...(clair ?? [])])(` ${plain(titre)} `);
}

/** Does a title say the crossing in its own words, where both enjeux alone do not make it? True of those that ask for none. */
export function saysPlainly(croise: EnjeuCroise, titre: string): boolean {
	const { clair } = compile(croise);
	return clair === null || says(clair)(` ${plain(titre)} `);
}
