import { fail, redirect } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { undoImport } from '$lib/server/plans/import-document';
import { readUndo } from '$lib/server/plans/read-undo';
import { rememberName } from '$lib/server/signature';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
	const apercu = await readUndo(locals.db, Number(params.id));
	return isRefusal(apercu) ? { apercu: null, refus: apercu.refus } : { apercu, refus: null };
};

export const actions: Actions = {
	default: async ({ request, params, locals, cookies }) => {
		const form = await request.formData();
		const by = { par: rememberName(cookies, form.get('par')), le: locals.today };
		const forced = form.get('tout') ? ('tout' as const) : new Set(form.getAll('restaurer').map(String));
		const done = await undoImport(locals.db, Number(params.id), by, forced);
		if (isRefusal(done)) return fail(409, { refus: done.refus, conseil: done.conseil });
		redirect(303, `/imports/${params.id}`);
	}
};
