import { quoted } from '../domain/french';

/* A Croisée open for reading, for elected officials, a partner or the screen of a meeting room: nothing is written. */

/** Said beside the title of every page. */
export const OPEN_FOR_READING =
	'Cette Croisée est ouverte en lecture. Les chiffres sont les mêmes qu’ailleurs\u00a0; rien ne s’y modifie. Pour décider ou corriger, adressez-vous à la personne qui l’a démarrée\u00a0: elle peut l’ouvrir à l’écriture.';

const REFUSED =
	'Rien n’a été enregistré\u00a0: cette Croisée est ouverte en lecture. Pour décider ou corriger, adressez-vous à la personne qui l’a démarrée\u00a0: elle peut la relancer sans CROISEE_LECTURE.';

/**
 * Whether this server is open for reading only.
 * in     `asked`: what CROISEE_LECTURE says; nothing is « non »
 * never  guesses: another word than « oui » or « non » throws the sentence that stops the start
 */
export function isReadOnly(asked: string | undefined = process.env.CROISEE_LECTURE): boolean {
	const said = (asked ?? '').trim();
	if (said === 'oui') return true;
	if (said === '' || said === 'non') return false;
	throw new Error(
		`CROISEE_LECTURE vaut ${quoted(said)}\u00a0: écrivez ${quoted('oui')} pour ouvrir Croisée en lecture, ${quoted('non')} ou rien pour pouvoir écrire.`
	);
}

/** Why a request is refused by a Croisée open for reading; null when it only reads. */
export const refusedInReading = (method: string): string | null =>
	['GET', 'HEAD'].includes(method.toUpperCase()) ? null : REFUSED;

/** Why a base whose file or folder cannot be written in stops the start, reading included. */
export const unwritable = (path: string, reading: boolean): string =>
	`le fichier de la base, ${quoted(path)}, ou son dossier, ne peut pas être écrit par ce compte. ${
		reading
			? 'Même en lecture, SQLite tient son journal à côté de la base, et une version nouvelle de Croisée la met à jour en démarrant\u00a0: donnez le droit d’écrire, ou servez une copie.'
			: 'Donnez-lui ce droit. Pour seulement la lire, servez une copie avec CROISEE_LECTURE=oui.'
	}`;
