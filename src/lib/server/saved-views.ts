import { isRefusal, type Refusal } from '../domain/issue';
import { VIEW_PARAMETERS } from '../domain/pages/matrix-address';
import { quoted } from '../domain/french';
import type { DbOrTrx } from './db/client';
import * as views from './db/views';
import { elsewhere, refuse } from './decide';

/* Readings of the matrix that people name: saved, found again, taken away, each with who and when. */

const LONGEST = 80;

/**
 * Saves the reading an address holds under a name.
 * out    id of the view, or what is missing
 * never  writes over a view of the same name: somebody else may count on it
 */
export async function saveView(
	db: DbOrTrx,
	territoire: string,
	asked: { readonly nom: string; readonly requete: string; readonly par: string; readonly le: string }
): Promise<number | Refusal> {
	const signed = await freeName(db, territoire, asked, null);
	if (isRefusal(signed)) return signed;
	const params = [...new URLSearchParams(asked.requete)].filter(([name]) => VIEW_PARAMETERS.includes(name));
	return views.add(db, territoire, { ...signed, requete: new URLSearchParams(params).toString(), le: asked.le });
}

/** Gives a view another name: it keeps its number, and the addresses that compare with it. */
export async function renameView(
	db: DbOrTrx,
	territoire: string,
	asked: { readonly id: number; readonly nom: string; readonly par: string; readonly le: string }
): Promise<true | Refusal> {
	const signed = await freeName(db, territoire, asked, asked.id);
	if (isRefusal(signed)) return signed;
	return (await views.rename(db, territoire, asked.id, { ...signed, le: asked.le })) || gone();
}

/** A name that no other view has, and who gives it. */
async function freeName(
	db: DbOrTrx,
	territoire: string,
	asked: { readonly nom: string; readonly par: string },
	own: number | null
): Promise<{ readonly nom: string; readonly par: string } | Refusal> {
	const [nom, par] = [asked.nom.replace(/\s+/g, ' ').trim(), asked.par.trim()];
	if (!nom) return refuse('Il manque le nom de la vue.', 'Quelques mots suffisent, par exemple « PCAET, en cours ».');
	if (nom.length > LONGEST) return refuse(`Ce nom a ${nom.length} caractères.`, `Tenez-le en ${LONGEST} caractères.`);
	if (!par) return refuse('Indiquez votre nom.', 'Une vue dit qui l’a enregistrée.');
	const fault = await elsewhere(db, territoire);
	if (isRefusal(fault)) return fault;
	const known = (await views.listByTerritory(db, territoire)).find((v) => v.nom === nom && v.id !== own);
	if (!known) return { nom, par };
	return refuse(
		`Une vue s’appelle déjà ${quoted(nom)}, enregistrée par ${known.par}.`,
		'Choisissez un autre nom, ou supprimez-la d’abord.'
	);
}

export async function removeView(
	db: DbOrTrx,
	territoire: string,
	asked: { readonly id: number; readonly par: string; readonly le: string }
): Promise<true | Refusal> {
	const done = await views.remove(db, territoire, asked.id, asked);
	return done || gone();
}

const gone = (): Refusal =>
	refuse('Cette vue n’est plus là.', 'Quelqu’un l’a peut-être supprimée : rechargez la page.');
