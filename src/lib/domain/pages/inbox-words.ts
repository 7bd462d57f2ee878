import { capital, count, date, list, withThe } from '../french';

/* The five queues: their names, their counts, and the sentences that open with them. */

export const QUEUES = ['rattacher', 'confirmer', 'completer', 'arbitrer', 'signer'] as const;
export type Queue = (typeof QUEUES)[number];
export type InboxCounts = Readonly<Record<Queue, number>>;

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
			'La matrice compte déjà ces propositions. Confirmées, elles ne changeront plus d’elles-mêmes ; refusées, elles quittent la case.'
	},
	completer: {
		nom: 'À compléter',
		sens: 'données à demander, comptées une fois',
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

/** How each queue counts, for who asks of the figure. */
export const QUEUE_COUNTS: Readonly<Record<Queue, string>> = {
	rattacher:
		'Un par nom de lieu que ni un quartier ni une commune du territoire ne porte ; un par action quand plusieurs quartiers portent le même nom.',
	confirmer:
		'Un par enjeu, nature ou atteinte que l’outil a lu et que personne n’a confirmé, corrigé ni refusé. Ce que le fichier déclare lui-même n’en est pas.',
	completer:
		'Un par demande : la même donnée, demandée de la même façon, ne compte qu’une fois, même si plusieurs actions ou quartiers l’attendent. Les demandes écartées n’y sont pas.',
	arbitrer:
		'Un par paire d’actions que la règle G09 ou G06 rapproche et que personne n’a décidée, ou dont une action a changé depuis.',
	signer:
		'Les croisements attendus multipliés par les quartiers, moins ceux qui portent deux signatures dont les faits n’ont pas changé.'
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

/** « Prenez les files dans l’ordre : à confirmer, à compléter puis à signer. »; '' when one queue alone waits. */
export function inOrderWords(counts: InboxCounts): string {
	const names = QUEUES.filter((q) => counts[q] > 0).map((q) => QUEUE_WORDS[q].nom.replace('À', 'à'));
	return names.length < 2 ? '' : `Prenez les files dans l’ordre\u00a0: ${list(names, 'puis')}. `;
}

export interface WaitingTerritory {
	readonly nom: string;
	readonly comptes: InboxCounts;
}

/** « Commencez par la CA de Lys, 12 lieux à rattacher : tant qu’un lieu n’est pas situé… »; null when nothing waits there. */
export function whatFirst({ nom, comptes }: WaitingTerritory): string | null {
	if (totalOf(comptes) === 0) return null;
	const first = firstQueue(comptes);
	const why = QUEUE_WORDS[first].pourquoi;
	return `Commencez par ${withThe(nom)}, ${queuePhrase(first, comptes[first])}\u00a0: ${why.charAt(0).toLocaleLowerCase('fr')}${why.slice(1)}`;
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
