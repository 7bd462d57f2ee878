import { expect, it } from 'vitest';
import { buildPlaces } from '../../src/lib/domain/places/reach';
import { aCommune, aQuartier, aTerritory, VERMOY } from '../fixtures/build';
import { lu } from '../fixtures/lieux';

/* « Lestrelle », where the commune is « Lestrelle-le-Mont »: proposed, as a name one letter off is. Invented. */

const MONT = aCommune('ZZ011', 'Lestrelle-le-Mont');
const [BAS, HAUT] = [aCommune('ZZ012', 'Sorbay-le-Bas'), aCommune('ZZ013', 'Sorbay-le-Haut')];
const places = buildPlaces({
	territory: aTerritory({ communes: [MONT, BAS, HAUT, VERMOY] }),
	quartiers: [
		aQuartier({ code: 'QNZZZ01N', nom: 'Les Vanniers', communes: [MONT] }),
		aQuartier({ code: 'QNZZZ02N', nom: 'Le Lac', communes: [MONT] }),
		aQuartier({ code: 'QNZZZ03N', nom: 'Les Glacis', communes: [VERMOY] })
	],
	correspondances: new Map(),
	tousLesQuartiers: ['tous les QPV']
});

it.each(['QPV de Lestrelle', 'Les 2 QPV de Lestrelle', 'Lestrelle'])(
	'« %s » sous « Quartier » propose les quartiers de la commune, et laisse les autres',
	(cell) => {
		const { niveaux, questions } = lu({ quartiers: [cell] }, places);
		expect(niveaux).toBe('iia');
		expect(questions).toMatchObject([{ raison: 'proche', proches: [{ nom: 'Les Vanniers' }, { nom: 'Le Lac' }] }]);
	}
);

it('sous « Commune », elle est demandée là seulement', () => {
	expect(lu({ communes: ['Lestrelle'] }, places).niveaux).toBe('iia');
});

it('deux communes qui commencent ainsi n’en proposent aucune, et un nom entier n’est pas un abrégé', () => {
	expect(lu({ quartiers: ['QPV de Sorbay'] }, places).questions).toMatchObject([{ raison: 'inconnu', proches: [] }]);
	expect(lu({ quartiers: ['QPV de Lestrelle-le-Mont'] }, places).niveaux).toBe('eea');
});
