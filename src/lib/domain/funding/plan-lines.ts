import type { Action, FinancingLine } from '../action';
import type { PlacedAction } from '../crossing/place';
import type { Money } from '../money';
import { plain } from '../text';
import type { EnteredLine, PlanNature } from './entered';
import { isOwnShare } from './own-share';
import { isPublicMoney, NO_WORDS, type PublicMoney } from './public-money';

/* The lines of the financing plan of one action, and its cost: what its file says, what people add beside it. */

/** Where a line can be read again. */
export type LineOrigin =
	| {
			readonly genre: 'fichier';
			readonly fichier: string;
			readonly feuille: string | null;
			readonly ligne: number | null;
	  }
	| ({ readonly genre: 'personne' } & Pick<EnteredLine, 'id' | 'source' | 'par' | 'le'>);

export interface PlanLine {
	readonly cle: string;
	readonly financeur: string;
	readonly dispositif: string | null;
	readonly nature: PlanNature | 'refuse';
	/** A loan that its file only plans, or only asked for; null: granted, or no loan. */
	readonly attend: 'envisage' | 'sollicite' | null;
	readonly montant: Money | null;
	/** What was asked, when it was granted since. Euros. */
	readonly demande: number | null;
	readonly date: string | null;
	/** null: nobody knows whether this money is public. */
	readonly publique: boolean | null;
	/** Its funder is the body that carries the action: what it brings itself is no aid, whatever its line calls it. */
	readonly propre: boolean;
	/** A line of the file that a person made more precise stays and no longer counts: key of the line that does. */
	readonly preciseePar: string | null;
	readonly origine: LineOrigin;
}

export interface PlanCost {
	readonly montant: Money;
	/** The file says no investment, or none to pay: it is what the action costs to run. */
	readonly fonctionnement: boolean;
	readonly origine: LineOrigin;
}

/** What brings money in for sure, or is brought by the porteur; a request brings nothing yet. */
const ACQUIS: readonly PlanLine['nature'][] = ['obtenu', 'pret', 'valorisation', 'autofinancement'];
export const isAcquired = ({ nature, attend }: PlanLine): boolean => ACQUIS.includes(nature) && attend === null;

/** Asked for, or only planned: a loan as much as an aid. */
export const isAwaited = (line: PlanLine, etat: 'envisage' | 'sollicite'): boolean =>
	line.nature === etat || line.attend === etat;

/**
 * What an action costs.
 * out    what a person gave speaks over the file; what it costs to run is the cost of an action known to be no investment, or
 *        whose investment is written 0. null: not stated
 * never  takes what an investment costs to run, or what may be one, for what it costs
 */
export function costOf(placed: PlacedAction): PlanCost | null {
	const { action, saisies } = placed;
	const typed = saisies?.faits.find((f) => f.fait === 'cout' && typeof f.valeur === 'number');
	if (typed) {
		const { id, source, par, le } = typed;
		return {
			montant: { euros: typed.valeur as number, base: 'HT', max: null },
			fonctionnement: false,
			origine: { genre: 'personne', id, source, par, le }
		};
	}
	const origine = cellOf(action);
	if (costsToRun(placed)) return { montant: action.fonctionnement!, fonctionnement: true, origine };
	return action.budget && { montant: action.budget, fonctionnement: false, origine };
}

function costsToRun({ action: { budget, fonctionnement }, nature }: PlacedAction): boolean {
	if (!fonctionnement) return false;
	if (budget !== null) return budget.euros === 0 && budget.max === null && fonctionnement.euros > 0;
	return nature !== null && nature.code !== 'N1';
}

/** What an action costs to run each year, beside its cost; null when the file does not say it, or when it is its cost. */
export const runningOf = (placed: PlacedAction): Money | null =>
	costOf(placed)?.fonctionnement ? null : placed.action.fonctionnement;

export const cellOf = ({ origine: { fichier, feuille, ligne } }: Action): LineOrigin => ({
	genre: 'fichier',
	fichier,
	feuille,
	ligne
});

/** Does anyone say a line of it, in the file or beside it? */
export const hasLines = ({ action, saisies }: PlacedAction): boolean =>
	action.financements.length > 0 || (saisies?.lignes.length ?? 0) > 0;

/** Every line, those that no longer count included. */
export function linesOf(placed: PlacedAction, rules: PublicMoney = NO_WORDS): PlanLine[] {
	const typed = placed.saisies?.lignes ?? [];
	const precise = new Map(typed.flatMap((l) => (l.precise ? [[l.precise, l.ligne] as const] : [])));
	const twice = new Map<string, number>();
	const read = placed.action.financements.map((line) => {
		const name = `${plain(line.libelle)}|${line.genre}`;
		const rank = twice.get(name) ?? 0;
		twice.set(name, rank + 1);
		// By its words rather than its rank: another version of the file keeps the key.
		return readLine(line, `fichier:${name}${rank ? `|${rank + 1}` : ''}`, placed.action, rules);
	});
	return [
		...read.map((line) => ({ ...line, preciseePar: precise.get(line.cle) ?? null })),
		...typed.map((line) => typedLine(line, placed.action, rules))
	];
}

function readLine(line: FinancingLine, cle: string, action: Action, rules: PublicMoney): PlanLine {
	const propre = isOwnShare(line, action);
	const nature = propre && line.etat !== 'refuse' ? 'autofinancement' : natureOf(line);
	// Granted, a line counts for what was granted; without that amount it is blank.
	const euros = nature === 'obtenu' ? line.obtenu : nature === 'refuse' ? line.demande : (line.obtenu ?? line.demande);
	return {
		cle,
		financeur: line.libelle,
		dispositif: line.dispositif,
		nature,
		attend: nature === 'pret' ? awaited(line) : null,
		montant: euros === null ? null : { euros, base: line.base ?? 'inconnu', max: null },
		demande: nature === 'obtenu' ? line.demande : null,
		date: null,
		publique: nature === 'autofinancement' ? null : isPublicMoney(line.dispositif, line.libelle, rules),
		propre,
		preciseePar: null,
		origine: cellOf(action)
	};
}

function natureOf({ genre, etat, obtenu }: FinancingLine): PlanLine['nature'] {
	if (etat === 'refuse') return 'refuse';
	if (genre !== 'subvention') return genre;
	if (etat === 'obtenu' || obtenu !== null) return 'obtenu';
	return etat === 'envisage' ? 'envisage' : 'sollicite';
}

const awaited = ({ etat, obtenu }: FinancingLine): PlanLine['attend'] =>
	etat === 'obtenu' || obtenu !== null ? null : etat === 'envisage' ? 'envisage' : 'sollicite';

function typedLine(line: EnteredLine, action: Action, rules: PublicMoney): PlanLine {
	const { ligne: cle, financeur, dispositif, nature, euros, base, date, id, source, par, le } = line;
	return {
		cle,
		financeur,
		dispositif,
		nature,
		attend: null,
		montant: euros === null ? null : { euros, base, max: null },
		demande: null,
		date,
		publique: line.publique ?? isPublicMoney(dispositif, financeur, rules),
		propre: isOwnShare({ libelle: financeur, genre: 'subvention' }, action),
		preciseePar: null,
		origine: { genre: 'personne', id, source, par, le }
	};
}
