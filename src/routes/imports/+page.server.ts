import { fail, redirect } from '@sveltejs/kit';
import { PlanKind } from '$lib/domain/action';
import { importedAs } from '$lib/domain/crossing/grant-list';
import { isRefusal } from '$lib/domain/issue';
import { chooseTerritory } from '$lib/server/choose-territory';
import { territoryFromCog } from '$lib/server/cog';
import { downloadPerimeters } from '$lib/server/quartiers/data-gouv';
import * as imports from '$lib/server/db/imports';
import { listQuartiers } from '$lib/server/db/territories';
import { listTerritories } from '$lib/server/territories';
import { demonstrationFiles } from '$lib/server/demonstration';
import type { DemarcheInfo } from '$lib/server/files/ademe-json';
import { warmUp } from '$lib/server/plans/job-process';
import { importQuartierFile } from '$lib/server/quartiers/import-quartier-file';
import { nameOf, rememberName } from '$lib/server/signature';
import { loadReferentiel } from '$lib/server/referentiel';
import { isFromScript, runOrFollow } from './run-job.server';
import type { Actions, PageServerLoad } from './$types';

const ETATS = { prepare: 'lu, à enregistrer', valide: 'enregistré', annule: 'annulé' } as const;

export const load: PageServerLoad = async ({ locals, url, cookies }) => {
	warmUp();
	const ref = loadReferentiel();
	const territoires = await listTerritories(locals.db);
	const territoryName = (code: string) =>
		territoires.find((t) => t.code === code)?.nom ?? territoryFromCog(code)?.nom ?? code;
	const asked = url.searchParams.get('territoire');
	const plan = ref.plans.types.find(({ code }) => code === url.searchParams.get('plan'))?.code ?? '';
	return {
		nom: nameOf(cookies),
		territoires: territoires.map(({ code, nom }) => ({ code, nom })),
		demande: {
			territoire: asked ? `${territoryName(asked)} (${asked})` : '',
			plan,
			periode: url.searchParams.get('periode') ?? ''
		},
		quartiers: (await listQuartiers(locals.db)).filter((q) => !q.fictif).length,
		plans: ref.plans.types.map(({ code, libelle }) => ({ code, libelle })),
		imports: (await imports.list(locals.db)).slice(0, 30).map((i) => ({
			id: i.id,
			fichier: i.fichier,
			territoire: territoryName(i.territoire),
			plan: importedAs({ plan: i.plan, note: i.rapport.note ?? null }, ref.plans.types),
			lues: i.rapport.lues,
			acceptees: i.rapport.acceptees,
			etat: ETATS[i.etat],
			le: i.valideLe ?? i.prepareLe
		})),
		exemples: demonstrationFiles().map((f) => f.nom)
	};
};

const bytesOf = async (file: unknown): Promise<Uint8Array> =>
	file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
const words = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

export const actions: Actions = {
	quartiers: async ({ request, locals }) => {
		const file = (await request.formData()).get('fichier');
		const fichier = file instanceof File ? file.name : '';
		const outcome = await importQuartierFile(locals.db, loadReferentiel(), {
			bytes: await bytesOf(file),
			fichier,
			le: locals.today
		});
		if (isRefusal(outcome))
			return fail(422, {
				quartiers: { bon: false, phrase: outcome.refus, details: outcome.conseil ? [outcome.conseil] : [] }
			});
		return { quartiers: { bon: true, ...outcome } };
	},

	// Without JavaScript: the same download, answered once it is over.
	telecharger: async ({ locals }) => {
		const file = await downloadPerimeters();
		const outcome = isRefusal(file)
			? file
			: await importQuartierFile(locals.db, loadReferentiel(), { ...file, le: locals.today });
		if (isRefusal(outcome))
			return fail(502, {
				quartiers: { bon: false, phrase: outcome.refus, details: outcome.conseil ? [outcome.conseil] : [] }
			});
		return { quartiers: { bon: true, ...outcome } };
	},

	plan: async ({ request, locals, cookies }) => {
		const form = await request.formData();
		const saisie = {
			territoire: words(form, 'territoire'),
			plan: words(form, 'plan'),
			periode: words(form, 'periode'),
			par: words(form, 'par'),
			champ: words(form, 'filtre-champ'),
			valeur: words(form, 'filtre-valeur')
		};
		const file = form.get('fichier');
		const fichier = file instanceof File ? file.name : '';
		const perdu = isFromScript(request) ? '' : fichier;
		const refuse = (phrase: string, conseil: string | null = null, demarches: readonly DemarcheInfo[] | null = null) =>
			fail(422, { plan: { saisie, phrase, conseil, demarches, perdu } });
		const plan = PlanKind.safeParse(saisie.plan);
		if (!plan.success) return refuse('Choisissez le type de plan.');
		const territory = await chooseTerritory(locals.db, saisie.territoire);
		if (isRefusal(territory)) return refuse(territory.refus, territory.conseil);
		const demande = {
			bytes: await bytesOf(file),
			fichier,
			territoire: territory.code,
			plan: plan.data,
			periode: saisie.periode || undefined,
			demarche: words(form, 'demarche') || undefined,
			filtre: saisie.champ ? { champ: saisie.champ, valeur: saisie.valeur } : undefined,
			par: rememberName(cookies, saisie.par),
			le: locals.today
		};
		const done = await runOrFollow(locals.db, { genre: 'lire', demande }, request);
		if (isRefusal(done)) return refuse(done.refus, done.conseil, done.demarches ?? null);
		redirect(303, `/imports/${done.import}`);
	}
};
