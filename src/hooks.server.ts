import type { Handle } from '@sveltejs/kit';
import { openShared, today } from '$lib/server/application';

export const handle: Handle = async ({ event, resolve }) => {
	event.locals.db = await openShared();
	event.locals.today = today();
	return resolve(event);
};
