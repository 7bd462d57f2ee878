import { localPriorities, localValues, type LocalValue } from '../domain/crossing/local-priorities';
import type { Refusal } from '../domain/issue';
import type { Referentiel } from '../domain/rules/referentiel';
import { keepDecision } from './keep-decision';
import type { Db } from './db/client';
import { refuse, signed, type Signed } from './decide';
import { lexiconOf, recordsOf } from './read-territory';

/* The axes and themes of a territory's own plans, mapped once to enjeux: remembered, signed, taken back at will. */

/** Every value of those columns, those nobody answered first; null when the territory is not there. */
export async function readLocalValues(db: Db, ref: Referentiel, code: string): Promise<LocalValue[] | null> {
	const records = await recordsOf(db, code);
	const known = new Set([...lexiconOf(ref).sectors.keys(), ...lexiconOf(ref).names.keys()]);
	return records && localValues(records.actions, localPriorities(records.decisions), known);
}

/**
 * Keeps what a value stands for.
 * in     `enjeux`: T and P codes; [] says that it stands for none, and it is not asked again
 * out    id of the decision, or what is missing
 */
export async function mapPriority(
	db: Db,
	ref: Referentiel,
	asked: Signed & { readonly cle: string; readonly enjeux: readonly string[] }
): Promise<number | Refusal> {
	if (!asked.par.trim()) return refuse('Indiquez votre nom.', 'Une correspondance est toujours signée.');
	const codes = new Set([...ref.enjeux.transition, ...ref.enjeux.ville].map((e) => e.code));
	if (asked.enjeux.some((code) => !codes.has(code))) return refuse('Un enjeu choisi n’est pas dans le référentiel.');
	const values = await readLocalValues(db, ref, asked.territoire);
	if (!values?.some((v) => v.cle === asked.cle))
		return refuse('Cette valeur n’est plus dans les plans de ce territoire.', 'Rechargez la page.');
	return keepDecision(db, signed(asked, 'priorite', asked.cle, null, { enjeux: [...asked.enjeux].sort() }));
}
