import { describe, expect, it } from 'vitest';
import { regionJson } from '../../src/lib/domain/contract';
import { cubeAxes, linksOf } from '../../src/lib/domain/crossing/cube';
import { askedOrPlanned, mixedWords } from '../../src/lib/domain/crossing/money-bases';
import { moneyOf } from '../../src/lib/domain/crossing/quartier-view';
import { foldRegion, type TerritoryFold } from '../../src/lib/domain/crossing/region-view';
import { noGap } from '../../src/lib/domain/rules/gaps-by-quartier';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aLine, aPlaced } from '../fixtures/build';

/* What is only planned, or whose state nobody says, is asked of nobody yet. */

const ref = loadReferentiel();
const LE = '2026-11-30';
const p147 = (demande: number, etat: 'envisage' | 'demande' | 'refuse') =>
	aLine({ libelle: 'P147', dispositif: 'politique-de-la-ville.p147', demande, etat });
const commune = (demande: number) => aLine({ libelle: 'Commune', dispositif: null, demande, etat: 'envisage' });
const action = (id: string, porteur: string, ...financements: ReturnType<typeof aLine>[]) =>
	aPlaced({
		action: { id, porteur, porteurType: porteur.startsWith('Ville') ? 'commune' : 'association', financements }
	});

describe('L’argent envisagé', () => {
	it('ne compte pas comme demandé : un refus, lui, l’a été', () => {
		const [line] = moneyOf(
			[
				action('a', 'Régie', p147(4_000, 'envisage'), p147(1_500, 'demande')),
				action('b', 'Régie', p147(700, 'refuse'))
			],
			ref
		);
		expect(line).toMatchObject({ envisage: 4_000, demande: 2_200, obtenu: 0, actions: ['a', 'b'] });
		expect(askedOrPlanned(line!)).toBe(6_200);
	});

	it('seul, laisse « demandé » sans montant, jamais à zéro, et sa base se dit encore', () => {
		const planned = { ...p147(4_000, 'envisage'), base: 'HT' as const };
		const lines = moneyOf([action('a', 'Régie', planned), action('b', 'Régie', p147(1, 'demande'))], ref);
		expect(lines[0]).toMatchObject({ envisage: 4_000, demande: null, obtenu: null });
		expect(mixedWords(lines)).toBe('HT ou TTC non précisé pour une part');
	});
});

describe('Le JSON de la région', () => {
	const fold = (argent: TerritoryFold['argent']): TerritoryFold => ({
		...{ plans: [], lus: [], listes: [], actions: 1, gaps: noGap(), horsQuartier: noGap(), croises: [], argent },
		liens: linksOf([], cubeAxes(ref))
	});
	const json = (actions: ReturnType<typeof action>[]) =>
		regionJson(
			foldRegion(
				'32',
				[{ code: '200000001', nom: 'CC', fictif: false, quartiers: [], fold: fold(moneyOf(actions, ref)) }],
				ref,
				LE
			),
			null
		).financements;

	it('dit à part ce qui est envisagé', () => {
		const said = json([action('a', 'Régie', p147(4_000, 'envisage'), p147(1_500, 'demande'))]);
		expect(said['politique-de-la-ville.p147']).toMatchObject({ envisage: 4_000, demande: 1_500, obtenu: null });
	});

	it('« Commune », aide ici et part du porteur là, garde ses deux sommes sous deux noms', () => {
		const said = json([action('a', 'Régie', commune(46_500)), action('b', 'Ville d’Orme', commune(131_000))]);
		expect(said['Commune']).toMatchObject({ libelle: 'Commune', sorte: 'aide', envisage: 46_500, actions: 1 });
		expect(said['Commune, autofinancement']).toMatchObject({ sorte: 'autofinancement', envisage: 131_000, actions: 1 });
	});
});
