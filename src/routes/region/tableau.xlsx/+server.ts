import { regionPage } from '$lib/domain/pages/region-page';
import { regionSheet } from '$lib/domain/pages/region-sheet';
import { writeWorkbook } from '$lib/server/files/spreadsheet-write';
import { readRegion } from '$lib/server/read-region';
import { loadReferentiel } from '$lib/server/referentiel';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, locals }) => {
	const ref = loadReferentiel();
	const view = await readRegion(locals.db, ref, url.searchParams.get('region'), locals.today);
	const octets = await writeWorkbook([regionSheet(regionPage(view, ref))], 'xlsx', locals.today);
	return new Response(octets as BodyInit, {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': `attachment; filename="region-${locals.today}.xlsx"`
		}
	});
};
