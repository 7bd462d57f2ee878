import { describe, expect, it } from 'vitest';
import { parseDates } from '../../src/lib/domain/import/dates';
import { lire } from './lire-un-tableau';

/* What a report says of a moment that is not precise, and of a unit read in a header. */

const dit = (...cells: readonly [string | null, string | null, string | null]) =>
	parseDates(...cells).issues.filter((i) => i.code === 'date-vague');

describe('une date approximative dit ce qui en est retenu', () => {
	it.each<[string | null, string | null, string | null, string]>([
		[null, null, 'vers 2026 et 2027', 'la période retenue, du 01/01/2026 au 31/12/2027, est à confirmer'],
		['mi-2026', null, null, 'le début retenu, le 01/04/2026, est à confirmer'],
		['vers 2026-2027', null, null, 'la période retenue, du 01/01/2026 au 31/12/2027, est à confirmer'],
		[null, 'fin 2027', null, 'la fin retenue, le 31/12/2027, est à confirmer'],
		['2025', null, 'fin 2027', 'la fin retenue, le 31/12/2027, est à confirmer'],
		[null, '2027', 'mi-2026', 'le début retenu, le 01/04/2026, est à confirmer'],
		['2025', '2027', 'mi-2026', 'aucune date n’en est retenue']
	])('début %s, fin %s, calendrier %s', (debut, fin, calendrier, attendu) => {
		const [issue, ...others] = dit(debut, fin, calendrier);
		expect(others).toEqual([]);
		expect(issue!.message).toMatch(/^«\u00a0.*\u00a0» reste imprécis\u00a0: /);
		expect(issue!.message).toContain(attendu);
	});
});

it('une unité lue dans l’en-tête n’est pas une valeur suspecte : elle dit en quoi les montants sont lus', async () => {
	const { anomalies } = await lire([
		['Réf', 'Action', 'Budget (k€)'],
		['F1', 'Réseau de chaleur', '8 500'],
		['F2', 'Jardin partagé', '12']
	]);
	expect(anomalies).toMatchObject([
		{ code: 'montant-deduit', severity: 'info', found: 'Budget (k€)', expected: 'des montants en milliers d’euros' }
	]);
	expect(anomalies[0]!.message).toContain('sont lus en milliers d’euros');
});

it('une étape datée après la fin de l’action garde sa date : le compte rendu ne dit pas qu’aucune n’est retenue', async () => {
	const { actions, anomalies } = await lire([
		['Réf', 'Action', 'Début', 'Fin', 'Étapes et calendrier'],
		['F1', 'Réseau de chaleur', '2027', '2029', 'Juin 2032 : vote'],
		['F2', 'Jardin partagé', '2027', '2029', 'Mai 2028 : semis, juin 2032 : récolte']
	]);
	const dit = anomalies.filter((a) => a.code === 'date-vague').map((a) => a.message);
	expect(dit[0]).toContain('ses étapes gardent leur date, au plus tard le 30/06/2032');
	expect(dit[1]).toContain('au plus tard le 31/05/2028 et le 30/06/2032');
	expect(actions.map((a) => a.dates?.fin)).toEqual(['2029-12-31', '2029-12-31']);
	expect(actions[0]!.etapes).toEqual(['Juin 2032 : vote']);
});
