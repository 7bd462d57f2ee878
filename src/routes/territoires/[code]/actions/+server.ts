import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The form of the page: plan and format become the address of a file. */
export const GET: RequestHandler = ({ params, url }) => {
	const plan = url.searchParams.get('plan');
	const format = url.searchParams.get('format') ?? 'xlsx';
	const query = plan ? `?plan=${encodeURIComponent(plan)}` : '';
	redirect(303, `/territoires/${encodeURIComponent(params.code)}/actions.${encodeURIComponent(format)}${query}`);
};
