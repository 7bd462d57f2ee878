import { deserialize } from '$app/forms';
import type { ActionResult } from '@sveltejs/kit';
import * as fr from '$lib/domain/french';
import { follow, standingOf, type Standing } from './job';

/* A form with a file, sent and followed to the end: what a plain form does, plus where it stands and a way out. */

/** Weight of the sending in the whole bar. */
const SENDING = 0.2;
const FOLLOWED = /^\/imports\/travaux\/([\w-]+)$/;

const refuse = (status: number, phrase: string, conseil: string | null): ActionResult => ({
	type: 'failure',
	status,
	data: { phrase, conseil }
});

/**
 * Sends a form, then follows the work it started.
 * in     `stopped`: gives up, here and on the server
 * out    what the form action answers; for a long work, where its end leads or why it was refused
 */
export async function sendFile(
	action: string,
	data: FormData,
	stopped: AbortSignal,
	show: (standing: Standing) => void,
	begin: () => void
): Promise<ActionResult> {
	const answer = await upload(action, data, stopped, show);
	const id = answer.type === 'redirect' ? FOLLOWED.exec(answer.location)?.[1] : undefined;
	if (!id) return answer;
	begin();
	const cancel = (): void => void post(`/imports/travaux/${id}?/annuler`);
	if (stopped.aborted) cancel();
	stopped.addEventListener('abort', cancel, { once: true });
	const last = await follow(
		id,
		(job) => {
			const standing = standingOf(job);
			show({ ...standing, part: SENDING + (1 - SENDING) * standing.part });
		},
		stopped
	);
	if (last?.etat === 'fini') return { type: 'redirect', status: 303, location: `/imports/${last.import}` };
	if (last?.refus)
		return {
			type: 'failure',
			status: 422,
			data: { phrase: last.refus, conseil: last.conseil, demarches: last.demarches }
		};
	return refuse(503, 'Le serveur ne répond plus.', 'Attendez une minute, puis regardez les imports passés.');
}

function upload(
	action: string,
	data: FormData,
	stopped: AbortSignal,
	show: (standing: Standing) => void
): Promise<ActionResult> {
	return new Promise((answer) => {
		const request = new XMLHttpRequest();
		const unreachable = refuse(503, 'Le fichier n’a pas pu être envoyé.', 'Vérifiez la connexion, puis recommencez.');
		request.open('POST', action);
		request.setRequestHeader('accept', 'application/json');
		request.setRequestHeader('x-sveltekit-action', 'true');
		request.upload.addEventListener('progress', ({ loaded, total }) =>
			show({
				phrase: 'Envoi du fichier',
				detail: `${megabytes(loaded)} / ${megabytes(total)}\u00a0Mo`,
				part: total ? (SENDING * loaded) / total : 0
			})
		);
		request.upload.addEventListener('load', () => show({ phrase: 'Lecture du fichier', detail: '', part: SENDING }));
		request.addEventListener('load', () => answer(resultOf(request)));
		request.addEventListener('error', () => answer(unreachable));
		request.addEventListener('abort', () => answer(unreachable));
		stopped.addEventListener('abort', () => request.abort(), { once: true });
		request.send(data);
	});
}

function resultOf(request: XMLHttpRequest): ActionResult {
	if (request.status === 413)
		return refuse(
			413,
			'Ce fichier dépasse 60\u00a0Mo.',
			'Copiez la feuille du plan dans un classeur neuf, sans images.'
		);
	try {
		return deserialize(request.responseText);
	} catch {
		return refuse(500, 'Croisée a rencontré une faute de sa part.', 'Vos données n’ont pas été modifiées.');
	}
}

const post = (url: string): Promise<unknown> =>
	fetch(url, { method: 'POST', body: new FormData(), headers: { 'x-sveltekit-action': 'true' } }).catch(() => null);

const megabytes = (bytes: number): string => fr.number(bytes / 1_000_000, 1);
