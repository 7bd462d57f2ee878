import type { Decision } from '../action';
import { isActive } from '../crossing/coverage';
import type { TerritoryView } from '../crossing/overview';
import type { PlacedAction } from '../crossing/place';
import type { SignatureState } from '../crossing/signature-words';
import { suggestionsOf, type Suggestion } from '../crossing/suggestions';
import type { Crossed } from '../crossing/territory-view';
import { quoted } from '../french';
import { groupGaps, type GapGroup } from '../rules/gap-groups';
import { pairDecisions } from '../rules/overlap-decisions';
import type { Overlap } from '../rules/overlaps';
import { enjeuNames } from './page-model';
import { byEffect, effectsIn } from './inbox-effect';
import type { DueDay, InboxCounts } from './inbox-words';
import type { PlaceQuestion } from './place-questions';
import { territoryQuestions } from './territory-questions';

/* What waits for a person in a territory, in five queues: each has a page of its own, and counts as that page does. */

/** A crossing of a quartier that lacks a signature, or whose facts changed under it. */
export interface Unsigned {
	readonly quartier: string;
	readonly croise: string;
	readonly etat: Exclude<SignatureState, 'signee'>;
}

export interface Waiting {
	readonly rattacher: readonly PlaceQuestion[];
	/** Those a case of the matrix rests on first. */
	readonly confirmer: readonly Suggestion[];
	/** Of these, those that no expected crossing counts. */
	readonly sansEffet: number;
	/** Requests for data, grouped by what there is to do; at least one of each group is open. */
	readonly completer: readonly GapGroup[];
	/** Pairs nobody settled, or whose actions changed since. */
	readonly arbitrer: readonly Overlap[];
	/** To look at again first, then half signed, then what is assessed and not signed, then the rest. */
	readonly signer: readonly Unsigned[];
}

/** in     decisions in force; everything else is read from what the crossing holds */
export function waitingOf({ view, placed, recoupements, ref }: Crossed, decisions: readonly Decision[]): Waiting {
	// Without a plan there is nothing to decide on: a signature would be of nothing.
	if (view.documents.length === 0)
		return { rattacher: [], confirmer: [], sansEffet: 0, completer: [], arbitrer: [], signer: [] };
	const names = new Map(view.quartiers.map((q): [string, string] => [q.quartier.code, q.quartier.nom]));
	const asked = view.gaps.filter((g) => g.reponse === 'donnee-manquante' && !g.ecartee);
	const said = pairDecisions(decisions, new Map(placed.map((p) => [p.action.id, p])));
	const proposed = suggestionsOf(placed, ref.lexique.confiance);
	const effectOf = effectsIn(view, ref);
	return {
		rattacher: territoryQuestions(view, ref),
		confirmer: byEffect(proposed, effectOf),
		sansEffet: proposed.filter((s) => effectOf(s).cases === 0).length,
		completer: groupGaps(asked, { quartiers: names, enjeux: enjeuNames(ref) }, (id) => id),
		arbitrer: recoupements.filter(({ id }) => said.get(id)?.aRevoir ?? true),
		signer: unsignedOf(view)
	};
}

export const countsOf = (waiting: Waiting): InboxCounts => ({
	rattacher: waiting.rattacher.length,
	confirmer: waiting.confirmer.length,
	sansEffet: waiting.sansEffet,
	completer: waiting.completer.length,
	arbitrer: waiting.arbitrer.length,
	signer: waiting.signer.length
});

function unsignedOf({ croises, quartiers, signatures }: TerritoryView): Unsigned[] {
	const states = new Map(signatures.map((s) => [`${s.quartier} ${s.croise}`, s.etat]));
	const lines = croises.rows.keys.flatMap(({ code }, i) =>
		quartiers.flatMap(({ quartier }, j) => {
			const etat = states.get(`${quartier.code} ${code}`) ?? 'non-signee';
			if (etat === 'signee') return [];
			const assessed = croises.cells[i]?.[j]?.coverage !== 'saisie-incomplete';
			const rank = etat === 'a-revoir' ? 0 : etat === 'a-moitie' ? 1 : assessed ? 2 : 3;
			return [{ rank, line: { quartier: quartier.code as string, croise: code, etat } }];
		})
	);
	return lines.sort((a, b) => a.rank - b.rank).map(({ line }) => line);
}

/** The next day something comes: a gap put off, an action that starts or ends. The nearest, then the first of the plans. */
export function nextDue(
	view: Pick<TerritoryView, 'gaps' | 'asOf'> & { readonly actions: readonly PlacedAction[] }
): DueDay | null {
	const days: DueDay[] = [
		...view.gaps.flatMap(({ ecartee, regle }) =>
			ecartee?.jusque ? [{ jour: ecartee.jusque, quoi: `retour de la lacune ${regle}` }] : []
		),
		...view.actions
			.filter(isActive)
			.flatMap(({ action: { dates, titre } }) => [
				...(dates?.debut ? [{ jour: dates.debut, quoi: `début de ${quoted(titre)}` }] : []),
				...(dates?.fin ? [{ jour: dates.fin, quoi: `fin de ${quoted(titre)}` }] : [])
			])
	];
	return days.reduce<DueDay | null>(
		(next, day) => (day.jour >= view.asOf && (!next || day.jour < next.jour) ? day : next),
		null
	);
}
