import { error } from '@sveltejs/kit';
import { ROLES } from '$lib/domain/crossing/signature-words';
import { isRefusal, type Refusal } from '$lib/domain/issue';
import { overlapsFirst } from '$lib/domain/pages/first-screen';
import { overlapsHere } from '$lib/domain/pages/overlap-page';
import { quartierPage } from '$lib/domain/pages/quartier-page';
import { undoGesture } from '$lib/server/confirm-suggestions';
import { correctReach, setPart } from '$lib/server/correct-reach';
import { inForce, listByTerritory } from '$lib/server/db/decisions';
import { correctAction, undoCorrections } from '$lib/server/decide';
import { readNearOverlaps, readOverlaps } from '$lib/server/overlaps';
import { readQuartier } from '$lib/server/read-quartier';
import { loadReferentiel } from '$lib/server/referentiel';
import { namesOf, nameOf, rememberName } from '$lib/server/signature';
import { signCrossing, unsignCrossing } from '$lib/server/sign-crossings';
import { answer, gapActions, signer, togetherOf, words } from '../decide-gap.server';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const NO_QUARTIER = 'Ce quartier n’est pas dans ce territoire. Vérifiez le code, ou importez ses périmètres.';
// An address typed from memory falls here too.
const NO_PAGE = 'Aucune page n’a cette adresse. Le menu mène à toutes celles du territoire.';
const NO_PAIR = { paires: [] } as const;
const isQuartierCode = (text: string): boolean => /^QN/i.test(text);

export const load: PageServerLoad = async (event) => {
	const { locals, params, cookies, url, untrack } = event;
	const ref = loadReferentiel();
	const view = await readQuartier(locals.db, ref, params.qpv, locals.today, params.code);
	if (!view) error(404, isQuartierCode(params.qpv) ? NO_QUARTIER : NO_PAGE);
	// Each figure opens in the browser, but those of actions that happen elsewhere: their link asks for the page again.
	const ouvert = untrack(() => url.searchParams.get('case'));
	const page = quartierPage(view, ref, await listByTerritory(locals.db, params.code), ouvert);
	const met = (await readOverlaps(locals.db, ref, params.code, locals.today, params.qpv)) ?? [];
	const near =
		met.length > 0
			? NO_PAIR
			: await readNearOverlaps(
					...([locals.db, ref, params.code, locals.today] as const),
					await readOverlaps(locals.db, ref, params.code, locals.today),
					params.qpv
				);
	return {
		...{
			page,
			territoire: page.territoire,
			nom: nameOf(cookies),
			noms: namesOf(cookies),
			recoupements: overlapsHere(met.length)
		},
		garde: locals.lecture ? null : await justKept(event),
		seRecoupent: overlapsFirst(met, near.paires),
		ensemble: locals.lecture ? null : await togetherOf(event, view.gaps)
	};
};

type Asked = { territoire: string; quartier: string; motif: string; par: string; le: string };

async function askedHere(event: RequestEvent): Promise<[FormData, Asked]> {
	const { params, locals } = event;
	const form = await event.request.formData();
	const par = signer(event, form);
	const asked = { territoire: params.code, quartier: params.qpv, motif: words(form, 'motif'), par, le: locals.today };
	return [form, asked];
}

/** The correction just made, as the address says it: how many decisions of it are in force. */
async function justKept({ locals, params, url }: RequestEvent | Parameters<PageServerLoad>[0]) {
	const id = Number(url.searchParams.get('garde'));
	return id ? { id, nombre: await inForce(locals.db, params.code, id) } : null;
}

/** Back to the figures, with the one where the action now is open, and what was just kept. */
const backToReach = ({ url }: RequestEvent, open: string | null, garde: number | null): string => {
	const kept = [...(open ? [['case', open]] : []), ...(garde === null ? [] : [['garde', String(garde)]])];
	return `${url.pathname}${kept.length ? `?${new URLSearchParams(kept)}` : ''}#${garde === null ? 'atteinte' : 'fait'}`;
};

/** The figure an action was opened from, once its level has changed: « T06.cible » becomes « T06.probable ». */
const movedTo = (open: string | null, niveau: string): string | null =>
	open?.includes('.') ? `${open.split('.')[0]}.${niveau}` : open;

/** One action, seen from this quartier: its level or its share. The figure where it now is opens. */
async function correctHere(
	event: RequestEvent,
	decide: (asked: Asked & { action: string }, form: FormData) => Promise<number | Refusal>
) {
	const [form, asked] = await askedHere(event);
	const action = words(form, 'action');
	const open = event.url.searchParams.get('case');
	const outcome = await decide({ ...asked, action }, form);
	const niveau = words(form, 'niveau');
	const to = backToReach(event, niveau ? movedTo(open, niveau) : open, isRefusal(outcome) ? null : outcome);
	return answer(outcome, `atteinte ${action}`, asked.par, to, form);
}

async function signHere(
	event: RequestEvent,
	sign: (asked: Asked & { croise: string; role: string }) => Promise<number | Refusal>
) {
	const [form, asked] = await askedHere(event);
	rememberName(event.cookies, asked.par, ROLES.find((role) => role === words(form, 'role')) ?? null);
	const croise = words(form, 'croise');
	const outcome = await sign({ ...asked, croise, role: words(form, 'role') });
	return answer(outcome, croise, asked.par, `${event.url.pathname}?signer=${croise}#x-${croise}`);
}

export const actions: Actions = {
	...gapActions,

	corriger: async (event) => {
		const { request, locals, params, url } = event;
		const form = await request.formData();
		const [action, par] = [words(form, 'action'), signer(event, form)];
		const correction = {
			territoire: params.code,
			quartier: params.qpv,
			action,
			niveau: words(form, 'niveau'),
			enjeux: form.getAll('enjeux').map(String),
			nature: words(form, 'nature'),
			motif: words(form, 'motif'),
			par,
			le: locals.today
		};
		const outcome = await correctAction(locals.db, loadReferentiel(), correction, locals.today);
		if (isRefusal(outcome)) return answer(outcome, action, par, '', form);
		const open = movedTo(url.searchParams.get('case'), correction.niveau);
		const stays = !open?.includes('.') || correction.enjeux.some((code) => open.startsWith(`${code}.`));
		return answer(outcome.lot, action, par, backToReach(event, stays ? open : null, outcome.lot));
	},

	/** What was just kept is taken back, from where it is said. */
	defaire: async (event) => {
		const { request, locals, params, url } = event;
		const form = await request.formData();
		const asked = { territoire: params.code, lot: Number(words(form, 'lot')), par: signer(event, form) };
		const outcome = await undoGesture(locals.db, { ...asked, le: locals.today });
		return answer(outcome, 'defaire', asked.par, backToReach(event, url.searchParams.get('case'), null));
	},

	atteindre: (event) =>
		correctHere(event, (asked, form) =>
			correctReach(event.locals.db, loadReferentiel(), { ...asked, niveau: words(form, 'niveau') }, event.locals.today)
		),

	partager: (event) =>
		correctHere(event, (asked, form) =>
			setPart(event.locals.db, loadReferentiel(), { ...asked, part: words(form, 'part') }, event.locals.today)
		),

	signer: (event) =>
		signHere(event, (asked) => signCrossing(event.locals.db, loadReferentiel(), asked, event.locals.today)),

	retirer: (event) => signHere(event, (asked) => unsignCrossing(event.locals.db, asked)),

	revenir: async ({ request, locals, params, url }) => {
		const action = words(await request.formData(), 'action');
		const outcome = await undoCorrections(locals.db, {
			territoire: params.code,
			quartier: params.qpv,
			action,
			le: locals.today
		});
		return answer(outcome, action, '', `${url.pathname}#atteinte`);
	}
};
