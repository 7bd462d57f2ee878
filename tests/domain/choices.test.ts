import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { applyColumnChoices, columnKeys, issuesAfterChoices } from '../../src/lib/domain/import/choices';
import { understandingOf } from '../../src/lib/domain/import/column-reading';
import { glance, locateTables } from '../../src/lib/domain/import/header-by-hand';
import { columnName } from '../../src/lib/domain/import/issue-cells';
import { parseRows } from '../../src/lib/domain/import/row';
import { splitCell } from '../../src/lib/domain/import/row-values';
import type { CellValue, Sheet, Table } from '../../src/lib/domain/import/sheet';
import { findTable } from '../../src/lib/domain/import/template';
import { PlansFile } from '../../src/lib/domain/rules/referentiel';

const plans = PlansFile.parse(load(readFileSync('data/plans.yaml', 'utf8'), { schema: CORE_SCHEMA }));
const nowhere = { quartier: () => false, commune: () => false };
const sheet = (...rows: CellValue[][]): Sheet => ({ nom: 'Feuille1', masquee: false, rows });
const tableOf = (s: Sheet): Table => findTable([s], plans, 'autre').table!;
const read = (s: Sheet, table: Table, more: { annee?: number } = {}) =>
	parseRows(s.rows, table, {
		fichier: 'essai.csv',
		feuille: s.nom,
		plans,
		baseParDefaut: 'inconnu',
		dispositifs: new Map(),
		...more
	}).map((o) => o.draft!);
const choice = { champ: null, separateur: null } as const;

describe('ce qu’une personne choisit pour une colonne', () => {
	const rows = sheet(
		['Titre', 'Remarque du chef', 'Partenaires', 'Enveloppe (k€)'],
		['Ouvrir une ressourcerie', 'Marie Durand', 'ADEME, Région / CAF', 120],
		['Planter la cour', 'Paul Petit', 'Ville', 30]
	);

	test('remplace ce qui avait été compris, et devient sûr', () => {
		const table = applyColumnChoices(tableOf(rows), { 'remarque du chef': { ...choice, champ: 'pilote' } });
		expect(table.colonnes[1]).toMatchObject({ champ: 'pilote', confiance: 1, choisie: true });
		expect(read(rows, table)[0]).toMatchObject({ pilote: 'Marie Durand' });
	});

	test('un montant choisi garde l’unité de son en-tête, ou prend celle qui est dite', () => {
		const amount = { ...choice, champ: 'cout_investissement' as const };
		const key = columnKeys(tableOf(rows).colonnes)[3]!;
		const own = applyColumnChoices(tableOf(rows), { [key]: amount });
		expect(read(rows, own)[0]?.budget).toEqual({ euros: 120_000, base: 'inconnu', max: null });
		const said = applyColumnChoices(tableOf(rows), { [key]: { ...amount, base: 'TTC', unite: 1 } });
		expect(read(rows, said)[0]?.budget).toEqual({ euros: 120, base: 'TTC', max: null });
	});

	test('deux en-têtes pareils se distinguent par leur rang', () => {
		const twice = sheet(['Titre', 'Description', 'Contact', 'Contact'], ['Isoler l’école', 'Toit', 'Marie', 'Paul']);
		const table = applyColumnChoices(tableOf(twice), {
			contact: choice,
			'contact#2': { ...choice, champ: 'pilote' }
		});
		expect(read(twice, table)[0]).toMatchObject({ pilote: 'Paul' });
	});

	test('écarte la question posée sur son en-tête, et seulement celle-là', () => {
		const { table, issues } = findTable([rows], plans, 'autre');
		const before = issuesAfterChoices(issues, [table!]);
		expect(before.map((i) => i.where.column)).toContain('Remarque du chef');
		const chosen = applyColumnChoices(table!, { 'remarque du chef': choice });
		const after = issuesAfterChoices(issues, [chosen]);
		expect(after).toHaveLength(before.length - 1);
	});

	test('retirer la colonne du titre se dit : aucune action ne pourrait être lue', () => {
		const { table, issues } = findTable([rows], plans, 'autre');
		const chosen = applyColumnChoices(table!, { titre: choice });
		expect(issuesAfterChoices(issues, [chosen])).toContainEqual(expect.objectContaining({ code: 'titre-absent' }));
	});
});

describe('le séparateur d’une liste', () => {
	test.each([
		['ADEME, Région / CAF', undefined, ['ADEME', 'Région / CAF']],
		['ADEME, Région / CAF', '/', ['ADEME, Région', 'CAF']],
		['ADEME, Région / CAF', '', ['ADEME, Région / CAF']],
		['Lens ; Liévin, Avion', ';', ['Lens', 'Liévin, Avion']],
		['Lens\nLiévin, Avion', '\n', ['Lens', 'Liévin, Avion']],
		['Lens|Liévin', '|', ['Lens', 'Liévin']]
	])('%j coupé par %j', (text, separateur, expected) => {
		expect(splitCell(text, separateur)).toEqual(expected);
	});

	test('choisi pour une colonne, il vaut pour toutes ses cellules', () => {
		const rows = sheet(['Titre', 'Partenaires'], ['Isoler', 'Direction eau, air / CAF'], ['Planter', 'Ville']);
		const table = applyColumnChoices(tableOf(rows), { partenaires: { champ: 'partenaires', separateur: '/' } });
		expect(read(rows, table)[0]?.partenaires).toEqual(['Direction eau, air', 'CAF']);
	});
});

describe('l’année choisie pour le fichier', () => {
	const rows = sheet(
		['Titre', 'Description', 'Début', 'Fin'],
		['Isoler l’école', 'Toiture', null, null],
		['Planter la cour', 'Arbres', '01/03/2024', null]
	);

	test('ne date que les lignes qui ne disent rien, et dit qu’elle ne vient pas du fichier', () => {
		const [blank, dated] = read(rows, tableOf(rows), { annee: 2025 });
		expect(blank?.dates).toEqual({
			debut: '2025-01-01',
			fin: '2025-12-31',
			texte: '2025, année choisie pour le fichier'
		});
		expect(dated?.dates).toMatchObject({ debut: '2024-03-01' });
		expect(dated?.dates?.texte ?? '').not.toContain('2025');
	});

	test('sans année choisie, un vide reste vide', () => {
		expect(read(rows, tableOf(rows))[0]?.dates).toBeNull();
	});
});

describe('un tableau que rien ne fait reconnaître', () => {
	const unknown = sheet(
		['Suivi interne', null, null],
		['Bidule', 'Machin', null],
		['Isoler l’école', 'Marie', 'oui'],
		['Planter la cour', 'Paul', 'non']
	);

	test('propose la première ligne aussi large que le tableau, à confirmer', () => {
		const found = locateTables([unknown], plans, 'autre', {}, nowhere);
		expect(found.devinee).toBe(true);
		expect(found.tables[0]).toMatchObject({ ligneEntete: 2, premiereLigne: 3 });
		expect(found.tables[0]!.colonnes.map((c) => [c.entete, c.exemples[0]])).toEqual([
			['Bidule', 'Isoler l’école'],
			['Machin', 'Marie'],
			['Colonne C', 'oui']
		]);
	});

	test('prend la ligne qu’une personne désigne', () => {
		const found = locateTables([unknown], plans, 'autre', { feuille: 'Feuille1', ligneEntete: 3 }, nowhere);
		expect(found).toMatchObject({ devinee: false, tables: [{ ligneEntete: 3, premiereLigne: 4 }] });
	});

	test('refuse une ligne vide ou hors de la feuille, en le disant', () => {
		const found = locateTables([unknown], plans, 'autre', { ligneEntete: 40 }, nowhere);
		expect(found.tables).toEqual([]);
		expect(found.issues[0]?.message).toContain('ligne 40');
	});

	test('n’invente pas de tableau dans une feuille d’une colonne', () => {
		expect(locateTables([sheet(['Bonjour'], ['à tous'])], plans, 'autre', {}, nowhere).tables).toEqual([]);
	});

	test('montre les premières lignes, longues cellules coupées', () => {
		const rows = glance(sheet([null], ['a'.repeat(80), 'b']));
		expect(rows).toHaveLength(1);
		expect(rows[0]).toMatchObject({ ligne: 2, cellules: [expect.stringMatching(/^a{47}…$/), 'b'] });
		expect([0, 25, 26, 27].map(columnName)).toEqual(['A', 'Z', 'AA', 'AB']);
	});
});

describe('pourquoi une colonne a été comprise ainsi', () => {
	test.each([
		['Intitulé de l’action', 'titre', 1, 'sur', 'même libellé'],
		['Coût prévisionnel', 'cout_investissement', 0.97, 'sur', 'synonyme connu'],
		['Zone', 'qpv', 0.9, 'sur', 'à l’allure des valeurs'],
		['Sorte de titre', 'titre', 0.6, 'a-verifier', 'mots de l’en-tête']
	] as const)('« %s » lu comme %s', (entete, champ, confiance, surete, raison) => {
		expect(understandingOf({ entete, champ, confiance, exemples: [] }, plans, 'autre')).toEqual({ surete, raison });
	});

	test('une colonne choisie ou non lue n’a pas de raison à donner', () => {
		const base = { entete: 'x', confiance: 0, exemples: [] };
		expect(understandingOf({ ...base, champ: null }, plans, 'autre').surete).toBe('non-lu');
		expect(understandingOf({ ...base, champ: 'titre', lecture: { choisie: true } }, plans, 'autre').surete).toBe(
			'choisi'
		);
	});
});
