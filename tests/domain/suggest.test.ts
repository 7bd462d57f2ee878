import { describe, expect, it } from 'vitest';
import type { SearchKind } from '../../src/lib/domain/search/search-index';
import type { SearchHit } from '../../src/lib/domain/search/search';
import { suggest } from '../../src/lib/domain/search/suggest';

const hits = (genre: SearchKind, ...scores: number[]) => ({
	genre,
	total: scores.length,
	hits: scores.map((score, n): SearchHit => ({
		score,
		entry: { genre, id: `${genre}${n}`, territoire: null, code: null, titre: `${genre} ${n}`, detail: '', mots: [] }
	}))
});
const kept = (...groupes: ReturnType<typeof hits>[]) =>
	suggest({ groupes }).map((g) => `${g.genre} ${g.hits.map((h) => h.score).join(' ')}`);

describe('le choix des propositions', () => {
	it('garde trois lignes d’un genre tant qu’un autre a quelque chose à dire', () => {
		expect(kept(hits('action', 9, 8, 7, 6, 5), hits('regle', 4, 3), hits('page', 2, 1))).toEqual([
			'action 9 8 7 6',
			'regle 4 3',
			'page 2 1'
		]);
	});

	it('remplit la liste quand un seul genre répond, huit lignes au plus', () => {
		expect(kept(hits('action', 9, 8, 7, 6, 5))).toEqual(['action 9 8 7 6 5']);
		expect(kept(hits('action', 9, 8, 7, 6), hits('regle', 5, 5, 5, 5), hits('page', 3, 3, 3, 3))).toEqual([
			'action 9 8 7',
			'regle 5 5 5',
			'page 3 3'
		]);
	});

	it('ne propose rien quand rien ne répond', () => {
		expect(suggest({ groupes: [] })).toEqual([]);
	});
});
