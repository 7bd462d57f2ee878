import { describe, expect, it } from 'vitest';
import {
	coverageOf,
	mergeStates,
	coverageFrom,
	type Answer,
	type CoverageState
} from '../../src/lib/domain/crossing/coverage';
import type { Niveau } from '../../src/lib/domain/crossing/place';
import { aPlaced } from '../fixtures/build';

const Q = 'QNZZZ01N';
const natures = new Map<string, Answer>([
	['N1', 'structurante'],
	['N2', 'de-service'],
	['N3', 'sensibilisation-seule'],
	['N4', 'sensibilisation-seule'],
	['N5', 'de-service']
]);
const context = { quartiers: [Q], natures, plansSaisis: 2, minPlans: 2 };
const at = (niveau: Niveau, nature: string | null, rest: Parameters<typeof aPlaced>[0] = {}) =>
	aPlaced({ atteinte: { [Q]: niveau }, nature, ...rest });

describe('la couverture d’un enjeu dans un quartier', () => {
	it.each([
		['cible', 'N1', 'structurante'],
		['explicite', 'N1', 'structurante'],
		['probable', 'N1', 'structurante'],
		['explicite', 'N2', 'de-service'],
		['explicite', 'N5', 'de-service'],
		['explicite', 'N3', 'sensibilisation-seule'],
		['explicite', 'N4', 'sensibilisation-seule'],
		['diffuse', 'N1', 'diffuse'],
		['diffuse', null, 'diffuse'],
		['aucune', 'N1', 'aucune']
	] as const)('une action %s de nature %s donne « %s »', (niveau, nature, expected) => {
		expect(coverageOf([at(niveau, nature)], context)).toBe(expected);
	});

	it('la meilleure réponse l’emporte', () => {
		expect(coverageOf([at('diffuse', 'N1'), at('explicite', 'N3'), at('probable', 'N2')], context)).toBe('de-service');
	});

	it('sans action et avec deux plans saisis : aucune réponse', () => {
		expect(coverageOf([], context)).toBe('aucune');
	});

	it('sans action et avec un seul plan : saisie incomplète', () => {
		expect(coverageOf([], { ...context, plansSaisis: 1 })).toBe('saisie-incomplete');
	});

	it('un seul plan qui répond suffit pour le dire', () => {
		expect(coverageOf([at('explicite', 'N1')], { ...context, plansSaisis: 1 })).toBe('structurante');
	});

	it('sans quartier chargé, rien ne peut être dit', () => {
		expect(coverageOf([], { ...context, quartiers: [] })).toBe('saisie-incomplete');
	});

	it('une nature inconnue pourrait être un investissement : on ne conclut pas', () => {
		expect(coverageOf([at('explicite', null)], context)).toBe('saisie-incomplete');
		expect(coverageOf([at('explicite', null), at('explicite', 'N3')], context)).toBe('saisie-incomplete');
	});

	it('une atteinte inconnue pourrait changer la réponse : on ne conclut pas', () => {
		expect(coverageOf([at('inconnu', 'N1')], context)).toBe('saisie-incomplete');
		expect(coverageOf([at('inconnu', 'N1'), at('diffuse', 'N1')], context)).toBe('saisie-incomplete');
	});

	it('une inconnue qui ne peut rien améliorer ne gêne pas', () => {
		expect(coverageOf([at('inconnu', 'N3'), at('explicite', 'N3')], context)).toBe('sensibilisation-seule');
		expect(coverageOf([at('inconnu', null), at('explicite', 'N2')], context)).toBe('de-service');
	});

	it('une action abandonnée ne répond à rien', () => {
		expect(coverageOf([at('explicite', 'N1', { action: { statut: 'abandonne' } })], context)).toBe('aucune');
	});

	it('une action réalisée, ou disparue du fichier, compte encore', () => {
		expect(coverageOf([at('explicite', 'N1', { action: { statut: 'realise' } })], context)).toBe('structurante');
		expect(coverageOf([at('explicite', 'N1', { action: { disparue: true } })], context)).toBe('structurante');
	});

	it('un croisement porté à moitié n’est jamais plus que diffus', () => {
		const half = at('probable', 'N1', { croises: ['X04?'] });
		expect(coverageOf([half], { ...context, croise: 'X04' })).toBe('diffuse');
		expect(coverageOf([half], context)).toBe('structurante');
	});

	it('sur plusieurs quartiers, la meilleure atteinte compte', () => {
		const spread = aPlaced({ atteinte: { [Q]: 'aucune', QNZZZ02N: 'explicite' }, nature: 'N1' });
		expect(coverageOf([spread], { ...context, quartiers: [Q, 'QNZZZ02N'] })).toBe('structurante');
		expect(coverageOf([spread], context)).toBe('aucune');
	});
});

describe('réunir deux couvertures', () => {
	const states: CoverageState[] = (
		['structurante', 'de-service', 'sensibilisation-seule', 'diffuse', 'aucune'] as const
	).flatMap((connu) => [true, false].map((suffisant) => ({ connu, possible: connu, suffisant })));

	it('ne dépend ni de l’ordre ni du groupement', () => {
		for (const a of states)
			for (const b of states)
				for (const c of states) {
					expect(mergeStates(a, b)).toEqual(mergeStates(b, a));
					expect(mergeStates(mergeStates(a, b), c)).toEqual(mergeStates(a, mergeStates(b, c)));
				}
	});

	it('un territoire sans plan ne devient pas un zéro', () => {
		const none: CoverageState = { connu: 'aucune', possible: 'aucune', suffisant: false };
		const zero: CoverageState = { connu: 'aucune', possible: 'aucune', suffisant: true };
		expect(coverageFrom(mergeStates(none, zero))).toBe('saisie-incomplete');
		expect(coverageFrom(zero)).toBe('aucune');
	});
});
