import { fail } from '@sveltejs/kit';
import { oneLine } from '$lib/domain/import/cell';
import { cellKey, cellOfKey } from '$lib/domain/import/corrections';
import { isRefusal } from '$lib/domain/issue';
import { readAnomalies } from '$lib/server/plans/read-anomalies';
import { correctImport, takeBack, type Edit } from '$lib/server/plans/correct-import';
import { loadReferentiel } from '$lib/server/referentiel';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) =>
	readAnomalies(locals.db, loadReferentiel(), Number(params.id), (name) => url.searchParams.get(name));

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
	corriger: async ({ request, params, locals }) => {
		const form = await request.formData();
		const par = String(form.get('par') ?? '').trim();
		const edits = editsOf(form);
		if (edits.length === 0) return fail(400, { refus: 'Aucune cellule n’a été changée.', conseil: null, par });
		if (par === '') return fail(400, { refus: 'Dites qui corrige\u00a0: votre nom manque.', conseil: null, par });
		const by = { par, le: locals.today };
		const done = await correctImport(locals.db, loadReferentiel(), Number(params.id), edits, by);
		if (isRefusal(done)) return fail(409, { refus: done.refus, conseil: done.conseil, par });
		return { relu: done, par };
	},
	reprendre: async ({ request, params, locals }) => {
		const form = await request.formData();
		const cells = form.getAll('cellule').flatMap((key) => cellOfKey(String(key)) ?? []);
		const done = await takeBack(locals.db, loadReferentiel(), Number(params.id), cells.map(cellKey));
		if (isRefusal(done)) return fail(409, { refus: done.refus, conseil: done.conseil, par: '' });
		return { relu: done, par: '' };
	}
};
