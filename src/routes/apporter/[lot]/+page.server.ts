import { error, fail, redirect } from '@sveltejs/kit';
import { PlanKind } from '$lib/domain/action';
import { isDoubtful, tellRecognised, whatItIs } from '$lib/domain/bring/recognised';
import { against, whereTheyGo } from '$lib/domain/bring/where-they-go';
import { ignoredSentences } from '$lib/domain/import/ignored-words';
import { isRefusal } from '$lib/domain/issue';
import type { BringChoice } from '$lib/server/bring/bring-file';
import { bringLot, findLot, within } from '$lib/server/bring/bring-lot';
import type { HeldFile, Lot } from '$lib/server/bring/held-files';
import { readMissing } from '$lib/server/bring/read-missing';
import { territoryFromCog } from '$lib/server/cog';
import { chooseTerritory } from '$lib/server/choose-territory';
import { rememberTerritory } from '$lib/server/own-territory';
import * as imports from '$lib/server/db/imports';
import { findJob, getJob, isOver, runJob } from '$lib/server/plans/jobs';
import { nameOf, rememberName, signatureOf } from '$lib/server/signature';
import { getTerritory, listTerritories, unreadEpci } from '$lib/server/territories';
import { loadReferentiel } from '$lib/server/referentiel';
import type { Db } from '$lib/server/db/client';
import type { Actions, PageServerLoad } from './$types';

const GONE = 'Ces fichiers ne sont plus gardés : apportez-les de nouveau. Rien n’en a été écrit sans votre accord.';
const lotOf = async (db: Db, id: string): Promise<Lot> =>
	(await findLot(db, loadReferentiel(), id)) ?? error(404, GONE);
/** Small files are dealt with in this time: the page then says at once what became of them. */
const AT_ONCE_MS = 2_500;

export const load: PageServerLoad = async ({ params, locals, cookies }) => {
	const lot = await lotOf(locals.db, params.lot);
	const ref = loadReferentiel();
	const fichiers = await Promise.all(lot.fichiers.map((f, i) => viewOf(locals.db, f, i)));
	const claims = lot.fichiers.flatMap(({ fichier, reconnu, issue }) =>
		reconnu && !isRefusal(reconnu) && reconnu.genre === 'plan' && reconnu.territoire && issue?.etat !== 'laisse'
			? [{ fichier, territoire: reconnu.territoire }]
			: []
	);
	const chosen = lot.territoire
		? ((await getTerritory(locals.db, lot.territoire)) ?? territoryFromCog(lot.territoire))
		: null;
	// Once they are read, they go where somebody said: nothing is guessed any more.
	const { propose, alertes } =
		chosen && !fichiers.some((f) => f.ouvert)
			? { propose: null, alertes: against(chosen, claims) }
			: whereTheyGo(chosen, claims);
	return {
		nom: nameOf(cookies),
		fichiers,
		devine: propose && { texte: `${propose.nom} (${propose.code})`, dApres: propose.dApres },
		alertes,
		...(chosen && {
			territoire: {
				...{ code: chosen.code, nom: chosen.nom, fictif: chosen.fictif },
				vide: (await unreadEpci(locals.db, chosen.code)) !== null
			}
		}),
		territoires: (await listTerritories(locals.db)).map(({ code, nom }) => `${nom} (${code})`),
		plans: ref.plans.types.map(({ code, libelle }) => ({ code, libelle })),
		dispositifs: ref.financements.map(({ id, titre }) => ({ id, titre })),
		manques: await readMissing(locals.db, lot.territoire)
	};
};

/** A file as the page says it: what it is, or what became of it. */
async function viewOf(db: Db, { fichier, reconnu, issue }: HeldFile, rang: number) {
	const refused = reconnu && isRefusal(reconnu) ? { refus: reconnu.refus, conseil: reconnu.conseil } : null;
	const known = reconnu && !isRefusal(reconnu) ? reconnu : null;
	const asked = known === null || (issue && issue.etat !== 'refuse') ? null : known;
	return {
		rang,
		fichier,
		quoi: known && { nom: whatItIs(known), phrase: tellRecognised(known), aLaisser: isDoubtful(known) },
		/** Not read yet, or its turn has not come. */
		attente: reconnu === null || issue?.etat === 'attente',
		plan: asked?.genre === 'plan' ? asked : null,
		subventions: asked?.genre === 'attributions' ? asked : null,
		auTerritoire: asked?.genre === 'plan' || asked?.genre === 'ecoles',
		refus: refused ?? (issue?.etat === 'refuse' ? { refus: issue.refus, conseil: issue.conseil } : null),
		/** Still to be brought. */
		ouvert: asked !== null,
		ecrit: issue?.etat === 'ecrit' ? issue : null,
		lecture: issue?.etat === 'lecture' ? await readingOf(db, issue.travail) : null
	};
}

/** A plan on its way: being read, read and waiting for an accord, kept, or refused. */
async function readingOf(db: Db, travail: string) {
	const job = await findJob(db, travail);
	const row = job?.import ? await imports.get(db, job.import) : null;
	if (row) {
		const { acceptees, rejetees, lues, ignoreesParRaison } = row.rapport;
		const nom = ((await getTerritory(db, row.territoire)) ?? territoryFromCog(row.territoire))?.nom ?? null;
		return {
			...{ etat: row.etat, import: row.id, acceptees, rejetees, lues, travail, refus: null },
			/** Why rows are not counted. */
			raisons: ignoredSentences(ignoreesParRaison, { acceptees, rejetees, territoire: nom })
		};
	}
	const refused = job?.issue && isRefusal(job.issue) ? job.issue : null;
	const etat = job && !isOver(job) ? ('en-cours' as const) : ('refuse' as const);
	return { etat, import: null, acceptees: 0, rejetees: 0, lues: 0, raisons: [], travail, refus: refused };
}

const words = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

export const actions: Actions = {
	apporter: async ({ params, request, locals, cookies }) => {
		const lot = await lotOf(locals.db, params.lot);
		const form = await request.formData();
		const saisie = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]));
		const open = lot.fichiers.flatMap((file, i) => {
			if (!file.reconnu || isRefusal(file.reconnu) || (file.issue && file.issue.etat !== 'refuse')) return [];
			return [{ file, genre: file.reconnu.genre, at: (name: string) => words(form, `f${i}.${name}`) }];
		});
		const wanted = open.filter(({ at }) => at('laisser') === '');
		const placed = wanted.some(({ genre, at }) => genre === 'plan' || genre === 'ecoles' || at('usage') === 'plan');
		if (placed) {
			const territory = await chooseTerritory(locals.db, words(form, 'territoire'));
			if (isRefusal(territory)) return fail(422, { ...territory, champ: 'territoire', saisie });
			lot.territoire = territory.code;
			rememberTerritory(cookies, territory.code);
		}
		const unsaid = wanted.find(
			({ genre, at }) => (genre === 'plan' || at('usage') === 'plan') && !PlanKind.safeParse(at('plan')).success
		);
		if (unsaid)
			return fail(422, {
				refus: `Dites quel plan est « ${unsaid.file.fichier} ».`,
				conseil: 'Ou cochez « Ne pas apporter ».',
				champ: `f${lot.fichiers.indexOf(unsaid.file)}.plan`,
				saisie
			});
		const undecided = wanted.find(
			({ file: { reconnu }, at }) =>
				reconnu &&
				!isRefusal(reconnu) &&
				reconnu.genre === 'plan' &&
				reconnu.demarches.length > 0 &&
				at('demarche') === ''
		);
		if (undecided)
			return fail(422, {
				refus: `Dites quelle démarche de « ${undecided.file.fichier} » est la vôtre.`,
				conseil: null,
				champ: `f${lot.fichiers.indexOf(undecided.file)}.demarche`,
				saisie
			});
		const by = { par: rememberName(cookies, form.get('par')), le: locals.today };
		for (const { file, at } of open) if (at('laisser')) file.issue = { etat: 'laisse' };
		// Places first: a plan read after them finds its quartiers.
		const first = [...wanted].sort((a, b) => Number(a.genre === 'plan') - Number(b.genre === 'plan'));
		const orders = first.map(({ file, at }) => ({ file, choice: choiceOf(file, at, lot.territoire) }));
		await within(bringLot(locals.db, loadReferentiel(), lot, orders, by), AT_ONCE_MS);
		const alone = lot.fichiers.length === 1 ? lot.fichiers[0]!.issue : null;
		if (alone?.etat === 'lecture') {
			const job = getJob(alone.travail);
			redirect(303, job?.import ? `/imports/${job.import}` : `/imports/travaux/${alone.travail}`);
		}
		redirect(303, `/apporter/${lot.id}`);
	},

	enregistrer: async ({ params, request, locals, cookies }) => {
		const lot = await lotOf(locals.db, params.lot);
		const choix = { par: signatureOf(cookies), le: locals.today };
		for (const id of (await request.formData()).getAll('import')) {
			const done = await runJob(locals.db, { genre: 'enregistrer', id: Number(id), choix });
			if (isRefusal(done)) return fail(409, { refus: done.refus, conseil: done.conseil, champ: null, saisie: {} });
		}
		redirect(303, `/apporter/${lot.id}`);
	}
};

function choiceOf(file: HeldFile, at: (name: string) => string, territoire: string | null): BringChoice {
	const plan = PlanKind.safeParse(at('plan'));
	const colonne =
		file.reconnu && !isRefusal(file.reconnu) && file.reconnu.genre === 'attributions' ? file.reconnu.colonne : null;
	return {
		territoire,
		commePlan: at('usage') === 'plan',
		plan: plan.success ? plan.data : null,
		periode: at('periode') || null,
		demarche: at('demarche') || null,
		dispositif: at('dispositif') || null,
		filtre: colonne && at('garder') ? { champ: colonne, valeur: at('garder') } : null
	};
}
