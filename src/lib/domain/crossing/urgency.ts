import type { SeverityLevel } from '../rules/referentiel';
import type { Coverage } from './coverage';

/* Quartiers from the most urgent to the least: one order for their list and for the link to the next one. */

interface Counted {
	readonly gaps: Readonly<Record<SeverityLevel, number>>;
	/** null: not known, which is not « nobody »: those come after. */
	readonly population: number | null;
	/** Expected crossings by coverage. */
	readonly couvertures: Readonly<Record<Coverage, number>>;
}

/** Open alerts of a quartier, whatever their severity: as many as its page lists, here and everywhere they are counted. */
export const openIn = ({ gaps }: Pick<Counted, 'gaps'>): number =>
	gaps.critique + gaps.haute + gaps.moyenne + gaps.information;

/** Most critical gaps first, then most high ones, then most gaps, then most crossings without any action, then most without a structuring answer, then most inhabitants; ties stay as they were. */
export const byUrgency = (a: Counted, b: Counted): number => {
	const serious = ({ gaps }: Counted): number => gaps.critique * 1000 + gaps.haute;
	return (
		serious(b) - serious(a) ||
		openIn(b) - openIn(a) ||
		b.couvertures.aucune - a.couvertures.aucune ||
		unheld(b) - unheld(a) ||
		(b.population ?? 0) - (a.population ?? 0)
	);
};

/** Crossings assessed that no structuring answer holds. */
const unheld = ({ couvertures: c }: Counted): number =>
	c['de-service'] + c['sensibilisation-seule'] + c.diffuse + c.aucune;

/** It has something critical or high: a calm quartier is not called urgent, even first of its list. */
export const isUrgent = ({ gaps }: Pick<Counted, 'gaps'>): boolean => gaps.critique + gaps.haute > 0;

type Named = Counted & { readonly quartier: { readonly code: string; readonly nom: string } };

/** A quartier one goes to from another; `dit`: the words of its link. */
export interface Step {
	readonly code: string;
	readonly dit: string;
}

/** What comes before a quartier in a list, and after it. */
export interface Around {
	/** null before the first one. */
	readonly precedent: Step | null;
	/** Its words say the order; after the last one, the first. */
	readonly suivant: Step;
}

/** From the most urgent to the least, and in words that say so where one of them is urgent; null when it is alone. */
export const aroundByUrgency = (quartiers: readonly Named[], code: string): Around | null =>
	aroundOf(
		[...quartiers].sort(byUrgency),
		code,
		quartiers.some(isUrgent) ? ['Suivant par urgence', 'Le plus urgent'] : ['Suivant', 'Premier de la liste']
	);

/** The same for who comes from the matrix: in the order of its columns. */
export const aroundInMatrix = (quartiers: readonly Named[], code: string): Around | null =>
	aroundOf(quartiers, code, ['Suivant dans la matrice', 'Premier de la matrice']);

function aroundOf(quartiers: readonly Named[], code: string, words: readonly [string, string]): Around | null {
	const all = quartiers.map((s) => s.quartier);
	const at = all.findIndex((q) => q.code === code);
	const [before, next] = [all[at - 1], all[at + 1] ?? all[0]];
	if (at < 0 || !next || next.code === code) return null;
	return {
		precedent: before ? { code: before.code, dit: `Précédent : ${before.nom}` } : null,
		suivant: { code: next.code, dit: `${words[at + 1 < all.length ? 0 : 1]} : ${next.nom}` }
	};
}
