import { applyAction as apply, enhance as enhanced } from '$app/forms';
import type { ActionResult } from '@sveltejs/kit';
import { tick } from 'svelte';

/*
 * Forms sent by script, that lose nothing: where the network or the server fails, the page stays, what was typed stays, and a
 * sentence says it in the form; where what was typed is refused, one is in the field that the refusal is about.
 */

const KEPT = 'Ce que vous avez écrit est toujours là.';
const NO_ANSWER = `La connexion a manqué : aucune réponse n’est venue. ${KEPT} Vérifiez le réseau, puis renvoyez.`;

type Submit = NonNullable<Parameters<typeof enhanced>[1]>;

/** In place of that of the framework, with the same arguments. */
export function enhance(form: HTMLFormElement, submit?: Submit): ReturnType<typeof enhanced> {
	return enhanced(form, async (input) => {
		told(form)?.remove();
		const around = form.closest('[aria-live], section, article');
		const after = await submit?.(input);
		return async (answer) => {
			const { result } = answer;
			if (result.type !== 'error') {
				await (after ? after(answer) : answer.update());
				if (result.type === 'failure') await goToRefused(form, result.data);
				if (result.type === 'redirect' && !after) empty(form);
				await keepFocus(around);
				return;
			}
			// What waits for the answer is freed; the page of errors, which would take the place of this one, is not shown.
			await after?.({ ...answer, update: () => Promise.resolve() });
			await tick();
			if (!form.isConnected) return apply(result);
			tell(form, sentenceOf(result.error));
			(input.submitter ?? form.querySelector('button'))?.focus();
		};
	});
}

/** What was sent may be gone with its button: one is then where the address leads, or in what held it, never back at the top. */
async function keepFocus(around: Element | null): Promise<void> {
	await tick();
	if (document.activeElement !== document.body) return;
	const place = document.getElementById(location.hash.slice(1)) ?? (around?.isConnected ? around : null);
	if (!(place instanceof HTMLElement)) return;
	if (place.tabIndex < 0) place.tabIndex = -1;
	place.focus({ preventScroll: true });
}

/** The sentence of a failure is in the form already. */
export const applyAction = (result: ActionResult): Promise<void> =>
	result.type === 'error' ? Promise.resolve() : apply(result);

/** A failure on the way is an `Error`; what the server says is a message. */
function sentenceOf(error: unknown): string {
	const said = error instanceof Error ? null : (error as { message?: unknown } | null)?.message;
	return typeof said === 'string' && said !== '' ? `${said} ${KEPT}` : NO_ANSWER;
}

const told = (form: HTMLFormElement) => form.querySelector(':scope > [data-echec]');

function tell(form: HTMLFormElement, sentence: string): void {
	const line = document.createElement('p');
	line.setAttribute('role', 'alert');
	line.dataset.echec = '';
	line.textContent = sentence;
	form.append(line);
}

/** Written and kept, the words are on the page now: the form that stays there waits for others. The name goes on signing. */
function empty(form: HTMLFormElement): void {
	for (const field of form.querySelectorAll<HTMLInputElement>('textarea, input:is([type=text], :not([type]))'))
		if (field.name !== 'par') field.value = '';
}

/** `champ`: name of the field, in the refusal itself or in what holds it. */
async function goToRefused(form: HTMLFormElement, data: unknown): Promise<void> {
	await tick();
	const said = data as { champ?: string; refus?: { champ?: string } | string } | undefined;
	const name = said?.champ ?? (typeof said?.refus === 'object' ? said.refus.champ : undefined);
	const named = name ? form.elements.namedItem(name) : null;
	const field = named instanceof HTMLElement ? named : form.querySelector<HTMLElement>('[aria-invalid=true]');
	if (!field || (field instanceof HTMLInputElement && field.type === 'hidden')) return;
	field.setAttribute('aria-invalid', 'true');
	field.addEventListener('input', () => field.removeAttribute('aria-invalid'), { once: true });
	const alert = form.querySelector('[role=alert]');
	if (alert) {
		alert.id ||= `refus-${name ?? 'champ'}`;
		field.setAttribute('aria-describedby', alert.id);
	}
	field.focus();
}

/** Forms drawn where the framework is not known say so by `data-envoi`: they are sent as the others. */
export function enhanceMarked(event: SubmitEvent): void {
	const form = event.target;
	if (!(form instanceof HTMLFormElement) || !form.matches('form[method=post i][data-envoi]') || sent.has(form)) return;
	sent.add(form);
	// On its way down to the form: the form itself hears it next. Done, the page is loaded anew, as without scripts.
	enhance(form, () => async ({ result, update }) => {
		if (result.type === 'redirect') arriveAt(new URL(result.location, location.href));
		else await update({ reset: false });
	});
}
const sent = new WeakSet<HTMLFormElement>();

function arriveAt(to: URL): void {
	const here = to.pathname === location.pathname && to.search === location.search;
	location.assign(to);
	// To the same address but for its anchor, a browser only scrolls.
	if (here && to.hash) location.reload();
}
