import { error } from '@sveltejs/kit';
import * as imports from '$lib/server/db/imports';
import { downloadHeaders } from '$lib/server/files/download';
import type { RequestHandler } from './$types';

/** The file as it was dropped, octet for octet. */
export const GET: RequestHandler = async ({ params, locals }) => {
	const found = await imports.get(locals.db, Number(params.id));
	const bytes = found && (await imports.bytesOf(locals.db, found.id));
	if (!found || !bytes) error(404, 'Cet import n’existe pas.');
	return new Response(bytes as BodyInit, { headers: downloadHeaders(found.fichier) });
};
