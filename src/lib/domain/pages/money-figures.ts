import type { MoneyLine } from '../crossing/overview';
import type { PartBudget } from '../crossing/part-qpv';
import type { PlacedAction } from '../crossing/place';
import { moneyKey } from '../crossing/money-key';

/* What a figure of the money of a quartier adds up, action by action: the list that it opens. */

export const MONEY_SUMS = ['demande', 'obtenu'] as const;
export type MoneySum = (typeof MONEY_SUMS)[number];
export const PART_SUMS = ['dedans', 'dehors', 'inconnu', 'total', 'avec-part', 'sans-part', 'sans-montant'] as const;
export type PartSum = (typeof PART_SUMS)[number];

/** « l0 », « l0.demande », « t.HT.obtenu », « t.tout.obtenu », « part.dedans »: a figure in an address. */
export type MoneyFigure = string;

/** What one action adds to a line of money; null: its lines state no amount. Euros. */
export interface MoneyShare {
	readonly id: string;
	/** Asked for, or only planned: the column of the page is both. */
	readonly demande: number | null;
	readonly obtenu: number | null;
}

/**
 * in     the same actions as `moneyOf`
 * out    for each of its lines, in the same order, what each action adds to it: they add up to the line, to the cent
 */
export function moneyShares(actions: readonly PlacedAction[]): MoneyShare[][] {
	const lines = new Map<string, Map<string, MoneyShare>>();
	for (const { action } of new Map(actions.map((a) => [a.action.id, a])).values())
		for (const line of action.financements) {
			const key = moneyKey(line, action);
			const own = lines.get(key) ?? new Map<string, MoneyShare>();
			const { demande, obtenu } = own.get(action.id) ?? { demande: null, obtenu: null };
			const got = line.obtenu ?? (line.etat === 'refuse' ? 0 : null);
			own.set(action.id, { id: action.id, demande: plus(demande, line.demande), obtenu: plus(obtenu, got) });
			lines.set(key, own);
		}
	return [...lines.values()].map((own) => [...own.values()]);
}

const plus = (a: number | null, b: number | null): number | null =>
	b === null ? a : (Math.round((a ?? 0) * 100) + Math.round(b * 100)) / 100;

/** What the costs of the operations are read from. */
interface Costed {
	readonly budget: { readonly euros: number } | null;
	readonly partQpv?: { readonly valeur: number } | undefined;
}

interface Money {
	readonly argent: readonly MoneyLine[];
	readonly argentParAction: readonly (readonly MoneyShare[])[];
	readonly parts: PartBudget;
	readonly actions: Readonly<Record<string, Costed>>;
}

export interface OpenedFigure {
	/** « Total obtenu, HT » */
	readonly titre: string;
	/** Dearest first; `euros` null: nothing is stated. */
	readonly lignes: readonly { readonly id: string; readonly euros: number | null; readonly dans: string | null }[];
}

/** The actions behind a figure; null when the address names none of this page. */
export function openMoney(figure: MoneyFigure, page: Money): OpenedFigure | null {
	const [genre = '', name = '', sum = ''] = figure.split('.');
	if (genre === 'part') return (PART_SUMS as readonly string[]).includes(name) ? ofPart(name as PartSum, page) : null;
	const what = ((genre === 't' ? sum : name) || null) as MoneySum | null;
	if (what !== null && !MONEY_SUMS.includes(what)) return null;
	if (genre === 't') {
		const own = page.argent.flatMap((l, i) =>
			l.sorte === 'aide' && (name === 'tout' || (l.base ?? 'sans') === name) ? [i] : []
		);
		if (what === null || own.length === 0) return null;
		return { titre: `Total ${WORDS[what]}`, lignes: own.flatMap((i) => sharesOf(page, i, what)).sort(dearest) };
	}
	const at = /^l(\d+)$/.exec(genre)?.[1];
	const line = at === undefined ? undefined : page.argent[Number(at)];
	if (!line) return null;
	const titre = what ? `${line.libelle}, ${WORDS[what]}` : line.libelle;
	return { titre, lignes: [...sharesOf(page, Number(at), what)].sort(dearest) };
}

const WORDS = { demande: 'demandé ou prévu', obtenu: 'obtenu' } as const;
const dearest = (a: { euros: number | null }, b: { euros: number | null }): number => (b.euros ?? -1) - (a.euros ?? -1);

/** Of one line: only what states the amount asked about; every action when none is. */
function sharesOf({ argent, argentParAction }: Money, i: number, what: MoneySum | null): OpenedFigure['lignes'] {
	return (argentParAction[i] ?? []).flatMap((share): OpenedFigure['lignes'] => {
		if (what === null) return [{ id: share.id, euros: share.obtenu ?? share.demande, dans: null }];
		const euros = share[what];
		return euros === null ? [] : [{ id: share.id, euros, dans: argent[i]!.libelle }];
	});
}

const PART_WORDS: Readonly<Record<PartSum, string>> = {
	dedans: 'Coût dans le quartier',
	dehors: 'Coût hors du quartier',
	inconnu: 'Coût dont la part n’est pas renseignée',
	total: 'Coût écrit dans les plans',
	'avec-part': 'Opérations dont la part est connue',
	'sans-part': 'Opérations dont la part n’est pas renseignée',
	'sans-montant': 'Opérations sans coût écrit'
};

function ofPart(sum: PartSum, { parts, actions }: Money): OpenedFigure {
	const known = sum === 'dedans' || sum === 'dehors' || sum === 'avec-part';
	const unknown = sum === 'inconnu' || sum === 'sans-part';
	const ids = known ? parts.avecPart : unknown ? parts.sansPart : [...parts.avecPart, ...parts.sansPart];
	const lignes = ids.flatMap((id): OpenedFigure['lignes'] => {
		const cost = actions[id]?.budget?.euros ?? null;
		if ((cost === null) !== (sum === 'sans-montant')) return [];
		if (cost === null) return [{ id, euros: null, dans: null }];
		const inside = Math.round(Math.round(cost * 100) * (actions[id]?.partQpv?.valeur ?? 0)) / 100;
		const euros = sum === 'dedans' ? inside : sum === 'dehors' ? (Math.round(cost * 100) - inside * 100) / 100 : cost;
		return [{ id, euros: Math.round(euros * 100) / 100, dans: null }];
	});
	return { titre: PART_WORDS[sum], lignes: [...lignes].sort(dearest) };
}
