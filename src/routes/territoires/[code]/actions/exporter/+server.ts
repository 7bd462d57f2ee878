import { redirect } from '@sveltejs/kit';
import * as documents from '$lib/server/db/documents';
import type { RequestHandler } from './$types';

/** The form of the page: plan and format become the address of a file, or of the page when a plan must be chosen. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const plan = url.searchParams.get('plan');
	const format = url.searchParams.get('format') ?? 'xlsx';
	const page = `/territoires/${encodeURIComponent(params.code)}`;
	if (format === 'tet' && !plan) {
		const plans = new Set((await documents.listByTerritory(locals.db, params.code)).map((d) => d.plan));
		if (plans.size > 1) redirect(303, `${page}?exporter=un-plan#exporter`);
	}
	const query = plan ? `?plan=${encodeURIComponent(plan)}` : '';
	redirect(303, `${page}/actions.${encodeURIComponent(format)}${query}`);
};
