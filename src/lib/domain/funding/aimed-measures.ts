import { aimedAt } from '../crossing/aim-trial';
import type { PlacedAction } from '../crossing/place';
import * as fr from '../french';
import { assessAll } from '../rules/eligibility';
import type { Referentiel } from '../rules/referentiel';
import type { IsoDate } from '../source';
import { firstMeasures, openMeasures, type OpenMeasure } from './open-measures';

/* What an action could ask for once it aims at a quartier, beside what it can as it is written. */

/** What would be left to ask for, best first; empty when it aims at a quartier already, or when no quartier is known. */
export function aimedMeasures(placed: PlacedAction, ref: Referentiel, asOf: IsoDate): OpenMeasure[] {
	const [first] = placed.reach;
	if (!first || placed.reach.some((r) => r.niveau === 'cible')) return [];
	const verdicts = assessAll([aimedAt(placed, first.quartier)], first.quartier, ref, asOf);
	return openMeasures(placed, verdicts, ref, asOf);
}

/**
 * « Fléchée vers un quartier : Fonds vert passerait en premier (à instruire) ; s’ajouterait EduRénov (prêt). »
 * in     `mesures`: the first of each stream named for the action as it is written, in order
 * out    which of the three it would then have is first, when it is another one, and those it has not; null: nothing changes
 */
export function addedWords(
	placed: PlacedAction,
	mesures: readonly string[],
	ref: Referentiel,
	asOf: IsoDate
): string | null {
	const then = firstMeasures(aimedMeasures(placed, ref, asOf));
	const [first] = then;
	const ahead = first && first.mesure !== mesures[0] ? first : null;
	const known = new Set(mesures);
	const more = then.filter((m) => m !== ahead && !known.has(m.mesure)).map((m) => m.nom);
	const said = [
		ahead ? `${ahead.nom} ${known.has(ahead.mesure) ? 'passerait' : 'viendrait'} en premier, ${lackWords(ahead)}` : '',
		more.length ? `${more.length > 1 ? 's’ajouteraient ensuite' : 's’ajouterait ensuite'} ${fr.list(more)}` : ''
	].filter(Boolean);
	return said.length ? `Fléchée vers un quartier${fr.INSECABLE}: ${said.join(`${fr.FINE}; `)}.` : null;
}

function lackWords({ verdict, manque }: OpenMeasure): string {
	const lacks = manque.filter((m) => m.bloquant).length;
	if (verdict === 'a-instruire' || lacks === 0) return 'à instruire';
	return `il y manque ${fr.count(lacks, 'réponse')}`;
}
