import { bench, describe } from 'vitest';
import { classify } from '../src/lib/domain/crossing/classify';
import { readInvented, readLexicon } from '../tests/classement/mesure';

const lexicon = readLexicon();
const invented = readInvented().map((one) => one.titre);
const titles = Array.from({ length: 60_000 }, (_, index) => invented[index % invented.length] ?? '');

describe('classement', () => {
	bench('60 000 titres', () => {
		for (const titre of titles) classify({ titre }, lexicon);
	});
});
