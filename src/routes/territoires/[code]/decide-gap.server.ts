import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { isRefusal, type Refusal } from '$lib/domain/issue';
import { GAP_PARAMETERS } from '$lib/domain/pages/gap-filter';
import type { Gap } from '$lib/domain/rules/gaps';
import { undoGesture } from '$lib/server/confirm-suggestions';
import { inForce } from '$lib/server/db/decisions';
import { reopenGap, setGapAside } from '$lib/server/decide';
import { decideGaps, ruleOf, sealsOf } from '$lib/server/decide-gaps';
import { loadReferentiel } from '$lib/server/referentiel';
import { rememberName } from '$lib/server/signature';

/* What is decided of a gap, the same from every page that lists it. */

export const words = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

/** Back to the decided line; what was refused is said beside it, with what was typed. */
export function answer(outcome: number | Refusal, sujet: string, par: string, to: string, form?: FormData) {
	if (isRefusal(outcome)) return fail(422, { sujet, par, refus: outcome, saisi: typedIn(form) });
	redirect(303, to);
}

const typedIn = (form?: FormData): Record<string, string> =>
	Object.fromEntries(['motif', 'etat', 'jusque'].map((name) => [name, form ? words(form, name) : '']));

/** The name that signs, remembered by the browser for the next gesture. */
export function signer({ cookies }: Pick<RequestEvent, 'cookies'>, form: FormData): string {
	const par = words(form, 'par');
	if (par) rememberName(cookies, par);
	return par;
}

/** What narrows the list of a territory stays; the page of a quartier, which has no list to narrow, shows all its gaps. */
function backTo(url: URL, more: [name: string, value: string][], anchor: string): string {
	const kept = [...url.searchParams].filter(([name]) => GAP_PARAMETERS.some((one) => one === name));
	const all: [string, string][] = url.pathname.endsWith('/lacunes') ? [] : [['lacunes', 'toutes']];
	return `${url.pathname}?${new URLSearchParams([...kept, ...all, ...more])}#${anchor}`;
}

/**
 * What is being decided in one gesture, as the address says it: `ensemble` names one gap of each group that is ticked.
 * in     gaps of the page, which are all of one rule once it is open
 */
export async function togetherOf(
	{ locals, params, url }: Pick<RequestEvent<{ code: string }>, 'locals' | 'params' | 'url'>,
	gaps: readonly Gap[]
) {
	const choisies = url.searchParams.getAll('ensemble');
	if (!choisies[0]) return null;
	const [regle, lot] = [ruleOf(choisies[0]), Number(url.searchParams.get('lot'))];
	return {
		regle,
		choisies,
		sceaux: sealsOf(gaps, regle),
		lot: lot ? { id: lot, nombre: await inForce(locals.db, params.code, lot) } : null
	};
}

async function decideHere(
	event: RequestEvent<{ code: string }>,
	decide: (
		asked: { territoire: string; lacune: string; par: string; le: string },
		form: FormData
	) => Promise<number | Refusal>,
	geste: 'decidee' | 'rouverte'
) {
	const form = await event.request.formData();
	const [lacune, par] = [words(form, 'lacune'), signer(event, form)];
	const asked = { territoire: event.params.code, lacune, par, le: event.locals.today };
	// The page that follows says what was done, and puts one back on that gap.
	const done: [string, string][] = [
		['vue', lacune],
		['geste', geste]
	];
	return answer(await decide(asked, form), lacune, par, backTo(event.url, done, lacune), form);
}

export const gapActions = {
	ecarter: (event: RequestEvent<{ code: string }>) =>
		decideHere(
			event,
			(asked, form) =>
				setGapAside(event.locals.db, loadReferentiel(), {
					...asked,
					motif: words(form, 'motif'),
					etat: words(form, 'etat') || undefined,
					jusque: words(form, 'jusque') || undefined
				}),
			'decidee'
		),

	rouvrir: (event: RequestEvent<{ code: string }>) =>
		decideHere(event, (asked) => reopenGap(event.locals.db, asked), 'rouverte'),

	ensemble: async (event: RequestEvent<{ code: string }>) => {
		const { locals, params, request, url } = event;
		const form = await request.formData();
		const par = signer(event, form);
		const ticked = form.getAll('coche').map((value) => /^(\S+) (.*)$/s.exec(String(value)) ?? []);
		const lacunes = ticked.map(([, sceau = '', id = '']) => ({ id, sceau }));
		const done = await decideGaps(locals.db, loadReferentiel(), {
			...{ territoire: params.code, lacunes, motif: words(form, 'motif'), par, le: locals.today },
			...{ etat: words(form, 'etat'), jusque: words(form, 'jusque') || undefined }
		});
		const here = { sujet: 'ensemble', par, saisi: typedIn(form) };
		if (isRefusal(done)) return fail(422, { ...here, refus: done, coches: lacunes.map((l) => l.id) });
		const { lot, nombre, laissees } = done;
		// What is left is to be read again: it is said at once, and nothing stays ticked.
		if (laissees.length) return fail(409, { ...here, laissees, lot: lot === null ? null : { id: lot, nombre } });
		const again = url.searchParams.getAll('ensemble').map((id): [string, string] => ['ensemble', id]);
		redirect(303, backTo(url, [...again, ['lot', String(lot)]], 'fait'));
	},

	annuler: async (event: RequestEvent<{ code: string }>) => {
		const { locals, params, request, url } = event;
		const form = await request.formData();
		const asked = {
			territoire: params.code,
			lot: Number(words(form, 'lot')),
			par: signer(event, form),
			le: locals.today
		};
		return answer(await undoGesture(locals.db, asked), 'ensemble', asked.par, backTo(url, [], 'lacunes'));
	}
};
