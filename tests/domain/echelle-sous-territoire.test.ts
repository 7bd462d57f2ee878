import { describe, expect, it } from 'vitest';
import { whereIs } from '../../src/lib/domain/import/row-territory';
import type { Commune } from '../../src/lib/domain/territory';
import { lire } from './lire-un-tableau';

/* « Territoire » says a scale in one file, a place in the other, both in a third. */

const plan = (entete: string, ...valeurs: string[]) =>
	lire(
		[
			['Orientation', 'Fiche action', 'Maître d’ouvrage', entete, 'Communes', 'Statut'],
			...valeurs.map((valeur, i) => ['1', `Rénover la résidence ${i + 1}`, 'Rives Habitat', valeur, '', 'En cours'])
		],
		'plh'
	);
const echelles = async (entete: string, ...valeurs: string[]) =>
	(await plan(entete, ...valeurs)).actions.map((a) => a.echelle);

describe('une colonne « Territoire »', () => {
	it('qui écrit une échelle est lue comme « Échelle »', async () => {
		const valeurs = ['EPCI', 'quartier', 'commune', 'Intercommunalité', 'QPV', 'tous les quartiers', ''];
		const attendu = ['epci', 'quartier', 'commune', 'epci', 'quartier', 'quartier', null];
		expect(await echelles('Territoire', ...valeurs)).toEqual(attendu);
		expect(await echelles('Échelle', ...valeurs)).toEqual(attendu);
		expect((await plan('Territoire', ...valeurs)).anomalies).toEqual([]);
	});

	it('qui nomme un territoire ne dit aucune échelle', async () => {
		expect(await echelles('Territoire', 'CA de Lens-Liévin', 'Communauté urbaine d’Arras', 'Ville de Lens')).toEqual([
			null,
			null,
			null
		]);
	});

	it('qui mêle les deux est lue valeur par valeur, et ce qui nomme un ailleurs reste un ailleurs', async () => {
		const { actions, table } = await plan('Territoire', 'EPCI', 'CC du Ternois', 'quartier', 'Lens');
		expect(actions.map((a) => a.echelle)).toEqual(['epci', null, 'quartier', null]);
		const lens = {
			nom: 'CA de Lens-Liévin',
			code: '246200364',
			communes: [{ code: '62498', nom: 'Lens' }] as unknown as Commune[],
			lieuxConnus: new Set(['lens'])
		};
		const ou = (valeur: string) => whereIs(['1', 'Rénover', '', valeur, '', ''], table, lens);
		expect(['EPCI', 'CC du Ternois', 'quartier', 'commune', 'Lens'].map(ou)).toEqual([
			'inconnu',
			'dehors',
			'inconnu',
			'inconnu',
			'dedans'
		]);
	});

	it('laisse parler une colonne « Échelle » quand il y en a une', async () => {
		const { actions } = await lire([
			['N°', 'Action', 'Porteur', 'Échelle', 'Territoire'],
			['1', 'Isoler les toits', 'Ville', 'Commune', 'EPCI'],
			['2', 'Isoler les murs', 'Ville', '', 'EPCI'],
			['3', 'Isoler les caves', 'Ville', 'Quartier', 'CA de Lens-Liévin']
		]);
		expect(actions.map((a) => a.echelle)).toEqual(['commune', 'epci', 'quartier']);
	});
});
