import { fail, redirect } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { warmUp } from '$lib/server/plans/job-process';
import { readUndo } from '$lib/server/plans/read-undo';
import { rememberName } from '$lib/server/signature';
import { runOrFollow } from '../../run-job.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
	warmUp();
	const apercu = await readUndo(locals.db, Number(params.id));
	return isRefusal(apercu) ? { apercu: null, refus: apercu.refus } : { apercu, refus: null };
};

export const actions: Actions = {
	default: async ({ request, params, locals, cookies }) => {
		const form = await request.formData();
		const par = { par: rememberName(cookies, form.get('par')), le: locals.today };
		const forcees = form.get('tout') ? ('tout' as const) : form.getAll('restaurer').map(String);
		const done = await runOrFollow(locals.db, { genre: 'annuler', id: Number(params.id), par, forcees });
		if (isRefusal(done)) return fail(409, { refus: done.refus, conseil: done.conseil });
		redirect(303, `/imports/${params.id}`);
	}
};
