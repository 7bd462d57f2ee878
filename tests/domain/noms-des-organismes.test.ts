import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, HEADS } from '../../src/lib/domain/bodies';

describe('l’article d’un organisme dans une phrase', () => {
	it.each([
		['Mission locale du Pays d’Aubrelle', 'à la Mission locale du Pays d’Aubrelle'],
		['CCAS de Verlimont', 'au CCAS de Verlimont'],
		['CCAS', 'au CCAS'],
		['Direction de l’énergie et des réseaux', 'à la Direction de l’énergie et des réseaux'],
		['Direction Eau et Assainissement', 'à la Direction Eau et Assainissement'],
		['Office public de l’habitat', 'à l’Office public de l’habitat'],
		['Anah', 'à l’Anah'],
		['État', 'à l’État'],
		['École Jules-Verne', 'à l’École Jules-Verne'],
		['Services techniques de Montcreux', 'aux Services techniques de Montcreux'],
		['Bailleurs sociaux', 'aux Bailleurs sociaux'],
		['Villes', 'aux Villes'],
		['Ville d’Aubrelle', 'à la Ville d’Aubrelle'],
		["Ville d'Aubrecourt", "à la Ville d'Aubrecourt"],
		['la ville du Quesnoy', 'à la ville du Quesnoy'],
		['Le Département', 'au Département'],
		['L’ADIL du Nord', 'à l’ADIL du Nord'],
		['CA du Pays d’Aubrelle', 'à la CA du Pays d’Aubrelle'],
		['SA Les Foyers de la Brisse', 'à la SA Les Foyers de la Brisse'],
		['RÉGIE DE QUARTIER', 'à la RÉGIE DE QUARTIER'],
		['Roue libre (association)', 'à l’association Roue libre'],
		['Lorgne Habitat (bailleur social)', 'au bailleur social Lorgne Habitat'],
		['Mme Roy', 'à Mme Roy'],
		['M. Haddad', 'à M. Haddad'],
		['Chargée de mission transition', 'à la Chargée de mission transition']
	])('%s : %s', (name, said) => expect(bodyOf(name)?.a).toBe(said));

	it.each([
		['une marque ou une personne sans civilité', 'Brisse Nature'],
		['', 'K. Aziz'],
		['', 'SYTRAB'],
		['', 'Les Filaturières'],
		['', 'Maisons et Cités'],
		['', 'Ville Renouvelée'],
		['', 'Pôle emploi'],
		['', 'Espaces verts'],
		['deux organismes dans une cellule', 'CCI et CCNS'],
		['', 'Ville de Lys / CCAS'],
		['', 'Ville de Lys et CCAS'],
		['un mot qui n’est que le début d’un autre', 'Villeneuve Habitat'],
		['', '']
	])('ne se devine pas : %s %s', (_, name) => expect(bodyOf(name)).toBeNull());

	it('avec la même personne, sans « à » : « la Mission locale », « le CCAS », « l’Office »', () => {
		expect(bodyOf('Mission locale')?.le).toBe('la Mission locale');
		expect(bodyOf('CCAS')?.le).toBe('le CCAS');
		expect(bodyOf('Office de l’habitat')?.le).toBe('l’Office de l’habitat');
		expect(bodyOf('Services techniques')?.le).toBe('les Services techniques');
		expect(bodyOf('Mme Roy')?.le).toBe('Mme Roy');
	});

	it('aucun mot n’a deux articles, et l’élision suit la voyelle', () => {
		const all = Object.values(HEADS).flat();
		expect(new Set(all).size).toBe(all.length);
		for (const word of [...HEADS.la, ...HEADS.le]) expect(word).not.toMatch(/^[aeiou]/);
		for (const word of HEADS['l’']) expect(word).toMatch(/^[aeiouh]/);
	});

	it('quoi que dise le nom : ni « à le », ni « à les », ni « de la le »; le nom reste entier, et la réponse la même', () => {
		const words = fc.constantFrom(
			...Object.values(HEADS).flat(),
			'Brisse',
			'Habitat',
			'Les',
			'La',
			'l’',
			'(association)'
		);
		fc.assert(
			fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), (parts) => {
				const name = parts.join(' ');
				const said = bodyOf(name);
				if (said === null) return;
				expect(said.a).not.toMatch(/^à les?\s/i);
				expect(said.a).toMatch(/^(?:au |aux |à la |à l’)\S/);
				expect(bodyOf(name)).toEqual(said);
			})
		);
	});
});
