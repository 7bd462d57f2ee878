import { error, json, type Handle, type HandleServerError, type ServerInit } from '@sveltejs/kit';
import { isTooHeavy, tooHeavy } from '$lib/server/too-heavy';
import { foreignForm } from '$lib/server/foreign-form';
import { someoneWaits } from '$lib/server/by-slices';
import { closeShared, now, openShared, prepare, today } from '$lib/server/application';
import { isReadOnly, refusedInReading } from '$lib/server/read-only';
import { gridKeys } from '$lib/ui/grid-keys';
import { searchKey } from '$lib/ui/search-key';

export const init: ServerInit = async () => {
	await prepare();
	process.once('exit', () => void closeShared());
};

/** In the page itself: « / » and the keys of a grid answer as soon as they are seen. */
const KEYS = `<script>(${gridKeys})(document);(${searchKey})(document)</script>`;

export const handle: Handle = async ({ event, resolve }) => {
	const { method, headers } = event.request;
	const lecture = isReadOnly();
	const foreign = foreignForm(method, headers.get('origin'), [headers.get('host'), event.url.host]);
	const refused = (lecture && refusedInReading(method)) || foreign;
	if (refused) return refuse(refused, headers.get('x-sveltekit-action') === 'true');
	event.locals.db = await openShared();
	event.locals.today = today();
	event.locals.now = now();
	event.locals.lecture = lecture;
	// The matrix is read and walked through before any other script comes: they wait for its first paint.
	const first = event.route.id === '/territoires/[code]';
	const early = first ? ['font', 'css'] : ['font', 'css', 'js'];
	const answered = someoneWaits();
	try {
		return await resolve(event, {
			// Fonts asked for with the page are mostly there at its first paint.
			preload: ({ type }) => early.includes(type),
			transformPageChunk: ({ html }) => (first ? painted(html) : html).replace('%croisee.touches%', () => KEYS)
		});
	} finally {
		answered();
	}
};

/** A form sent by script shows the sentence as the page of an error does; a plain one arrives at a page that holds it. */
function refuse(message: string, byScript: boolean): Response {
	if (byScript) return json({ type: 'error', error: { message } }, { status: 403 });
	error(403, message);
}

/** The page comes alive after its first paint: in the call that starts it, its scripts are asked for one frame later. */
function painted(html: string): string {
	// It stands at the very end: the rest of the page is not searched.
	const at = Math.max(0, html.lastIndexOf('Promise.all('));
	return (
		html.slice(0, at) +
		html
			.slice(at)
			.replace(
				/Promise\.all\((\[\s*import\([^\]]+\])\)/,
				(_, scripts) =>
					`new Promise((seen) => (requestAnimationFrame(() => setTimeout(seen)), setTimeout(seen, 2000))).then(() => Promise.all(${scripts}))`
			)
	);
}

/** The stack goes to the log; people get a sentence. */
export const handleError: HandleServerError = ({ error, status, event }) => {
	if (status === 404) return { message: 'Cette page n’existe pas.' };
	if (isTooHeavy(error, status)) return { message: tooHeavy() };
	process.stderr.write(
		`${event.request.method} ${event.url.pathname}\n${error instanceof Error ? error.stack : String(error)}\n`
	);
	return { message: 'Croisée a rencontré une faute de sa part. Vos données n’ont pas été modifiées.' };
};
