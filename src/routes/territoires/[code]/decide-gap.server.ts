import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { isRefusal, type Refusal } from '$lib/domain/issue';
import { VIEW_PARAMETERS } from '$lib/domain/pages/matrix-address';
import { reopenGap, setGapAside } from '$lib/server/decide';
import { loadReferentiel } from '$lib/server/referentiel';
import { rememberName } from '$lib/server/signature';

/* What is decided of a gap, the same from every page that lists it. */

export const words = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

/** Back to the decided line; what was refused is said beside it, with what was typed. */
export function answer(outcome: number | Refusal, sujet: string, par: string, to: string, form?: FormData) {
	const saisi = Object.fromEntries(['motif', 'etat', 'jusque'].map((name) => [name, form ? words(form, name) : '']));
	if (isRefusal(outcome)) return fail(422, { sujet, par, refus: outcome, saisi });
	redirect(303, to);
}

/** The name that signs, remembered by the browser for the next gesture. */
export function signer({ cookies }: Pick<RequestEvent, 'cookies'>, form: FormData): string {
	const par = words(form, 'par');
	if (par) rememberName(cookies, par);
	return par;
}

/** Filters of the page stay; the decided gap is shown unfolded. */
function backTo(url: URL, lacune: string): string {
	const kept = [...url.searchParams].filter(([name]) => VIEW_PARAMETERS.includes(name));
	return `${url.pathname}?${new URLSearchParams([...kept, ['lacunes', 'toutes'], ['vue', lacune]])}#${lacune}`;
}

async function decideHere(
	event: RequestEvent<{ code: string }>,
	decide: (
		asked: { territoire: string; lacune: string; par: string; le: string },
		form: FormData
	) => Promise<number | Refusal>
) {
	const form = await event.request.formData();
	const [lacune, par] = [words(form, 'lacune'), signer(event, form)];
	const asked = { territoire: event.params.code, lacune, par, le: event.locals.today };
	return answer(await decide(asked, form), lacune, par, backTo(event.url, lacune), form);
}

export const gapActions = {
	ecarter: (event: RequestEvent<{ code: string }>) =>
		decideHere(event, (asked, form) =>
			setGapAside(event.locals.db, loadReferentiel(), {
				...asked,
				motif: words(form, 'motif'),
				etat: words(form, 'etat') || undefined,
				jusque: words(form, 'jusque') || undefined
			})
		),

	rouvrir: (event: RequestEvent<{ code: string }>) => decideHere(event, (asked) => reopenGap(event.locals.db, asked))
};
