import type { Action } from '../action';
import { list, quoted } from '../french';
import { plain } from '../text';
import { saysPlainly } from './half-crossing';
import type { EnjeuCroise, LexiconFile } from '../rules/referentiel';
import type { PlacedAction, Tag } from './place';

/* An action the tool matches to a gap on little: half of the crossing, or words that do not suffice, and nobody confirmed it. */

export type Confidence = LexiconFile['confiance'];

/** Read by the tool, below what it calls solid: a person has to say. */
export const isFragile = (
	{ par, score }: Tag,
	axis: 'transition' | 'ville' | 'nature',
	{ solide }: Confidence
): boolean => par === 'appris' || (par === 'lexique' && score < solide[axis]);

/**
 * Every enjeu it carries is read on little, its nature too or not at all, and nobody said any of it.
 * out    false without an enjeu: there is nothing to doubt
 */
export function isGuess(
	{ transition, ville, nature }: Pick<PlacedAction, 'transition' | 'ville' | 'nature'>,
	confidence: Confidence
): boolean {
	return (
		transition.length + ville.length > 0 &&
		(nature === null || isFragile(nature, 'nature', confidence)) &&
		transition.every((t) => isFragile(t, 'transition', confidence)) &&
		ville.every((t) => isFragile(t, 'ville', confidence))
	);
}

/**
 * What of the match is left to confirm.
 * in     `enjeu`: T, P or X code of a gap the action may answer
 * out    null: both halves are said well enough, or a person said so; else why, to stand after « à confirmer : »
 */
export function weakMatch(
	{ transition, ville, croises, action }: Pick<PlacedAction, 'transition' | 'ville' | 'croises' | 'action'>,
	enjeu: string,
	known: readonly EnjeuCroise[],
	confidence: Confidence
): string | null {
	const half = croises.some((c) => c.code === enjeu && !c.complet);
	const crossing = known.find((x) => x.code === enjeu);
	if (half && crossing) {
		const filed = filedUnder(action, transition.find((t) => t.code === crossing.transition)?.mots ?? []);
		return filed ? `rangée dans ${quoted(filed)} par le fichier, son titre n’en dit rien` : unsaid(crossing);
	}
	const codes = new Set(crossing ? [crossing.transition, crossing.ville] : [enjeu]);
	const weak = [
		...transition.filter((t) => codes.has(t.code) && isFragile(t, 'transition', confidence)),
		...ville.filter((t) => codes.has(t.code) && isFragile(t, 'ville', confidence))
	];
	const decided = [...transition, ...ville].some(
		// Agreeing with the enjeux shown is not saying the crossing.
		(t) => codes.has(t.code) && ((t.par === 'decision' && !t.confirme) || t.par === 'declaration')
	);
	if (weak.length === 0) return crossing && !decided && !saysPlainly(crossing, action.titre) ? unsaid(crossing) : null;
	const words = [...new Set(weak.flatMap((t) => t.mots))].slice(0, 3);
	return words.length ? `l’enjeu n’est lu que d’après ${list(words.map(quoted))}` : 'rien de net ne dit l’enjeu';
}

/** « son titre ne parle pas des écoles » */
const unsaid = ({ moitie }: EnjeuCroise): string => `son titre ne parle pas ${moitie}`;

/** The theme its file files an action under, when no word of its title says it: « Expérimenter de nouvelles solutions » under « Transport routier ». */
function filedUnder({ titre, secteurs }: Pick<Action, 'titre' | 'secteurs'>, mots: readonly string[]): string | null {
	const themes = new Set(secteurs.map(plain));
	const said = ` ${plain(titre)}`;
	return mots.length > 0 && mots.every((mot) => themes.has(plain(mot)) && !said.includes(plain(mot))) ? mots[0]! : null;
}
