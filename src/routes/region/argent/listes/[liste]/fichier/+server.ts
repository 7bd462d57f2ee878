import { error } from '@sveltejs/kit';
import * as grants from '$lib/server/db/grants';
import { downloadHeaders } from '$lib/server/files/download';
import type { RequestHandler } from './$types';

/** A published list as it was given, octet for octet. */
export const GET: RequestHandler = async ({ params, locals }) => {
	const found = (await grants.listImports(locals.db)).find((l) => l.id === Number(params.liste));
	const bytes = found && (await grants.bytesOf(locals.db, found.id));
	if (!found || !bytes) error(404, 'Le fichier de cette liste n’a pas été gardé.');
	return new Response(bytes as BodyInit, { headers: downloadHeaders(found.fichier) });
};
