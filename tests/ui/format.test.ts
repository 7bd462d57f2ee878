import { describe, expect, it } from 'vitest';
import { eurosAlike, roundEuros } from '../../src/lib/domain/french';
import {
	breakable,
	count,
	date,
	enumerate,
	euros,
	gapTo,
	measure,
	money,
	number,
	shortEuros,
	typo
} from '../../src/lib/ui/format';

describe('format', () => {
	it('un nombre prend une espace fine entre les milliers et un vrai signe moins', () => {
		expect(number(1234567)).toBe('1\u202f234\u202f567');
		expect(number(-1234.5, 1)).toBe('−1\u202f234,5');
	});

	it('un montant n’a de centimes que s’il en porte', () => {
		expect(euros(1800000)).toBe('1\u202f800\u202f000\u00a0€');
		expect(euros(1234.5)).toBe('1\u202f234,50\u00a0€');
		expect(euros(0)).toBe('0\u00a0€');
		expect(shortEuros(1918500)).toBe('1,92\u00a0M€');
	});

	it('un montant laissé vide est non renseigné, jamais 0 €', () => {
		expect(money(null)).toBe('non renseigné');
		expect(money({ euros: 0, base: 'HT', max: null })).toBe('0\u00a0€ HT');
		expect(money({ euros: 10, base: 'inconnu', max: null })).toBe('10\u00a0€ (HT ou TTC non précisé)');
		expect(money({ euros: 10, base: 'TTC', max: 20 })).toBe('de 10\u00a0€ à 20\u00a0€ TTC');
	});

	it('une date se lit jour, mois, année ; une date vague reste comme écrite', () => {
		expect(date('2026-03-01')).toBe('01/03/2026');
		expect(date('2026-11-22T09:12:00Z')).toBe('22/11/2026');
		expect(date('printemps 2027')).toBe('printemps 2027');
		expect(date(null)).toBe('non renseigné');
	});

	it('zéro est singulier en français', () => {
		expect(count(0, 'action')).toBe('0\u00a0action');
		expect(count(1, 'action')).toBe('1\u00a0action');
		expect(count(2, 'action')).toBe('2\u00a0actions');
	});

	it('un écart s’écrit avec son signe, en points pour un taux', () => {
		expect(gapTo(46.2, 21.3, '%', 1)).toBe('+24,9\u00a0pts');
		expect(gapTo(37.6, 58.9, '%', 1)).toBe('−21,3\u00a0pts');
		expect(measure(null, '%', 1)).toBe('non renseigné');
		expect(measure(46.2, '%', 1)).toBe('46,2\u00a0%');
	});

	it('les espaces françaises sont posées, et ne le sont qu’une fois', () => {
		const once = typo('Où agir ? « Ici » : 20 % et 200 € ; fin');
		expect(once).toBe('Où agir\u202f? «\u00a0Ici\u00a0»\u00a0: 20\u00a0% et 200\u00a0€\u202f; fin');
		expect(typo(once)).toBe(once);
	});

	it('une adresse ou une heure ne sont pas coupées', () => {
		expect(typo('voir https://exemple.fr/a?b=1;c')).toBe('voir https://exemple.fr/a?b=1;c');
		expect(typo('à 9:12')).toBe('à 9:12');
	});

	it('un mot long peut se couper, un mot court non', () => {
		const shown = (text: string) => breakable(text).replaceAll('\u00ad', '-');
		expect(shown('Renouvellement urbain')).toBe('Renou-vel-le-ment urbain');
		expect(shown('Énergies renouvelables')).toBe('Énergies renou-ve-la-bles');
		expect(shown('Gouvernance, ingénierie')).toBe('Gouver-nance, ingé-nie-rie');
		expect(shown('Désimperméabilisation')).toBe('Désim-per-méa-bi-li-sa-tion');
		expect(breakable('Habitat')).toBe('Habitat');
	});

	it('une énumération finit par « et »', () => {
		expect(enumerate(['a', 'b', 'c'])).toBe('a, b et c');
		expect(enumerate(['a'])).toBe('a');
		expect(enumerate([])).toBe('');
	});
});

describe('les centimes', () => {
	it('une somme ou une phrase se dit à l’euro ; ce qui n’est pas nul ne devient jamais 0 €', () => {
		expect(roundEuros(619782.28)).toBe('619\u202f782\u00a0€');
		expect(roundEuros(-1.5)).toBe('−1\u00a0€');
		expect(roundEuros(0.4)).toBe('0,40\u00a0€');
	});

	it('dans une colonne, tous les montants en ont dès que l’un en porte', () => {
		const mixed = eurosAlike([120000, 619782.28]);
		expect([120000, 619782.28].map(mixed)).toEqual(['120\u202f000,00\u00a0€', '619\u202f782,28\u00a0€']);
		const round = eurosAlike([120000, 85000]);
		expect(round(85000)).toBe('85\u202f000\u00a0€');
	});
});
