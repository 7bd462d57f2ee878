import { describe, expect, it } from 'vitest';
import { lire } from './lire-un-tableau';

/* A financing whose sign or words take it back is never counted, and is said. */

async function financement(cellule: string, entete = 'Financeurs') {
	const autres = [1, 2, 3].map((i) => [`A${i}`, `Action ${i}`, '100 000', `Région : ${i} 000 €`]);
	const { actions, anomalies } = await lire([
		['Réf', 'Action', 'Coût', entete],
		['F1', 'Jardin partagé', '100 000', cellule],
		...autres
	]);
	const [ligne] = actions[0]!.financements;
	return { ligne, anomalies: anomalies.filter((i) => i.where.row === 2) };
}

describe('un financement annulé ou retiré ne compte pas comme accordé', () => {
	it.each(['DPV : 100 000 € (annulé)', 'DPV : 100 000 € obtenu puis retiré', 'DPV 100 000 € — déprogrammée'])(
		'%s',
		async (cellule) => {
			const { ligne, anomalies } = await financement(cellule);
			expect(ligne).toMatchObject({ demande: 100_000, obtenu: 0, etat: 'refuse' });
			expect(anomalies).toMatchObject([{ code: 'valeur-suspecte', severity: 'a-verifier' }]);
			expect(anomalies[0]!.message).toContain('annulé ou retiré');
		}
	);

	it('dans une colonne « obtenu » aussi, sans s’ajouter à ce qui a été demandé', async () => {
		const autres = [1, 2, 3].map((i) => [`A${i}`, `Action ${i}`, `${i}0 000`, `${i} 000`]);
		const { actions, anomalies } = await lire([
			['Réf', 'Action', 'DPV demandé', 'DPV obtenu'],
			['F1', 'Jardin partagé', '120 000', '100 000 € (annulé)'],
			...autres
		]);
		expect(actions[0]!.financements).toMatchObject([{ demande: 120_000, obtenu: 0, etat: 'refuse' }]);
		expect(anomalies.filter((i) => i.where.row === 2)).toMatchObject([{ severity: 'a-verifier' }]);
	});
});

describe('un financement négatif ne devient pas positif', () => {
	it.each(['DPV : -5 000 €', 'DPV : 5 000-', 'DPV : (5 000,00)'])('%s', async (cellule) => {
		const { ligne, anomalies } = await financement(cellule);
		expect(ligne).toMatchObject({ demande: null, obtenu: null });
		expect(anomalies).toMatchObject([{ code: 'montant-illisible', severity: 'a-verifier' }]);
		expect(anomalies[0]!.message).toContain('négatif');
	});

	it('un tiret entre le nom et le montant, un montant entre parenthèses n’en sont pas', async () => {
		expect((await financement('DPV - 5 000 €')).ligne).toMatchObject({ libelle: 'DPV', demande: 5_000 });
		expect((await financement('DPV (5 000 €) sollicitée')).ligne).toMatchObject({ libelle: 'DPV', demande: 5_000 });
	});
});

describe('une fourchette dont les milliers ne sont écrits qu’une fois', () => {
	it('« Ville : 10 à 15 000 € » commence à 10 000 €, et c’est à vérifier', async () => {
		const { ligne, anomalies } = await financement('Ville : 10 à 15 000 €');
		expect(ligne).toMatchObject({ libelle: 'Ville', demande: 10_000 });
		expect(anomalies).toMatchObject([{ code: 'montant-intervalle', severity: 'a-verifier' }]);
	});

	it('« Ville 10 à 15 000 € » : 10 peut être un numéro, rien n’est retenu', async () => {
		const { ligne, anomalies } = await financement('Ville 10 à 15 000 €');
		expect(ligne).toMatchObject({ demande: null, obtenu: null });
		expect(anomalies).toMatchObject([{ code: 'montant-illisible', severity: 'a-verifier' }]);
	});
});
