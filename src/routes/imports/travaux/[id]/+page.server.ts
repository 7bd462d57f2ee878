import { error, fail, redirect } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { cancelJob, chooseDemarche, findJob, getJob } from '$lib/server/plans/jobs';
import { returnOf, viewOf } from '../../run-job.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, locals }) => {
	const job = await findJob(locals.db, params.id);
	if (!job) error(404, 'Ce travail n’est plus connu. Le fichier a peut-être été lu : consultez les imports passés.');
	const retour = returnOf(url, job);
	if (job.etat === 'fini') redirect(303, retour ?? `/imports/${job.import}`);
	return { travail: viewOf(job), retour };
};

export const actions: Actions = {
	annuler: ({ params }) => {
		const job = getJob(params.id);
		cancelJob(params.id);
		redirect(303, job?.import ? `/imports/${job.import}` : '/imports');
	},
	choisir: async ({ params, request }) => {
		const demarche = String((await request.formData()).get('demarche') ?? '');
		const job = chooseDemarche(params.id, demarche);
		if (!job) error(404, 'Ce travail n’est plus connu. Déposez à nouveau le fichier.');
		if (isRefusal(job)) return fail(503, { refus: job.refus, conseil: job.conseil });
		redirect(303, `/imports/travaux/${job.id}`);
	}
};
