import type { Action, Decision } from '../action';
import { isActive, reaches } from './coverage';
import { shareAmong } from '../places/share-told';
import { isNamed, type PartQpv, type PlacedAction, type Reach } from './place';

/* Which share of an operation falls inside a quartier, and what that says of its money. A blank is unknown, never 0. */

/**
 * Adds to each reach the share of the operation inside the quartier, when something says it.
 * in     decisions about this action, oldest first
 * out    a typed share beats the file's, which beats the one measured on the drawn place
 */
export function withParts(action: Action, reach: readonly Reach[], decisions: readonly Decision[]): readonly Reach[] {
	const declared = toldPart(action);
	if (declared === null && decisions.length === 0 && !reach.some((r) => r.part)) return reach;
	// One share for several quartiers does not say how it is split between them.
	const named = reach.filter((r) => isNamed(r.niveau));
	const only = named.length === 1 ? named[0]!.quartier : null;
	return reach.map((r) => {
		// The cell of the quartier says it of that one alone (`r.partQpv`).
		const partQpv =
			decidedPart(decisions, r.quartier) ?? r.partQpv ?? (r.quartier === only ? declared : null) ?? drawnPart(r);
		return partQpv ? { ...r, partQpv } : r;
	});
}

/** What a file says of the share of an operation: its column, else a sentence (« Part en QPV\u00a0: 30 % »). */
export function toldPart({
	atteinteDeclaree,
	objectif,
	description
}: Pick<Action, 'atteinteDeclaree' | 'objectif' | 'description'>): PartQpv | null {
	if (atteinteDeclaree !== null) return declaredPart(atteinteDeclaree);
	const told = shareAmong([objectif, description]);
	return told && { valeur: told.valeur, par: 'declaration', preuve: told.preuve };
}

function decidedPart(decisions: readonly Decision[], quartier: string): PartQpv | null {
	const last = decisions.findLast((d) => d.sujet.genre === 'part' && d.quartier === quartier);
	const percent = (last?.valeur as { readonly part?: unknown } | null | undefined)?.part;
	if (!last || typeof percent !== 'number') return null;
	return { valeur: percent / 100, par: 'decision', preuve: last.motif ?? `${last.par}, ${last.le.slice(0, 10)}` };
}

/** « 35 % », « 0,35 »: a share; anything else is a level, read elsewhere. */
export function declaredPart(text: string | null): PartQpv | null {
	const percent = /(\d+(?:[.,]\d+)?)\s*%/.exec(text ?? '')?.[1];
	const plainShare = /^(?:part )?(0[.,]\d+)$/.exec(text?.trim() ?? '')?.[1];
	const value = percent ? Number(percent.replace(',', '.')) / 100 : Number(plainShare?.replace(',', '.') ?? NaN);
	return value >= 0 && value <= 1 ? { valeur: value, par: 'declaration', preuve: text! } : null;
}

const drawnPart = ({ part, preuve }: Reach): PartQpv | null =>
	part && part.action > 0 ? { valeur: Math.min(1, part.action), par: 'geometrie', preuve: preuve ?? 'tracé' } : null;

/** Money of the operations that name or aim at a quartier, in three parts that add up to what they cost. Euros. */
export interface PartBudget {
	readonly dedans: number;
	readonly dehors: number;
	/** Stated cost of the operations whose share nobody knows: it may be all inside, or not at all. */
	readonly inconnu: number;
	/** Ids of those operations. */
	readonly sansPart: readonly string[];
	readonly avecPart: readonly string[];
	/** How many of each have a stated cost: those the amounts add up. */
	readonly chiffrees: { readonly sansPart: number; readonly avecPart: number };
	/** Operations whose cost is blank: in none of the three parts. */
	readonly sansMontant: number;
	/** HT and TTC amounts are added together. */
	readonly melange: boolean;
}

/**
 * Splits the cost of the operations of a quartier.
 * in     actions of the territory; counted are those that name or aim at the quartier, and those with a known share above 0
 * out    `dedans + dehors + inconnu` is the sum of the stated costs, to the cent; the quartier receives between `dedans` and
 *        `dedans + inconnu`
 */
export function partBudget(actions: readonly PlacedAction[], quartier: string): PartBudget {
	const cents = { dedans: 0, dehors: 0, inconnu: 0 };
	const [sansPart, avecPart]: [string[], string[]] = [[], []];
	const bases = new Set<string>();
	let sansMontant = 0;
	const chiffrees = { sansPart: 0, avecPart: 0 };
	for (const placed of new Map(actions.map((a) => [a.action.id, a])).values()) {
		const reach = placed.reach.find((r) => r.quartier === quartier);
		if (!reach || !isActive(placed)) continue;
		const named = reaches(reach.niveau) && reach.niveau !== 'probable';
		if (!named && !(reach.partQpv && reach.partQpv.valeur > 0)) continue;
		const { budget, id } = placed.action;
		(reach.partQpv ? avecPart : sansPart).push(id);
		if (!budget) {
			sansMontant++;
			continue;
		}
		bases.add(budget.base);
		chiffrees[reach.partQpv ? 'avecPart' : 'sansPart']++;
		const cost = Math.round(budget.euros * 100);
		if (!reach.partQpv) cents.inconnu += cost;
		else {
			const inside = Math.round(cost * reach.partQpv.valeur);
			cents.dedans += inside;
			cents.dehors += cost - inside;
		}
	}
	return {
		dedans: cents.dedans / 100,
		dehors: cents.dehors / 100,
		inconnu: cents.inconnu / 100,
		sansPart,
		avecPart,
		chiffrees,
		sansMontant,
		melange: bases.size > 1
	};
}
