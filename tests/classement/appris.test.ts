import { describe, expect, test } from 'vitest';
import { learntFrom, written } from './apprendre';
import { readExpressions } from './expressions';
import { hasData, readElsewhere, readInvented, readLabelled } from './mesure';

describe.skipIf(!hasData)('ce que les titres étiquetés apprennent', () => {
	test('est ce que donnent ces titres, et rien d’autre (npx vitest run tests/classement/appris -u pour le réapprendre)', async () => {
		const all = [...(await readLabelled()), ...readElsewhere(), ...readInvented()];
		await expect(written(learntFrom(all, readExpressions(), '2026.11'))).toMatchFileSnapshot('../../data/appris.yaml');
	}, 180_000);
});
