import { describe, expect, it } from 'vitest';
import { stepDates } from '../../src/lib/domain/import/steps';
import { parseDate } from '../../src/lib/domain/import/dates';
import { lire } from './lire-un-tableau';

/* A step is due on the last day of the moment it writes. */

describe('la date d’un jalon est le dernier jour de ce qu’il écrit', () => {
	it.each([
		['livraison : juin 2028', '2028-06-30'],
		['mars 2027', '2027-03-31'],
		['sept. 2027', '2027-09-30'],
		['12/2027 : ouverture', '2027-12-31'],
		['06/2027 : ouverture', '2027-06-30'],
		['inauguration : juin 2027', '2027-06-30'],
		['2e trimestre 2027', '2027-06-30'],
		['2ème trimestre 2027', '2027-06-30'],
		['T2 2027', '2027-06-30'],
		['2027 T2', '2027-06-30'],
		['1er semestre 2027', '2027-06-30'],
		['1er semestre de l’année 2027 : étude', '2027-06-30'],
		// A season ends where the calendar of school and works does: summer with september, as in « Début » and « Fin ».
		['été 2027', '2027-09-30'],
		['rentrée 2027', '2027-09-30'],
		['janv. 2027', '2027-01-31'],
		['févr. 2028', '2028-02-29'],
		['juill. 2027', '2027-07-31'],
		['FÉVRIER 2027', '2027-02-28'],
		['fe\u0301vrier 2027', '2027-02-28'],
		['DÉC. 2027', '2027-12-31'],
		['aout 2027', '2027-08-31'],
		['démarrage : mars 2027', '2027-03-31'],
		['15/04/2027 : comité', '2027-04-15'],
		['2027-04-15', '2027-04-15'],
		['étude en 2027', '2027-12-31']
	])('%s → %s', (texte, jour) => {
		expect(stepDates(texte)).toEqual([jour]);
	});

	it('un jour ou un mois l’emporte sur l’année d’un fonds cité à côté', () => {
		expect(stepDates('30/06/2027 : dépôt du dossier FEDER 2021-2027')).toEqual(['2027-06-30']);
		expect(stepDates('juin 2028 : solde du Fonds vert 2026')).toEqual(['2028-06-30']);
	});

	it('sans date, ou avec un jour qui n’existe pas, aucune n’est inventée', () => {
		expect(stepDates('Choix du maître d’œuvre')).toEqual([]);
		expect(stepDates('31/02/2028 : livraison')).toEqual([]);
	});

	it('un début prend le premier jour du mois, une fin le dernier', () => {
		for (const mois of ['juin 2028', 'JUIN 2028', '06/2028']) {
			expect(parseDate(mois, 'debut').value).toBe('2028-06-01');
			expect(parseDate(mois, 'fin').value).toBe('2028-06-30');
		}
		expect(parseDate('livraison : juin 2028', 'fin').value).toBe('2028-06-30');
	});
});

describe('une colonne « Jalons »', () => {
	const jalons = async (entete: string, cellule: string, debut = '2026', fin = '2028') =>
		(
			await lire([
				['Réf', 'Action', 'Pilote', 'Début', 'Fin', entete],
				['F1', 'Jardin partagé', 'x', debut, fin, cellule],
				['F2', 'Repair café', 'x', '2026', '2029', 'Choix du lieu']
			])
		).actions[0]!;

	it.each([
		'mars 2027',
		'sept. 2027',
		'T2 2027',
		'2e trimestre 2027',
		'été 2027',
		'2027',
		'31/03/2027',
		'DÉC. 2027',
		'd’ici juin 2028',
		'dès mars 2027'
	])('garde « %s », même seul', async (cellule) => {
		const { etapes, dates } = await jalons('Jalons', cellule);
		expect(etapes).toEqual([cellule]);
		expect(etapes.flatMap(stepDates)).toHaveLength(1);
		expect(dates).toMatchObject({ debut: '2026-01-01', fin: '2028-12-31' });
	});

	it('garde deux mois écrits à la suite : ce sont deux jalons', async () => {
		const { etapes } = await jalons('Jalons', 'mars 2027, sept. 2027');
		expect(etapes.flatMap(stepDates)).toEqual(['2027-03-31', '2027-09-30']);
	});

	it('qui ne dit qu’une période donne la période, pas un jalon', async () => {
		const { etapes, dates } = await jalons('Jalons', '2025-2028', '', '');
		expect(etapes).toEqual([]);
		expect(dates).toMatchObject({ debut: '2025-01-01', fin: '2028-12-31' });
	});

	it('un « Calendrier » qui n’écrit qu’un moment dit quand l’action a lieu', async () => {
		for (const entete of ['Calendrier', 'Quand', 'Étapes et calendrier']) {
			const { etapes, dates } = await jalons(entete, '2ème trimestre 2027', '', '');
			expect(etapes).toEqual([]);
			expect(dates).toMatchObject({ debut: '2027-04-01', fin: '2027-06-30' });
		}
	});
});
