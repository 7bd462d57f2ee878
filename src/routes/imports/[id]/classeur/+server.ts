import { error } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { returnImport } from '$lib/server/plans/return-import';
import type { RequestHandler } from './$types';

/** The workbook of an import, given back with its cells marked. */
export const GET: RequestHandler = async ({ params, locals }) => {
	const done = await returnImport(locals.db, Number(params.id));
	if (done === null) error(404, 'Cet import n’existe pas.');
	if (isRefusal(done)) error(409, done.refus);
	return new Response(new Uint8Array(done.octets), {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(done.nom).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`,
			'cache-control': 'no-store'
		}
	});
};
