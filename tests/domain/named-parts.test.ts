import { describe, expect, it } from 'vitest';
import { otherBuildings } from '../../src/lib/domain/rules/named-buildings';
import { otherParts, partsOf, partsWords } from '../../src/lib/domain/rules/named-parts';

const of = (titre: string) => ({ titre });

describe('les tranches d’une même opération', () => {
	it.each([
		['Reconstruction du gymnase - PHASE 2', ['phase 2']],
		['Menuiseries de l’école, 3ème tranche', ['tranche 3']],
		['Toiture (deuxième tranche)', ['tranche 2']],
		['Voirie, phase II, lot n° 4', ['phase 2', 'lot 4']],
		['Terrains : lotissement des Prés', []],
		['Étape 1 : étude du pôle', ['etape 1']]
	])('« %s » en nomme autant qu’il en dit', (titre, read) =>
		expect(partsOf(of(titre)).map((p) => `${p.kind} ${p.number}`)).toEqual(read)
	);

	it('deux numéros sous un même intitulé sont deux tranches ; le même numéro, ou un autre objet, n’en font pas', () => {
		const gym = (part: string) => of(`Démolition et reconstruction du gymnase Bellevue ${part}`);
		const found = otherParts(gym('PHASE 1'), gym('phase 2'))!;
		expect(partsWords(found)).toBe('tranches d’une même opération\u00a0: phase 1 et phase 2, à coordonner');
		expect(otherParts(gym('phase 1'), gym('phase I'))).toBeNull();
		expect(otherParts(gym('phase 1'), gym(''))).toBeNull();
		expect(otherParts(gym('phase 1'), gym('phase 1 (phase 2 en 2028)'))).toBeNull();
		expect(otherParts(gym('phase 1'), of('Réfection de la rue Haute, phase 2'))).toBeNull();
	});
});

describe('deux établissements nommés', () => {
	it.each([
		['Rénovation de l’école tavernier', 'renovation de l’ecole kergomard'],
		['Isolation du GS Voltaire', 'Isolation du groupe scolaire Pasteur'],
		['École Jules Ferry : menuiseries', 'Menuiseries de l’école Jules Verne'],
		['Extension du gymnase bellevue', 'Extension du gymnase Les Prés']
	])('« %s » et « %s » sont deux', (a, b) => expect(otherBuildings(of(a), of(b))).not.toBeNull());

	it.each([
		['Rénovation de l’école tavernier', 'Rénovation thermique de l’école Tavernier'],
		['École Ferry', 'École Jules Ferry'],
		['Rénovation de l’école maternelle communale', 'Rénovation de l’école Tavernier'],
		['Rénovation de l’école dans le centre', 'Rénovation de l’école Tavernier'],
		['Travaux dans une école rénovée', 'Rénovation de l’école Tavernier'],
		['Isolation de l’école phase 2', 'Isolation de l’école Tavernier']
	])('« %s » et « %s » : rien ne le dit', (a, b) => expect(otherBuildings(of(a), of(b))).toBeNull());
});
