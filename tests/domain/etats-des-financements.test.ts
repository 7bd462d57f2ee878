import { describe, expect, it } from 'vitest';
import { lire } from './lire-un-tableau';

/* Whether money is asked for or granted, as a cell says it in passing; and what says more of the funder before it. */

const HEAD = ['Réf', 'Action', 'Coût total', 'Financements'];
async function dit(cellule: string) {
	const autres = ['Fonds vert : 10 000 €', 'Ville : 5 000 €'].map((f, i) => [`A${i}`, `Action ${i}`, '1 000 €', f]);
	const { actions, anomalies } = await lire([HEAD, ['F1', 'Rénover la halle', '100 000 €', cellule], ...autres]);
	const lignes = actions[0]!.financements.map(({ libelle, demande, obtenu, etat }) => [libelle, demande, obtenu, etat]);
	return { lignes, anomalies: anomalies.filter((i) => i.where.row === 2) };
}

describe('l’état d’un financement s’accorde', () => {
	it.each([
		['Région : 20 000 € obtenus', ['Région', null, 20_000, 'obtenu']],
		['Région 20 000 € (accordés)', ['Région', null, 20_000, 'obtenu']],
		['Région : 20 000 € (notifiées)', ['Région', null, 20_000, 'obtenu']],
		['Région : 20 000 € acquis', ['Région', null, 20_000, 'obtenu']],
		['Région : 20 000 € sollicités', ['Région', 20_000, null, 'demande']],
		['FEDER : 5 000 € prévus', ['FEDER', 5_000, null, 'envisage']],
		['FEDER : 5 000 € (non retenus)', ['FEDER', 5_000, 0, 'refuse']],
		['Fonds de prévention : 5 000 € sollicités', ['Fonds de prévention', 5_000, null, 'demande']]
	])('%s', async (cellule, ligne) => expect((await dit(cellule)).lignes[0]).toEqual(ligne));
});

describe('un montant que personne ne signe dit la suite du financeur d’avant', () => {
	it.each([
		'Fonds vert : 30 000 € sollicités, 20 000 € obtenus',
		'Fonds vert : 30 000 € (demandé) dont 20 000 € obtenus',
		'Fonds vert : 30 000 € sollicités (dont 20 000 € obtenus)'
	])('%s : un financement, dont 20 000 € obtenus, et c’est dit', async (cellule) => {
		const { lignes, anomalies } = await dit(cellule);
		expect(lignes).toEqual([['Fonds vert', 30_000, 20_000, 'obtenu']]);
		expect(anomalies).toMatchObject([{ severity: 'info', code: 'valeur-suspecte' }]);
	});

	it('ce qui est demandé après avoir obtenu peut s’ajouter : les deux montants restent', async () => {
		const { lignes } = await dit('Région : 20 000 € obtenus, 10 000 € sollicités');
		expect(lignes).toMatchObject([
			['Région', null, 20_000, 'obtenu'],
			[expect.anything(), 10_000, null, 'demande']
		]);
	});

	it('un état seul n’est pas un financeur sans montant', async () => {
		expect((await dit('Région : 50 000 €, obtenu')).lignes).toEqual([['Région', null, 50_000, 'obtenu']]);
		expect((await dit('Région : 50 000 € (obtenu), non versé')).lignes).toEqual([['Région', null, 50_000, 'obtenu']]);
		expect((await dit('Région : 50 000 €, Prévention')).lignes).toHaveLength(2);
	});
});

it('ce qui reste à la charge du porteur est son autofinancement, pas une aide ; celui des ménages n’est pas à lui', async () => {
	const genre = async (cellule: string) =>
		(await lire([HEAD, ['F1', 'Rénover', '100 000 €', cellule], ['F2', 'Planter', '1 000 €', 'Région : 500 €']]))
			.actions[0]!.financements[0]!.genre;
	expect(await genre('Reste à charge commune : 80 000 €')).toBe('autofinancement');
	expect(await genre('Reste à charge des ménages : 80 000 €')).toBe('subvention');
});
