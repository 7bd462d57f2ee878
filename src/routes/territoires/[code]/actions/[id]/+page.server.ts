import { error, fail, redirect } from '@sveltejs/kit';
import { capital } from '$lib/domain/french';
import { isRefusal } from '$lib/domain/issue';
import { VERDICT_WORDS } from '$lib/domain/rules/gap-predicates-pair';
import { VERDICTS } from '$lib/domain/rules/overlaps';
import { duplicateAction, setAside } from '$lib/server/actions/create-action';
import { addNote, linkActions } from '$lib/server/actions/notes-links';
import { readAside } from '$lib/server/actions/read-aside';
import { readAction } from '$lib/server/actions/read-action';
import { inForce } from '$lib/server/db/gestures';
import { loadReferentiel } from '$lib/server/referentiel';
import { nameOf, rememberName } from '$lib/server/signature';
import { doer, modify, undo, words } from '../edit-forms.server';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ params, locals, url, cookies }) => {
	const ref = loadReferentiel();
	const asked = locals.lecture ? null : url.searchParams.get('modifier');
	const read = await readAction(locals.db, ref, params.code, params.id, locals.today, asked);
	if (!read) {
		if (await readAside(locals.db, ref, params.code, params.id)) redirect(303, `${url.pathname}/de-cote`);
		error(404, 'Aucune action de ce territoire ne porte ce numéro.');
	}
	const { territory, ...page } = read;
	return {
		page,
		nom: nameOf(cookies),
		fait: await inForce(locals.db, params.code, Number(url.searchParams.get('fait'))),
		verdicts: VERDICTS.map((valeur) => ({ valeur, nom: capital(VERDICT_WORDS[valeur]) })),
		territoire: { code: territory.code, nom: territory.nom, fictif: territory.fictif }
	};
};

/** Keeps the name, and shows the page again where it was written; refused, what was typed stays. */
async function say(
	event: RequestEvent,
	ou: 'note' | 'lien',
	write: (form: FormData) => ReturnType<typeof addNote>,
	anchor: string
) {
	const form = await event.request.formData();
	const done = await write(form);
	const typed = Object.fromEntries([...form].flatMap(([k, v]) => (typeof v === 'string' ? [[k, v]] : [])));
	if (isRefusal(done)) return fail(422, { ou, ...done, saisie: typed });
	rememberName(event.cookies, words(form, 'par'));
	redirect(303, `${event.url.pathname}#${anchor}`);
}

export const actions: Actions = {
	modifier: (event) => modify(event),
	annuler: (event) => undo(event),

	noter: (event) =>
		say(
			event,
			'note',
			(form) =>
				addNote(event.locals.db, loadReferentiel(), {
					...doer(event, form),
					...{ action: event.params.id, texte: words(form, 'texte') }
				}),
			'notes'
		),

	lier: (event) =>
		say(
			event,
			'lien',
			(form) =>
				linkActions(event.locals.db, loadReferentiel(), {
					...doer(event, form),
					...{ action: event.params.id, autre: words(form, 'autre') },
					...{ verdict: words(form, 'verdict'), motif: words(form, 'motif') }
				}),
			'liens'
		),

	copier: async (event) => {
		const form = await event.request.formData();
		const done = await duplicateAction(event.locals.db, { ...doer(event, form), action: event.params.id });
		if (isRefusal(done)) return fail(422, { ou: 'fiche' as const, ...done });
		rememberName(event.cookies, words(form, 'par'));
		redirect(303, `/territoires/${event.params.code}/actions/${done}?modifier=${done}~titre#c-${done}-titre`);
	},

	ecarter: async (event) => {
		const form = await event.request.formData();
		const asked = { ...doer(event, form), actions: [event.params.id], ecartee: true, motif: words(form, 'motif') };
		const done = await setAside(event.locals.db, asked);
		if (isRefusal(done)) return fail(422, { ou: 'fiche' as const, ...done });
		rememberName(event.cookies, words(form, 'par'));
		redirect(303, `${event.url.pathname}/de-cote`);
	}
};
