import { error, json } from '@sveltejs/kit';
import { findJob } from '$lib/server/plans/jobs';
import { viewOf } from '../../../run-job.server';
import type { RequestHandler } from './$types';

/** Where a work stands, asked a few times a second by the page that shows it. */
export const GET: RequestHandler = async ({ params, locals }) => {
	const job = await findJob(locals.db, params.id);
	if (!job) error(404, 'Ce travail n’est plus connu.');
	return json(viewOf(job), { headers: { 'cache-control': 'no-store' } });
};
