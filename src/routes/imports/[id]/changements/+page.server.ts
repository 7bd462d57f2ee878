import { fail, redirect } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { decideGroup, decideLine } from '$lib/server/plans/decide-lines';
import { GROUPS, readChanges } from '$lib/server/plans/read-changes';
import { signatureOf } from '$lib/server/signature';
import { pageOf } from '../../run-job.server';
import type { Actions, PageServerLoad } from './$types';

const groupOf = (value: string | null) => GROUPS.find((g) => g === value) ?? null;

export const load: PageServerLoad = async ({ params, locals, url, depends }) => {
	depends('croisee:changements');
	const asked = {
		groupe: groupOf(url.searchParams.get('groupe')),
		mots: (url.searchParams.get('mots') ?? '').trim().slice(0, 100),
		page: Number(url.searchParams.get('page')) || 1
	};
	return { demande: asked, ...(await readChanges(locals.db, Number(params.id), asked)) };
};

const words = (form: FormData, name: string): string => String(form.get(name) ?? '');

export const actions: Actions = {
	decider: async ({ request, params, locals, cookies, url }) => {
		const form = await request.formData();
		const asked = {
			cle: words(form, 'cle'),
			geste: words(form, 'geste'),
			// A line without any box offers no choice of fields: all of them are taken.
			champs: form.has('choix') ? form.getAll('champs').map(String) : null,
			effacer: form.getAll('effacer').map(String)
		};
		const done = await decideLine(locals.db, Number(params.id), asked, { par: signatureOf(cookies), le: locals.today });
		if (done && isRefusal(done)) return fail(409, { refus: done.refus, conseil: done.conseil });
		redirect(303, back(url, words(form, 'ancre')));
	},
	tous: async ({ request, params, locals, cookies, url }) => {
		const form = await request.formData();
		const groupe = groupOf(words(form, 'groupe'));
		if (!groupe) return fail(400, { refus: 'Ce groupe n’existe pas.', conseil: null });
		const by = { par: signatureOf(cookies), le: locals.today };
		const done = await decideGroup(locals.db, Number(params.id), groupe, words(form, 'geste'), by);
		if (done && isRefusal(done)) return fail(409, { refus: done.refus, conseil: done.conseil });
		redirect(303, `${back(url, '')}#${groupe}`);
	}
};

/** The same page, at the line decided. */
const back = (url: URL, ancre: string): string => `${pageOf(url)}${/^[a-z]\d+$/.test(ancre) ? `#${ancre}` : ''}`;
