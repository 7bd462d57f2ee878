import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/* An address one guesses: the part of the territory's page. */
export const GET: RequestHandler = ({ params, url }) =>
	redirect(308, `/territoires/${params.code}${url.search}#quartiers`);
