import { describe, expect, it } from 'vitest';
import { decisionHistory, type DecisionNames } from '../../src/lib/domain/pages/decision-history';
import { aDecision } from '../fixtures/build';

/* What the history of decisions says of each, to somebody who was not there. */

const names: DecisionNames = {
	action: (id) => (id === 'A1-f00d' ? 'Cour oasis' : undefined),
	quartier: (code) => (code === 'QNZZZ01N' ? 'Les Glacis' : undefined),
	code: (code) => (code === 'X07' ? 'X07 Rafraîchir les espaces publics' : undefined),
	plan: () => 'du PCAET'
};
const gap = (id: number, sujet: string, annulee: { le: string; par: string } | null = null) => ({
	...aDecision({ id, sujet: { genre: 'lacune', id: sujet }, valeur: { etat: 'ecartee' } }),
	...{ lot: id, annulee }
});
const read = (...past: ReturnType<typeof gap>[]) => decisionHistory(past, names, 1);
const lines = (...past: ReturnType<typeof gap>[]) =>
	read(...past).gestes.flatMap((g) => g.lignes.map((l) => l.replace(/\s/g, ' ')));

describe('l’historique des décisions', () => {
	it('nomme le quartier et l’enjeu d’une lacune écartée, ou son action', () => {
		expect(lines(gap(2, 'G01:QNZZZ01N:X07'), gap(1, 'G08:A1-f00d'))).toEqual([
			'Lacune G01, Les Glacis, X07 Rafraîchir les espaces publics : écartée',
			'Lacune G08, « Cour oasis » : écartée'
		]);
	});

	it('un geste annulé reste lisible et ne compte plus parmi ceux qui sont en vigueur', () => {
		const past = [gap(2, 'G01:QNZZZ01N:X07', { le: '2026-11-22', par: 'Camille' }), gap(1, 'G08:A1-f00d')];
		expect(read(...past)).toMatchObject({ total: 2, enVigueur: 1, gestesEnVigueur: 1 });
	});
});
