import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { isRefusal, type Refusal } from '$lib/domain/issue';
import { nameReferent, readReferents, removeReferent, type ReferentConflict } from '$lib/server/name-referents';
import { loadReferentiel } from '$lib/server/referentiel';
import { nameOf, rememberName } from '$lib/server/signature';
import { backWithin } from '../referent-address';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url, cookies }) => {
	const read = await readReferents(locals.db, loadReferentiel(), params.code, locals.today);
	if (!read) error(404, 'Ce territoire n’est pas dans cette base. Importez ses périmètres, puis un plan.');
	const { territory, page, vus } = read;
	return {
		page,
		/** Number of the last word on each plan. */
		vus,
		/** Plan whose form is open. */
		ouvert: locals.lecture ? null : url.searchParams.get('plan'),
		retour: backWithin(`/territoires/${params.code}`, url.searchParams.get('retour')),
		nom: nameOf(cookies),
		territoire: { code: territory.code as string, nom: territory.nom, fictif: territory.fictif }
	};
};

const FIELDS = ['nom', 'service', 'telephone', 'courriel'] as const;

/** Done, one is back where one came from; refused, what was typed stays. */
async function onPlan(
	event: RequestEvent<{ code: string }>,
	write: (
		asked: { territoire: string; plan: string; par: string; le: string; vu: number },
		said: Said
	) => Promise<number | Refusal | ReferentConflict>
) {
	const { request, params, locals, cookies, url } = event;
	const form = await request.formData();
	const said: Said = (name) => String(form.get(name) ?? '').trim();
	const asked = {
		territoire: params.code,
		plan: said('plan'),
		par: said('par'),
		le: locals.today,
		vu: Number(said('vu'))
	};
	const done = await write(asked, said);
	if (isRefusal(done)) {
		const typed = Object.fromEntries([...FIELDS, 'par'].map((f) => [f, said(f)]));
		// Read, what another wrote may be written over; until then it may not.
		const conflict = 'fusion' in done ? done : null;
		return fail(conflict ? 409 : 422, {
			plan: asked.plan,
			refus: { refus: done.refus, conseil: done.conseil },
			saisi: form.has('nom') ? ({ ...typed, ...conflict?.fusion } as Record<string, string>) : null,
			vu: conflict?.vu ?? asked.vu
		});
	}
	rememberName(cookies, asked.par);
	const here = `/territoires/${params.code}`;
	redirect(303, backWithin(here, url.searchParams.get('retour')) ?? `${here}/referents`);
}
type Said = (name: string) => string;

export const actions: Actions = {
	nommer: (event) =>
		onPlan(event, (asked, said) => {
			const [nom, service, telephone, courriel] = FIELDS.map(said) as [string, string, string, string];
			return nameReferent(event.locals.db, loadReferentiel(), { ...asked, nom, service, telephone, courriel });
		}),

	retirer: (event) => onPlan(event, (asked) => removeReferent(event.locals.db, loadReferentiel(), asked))
};
