import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { namesToSign, ROLES, type Role } from '$lib/domain/crossing/signature-words';
import { isRefusal, type Refusal } from '$lib/domain/issue';
import { QUEUES } from '$lib/domain/pages/inbox-words';
import { inboxPage } from '$lib/domain/pages/inbox-page';
import { parsePlaceForm } from '$lib/domain/pages/place-questions';
import { decideSuggestions, undoGesture } from '$lib/server/confirm-suggestions';
import { historyOf } from '$lib/server/db/decisions';
import { readInbox } from '$lib/server/inbox';
import { settleOverlap } from '$lib/server/overlaps';
import { answerPlaces } from '$lib/server/plans/answer-places';
import { loadReferentiel } from '$lib/server/referentiel';
import { namesOf, nameOf, rememberName } from '$lib/server/signature';
import { signCrossing } from '$lib/server/sign-crossings';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url, cookies }) => {
	const read = await readInbox(locals.db, loadReferentiel(), params.code, locals.today);
	if (!read) error(404, 'Ce territoire n’est pas dans cette base. Importez ses périmètres, puis un plan.');
	const asked = url.searchParams;
	const file = QUEUES.find((q) => q === asked.get('file')) ?? null;
	const role = ROLES.find((r) => r === asked.get('role')) ?? null;
	const depuis = Number(asked.get('depuis')) || 0;
	const lot = Number(asked.get('lot')) || null;
	const done = lot ? (await historyOf(locals.db, params.code)).filter((d) => d.lot === lot && !d.annulee) : [];
	const { territory } = read.crossed.view;
	const page = inboxPage(read.crossed, read.waiting, read.decisions, { file, role, depuis });
	return {
		page,
		attente: page.comptes,
		referentiel: read.crossed.view.referentiel.version,
		/** The last gesture, while it can be taken back. */
		fait: lot && done[0] ? { lot, par: done[0].par } : null,
		annule: asked.has('annule'),
		nom: nameOf(cookies),
		noms: namesToSign(namesOf(cookies), read.crossed.view.signatures, role, nameOf(cookies)),
		territoire: { code: territory.code as string, nom: territory.nom, fictif: territory.fictif }
	};
};

type Asked = { readonly territoire: string; readonly par: string; readonly motif: string; readonly le: string };
type Said = (name: string) => string;

/** One gesture on one line, then the same queue again; a refusal stays beside its line. */
async function onLine(
	event: RequestEvent<{ code: string }>,
	decide: (asked: Asked, said: Said, form: FormData) => Promise<number | Refusal>
) {
	const { request, params, locals, cookies, url } = event;
	const form = await request.formData();
	const said: Said = (name) => String(form.get(name) ?? '').trim();
	const asked = { territoire: params.code, par: said('par'), motif: said('motif'), le: locals.today };
	const done = await decide(asked, said, form);
	if (isRefusal(done)) return fail(422, { ...done, ligne: said('ligne') });
	rememberName(cookies, asked.par, roleIn(form));
	redirect(303, sameQueue(url, 'lot', String(done)));
}

/** The role a form signs in; null for every other gesture. */
const roleIn = (form: FormData): Role | null => ROLES.find((r) => r === form.get('role')) ?? null;

/** The same queue, read in the same role and at the same place, with what was just done. */
function sameQueue({ pathname, searchParams }: URL, name: string, value: string): string {
	const kept = [...searchParams].filter(([one]) => ['file', 'role', 'depuis'].includes(one));
	return `${pathname}?${new URLSearchParams([...kept, [name, value]])}#file`;
}

async function onSuggestion(event: RequestEvent<{ code: string }>, geste: 'confirmer' | 'refuser') {
	return onLine(event, async (asked, said) => {
		const { db, today } = event.locals;
		const gestes = [{ id: said('ligne'), geste }];
		const done = await decideSuggestions(db, loadReferentiel(), { ...asked, gestes }, today);
		return isRefusal(done) ? done : done.lot;
	});
}

export const actions: Actions = {
	confirmer: (event) => onSuggestion(event, 'confirmer'),
	refuser: (event) => onSuggestion(event, 'refuser'),

	rattacher: (event) =>
		onLine(event, async (asked, _said, form) => {
			const answers = parsePlaceForm({ lire: (name) => form.getAll(name).map(String), nombre: 1 });
			if (!Array.isArray(answers)) return answers;
			const done = await answerPlaces(event.locals.db, asked, answers);
			if (isRefusal(done)) return done;
			return (await historyOf(event.locals.db, event.params.code))[0]?.lot ?? 0;
		}),

	trancher: (event) =>
		onLine(event, (asked, said) =>
			settleOverlap(event.locals.db, loadReferentiel(), {
				...asked,
				paire: said('ligne'),
				verdict: said('verdict')
			})
		),

	signer: (event) =>
		onLine(event, (asked, said) =>
			signCrossing(
				event.locals.db,
				loadReferentiel(),
				{ ...asked, quartier: said('quartier'), croise: said('croise'), role: said('role'), enSerie: true },
				event.locals.today
			)
		),

	annuler: async ({ request, params, locals, cookies, url }) => {
		const form = await request.formData();
		const par = rememberName(cookies, form.get('par'));
		const lot = Number(form.get('lot'));
		const done = await undoGesture(locals.db, { territoire: params.code, lot, par, le: locals.today });
		if (isRefusal(done)) return fail(409, { ...done, ligne: '' });
		redirect(303, sameQueue(url, 'annule', '1'));
	},

	nommer: async ({ request, cookies }) => {
		const form = await request.formData();
		rememberName(cookies, form.get('par'));
		for (const role of ROLES) rememberName(cookies, form.get(`par-${role}`), role);
	}
};
