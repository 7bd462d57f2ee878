import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { readPorteur } from '../../src/lib/domain/import/row-porteur';
import type { CellValue } from '../../src/lib/domain/import/sheet';
import { matchHeaders } from '../../src/lib/domain/import/template';
import { PlansFile } from '../../src/lib/domain/rules/referentiel';
import { sirenOf, splitSiren, typeOfSiren } from '../../src/lib/domain/siren';

const plans = PlansFile.parse(
	load(readFileSync(new URL('../../data/plans.yaml', import.meta.url), 'utf8'), { schema: CORE_SCHEMA })
);

const porteur = (headers: string[], cells: CellValue[]) => {
	const colonnes = matchHeaders(headers, (index) => [cells[index] ?? null], plans, 'autre');
	const table = { feuille: 'F', ligneEntete: 1, premiereLigne: 2, colonnes };
	return readPorteur(cells, table, { plans }, { feuille: 'F', ligne: 2 });
};

describe('un SIREN ou un SIRET se lit, sa clé est vérifiée', () => {
	it.each([
		['777001009', '777001009', true],
		['777 001 009', '777001009', true],
		['777\u00a0001\u00a0009', '777001009', true],
		['77700100900011', '777001009', true],
		['777 001 009 00011', '777001009', true],
		['777001008', '777001008', false],
		['77700100900012', '777001009', false],
		// The establishments of La Poste do not follow the key.
		['35600000000048', '356000000', true],
		['35600000049837', '356000000', true]
	])('%s', (text, siren, juste) => {
		expect(sirenOf(text)).toMatchObject({ siren, juste });
	});

	it('un zéro initial perdu par le tableur est remis, si la clé le confirme', () => {
		expect(sirenOf('5520135')).toMatchObject({ siren: '005520135', juste: true, complete: true });
		expect(sirenOf('1234567')).toBeNull();
	});

	it.each(['', '12', '2024', 'Ville', '000000000', '1234567890'])('« %s » n’en est pas un', (text) => {
		expect(sirenOf(text)?.juste ?? false).toBe(false);
	});

	it.each([
		['777001009-Ville de Montclair', 'Ville de Montclair', '777001009'],
		['77700100900011 - Ville de Montclair', 'Ville de Montclair', '77700100900011'],
		['Ville de Montclair (777001009)', 'Ville de Montclair', '777001009'],
		['Ville de Montclair (SIREN : 777 001 009)', 'Ville de Montclair', '777001009'],
		['Ville de Montclair - SIRET 77700100900011', 'Ville de Montclair', '77700100900011']
	])('« %s » est un nom et un numéro', (text, nom, numero) => {
		expect(splitSiren(text)).toEqual({ nom, numero });
	});

	it.each(['Ville de Montclair', 'Lot 123456', 'Ateliers 123', '2024-2026'])('« %s » n’a pas de numéro', (text) => {
		expect(splitSiren(text)).toBeNull();
	});

	it('le numéro ne dit le type que des communes, des départements et des régions', () => {
		expect(['219900016', '229900015', '239900014', '245999008', '200999001', '777001009'].map(typeOfSiren)).toEqual([
			'commune',
			'departement',
			'region',
			null,
			null,
			null
		]);
	});
});

describe('le porteur d’une ligne', () => {
	it('son SIREN vient de sa colonne', () => {
		expect(porteur(['Titre', 'Porteur', 'SIRET'], ['Isoler', 'Les Amis', '77700100900011'])).toMatchObject({
			porteur: 'Les Amis',
			porteurSiren: '777001009',
			issues: []
		});
	});

	it('ou de sa cellule, séparé du nom', () => {
		expect(porteur(['Titre', 'Porteur'], ['Isoler', '777001009-Les Amis'])).toMatchObject({
			porteur: 'Les Amis',
			porteurSiren: '777001009'
		});
	});

	it('une clé fausse est signalée, le numéro gardé tel quel', () => {
		const read = porteur(['Titre', 'Porteur', 'SIREN'], ['Isoler', 'Les Amis', '777001008']);
		expect(read).toMatchObject({ porteur: 'Les Amis', porteurSiren: null, ecarte: '777001008' });
		expect(read.issues).toMatchObject([
			{ code: 'valeur-suspecte', severity: 'a-verifier', found: '777001008', where: { row: 2, column: 'SIREN' } }
		]);
	});

	it('un numéro arrondi par le tableur le dit', () => {
		expect(porteur(['Titre', 'Porteur', 'SIRET'], ['Isoler', 'X', '7,77E+13']).issues[0]!.message).toContain('arrondi');
	});

	it('le type vient des mots, du numéro s’ils manquent', () => {
		const type = (name: string, siren: string) =>
			porteur(['Titre', 'Porteur', 'SIREN'], ['Isoler', name, siren]).porteurType;
		expect(type('Montclair', '219900016')).toBe('commune');
		expect(type('Association des amis', '219900016')).toBe('association');
		expect(type('Montclair', '245999008')).toBeNull();
	});
});
