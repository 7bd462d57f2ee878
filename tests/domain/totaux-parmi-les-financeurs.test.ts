import { describe, expect, it } from 'vitest';
import { lire } from './lire-un-tableau';

/* « Total : 150 000 € », « reste à financer : 20 000 € » in a cell of funders: nobody brings them. */

const ENTETES = ['Réf', 'Action', 'Coût total', 'Financements'];

async function dit(cellule: string, cout = '150 000 €') {
	const autres = ['Fonds vert : 10 000 €', 'Ville : 5 000 €', 'Département'].map((f, i) => [
		`A${i}`,
		`Action ${i}`,
		'1 000 €',
		f
	]);
	const { actions, anomalies } = await lire([ENTETES, ['F1', 'Réseau de chaleur', cout, cellule], ...autres]);
	return { lignes: actions[0]!.financements, anomalies: anomalies.filter((i) => i.where.row === 2) };
}

describe('un total n’est pas un financeur', () => {
	it.each([
		['Région : 50 000 €, Ville : 100 000 €, Total : 150 000 €'],
		['Région : 50 000 € ; Ville : 100 000 € ; Coût total : 150 000 €'],
		['Région : 50 000 € / Ville : 100 000 € / TOTAL HT = 150 000 €'],
		['Région : 50 000 €, Ville : 100 000 €, Total des financements : 150 000 €']
	])('%s', async (cellule) => {
		const { lignes, anomalies } = await dit(cellule);
		expect(lignes).toMatchObject([
			{ libelle: 'Région', demande: 50_000 },
			{ libelle: 'Ville', demande: 100_000 }
		]);
		expect(anomalies).toEqual([]);
	});

	it('et s’il n’est pas la somme des autres, il est dit', async () => {
		const { lignes, anomalies } = await dit('Région : 50 000 €, Total : 90 000 €');
		expect(lignes).toMatchObject([{ libelle: 'Région', demande: 50_000 }]);
		expect(anomalies).toMatchObject([{ severity: 'a-verifier', found: 'Total : 90 000 €' }]);
		expect(anomalies[0]!.message).toContain('est un total');
	});

	it('un reste à financer ne finance rien, et le dit', async () => {
		const { lignes, anomalies } = await dit('Région : 50 000 €, reste à financer : 100 000 €');
		expect(lignes).toMatchObject([{ libelle: 'Région', demande: 50_000 }]);
		expect(anomalies).toMatchObject([{ severity: 'info', found: 'reste à financer : 100 000 €' }]);
	});

	it('« TotalEnergies » et « Ensemble pour le climat » sont des financeurs', async () => {
		const { lignes } = await dit('TotalEnergies : 5 000 €, Ensemble pour le climat : 1 000 €');
		expect(lignes.map((l) => l.libelle)).toEqual(['TotalEnergies', 'Ensemble pour le climat']);
	});
});
