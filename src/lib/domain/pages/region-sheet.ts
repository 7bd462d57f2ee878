import { COVERAGE_WORDS } from '../roadmap/roadmap';
import { date } from '../french';
import type { RegionPage } from './region-page';

/* The table of the region as a sheet: the rows, the columns and the words of the screen, its figures left as figures. */

export interface RegionSheet {
	readonly nom: string;
	readonly entete: readonly string[];
	readonly colonnes: readonly { readonly titre: string; readonly genre: 'texte' | 'nombre' }[];
	readonly lignes: readonly (readonly (string | number | null)[])[];
	readonly pied: readonly string[];
}

/** out    two columns a territory: what it answers, and by how many actions; what is not assessed has no figure */
export function regionSheet(page: RegionPage): RegionSheet {
	const silent = page.territoires.filter((t) => !t.plans.length);
	return {
		nom: 'Croisements par territoire',
		entete: [page.titre, page.chapo, `Calculé le ${date(page.asOf)}, référentiel ${page.referentiel.version}`],
		colonnes: [
			{ titre: 'Code', genre: 'texte' },
			{ titre: 'Croisement', genre: 'texte' },
			{ titre: 'Territoires à réponse structurante ou de service', genre: 'nombre' },
			{ titre: 'dont à confirmer', genre: 'nombre' },
			{ titre: 'Territoires évalués', genre: 'nombre' },
			...page.colonnes.flatMap(({ nom }) => [
				{ titre: `${nom}, réponse`, genre: 'texte' as const },
				{ titre: `${nom}, actions`, genre: 'nombre' as const }
			])
		],
		lignes: page.croises.map((x) => [
			...[x.code, x.libelle],
			...(x.evalues ? [x.repondus, x.aConfirmer, x.evalues] : [null, null, 0]),
			...page.colonnes.flatMap((t) => {
				const cell = t.croises.find((c) => c.code === x.code)!;
				const unknown = cell.coverage === 'saisie-incomplete';
				return [
					`${COVERAGE_WORDS[cell.coverage]}${cell.reserve ? `, à confirmer\u00a0: ${cell.reserve}` : ''}`,
					unknown ? null : cell.actions
				];
			})
		]),
		pied: [
			...(page.sansQuartier.length
				? [`Sans quartier prioritaire, hors de ce tableau\u00a0: ${page.sansQuartier.map((t) => t.nom).join(', ')}.`]
				: []),
			...(silent.length ? [`Sans dépôt, dans aucun total\u00a0: ${silent.map((t) => t.nom).join(', ')}.`] : [])
		]
	};
}
