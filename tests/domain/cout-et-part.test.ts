import { describe, expect, it } from 'vitest';
import { lire } from './lire-un-tableau';

/* The cell of a cost that says more than the cost. */

async function cout(cellule: string, entete = 'Budget') {
	const autres = [1, 2, 3].map((i) => [`A${i}`, `Action ${i}`, `${i}0 000`]);
	const { actions, anomalies } = await lire([['Réf', 'Action', entete], ['F1', 'Jardin partagé', cellule], ...autres]);
	return {
		budget: actions[0]!.budget,
		notes: actions[0]!.notes,
		anomalies: anomalies.filter((i) => i.where.row === 2)
	};
}

describe('une part de financement écrite dans le coût laisse lire le coût', () => {
	it.each<[string, number]>([
		['12 000 € (ADEME 70 %)', 12_000],
		['12 000 € (70 % ADEME, 30 % Ville)', 12_000],
		['1,2 M€ (Anah 50%)', 1_200_000],
		['12 000 (ADEME 70 %)', 12_000],
		['12 000 € dont ADEME 70 %', 12_000]
	])('%s', async (cellule, euros) => {
		const { budget, anomalies } = await cout(cellule);
		expect(budget?.euros).toBe(euros);
		expect(anomalies).toHaveLength(1);
		expect(anomalies[0]).toMatchObject({ code: 'valeur-suspecte', severity: 'a-verifier', found: cellule });
		expect(anomalies[0]!.message).toMatch(/part de financement écrite dans le coût/);
		expect(anomalies[0]!.message).toMatch(/\d ?%/);
	});

	it.each(['(ADEME 70 %)', '70 %', '12 000 € (TVA 20 %)', '12 000 € (± 10 %)'])(
		'%s n’est pas un coût et sa part',
		async (cellule) => {
			const { budget, anomalies } = await cout(cellule);
			expect(budget).toBeNull();
			expect(anomalies).toMatchObject([{ code: 'montant-illisible' }]);
		}
	);
});

describe('un coût écrit hors taxes et toutes taxes comprises garde la base attendue', () => {
	it.each<[string, string, number, string]>([
		['85 000 € HT (102 000 € TTC)', 'Budget prévisionnel HT', 85_000, 'HT'],
		['102 000 € TTC (85 000 € HT)', 'Budget prévisionnel HT', 85_000, 'HT'],
		['85 000 € (102 000 € TTC)', 'Budget prévisionnel HT', 85_000, 'HT'],
		['85 000 (102 000 TTC)', 'Budget HT', 85_000, 'HT'],
		['85 000 € HT (102 000 € TTC)', 'Budget TTC', 102_000, 'TTC'],
		['85 000 € HT (102 000 € TTC)', 'Budget', 85_000, 'HT'],
		['102 000 € TTC / 85 000 € HT', 'Budget', 102_000, 'TTC'],
		['HT : 85 000 € ; TTC : 102 000 €', 'Budget', 85_000, 'HT'],
		['85 k€ HT soit 102 k€ TTC', 'Budget', 85_000, 'HT'],
		['85 HT (102 TTC)', 'Budget (k€)', 85_000, 'HT']
	])('%s sous %s', async (cellule, entete, euros, base) => {
		const { budget, anomalies } = await cout(cellule, entete);
		expect(budget).toMatchObject({ euros, base });
		expect(anomalies).toMatchObject([{ severity: 'info', found: cellule }]);
		for (const montant of ['85\u202f000\u00a0€ HT', '102\u202f000\u00a0€ TTC'])
			expect(anomalies[0]!.message).toContain(montant);
	});

	it.each<[string, string]>([
		['85 000 € (102 000 € TTC)', 'Budget'],
		['85 000 € (102 000 € TTC)', 'Budget TTC'],
		['102 000 € HT (85 000 € TTC)', 'Budget HT']
	])('sans indice, ou contre lui, l’anomalie donne les deux : %s sous %s', async (cellule, entete) => {
		const { budget, anomalies } = await cout(cellule, entete);
		expect(budget).toBeNull();
		expect(anomalies).toMatchObject([{ code: 'montant-illisible', severity: 'a-verifier' }]);
		expect(anomalies[0]!.message).toContain('85\u202f000\u00a0€');
		expect(anomalies[0]!.message).toContain('102\u202f000\u00a0€');
	});

	it('un intervalle et un prix annuel restent ce qu’ils étaient', async () => {
		expect((await cout('10 000/15 000 €')).budget).toMatchObject({ euros: 10_000, max: 15_000 });
		expect((await cout('5 000 € / an')).budget).toMatchObject({ euros: 5_000 });
		expect((await cout('5 000 € / an')).notes).toBe('Coût écrit par an\u00a0: 5 000 € / an');
		expect((await cout('5 000 €/an pendant 3 ans')).notes, 'le total est là').toBeNull();
		expect((await cout('85 000 € (HT)')).budget).toMatchObject({ euros: 85_000, base: 'HT' });
	});
});

describe('un coût écrit comme un calcul donne son montant, et dit comment', () => {
	it.each<[string, number, string, RegExp]>([
		['3 x 20 000 €', 60_000, 'inconnu', /3 fois 20.000/],
		['3 × 20 000', 60_000, 'inconnu', /3 fois/],
		['2 x 20 000 € HT', 40_000, 'HT', /2 fois/],
		['20 000 € x 3 ans', 60_000, 'inconnu', /3 fois/],
		['20 000 € par an pendant 3 ans', 60_000, 'inconnu', /par an pendant 3 ans/],
		['20 000 €/an sur 3 ans', 60_000, 'inconnu', /par an pendant 3 ans/],
		['60 000 € sur 3 ans', 60_000, 'inconnu', /toute la durée/],
		['3 x 20 000 € soit 60 000 €', 60_000, 'inconnu', /total écrit/],
		['120 000 € (dont 30 000 € QPV)', 120_000, 'inconnu', /30.000 € n’en sont qu’une part/],
		['120 000 € HT dont 30 000 € HT en QPV', 120_000, 'HT', /qu’une part/],
		['80 ke', 80_000, 'inconnu', /k€/]
	])('%s', async (cellule, euros, base, dit) => {
		const { budget, anomalies } = await cout(cellule);
		expect(budget).toEqual({ euros, base, max: null });
		expect(anomalies).toMatchObject([{ code: 'montant-deduit', severity: 'info', found: cellule }]);
		expect(anomalies[0]!.message.replace(/[\u00a0\u202f]/g, ' ')).toMatch(dit);
	});

	it.each([
		'3 x 20 000 € soit 70 000 €',
		'3 x 20',
		'30 000 € (dont 120 000 € QPV)',
		'60 000 € pendant 3 ans',
		'3 jours x 2'
	])('%s ne se calcule pas : une question', async (cellule) => {
		const { budget, anomalies } = await cout(cellule);
		expect(budget).toBeNull();
		expect(anomalies).toMatchObject([{ code: 'montant-illisible', severity: 'a-verifier' }]);
	});
});
