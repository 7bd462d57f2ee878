import { json } from '@sveltejs/kit';
import { mapOutlines } from '$lib/domain/pages/map-model';
import { quartiersOf } from '$lib/server/db/territories';
import type { RequestHandler } from './$types';

/** Outlines for the map of a page that does not carry them: {} for a territory without any. */
export const GET: RequestHandler = async ({ params, locals }) =>
	json(mapOutlines(await quartiersOf(locals.db, params.code)));
