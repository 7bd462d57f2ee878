import { describe, expect, it } from 'vitest';
import { milestones } from '../../src/lib/domain/crossing/milestones';
import { aPlaced } from '../fixtures/build';
import { lire } from './lire-un-tableau';

/* From the cell of a file to the day shown on the page of a quartier. */

describe('un jalon écrit avec un mois, du fichier à la frise', () => {
	it.each([
		['livraison : juin 2028', '2028-06-30', 'livraison : juin 2028'],
		['mars 2027', '2027-03-31', 'étape : Jardin partagé'],
		['T2 2027', '2027-06-30', 'étape : Jardin partagé']
	])('%s → %s, %s', async (cellule, jour, objet) => {
		const { actions } = await lire([
			['Réf', 'Action', 'Pilote', 'Jalons'],
			['F1', 'Jardin partagé', 'x', cellule],
			['F2', 'Repair café', 'x', 'Choix du lieu']
		]);
		const found = milestones({
			...{ quartier: 'QA', asOf: '2026-11-30', documents: [], types: [] },
			actions: [aPlaced({ action: { ...actions[0]!, id: 'a' }, atteinte: { QA: 'cible' } })]
		});
		expect(found.map((m) => [m.le, m.objet.replace('\u00a0:', ' :')])).toEqual([[jour, objet]]);
	});
});
