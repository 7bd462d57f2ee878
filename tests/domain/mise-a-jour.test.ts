import { describe, expect, it } from 'vitest';
import { find, here, view } from '../fixtures/gaps';
import { lire } from './lire-un-tableau';

/* The day a file says that a row was last gone over: read from its column, looked at by G12. */

const ROWS = [1, 2, 3].map((i) => [`A${i}`, `Ouvrir le jardin numéro ${i}`, 'En cours', `1${i}/03/2026`]);

describe('une colonne « mise à jour » se lit', () => {
	it.each([
		'Mise à jour',
		'Dernière mise à jour',
		'Maj',
		'MAJ',
		'Date de mise à jour',
		'Mis à jour le',
		'derniere_maj'
	])('%s', async (entete) => {
		const { actions, anomalies } = await lire([['Réf', 'Action', 'Statut', entete], ...ROWS]);
		expect(actions.map((a) => a.misAJourLe)).toEqual(['2026-03-11', '2026-03-12', '2026-03-13']);
		expect(actions.every((a) => a.dates === null)).toBe(true);
		expect(anomalies).toEqual([]);
	});

	it('un mois ou une année valent leur dernier jour ; des mots se disent', async () => {
		const { actions, anomalies } = await lire([
			['Réf', 'Action', 'Statut', 'Mise à jour'],
			...ROWS,
			['A4', 'Ouvrir un autre jardin', 'En cours', 'mars 2026'],
			['A5', 'Ouvrir un dernier jardin', 'En cours', 'bientôt']
		]);
		expect(actions.slice(3).map((a) => a.misAJourLe)).toEqual(['2026-03-31', null]);
		expect(anomalies.some((i) => i.where.row === 6 && i.where.column === 'Mise à jour')).toBe(true);
	});

	it('une note « Mise à jour : mars 2026 » au-dessus ou au-dessous du tableau n’est ni un en-tête ni une action', async () => {
		const { actions } = await lire([
			['Mise à jour : mars 2026', '', ''],
			['Réf', 'Action', 'Statut'],
			...ROWS.map((row) => row.slice(0, 3)),
			['Mise à jour le 12 mars 2026', '', '']
		]);
		expect(actions.map((a) => a.titre)).toEqual(ROWS.map((row) => row[1]));
		expect(actions.every((a) => a.misAJourLe === null)).toBe(true);
	});
});

describe('G12 et la date de mise à jour', () => {
	const g12 = (said: Parameters<typeof here>[0]) => find('G12', 'actionArretee', view([here(said)]));

	it('plus de douze mois : l’action n’a pas été mise à jour, quel que soit son statut', () => {
		for (const statut of ['en-cours', 'en-pause', null] as const) {
			const [gap] = g12({ statut, misAJourLe: '2025-03-31' });
			expect(gap).toMatchObject({ id: 'G12:a', reponse: 'alerte' });
			expect(gap!.message).toMatch(/n’a pas été mise à jour depuis le 31\/03\/2025, il y a \d+ mois/);
			expect(gap!.preuves.champs).toContain('mise_a_jour');
		}
	});
	it('récente, elle ne dit rien, et une pause sans date n’est plus une question', () => {
		expect(g12({ statut: 'en-cours', misAJourLe: '2026-10-01' })).toEqual([]);
		expect(g12({ statut: 'en-pause', dates: null, misAJourLe: '2026-10-01' })).toEqual([]);
		expect(g12({ statut: 'en-pause', dates: null })).toMatchObject([{ reponse: 'donnee-manquante' }]);
	});
	it('réalisée ou abandonnée, personne ne la met plus à jour', () => {
		expect(g12({ statut: 'realise', misAJourLe: '2024-03-31' })).toEqual([]);
		expect(g12({ statut: 'abandonne', misAJourLe: '2024-03-31' })).toEqual([]);
	});
});
