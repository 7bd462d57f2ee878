import { listTerritories } from '$lib/server/territories';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ tous: await listTerritories(locals.db) });
