import { bench, describe } from 'vitest';
import { classify } from '../src/lib/domain/crossing/classify';
import {
	hasData,
	measure,
	readElsewhere,
	readInvented,
	readLabelled,
	readLexicon,
	table,
	tableByCode
} from '../tests/classement/mesure';

const lexicon = readLexicon();
const invented = readInvented().map((one) => one.titre);
// Figures are only worth something on titles that did not serve to write the lexicon.
const lots = [...(hasData ? await readLabelled() : []), ...readElsewhere()];
if (!hasData) console.info('classement : titres réels absents, seuls les titres inventés sont mesurés');
for (const [nom, moities] of [
	['contrôle et réserve', ['controle', 'reserve']],
	['témoin', ['temoin']],
	['fraîche', ['fraiche']],
	['finale et ultime', ['finale', 'ultime']]
] as const) {
	const lot = lots.filter((one) => (moities as readonly string[]).includes(one.moitie));
	if (lot.length === 0) continue;
	const found = measure(lot, lexicon);
	console.info(table(nom, found));
	console.info(tableByCode(nom, found));
}

const titles = Array.from({ length: 60_000 }, (_, index) => invented[index % invented.length] ?? '');

describe('classement', () => {
	bench('60 000 titres', () => {
		for (const titre of titles) classify({ titre }, lexicon);
	});
});
