import { error } from '@sveltejs/kit';
import { demonstrationFiles } from '$lib/server/demonstration';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ params }) => {
	const file = demonstrationFiles().find((f) => f.nom === params.nom);
	if (!file) error(404, 'Ce fichier d’exemple n’existe pas.');
	return new Response(file.octets as BodyInit, {
		headers: { 'content-type': 'application/octet-stream', 'content-disposition': `attachment; filename="${file.nom}"` }
	});
};
