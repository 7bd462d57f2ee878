import * as fr from '$lib/domain/french';

/* What the pages know of a long work, and how they say it. */

export interface JobView {
	readonly id: string;
	readonly genre: 'lire' | 'reconnaitre' | 'relire' | 'corriger' | 'rendre' | 'annoter' | 'enregistrer' | 'annuler';
	readonly fichier: string | null;
	readonly etat: 'attente' | 'en-cours' | 'fini' | 'refuse' | 'annule';
	readonly avance: { readonly etape: string; readonly fait: number | null; readonly total: number | null } | null;
	readonly import: number | null;
	readonly fini: boolean;
	readonly refus: string | null;
	readonly conseil: string | null;
	readonly demarches:
		readonly { readonly id: string; readonly actions: number; readonly premierTitre: string | null }[] | null;
}

const STEPS = [
	['lecture', 'Lecture du fichier'],
	['verification', 'Vérification des lignes'],
	['comparaison', 'Comparaison avec ce qui est déjà là'],
	['enregistrement', 'Enregistrement']
] as const;

/** Step told to people; `part` goes from 0 to 1 over all steps and never back. */
export interface Standing {
	readonly phrase: string;
	/** Rows, when they are counted: changes often, so it is not read aloud. */
	readonly detail: string;
	readonly part: number;
}

export function standingOf(job: JobView): Standing {
	if (job.etat === 'attente')
		return { phrase: 'En attente : d’autres fichiers sont en cours de lecture', detail: '', part: 0 };
	const rank = Math.max(
		0,
		STEPS.findIndex(([step]) => step === job.avance?.etape)
	);
	const { fait, total } = job.avance ?? { fait: null, total: null };
	const counted = fait !== null && total !== null && total > 0;
	const inStep = counted ? Math.min(1, fait / total) : 0;
	// Taking an import back has one step only: each of its actions as it was.
	const alone = job.genre === 'annuler';
	return {
		phrase: alone ? 'Remise des actions comme avant cet import' : STEPS[rank]![1],
		detail: counted ? `${fr.number(fait, 0)} / ${fr.number(total, 0)}` : fait ? fr.count(fait, 'ligne') : '',
		part: alone ? inStep : (rank + inStep) / STEPS.length
	};
}

const EVERY_MS = 400;
/** Answers missed in a row before giving up: a server started again is back within that time. */
const MISSED = 50;

/** Asks where a work stands until it is over; null when the server no longer knows it or cannot be reached. */
export async function follow(id: string, show: (job: JobView) => void, stopped: AbortSignal): Promise<JobView | null> {
	for (let missed = 0; missed < MISSED;) {
		try {
			const response = await fetch(`/imports/travaux/${id}/etat`, { signal: stopped });
			if (response.status === 404) return null;
			const job = (await response.json()) as JobView;
			show(job);
			if (job.fini) return job;
			missed = 0;
		} catch {
			if (stopped.aborted) return null;
			missed++;
		}
		await new Promise((later) => setTimeout(later, EVERY_MS));
	}
	return null;
}
