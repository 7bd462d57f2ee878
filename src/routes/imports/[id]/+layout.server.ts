import { error } from '@sveltejs/kit';
import { importedAs } from '$lib/domain/crossing/grant-list';
import { readMissing } from '$lib/server/bring/read-missing';
import { totalOf } from '$lib/domain/import/anomalies';
import { DOUBTFUL } from '$lib/domain/import/header-issues';
import { unknownPlaces } from '$lib/domain/import/to-look-at';
import * as imports from '$lib/server/db/imports';
import { nameOf } from '$lib/server/signature';
import { getTerritory } from '$lib/server/territories';
import { loadReferentiel } from '$lib/server/referentiel';
import type { LayoutServerLoad } from './$types';

/** What every page of an import says at its head; the long lists are loaded by the page that shows them. */
export const load: LayoutServerLoad = async ({ params, locals, cookies }) => {
	const found = await imports.get(locals.db, Number(params.id));
	if (!found) error(404, 'Cet import n’existe pas.');
	const territory = await getTerritory(locals.db, found.territoire);
	const { rapport } = found;
	const sansTitre = !rapport.colonnes.some((c) => c.champ === 'titre' || c.champ === 'sous_action');
	return {
		nom: nameOf(cookies),
		id: found.id,
		etat: found.etat,
		le: found.etat === 'annule' ? (found.annuleLe ?? found.prepareLe) : (found.valideLe ?? found.prepareLe),
		par: found.etat === 'annule' ? (found.annulePar ?? found.par) : (found.validePar ?? found.par),
		fichier: rapport.fichier,
		lignes: {
			lues: rapport.lues,
			acceptees: rapport.acceptees,
			rejetees: rapport.rejetees,
			ignorees: rapport.ignorees
		},
		onglets: {
			colonnesLues: rapport.colonnes.filter((c) => c.champ !== null).length,
			colonnesAVoir:
				rapport.colonnes.filter((c) => c.champ !== null && c.confiance < DOUBTFUL).length + Number(sansTitre),
			anomalies: totalOf(rapport.compte),
			anomaliesAVoir: totalOf(rapport.compte.filter((c) => c.gravite !== 'info')),
			lieux: unknownPlaces(rapport),
			changements: rapport.differences
		},
		sansTitre,
		note: rapport.note ?? null,
		dejaImporte: rapport.dejaImporte,
		territoire: { code: found.territoire, nom: territory?.nom ?? found.territoire, fictif: territory?.fictif ?? false },
		/** The next file to bring, once this one is in. */
		manque: found.etat === 'valide' ? ((await readMissing(locals.db, found.territoire))[0]?.phrase ?? null) : null,
		planLibelle: importedAs({ plan: found.plan, note: rapport.note ?? null }, loadReferentiel().plans.types)
	};
};
