import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { standUp } from '../../src/lib/domain/import/column-sheets';
import { toldAtOrigin } from '../../src/lib/domain/import/fiche';
import { parseRows } from '../../src/lib/domain/import/row';
import type { CellValue, Sheet } from '../../src/lib/domain/import/sheet';
import { findTable } from '../../src/lib/domain/import/template';
import { PlansFile } from '../../src/lib/domain/rules/referentiel';

const plans = PlansFile.parse(
	load(readFileSync(new URL('../../data/plans.yaml', import.meta.url), 'utf8'), { schema: CORE_SCHEMA })
);
const sheet = (nom: string, rows: CellValue[][]): Sheet => ({ nom, masquee: false, rows });

const rows: CellValue[][] = [
	['Programme d’actions', null, null, null],
	['Titre', 'Rénover l’école', 'Planter des haies', 'Ouvrir une vélo-école'],
	['Porteur', 'Ville', 'Syndicat', 'Asso'],
	['Budget', 1000, 2000, 3000],
	['Statut', 'En cours', 'À venir', 'Réalisé'],
	['Commentaire', null, 'Sur le plateau', null]
];

describe('une action par colonne', () => {
	it('se lit comme une table debout, la colonne servant d’origine', () => {
		const [upright] = standUp([sheet('Plan', rows)], plans, 'pcaet');
		const { table } = findTable([upright!], plans, 'pcaet');
		const outcomes = parseRows(upright!.rows, table!, {
			fichier: 'plan.xlsx',
			feuille: 'Plan',
			plans,
			baseParDefaut: 'inconnu',
			dispositifs: new Map()
		}).map((outcome) => toldAtOrigin(outcome, upright));
		expect(outcomes.map((o) => [o.draft?.titre, o.draft?.budget?.euros, o.draft?.origine.feuille])).toEqual([
			['Rénover l’école', 1000, 'Plan, colonne B'],
			['Planter des haies', 2000, 'Plan, colonne C'],
			['Ouvrir une vélo-école', 3000, 'Plan, colonne D']
		]);
		expect(outcomes.map((o) => o.draft?.origine.ligne)).toEqual([2, 2, 2]);
		expect(outcomes[1]!.draft!.notes).toBe('Sur le plateau');
	});

	it('une fiche, un tableau ou une liste restent ce qu’ils sont', () => {
		const others = [
			sheet(
				'Fiche',
				rows.map((row) => row.slice(0, 2))
			),
			sheet('Actions', [
				['Titre', 'Porteur', 'Statut', 'Budget'],
				['Rénover', 'Ville', 'En cours', 1000],
				['Planter', 'Syndicat', 'À venir', 2000]
			]),
			sheet('Notes', [['Réunion du 3 mars'], ['Présents : tous']])
		];
		expect(standUp(others, plans, 'pcaet')).toEqual(others);
	});
});
