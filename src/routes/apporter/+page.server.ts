import { fail, redirect } from '@sveltejs/kit';
import { holdFile } from '$lib/server/bring/bring-file';
import { holdFiles, type HeldFile } from '$lib/server/bring/held-files';
import { readMissing } from '$lib/server/bring/read-missing';
import { warmUp } from '$lib/server/plans/job-process';
import { territoryFromCog } from '$lib/server/cog';
import { loadReferentiel } from '$lib/server/referentiel';
import { getTerritory, likelyTerritory, listTerritories } from '$lib/server/territories';
import type { Actions, PageServerLoad } from './$types';

/** More at once, and nobody would read what they turned out to be. */
const MOST = 20;
const AT_ONCE = 2;

export const load: PageServerLoad = async ({ locals, url }) => {
	warmUp();
	const asked = url.searchParams.get('territoire');
	const likely = asked ? null : likelyTerritory(await listTerritories(locals.db));
	const code = asked ?? likely?.code ?? '';
	const territory = (await getTerritory(locals.db, code)) ?? territoryFromCog(code);
	return {
		...(territory && { territoire: { code: territory.code, nom: territory.nom, fictif: territory.fictif } }),
		manques: await readMissing(locals.db, territory?.code ?? null)
	};
};

export const actions: Actions = {
	default: async ({ request, locals }) => {
		const form = await request.formData();
		const territoire = String(form.get('territoire') ?? '').trim() || null;
		const files = form.getAll('fichiers').filter((f): f is File => f instanceof File && f.name !== '');
		const refuse = (refus: string, conseil: string | null = null) => fail(422, { refus, conseil, champ: 'fichiers' });
		if (files.length === 0) return refuse('Choisissez au moins un fichier.');
		if (files.length > MOST) return refuse(`Apportez ${MOST} fichiers au plus à la fois.`);
		const held: HeldFile[] = [];
		for (let i = 0; i < files.length; i += AT_ONCE)
			held.push(
				...(await Promise.all(
					files.slice(i, i + AT_ONCE).map(async (file) => {
						const bytes = new Uint8Array(await file.arrayBuffer());
						return holdFile(locals.db, loadReferentiel(), { bytes, fichier: file.name }, territoire, request.signal);
					})
				))
			);
		redirect(303, `/apporter/${holdFiles(territoire, held).id}`);
	}
};
