import type { PlacedAction } from '../crossing/place';
import { isPast, isPastGrant } from '../crossing/past-end';
import { capital, FINE, INSECABLE } from '../french';
import { once } from '../memory';
import type { IsoDate } from '../source';
import type { Assessment, Reason } from './eligibility';
import type { StillToDo } from '../funding/plan-rules';

/* An operation that is over asks for nothing more. When only its planned end is past nobody knows: it is asked. */

/** Key of the fact a person answers with. */
export const STILL_TO_DO = 'encore_a_faire';

/** Said of an operation that a list of grants shows funded, in a year that is past. */
const FINANCED = 'financee';
/** It had its money, and its year is past: nothing is left to find for it, unless a person says so. */
export const isFunded = (placed: PlacedAction, asOf: IsoDate): boolean => standingOf(placed, asOf) === FINANCED;

/**
 * What an action says of it, in one word to compare by.
 * out    null: nothing makes one doubt; « financee » for an operation of a list of grants whose year is past: it had its money,
 *        and asks for no more until a person says so; else « realise », « oui » or « non » as a person said, or the planned end that is past, or the year of its grant
 */
export function standingOf({ action, saisies, liste }: PlacedAction, asOf: IsoDate): string | null {
	if (action.statut === 'realise') return 'realise';
	const fin = action.dates?.fin ?? null;
	// A file that says where the work stands is believed, late or not.
	const granted = isPastGrant(action, asOf);
	if (!(granted || isPast(fin, asOf)) || action.statut !== null) return null;
	const said = saisies?.faits.find((f) => f.fait === STILL_TO_DO)?.valeur;
	if (typeof said === 'boolean') return said ? 'oui' : 'non';
	const paid = action.financements.some((line) => (line.obtenu ?? 0) > 0);
	if (liste !== undefined && paid) return FINANCED;
	return granted ? `${action.dates!.exercice} subvention` : fin;
}

/** Only its planned end makes one doubt, and nobody has answered. */
export const isDoubtful = (placed: PlacedAction, asOf: IsoDate): boolean => /^\d/.test(standingOf(placed, asOf) ?? '');

/**
 * An assessment, once that is counted.
 * out    over → `ecarte`; nobody knows → what had nothing against it becomes `indetermine`; the very same for the same two
 */
export function withStanding(found: Assessment, standing: string | null, rule: StillToDo): Assessment {
	if (standing === null) return found;
	const known = made(rule);
	const own = known.get(found) ?? known.set(found, new Map<string, Assessment>()).get(found)!;
	const before = own.get(standing);
	if (before) return before;
	const now = counted(found, standing, rule);
	own.set(standing, now);
	return now;
}

const made = once((_: StillToDo) => new WeakMap<Assessment, Map<string, Assessment>>());

function counted(found: Assessment, standing: string, rule: StillToDo): Assessment {
	const reason = (trouve: string | null, question: string | null = null): Reason => ({
		...{ cle: STILL_TO_DO, critere: rule.libelle, attendu: 'oui', trouve, bloquant: true, question },
		...{ source: rule.references[0]!, vigueur: null }
	});
	switch (standing) {
		case 'realise':
			return { ...found, verdict: 'ecarte', echecs: [...found.echecs, reason('action réalisée')] };
		case FINANCED: {
			const asked = reason('opération déjà subventionnée, année passée', `${capital(rule.question)}${FINE}?`);
			return { ...found, verdict: 'ecarte', echecs: [...found.echecs, asked] };
		}
		case 'non':
			return { ...found, verdict: 'ecarte', echecs: [...found.echecs, reason('non')] };
		case 'oui':
			return { ...found, remplis: [...found.remplis, reason('oui')] };
		default: {
			const asked = reason(
				null,
				`${standing.endsWith('subvention') ? `Sa subvention est de ${standing.slice(0, 4)}` : `Sa fin prévue, ${standing.slice(0, 4)}, est passée`}${INSECABLE}: ${rule.question}${FINE}?`
			);
			const verdict = found.verdict === 'ecarte' ? 'ecarte' : 'indetermine';
			return { ...found, verdict, manquants: [asked, ...found.manquants] };
		}
	}
}
