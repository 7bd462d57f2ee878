import { listTerritories } from '$lib/server/territories';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => {
	const territoires = await listTerritories(locals.db);
	return { territoires: territoires.filter((t) => t.plans > 0 || t.fictif), today: locals.today };
};
