import { fail } from '@sveltejs/kit';
import { oneLine } from '$lib/domain/import/cell';
import { cellKey, cellOfKey } from '$lib/domain/import/corrections';
import { isRefusal } from '$lib/domain/issue';
import { readAnomalies } from '$lib/server/plans/read-anomalies';
import type { Edit } from '$lib/server/plans/correct-import';
import { warmUp } from '$lib/server/plans/job-process';
import { loadReferentiel } from '$lib/server/referentiel';
import { rememberName } from '$lib/server/signature';
import { correctedBy, pageOf, runOrFollow } from '../../run-job.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) => {
	warmUp();
	const asked = (name: string): string | null => url.searchParams.get(name);
	return {
		...(await readAnomalies(locals.db, loadReferentiel(), Number(params.id), asked)),
		relu: correctedBy(url)
	};
};

/** Fields « cellule », « avant », « choix », « valeur », « partout », numbered as the lines of the page. */
function editsOf(form: FormData): Edit[] {
	return form.getAll('rang').flatMap((rang): Edit[] => {
		const text = (name: string): string => String(form.get(`${name}-${rang}`) ?? '').trim();
		const cell = cellOfKey(text('cellule'));
		const [avant, choix, valeur] = [text('avant'), text('choix'), text('valeur')];
		if (!cell) return [];
		const partout = form.has(`partout-${rang}`);
		if (choix !== '') return [{ ...cell, valeur: choix === 'vide' ? '' : choix, remplace: choix !== 'vide', partout }];
		return oneLine(valeur) === oneLine(avant) ? [] : [{ ...cell, valeur, remplace: false, partout }];
	});
}

export const actions: Actions = {
	corriger: async ({ request, params, locals, cookies, url }) => {
		const form = await request.formData();
		const par = String(form.get('par') ?? '').trim();
		const cellules = editsOf(form);
		if (cellules.length === 0) return fail(400, { refus: 'Aucune cellule n’a été changée.', conseil: null, par });
		if (par === '') return fail(400, { refus: 'Dites qui corrige\u00a0: votre nom manque.', conseil: null, par });
		const by = { par: rememberName(cookies, par), le: locals.today };
		const order = { genre: 'corriger', id: Number(params.id), cellules, par: by } as const;
		const done = await runOrFollow(locals.db, order, undefined, pageOf(url));
		if (isRefusal(done)) return fail(409, { refus: done.refus, conseil: done.conseil, par });
		return { relu: done.relu, par };
	},
	reprendre: async ({ request, params, locals, url }) => {
		const form = await request.formData();
		const cellules = form.getAll('cellule').flatMap((key) => cellOfKey(String(key)) ?? []);
		const order = { genre: 'rendre', id: Number(params.id), cellules: cellules.map(cellKey) } as const;
		const done = await runOrFollow(locals.db, order, undefined, pageOf(url));
		if (isRefusal(done)) return fail(409, { refus: done.refus, conseil: done.conseil, par: '' });
		return { relu: done.relu, par: '' };
	}
};
