import { capital, FINE } from '../french';
import type { Reason } from './criteria';
import { STILL_TO_DO } from './still-to-do';

/* What nobody has said yet, as questions one can answer: the words of the measure first, else those of its kind of criterion. */

/** What to supply, for what the file or the correction of the action says. */
export const QUESTIONS: Readonly<Record<string, string>> = {
	nature: `Quelle est la nature de l’action (travaux, service, étude…)${FINE}?`,
	atteinte: `Quel quartier l’action atteint-elle${FINE}?`,
	cout: `Quel est le coût prévisionnel hors taxes${FINE}?`,
	maitre_ouvrage: `Quel organisme portera l’action (pas forcément le pilote)${FINE}?`,
	depot: `Quel jour le dossier a-t-il été déposé${FINE}?`
};

type Asked = Pick<Reason, 'cle' | 'critere' | 'attendu' | 'question' | 'autrement'>;

/** Keys whose question already says all that is expected. */
const BARE: ReadonlySet<string> = new Set(['ouverture', 'nature', 'maitre_ouvrage', 'depot', STILL_TO_DO]);

/**
 * One question for what several reasons of the same key ask.
 * out    « Quel gain les travaux apportent-ils ? (il faut : au moins 40 %) », with the other way when one of several is enough; without what is expected when a plain « oui » is,
 *        or when the reasons do not expect the same
 */
export function questionOf(reasons: readonly [Asked, ...Asked[]]): string {
	const [{ cle, critere, attendu, question, autrement }] = reasons;
	const asked = question ?? QUESTIONS[cle] ?? `${capital(critere)}${FINE}?`;
	const same = reasons.every((r) => r.attendu === attendu && r.autrement === autrement);
	if (!same || attendu === 'oui' || attendu === '' || BARE.has(cle) || cle.startsWith('valeur:')) return asked;
	return `${asked} (il faut\u00a0: ${attendu}${autrement ? `, ou bien ${autrement}` : ''})`;
}

/**
 * Each thing to ask once, in the order first met; words of a title only guess what a question asks.
 * out    `sujet`: what the question is about, in the few words the référentiel calls it by
 */
export function questionsOf(
	reasons: readonly Reason[]
): { readonly cle: string; readonly dit: string; readonly sujet: string }[] {
	const each = new Map<string, [Reason, ...Reason[]]>();
	for (const reason of reasons) {
		if (reason.cle === 'mots') continue;
		const known = each.get(reason.cle);
		if (known) known.push(reason);
		else each.set(reason.cle, [reason]);
	}
	return [...each].map(([cle, own]) => ({ cle, dit: questionOf(own), sujet: own[0].critere }));
}
