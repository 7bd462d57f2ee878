import { beforeAll, describe, expect, it } from 'vitest';
import { buildPlaces, type Places } from '../../src/lib/domain/places/reach';
import { open } from '../../src/lib/server/db/client';
import { correspondancesOf, quartiersOf, saveQuartiers, saveTerritory } from '../../src/lib/server/db/territories';
import { importCorrespondances } from '../../src/lib/server/quartiers/correspondances';
import { aQuartier, aTerritory, AUBRELLE, VERMOY } from '../fixtures/build';
import { GLACIS, lu, PARC, PYRAMIDES } from '../fixtures/lieux';

/* The table of 2015 and 2024 codes also gives the names of 2015, which older plans still use: e explicite, a aucune, i inconnu. */

const TABLE = `qp2024,label_qp2024,statut,qp2015,label_qp2015
${PYRAMIDES},Les Pyramides,MODIFIE,QPZZZ001,ZUP Bellombre
${GLACIS},Les Glacis,MODIFIE,QPZZZ002,Grand Lavoir
${PARC},Cité du Parc,MODIFIE,QPZZZ002,Grand Lavoir
${PARC},Cité du Parc,MODIFIE,QPZZZ003,Les Glacis
${PARC},Cité du Parc,MODIFIE,QPZZZ004,Centre Ville
`;
const quartiers = [
	aQuartier({ code: PYRAMIDES, nom: 'Les Pyramides' }),
	aQuartier({ code: GLACIS, nom: 'Les Glacis' }),
	aQuartier({ code: PARC, nom: 'Cité du Parc', communes: [VERMOY] })
];
let places: Places;
beforeAll(async () => {
	const db = await open(':memory:');
	const territory = aTerritory({ communes: [AUBRELLE, VERMOY] });
	await saveTerritory(db, territory);
	await saveQuartiers(db, quartiers, { source: 'essai', le: '2026-11-30' });
	await importCorrespondances(db, new TextEncoder().encode(TABLE), 'table.csv', { le: '2026-11-30' });
	places = buildPlaces({
		territory,
		quartiers: await quartiersOf(db, territory.code),
		correspondances: await correspondancesOf(db),
		tousLesQuartiers: []
	});
});
const said = (cell: string, column: 'quartiers' | 'communes' = 'quartiers') => lu({ [column]: [cell] }, places);
/** In the order of the names: Cité du Parc, Les Glacis, Les Pyramides. */
const at = (...codes: string[]) => places.quartiers.map((q) => (codes.includes(q.code) ? 'e' : 'a')).join('');

describe('le nom qu’un quartier avait en 2015', () => {
	it.each(['ZUP Bellombre', 'Zup Bellombre', 'Aubrelle - ZUP Bellombre'])(
		'« %s » le désigne, et la preuve le dit',
		(cell) => {
			for (const column of ['quartiers', 'communes'] as const) {
				const { niveaux, questions, preuves } = said(cell, column);
				expect([niveaux.replace('c', 'e'), questions]).toEqual([at(PYRAMIDES), []]);
				expect(preuves).toContain(`${cell} (son nom de 2015)`);
			}
		}
	);

	it('deux quartiers en sont venus : lequel, c’est une question', () => {
		expect(said('Grand Lavoir')).toMatchObject({ questions: [{ raison: 'ambigu' }] });
		expect(said('Grand Lavoir').niveaux).not.toMatch(/[ec]/);
	});

	it('un nom porté aujourd’hui est celui d’aujourd’hui ; « Centre Ville » n’en désigne aucun', () => {
		expect(said('Les Glacis')).toMatchObject({ niveaux: at(GLACIS), questions: [] });
		expect(said('Centre Ville').niveaux).not.toMatch(/[ec]/);
	});

	it('une école qui porte ce nom ne place pas l’action', () => {
		expect(lu({ titre: 'Rénover l’école Bellombre', plan: 'pcaet' }, places).niveaux).toBe('ddd');
	});
});
