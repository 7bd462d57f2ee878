import * as fr from '../lib/domain/french';
import { groupGaps } from '../lib/domain/rules/gap-groups';
import type { Gap } from '../lib/domain/rules/gaps';
import { GAP_STATE_LABEL } from '../lib/domain/rules/gap-decisions';
import type { Referentiel } from '../lib/domain/rules/referentiel';
import { table } from './print';

/* Gaps in a terminal: what is found line by line, then what is only asked for, each question once. */

/** What a person decided of a gap speaks over its severity. */
const levelOf = ({ ecartee, gravite }: Gap): string =>
	ecartee ? fr.lower(GAP_STATE_LABEL[ecartee.etat]) : gravite === 'opportunite' ? 'opportunité' : gravite;

/** Questions that hundreds of lines ask stand once, with how many they would settle; one that is set aside stands by itself. */
export function gapsSaid(gaps: readonly Gap[], { enjeux }: Pick<Referentiel, 'enjeux'>): string {
	const { transition, ville, croises } = enjeux;
	const named = new Map([...transition, ...ville, ...croises].map((e) => [e.code, `${e.code} ${e.court}`]));
	const isAsked = (gap: Gap) => gap.reponse === 'donnee-manquante' && !gap.ecartee;
	const [asked, found] = [gaps.filter(isAsked), gaps.filter((gap) => !isAsked(gap))];
	const lines = table(
		['gravité', 'règle', 'quartier', 'enjeu', 'constat'],
		found.map((g) => [levelOf(g), g.regle, g.quartier, g.enjeu && (named.get(g.enjeu) ?? g.enjeu), g.message]),
		{ whole: true }
	);
	if (asked.length === 0) return lines;
	const groups = groupGaps(asked, { quartiers: new Map(), enjeux: {} }, (id) => id);
	const questions = table(
		['pour', 'règle', 'quartiers', 'enjeux', 'à demander'],
		groups.map(({ gaps: own, regle, enjeu, aFaire }) => [
			own.length,
			regle,
			new Set(own.flatMap((g) => g.quartier ?? [])).size || null,
			new Set(own.flatMap((g) => g.enjeu ?? enjeu ?? [])).size || null,
			aFaire
		]),
		{ whole: true }
	);
	const title = `${fr.capital(fr.count(asked.length, 'donnée'))} à demander pour conclure, en ${fr.count(groups.length, 'question')}`;
	return `${found.length > 0 ? `${lines}\n\n` : ''}${title}\n${questions}`;
}
