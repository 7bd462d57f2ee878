import { describe, expect, it } from 'vitest';
import { financeurIn, stateWords } from '../../src/lib/domain/import/header-financing';
import { lire } from './lire-un-tableau';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* A column named after a funder: its name is kept as written, small words included. */

const states = stateWords(loadReferentiel().plans);

describe('le financeur que nomme un en-tête', () => {
	it.each([
		['Agence de l’eau', 'Agence de l’eau'],
		["Agence de l'eau (€)", "Agence de l'eau"],
		['Banque des Territoires (€)', 'Banque des Territoires'],
		['Politique de la ville', 'Politique de la ville'],
		["Caisse d'allocations familiales (€ HT)", "Caisse d'allocations familiales"],
		['Fonds de concours CA', 'Fonds de concours CA'],
		['Conseil départemental du Nord', 'Conseil départemental du Nord'],
		['Plan de relance', 'Plan de relance']
	])('%s : ses petits mots restent', (entete, nom) => expect(financeurIn(entete, states)).toBe(nom));

	it.each([
		['Subvention Région sollicitée', 'Région'],
		['Montant de l’aide de l’Agence de l’eau (€)', 'Agence de l’eau'],
		['Part du Département', 'Département'],
		['Participation de la CAF - montant demandé', 'CAF'],
		['Financement de l’État obtenu', 'État'],
		['Montant demandé à la Région', 'Région'],
		['Région subvention demandée 2026', 'Région 2026'],
		['P147\ndemandé', 'P147']
	])('%s : ce qui dit l’argent s’ôte', (entete, nom) => expect(financeurIn(entete, states)).toBe(nom));

	it.each(['Montant de la subvention', 'Plan de financement', 'Financeur 1', 'Montant demandé (€)', 'Aides'])(
		'%s : ne nomme personne',
		(entete) => expect(financeurIn(entete, states)).toBeNull()
	);

	it('« 12 000 € (accordé) » sous « Subv. P147 » est de P147, même à côté d’une colonne d’autres aides', async () => {
		const { actions } = await lire(
			[
				['Titre', 'Coût', 'Subv. P147', 'Autres aides'],
				['Cantine solidaire', '36 000 €', '12 000 € (accordé)', 'CAF : 9 000 € (accordé)'],
				['Atelier cuisine', '12 000 €', '6 000 € (demandé)', '']
			],
			'contrat-de-ville'
		);
		const said = actions.map((a) =>
			a.financements.map((f) => [f.libelle, f.dispositif, f.etat, f.obtenu ?? f.demande])
		);
		expect(said).toEqual([
			[
				['P147', 'politique-de-la-ville.p147', 'obtenu', 12_000],
				['CAF', null, 'obtenu', 9_000]
			],
			[['P147', 'politique-de-la-ville.p147', 'demande', 6_000]]
		]);
	});

	it.each(['Mode de financement', 'Modalités de financement', 'Montage financier', 'Financeurs pressentis'])(
		'« %s » est une colonne de financements, fonds propres compris',
		async (entete) => {
			const { actions } = await lire([
				['Titre', 'Coût', entete],
				['Ombrières du stade', '400 000 €', 'Région : 100 k€ (sollicité) ; autofinancement : 300 k€'],
				['Copropriété Chambord', '90 000 €', 'Anah : 60 000 € (acquis) ; fonds propres : 30 000 €']
			]);
			expect(actions.map((a) => a.financements.map((f) => f.genre))).toEqual([
				['subvention', 'autofinancement'],
				['subvention', 'autofinancement']
			]);
		}
	);
});
