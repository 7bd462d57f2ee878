import type { Action, FinancingLine } from '../action';
import { sumAmounts, type Budget } from '../crossing/budget';
import type { PlacedAction } from '../crossing/place';
import type { Money } from '../money';
import type { Referentiel } from '../rules/referentiel';
import { plain } from '../text';
import type { EnteredLine, PlanNature } from './entered';

/* The financing plan of one action: what its file says, what people add; one is never written over the other. */

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
	readonly montant: Money | null;
	/** What was asked, when it was granted since. Euros. */
	readonly demande: number | null;
	readonly date: string | null;
	/** null: nobody knows whether this money is public. */
	readonly publique: boolean | null;
	/** A line of the file that a person made more precise stays and no longer counts: key of the line that does. */
	readonly preciseePar: string | null;
	readonly origine: LineOrigin;
}

export interface PlanCost {
	readonly montant: Money;
	readonly origine: LineOrigin;
}

/** What brings money in for sure, or is brought by the porteur; a request brings nothing yet. */
export const ACQUIS: readonly PlanLine['nature'][] = ['obtenu', 'pret', 'valorisation', 'autofinancement'];

export type Rest =
	| { readonly genre: 'connu'; readonly euros: number; readonly base: Money['base']; readonly siAccorde: number }
	| {
			readonly genre: 'inconnu';
			readonly raisons: readonly ('cout' | 'bases' | 'montants' | 'intervalle')[];
			/** Left to finance if the amounts whose basis is not written share that of the cost; null: it would not tell. Euros. */
			readonly siMemeBase: number | null;
	  };

export interface FinancingPlan {
	readonly cout: PlanCost | null;
	/** Every line, those that no longer count included. */
	readonly lignes: readonly PlanLine[];
	/** Lines that count, by nature; HT, TTC and unknown never mixed. */
	readonly parNature: Readonly<Record<PlanLine['nature'], Budget>>;
	readonly acquis: Budget;
	readonly sollicite: Budget;
	/** Left to finance; negative when more is acquired than it costs. */
	readonly reste: Rest;
	readonly alertes: readonly ('surfinancement' | 'surfinancement-si-accorde')[];
}

const NATURES: readonly PlanLine['nature'][] = [
	'obtenu',
	'sollicite',
	'envisage',
	'pret',
	'valorisation',
	'autofinancement',
	'refuse'
];

/**
 * The plan of one action.
 * out    totals by basis, what is left when cost and lines share one basis; otherwise why it cannot be said
 * empty  no line and no cost: totals null, the rest unknown
 * never  adds HT to TTC, nor takes a blank amount for 0
 */
export function financingPlan(placed: PlacedAction, ref: Pick<Referentiel, 'planDeFinancement'>): FinancingPlan {
	const lignes = linesOf(placed, ref);
	const counted = lignes.filter((l) => l.preciseePar === null);
	const sum = (natures: readonly PlanLine['nature'][]): Budget =>
		sumAmounts(counted.filter((l) => natures.includes(l.nature)).map((l) => l.montant));
	const cout = costOf(placed);
	const reste = restOf(cout, counted);
	return {
		cout,
		lignes,
		parNature: Object.fromEntries(NATURES.map((n) => [n, sum([n])])) as FinancingPlan['parNature'],
		acquis: sum(ACQUIS),
		sollicite: sum(['sollicite']),
		reste,
		alertes:
			reste.genre === 'inconnu'
				? []
				: reste.euros < 0
					? ['surfinancement']
					: reste.siAccorde < 0
						? ['surfinancement-si-accorde']
						: []
	};
}

/** What a plan already holds of a measure, or of its whole family: granted (lent counts), else asked for, else refused. */
export type Held = 'obtenu' | 'sollicite' | 'refuse';

/** null: nothing of it. `dispositif`: the family of the measure. A line that names another measure of the family says nothing. */
export function heldOf({ lignes }: Pick<FinancingPlan, 'lignes'>, mesure: string, dispositif: string): Held | null {
	const own = lignes.filter((l) => l.preciseePar === null && (l.dispositif === mesure || l.dispositif === dispositif));
	if (own.some((l) => l.nature === 'obtenu' || l.nature === 'pret')) return 'obtenu';
	return (['sollicite', 'refuse'] as const).find((nature) => own.some((l) => l.nature === nature)) ?? null;
}

/** Whether anything is known of how the action is paid. */
export const hasPlan = ({ lignes }: FinancingPlan): boolean => lignes.length > 0;

const cents = (euros: number): number => Math.round(euros * 100);

function restOf(cout: PlanCost | null, counted: readonly PlanLine[]): Rest {
	const brought = counted.filter((l) => ACQUIS.includes(l.nature));
	const asked = counted.filter((l) => l.nature === 'sollicite');
	const base = cout?.montant.base;
	const raisons = [
		...(cout ? [] : (['cout'] as const)),
		...(cout?.montant.max ? (['intervalle'] as const) : []),
		...(cout && brought.some((l) => l.montant && l.montant.base !== base) ? (['bases'] as const) : []),
		...(brought.some((l) => l.montant === null) ? (['montants'] as const) : [])
	];
	const total = (lines: readonly PlanLine[]): number => lines.reduce((s, l) => s + cents(l.montant?.euros ?? 0), 0);
	const left = cout ? cents(cout.montant.euros) - total(brought) : 0;
	if (!cout || raisons.length > 0) {
		const unsaid = [base, ...brought.map((l) => l.montant?.base)].filter((b) => b !== 'inconnu');
		const guess = raisons.every((r) => r === 'bases') && new Set(unsaid).size <= 1;
		return { genre: 'inconnu', raisons, siMemeBase: guess && left >= 0 ? left / 100 : null };
	}
	const same = asked.filter((l) => l.montant?.base === base);
	return { genre: 'connu', euros: left / 100, base: cout.montant.base, siAccorde: (left - total(same)) / 100 };
}

/** A cost a person gave speaks over the file. */
function costOf({ action, saisies }: PlacedAction): PlanCost | null {
	const typed = saisies?.faits.find((f) => f.fait === 'cout' && typeof f.valeur === 'number');
	if (typed) {
		const { id, source, par, le } = typed;
		return {
			montant: { euros: typed.valeur as number, base: 'HT', max: null },
			origine: { genre: 'personne', id, source, par, le }
		};
	}
	return action.budget && { montant: action.budget, origine: cellOf(action) };
}

export const cellOf = ({ origine: { fichier, feuille, ligne } }: Action): LineOrigin => ({
	genre: 'fichier',
	fichier,
	feuille,
	ligne
});

function linesOf(placed: PlacedAction, ref: Pick<Referentiel, 'planDeFinancement'>): PlanLine[] {
	const typed = placed.saisies?.lignes ?? [];
	const precise = new Map(typed.flatMap((l) => (l.precise ? [[l.precise, l.ligne] as const] : [])));
	const publiques = ref.planDeFinancement.publiques;
	const twice = new Map<string, number>();
	const read = placed.action.financements.map((line) => {
		const name = `${plain(line.libelle)}|${line.genre}`;
		const rank = twice.get(name) ?? 0;
		twice.set(name, rank + 1);
		// By its words rather than its rank: another version of the file keeps the key.
		return readLine(line, `fichier:${name}${rank ? `|${rank + 1}` : ''}`, placed.action, publiques);
	});
	return [
		...read.map((line) => ({ ...line, preciseePar: precise.get(line.cle) ?? null })),
		...typed.map((line) => typedLine(line, publiques))
	];
}

type Publiques = Referentiel['planDeFinancement']['publiques'];

function readLine(line: FinancingLine, cle: string, action: Action, publiques: Publiques): PlanLine {
	const nature = natureOf(line);
	const euros = nature === 'obtenu' ? line.obtenu : (line.demande ?? line.obtenu);
	return {
		cle,
		financeur: line.libelle,
		dispositif: line.dispositif,
		nature,
		montant: euros === null ? null : { euros, base: line.base ?? 'inconnu', max: null },
		demande: nature === 'obtenu' ? line.demande : null,
		date: null,
		publique: line.genre === 'autofinancement' ? null : publicMoney(line.dispositif, publiques),
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

function typedLine(line: EnteredLine, publiques: Publiques): PlanLine {
	const { ligne: cle, financeur, dispositif, nature, euros, base, date, id, source, par, le } = line;
	return {
		cle,
		financeur,
		dispositif,
		nature,
		montant: euros === null ? null : { euros, base, max: null },
		demande: null,
		date,
		publique: line.publique ?? publicMoney(dispositif, publiques),
		preciseePar: null,
		origine: { genre: 'personne', id, source, par, le }
	};
}

/** A measure speaks over its family. */
const publicMoney = (dispositif: string | null, publiques: Publiques): boolean | null =>
	dispositif === null ? null : (publiques[dispositif] ?? publiques[dispositif.split('.')[0]!] ?? null);
