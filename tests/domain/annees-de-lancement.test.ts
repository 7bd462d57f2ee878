import { expect, it } from 'vitest';
import { lire } from './lire-un-tableau';

/* A convention of renewal dates its works by years: when they start, when they are handed over. Invented. */

it.each([
	['Année de lancement', 'Année d’achèvement'],
	['Année de lancement opérationnel', 'Année de livraison'],
	['Année de début', 'Année de fin'],
	['Année prévisionnelle de démarrage', 'Livraison prévisionnelle'],
	['Année prévisionnelle de démarrage des travaux', 'Année prévisionnelle de livraison des travaux'],
	['Démarrage travaux', 'Fin des travaux'],
	['Début des travaux', 'Fin prévisionnelle des travaux'],
	['Lancement prévu', 'Achèvement prévu'],
	['Année prév. de lancement', 'Date prév. d’achèvement']
])('« %s » et « %s » disent le début et la fin', async (debut, fin) => {
	const { actions, anomalies } = await lire(
		[
			['Opération', 'Maître d’ouvrage', debut, fin, 'Coût HT'],
			['Rénover la tour du Lac', 'Rives Habitat', '2027', '2029', '1 200 000'],
			['Refaire la place du Lavoir', 'Ville', '2026', '', '300 000']
		],
		'npnru'
	);
	expect(actions.map((a) => [a.dates?.debut, a.dates?.fin])).toEqual([
		['2027-01-01', '2029-12-31'],
		['2026-01-01', null]
	]);
	expect(anomalies).toEqual([]);
});

it('« Année » seule reste l’exercice', async () => {
	const { actions, table } = await lire([
		['Action', 'Année', 'Porteur'],
		['Planter des haies', '2027', 'Ville']
	]);
	expect(table.colonnes[1]?.champ).toBe('annee');
	expect(actions[0]?.dates).toMatchObject({ debut: '2027-01-01', fin: '2027-12-31' });
});
