import { isRefusal, type Refusal } from '../domain/issue';
import type { Referent } from '../domain/crossing/referents';
import { planLines, referentsPage } from '../domain/pages/referents-page';
import type { Referentiel } from '../domain/rules/referentiel';
import type { Db } from './db/client';
import * as decisions from './db/decisions';
import { refuse, signed, type Signed } from './decide';
import { crossedTerritory } from './read-territory';

/* The référent of each plan: written once by a person of the territory, changed and taken away at will, never guessed. */

/** null when the territory is not in the database. */
export async function readReferents(db: Db, ref: Referentiel, code: string, asOf: string) {
	const crossed = await crossedTerritory(db, ref, code, asOf);
	return crossed && { territory: crossed.view.territory, page: referentsPage(crossed.view, crossed.ref) };
}

export interface ReferentEntry extends Omit<Signed, 'motif'> {
	/** See `planKey`. */
	readonly plan: string;
	readonly nom: string;
	readonly service: string;
	readonly telephone: string;
	readonly courriel: string;
}

/** Keeps whom to call about a plan; the last word wins. A blank is not known. */
export async function nameReferent(db: Db, ref: Referentiel, asked: ReferentEntry): Promise<number | Refusal> {
	return (await unknownPlan(db, ref, asked)) ?? writeReferent(db, asked);
}

/** The same, of a plan that is known to be there: nothing is crossed for it. */
export async function writeReferent(db: Db, asked: ReferentEntry): Promise<number | Refusal> {
	const nom = tidy(asked.nom);
	if (!nom) return refuse('Il manque un nom ou une fonction.', 'Par exemple : chargée de mission PCAET.', 'nom');
	const telephone = phoneOf(asked.telephone);
	if (isRefusal(telephone)) return telephone;
	const courriel = tidy(asked.courriel);
	if (courriel && !/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]{2,}$/.test(courriel))
		return refuse('Le courriel n’est pas lisible.', 'Écrivez-le comme pcaet@exemple.fr, ou laissez vide.', 'courriel');
	const valeur: Referent = { nom, service: tidy(asked.service), telephone, courriel };
	return decisions.add(db, signed({ ...asked, motif: '' }, 'referent', asked.plan, null, valeur));
}

/** Takes the référent of a plan away; who it was stays in the history. */
export async function removeReferent(
	db: Db,
	ref: Referentiel,
	asked: Omit<Signed, 'motif'> & { readonly plan: string }
): Promise<number | Refusal> {
	const fault = await unknownPlan(db, ref, asked);
	return fault ?? decisions.add(db, signed({ ...asked, motif: '' }, 'referent', asked.plan, null, null));
}

async function unknownPlan(
	db: Db,
	ref: Referentiel,
	{ territoire, plan, par, le }: Omit<Signed, 'motif'> & { readonly plan: string }
): Promise<Refusal | null> {
	if (!par.trim()) return refuse('Indiquez votre nom.', 'Un référent est toujours écrit par quelqu’un.', 'par');
	const crossed = await crossedTerritory(db, ref, territoire, le.slice(0, 10));
	if (!crossed) return refuse('Ce territoire n’est pas dans cette base.');
	return planLines(crossed.view, crossed.ref).some((line) => line.plan === plan)
		? null
		: refuse('Ce plan n’est plus dans ce territoire.', 'Rechargez la page.');
}

const tidy = (text: string): string | null => text.replace(/\s+/g, ' ').trim().slice(0, 200) || null;

/** « 0199001234 », « +33 1 99 00 12 34 » → « 01 99 00 12 34 »; any other number as it is typed, with its extension. */
function phoneOf(typed: string): string | null | Refusal {
	const said = tidy(typed);
	if (said === null) return null;
	const refusal = refuse(
		'Le téléphone n’est pas lisible.',
		'Écrivez ses chiffres, comme 01 99 00 12 34, ou laissez vide.',
		'telephone'
	);
	const [, number = '', extension] = /^(\+?[\d\s().\-/]+?)(?:\s*,?\s*(?:poste|p\.)\s*(\d+))?$/i.exec(said) ?? [];
	const digits = number
		.replace(/\(0\)/, '')
		.replace(/\D/g, '')
		.replace(/^(?:00)?33(?=[1-9]\d{8}$)/, '0');
	if (digits.length < 4 || digits.length > 15) return refusal;
	const national = /^0\d{9}$/.test(digits) ? digits.replace(/(\d\d)(?=\d)/g, '$1 ') : number.trim();
	return extension ? `${national} poste ${extension}` : national;
}
