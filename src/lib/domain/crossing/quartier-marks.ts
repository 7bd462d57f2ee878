import { INSECABLE } from '../french';
import { measured } from '../measured';
import type { IndicatorReading } from '../indicator';

/* What sets a quartier apart from the others of its territory: the indicators where it is among the worst placed. */

export interface QuartierMark {
	/** 1: the worst placed of all. */
	readonly rang: number;
	/** « taux d’emploi de 36,8 %, le plus bas des 15 quartiers » */
	readonly dit: string;
}

/** Fewer quartiers, and being the worst says little. */
const ENOUGH = 3;
/** Beyond that share of the quartiers, one is no longer among the worst. */
const WORST = 0.2;

/**
 * Enjeu → what the figures say of this quartier beside the others, the most telling indicator first.
 * in     readings of every quartier of the territory, by code; imported values only
 * empty  too few quartiers have the value, it is the same everywhere, or this one is not among the worst
 * never  compares counts, nor indicators that have no bad side
 */
export function quartierMarks(
	indicateurs: ReadonlyMap<string, readonly IndicatorReading[]>,
	code: string
): ReadonlyMap<string, QuartierMark> {
	const marks = new Map<string, QuartierMark>();
	(indicateurs.get(code) ?? []).forEach(({ def, valeur }, i) => {
		if (valeur === null || def.defavorable_si === null || def.cumul === 'somme') return;
		const all = [...indicateurs.values()].flatMap((readings) => readings[i]?.valeur ?? []);
		// Those that are no better placed, itself included: two that tie are both among the two worst.
		const rang = all.filter((v) => (def.defavorable_si === 'haut' ? v >= valeur : v <= valeur)).length;
		if (all.length < ENOUGH || all.every((v) => v === valeur) || rang > Math.ceil(all.length * WORST)) return;
		// Those whose value nobody published are not among them.
		const among = `des ${all.length} quartiers${all.length < indicateurs.size ? ' chiffrés' : ''}`;
		const side = def.defavorable_si === 'haut' ? 'élevés' : 'bas';
		const place =
			rang === 1
				? `le plus ${def.defavorable_si === 'haut' ? 'élevé' : 'bas'} ${among}`
				: `parmi les ${rang} plus ${side} ${among}`;
		const dit = `${def.libelle.charAt(0).toLocaleLowerCase('fr')}${def.libelle.slice(1)}${INSECABLE}: ${measured(valeur, def.unite, def.decimales)}, ${place}`;
		for (const enjeu of def.enjeux) if (rang < (marks.get(enjeu)?.rang ?? Infinity)) marks.set(enjeu, { rang, dit });
	});
	return marks;
}
