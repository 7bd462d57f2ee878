import { error } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import * as imports from '$lib/server/db/imports';
import { downloadHeaders } from '$lib/server/files/download';
import { runJob } from '$lib/server/plans/jobs';
import type { RequestHandler } from './$types';

/** The workbook of an import, given back with its cells marked. */
export const GET: RequestHandler = async ({ params, locals, request }) => {
	const id = Number(params.id);
	if (!(await imports.get(locals.db, id))) error(404, 'Cet import n’existe pas.');
	const done = await runJob(locals.db, { genre: 'annoter', id }, request.signal);
	if (isRefusal(done)) error(409, done.refus);
	const { nom, octets } = done.classeur!;
	return new Response(new Uint8Array(octets), { headers: downloadHeaders(nom) });
};
