import { fail, redirect } from '@sveltejs/kit';
import { readLot, within } from '$lib/server/bring/bring-lot';
import { holdFiles, type HeldFile } from '$lib/server/bring/held-files';
import { readMissing, territoryToBring } from '$lib/server/bring/read-missing';
import { warmUp } from '$lib/server/plans/job-process';
import { loadReferentiel } from '$lib/server/referentiel';
import { unreadEpci } from '$lib/server/territories';
import type { Actions, PageServerLoad } from './$types';

/** More at once, and nobody would read what they turned out to be. */
const MOST = 20;
/** Small files are known within this time: the page then says at once what they are. */
const AT_ONCE_MS = 1_500;

export const load: PageServerLoad = async ({ locals, url }) => {
	warmUp();
	const territory = await territoryToBring(locals.db, url.searchParams.get('territoire'));
	return {
		/** An import was read, and somebody chose not to save it. */
		laisse: url.searchParams.get('laisse') === 'import',
		...(territory && {
			territoire: {
				...{ code: territory.code, nom: territory.nom, fictif: territory.fictif },
				vide: (await unreadEpci(locals.db, territory.code)) !== null
			}
		}),
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
		const held = await Promise.all(
			files.map(async (file): Promise<HeldFile> => {
				const bytes = new Uint8Array(await file.arrayBuffer());
				return { fichier: file.name, bytes, reconnu: null, issue: null };
			})
		);
		const lot = await holdFiles(locals.db, territoire, held);
		await within(readLot(locals.db, loadReferentiel(), lot), AT_ONCE_MS);
		redirect(303, `/apporter/${lot.id}`);
	}
};
