import { redirect } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import type { Db } from '$lib/server/db/client';
import type { Corrected } from '$lib/server/plans/correct-import';
import { cancelJob, getJob, isOver, startJob, waitJob, type Job } from '$lib/server/plans/jobs';
import type { Order, Outcome } from '$lib/server/plans/perform';

/** Most files are read within this time: the answer is the page itself, with nothing in between. */
const AT_ONCE_MS = 800;

/**
 * Does a long work apart from the server.
 * in     `left`: that of the request; who closes the page before the answer has given up; `retour`: page to come back to
 * out    what it gave when it was quick; else the browser is sent to the page that shows where it stands
 */
export async function runOrFollow(db: Db, order: Order, left?: AbortSignal, retour?: string): Promise<Outcome> {
	const started = startJob(db, order);
	if (isRefusal(started)) return started;
	const giveUp = (): void => cancelJob(started.id);
	left?.addEventListener('abort', giveUp, { once: true });
	const job = await waitJob(started.id, AT_ONCE_MS);
	left?.removeEventListener('abort', giveUp);
	if (job?.issue) return job.issue;
	redirect(303, `/imports/travaux/${started.id}${retour ? `?retour=${encodeURIComponent(retour)}` : ''}`);
}

/** The page a form was sent from, with its filters. */
export function pageOf(url: URL): string {
	const kept = new URLSearchParams(url.searchParams);
	for (const name of [...kept.keys()]) if (name.startsWith('/') || name === 'travail') kept.delete(name);
	return `${url.pathname}${kept.size > 0 ? `?${kept}` : ''}`;
}

/** Page of an import to come back to, when the address names one of ours; it is told which work brings there. */
export function returnOf(url: URL, job: Job): string | null {
	const asked = url.searchParams.get('retour') ?? '';
	if (!/^\/imports\/\d+\/[a-z]+(?:\?[\w=&%.+*-]*)?$/.test(asked)) return null;
	return `${asked}${asked.includes('?') ? '&' : '?'}travail=${job.id}`;
}

/** What the work that led to this page changed, as long as it is known. */
export function correctedBy(url: URL): Corrected | null {
	const issue = getJob(url.searchParams.get('travail') ?? '')?.issue;
	return issue && !isRefusal(issue) ? (issue.relu ?? null) : null;
}

/** What the page of a work shows. */
export function viewOf(job: Job) {
	const refused = job.issue && isRefusal(job.issue) ? job.issue : null;
	return {
		id: job.id,
		genre: job.genre,
		fichier: job.fichier,
		etat: job.etat,
		avance: job.avance,
		import: job.import,
		fini: isOver(job),
		refus: refused?.refus ?? null,
		conseil: refused?.conseil ?? null,
		demarches: refused?.demarches ?? null
	};
}
