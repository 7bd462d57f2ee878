import { redirect } from '@sveltejs/kit';
import { findOwn } from '$lib/server/first-run';
import { lineOf, look } from './look.server';
import { theOne } from './the-one';
import type { PageServerLoad } from './$types';

const ON_A_PAGE = 180;
const MOST_ELSEWHERE = 5;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { found, ...asked } = await look(locals.db, url.searchParams);
	const one = url.searchParams.has('aller') && !asked.elargi && !asked.genre && found ? theOne(found) : null;
	if (one) redirect(303, one);
	return {
		...asked,
		/** A place nobody brought yet: where to begin with it. */
		ailleurs: asked.q && !asked.genre && !found?.total ? findOwn(asked.q).slice(0, MOST_ELSEWHERE) : [],
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
