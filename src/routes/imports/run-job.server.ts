import { redirect } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import type { Db } from '$lib/server/db/client';
import type { Corrected } from '$lib/server/plans/correct-import';
import { cancelJob, demandeOf, getJob, isOver, startJob, waitJob, type Job } from '$lib/server/plans/jobs';
import type { Order, Outcome } from '$lib/server/plans/perform';

/** Most files are read within this time: the answer is the page itself, with nothing in between. */
const AT_ONCE_MS = 800;

/**
 * Does a long work apart from the server.
 * in     `request`: who closes the page before the answer has given up; `retour`: page to come back to
 * out    what it gave when it was quick; else the browser is sent to the page that shows where it stands
 */
export async function runOrFollow(db: Db, order: Order, request?: Request, retour?: string): Promise<Outcome> {
	const started = startJob(db, order);
	if (isRefusal(started)) return started;
	const left = request?.signal;
	const giveUp = (): void => cancelJob(started.id);
	left?.addEventListener('abort', giveUp, { once: true });
	const job = await waitJob(started.id, AT_ONCE_MS);
	left?.removeEventListener('abort', giveUp);
	const issue = job?.issue;
	// A page loaded anew has lost its file: what is to be chosen in it is asked where the file still is.
	const chosenThere = issue && isRefusal(issue) && issue.demarches && request && !isFromScript(request);
	if (issue && !chosenThere) return issue;
	redirect(303, `/imports/travaux/${started.id}${retour ? `?retour=${encodeURIComponent(retour)}` : ''}`);
}

/** A form sent by a script stays as it was; sent by the browser alone, before scripts come or without them, it is a new page. */
export const isFromScript = ({ headers }: Request): boolean => headers.has('x-sveltekit-action');

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
		demarches: refused?.demarches ?? null,
		/** What was asked, to ask it again of another file. */
		demande: demandeOf(job.id)
	};
}
