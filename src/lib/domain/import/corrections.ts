import type { ActionDraft, Champ } from '../action';
import { contentOf, type Anomalie } from './anomalies';
import { cellText } from './cell';
import type { Correction } from './choices';
import type { IssueCode } from '../issue';
import type { SourceCell } from './sheet';

/* Cells corrected on the screen: how they add up, what is offered for each, what an action keeps of them. */

type Cell = Pick<Correction, 'feuille' | 'ligne' | 'colonne'>;

export const cellKey = ({ feuille, ligne, colonne }: Cell): string => JSON.stringify([feuille, ligne, colonne]);

/** The cell a key names; null for anything else. */
export function cellOfKey(key: string): Cell | null {
	try {
		const [feuille, ligne, colonne] = JSON.parse(key) as unknown[];
		const known = typeof feuille === 'string' && Number.isInteger(ligne) && Number.isInteger(colonne);
		return known ? { feuille: feuille as string, ligne: ligne as number, colonne: colonne as number } : null;
	} catch {
		return null;
	}
}

/**
 * Corrections with new ones over them.
 * out    one per cell; a cell corrected twice keeps what the file says, one set back to it is corrected no more
 */
export function mergeCorrections(known: readonly Correction[], added: readonly Correction[]): Correction[] {
	const cells = new Map(known.map((c) => [cellKey(c), c]));
	for (const correction of added) {
		const before = cells.get(cellKey(correction));
		const avant = before ? (before.avant ?? null) : (correction.avant ?? null);
		if (cellText(correction.valeur) === cellText(avant)) cells.delete(cellKey(correction));
		else cells.set(cellKey(correction), { ...correction, avant });
	}
	return [...cells.values()];
}

export const withoutCells = (known: readonly Correction[], keys: ReadonlySet<string>): Correction[] =>
	known.filter((c) => !keys.has(cellKey(c)));

/**
 * Says in the origin of actions what was corrected in their rows.
 * in     all corrections of an import, sorted by row once
 * out    a function of an action and, when its row was put together from cells of the file, those cells
 */
export function correctedOrigin(
	corrections: readonly Correction[]
): (draft: ActionDraft, cells?: readonly SourceCell[]) => ActionDraft {
	const rowOf = (feuille: string | null, ligne: number | null): string => `${ligne}|${feuille}`;
	const byRow = new Map<string, Correction[]>();
	for (const c of corrections) {
		const known = byRow.get(rowOf(c.feuille, c.ligne));
		if (known) known.push(c);
		else byRow.set(rowOf(c.feuille, c.ligne), [c]);
	}
	return (draft, cells) => {
		if (byRow.size === 0) return draft;
		const { feuille, ligne, autresLignes = [] } = draft.origine;
		const inCells = (cells ?? []).flatMap((cell) =>
			(byRow.get(rowOf(cell.feuille, cell.ligne)) ?? []).filter((c) => c.colonne === cell.colonne)
		);
		const inRows = [ligne, ...autresLignes].flatMap((row) => byRow.get(rowOf(feuille, row)) ?? []);
		const own = cells ? [...new Set(inCells)] : inRows;
		if (own.length === 0) return draft;
		const told = own.map(({ colonne, avant, valeur, par, le, ...cell }) => ({
			colonne,
			...(cells || autresLignes.length > 0 ? { ligne: cell.ligne } : {}),
			avant: avant ?? null,
			valeur,
			...(par ? { par } : {}),
			...(le ? { le } : {})
		}));
		return { ...draft, origine: { ...draft.origine, corrections: told } };
	};
}

/** Lists of values a cell may be chosen from. */
export type ClosedList = 'statut' | 'quartier' | 'echelle';

export function closedListOf(code: IssueCode, champ: Champ | null): ClosedList | null {
	if (code === 'statut-inconnu' || code === 'statut-interprete') return 'statut';
	if (code === 'quartier-inconnu' || code === 'quartier-ambigu' || code === 'code-2015') return 'quartier';
	return champ === 'echelle' ? 'echelle' : null;
}

/** The whole cell once a choice takes the place of what was found wrong: « Les Pins, Moulin » stays a list. */
export function cellWith(anomaly: Anomalie, choice: string): string {
	const content = contentOf(anomaly);
	const { trouve } = anomaly;
	return content !== null && trouve !== null && content !== trouve && content.includes(trouve)
		? content.replace(trouve, () => choice)
		: choice;
}

/** An anomaly that typing in its cell can settle: it has one, and is not about the header. */
export const isCorrectable = (anomaly: Anomalie): boolean =>
	anomaly.feuille !== null &&
	anomaly.ligne !== null &&
	anomaly.colonneIndex !== null &&
	!['colonne-inconnue', 'colonne-ambigue'].includes(anomaly.code) &&
	!anomaly.lignes &&
	anomaly.trouve !== anomaly.colonne;
