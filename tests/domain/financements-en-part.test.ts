import { describe, expect, it } from 'vitest';
import { lire } from './lire-un-tableau';

/* A financeur who gives a share of the cost, and those who are not known yet. */

const ENTETES = ['Réf', 'Action', 'Coût total', 'Financements'];

async function dit(cellule: string, cout = '8 500 000 € HT', entetes = ENTETES, ...suite: string[]) {
	const autres = ['Fonds vert : 10 000 €', 'Ville : 5 000 €', 'Département'].map((f, i) =>
		[`A${i}`, `Action ${i}`, '1 000 €', f, ''].slice(0, entetes.length)
	);
	const { actions, anomalies } = await lire([entetes, ['F1', 'Réseau de chaleur', cout, cellule, ...suite], ...autres]);
	return { lignes: actions[0]!.financements, anomalies: anomalies.filter((i) => i.where.row === 2) };
}

describe('un pourcentage est une part du coût de l’action', () => {
	it.each<[string, string, string, number | null, number | null]>([
		['Fonds chaleur 45 % (demandé)', 'Fonds chaleur', 'demande', 3_825_000, null],
		['Anah 50 %', 'Anah', 'envisage', 4_250_000, null],
		['Anah (50 %)', 'Anah', 'envisage', 4_250_000, null],
		['Anah : 50%', 'Anah', 'envisage', 4_250_000, null],
		['Anah à hauteur de 50 %', 'Anah', 'envisage', 4_250_000, null],
		['50 % Anah', 'Anah', 'envisage', 4_250_000, null],
		['Anah 50 % du coût HT', 'Anah', 'envisage', 4_250_000, null],
		['Autofinancement 100 %', 'Autofinancement', 'envisage', 8_500_000, null],
		['Etat 50 %', 'Etat', 'envisage', 4_250_000, null],
		['Region 20 % (obtenu)', 'Region', 'obtenu', null, 1_700_000],
		['BOP 147 12,5 %', 'BOP 147', 'envisage', 1_062_500, null]
	])('%s', async (cellule, libelle, etat, demande, obtenu) => {
		const { lignes, anomalies } = await dit(cellule);
		expect(lignes).toMatchObject([{ libelle, etat, demande, obtenu, base: 'HT' }]);
		expect(anomalies).toMatchObject([{ severity: 'info', found: cellule, where: { column: 'Financements' } }]);
	});

	it('et l’anomalie dit le calcul', async () => {
		const { lignes, anomalies } = await dit('Fonds chaleur 45 % (demandé)', '8 500 000 €');
		expect(anomalies[0]!.message).toContain('45\u00a0% de 8\u202f500\u202f000\u00a0€ = 3\u202f825\u202f000\u00a0€');
		expect(lignes[0]!.dispositif).toBe('fonds-chaleur');
	});

	it('au centime', async () => {
		expect((await dit('Anah 33,33 %', '1 000,55 €')).lignes[0]!.demande).toBe(333.48);
	});

	it('plusieurs parts font plusieurs lignes, un montant en euros reste ce qu’il est', async () => {
		const { lignes } = await dit('Anah 50 % ; Région 20 000 € ; Ville 15 000 € (50 %)', '100 000 €');
		expect(lignes.map((l) => l.demande)).toEqual([50_000, 20_000, 15_000]);
	});

	it('un pourcentage qui ne fait que préciser un montant ne fait pas de ligne', async () => {
		const { lignes } = await dit('Ville 15 000 €, 50 %', '100 000 €');
		expect(lignes.map((l) => l.demande)).toEqual([15_000]);
	});

	it('dans une colonne de montants aussi', async () => {
		const entetes = ['Réf', 'Action', 'Coût total', 'Financeur', 'Montant demandé'];
		const { lignes, anomalies } = await dit('Slime', '90 000 €', entetes, '50 %');
		expect(lignes).toMatchObject([{ libelle: 'Slime', demande: 45_000, etat: 'demande' }]);
		expect(anomalies).toMatchObject([{ severity: 'info', where: { column: 'Montant demandé' } }]);
	});

	it.each(['Anah 50 %', 'Fonds chaleur 45 % (demandé)'])(
		'sans coût, %s n’est pas chiffré et se dit',
		async (cellule) => {
			const { lignes, anomalies } = await dit(cellule, '');
			expect(lignes).toMatchObject([{ demande: null, obtenu: null }]);
			expect(lignes[0]!.libelle).not.toContain('%');
			expect(anomalies).toMatchObject([{ code: 'montant-illisible', severity: 'a-verifier', found: cellule }]);
			expect(anomalies[0]!.message).toMatch(/\d\u00a0%.*le coût de l’action n’est pas connu/);
		}
	);

	it.each([
		'Fonds vert jusqu’à 80 %',
		'Anah 30 à 50 %',
		'Anah 120 %',
		'Prêt à 2 %',
		'Prêt BDT, taux 3 %',
		'Anah 50 % des honoraires',
		'Anah 50 % du coût TTC'
	])('%s n’est pas deviné', async (cellule) => {
		const { lignes, anomalies } = await dit(cellule);
		expect(lignes.every((l) => l.demande === null && l.obtenu === null)).toBe(true);
		expect(anomalies).toMatchObject([{ code: 'montant-illisible', severity: 'a-verifier' }]);
	});
});

describe('ce qui n’est pas encore dit n’est pas un financeur', () => {
	it.each(['à définir', 'À préciser', 'en cours', 'néant', 'Aucun', '(à définir)'])('%s', async (cellule) => {
		const { lignes, anomalies } = await dit(cellule);
		expect(lignes).toEqual([]);
		expect(anomalies.every((i) => i.severity === 'info')).toBe(true);
	});

	it('à côté d’un vrai financeur, seul celui-ci compte', async () => {
		const { lignes } = await dit('Anah 20 000 € ; à définir');
		expect(lignes).toMatchObject([{ libelle: 'Anah', demande: 20_000 }]);
	});

	it('sous « Financeur », sans montant, pas davantage', async () => {
		const entetes = ['Réf', 'Action', 'Coût total', 'Financeur', 'Montant demandé'];
		expect((await dit('à définir', '90 000 €', entetes, '')).lignes).toEqual([]);
	});
});
