import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parseRows } from '../../src/lib/domain/import/row';
import type { CellValue } from '../../src/lib/domain/import/sheet';
import { findTable } from '../../src/lib/domain/import/template';
import { PlansFile } from '../../src/lib/domain/rules/referentiel';

const plans = PlansFile.parse(
	load(readFileSync(new URL('../../data/plans.yaml', import.meta.url), 'utf8'), { schema: CORE_SCHEMA })
);

const read = (rows: CellValue[][]) => {
	const { table } = findTable([{ nom: 'Plan', masquee: false, rows }], plans, 'pcaet');
	return parseRows(rows, table!, {
		fichier: 'plan.xlsx',
		feuille: 'Plan',
		plans,
		baseParDefaut: 'inconnu',
		dispositifs: new Map()
	});
};
const levels = (rows: CellValue[][]) =>
	read(rows).map((o) => (o.draft ? [o.draft.reference, o.draft.titre, o.draft.axe, o.draft.objectif] : o.raison));

describe('la hiérarchie d’un plan se lit à la numérotation de ses titres', () => {
	it('dans une colonne de numéros', () => {
		expect(
			levels([
				['N°', 'Intitulé', 'Porteur', 'Coût'],
				['1', 'Habiter', null, null],
				['1.1', 'Rénover', null, null],
				['1.1.1', 'Isoler l’école', 'Ville', 1000],
				['1.1.2', 'Isoler la mairie', 'Ville', 2000],
				['1.2', 'Construire', null, null],
				['1.2.1', 'Bâtir en bois', 'Bailleur', 3000],
				['2', 'Bouger', null, null],
				['2.1', 'Ouvrir une vélo-école', 'Asso', 500]
			])
		).toEqual([
			'titre de partie',
			'titre de partie',
			['1.1.1', 'Isoler l’école', '1. Habiter', '1.1. Rénover'],
			['1.1.2', 'Isoler la mairie', '1. Habiter', '1.1. Rénover'],
			'titre de partie',
			['1.2.1', 'Bâtir en bois', '1. Habiter', '1.2. Construire'],
			'titre de partie',
			['2.1', 'Ouvrir une vélo-école', '2. Bouger', null]
		]);
	});

	it('ou dans les titres eux-mêmes', () => {
		expect(
			levels([
				['Action', 'Porteur'],
				['1 - Habiter', null],
				['1.1 - Isoler l’école', 'Ville'],
				['2 - Bouger', null],
				['2.1 Ouvrir une vélo-école', 'Asso'],
				['2.2 Tracer des pistes', null]
			])
		).toEqual([
			'titre de partie',
			['1.1', 'Isoler l’école', '1. Habiter', null],
			'titre de partie',
			['2.1', 'Ouvrir une vélo-école', '2. Bouger', null],
			['2.2', 'Tracer des pistes', '2. Bouger', null]
		]);
	});

	it('une ligne qui dit autre chose que son titre reste une action', () => {
		expect(
			levels([
				['N°', 'Intitulé', 'Porteur'],
				['1', 'Rénover', 'Ville'],
				['1.1', 'Isoler l’école', 'Ville']
			]).map((l) => Array.isArray(l))
		).toEqual([true, true]);
	});

	it('des numéros sans enfants ne font pas de niveaux', () => {
		expect(
			levels([
				['N°', 'Intitulé', 'Porteur'],
				['1', 'Rénover', null],
				['2', 'Isoler l’école', 'Ville']
			])
		).toEqual([
			['1', 'Rénover', null, null],
			['2', 'Isoler l’école', null, null]
		]);
	});

	it('toutes les lignes restent comptées', () => {
		const outcomes = read([
			['N°', 'Intitulé', 'Porteur'],
			['1', 'Habiter', null],
			['1.1', 'Isoler', 'Ville'],
			[null, null, null],
			['1.2', 'Bâtir', 'Ville']
		]);
		expect(outcomes.map((o) => [o.ligne, o.etat])).toEqual([
			[2, 'ignoree'],
			[3, 'acceptee'],
			[4, 'ignoree'],
			[5, 'acceptee']
		]);
		expect(outcomes.every((o) => o.etat !== 'ignoree' || o.issues.length > 0)).toBe(true);
	});
});
