import { describe, expect, test } from 'vitest';
import { loadReferentiel } from '../../src/lib/server/referentiel';

describe('le référentiel livré', () => {
	test('se lit entier, une seule fois, et porte une empreinte', () => {
		const ref = loadReferentiel();
		expect(ref.hash).toMatch(/^[0-9a-f]{12}$/);
		expect(loadReferentiel()).toBe(ref);
	});
});
