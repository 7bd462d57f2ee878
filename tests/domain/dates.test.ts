import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate, parseDates } from '../../src/lib/domain/import/dates';
import { fromSerial } from '../../src/lib/domain/import/periods';

const calendar = (cell: string | number) => parseDates(null, null, cell);

describe('des mois comme un tableur les montre', () => {
	it.each([
		['mars-25', '2025-03-01', '2025-03-31'],
		['janv. 24', '2024-01-01', '2024-01-31'],
		['avril à juin 2025', '2025-04-01', '2025-06-30'],
		['sept-déc 2024', '2024-09-01', '2024-12-31'],
		['Q3 2024', '2024-07-01', '2024-09-30']
	])('%s', (text, debut, fin) => {
		expect(parseDates(null, null, text).value).toEqual({ debut, fin, texte: text });
	});

	it('une heure après le jour ne gêne pas', () => {
		expect(parseDate('20/03/2024 14:30', 'debut')).toEqual({ value: '2024-03-20', issues: [] });
	});
});

describe('une date seule', () => {
	it.each([
		['12/03/2025', '2025-03-12', '2025-03-12'],
		['2025-03-12', '2025-03-12', '2025-03-12'],
		['2025-03-12T00:00:00', '2025-03-12', '2025-03-12'],
		['1er janv 2023', '2023-01-01', '2023-01-01'],
		['1ier janv. 2023', '2023-01-01', '2023-01-01'],
		['15 août 2024', '2024-08-15', '2024-08-15'],
		['12.03.2025', '2025-03-12', '2025-03-12'],
		['1/9/24', '2024-09-01', '2024-09-01'],
		[45078, '2023-06-01', '2023-06-01'],
		['45078', '2023-06-01', '2023-06-01'],
		[44958.5, '2023-02-01', '2023-02-01'],
		[2025, '2025-01-01', '2025-12-31'],
		['2025', '2025-01-01', '2025-12-31'],
		['2025,0', '2025-01-01', '2025-12-31'],
		['janvier 2025', '2025-01-01', '2025-01-31'],
		['févr. 2024', '2024-02-01', '2024-02-29'],
		['03/2025', '2025-03-01', '2025-03-31'],
		['2025-03', '2025-03-01', '2025-03-31'],
		['T2 2025', '2025-04-01', '2025-06-30'],
		['2T2025', '2025-04-01', '2025-06-30'],
		['2ème trimestre 2025', '2025-04-01', '2025-06-30'],
		['2e semestre 2026', '2026-07-01', '2026-12-31'],
		['S1 2026', '2026-01-01', '2026-06-30'],
		['1er semestre 2026', '2026-01-01', '2026-06-30']
	])('%s', (cell, debut, fin) => {
		expect(parseDate(cell, 'debut')).toEqual({ value: debut, issues: [] });
		expect(parseDate(cell, 'fin')).toEqual({ value: fin, issues: [] });
	});

	it('une case vide ou un tiret ne disent rien', () => {
		for (const cell of [null, '', ' ', '-', '–']) expect(parseDate(cell, 'debut')).toEqual({ value: null, issues: [] });
	});

	it.each(['à définir', 'en continu', '31/02/2025', '45/13/2025', 12, true, '1899'])(
		'%s ne donne pas de date, mais une question',
		(cell) => {
			const parsed = parseDate(cell, 'fin');
			expect(parsed.value).toBeNull();
			expect(parsed.issues).toMatchObject([{ code: 'date-illisible', severity: 'a-verifier' }]);
		}
	);

	it('une date imprécise est lue, et on le dit', () => {
		expect(parseDate('fin 2025', 'fin')).toMatchObject({ value: '2025-12-31', issues: [{ code: 'date-vague' }] });
		expect(parseDate('mi-2024', 'debut')).toMatchObject({ value: '2024-04-01', issues: [{ code: 'date-vague' }] });
	});
});

describe('les dates d’une action', () => {
	it.each([
		['2024-2026', '2024-01-01', '2026-12-31', '2024-2026'],
		['2024 à 2026', '2024-01-01', '2026-12-31', '2024 à 2026'],
		['de 2024 à 2026', '2024-01-01', '2026-12-31', 'de 2024 à 2026'],
		['2024-26', '2024-01-01', '2026-12-31', '2024-26'],
		['janvier 2025 - juin 2026', '2025-01-01', '2026-06-30', 'janvier 2025 - juin 2026'],
		['01/01/2025 au 30/06/2025', '2025-01-01', '2025-06-30', null],
		['à partir de 2025', '2025-01-01', null, 'à partir de 2025'],
		['dès 2025', '2025-01-01', null, 'dès 2025'],
		['d’ici 2030', null, '2030-12-31', 'd’ici 2030'],
		["jusqu'en 2027", null, '2027-12-31', "jusqu'en 2027"],
		[45078, '2023-06-01', null, null],
		[2024, '2024-01-01', '2024-12-31', '2024'],
		['1er janv 2023', '2023-01-01', null, null]
	])('le calendrier « %s » est compris', (cell, debut, fin, texte) => {
		expect(calendar(cell)).toEqual({ value: { debut, fin, texte }, issues: [] });
	});

	it('plusieurs années dans un texte donnent la première et la dernière, à confirmer', () => {
		const parsed = calendar('méta : 2023, OT : 2024, Friche mi-2024');
		expect(parsed.value).toEqual({
			debut: '2023-01-01',
			fin: '2024-12-31',
			texte: 'méta : 2023, OT : 2024, Friche mi-2024'
		});
		expect(parsed.issues).toMatchObject([{ code: 'date-vague', severity: 'info' }]);
	});

	it('un calendrier sans date garde ses mots', () => {
		const parsed = calendar('2 chemins/an');
		expect(parsed.value).toEqual({ debut: null, fin: null, texte: '2 chemins/an' });
		expect(parsed.issues).toMatchObject([{ code: 'date-vague', severity: 'info', found: '2 chemins/an' }]);
	});

	it('les colonnes début et fin l’emportent, le calendrier complète', () => {
		expect(parseDates('01/03/2025', '31/12/2026', null)).toEqual({
			value: { debut: '2025-03-01', fin: '2026-12-31', texte: null },
			issues: []
		});
		expect(parseDates(2025, 2027, null).value).toEqual({
			debut: '2025-01-01',
			fin: '2027-12-31',
			texte: '2025 – 2027'
		});
		expect(parseDates('01/03/2025', null, '2024-2026').value).toEqual({
			debut: '2025-03-01',
			fin: '2026-12-31',
			texte: '2024-2026'
		});
		expect(parseDates('2024-2026', null, null).value).toMatchObject({ debut: '2024-01-01', fin: '2026-12-31' });
	});

	it('une seule année de début ne dit pas quand l’action finit', () => {
		expect(parseDates(2025, null, null).value).toEqual({ debut: '2025-01-01', fin: null, texte: '2025' });
	});

	it('un début après la fin est gardé et signalé', () => {
		const parsed = parseDates('01/01/2027', '01/01/2026', null);
		expect(parsed.value).toMatchObject({ debut: '2027-01-01', fin: '2026-01-01' });
		expect(parsed.issues).toMatchObject([{ code: 'valeur-suspecte' }]);
	});

	it('trois cases vides ne disent rien', () => {
		expect(parseDates(null, '', '-')).toEqual({ value: null, issues: [] });
	});

	it('n’importe quel texte donne des dates valides ou rien', () => {
		const word = fc.constantFrom(
			'2024',
			'mars',
			'à',
			'-',
			'/',
			'12',
			'fin',
			'T2',
			'1er',
			'dès',
			'02',
			'31',
			'été',
			'2026'
		);
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.array(word).map((w) => w.join(' '))
				),
				(text) => {
					const { value } = calendar(text);
					for (const day of [value?.debut, value?.fin])
						if (day) expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
				}
			)
		);
	});

	it('les numéros de jour du tableur suivent le calendrier', () => {
		fc.assert(
			fc.property(fc.integer({ min: 20000, max: 59999 }), (serial) => {
				const expected = new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10);
				expect(fromSerial(serial)).toBe(expected);
			})
		);
	});
});
