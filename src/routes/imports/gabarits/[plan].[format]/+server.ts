import { error } from '@sveltejs/kit';
import { PlanKind } from '$lib/domain/action';
import { isRefusal } from '$lib/domain/issue';
import { exportTemplate, TEMPLATE_FORMATS, type TemplateFormat } from '$lib/server/exports/export-actions';
import { loadReferentiel } from '$lib/server/referentiel';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, url, locals }) => {
	const plan = PlanKind.safeParse(params.plan);
	if (!plan.success) error(404, 'Ce type de plan n’existe pas.');
	if (!(TEMPLATE_FORMATS as readonly string[]).includes(params.format))
		error(404, 'Ce format n’existe pas : xlsx ou ods.');
	const file = await exportTemplate(locals.db, loadReferentiel(), {
		plan: plan.data,
		format: params.format as TemplateFormat,
		territoire: url.searchParams.get('territoire') || null,
		day: locals.today
	});
	if (isRefusal(file)) error(404, file.refus);
	return new Response(file.octets as BodyInit, {
		headers: { 'content-type': file.type, 'content-disposition': `attachment; filename="${file.nom}"` }
	});
};
