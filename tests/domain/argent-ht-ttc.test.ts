import { describe, expect, it } from 'vitest';
import { basesOf, mixedWords } from '../../src/lib/domain/crossing/money-bases';
import { moneyOf } from '../../src/lib/domain/crossing/quartier-view';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aLine, aPlaced } from '../fixtures/build';

/* Amounts before and after tax: one never swells the other. */

const ref = loadReferentiel();
const line = (obtenu: number, base?: 'HT' | 'TTC') =>
	aLine({ libelle: 'Fonds vert', dispositif: 'fonds-vert', obtenu, etat: 'obtenu', ...(base && { base }) });
const action = (id: string, ...financements: ReturnType<typeof line>[]) => aPlaced({ action: { id, financements } });

describe('L’argent d’un même financement', () => {
	it('écrit HT ici et TTC là tient sur deux lignes, chacune dit sa base, et rien ne les additionne', () => {
		const lines = moneyOf(
			[action('a', line(100, 'HT')), action('b', line(120, 'TTC')), action('c', line(50, 'HT'))],
			ref
		);
		expect(lines.map((l) => [l.libelle, l.base, l.obtenu, l.actions])).toEqual([
			['Fonds vert (HT)', 'HT', 150, ['a', 'c']],
			['Fonds vert (TTC)', 'TTC', 120, ['b']]
		]);
		expect(basesOf(lines)).toEqual(['HT', 'TTC']);
		expect(mixedWords(lines)).toBe('HT et TTC mêlés');
	});

	it('dans une seule base, ou sans base écrite, tient sur une ligne, sans rien de plus', () => {
		const lines = moneyOf([action('a', line(100)), action('b', line(120))], ref);
		expect(lines.map((l) => [l.libelle, l.base, l.obtenu])).toEqual([['Fonds vert', null, 220]]);
		expect(mixedWords(lines)).toBeNull();
		expect(mixedWords(moneyOf([action('a', line(100, 'TTC'))], ref))).toBeNull();
	});

	it('à moitié sans base le dit ; une ligne sans montant ne mêle rien', () => {
		const lines = moneyOf([action('a', line(100, 'HT')), action('b', line(120))], ref);
		expect(lines.map((l) => l.libelle)).toEqual(['Fonds vert (HT)', 'Fonds vert (HT ou TTC non précisé)']);
		expect(mixedWords(lines)).toBe('HT ou TTC non précisé pour une part');
		const blank = aLine({ libelle: 'Région', obtenu: null, demande: null });
		expect(mixedWords(moneyOf([action('a', line(100, 'HT')), action('b', blank)], ref))).toBeNull();
	});
});
