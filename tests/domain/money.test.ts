import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMoney } from '../../src/lib/domain/money';

const read = (cell: string | number | null, base: 'HT' | 'TTC' | 'inconnu' = 'inconnu') => parseMoney(cell, base);
const codes = (cell: string | number) => read(cell).issues.map((i) => i.code);

describe('un montant se lit comme on l’écrit en France', () => {
	it.each([
		['42\u00a0885,00\u00a0€', 42885, 'inconnu'],
		['42\u202f885,00 €', 42885, 'inconnu'],
		['19 960,00 €', 19960, 'inconnu'],
		['270000,0', 270000, 'inconnu'],
		['31455,0', 31455, 'inconnu'],
		['14297,85', 14297.85, 'inconnu'],
		['12023,208', 12023.21, 'inconnu'],
		['8124,8798828125', 8124.88, 'inconnu'],
		['1,2 M€ HT', 1_200_000, 'HT'],
		['1.2 M', 1_200_000, 'inconnu'],
		['1,2 million d’euros', 1_200_000, 'inconnu'],
		["3 millions d'euros TTC", 3_000_000, 'TTC'],
		['2 Md€', 2_000_000_000, 'inconnu'],
		['60 000 € TTC', 60000, 'TTC'],
		['60000HT', 60000, 'HT'],
		['60 000 € H.T.', 60000, 'HT'],
		['50 k€', 50000, 'inconnu'],
		['50K€', 50000, 'inconnu'],
		['50 keuros', 50000, 'inconnu'],
		['80 ke', 80000, 'inconnu'],
		['1 234 567', 1234567, 'inconnu'],
		["1'234'567,80", 1234567.8, 'inconnu'],
		['1.234.567,80 €', 1234567.8, 'inconnu'],
		['2400', 2400, 'inconnu'],
		['€ 500', 500, 'inconnu'],
		['Budget total : 60 000 €', 60000, 'inconnu'],
		['Étude confiée à un cabinet, 12 000 € HT', 12000, 'HT'],
		['45000 EUR', 45000, 'inconnu'],
		['1 200 000.50', 1200000.5, 'inconnu'],
		['12 500€50', 12500.5, 'inconnu'],
		['0', 0, 'inconnu'],
		['0 €', 0, 'inconnu']
	])('%s', (cell, euros, base) => {
		expect(read(cell)).toEqual({ value: { euros, base, max: null }, issues: [] });
	});

	it('un nombre du tableur est pris tel quel, au centime', () => {
		expect(read(2400, 'HT').value).toEqual({ euros: 2400, base: 'HT', max: null });
		expect(read(8124.8798828125).value?.euros).toBe(8124.88);
	});

	it('un zéro est un vrai zéro, un vide n’en est pas un', () => {
		expect(read(0).value?.euros).toBe(0);
		for (const blank of [null, '', '  ', '\u00a0', '-', '–', '—', '/', '…'.replace('…', '...')])
			expect(read(blank)).toEqual({ value: null, issues: [] });
	});

	it('la base écrite dans la cellule l’emporte sur celle de l’en-tête', () => {
		expect(read('60 000 € TTC', 'HT').value?.base).toBe('TTC');
		expect(read('60 000 €', 'HT').value?.base).toBe('HT');
	});
});

describe('un intervalle garde ses deux bornes et le dit', () => {
	it('par an, il le dit aussi', () => {
		expect(read('200 à 500 k€/an').value).toMatchObject({ euros: 200_000, max: 500_000 });
		expect(codes('200 à 500 k€/an')).toEqual(['montant-intervalle', 'valeur-suspecte']);
	});

	it.each([
		['entre 200 et 500 k€', 200_000, 500_000],
		['200 - 500 k€', 200_000, 500_000],
		['De 10 000 à 20 000 €', 10_000, 20_000],
		['1 à 1,5 M€ HT', 1_000_000, 1_500_000],
		['800 k€ à 1,2 M€', 800_000, 1_200_000],
		['10 000/15 000 €', 10_000, 15_000]
	])('%s', (cell, euros, max) => {
		const parsed = read(cell);
		expect(parsed.value).toMatchObject({ euros, max });
		expect(parsed.issues).toHaveLength(1);
		expect(parsed.issues[0]).toMatchObject({ code: 'montant-intervalle', severity: 'info', found: cell });
	});
});

describe('« 10 à 15 000 € » ne vaut jamais dix euros', () => {
	it.each([
		['10 à 15 000 €', 10_000, 15_000],
		['entre 10 et 15 000 €', 10_000, 15_000],
		['de 5 à 10 000 euros', 5_000, 10_000],
		['10 - 15 000', 10_000, 15_000],
		['1,5 à 2 000 €', 1_500, 2_000]
	])('%s : la borne basse est en milliers, et c’est à vérifier', (cell, euros, max) => {
		const parsed = read(cell);
		expect(parsed.value).toMatchObject({ euros, max });
		expect(parsed.issues).toMatchObject([{ code: 'montant-intervalle', severity: 'a-verifier', found: cell }]);
	});

	it('500 à 2 000 € reste ce qui est écrit, 10 à 15 k€ aussi', () => {
		expect(read('500 à 2 000 €').value).toMatchObject({ euros: 500, max: 2_000 });
		expect(read('10 € à 15 000 €').value).toMatchObject({ euros: 10, max: 15_000 });
		expect(read('10 à 15 k€').value).toMatchObject({ euros: 10_000, max: 15_000 });
	});

	it('sous un en-tête en k€, ou cent fois plus loin, rien ne le dit : une question', () => {
		expect(parseMoney('10 à 15 000', 'inconnu', 1_000)).toMatchObject({
			value: null,
			issues: [{ code: 'montant-illisible', severity: 'a-verifier' }]
		});
		expect(read('1 à 100 000 €')).toMatchObject({ value: null, issues: [{ code: 'montant-illisible' }] });
	});
});

describe('un montant repris ne compte pas', () => {
	it.each(['(5 000,00)', '(5 000 €)', '5 000-', '5 000,00 -', '5 000 € -', '−5 000 €'])(
		'%s est négatif, comme un comptable l’écrit',
		(cell) => {
			expect(read(cell)).toMatchObject({ value: null, issues: [{ code: 'valeur-suspecte', severity: 'a-verifier' }] });
			expect(read(cell).issues[0]!.message).toContain('négatif');
		}
	);

	it('« 5 000,- » n’a pas de centimes, il n’est pas négatif', () => {
		expect(read('5 000,- €').value?.euros).toBe(5_000);
	});

	it.each(['100 000 € (annulé)', '100 000 € annulée', '100 000 € — retiré', 'déprogrammé : 100 000 €'])(
		'%s',
		(cell) => {
			expect(read(cell)).toMatchObject({ value: null, issues: [{ code: 'valeur-suspecte', severity: 'a-verifier' }] });
			expect(read(cell).issues[0]!.message).toContain('annulé ou retiré');
		}
	);
});

describe('rien n’est deviné en silence', () => {
	it.each([
		'à définir',
		'NC',
		'n.c.',
		'Non chiffré',
		'2 ETP',
		'80 %',
		'3 chemins',
		'5 m',
		'100 m de haies',
		'15 € / habitant',
		'20 €/m²',
		'Étude : 20 000 €, travaux : 100 000 €',
		'10 000 € + 5 000 €',
		'2 x 20 000 €',
		'2024-2026',
		'500 - 200 k€',
		'1 000 € HT / 1 200 € TTC',
		'#REF!',
		'2024-01-01'
	])('%s ne donne pas de montant, mais une question', (cell) => {
		const parsed = read(cell);
		expect(parsed.value).toBeNull();
		expect(parsed.issues).toHaveLength(1);
		expect(parsed.issues[0]).toMatchObject({ code: 'montant-illisible', severity: 'a-verifier', found: cell });
		expect(parsed.issues[0]!.hint).toBeTruthy();
	});

	it('un montant négatif ou absurde est signalé et laissé de côté', () => {
		expect(read('-500 €')).toMatchObject({ value: null, issues: [{ code: 'valeur-suspecte' }] });
		expect(read(-500)).toMatchObject({ value: null, issues: [{ code: 'valeur-suspecte' }] });
		expect(read('38529030900454')).toMatchObject({ value: null, issues: [{ code: 'valeur-suspecte' }] });
	});

	it('une approximation, une borne, une somme annuelle sont lues et signalées', () => {
		expect(read('environ 50 000 €').value?.euros).toBe(50000);
		expect(codes('environ 50 000 €')).toEqual(['montant-intervalle']);
		expect(codes('max. 50 000 €')).toEqual(['montant-intervalle']);
		expect(codes('5 000 € / an')).toEqual(['valeur-suspecte']);
		expect(read('270.000 €').value?.euros).toBe(270000);
		expect(codes('270.000 €')).toEqual(['valeur-suspecte']);
	});

	it('n’importe quel texte donne une valeur ou une raison, jamais une exception', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('HT', 'TTC', 'inconnu'), (text, base) => {
				const parsed = parseMoney(text, base as 'HT');
				if (parsed.value) expect(parsed.value.euros).toBeGreaterThanOrEqual(0);
			})
		);
	});

	it('un montant écrit à la française revient au centime près', () => {
		const french = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (cents) => {
				expect(read(french.format(cents / 100)).value?.euros).toBe(cents / 100);
			})
		);
	});
});
