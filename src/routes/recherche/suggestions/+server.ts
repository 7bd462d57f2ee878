import { error, json } from '@sveltejs/kit';
import { plain } from '$lib/domain/text';
import { FROM_LETTERS } from '$lib/domain/search/suggest';
import { propose } from '../look.server';
import type { RequestHandler } from './$types';

/** What to propose while one types. `q`: two letters or figures at least; `territoire`: looked in first. */
export const GET: RequestHandler = async ({ locals, url }) => {
	if (plain(url.searchParams.get('q') ?? '').replaceAll(' ', '').length < FROM_LETTERS)
		error(400, 'Écrivez au moins deux lettres.');
	return json(await propose(locals.db, url.searchParams), { headers: { 'cache-control': 'no-store' } });
};
