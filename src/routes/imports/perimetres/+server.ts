import { isRefusal } from '$lib/domain/issue';
import { downloadPerimeters } from '$lib/server/quartiers/data-gouv';
import { tellPerimeters } from '$lib/server/quartiers/import-quartier-file';
import { importPerimeters } from '$lib/server/quartiers/perimeters';
import type { RequestHandler } from './$types';

/** Downloads the official perimeters and answers line by line, in JSON: bytes received, then the report or the refusal. */
export const POST: RequestHandler = ({ locals, request }) => {
	const encoder = new TextEncoder();
	const body = new ReadableStream({
		async start(controller) {
			const tell = (step: object) => controller.enqueue(encoder.encode(`${JSON.stringify(step)}\n`));
			const file = await downloadPerimeters(undefined, { onProgress: tell, signal: request.signal });
			const report = isRefusal(file)
				? file
				: await importPerimeters(locals.db, file.bytes, file.fichier, { le: locals.today, source: file.source });
			if (isRefusal(report)) tell({ refus: [report.refus, report.conseil].filter(Boolean).join(' ') });
			else tell({ rapport: tellPerimeters(report).phrase });
			controller.close();
		}
	});
	return new Response(body, {
		headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' }
	});
};
