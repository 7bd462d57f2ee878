import { plain } from '../text';
import type { MoneyLine } from './overview';

/* Before or after tax: amounts of two bases are never one total, or the total says that it mixes them. */

type Base = MoneyLine['base'];
type Amount = Pick<MoneyLine, 'base' | 'demande' | 'envisage' | 'obtenu'>;

const ORDER: readonly Base[] = ['HT', 'TTC', null];

/** Bases of the lines that state an amount. */
export const basesOf = (lines: readonly Amount[]): readonly Base[] =>
	ORDER.filter((base) => lines.some((l) => l.base === base && (askedOrPlanned(l) ?? l.obtenu) !== null));

/** « Demandé ou prévu »: what is asked for, and what is only planned, where both are one figure. */
export const askedOrPlanned = ({ demande, envisage }: Pick<MoneyLine, 'demande' | 'envisage'>): number | null =>
	demande === null ? envisage : (Math.round(demande * 100) + Math.round((envisage ?? 0) * 100)) / 100;

/** « HT et TTC mêlés »; null: all amounts are of one base, or none says its own. */
export function mixedWords(lines: readonly Amount[]): string | null {
	const bases = basesOf(lines);
	if (bases.length < 2) return null;
	return bases.includes('HT') && bases.includes('TTC') ? 'HT et TTC mêlés' : 'HT ou TTC non précisé pour une part';
}

/** What adds up to the money asked and obtained: neither loans nor what the porteur brings. */
export const aidsOf = <L extends Pick<MoneyLine, 'sorte'>>(lines: readonly L[]): L[] =>
	lines.filter((l) => l.sorte === 'aide');

/** Aids first; the rest keeps its order. */
export const byKind = <L extends Pick<MoneyLine, 'sorte'>>(lines: readonly L[]): L[] =>
	[...lines].sort((a, b) => Number(a.sorte !== 'aide') - Number(b.sorte !== 'aide'));

const KINDS = { pret: 'prêt', autofinancement: 'autofinancement', valorisation: 'valorisation' } as const;

/** « Banque des Territoires, prêt »; not said again where the words of the file already do. */
export function moneyName({ libelle, sorte }: Pick<MoneyLine, 'libelle' | 'sorte'>): string {
	if (sorte === 'aide') return libelle;
	const kind = KINDS[sorte];
	return plain(libelle).includes(plain(kind)) ? libelle : `${libelle}, ${kind}`;
}
