import { UNSIGNED } from '$lib/domain/unsigned';
import { error, fail } from '@sveltejs/kit';
import type { PlanKind } from '$lib/domain/action';
import * as fr from '$lib/domain/french';
import { isRefusal } from '$lib/domain/issue';
import { mappingPage, parseMappingForm } from '$lib/domain/pages/mapping-page';
import type { Db } from '$lib/server/db/client';
import * as documents from '$lib/server/db/documents';
import * as imports from '$lib/server/db/imports';
import { loadReferentiel } from '$lib/server/referentiel';
import { nameOf, rememberName } from '$lib/server/signature';
import { runOrFollow } from '../../run-job.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, cookies }) => {
	const { rapport, options, plan, territoire } = (await imports.get(locals.db, Number(params.id)))!;
	const { plans } = loadReferentiel();
	const ours = (await documents.listByTerritory(locals.db, territoire)).filter((d) => d.plan === plan);
	const { forme } = options;
	return {
		...mappingPage(rapport, plans, plan as PlanKind),
		feuilles: rapport.feuilles ?? [],
		feuille: rapport.feuille,
		ligneEntete: rapport.ligneEntete,
		apercu: rapport.apercu ?? null,
		choisi: forme?.choisi ?? forme?.reprise ?? null,
		reprise: forme?.reprise ?? null,
		documents: ours.map(({ id, titre }) => ({ id, titre })),
		document: rapport.document,
		choix: {
			base: options.base,
			annee: options.annee ?? null,
			feuille: options.feuille ?? '',
			ligneEntete: options.ligneEntete ?? null,
			document: options.document === null ? '' : String(options.document),
			memoriser: forme?.memoriser ?? true
		},
		nom: nameOf(cookies)
	};
};

const readAgain = (db: Db, id: number, choix: Partial<imports.ImportOptions>): ReturnType<typeof runOrFollow> =>
	runOrFollow(db, { genre: 'relire', id, choix }, undefined, `/imports/${id}/colonnes`);

/** Every field of a form as it was sent. */
const typedIn = (form: FormData): Readonly<Record<string, string>> =>
	Object.fromEntries([...form].map(([name, value]) => [name, String(value)]));

const counts = (r: { acceptees: number; rejetees: number }): string =>
	`${fr.count(r.acceptees, 'action prête', 'actions prêtes')}, ${fr.count(r.rejetees, 'ligne à reprendre', 'lignes à reprendre')}`;

export const actions: Actions = {
	relire: async ({ request, params, locals, cookies }) => {
		const form = await request.formData();
		const read = (name: string): string => String(form.get(name) ?? '').trim();
		// Without JavaScript the page is drawn anew: what was typed comes back with the refusal.
		const refuse = (refus: string, conseil: string | null) => fail(422, { refus, conseil, saisie: typedIn(form) });
		const id = Number(params.id);
		const found = await imports.get(locals.db, id);
		if (!found) error(404, 'Cet import n’existe pas.');
		const { rapport, options } = found;
		const [par, annee, ligne] = [read('par'), read('annee'), read('ligneEntete')];
		if (!par)
			return refuse(
				'Indiquez votre nom.',
				'Vos choix sont signés\u00a0: le prochain fichier dira de qui ils viennent.'
			);
		if (annee && !/^(?:19|20)\d\d$/.test(annee))
			return refuse(
				`«\u00a0${annee}\u00a0» n’est pas une année.`,
				'Écrivez quatre chiffres, par exemple 2026, ou laissez vide.'
			);
		if (ligne && !/^[1-9]\d{0,6}$/.test(ligne))
			return refuse(
				`«\u00a0${ligne}\u00a0» n’est pas un numéro de ligne.`,
				'Laissez vide pour que Croisée la cherche.'
			);
		rememberName(cookies, par);
		const [base, document] = [read('base'), read('document')];
		const outcome = await readAgain(locals.db, id, {
			colonnes: parseMappingForm(read, rapport, options.colonnes ?? {}, loadReferentiel().plans),
			base: base === 'HT' || base === 'TTC' ? base : 'inconnu',
			annee: annee ? Number(annee) : null,
			feuille: read('feuille') || null,
			ligneEntete: ligne ? Number(ligne) : null,
			document: document === 'nouveau' ? 'nouveau' : document ? Number(document) : null,
			forme: {
				signature: options.forme?.signature ?? '',
				memoriser: read('memoriser') !== '',
				reprise: null,
				choisi: { par, le: locals.today }
			}
		});
		if (isRefusal(outcome)) return refuse(outcome.refus, outcome.conseil);
		const after = (await imports.get(locals.db, id))!.rapport;
		return { fait: `Relu\u00a0: ${counts(after)} (avant\u00a0: ${counts(rapport)}).` };
	},

	/** Back to what Croisée understands by itself. */
	zero: async ({ params, locals }) => {
		const id = Number(params.id);
		const { options } = (await imports.get(locals.db, id))!;
		const { signature = '', memoriser = true } = options.forme ?? {};
		const forme = { signature, memoriser, reprise: null, choisi: { par: UNSIGNED, le: locals.today } };
		const choix = { colonnes: {}, base: 'inconnu' as const, feuille: null, ligneEntete: null, annee: null, forme };
		const outcome = await readAgain(locals.db, id, choix);
		if (isRefusal(outcome)) return fail(409, { refus: outcome.refus, conseil: outcome.conseil });
		return { fait: 'Relu sans aucun choix\u00a0: les colonnes sont celles que Croisée propose.' };
	}
};
