import { expect, it } from 'vitest';
import { numberMarks } from '../../src/lib/ui/map-marks';

/* On a crowded map, some quartiers only have a number: the list under it is read from 1 on. */

const LISTE = ['QN1', 'QN2', 'QN3', 'QN4', 'QN5'];

it('les numéros se suivent, même quand des noms entre eux ont trouvé leur place', () => {
	expect([...numberMarks(LISTE, ['QN5', 'QN1', 'QN3'])]).toEqual([
		['QN1', '1'],
		['QN3', '2'],
		['QN5', '3']
	]);
});

it('ceux d’un encart portent sa lettre : le 1 de la carte et le 1 de l’encart ne se confondent pas', () => {
	expect([...numberMarks(LISTE, ['QN2', 'QN4'], 'B').values()]).toEqual(['B1', 'B2']);
});
