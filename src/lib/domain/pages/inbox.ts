import type { Decision } from '../action';
import { isActive } from '../crossing/coverage';
import type { TerritoryView } from '../crossing/overview';
import type { PlacedAction } from '../crossing/place';
import type { SignatureState } from '../crossing/signatures';
import { suggestionsOf, type Suggestion } from '../crossing/suggestions';
import type { Crossed } from '../crossing/territory-view';
import { capital, count, date, quoted } from '../french';
import { groupGaps, type GapGroup } from '../rules/gap-groups';
import { pairDecisions } from '../rules/overlap-decisions';
import type { Overlap } from '../rules/overlaps';
import { enjeuNames } from './page-model';
import type { PlaceQuestion } from './place-questions';
import { territoryQuestions } from './territory-questions';

/* What waits for a person in a territory, in five queues: each has a page of its own, and counts as that page does. */

export const QUEUES = ['rattacher', 'confirmer', 'completer', 'arbitrer', 'signer'] as const;
export type Queue = (typeof QUEUES)[number];
export type InboxCounts = Readonly<Record<Queue, number>>;

/** A crossing of a quartier that lacks a signature, or whose facts changed under it. */
export interface Unsigned {
	readonly quartier: string;
	readonly croise: string;
	readonly etat: Exclude<SignatureState, 'signee'>;
}

export interface Waiting {
	readonly rattacher: readonly PlaceQuestion[];
	readonly confirmer: readonly Suggestion[];
	/** Requests for data, grouped by what there is to do; at least one of each group is open. */
	readonly completer: readonly GapGroup[];
	/** Pairs nobody settled, or whose actions changed since. */
	readonly arbitrer: readonly Overlap[];
	/** To look at again first, then half signed, then what is assessed and not signed, then the rest. */
	readonly signer: readonly Unsigned[];
}

/** in     decisions in force; everything else is read from what the crossing holds */
export function waitingOf({ view, placed, recoupements, ref }: Crossed, decisions: readonly Decision[]): Waiting {
	const names = new Map(view.quartiers.map((q): [string, string] => [q.quartier.code, q.quartier.nom]));
	const asked = view.gaps.filter((g) => g.reponse === 'donnee-manquante' && !g.ecartee);
	const said = pairDecisions(decisions, new Map(placed.map((p) => [p.action.id, p])));
	return {
		rattacher: territoryQuestions(view, ref),
		confirmer: suggestionsOf(placed, ref.lexique.confiance),
		completer: groupGaps(asked, { quartiers: names, enjeux: enjeuNames(ref) }, (id) => id),
		arbitrer: recoupements.filter(({ id }) => said.get(id)?.aRevoir ?? true),
		signer: unsignedOf(view)
	};
}

export const countsOf = (waiting: Waiting): InboxCounts => ({
	rattacher: waiting.rattacher.length,
	confirmer: waiting.confirmer.length,
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

export const totalOf = (counts: InboxCounts): number => QUEUES.reduce((sum, queue) => sum + counts[queue], 0);

/** The queue one should open first: without places nothing counts anywhere, and one signs last. */
export const firstQueue = (counts: InboxCounts): Queue => QUEUES.find((queue) => counts[queue] > 0) ?? 'rattacher';

export const QUEUE_WORDS: Readonly<
	Record<Queue, { readonly nom: string; readonly sens: string; readonly pourquoi: string }>
> = {
	rattacher: {
		nom: 'À rattacher',
		sens: 'lieux nommés que rien ne situe',
		pourquoi: 'Tant qu’un lieu n’est pas situé, l’action qui le nomme ne compte dans aucun quartier.'
	},
	confirmer: {
		nom: 'À confirmer',
		sens: 'propositions à valider ou refuser',
		pourquoi:
			'La matrice compte déjà ces propositions. Confirmées, elles ne changeront plus avec le lexique ; refusées, elles quittent la case.'
	},
	completer: {
		nom: 'À compléter',
		sens: 'données qui empêchent de conclure',
		pourquoi: 'Une case vide n’est ni un zéro ni une lacune : sans la donnée, la règle ne peut pas répondre.'
	},
	arbitrer: {
		nom: 'À arbitrer',
		sens: 'recoupements et contradictions',
		pourquoi:
			'Deux plans disent peut-être la même chose, ou l’inverse. Rien n’est fusionné ; votre réponse est gardée avec votre nom.'
	},
	signer: {
		nom: 'À signer',
		sens: 'croisements à deux signatures',
		pourquoi: 'Les deux référents signent sur des faits. Quand ces faits changent, la signature demande à être relue.'
	}
};

const NOUNS: Readonly<Record<Queue, readonly [one: string, many: string]>> = {
	rattacher: ['lieu à rattacher', 'lieux à rattacher'],
	confirmer: ['proposition à confirmer', 'propositions à confirmer'],
	completer: ['donnée à compléter', 'données à compléter'],
	arbitrer: ['paire d’actions à arbitrer', 'paires d’actions à arbitrer'],
	signer: ['croisement à signer', 'croisements à signer']
};

/** « 6 lieux à rattacher » */
export const queuePhrase = (queue: Queue, n: number): string => count(n, ...NOUNS[queue]);

export interface DueDay {
	readonly jour: string;
	readonly quoi: string;
}

/** The sentence the inbox opens with. */
export function inboxTitle(counts: InboxCounts, next: DueDay | null): string {
	const total = totalOf(counts);
	if (total === 0)
		return next
			? `Rien n’attend. Prochaine échéance : ${date(next.jour)}, ${next.quoi}`
			: 'Rien n’attend, et aucune échéance n’est inscrite';
	const first = firstQueue(counts);
	if (total === counts[first]) return capital(queuePhrase(first, total));
	return `${count(total, 'point')} ${total < 2 ? 'attend' : 'attendent'}, dont ${queuePhrase(first, counts[first])}`;
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

/** The sentence of the home page; null when no plan was read yet. */
export function homeTitle(territories: readonly InboxCounts[]): string | null {
	if (territories.length === 0) return null;
	const all = Object.fromEntries(
		QUEUES.map((queue) => [queue, territories.reduce((sum, counts) => sum + counts[queue], 0)])
	) as unknown as InboxCounts;
	const total = totalOf(all);
	if (total === 0) return 'Rien n’attend de décision';
	const where = territories.length > 1 ? ` dans ${count(territories.length, 'territoire')}` : '';
	const first = firstQueue(all);
	return `${count(total, 'point')} ${total < 2 ? 'attend' : 'attendent'}${where}, dont ${queuePhrase(first, all[first])}`;
}
