import type { Action } from '../action';
import type { IsoDate } from '../source';
import { monthsLater } from './gap-context';

/* Where works stand by their own dates, and what may still be asked of them. */

/** Ends so soon that a meeting is held before they are handed over, rather than during them. */
const SOON_MONTHS = 2;

type Stage = 'a-venir' | 'devaient-commencer' | 'en-cours' | 'bientot-finis' | 'peut-etre-finis';

/**
 * in     `dates`: planned ones; nothing is told from those that are not written
 * out    'devaient-commencer': their start is past, and their state says they are to come; 'peut-etre-finis': their end is past
 */
export function worksStage({ dates, statut }: Pick<Action, 'dates' | 'statut'>, asOf: IsoDate): Stage {
	const { debut = null, fin = null } = dates ?? {};
	const isStarted = debut !== null && debut <= asOf;
	if (statut === 'a-venir' || statut === 'a-discuter') return isStarted ? 'devaient-commencer' : 'a-venir';
	if (fin !== null && fin < asOf) return 'peut-etre-finis';
	if (fin !== null && fin <= monthsLater(asOf, SOON_MONTHS)) return 'bientot-finis';
	return isStarted ? 'en-cours' : 'a-venir';
}

const WHEN: Readonly<Record<Stage, string>> = {
	'a-venir': 'avant les travaux',
	'devaient-commencer': 'dès maintenant',
	'en-cours': 'pendant les travaux',
	'bientot-finis': 'avant la fin des travaux',
	'peut-etre-finis': 'avant la livraison'
};

/** « Vérifier ce niveau avec… ; s’il est exact, prévoir pendant les travaux une réunion » */
export const meetingWords = (stage: Stage) =>
	stage === 'peut-etre-finis'
		? {
				ce_niveau: '',
				finis: ' si les travaux sont finis',
				exact: 'sinon, et si ce niveau est exact',
				quand: WHEN[stage]
			}
		: { ce_niveau: 'ce niveau ', finis: '', exact: 's’il est exact', quand: WHEN[stage] };

/** « l’y ajouter tant que le marché n’est pas passé »: once works have begun, it is. */
export const clauseWords = (stage: Stage): string =>
	stage === 'a-venir' || stage === 'devaient-commencer'
		? 'l’y ajouter tant que le marché n’est pas passé'
		: `voir ce qui peut encore être fait ${stage === 'en-cours' ? WHEN['bientot-finis'] : WHEN[stage]}`;
