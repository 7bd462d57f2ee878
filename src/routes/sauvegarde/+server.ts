import { isRefusal } from '$lib/domain/issue';
import { takeBackup } from '$lib/server/take-backup';
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
	const copy = await takeBackup(locals.db);
	if (isRefusal(copy)) error(507, `${copy.refus} ${copy.conseil ?? ''}`);
	return new Response(copy.stream, {
		headers: {
			'content-type': 'application/vnd.sqlite3',
			'content-length': String(copy.octets),
			'content-disposition': `attachment; filename="croisee-${locals.now.replace('T', '-').replace(':', '')}.db"`
		}
	});
};
