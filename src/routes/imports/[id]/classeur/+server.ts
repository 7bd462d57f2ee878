import { error } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { downloadHeaders } from '$lib/server/files/download';
import { returnImport } from '$lib/server/plans/return-import';
import type { RequestHandler } from './$types';

/** The workbook of an import, given back with its cells marked. */
export const GET: RequestHandler = async ({ params, locals }) => {
	const done = await returnImport(locals.db, Number(params.id));
	if (done === null) error(404, 'Cet import n’existe pas.');
	if (isRefusal(done)) error(409, done.refus);
	return new Response(new Uint8Array(done.octets), { headers: downloadHeaders(done.nom) });
};
