import { bench, describe } from 'vitest';
import { classify } from '../src/lib/domain/crossing/classify';
import {
	hasData,
	measure,
	readInvented,
	readLabelled,
	readLexicon,
	table,
	tableByCode
} from '../tests/classement/mesure';

const lexicon = readLexicon();
const invented = readInvented().map((one) => one.titre);
// Figures are only worth something on titles that did not serve to write the lexicon.
if (hasData) {
	const labelled = (await readLabelled()).filter((one) => one.moitie === 'controle' || one.moitie === 'reserve');
	const found = measure(labelled, lexicon);
	console.info(table('contrôle et réserve', found));
	console.info(tableByCode('contrôle et réserve', found));
} else console.info('classement : titres réels absents, mesures passées');

const titles = Array.from({ length: 60_000 }, (_, index) => invented[index % invented.length] ?? '');

describe('classement', () => {
	bench('60 000 titres', () => {
		for (const titre of titles) classify({ titre }, lexicon);
	});
});
