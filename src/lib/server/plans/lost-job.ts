import type { Refusal } from '../../domain/issue';
import type { ImportRow } from '../db/imports';
import type { StoredJob } from '../db/travaux';
import type { Job } from './jobs';
import type { Order } from './perform';

/* A long work seen again once its server has stopped. */

/**
 * What can be said of a work from its trace.
 * in     `now`: state of the import it was about; null when it had none
 * out    over in any case: a work that was under way ended with its server, and left nothing half done
 */
export function toldAfter(left: StoredJob, now: ImportRow['etat'] | null): Job {
	const genre = left.genre as Order['genre'];
	const job = { id: left.id, genre, fichier: left.fichier, avance: null, import: left.import };
	const done = (genre === 'enregistrer' && now === 'valide') || (genre === 'annuler' && now === 'annule');
	if (left.etat === 'fini' || done) return { ...job, etat: 'fini', issue: { import: left.import! } };
	if (left.etat === 'annule') return { ...job, etat: 'annule', issue: null };
	const { refus, conseil } = left;
	return { ...job, etat: 'refuse', issue: refus === null ? cutShort(genre, left.fichier) : { refus, conseil } };
}

function cutShort(genre: Order['genre'], fichier: string | null): Refusal {
	const stopped = (work: string): string => `Le serveur s’est arrêté pendant ${work}.`;
	switch (genre) {
		case 'lire':
		case 'reconnaitre':
			return {
				refus: stopped(`la lecture de «\u00a0${fichier}\u00a0»`),
				conseil: 'Rien n’a été écrit\u00a0: déposez à nouveau le fichier.'
			};
		case 'enregistrer':
			return {
				refus: stopped('l’enregistrement'),
				conseil: 'Rien n’a été écrit\u00a0: l’import attend toujours, enregistrez-le à nouveau.'
			};
		case 'annuler':
			return {
				refus: stopped('l’annulation'),
				conseil: 'Rien n’a été écrit\u00a0: l’import est toujours enregistré, annulez-le à nouveau.'
			};
		case 'relire':
		case 'corriger':
		case 'rendre':
		case 'annoter':
			return {
				refus: stopped('la relecture du fichier'),
				conseil: 'Rien n’a été écrit\u00a0: l’import est comme avant, refaites vos choix.'
			};
	}
}
