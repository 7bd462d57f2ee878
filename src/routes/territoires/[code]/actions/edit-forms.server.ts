import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { textOf } from '$lib/domain/import/row-values';
import { isRefusal, type Refusal } from '$lib/domain/issue';
import { setAside } from '$lib/server/actions/create-action';
import { editCells } from '$lib/server/actions/edit-cells';
import { undoGestureOnActions } from '$lib/server/actions/undo-operation';
import { undoGesture } from '$lib/server/confirm-suggestions';
import { loadReferentiel } from '$lib/server/referentiel';
import { rememberName } from '$lib/server/signature';

/* The gestures of the table and of the page of one action: what is typed, one cell or many, and what is taken back. */

type Event = RequestEvent<{ code: string; id?: string }>;

export const words = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

export const doer = ({ params, locals }: Event, form: FormData) => ({
	territoire: params.code,
	par: words(form, 'par'),
	le: locals.now
});

/** The same address without the cell that was being typed, with what was done. */
function backTo(url: URL, geste: number | null, anchor: string): string {
	const query = new URLSearchParams([...url.searchParams].filter(([name]) => !/^\/|^(modifier|fait)$/.test(name)));
	if (geste !== null) query.set('fait', String(geste));
	return `${url.pathname}?${query}${anchor}`;
}

/** One cell, or the ticked rows; refused or in conflict, everything typed comes back. */
export async function modify(event: Event) {
	const form = await event.request.formData();
	const lot = form.has('lot');
	// The button that empties says which column, whatever the list beside it has come to.
	const vider = words(form, 'vider');
	const colonne = vider || words(form, 'colonne');
	const actions = form.getAll('action').map(String);
	const texte = vider ? '' : words(form, 'texte');
	if (lot && !vider && actions.length > 0 && textOf(texte) === null)
		return fail(422, {
			...{ ou: 'lot' as const, actions, colonne, texte, par: words(form, 'par'), vider: true },
			refus: 'Aucune valeur n’est écrite : rien n’a été effacé.',
			conseil: 'Écrivez-en une, ou confirmez par le bouton qui vide.'
		});
	const done = await editCells(event.locals.db, loadReferentiel(), {
		...doer(event, form),
		...{ actions, colonne, texte },
		vu: Number(words(form, 'vu'))
	});
	const typed = { ou: lot ? ('lot' as const) : ('cellule' as const), actions, colonne, texte, par: words(form, 'par') };
	if (isRefusal(done)) return fail(422, { ...typed, ...done });
	rememberName(event.cookies, words(form, 'par'));
	if ('conflits' in done) return fail(409, { ...typed, ...done });
	if (lot && done.geste === null) return { ou: 'rien' as const, combien: actions.length };
	redirect(303, backTo(event.url, done.geste, lot ? '#fait' : `#${cellAnchor(actions[0]!, colonne)}`));
}

export const cellAnchor = (action: string, colonne: string): string => `c-${action}-${colonne}`;

/** Sets aside the ticked rows, or puts one back. */
export async function aside(event: Event, ecartee: boolean) {
	const form = await event.request.formData();
	const actions = form.getAll('action').map(String);
	const motif = words(form, 'motif');
	const done = await setAside(event.locals.db, { ...doer(event, form), actions, ecartee, motif });
	if (isRefusal(done))
		return fail(422, { ou: 'lot' as const, actions, colonne: '', texte: '', par: words(form, 'par'), ...done });
	rememberName(event.cookies, words(form, 'par'));
	redirect(303, backTo(event.url, done, '#fait'));
}

/** Takes one operation back, and says what of it stays. */
export async function undo(event: Event) {
	const form = await event.request.formData();
	const by = doer(event, form);
	const [genre = '', numero] = words(form, 'quoi').split(':');
	const done = await undone(event, genre, Number(numero), by);
	if (isRefusal(done)) return fail(422, { ou: 'operation' as const, ...done });
	rememberName(event.cookies, by.par);
	return { ou: 'annulee' as const, ...done };
}

async function undone(
	{ locals }: Event,
	genre: string,
	numero: number,
	by: ReturnType<typeof doer>
): Promise<{ libelle: string; gardees: readonly { titre: string; par: string; le: string }[] } | Refusal> {
	if (genre === 'geste') return undoGestureOnActions(locals.db, { ...by, geste: numero });
	const lot = await undoGesture(locals.db, { ...by, lot: numero });
	return isRefusal(lot) ? lot : { libelle: 'une décision, qui reste dans l’historique', gardees: [] };
}
