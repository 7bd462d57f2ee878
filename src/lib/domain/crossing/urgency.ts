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

/** Most critical gaps first, then most high ones, then most gaps, then most crossings without any action, then most without a structuring answer, then most inhabitants; ties stay as they were. */
export const byUrgency = (a: Counted, b: Counted): number => {
	const serious = ({ gaps }: Counted): number => gaps.critique * 1000 + gaps.haute;
	const alerts = ({ gaps }: Counted): number => gaps.critique + gaps.haute + gaps.moyenne;
	return (
		serious(b) - serious(a) ||
		alerts(b) - alerts(a) ||
		b.couvertures.aucune - a.couvertures.aucune ||
		unheld(b) - unheld(a) ||
		(b.population ?? 0) - (a.population ?? 0)
	);
};

/** Crossings assessed that no structuring answer holds. */
const unheld = ({ couvertures: c }: Counted): number =>
	c['de-service'] + c['sensibilisation-seule'] + c.diffuse + c.aucune;

type Named = Counted & { readonly quartier: { readonly code: string; readonly nom: string } };

/**
 * The quartier to read after this one.
 * out    `dit`: the words of the link, which say the order; after the last one, the most urgent; null when it is alone
 */
export function nextByUrgency(
	quartiers: readonly Named[],
	code: string
): { readonly code: string; readonly dit: string } | null {
	return nextOf([...quartiers].sort(byUrgency), code, ['Suivant par urgence', 'Le plus urgent']);
}

/** The same for who comes from the matrix: in the order of its columns. */
export const nextInMatrix = (quartiers: readonly Named[], code: string) =>
	nextOf(quartiers, code, ['Suivant dans la matrice', 'Premier de la matrice']);

function nextOf(quartiers: readonly Named[], code: string, [then, first]: readonly [string, string]) {
	const all = quartiers.map((s) => s.quartier);
	const at = all.findIndex((q) => q.code === code);
	const next = all[at + 1] ?? all[0];
	if (at < 0 || !next || next.code === code) return null;
	return { code: next.code, dit: `${at + 1 < all.length ? then : first} : ${next.nom}` };
}
