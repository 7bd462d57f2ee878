import { describe, expect, it } from 'vitest';
import { identifyDispositif } from '../../src/lib/domain/import/financing-lines';
import { matchColumns } from '../../src/lib/domain/import/header-match';
import { inferPorteurType } from '../../src/lib/domain/import/row-porteur';
import { isOwnShare } from '../../src/lib/domain/funding/own-share';
import { dispositifNames } from '../../src/lib/domain/rules/dispositif-names';
import type { CellValue } from '../../src/lib/domain/import/sheet';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* A conseil départemental goes by the number of its département, whichever it is. */

const ref = loadReferentiel();
const names = dispositifNames(ref);
const column = (entete: string, cells: readonly CellValue[]) => {
	const others = [
		['Ateliers de cuisine', 'Jardin des mots'],
		['Régie', 'Centre social'],
		['10000', '2000']
	];
	const samples = (index: number) => others[index] ?? cells;
	return matchColumns(
		['Action', 'Structure porteuse', 'Coût total', entete],
		samples,
		ref.plans,
		'contrat-de-ville',
		[]
	).columns[3]!;
};
const HEADERS = [
	...['CD 47', 'CD47', 'CD-47', 'CG 59', 'CG59', 'Dpt 47', 'Dept47', 'Dép. 47', 'CD 2A', 'CD 974 (€)', 'Subv. CD 33'],
	...['Département 47', 'Conseil général', 'Conseil départemental de Lot-et-Garonne', 'CD 40 demandé']
];

describe('Une colonne de montants au nom d’un département', () => {
	it.each(HEADERS)('« %s » est un financement du Département, même d’une seule cellule remplie', (entete) => {
		for (const cells of [['4000'], ['4000', '12 500 €', ''], [4000, 12_000, null]]) {
			const { champ, financeur } = column(entete, cells);
			expect(champ).toBe('financements');
			expect(identifyDispositif(financeur!, names)).toBe('departement');
		}
	});

	it('« Région NA » et « Région Nouvelle-Aquitaine » sont de la région', () => {
		for (const entete of ['Région NA', 'Région Nouvelle-Aquitaine']) {
			expect(column(entete, ['4000', '500']).champ).toBe('financements');
			expect(identifyDispositif(entete, names)).toBe('region');
		}
	});

	it('remplie d’autre chose que de montants, n’est pas un financement', () => {
		expect(column('CD 47', ['oui', 'non', 'oui']).champ).not.toBe('financements');
		expect(column('CD 47', ['47', '47', '47']).champ).not.toBe('financements');
	});

	it('un sigle sans numéro de département, ou suivi d’un autre nombre, n’en nomme aucun', () => {
		for (const words of ['CD', 'CD 7', 'CD 147', 'BOP 147', 'CD 470', 'axe 47'])
			expect(identifyDispositif(words, names)).not.toBe('departement');
	});
});

describe('Un porteur qui s’écrit « CD 47 »', () => {
	it('est un département, et ce qu’apporte le Département est alors sa propre part', () => {
		expect(inferPorteurType('CD 47', ref.plans, null)).toBe('departement');
		expect(inferPorteurType('CD59', ref.plans, null)).toBe('departement');
		const line = { libelle: 'CD 47', genre: 'subvention' as const };
		expect(isOwnShare(line, { porteur: 'Conseil départemental', porteurType: 'departement' })).toBe(true);
		expect(isOwnShare(line, { porteur: 'Ville d’Orme', porteurType: 'commune' })).toBe(false);
	});
});
