import { describe, expect, it } from 'vitest';
import { lire, type Lu } from './lire-un-tableau';

/* A theme written once over its actions, as people write tables: what stands under it is of that theme. */

const HEAD = ['Thème', 'N°', 'Intitulé de l’action', 'Porteur'];
const row = (theme: string, n: number, porteur = 'Commune'): string[] => [theme, `${n}`, `Action numéro ${n}`, porteur];
const themes = ({ actions }: Lu): (string | null)[] => actions.map((a) => a.secteurs[0] ?? null);
const said = ({ anomalies }: Lu, colonne: string) => anomalies.filter((a) => a.where.column === colonne);

describe('un thème écrit une fois', () => {
	it('vaut pour les lignes qui le suivent, et l’import le dit une fois', async () => {
		const lu = await lire(
			[HEAD, row('Parc existant', 1), row('', 2), row('', 3), row('Offre neuve', 4), row('', 5)],
			'plh'
		);
		expect(themes(lu)).toEqual(['Parc existant', 'Parc existant', 'Parc existant', 'Offre neuve', 'Offre neuve']);
		expect(said(lu, 'Thème')).toMatchObject([
			{
				severity: 'info',
				message:
					'Colonne «\u00a0Thème\u00a0»\u00a0: les valeurs écrites une fois valent pour les lignes vides qui suivent\u202f; 3\u00a0lignes remplies, «\u00a0Parc existant\u00a0» (A3 à A4) et «\u00a0Offre neuve\u00a0» (A6).'
			}
		]);
	});

	it.each([
		['la première action n’en a pas', ['', 'Santé', '', 'Emploi', '']],
		['un thème revient plus bas', ['Santé', '', 'Emploi', '', 'Santé']],
		['un thème se répète d’une ligne à l’autre', ['Santé', 'Santé', '', 'Emploi', '']],
		['aucun autre ne suit', ['Santé', '', '', '', '']],
		['rien n’est vide entre deux thèmes', ['Santé', 'Emploi', 'Habitat', 'Culture', '']]
	])('n’est pas deviné quand %s', async (_, column) => {
		const lu = await lire([HEAD, ...column.map((theme, i) => row(theme, i + 1))]);
		expect(themes(lu)).toEqual(column.map((theme) => theme || null));
		expect(said(lu, 'Thème')).toEqual([]);
	});

	it('revient sous un autre axe', async () => {
		const lu = await lire([
			['Axe', ...HEAD],
			['A. Agir', ...row('Santé', 1)],
			['', ...row('', 2)],
			['', ...row('Emploi', 3)],
			['B. Suivre', ...row('Santé', 4)],
			['', ...row('', 5)]
		]);
		expect(themes(lu)).toEqual(['Santé', 'Santé', 'Emploi', 'Santé', 'Santé']);
		expect(lu.actions.map((a) => a.axe)).toEqual(['A. Agir', 'A. Agir', 'A. Agir', 'B. Suivre', 'B. Suivre']);
	});

	it('n’empêche pas un axe écrit après lui de descendre', async () => {
		const lu = await lire([
			['Thème', 'Axe', 'Intitulé de l’action', 'Porteur'],
			['Santé', 'A. Agir', 'Action une', 'Commune'],
			['Emploi', '', 'Action deux', 'Commune'],
			['Santé', 'B. Suivre', 'Action trois', 'Commune'],
			['Culture', '', 'Action quatre', 'Commune']
		]);
		expect(lu.actions.map((a) => a.axe)).toEqual(['A. Agir', 'A. Agir', 'B. Suivre', 'B. Suivre']);
	});

	it('n’est pas un lieu : « Secteur » et « Quartier » restent vides où ils le sont', async () => {
		const places = ['La Butte', '', 'Le Port', ''];
		const lu = async (head: string): Promise<Lu> =>
			lire([[head, ...HEAD.slice(1)], ...places.map((place, i) => row(place, i + 1))], 'contrat-de-ville');
		expect(themes(await lu('Secteur'))).toEqual(['La Butte', null, 'Le Port', null]);
		expect((await lu('Quartier')).actions.map((a) => a.quartiers.length)).toEqual([1, 0, 1, 0]);
	});
});
