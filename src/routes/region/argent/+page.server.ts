import { UNSIGNED } from '$lib/domain/unsigned';
import { fail } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { count, list } from '$lib/domain/french';
import { PARTS } from '$lib/domain/ledger/grant-place';
import { listTitle } from '$lib/domain/ledger/list-name';
import { epciOf } from '$lib/server/cog';
import * as grants from '$lib/server/db/grants';
import type { GrantReport } from '$lib/server/ledger/grant-report';
import { importGrants } from '$lib/server/ledger/import-grants';
import { readLedger } from '$lib/server/ledger/ledger-view';
import { loadReferentiel } from '$lib/server/referentiel';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const ref = loadReferentiel();
	const asked = (name: string) => url.searchParams.get(name) || null;
	const territoire = asked('territoire');
	const choix = {
		dispositif: asked('dispositif'),
		mesure: asked('mesure'),
		annee: Number(asked('annee')) || null,
		territoire,
		part: PARTS.find((p) => p === asked('part')) ?? null
	};
	const page = await readLedger(locals.db, ref, choix);
	const known = (await grants.listImports(locals.db)).filter(
		(l) => l.annuleLe === null && l.dispositif.split('.')[0] === page.dispositif?.id
	);
	return {
		page,
		/** Files the figures are read in, each with its rows. */
		sources: list(known.map((l) => `${l.fichier} (${count((l.rapport as GrantReport).acceptees, 'ligne')})`)),
		choix: { ...choix, nom: territoire ? (epciOf(territoire)?.nom ?? territoire) : null },
		familles: ref.financements.map(({ id, titre }) => ({ id, titre })),
		listes: (await grants.listImports(locals.db)).map(({ id, fichier, dispositif, rapport, par, le, annuleLe }) => {
			const { acceptees, montant, annees } = rapport as GrantReport;
			const titre = ref.financements.find((f) => f.id === dispositif.split('.')[0])?.titre ?? dispositif;
			const nom = listTitle(titre, list(annees.map(String)));
			return { id, nom, fichier, acceptees, montant, par, le, annuleLe };
		})
	};
};

export const actions: Actions = {
	charger: async ({ request, locals }) => {
		const form = await request.formData();
		const file = form.get('fichier');
		const annee = Number(form.get('annee')) || null;
		const report = await importGrants(locals.db, loadReferentiel(), {
			bytes: file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array(),
			fichier: file instanceof File ? file.name : '',
			dispositif: String(form.get('dispositif') ?? ''),
			annee,
			par: String(form.get('par') ?? '').trim() || UNSIGNED,
			le: locals.today
		});
		if (isRefusal(report)) return fail(422, { refus: report.refus, conseil: report.conseil });
		return { rapport: { ...report, anomalies: report.anomalies.filter((a) => a.gravite !== 'info').slice(0, 50) } };
	},
	reprendre: async ({ request, locals }) => {
		const id = Number((await request.formData()).get('liste'));
		if (!(await grants.undoImport(locals.db, id, locals.today)))
			return fail(409, { refus: 'Cette liste est déjà reprise.', conseil: null });
		return { reprise: true };
	}
};
