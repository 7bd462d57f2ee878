import { describe, expect, it } from 'vitest';
import { buildPlaces } from '../../src/lib/domain/places/reach';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aCommune, aQuartier, aTerritory, AUBRELLE, VERMOY } from '../fixtures/build';
import { lu } from '../fixtures/lieux';

/* e explicite, a aucune, p probable; Tannebert, Tannebert-Sud, Sud, Les Glacis. */

const places = buildPlaces({
	territory: aTerritory({ communes: [AUBRELLE, VERMOY, aCommune('ZZ991', 'Aubrelle-les-Eaux')] }),
	quartiers: [
		aQuartier({ code: 'QNZZZ31N', nom: 'Tannebert' }),
		aQuartier({ code: 'QNZZZ32N', nom: 'Tannebert-Sud' }),
		aQuartier({ code: 'QNZZZ33N', nom: 'Sud', communes: [VERMOY] }),
		aQuartier({ code: 'QNZZZ34N', nom: 'Les Glacis', communes: [VERMOY] })
	],
	correspondances: new Map(),
	tousLesQuartiers: loadReferentiel().plans.tous_les_quartiers
});
const niveaux = (cell: string) => lu({ quartiers: [cell] }, places).niveaux;

describe('un quartier dont le nom contient celui d’un autre', () => {
	it.each([
		'Tannebert / Tannebert-Sud',
		'Tannebert-Sud / Tannebert',
		'Tannebert/Tannebert-Sud',
		'Tannebert et Tannebert-Sud',
		'Tannebert + Tannebert Sud',
		'Tannebert & Tannebert-Sud',
		'Tannebert - Tannebert-Sud',
		'Quartiers Tannebert et Tannebert-Sud',
		'Tannebert (ouest) / Tannebert-Sud',
		'Tannebert Tannebert-Sud'
	])('« %s » nomme les deux', (cell) => {
		expect(niveaux(cell)).toBe('eeaa');
		expect(lu({ communes: [cell] }, places).niveaux).toBe('eeaa');
	});

	it('seul, chacun reste le sien, dans n’importe quel ordre de ses mots', () => {
		expect(niveaux('Tannebert')).toBe('eaaa');
		expect(niveaux('Tannebert Sud')).toBe('aeaa');
		expect(niveaux('Sud - Tannebert')).toBe('aeaa');
	});

	it('deux noms joints par « et » ne font pas le nom d’un troisième', () => {
		expect(niveaux('Tannebert et Sud')).toBe('eaea');
		expect(niveaux('Les Glacis et Tannebert')).toBe('eaae');
	});

	it('deux communes dont un nom contient l’autre aussi', () => {
		expect(lu({ communes: ['Aubrelle / Aubrelle-les-Eaux'] }, places).niveaux).toBe('ppaa');
	});

	it('« et autres QPV » ne dit pas lesquels : aucun n’est écarté', () => {
		expect(niveaux('Les Glacis et autres QPV')).toBe('iiie');
		expect(niveaux('Les Glacis et autres quartiers prioritaires')).toBe('iiie');
	});
});
