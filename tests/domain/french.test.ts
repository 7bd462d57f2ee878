import { describe, expect, it } from 'vitest';
import { capital, count, date, euros, inWords, list, number, percent, percentRange } from '../../src/lib/domain/french';

describe('les chiffres et les dates à la française', () => {
	it.each([
		[1234.5, '1\u202f234,5'],
		[0, '0'],
		[1_000_000, '1\u202f000\u202f000'],
		[-12.25, '−12,25'],
		[-0.001, '0']
	])('%d s’écrit %s', (value, written) => expect(number(value)).toBe(written));

	it('un montant dit sa base, et ses centimes s’il en a', () => {
		expect(euros(42885)).toBe('42\u202f885\u00a0€');
		expect(euros(137298508.93, 'HT')).toBe('137\u202f298\u202f508,93\u00a0€ HT');
		expect(euros(12.5, 'inconnu')).toBe('12,50\u00a0€');
		expect(euros(0)).toBe('0\u00a0€');
	});

	it('deux bornes qui s’écrivent de même n’en font qu’une', () => {
		expect(percentRange(0.09, 0.0901)).toBe('9\u00a0%');
		expect(percentRange(0.045, 0.09)).toBe('4,5\u00a0% à 9\u00a0%');
	});

	it('le reste', () => {
		expect(percent(0.155)).toBe('15,5\u00a0%');
		expect(date('2026-03-01')).toBe('01/03/2026');
		expect(list(['a', 'b', 'c'])).toBe('a, b et c');
		expect(list([])).toBe('');
		expect(count(1, 'action')).toBe('1\u00a0action');
		expect(count(0, 'quartier')).toBe('0\u00a0quartier');
		expect(count(2, 'lieu', 'lieux')).toBe('2\u00a0lieux');
		expect(inWords(3)).toBe('trois');
		expect(inWords(1, true)).toBe('une');
		expect(capital('élu')).toBe('Élu');
	});
});
