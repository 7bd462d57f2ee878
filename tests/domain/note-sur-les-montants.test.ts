import { describe, expect, it } from 'vitest';
import { lire } from './lire-un-tableau';

/* « Montants en euros hors taxes », alone over or under a table: it holds for every amount that says nothing else. */

const ENTETES = ['Réf', 'Action', 'Coût', 'Financements'];
const LIGNES = [
	['A1', 'Rénover le gymnase', '120 000', 'Fonds vert : 40 000 €'],
	['A2', 'Isoler les écoles', '85 000 TTC', 'DSIL : 20 000'],
	['A3', 'Plan vélo', '50 000 €', 'Département : 5 000 €'],
	['A4', 'Semaine du développement durable', '', '']
];
const au = (...notes: string[]) => [...notes.map((n) => [n]), ENTETES, ...LIGNES];

describe('une note au-dessus du tableau dit la base de tous ses montants', () => {
	it.each([
		['Montants en euros hors taxes - mise à jour septembre 2026'],
		['Tous les montants sont HT'],
		['(montants HT)'],
		['Les coûts sont exprimés en € H.T.']
	])('« %s »', async (note) => {
		const { actions, anomalies } = await lire(au(note));
		expect(actions.map((a) => a.budget?.base ?? null)).toEqual(['HT', 'TTC', 'HT', null]);
		expect(actions[0]!.financements).toMatchObject([{ demande: 40_000, base: 'HT' }]);
		const dite = anomalies.filter((i) => i.found === note);
		expect(dite).toMatchObject([{ severity: 'info', where: { row: 1 } }]);
		expect(dite[0]!.message).toContain('sont lus HT');
	});

	it('sous le tableau aussi, après un astérisque', async () => {
		const { actions } = await lire([...au(), ['* montants TTC']]);
		expect(actions[0]!.budget?.base).toBe('TTC');
	});

	it('et l’unité, sauf pour une cellule qui porte la sienne', async () => {
		const { actions } = await lire([
			['Montants en k€ HT'],
			ENTETES,
			['A1', 'Rénover le gymnase', '120', 'Fonds vert : 40'],
			['A2', 'Plan vélo', '50 000 €', ''],
			['A3', 'Isoler les écoles', '85', '']
		]);
		expect(actions.map((a) => a.budget?.euros)).toEqual([120_000, 50_000, 85_000]);
		expect(actions[0]!.financements).toMatchObject([{ demande: 40_000 }]);
	});
});

describe('et se tait', () => {
	it.each([
		['deux notes qui se contredisent', ['Montants HT', 'Montants TTC']],
		['une somme n’est pas une façon de lire', ['Budget total : 350 000 € HT']],
		['un titre ne parle pas d’argent', ['Programme HT et espaces publics']]
	])('%s', async (_, notes) => {
		const { actions } = await lire(au(...notes));
		expect(actions[0]!.budget?.base).toBe('inconnu');
	});

	it('un en-tête qui dit sa base la garde', async () => {
		const { actions } = await lire([
			['Montants HT'],
			['Réf', 'Action', 'Coût TTC', 'Financements'],
			...LIGNES.slice(0, 1)
		]);
		expect(actions[0]!.budget?.base).toBe('TTC');
	});
});
