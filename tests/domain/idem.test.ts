import { describe, expect, it } from 'vitest';
import { lire } from './lire-un-tableau';

/* « idem » is what the cell above says, never a title nor a person. */

const TETE = ['N°', 'Intitulé de l’action', 'Pilote', 'Quartiers', 'Coût total'];
const ISOLER = ['1', 'Isoler l’école Pasteur', 'Direction habitat', 'Bel-Air', '120 000 €'];

describe('« idem » dans une cellule', () => {
	it.each([
		'idem',
		'Idem',
		'IDEM.',
		'id.',
		'//',
		'″',
		'ditto',
		'même chose',
		'ibid',
		'« idem »',
		'idem ci-dessus',
		'- // -'
	])('« %s » est lu comme la cellule du dessus, et une information le dit', async (idem) => {
		const { actions, anomalies } = await lire([TETE, ISOLER, ['2', 'Planter une haie', idem, '', '8 000 €']]);
		expect(actions.map((a) => a.pilote)).toEqual(['Direction habitat', 'Direction habitat']);
		const said = anomalies.filter((a) => a.where.column === 'Pilote');
		expect(said).toMatchObject([{ severity: 'info', where: { row: 3 }, found: idem }]);
		expect(said[0]!.message).toMatch(
			/^Ligne 3, «\u00a0Pilote\u00a0»\u00a0: «\u00a0.+\u00a0» est lu comme la ligne 2, «\u00a0Direction habitat\u00a0»\.$/
		);
	});

	it('de proche en proche, c’est la ligne où la valeur est écrite qui est nommée', async () => {
		const { actions, anomalies } = await lire([
			TETE,
			ISOLER,
			['2', 'Planter une haie', 'idem', 'idem', '8 000 €'],
			['3', 'Ouvrir un jardin partagé', 'idem', 'Moulins', '5 000 €']
		]);
		expect(actions.map((a) => [a.pilote, a.quartiers])).toEqual([
			['Direction habitat', ['Bel-Air']],
			['Direction habitat', ['Bel-Air']],
			['Direction habitat', ['Moulins']]
		]);
		expect(anomalies.filter((a) => a.where.row === 4).map((a) => a.message)).toEqual([
			'Ligne 4, «\u00a0Pilote\u00a0»\u00a0: «\u00a0idem\u00a0» est lu comme la ligne 2, «\u00a0Direction habitat\u00a0».'
		]);
	});

	it('un sous-total entre deux lignes n’est pas la cellule du dessus', async () => {
		const { actions } = await lire([
			TETE,
			ISOLER,
			['Sous-total', '', '', '', '120 000'],
			['2', 'Planter une haie', 'idem', '', 'idem']
		]);
		expect(actions.map((a) => [a.pilote, a.budget?.euros])).toEqual([
			['Direction habitat', 120_000],
			['Direction habitat', 120_000]
		]);
	});

	it('sans rien au-dessus, la cellule est vide et quelqu’un est interrogé', async () => {
		const { actions, anomalies } = await lire([
			TETE,
			['1', 'Isoler l’école Pasteur', 'idem', 'Bel-Air', '120 000 €'],
			['2', 'Planter une haie', 'DST', '', '8 000 €']
		]);
		expect(actions[0]!.pilote).toBeNull();
		expect(anomalies.filter((a) => a.where.column === 'Pilote')).toMatchObject([
			{
				severity: 'a-verifier',
				where: { row: 2 },
				message:
					'Ligne 2, «\u00a0Pilote\u00a0»\u00a0: «\u00a0idem\u00a0» ne suit aucune valeur\u202f; la cellule est laissée vide.'
			}
		]);
	});

	it('un titre « idem » sans rien au-dessus n’est pas un titre', async () => {
		const { actions } = await lire([TETE, ['1', 'idem', 'DST', '', '8 000 €'], ISOLER]);
		expect(actions.map((a) => a.titre)).toEqual(['Isoler l’école Pasteur']);
	});

	it('« idem » dans une phrase reste une phrase', async () => {
		const { actions } = await lire([TETE, ISOLER, ['2', 'Planter une haie, idem à Moulins', 'Ibidem conseil', '', '']]);
		expect(actions[1]).toMatchObject({ titre: 'Planter une haie, idem à Moulins', pilote: 'Ibidem conseil' });
	});
});
