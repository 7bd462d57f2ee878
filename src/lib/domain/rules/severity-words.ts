import { count, number } from '../french';
import type { Gap } from './gaps';
import { SeverityLevel } from './referentiel';

/* How grave some findings are, quartier by quartier: a page that adds quartiers up never keeps the worst for all. */

type Graded = Pick<Gap, 'gravite' | 'quartier'>;

/**
 * After « une lacune »: « haute dans 2 quartiers, moyenne dans 1 ».
 * out    each quartier once, under its worst; a finding of no quartier says its severity alone
 */
export function severityWords(gaps: readonly Graded[]): string {
	const worst = new Map<string | null, SeverityLevel>();
	for (const { quartier, gravite } of gaps) {
		const before = worst.get(quartier);
		if (before === undefined || rank(gravite) < rank(before)) worst.set(quartier, gravite);
	}
	const placed = [...worst].filter(([quartier]) => quartier !== null).map(([, gravite]) => gravite);
	if (placed.length === 0) return [...worst.values()].map((level) => WORDS[level])[0] ?? '';
	const levels = SeverityLevel.options
		.map((level) => ({ level, n: placed.filter((g) => g === level).length }))
		.filter(({ n }) => n > 0);
	return levels.map(({ level, n }, i) => `${WORDS[level]} dans ${i > 0 ? number(n) : count(n, 'quartier')}`).join(', ');
}

const WORDS: Readonly<Record<SeverityLevel, string>> = {
	critique: 'critique',
	haute: 'haute',
	moyenne: 'moyenne',
	information: 'pour information',
	opportunite: 'd’opportunité'
};

const rank = (level: SeverityLevel): number => SeverityLevel.options.indexOf(level);
