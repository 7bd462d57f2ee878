import { capital, count, date, list, number } from '../french';

/* The five queues: their names, their counts, and the sentences that open with them. */

export const QUEUES = ['rattacher', 'confirmer', 'completer', 'arbitrer', 'signer'] as const;
export type Queue = (typeof QUEUES)[number];
/** `sansEffet`: proposals to confirm that no expected crossing counts. */
export type InboxCounts = Readonly<Record<Queue | 'sansEffet', number>>;

export const totalOf = (counts: InboxCounts): number => QUEUES.reduce((sum, queue) => sum + counts[queue], 0);

/** What may still change an answer: a signature changes none, nor does a proposal outside the expected crossings. */
export const movingOf = (counts: InboxCounts): number => totalOf(counts) - counts.signer - counts.sansEffet;

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
			'La matrice compte déjà ces propositions. Confirmées, elles ne changeront plus d’elles-mêmes et leur réserve est levée ; refusées, elles quittent la case.'
	},
	completer: {
		nom: 'À compléter',
		sens: 'données à demander, comptées une fois',
		pourquoi: 'Une case vide n’est ni un zéro ni une lacune : sans la donnée, la règle ne peut pas répondre.'
	},
	arbitrer: {
		nom: 'À décider',
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

/** Beside its figure, what the sentence above leaves apart: the two add up. */
export const queueSense = (queue: Queue, { confirmer, sansEffet }: InboxCounts): string =>
	queue === 'confirmer' && sansEffet > 0
		? `propositions, ${sansEffet === confirmer ? 'toutes hors des croisements attendus' : `${number(confirmer - sansEffet, 0)} plus ${number(sansEffet, 0)} hors des croisements attendus`}`
		: QUEUE_WORDS[queue].sens;

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
	arbitrer: ['paire d’actions à décider', 'paires d’actions à décider'],
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
	const { alone, moving, apart } = waitingIn(counts);
	if (alone) return capital(alone);
	if (moving === 0) return capital(apart);
	const said = `${count(moving, 'point')} ${moving < 2 ? 'attend' : 'attendent'}`;
	return apart ? `${said}\u202f; à part, ${apart}` : said;
}

/** « Il reste 350 points ; à part, 6 croisements à signer », once a gesture is kept: the very figures of the title. */
export function leftWords(counts: InboxCounts): string {
	if (totalOf(counts) === 0) return 'Plus rien n’attend';
	const { alone, moving, apart } = waitingIn(counts);
	if (alone !== null || moving === 0) return `Il reste ${alone ?? apart}`;
	return `Il reste ${count(moving, 'point')}${apart ? `\u202f; à part, ${apart}` : ''}`;
}

/** What waits: in one queue alone, else what moves an answer and, apart, what moves none. */
function waitingIn(counts: InboxCounts) {
	const [first, total] = [firstQueue(counts), totalOf(counts)];
	const apart = [
		counts.sansEffet ? `${count(counts.sansEffet, 'proposition')} hors des croisements attendus` : '',
		counts.signer ? queuePhrase('signer', counts.signer) : ''
	].filter(Boolean);
	const alone = total === counts[first] ? queuePhrase(first, total) : null;
	return { alone, moving: movingOf(counts), apart: list(apart) };
}

/** « Prenez les files dans l’ordre : à confirmer, à compléter puis à signer. »; '' when one queue alone waits. */
export function inOrderWords(counts: InboxCounts): string {
	const names = QUEUES.filter((q) => counts[q] > 0).map((q) => QUEUE_WORDS[q].nom.replace('À', 'à'));
	return names.length < 2 ? '' : `Prenez les files dans l’ordre\u00a0: ${list(names, 'puis')}. `;
}
