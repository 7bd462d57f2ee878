import { bySeverity } from '../rules/gap-groups';
import type { Gap } from '../rules/gaps';
import { SeverityLevel } from '../rules/referentiel';
import { reachOn } from './nearest-actions';
import type { ActionBrief } from './page-model';
import type { Call, PlanCalls } from './who-to-call';
import { NIVEAUX } from '../crossing/place';

/** Somebody named in the actions that reach the quartier, with what each of them is waited for. */
export interface Contact {
	readonly nom: string;
	/** « pilote », « porteur », or « référent du PCAET, écrit le 27/11/2026 par Nadia Perrault ». */
	readonly titre: string;
	/** Of a référent: how to reach them. */
	readonly joindre?: Call['joindre'];
	/** Of a carrier: plans of its actions that nobody wrote a référent of. */
	readonly nommer: readonly NonNullable<Call['nommer']>[];
	/** Those an open alert waits for first, the worst ahead, then the nearest to the quartier. */
	readonly actions: readonly ContactAction[];
}

export interface ContactAction {
	readonly id: string;
	/** Worst open alert it is the evidence of, and how many more. */
	readonly lacune: Pick<Gap, 'id' | 'regle' | 'gravite' | 'enjeu'> | null;
	readonly autres: number;
}

/** People to call: those the worst gaps wait for first, then those whose actions really reach the quartier, then the most engaged. */
export function contactsOf(
	actions: readonly ActionBrief[],
	quartier: string,
	gaps: readonly Gap[] = [],
	plans: PlanCalls = {}
): Contact[] {
	const asked = gaps.filter((g) => !g.ecartee && g.reponse === 'alerte').sort(bySeverity);
	const waiting = new Map<string, Gap[]>();
	for (const gap of asked)
		for (const id of new Set(gap.preuves.actions)) waiting.set(id, [...(waiting.get(id) ?? []), gap]);
	const people = new Map<string, Omit<Contact, 'actions'> & { readonly actions: readonly ActionBrief[] }>();
	for (const action of actions) {
		const of = plans[action.liste ?? action.plan];
		const referent = action.pilote === null && of?.nom ? of : null;
		const nom = action.pilote ?? referent?.nom ?? action.porteur;
		if (!nom) continue;
		const titre = referent ? referent.dit : action.pilote ? 'pilote' : 'porteur';
		const key = referent ? titre : nom;
		const known = people.get(key) ?? {
			nom,
			titre,
			nommer: [],
			actions: [],
			...(referent?.joindre && { joindre: referent.joindre })
		};
		const more = titre === 'porteur' && of?.nommer && !known.nommer.includes(of.nommer) ? [of.nommer] : [];
		people.set(key, { ...known, nommer: [...known.nommer, ...more], actions: [...known.actions, action] });
	}
	const away = (a: ActionBrief) => NIVEAUX.indexOf(reachOn(a, quartier));
	const near = (list: readonly ActionBrief[]) => list.filter((a) => away(a) <= NIVEAUX.indexOf('probable')).length;
	const urgency = ({ id }: ActionBrief) => {
		const first = waiting.get(id)?.[0];
		return first ? SeverityLevel.options.indexOf(first.gravite) : SeverityLevel.options.length;
	};
	const held = [...people.values()].map((p) => ({
		...p,
		actions: [...p.actions].sort((a, b) => urgency(a) - urgency(b) || away(a) - away(b))
	}));
	return held
		.sort(
			(a, b) =>
				urgency(a.actions[0]!) - urgency(b.actions[0]!) ||
				near(b.actions) - near(a.actions) ||
				b.actions.length - a.actions.length ||
				a.nom.localeCompare(b.nom, 'fr')
		)
		.map((p) => ({
			...p,
			actions: p.actions.map(({ id }): ContactAction => {
				const [first, ...others] = waiting.get(id) ?? [];
				const lacune = first ? { id: first.id, regle: first.regle, gravite: first.gravite, enjeu: first.enjeu } : null;
				return { id, lacune, autres: others.length };
			})
		}));
}
