import type { Decision } from '../domain/action';
import { isReferent, lastWords, readReferent } from '../domain/crossing/referent-decisions';
import { date, FINE, INSECABLE } from '../domain/french';
import { isRefusal, type Refusal } from '../domain/issue';
import type { Referent } from '../domain/crossing/referents';
import { planLines, referentsPage } from '../domain/pages/referents-page';
import type { Referentiel } from '../domain/rules/referentiel';
import type { Db, DbOrTrx } from './db/client';
import * as decisions from './db/decisions';
import { keepDecision } from './keep-decision';
import { refuse, signed, type Signed } from './decide';
import { crossedTerritory } from './read-territory';

/* The référent of each plan: written once by a person of the territory, changed and taken away at will, never guessed. */

/** null when the territory is not in the database. */
export async function readReferents(db: Db, ref: Referentiel, code: string, asOf: string) {
	const crossed = await crossedTerritory(db, ref, code, asOf);
	return (
		crossed && {
			territory: crossed.view.territory,
			page: referentsPage(crossed.view, crossed.ref),
			vus: lastWords(await decisions.listByTerritory(db, code))
		}
	);
}

const FIELDS = ['nom', 'service', 'telephone', 'courriel'] as const;
type Field = (typeof FIELDS)[number];
const NAMES: Readonly<Record<Field, string>> = {
	nom: 'nom ou fonction',
	service: 'service',
	telephone: 'téléphone',
	courriel: 'courriel'
};

/** Somebody wrote the same référent meanwhile: nothing is written until both are read. */
export interface ReferentConflict extends Refusal {
	/** Number of their word: what is written after reading it is written over it. */
	readonly vu: number;
	/** What each field holds when what only one of the two changed is kept; where both did, what was typed. */
	readonly fusion: Readonly<Record<Field, string>>;
}

export interface ReferentEntry extends Omit<Signed, 'motif'> {
	/** See `planKey`. */
	readonly plan: string;
	/** Number of the last word the person had read; 0: none. */
	readonly vu: number;
	readonly nom: string;
	readonly service: string;
	readonly telephone: string;
	readonly courriel: string;
}

/** Keeps whom to call about a plan, unless somebody wrote it meanwhile. A blank is not known. */
export async function nameReferent(
	db: Db,
	ref: Referentiel,
	asked: ReferentEntry
): Promise<number | Refusal | ReferentConflict> {
	const fault = await unknownPlan(db, ref, asked);
	if (fault) return fault;
	const valeur = typed(asked);
	if (isRefusal(valeur)) return valeur;
	return db.transaction().execute(async (trx) => {
		const words = await wordsOn(trx, asked);
		const last = words.at(-1);
		if ((last?.id ?? 0) === asked.vu) return write(trx, asked, valeur);
		const conflict = conflictOf(valeur, words.find((d) => d.id === asked.vu) ?? null, last);
		return conflict ?? write(trx, asked, valeur);
	});
}

/** The same, of a plan that is known to be there: nothing is crossed for it. */
export async function writeReferent(db: Db, asked: Omit<ReferentEntry, 'vu'>): Promise<number | Refusal> {
	const valeur = typed(asked);
	return isRefusal(valeur) ? valeur : write(db, asked, valeur);
}

const write = (db: DbOrTrx, asked: Omit<Signed, 'motif'> & { readonly plan: string }, valeur: Referent | null) =>
	keepDecision(db, signed({ ...asked, motif: '' }, 'referent', asked.plan, null, valeur));

/** Every word on the référent of a plan that still holds, oldest first. */
const wordsOn = async (db: DbOrTrx, { territoire, plan }: { readonly territoire: string; readonly plan: string }) =>
	(await decisions.listByTerritory(db, territoire)).filter((d) => isReferent(d) && d.sujet.id === plan);

/** null: both come to the same. */
function conflictOf(mine: Referent, before: Decision | null, last: Decision | undefined): ReferentConflict | null {
	const [was, theirs] = [readReferent(before?.valeur), readReferent(last?.valeur)];
	const different = FIELDS.filter((f) => (theirs?.[f] ?? null) !== mine[f]);
	if (different.length === 0) return null;
	const fusion = Object.fromEntries(
		FIELDS.map((f) => [f, (theirs && mine[f] === (was?.[f] ?? null) ? theirs[f] : mine[f]) ?? ''])
	) as Record<Field, string>;
	const who = last
		? `${last.par} a ${theirs ? 'écrit' : 'retiré'} ce référent le ${date(last.le)}`
		: 'Ce référent a été repris';
	const reads = different.map((f) => `${NAMES[f]}${INSECABLE}: ${theirs?.[f] ?? 'vide'}`).join(`${FINE}; `);
	const refus = `${who}, depuis que vous avez ouvert la page${INSECABLE}: rien n’a été écrit.${theirs ? ` Il se lit à présent ainsi, ${reads}.` : ''}`;
	const conseil = 'Relisez les champs : ce que vous n’aviez pas changé a pris la valeur à jour. Gardez, ou annulez.';
	return { refus, conseil, vu: last?.id ?? 0, fusion };
}

/** What is typed, as it is kept; or the field that cannot be read. */
function typed(asked: Pick<ReferentEntry, Field>): Referent | Refusal {
	const nom = tidy(asked.nom);
	if (!nom) return refuse('Il manque un nom ou une fonction.', 'Par exemple : chargée de mission PCAET.', 'nom');
	const telephone = phoneOf(asked.telephone);
	if (isRefusal(telephone)) return telephone;
	const courriel = tidy(asked.courriel);
	if (courriel && !/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]{2,}$/.test(courriel))
		return refuse('Le courriel n’est pas lisible.', 'Écrivez-le comme pcaet@exemple.fr, ou laissez vide.', 'courriel');
	return { nom, service: tidy(asked.service), telephone, courriel };
}

/** Takes the référent of a plan away; who it was stays in the history. */
export async function removeReferent(
	db: Db,
	ref: Referentiel,
	asked: Omit<Signed, 'motif'> & { readonly plan: string; readonly vu: number }
): Promise<number | Refusal> {
	const fault = await unknownPlan(db, ref, asked);
	if (fault) return fault;
	return db.transaction().execute(async (trx) => {
		const last = (await wordsOn(trx, asked)).at(-1);
		if ((last?.id ?? 0) === asked.vu) return write(trx, asked, null);
		return refuse(
			`${last?.par ?? 'Quelqu’un'} a changé ce référent depuis que vous avez ouvert la page${INSECABLE}: il n’est pas retiré.`,
			'Rechargez la page et relisez-le, puis retirez-le s’il le faut encore.'
		);
	});
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
