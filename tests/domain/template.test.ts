import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CORE_SCHEMA, load } from 'js-yaml';
import { REPEATABLE } from '../../src/lib/domain/import/header-assign';
import { PlansFile } from '../../src/lib/domain/rules/referentiel';
import type { CellValue, MappedColumn, Sheet } from '../../src/lib/domain/import/sheet';
import { findTable, matchHeaders } from '../../src/lib/domain/import/template';

const plans = PlansFile.parse(
	load(readFileSync(new URL('../../data/plans.yaml', import.meta.url), 'utf8'), { schema: CORE_SCHEMA })
);

const feuille = (nom: string, rows: CellValue[][], masquee = false): Sheet => ({ nom, masquee, rows });
const columns = (
	headers: CellValue[],
	rows: CellValue[][] = [],
	plan: 'pcaet' | 'contrat-de-ville' | 'plh' = 'pcaet'
) => matchHeaders(headers, (index) => rows.map((row) => row[index] ?? null), plans, plan);
const fields = (found: readonly MappedColumn[]) => found.map((c) => c.champ);

describe('un en-tête est compris quelle que soit sa graphie', () => {
	it.each([
		['Titre', 'titre'],
		[' TITRE DE L’ACTION ', 'titre'],
		["Intitulé de l'action *", 'titre'],
		['Intitule_action', 'titre'],
		['Structure pilote', 'porteur'],
		['Maître d’ouvrage', 'porteur'],
		['Maitre d ouvrage (MOA)', 'porteur'],
		['Élu·e référent·e ', 'elu'],
		['Partenaires\u00a0', 'partenaires'],
		['Quartier(s) concerné(s)', 'qpv'],
		['Date de\ndébut', 'date_debut'],
		['Échéance', 'date_fin'],
		['État d’avancement', 'statut'],
		['Budget prévisionnel total € HT', 'cout_investissement'],
		['Coût (en € TTC)', 'cout_investissement'],
		['Coût total du projet 2025', 'cout_investissement'],
		['Sous-sous axe (x.x.x)', 'objectif'],
		['N°', 'numero'],
		['N° de l’action', 'numero']
	])('%s', (header, champ) => {
		expect(columns([header])[0]).toMatchObject({ champ, entete: expect.any(String) });
		expect(columns([header])[0]!.confiance).toBeGreaterThanOrEqual(0.7);
	});

	it.each([
		'Actions liées',
		'Action en amélioration continue',
		'Taux',
		'Reste à financer',
		'Pointure',
		'Population_couverte'
	])('%s ne ressemble à rien de connu : la colonne reste libre', (header) => {
		expect(columns([header])[0]!.champ).toBeNull();
	});

	it('les mots propres à un plan l’emportent sur les mots communs', () => {
		expect(fields(columns(['Priorité'], [], 'pcaet'))).toEqual(['priorite']);
		expect(fields(columns(['Priorité'], [], 'contrat-de-ville'))).toEqual(['axe']);
	});

	it('la base d’un montant se lit dans l’en-tête', () => {
		expect(columns(['Coût HT', 'Montant demandé TTC', 'Titre']).map((c) => c.base)).toEqual(['HT', 'TTC', 'inconnu']);
	});

	it('des codes de quartiers parlent d’eux-mêmes', () => {
		expect(
			fields(
				columns(
					['Titre', 'Cible géographique'],
					[
						['a', 'QN05902M'],
						['b', 'QN06215M']
					]
				)
			)
		).toEqual(['titre', 'qpv']);
	});
});

describe('un champ a une seule colonne, sauf ceux qui se complètent', () => {
	it('la plus sûre est gardée', () => {
		const found = columns(['Nom du projet', 'Titre']);
		expect(found.filter((c) => c.champ === 'titre')).toHaveLength(1);
	});

	it('à égalité, la colonne remplie est préférée à la colonne vide', () => {
		const found = columns(
			['Titre', 'Intitulé'],
			[
				[null, 'Isoler l’école'],
				[null, 'Planter']
			]
		);
		expect(fields(found)).toEqual([null, 'titre']);
	});

	it('les colonnes qui se complètent sont toutes gardées', () => {
		expect(fields(columns(['Axe', 'Orientation', 'Notes', 'Observations']))).toEqual(['axe', 'axe', 'notes', 'notes']);
		expect(REPEATABLE.has('titre')).toBe(false);
	});

	it('un budget par année garde toutes ses années', () => {
		expect(fields(columns(['Titre', 'Budget 2025', 'Budget 2026']))).toEqual([
			'titre',
			'cout_investissement',
			'cout_investissement'
		]);
	});
});

describe('les colonnes de financement disent qui finance et où en est la demande', () => {
	const roles = (headers: CellValue[], rows: CellValue[][] = []) =>
		columns(headers, rows, 'contrat-de-ville').map((c) => [c.champ, c.role, c.financeur]);

	it.each([
		['Subvention Région sollicitée', 'demande', 'Région'],
		['P147 demandé', 'demande', 'P147'],
		['Montant obtenu DPV', 'obtenu', 'DPV'],
		['Subvention accordée', 'obtenu', null],
		['Fonds vert obtenu', 'obtenu', 'Fonds vert'],
		['montant_engage', 'obtenu', null],
		['Montant sollicité', 'demande', null],
		['Part Département', 'montant', 'Département'],
		['Autofinancement', 'montant', 'Autofinancement']
	])('%s', (header, role, financeur) => {
		expect(roles([header], [[12000], [5000]])).toEqual([['financements', role, financeur]]);
	});

	it('« Montant € HT » appartient au financeur qui le précède, le budget reste le coût', () => {
		const found = columns(
			['Titre', 'Financeur 1', 'Montant € HT', 'Financeur 2', 'Montant € HT', 'Budget prévisionnel total € HT'],
			[['a', 'Région', 50000, 'DREAL', 15000, 124566]]
		);
		expect(found.map((c) => [c.champ, c.role])).toEqual([
			['titre', null],
			['financements', 'financeur'],
			['financements', 'montant'],
			['financements', 'financeur'],
			['financements', 'montant'],
			['cout_investissement', null]
		]);
		expect(found[2]!.base).toBe('HT');
	});

	it('une liste d’aides attribuées : la subvention nue est de l’argent obtenu', () => {
		const found = columns(
			['dispositif', 'intitule', 'cout_ht', 'subvention'],
			[['DETR', 'École', '270000,0', '31455,0']]
		);
		expect(found.map((c) => [c.champ, c.role, c.base])).toEqual([
			['dispositif', null, 'inconnu'],
			['titre', null, 'inconnu'],
			['cout_investissement', null, 'HT'],
			['financements', 'obtenu', 'inconnu']
		]);
	});

	it('des phrases restent des phrases', () => {
		expect(roles(['Financements'], [['ANRU : 2,4 M€ ; Région'], ['à préciser']])).toEqual([
			['financements', null, null]
		]);
	});

	it('sous un bandeau « Financements sollicités », chaque colonne est un financeur', () => {
		const { table } = findTable(
			[
				feuille('Programmation', [
					['Action', null, 'Financements sollicités'],
					['Titre', 'Porteur', 'Région', 'CAF'],
					['Jardin partagé', 'Ville', 5000, 2000],
					['Vélo-école', 'Asso', null, 1500]
				])
			],
			plans,
			'contrat-de-ville'
		);
		expect(table?.ligneEntete).toBe(2);
		expect(table?.colonnes.slice(2).map((c) => [c.champ, c.role, c.financeur])).toEqual([
			['financements', 'demande', 'Région'],
			['financements', 'demande', 'CAF']
		]);
	});
});

describe('sous des financeurs nommés au-dessus', () => {
	it('« Demandé » et « Obtenu » répétés prennent le nom écrit au-dessus', () => {
		const { table } = findTable(
			[
				feuille('P', [
					[null, 'Région', null, 'CAF', null],
					['Action', 'Demandé', 'Obtenu', 'Demandé', 'Obtenu'],
					['Jardin partagé', 5000, 4000, 2000, 0]
				])
			],
			plans,
			'contrat-de-ville'
		);
		expect(table?.colonnes.slice(1).map((c) => [c.role, c.financeur])).toEqual([
			['demande', 'Région'],
			['obtenu', 'Région'],
			['demande', 'CAF'],
			['obtenu', 'CAF']
		]);
	});
});

describe('le tableau est trouvé où qu’il soit', () => {
	const actions: CellValue[][] = [
		['Titre', 'Descriptif', 'Porteur', 'Budget'],
		['Isoler l’école', 'Murs et toiture', 'Ville', 12000],
		['Planter des haies', null, 'EPCI', null]
	];

	it('sous un titre, une ligne vide et des bandeaux', () => {
		const rows = [['PCAET 2024-2030'], [], ['Présentation', null, 'Acteurs', 'Moyens'], ...actions];
		const { table, issues } = findTable([feuille('Actions', rows)], plans, 'pcaet');
		expect(table).toMatchObject({ feuille: 'Actions', ligneEntete: 4, premiereLigne: 5 });
		expect(table!.colonnes.map((c) => c.champ)).toEqual(['titre', 'description', 'porteur', 'cout_investissement']);
		expect(table!.colonnes[0]!.exemples).toEqual(['Isoler l’école', 'Planter des haies']);
		expect(issues).toEqual([]);
	});

	it('les feuilles masquées, de listes ou de mode d’emploi passent après', () => {
		const { table, candidates } = findTable(
			[
				feuille('Mode d’emploi', [
					['Titre', 'Description', 'Porteur', 'Statut', 'Budget'],
					['x', 'y', 'z', 'En cours', 1]
				]),
				feuille(
					'Ancien',
					[
						['Titre', 'Descriptif', 'Porteur', 'Budget', 'Statut'],
						['a', 'b', 'c', 1, 'En cours']
					],
					true
				),
				feuille('Actions', actions)
			],
			plans,
			'pcaet'
		);
		expect(table?.feuille).toBe('Actions');
		expect(candidates[0]).toEqual({ feuille: 'Actions', lignes: 2, reconnues: 4 });
		expect(candidates).toHaveLength(3);
	});

	it('la feuille demandée est lue, et une feuille absente est dite', () => {
		const sheets = [feuille('Axe 1', actions), feuille('Axe 2', [...actions, ['Trier', null, 'Ville', null]])];
		expect(findTable(sheets, plans, 'pcaet', { feuille: 'axe 1' }).table?.feuille).toBe('Axe 1');
		const missing = findTable(sheets, plans, 'pcaet', { feuille: 'Axe 9' });
		expect(missing.table).toBeNull();
		expect(missing.issues[0]).toMatchObject({ code: 'code-inconnu', severity: 'bloquant' });
	});

	it('une autre feuille d’actions n’est pas oubliée en silence', () => {
		const { issues } = findTable([feuille('Axe 1', actions), feuille('Axe 2', actions)], plans, 'pcaet');
		expect(issues).toMatchObject([{ code: 'ligne-ecartee', severity: 'a-verifier', where: { sheet: 'Axe 2' } }]);
	});

	it('une colonne inconnue et une colonne en double sont dites, avec leur en-tête', () => {
		const { issues } = findTable(
			[
				feuille('F', [
					['Titre', 'Statut', 'État', 'Pointure'],
					['a', 'En cours', 'En cours', 50.1],
					['b', 'Réalisé', null, 50.2]
				])
			],
			plans,
			'pcaet'
		);
		expect(issues.map((i) => [i.code, i.where.column, i.where.row])).toEqual([
			['colonne-ambigue', 'État', 1],
			['colonne-inconnue', 'Pointure', 1]
		]);
	});

	it('une colonne sans titre est montrée sous sa lettre, avec ses valeurs ; une ligne qui déborde n’en fait pas une', () => {
		const [head, ...rows] = actions;
		const wide = (row: readonly CellValue[], more: CellValue) => [row[0]!, more, ...row.slice(1)];
		const sheet = feuille('F', [wide(head!, null), ...rows.map((row, i) => wide(row, i === 1 ? 'Mme Roux' : null))]);
		const { table, issues } = findTable([sheet], plans, 'pcaet');
		expect(table?.colonnes.at(-1)).toMatchObject({
			...{ index: 1, entete: 'Colonne B, sans titre', champ: null, exemples: ['Mme Roux'] }
		});
		expect(issues).toMatchObject([{ code: 'colonne-inconnue', severity: 'info', found: 'Mme Roux' }]);
	});

	it('une ligne plus longue que ses en-têtes est signalée', () => {
		const { issues } = findTable([feuille('F', [...actions, ['a', 'b', 'c', '1', 'd']])], plans, 'pcaet');
		expect(issues).toMatchObject([{ code: 'valeur-suspecte', where: { row: 4 }, found: 'd' }]);
	});

	it('sans colonne d’intitulé, rien ne peut être importé et on le dit', () => {
		const { table, issues } = findTable(
			[
				feuille('F', [
					['Porteur', 'Statut', 'Budget'],
					['Ville', 'En cours', 1]
				])
			],
			plans,
			'pcaet'
		);
		expect(table).not.toBeNull();
		expect(issues[0]).toMatchObject({ code: 'titre-absent', severity: 'bloquant' });
	});

	it('un classeur sans tableau d’actions est refusé avec un conseil', () => {
		const { table, issues } = findTable([feuille('Notes', [['bonjour'], ['à tous']])], plans, 'pcaet');
		expect(table).toBeNull();
		expect(issues[0]).toMatchObject({ severity: 'bloquant', hint: expect.stringContaining('Titre') });
	});
});

describe('la base d’un financement, dans une colonne à part', () => {
	it('« Base 1 », à côté d’un financeur et de son montant, dit HT ou TTC et rien d’autre', () => {
		const found = columns(
			['Titre', 'Financeur 1', 'Montant 1', 'Base 1', 'Financeur 2', 'Montant 2', 'HT/TTC'],
			[
				['Isoler', 'Région', 1200, 'HT', 'CAF', 900, 'TTC'],
				['Planter', 'État', 3000, null, 'CAF', 50, 'HT']
			]
		);
		expect(fields(found).slice(1)).toEqual(Array(6).fill('financements'));
		expect(found.map((c) => c.role)).toEqual([null, 'financeur', 'montant', 'base', 'financeur', 'montant', 'base']);
	});
});
