import { redirect } from '@sveltejs/kit';
import { lineOf, look } from './look.server';
import { theOne } from './the-one';
import type { PageServerLoad } from './$types';

const ON_A_PAGE = 180;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { found, ...asked } = await look(locals.db, url.searchParams);
	const one = url.searchParams.has('aller') && !asked.elargi && !asked.genre && found ? theOne(found) : null;
	if (one) redirect(303, one);
	return {
		...asked,
		total: found?.total ?? 0,
		partiel: found?.partiel ?? false,
		corriges: found?.corriges ?? [],
		groupes: (found?.groupes ?? []).map(({ genre, hits, total }) => ({
			genre,
			total,
			hits: hits.map(({ entry }) => ({
				id: `${entry.territoire ?? ''} ${entry.id}`,
				...lineOf(entry, found!.marques, asked.territoires, ON_A_PAGE, asked.territoire?.code ?? null)
			}))
		}))
	};
};
