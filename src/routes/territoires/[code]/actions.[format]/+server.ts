import { error } from '@sveltejs/kit';
import { PlanKind } from '$lib/domain/action';
import { isRefusal } from '$lib/domain/issue';
import { ACTION_FORMATS, exportActions, type ActionFormat } from '$lib/server/exports/export-actions';
import { loadReferentiel } from '$lib/server/referentiel';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, url, locals }) => {
	if (!(ACTION_FORMATS as readonly string[]).includes(params.format))
		error(404, `Ce format n’existe pas : ${ACTION_FORMATS.join(', ')}.`);
	const plan = PlanKind.nullable().safeParse(url.searchParams.get('plan') || null);
	if (!plan.success) error(404, 'Ce type de plan n’existe pas.');
	const file = await exportActions(locals.db, loadReferentiel(), {
		territoire: params.code,
		plan: plan.data,
		format: params.format as ActionFormat,
		day: locals.today
	});
	if (isRefusal(file)) error(404, [file.refus, file.conseil].filter(Boolean).join(' '));
	return new Response(file.octets as BodyInit, {
		headers: {
			'content-type': file.type,
			'content-disposition': `attachment; filename="${file.nom}"`,
			'cache-control': 'no-store'
		}
	});
};
