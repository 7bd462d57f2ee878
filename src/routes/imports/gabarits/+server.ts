import { error, redirect } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { chooseTerritory } from '$lib/server/choose-territory';
import type { RequestHandler } from './$types';

/** The form of the page: plan, format and the words of a territory become the address of a file. */
export const GET: RequestHandler = async ({ url, locals }) => {
	const said = (name: string): string => url.searchParams.get(name)?.trim() ?? '';
	// Opened bare, it names no model: the page that offers them does.
	if (said('plan') === '') redirect(303, '/imports#modeles');
	const words = said('territoire');
	const territory = words === '' ? null : await chooseTerritory(locals.db, words);
	if (isRefusal(territory)) error(404, [territory.refus, territory.conseil].filter(Boolean).join(' '));
	const query = territory ? `?territoire=${encodeURIComponent(territory.code)}` : '';
	redirect(303, `/imports/gabarits/${encodeURIComponent(said('plan'))}.${said('format') || 'xlsx'}${query}`);
};
