import type { Action } from '../domain/action';
import { aimsInOrder } from '../domain/crossing/aim-order';
import { aimedAt } from '../domain/crossing/aim-trial';
import type { Aim } from '../domain/crossing/aims';
import { isActive, bestReach } from '../domain/crossing/coverage';
import { crossTerritory } from '../domain/crossing/territory-view';
import { compareCrossed, gapsToInvent, supposed, type Unanswered, type WhatIf } from '../domain/crossing/what-if';
import type { PlacedAction } from '../domain/crossing/place';
import { firstMeasures, openMeasures, type OpenMeasure } from '../domain/funding/open-measures';
import { assessAll, assessEach } from '../domain/rules/eligibility';
import type { Referentiel } from '../domain/rules/referentiel';
import { blankDraft } from './actions/action-document';
import type { Db } from './db/client';
import { territoryGrants } from './ledger/read-ledger';
import { crossedTerritory, lexiconOf, recordsOf } from './read-territory';

/** What a person types of an action nobody has written yet. */
export interface Invented {
	readonly titre: string;
	readonly enjeux: readonly string[];
	readonly nature: string;
}

export interface Tried {
	/** Actions that could aim at the quartier: active, and not aiming at it yet. */
	readonly candidates: readonly PlacedAction[];
	/** Those that would close one of its gaps, best first. */
	readonly fleches: readonly Aim[];
	/** The others that would close one: they name the quartier, or are its contract's. */
	readonly deja: readonly Aim[];
	/** Gaps of the quartier that no action already written would close: see `gapsToInvent`. */
	readonly sansAction: readonly Unanswered[];
	readonly ciblees: readonly string[];
	/** null when nothing is supposed. */
	readonly effet: WhatIf | null;
	/** What each action ticked could ask for once it aims at the quartier: the measures every page names first. */
	readonly demandes: readonly {
		readonly action: PlacedAction;
		readonly premieres: readonly OpenMeasure[];
		/** The best of each of its streams that can be asked for as it stands, those named first included. */
		readonly prets: readonly OpenMeasure[];
	}[];
}

/**
 * Crosses the territory as it would be if some actions aimed at a quartier, or if one more did.
 * out    null when the quartier is not of this territory; an unknown action id is left out
 * never  writes anything
 */
export async function tryOut(
	db: Db,
	ref: Referentiel,
	where: { readonly territoire: string; readonly quartier: string },
	asked: { readonly ciblees: readonly string[]; readonly inventee: Invented | null },
	asOf: string
): Promise<Tried | null> {
	const before = await crossedTerritory(db, ref, where.territoire, asOf);
	const records = await recordsOf(db, where.territoire);
	if (!before || !records || !records.quartiers.some((q) => q.code === where.quartier)) return null;
	const candidates = before.placed.filter((p) => isActive(p) && bestReach(p, [where.quartier]) !== 'cible');
	const aims = aimsInOrder(before, where.quartier);
	const { proposees: fleches, autres: deja } = aims;
	const closed = new Set([...fleches, ...deja].flatMap((aim) => aim.lacunes.map((gap) => gap.id)));
	const sansAction = gapsToInvent(before, where.quartier, closed);
	const known = new Set(candidates.map((p) => p.action.id));
	const ciblees = asked.ciblees.filter((id) => known.has(id));
	const inventee = asked.inventee && invent(asked.inventee, records.documents[0]);
	if (ciblees.length === 0 && !inventee)
		return { candidates, fleches, deja, sansAction, ciblees, effet: null, demandes: [] };
	const as = supposed(records, { quartier: where.quartier, ciblees, inventee }, asOf);
	const granted = await territoryGrants(db, ref, records.territory);
	const assess = (placed: readonly PlacedAction[]) => assessEach(placed, null, ref, asOf);
	const after = crossTerritory({ ...as, ...granted }, ref, lexiconOf(ref), asOf, assess);
	const demandes = candidates
		.filter((p) => ciblees.includes(p.action.id))
		.map((p) => {
			const verdicts = assessAll([aimedAt(p, where.quartier)], where.quartier, ref, asOf);
			const open = openMeasures(p, verdicts, ref, asOf);
			const prets = firstMeasures(open, Infinity).filter((m) => m.verdict === 'a-instruire');
			return { action: p, premieres: firstMeasures(open), prets };
		});
	return {
		candidates,
		fleches,
		deja,
		sansAction,
		ciblees,
		effet: compareCrossed(before, after, where.quartier, ref),
		demandes
	};
}

function invent(
	{ titre, enjeux, nature }: Invented,
	document: { readonly id: number; readonly plan: Action['plan'] } | undefined
) {
	if (!document) return null;
	const draft = blankDraft(titre, 'supposition');
	const action: Action = { ...draft, id: 'supposee', document: document.id, plan: document.plan, disparue: false };
	return { action, enjeux, nature };
}
