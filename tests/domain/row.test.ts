import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CORE_SCHEMA, load } from 'js-yaml';
import type { Champ } from '../../src/lib/domain/action';
import { summarise } from '../../src/lib/domain/import/import-report';
import { PlansFile } from '../../src/lib/domain/rules/referentiel';
import { parseRow, parseRows } from '../../src/lib/domain/import/row';
import type { RowContext } from '../../src/lib/domain/import/row-draft';
import { isRegional, sameTerritory } from '../../src/lib/domain/import/row-territory';
import { splitList, splitReference } from '../../src/lib/domain/import/row-values';
import type { CellValue, MappedColumn, Table } from '../../src/lib/domain/import/sheet';
import type { Commune } from '../../src/lib/domain/territory';

const plans = PlansFile.parse(load(readFileSync('data/plans.yaml', 'utf8'), { schema: CORE_SCHEMA }));

const column = (
	index: number,
	entete: string,
	champ: Champ | null,
	more: Partial<MappedColumn> = {}
): MappedColumn => ({
	index,
	entete,
	champ,
	confiance: 1,
	role: null,
	financeur: null,
	base: 'inconnu',
	exemples: [],
	...more
});

/** « Titre:titre | Coût:cout_investissement » → a table whose header is on row 1. */
const table = (...columns: readonly (readonly [string, Champ | null])[]): Table => ({
	feuille: 'Actions',
	ligneEntete: 1,
	premiereLigne: 2,
	colonnes: columns.map(([entete, champ], i) => column(i, entete, champ))
});

const context: RowContext = {
	fichier: 'plan.xlsx',
	feuille: 'Actions',
	plans,
	baseParDefaut: 'inconnu',
	dispositifs: new Map([['fonds vert', 'fonds-vert']])
};

const draftOf = (cells: readonly CellValue[], t: Table, more: Partial<RowContext> = {}) =>
	parseRow(cells, 5, t, { ...context, ...more }).draft;

const lens = {
	nom: 'CA de Lens - Liévin',
	code: '246200364',
	communes: [
		{ code: '62498', nom: 'Lens' },
		{ code: '62510', nom: 'Liévin' }
	] as unknown as Commune[],
	lieuxConnus: new Set(['lens', 'abbecourt', 'dunkerque', 'ca du pays de saint omer', 'pays saint omer'])
};

describe('une ligne devient une action', () => {
	test('seul le titre est exigé, le reste reste vide sans être zéro', () => {
		const t = table(['Titre', 'titre'], ['Coût', 'cout_investissement'], ['Statut', 'statut'], ['Publics', 'publics']);
		const outcome = parseRow(['Rénover l’école', null, null, null], 5, t, context);
		expect(outcome).toMatchObject({ etat: 'acceptee', issues: [], raison: null });
		expect(outcome.draft).toMatchObject({ budget: null, statut: null, publics: [], financements: [], dates: null });
		expect(outcome.draft?.origine).toEqual({ fichier: 'plan.xlsx', feuille: 'Actions', ligne: 5 });
	});

	test('une ligne remplie sans titre est rejetée avec son numéro', () => {
		const t = table(['Titre', 'titre'], ['Porteur', 'porteur']);
		const outcome = parseRow([null, 'Ville de Lens'], 61, t, context);
		expect(outcome.etat).toBe('rejetee');
		expect(outcome.issues).toHaveLength(1);
		expect(outcome.issues[0]).toMatchObject({ code: 'titre-absent', severity: 'bloquant', where: { row: 61 } });
		expect(outcome.issues[0]?.message).toMatch(/^Ligne 61\u00a0: ni titre ni référence/);
	});

	test('un zéro écrit reste zéro, un tiret reste un vide', () => {
		const t = table(['Titre', 'titre'], ['Coût', 'cout_investissement']);
		expect(draftOf(['A', 0], t)?.budget).toEqual({ euros: 0, base: 'inconnu', max: null });
		expect(draftOf(['A', '-'], t)?.budget).toBeNull();
	});

	test('la base écrite dans l’en-tête vaut pour le montant', () => {
		const t: Table = {
			...table(['Titre', 'titre']),
			colonnes: [column(0, 'Titre', 'titre'), column(1, 'Coût HT', 'cout_investissement', { base: 'HT' })]
		};
		expect(draftOf(['A', 2400], t)?.budget).toMatchObject({ euros: 2400, base: 'HT' });
	});

	test('la sous-action donne le titre, l’action au-dessus devient son objectif', () => {
		const t = table(
			['orientation_num', 'axe'],
			['orientation', 'axe'],
			['action', 'titre'],
			['sous_action', 'sous_action'],
			['n', 'numero']
		);
		expect(draftOf(['1', 'Construire', 'Le foncier', 'Analyser le foncier', '1-2-1'], t)).toMatchObject({
			axe: '1. Construire',
			objectif: 'Le foncier',
			titre: 'Analyser le foncier',
			reference: '1-2-1'
		});
		expect(draftOf(['1', 'Construire', 'Le foncier', null, '1-2'], t)).toMatchObject({
			titre: 'Le foncier',
			objectif: null
		});
	});

	test.each([
		['ACTION 8 - Faire connaître', '8', 'Faire connaître'],
		['A-3\tIsoler les logements', 'A-3', 'Isoler les logements'],
		['Suivre le plan (1.2.1)', '1.2.1', 'Suivre le plan'],
		['2. Plan de mobilité', '2', 'Plan de mobilité'],
		['3.2.1 Animer la démarche', '3.2.1', 'Animer la démarche'],
		['2025 - 2028 : voiries', null, '2025 - 2028 : voiries'],
		['100 logements neufs', null, '100 logements neufs'],
		['Aides (2024)', null, 'Aides (2024)']
	])('le numéro écrit dans le titre « %s » est lu à part', (text, reference, titre) => {
		expect(splitReference(text)).toEqual({ reference, titre });
	});

	test('un statut écrit autrement est compris et dit', () => {
		const t = table(['Titre', 'titre'], ['Statut', 'statut']);
		expect(parseRow(['A', 'en cours'], 5, t, context)).toMatchObject({ issues: [], draft: { statut: 'en-cours' } });
		const synonym = parseRow(['A', 'Terminé'], 5, t, context);
		expect(synonym.draft?.statut).toBe('realise');
		expect(synonym.issues.map((i) => [i.code, i.severity])).toEqual([['statut-interprete', 'info']]);
		const negated = parseRow(['A', 'Non démarrée'], 5, t, context);
		expect(negated.draft?.statut).toBe('a-venir');
		const unknown = parseRow(['A', 'Bleu'], 5, t, context);
		expect(unknown.draft?.statut).toBeNull();
		expect(unknown.issues.map((i) => i.code)).toEqual(['statut-inconnu']);
	});

	test('une priorité écrite autrement est comprise et dite, un autre mot reste tel quel', () => {
		const t = table(['Titre', 'titre'], ['Priorité', 'priorite']);
		const level = (text: CellValue) => parseRow(['A', text], 5, t, context);
		expect(level('Élevé')).toMatchObject({ issues: [], draft: { priorite: 'Élevé' } });
		for (const text of ['Haute', 'forte', 'P1', 1, '+++'])
			expect(level(text)).toMatchObject({
				draft: { priorite: 'Élevé' },
				issues: [{ code: 'priorite-interpretee', severity: 'info', found: String(text) }]
			});
		expect(level('Vague 2026')).toMatchObject({ issues: [], draft: { priorite: 'Vague 2026' } });
	});

	test('une liste se coupe aux virgules, points-virgules, barres et retours, jamais dans une parenthèse', () => {
		expect(splitList('AMEVA,BRGM ; CD80 | FDE80\nDREAL (État, Région)')).toEqual([
			'AMEVA',
			'BRGM',
			'CD80',
			'FDE80',
			'DREAL (État, Région)'
		]);
		expect(splitList('2,5 ETP, un stagiaire')).toEqual(['2,5 ETP', 'un stagiaire']);
		expect(splitList('Lens (centre, Liévin')).toEqual(['Lens  centre', 'Liévin']);
	});

	test('un calendrier donne des dates, et des étapes seulement s’il en nomme', () => {
		const t = table(['Titre', 'titre'], ['Calendrier', 'etapes']);
		expect(draftOf(['A', '2025-2028'], t)).toMatchObject({
			etapes: [],
			dates: { debut: '2025-01-01', fin: '2028-12-31' }
		});
		expect(draftOf(['A', 'Étude en 2025 ; travaux en 2027'], t)?.etapes).toEqual(['Étude en 2025', 'travaux en 2027']);
	});

	test('le type de porteur vient de ses mots, ou du nom d’une commune du territoire', () => {
		const t = table(['Titre', 'titre'], ['Porteur', 'porteur']);
		expect(draftOf(['A', 'Centre social Vachala'], t)?.porteurType).toBe('association');
		expect(draftOf(['A', 'Liévin'], t, { territoire: lens })?.porteurType).toBe('commune');
		expect(draftOf(['A', 'Zorglub'], t)?.porteurType).toBeNull();
	});

	test('les instructions laissées par un modèle ne sont pas des valeurs', () => {
		const t = table(['Titre', 'titre'], ['Sous-action', 'sous_action']);
		const cells = ['Isoler', 'Ces informations devront être saisies directement sur la plateforme'];
		expect(draftOf(cells, t)).toMatchObject({ titre: 'Isoler', objectif: null });
	});
});

describe('les lignes qui ne sont pas des actions', () => {
	const t = table(['Axe', 'axe'], ['Titre', 'titre'], ['Coût', 'cout_investissement'], ['Statut', 'statut']);
	test.each<[string, CellValue[], string]>([
		['ligne vide', [null, ' ', null, null], 'ligne-vide'],
		['en-tête répété', ['Axe', 'Titre', 'Coût', 'Statut'], 'ligne-de-consigne'],
		['types de colonnes', ['Champ texte', 'Texte', 'Numérique', 'Liste déroulante'], 'ligne-de-consigne'],
		[
			'consignes de saisie',
			['Indiquez l’axe', 'Texte court de 300 caractères maximum', 'Saisissez un nombre', 'Choisissez'],
			'ligne-de-consigne'
		],
		['ligne de total', ['Total', null, 250000, null], 'ligne-ecartee'],
		['titre de partie', ['Axe 1 : habiter', null, null, null], 'ligne-ecartee']
	])('%s : ignorée, avec la raison', (raison, cells, code) => {
		const outcome = parseRow(cells, 3, t, context);
		expect(outcome).toMatchObject({ etat: 'ignoree', raison, draft: null });
		expect(outcome.issues.map((i) => i.code)).toEqual([code]);
	});

	test('une action dont le titre commence par « Totalité » ou « Indiquer » reste une action', () => {
		expect(parseRow([null, 'Totalité des écoles rénovées', 5000, null], 3, t, context).etat).toBe('acceptee');
		expect(parseRow([null, 'Indiquer les itinéraires cyclables', null, null], 3, t, context).etat).toBe('acceptee');
	});

	test('un filtre laisse les autres lignes de côté', () => {
		const filtre = { champ: 'Statut', valeur: 'a venir' };
		expect(parseRow([null, 'A', null, 'À venir'], 3, t, { ...context, filtre }).etat).toBe('acceptee');
		expect(parseRow([null, 'A', null, 'En cours'], 3, t, { ...context, filtre }).issues[0]?.code).toBe('ligne-filtree');
	});
});

describe('un axe écrit une seule fois', () => {
	const t = table(['Axe', 'axe'], ['Titre', 'titre'], ['Porteur', 'porteur']);
	const axes = (rows: CellValue[][]) =>
		parseRows([['Axe', 'Titre', 'Porteur'], ...rows], t, context).map((o) => o.draft?.axe);
	test('vaut pour les actions écrites dessous', () => {
		expect(
			axes([
				['Habiter', 'A', 'X'],
				[null, 'B', null],
				[null, 'C', null],
				['Bouger', 'D', null],
				[null, 'E', null]
			])
		).toEqual(['Habiter', 'Habiter', 'Habiter', 'Bouger', 'Bouger']);
	});
	test('ne vaut pas dans un fichier qui répète ses axes', () => {
		expect(
			axes([
				['Habiter', 'A', null],
				['Habiter', 'B', null],
				[null, 'C', null],
				[null, 'D', null]
			])
		).toEqual(['Habiter', 'Habiter', null, null]);
	});
	test('aucun autre champ ne descend', () => {
		const rows = [
			['Axe', 'Titre', 'Porteur'],
			['Habiter', 'A', 'Ville'],
			[null, 'B', null]
		];
		expect(parseRows(rows, t, context).map((o) => o.draft?.porteur)).toEqual(['Ville', null]);
	});
});

describe('un fichier qui couvre plusieurs territoires', () => {
	test.each([
		['CA de Lens-Liévin', true],
		['Communauté d’agglomération de Lens-Liévin', true],
		['CALL', true],
		['CU de Dunkerque', false],
		['Département de la Somme', false]
	])('« %s » désigne Lens-Liévin : %s', (text, expected) => {
		expect(sameTerritory(text, lens.nom)).toBe(expected);
	});

	test('la ligne d’une autre intercommunalité est laissée de côté, un secteur du territoire est gardé', () => {
		const t = table(['epci', 'territoire'], ['Titre', 'titre']);
		const state = (epci: string) => parseRow([epci, 'A'], 3, t, { ...context, territoire: lens }).etat;
		expect(state('CA de Lens-Liévin')).toBe('acceptee');
		expect(state('246200364')).toBe('acceptee');
		expect(state('200069037')).toBe('ignoree');
		expect(state('Pays de Saint-Omer')).toBe('ignoree');
		expect(state('Bassin minier')).toBe('acceptee');
		expect(state('Tout le territoire')).toBe('acceptee');
		expect(state('Liévin')).toBe('acceptee');
	});

	test('pour un groupe de communes, le nom d’une intercommunalité ne suffit pas à écarter', () => {
		const t = table(['epci', 'territoire'], ['Titre', 'titre']);
		const state = (epci: string) =>
			parseRow([epci, 'A'], 3, t, { ...context, territoire: { ...lens, code: 'G-lens', genre: 'groupe' } }).etat;
		expect([state('CU de Dunkerque'), state('200069037'), state('Dunkerque')]).toEqual([
			'acceptee',
			'acceptee',
			'ignoree'
		]);
	});

	test('les communes des lignes décident, zéro initial perdu compris', () => {
		const t = table(['insee', 'communes'], ['Titre', 'titre']);
		const state = (insee: CellValue) => parseRow([insee, 'A'], 3, t, { ...context, territoire: lens }).etat;
		expect([state('62498'), state('59606'), state(2691), state('Loos-en-Gohelle')]).toEqual([
			'acceptee',
			'ignoree',
			'ignoree',
			'acceptee'
		]);
	});

	test('dans un fichier régional, une ligne que rien ne rattache est laissée de côté', () => {
		const t = table(['insee', 'communes'], ['Titre', 'titre']);
		const rows = [
			['insee', 'Titre'],
			['59606', 'A'],
			['59350', 'B'],
			['62498', 'C'],
			[null, 'D'],
			['80021', 'E']
		];
		const outcomes = parseRows(rows, t, { ...context, territoire: lens });
		expect(outcomes.map((o) => o.etat)).toEqual(['ignoree', 'ignoree', 'acceptee', 'ignoree', 'ignoree']);
		expect(isRegional(['dedans', 'inconnu', 'inconnu', 'dehors'])).toBe(false);
	});
});

describe('le compte des lignes', () => {
	const about = { plan: 'plh', fichier: 'plan.xlsx', lecture: null, champs: plans.champs } as const;

	test('deux actions de même référence ou de même titre sont gardées et signalées', () => {
		const t = table(['N°', 'numero'], ['Titre', 'titre']);
		const rows = [
			['N°', 'Titre'],
			['8', 'Isoler'],
			['8', 'Planter'],
			['9', 'ISOLER']
		];
		const report = summarise(parseRows(rows, t, context), t, [], about);
		expect(report).toMatchObject({ lues: 3, acceptees: 3 });
		expect(report.anomalies.filter((a) => a.code === 'doublon').map((a) => [a.ligne, a.gravite])).toEqual([
			[3, 'a-verifier'],
			[4, 'a-verifier']
		]);
	});

	test('une même action déclinée par commune ou par quartier, une ligne chacun, n’est pas un doublon', () => {
		const t = table(['N°', 'numero'], ['Titre', 'titre'], ['Commune', 'communes'], ['Quartier', 'qpv']);
		const rows = [
			['N°', 'Titre', 'Commune', 'Quartier'],
			['1', 'Produire des logements', 'Lens', null],
			['1', 'Produire des logements', 'Liévin', null],
			['1', 'Produire des logements', 'LENS', null],
			['1', 'Produire des logements', null, null],
			['2', 'Médiation', 'Lens', 'Les Lilas'],
			['2', 'Médiation', 'Lens', 'Le Parc']
		];
		const report = summarise(parseRows(rows, t, context), t, [], about);
		// Line 5 names no place: it may be any of them.
		expect(report.anomalies.filter((a) => a.code === 'doublon').map((a) => a.message.slice(0, 58))).toEqual([
			'Ligne 4\u00a0: même titre «\u00a0Produire des logements\u00a0» que la lig',
			'Ligne 5\u00a0: même titre «\u00a0Produire des logements\u00a0» que la lig'
		]);
	});

	test('une colonne absente et des cellules vides se disent différemment', () => {
		const t = table(['Titre', 'titre'], ['Pilote', 'pilote']);
		const report = summarise(
			parseRows(
				[
					['Titre', 'Pilote'],
					['A', 'M. X'],
					['B', null]
				],
				t,
				context
			),
			t,
			[],
			about
		);
		expect(report.incompletude.find((i) => i.champ === 'pilote')).toMatchObject({
			cas: 'cellules-vides',
			vides: 1,
			sur: 2
		});
		expect(report.incompletude.find((i) => i.champ === 'cout_investissement')).toMatchObject({
			cas: 'colonne-absente',
			vides: 2
		});
	});

	test('vingt lignes écartées pour la même raison font une anomalie, chaque ligne y est', () => {
		const t = table(['Titre', 'titre'], ['Statut', 'statut']);
		const rows = [['Titre', 'Statut'], ...Array.from({ length: 20 }, () => ['A', 'En cours'])];
		const outcomes = parseRows(rows, t, { ...context, filtre: { champ: 'statut', valeur: 'Réalisé' } });
		const report = summarise(outcomes, t, [], about);
		expect(report.anomalies).toHaveLength(1);
		expect(report.anomalies[0]?.lignes).toHaveLength(20);
		expect(report.ignoreesParRaison).toMatchObject([{ code: 'ligne-filtree', nombre: 20 }]);
	});

	test('lues = acceptées + rejetées + ignorées, et toute ligne rejetée dit ce qui bloque', () => {
		const cell = fc.oneof(
			{ weight: 3, arbitrary: fc.constant(null) },
			fc.string(),
			fc.integer(),
			fc.double({ noNaN: true }),
			fc.boolean(),
			fc.constantFrom(
				'Total',
				'Titre',
				'Champ texte',
				'12 000 €',
				'Fonds vert : 5 k€ (refusé), Région 30 %',
				'2025-2028',
				'Lens',
				'59606'
			)
		);
		const champs: Champ[] = [
			'titre',
			'numero',
			'axe',
			'objectif',
			'sous_action',
			'statut',
			'cout_investissement',
			'financements',
			'date_debut',
			'etapes',
			'communes',
			'territoire',
			'porteur',
			'echelle',
			'etp'
		];
		const arbitrary = fc.record({
			columns: fc.array(fc.constantFrom(...champs), { minLength: 1, maxLength: 6 }),
			rows: fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 12 }),
			local: fc.boolean()
		});
		fc.assert(
			fc.property(arbitrary, ({ columns, rows, local }) => {
				const t = table(...columns.map((c, i) => [`${c} ${i}`, c] as const));
				const outcomes = parseRows([columns, ...rows], t, { ...context, territoire: local ? lens : null });
				const report = summarise(outcomes, t, [], about);
				expect(report.lues).toBe(report.acceptees + report.rejetees + report.ignorees);
				expect(report.ignorees).toBe(report.ignoreesParRaison.reduce((n, g) => n + g.nombre, 0));
				for (const o of outcomes) {
					if (o.etat === 'rejetee') expect(o.issues.some((i) => i.severity === 'bloquant')).toBe(true);
					if (o.etat === 'acceptee') expect(o.issues.every((i) => i.severity !== 'bloquant')).toBe(true);
					expect(o.etat === 'acceptee').toBe(o.draft !== null);
				}
			}),
			{ numRuns: 300 }
		);
	});
});
