import { describe, expect, it } from 'vitest';
import { ignoredReasons, ignoredSentences } from '../../src/lib/domain/import/ignored-words';
import { setAside } from '../../src/lib/domain/import/row-triage';
import type { Table } from '../../src/lib/domain/import/sheet';
import { thingsToLookAt } from '../../src/lib/domain/import/to-look-at';

const group = (raison: string, lignes: number[], code?: 'ligne-hors-territoire' | 'ligne-filtree') => ({
	raison,
	lignes,
	nombre: lignes.length,
	...(code && { code })
});
const flat = (sentences: readonly string[]): string[] => sentences.map((s) => s.replace(/[\u00a0\u202f]/g, ' '));

describe('une ligne ignorée', () => {
	it('dit pourquoi, avec ses numéros, la raison la plus fréquente d’abord', () => {
		const groups = [group('ligne de total', [9]), group('ligne vide', [2, 5, 7, 8]), group('note', [10, 12])];
		expect(flat(ignoredReasons(groups))).toEqual([
			'4 lignes ignorées : ligne vide (lignes 2, 5, 7…).',
			'2 lignes ignorées : note (lignes 10, 12).',
			'1 ligne ignorée : ligne de total (ligne 9).'
		]);
	});

	it('ne noie pas sous les raisons', () => {
		const groups = ['a', 'b', 'c', 'd', 'e', 'f'].map((raison, i) => group(raison, [i + 2]));
		expect(flat(ignoredReasons(groups))).toHaveLength(5);
		expect(flat(ignoredReasons(groups)).at(-1)).toBe('2 autres lignes ignorées.');
	});
});

describe('quand aucune ligne n’est lue', () => {
	const elsewhere = [group('autre territoire (« Denain »)', [2, 3, 4], 'ligne-hors-territoire')];

	it('dit quoi faire', () => {
		const [, advice] = ignoredSentences(elsewhere, { acceptees: 0, rejetees: 0, territoire: 'CA de Valbrune' });
		expect(advice).toMatch(/CA de Valbrune.*vérifiez le territoire choisi/);
		expect(ignoredSentences(elsewhere, { acceptees: 1, rejetees: 0, territoire: 'CA de Valbrune' })).toHaveLength(1);
		// Rejected rows are rows of the territory: they say themselves what they lack.
		expect(ignoredSentences(elsewhere, { acceptees: 0, rejetees: 6, territoire: 'CA de Valbrune' })).toHaveLength(1);
		const filtered = ignoredSentences([group('filtre', [2], 'ligne-filtree')], {
			acceptees: 0,
			rejetees: 0,
			territoire: null
		});
		expect(filtered[1]).toMatch(/filtre.*retirez-le/);
		expect(ignoredSentences([], { acceptees: 0, rejetees: 0, territoire: null })).toEqual([]);
	});

	it('un contrat de ville réduit à ses orientations fait demander son programme d’actions', () => {
		const cells = ['2024-2030', 'axe stratégique', 'Bien vivre dans son quartier'];
		const colonnes = ['période', 'Niveau', 'Libellé'].map((entete, index) => ({ index, entete, champ: null }));
		const table = { ligneEntete: 1, colonnes } as unknown as Table;
		const aside = setAside(cells, 14, table)!;
		expect(flat([aside.raison])).toEqual([
			'« axe stratégique » dans la colonne « Niveau » : une orientation, pas une action'
		]);
		expect(setAside(['2024-2030', 'action', 'Jardin partagé'], 15, table)).toBeNull();
		const told = ignoredSentences([group(aside.raison, [14])], { acceptees: 0, rejetees: 0, territoire: null });
		expect(told.at(-1)).toContain('apportez aussi son programme d’actions');
	});

	it('la page ne dit pas que tout a été compris', () => {
		const report = {
			acceptees: 0,
			ignorees: 3,
			rejetees: 0,
			colonnes: [],
			quartiersNonReconnus: [],
			compte: [],
			differences: { ajoutees: 0, modifiees: 0, disparues: 0, inchangees: 0, videes: 0 }
		};
		expect(thingsToLookAt(report)).toMatchObject([
			{ gravite: 'bloquant', texte: expect.stringMatching(/^aucune action/) }
		]);
		expect(thingsToLookAt({ ...report, acceptees: 1 })).toEqual([]);
	});
});
