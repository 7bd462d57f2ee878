import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CORE_SCHEMA, load } from 'js-yaml';
import { identifyDispositif, parseFinancings } from '../../src/lib/domain/import/financing-lines';
import { PlansFile } from '../../src/lib/domain/rules/referentiel';
import type { CellValue, MappedColumn, Table } from '../../src/lib/domain/import/sheet';

const plans = PlansFile.parse(load(readFileSync('data/plans.yaml', 'utf8'), { schema: CORE_SCHEMA }));
const dispositifs = new Map([
	['fonds vert', 'fonds-vert'],
	['dpv', 'dpv'],
	['dsil', 'dsil'],
	['p147', 'p147'],
	['politique de la ville', 'p147']
]);

type Column = readonly [entete: string, role: MappedColumn['role'], financeur?: string | null, champ?: 'dispositif'];

function lines(columns: readonly Column[], cells: readonly CellValue[]) {
	const table: Table = {
		feuille: 'Actions',
		ligneEntete: 1,
		premiereLigne: 2,
		colonnes: columns.map(([entete, role, financeur, champ], index) => ({
			index,
			entete,
			champ: champ ?? 'financements',
			confiance: 1,
			role,
			financeur: financeur ?? null,
			base: 'inconnu',
			exemples: []
		}))
	};
	return parseFinancings(cells, table, { plans, dispositifs, baseParDefaut: 'inconnu' });
}

describe('colonnes « Financeur 1 · Montant »', () => {
	const columns: Column[] = [
		['Financeur 1', 'financeur'],
		['Montant € HT', 'montant'],
		['Financeur 2', 'financeur'],
		['Montant € HT', 'montant']
	];
	test('chaque montant va au financeur qui le précède', () => {
		expect(lines(columns, ['Région', 50000, 'Fonds vert', 15000.5]).lines).toEqual([
			{ libelle: 'Région', dispositif: null, demande: 50000, obtenu: null, etat: 'envisage', genre: 'subvention' },
			{
				libelle: 'Fonds vert',
				dispositif: 'fonds-vert',
				demande: 15000.5,
				obtenu: null,
				etat: 'envisage',
				genre: 'subvention'
			}
		]);
	});
	test('un financeur sans montant est gardé, sans zéro ; des cellules vides ne font aucune ligne', () => {
		expect(lines(columns, ['DREAL', null, null, null]).lines).toMatchObject([
			{ libelle: 'DREAL', demande: null, obtenu: null }
		]);
		expect(lines(columns, [null, null, null, null]).lines).toEqual([]);
	});
});

describe('colonnes « demandé » et « obtenu »', () => {
	const columns: Column[] = [
		['Fonds vert demandé', 'demande', 'Fonds vert'],
		['Fonds vert obtenu', 'obtenu', 'Fonds vert'],
		['Prêt Banque des Territoires', 'montant', 'Prêt Banque des Territoires'],
		['Autofinancement', 'montant', 'Autofinancement']
	];
	test('un financeur fait une seule ligne', () => {
		expect(lines(columns, [120000, 80000, null, null]).lines).toMatchObject([
			{ libelle: 'Fonds vert', dispositif: 'fonds-vert', demande: 120000, obtenu: 80000, etat: 'obtenu' }
		]);
	});
	test('zéro obtenu veut dire refusé ; une case vide veut dire que l’on ne sait pas', () => {
		expect(lines(columns, [120000, 0, null, null]).lines).toMatchObject([
			{ demande: 120000, obtenu: 0, etat: 'refuse' }
		]);
		expect(lines(columns, [120000, null, null, null]).lines).toMatchObject([
			{ demande: 120000, obtenu: null, etat: 'demande' }
		]);
	});
	test('« refusé » écrit à la place du montant vaut zéro obtenu, « en attente » reste inconnu', () => {
		expect(lines(columns, [120000, 'Refusé', null, null]).lines).toMatchObject([
			{ demande: 120000, obtenu: 0, etat: 'refuse' }
		]);
		expect(lines(columns, [120000, 'en attente', null, null]).lines).toMatchObject([{ obtenu: null, etat: 'demande' }]);
	});
	test('un prêt et un autofinancement ne sont pas des subventions', () => {
		expect(lines(columns, [null, null, 300000, '45 000 €']).lines.map((l) => [l.genre, l.demande])).toEqual([
			['pret', 300000],
			['autofinancement', 45000]
		]);
	});
	test('un montant illisible est signalé avec sa colonne', () => {
		const { lines: found, issues } = lines(columns, ['beaucoup', null, null, null]);
		expect(found).toEqual([]);
		expect(issues).toMatchObject([{ code: 'montant-illisible', where: { column: 'Fonds vert demandé' } }]);
	});
});

describe('une colonne « dispositif » nomme la subvention', () => {
	const columns: Column[] = [
		['dispositif', null, null, 'dispositif'],
		['subvention', 'obtenu']
	];
	test('comme dans les listes de la DGCL', () => {
		expect(lines(columns, ['DPV', '31455,0']).lines).toMatchObject([
			{ libelle: 'DPV', dispositif: 'dpv', obtenu: 31455, etat: 'obtenu' }
		]);
	});
	test('sans montant, le dispositif cité reste une ligne', () => {
		expect(lines(columns, ['DSIL', null]).lines).toMatchObject([
			{ dispositif: 'dsil', demande: null, obtenu: null, etat: 'envisage' }
		]);
	});
});

describe('une phrase', () => {
	const phrase = (text: string) => lines([['Financements', null]], [text]).lines;
	test('se lit morceau par morceau, un pourcentage sans coût connu n’est pas un montant', () => {
		expect(phrase('Fonds vert : 120 000 € (demandé), Région 30 %')).toEqual([
			{
				libelle: 'Fonds vert',
				dispositif: 'fonds-vert',
				demande: 120000,
				obtenu: null,
				etat: 'demande',
				genre: 'subvention'
			},
			{ libelle: 'Région', dispositif: null, demande: null, obtenu: null, etat: 'envisage', genre: 'subvention' }
		]);
	});
	test('comprend les millions, l’accord et le refus', () => {
		expect(phrase('DSIL 1,2 M€ obtenu ; P147 : 8 000 € refusé\nBénévolat')).toMatchObject([
			{ dispositif: 'dsil', obtenu: 1_200_000, etat: 'obtenu' },
			{ dispositif: 'p147', demande: 8000, obtenu: 0, etat: 'refuse' },
			{ libelle: 'Bénévolat', genre: 'valorisation' }
		]);
	});
	test('garde les mots qu’elle ne comprend pas', () => {
		expect(phrase('Sur les crédits ordinaires du service')).toMatchObject([
			{ libelle: 'Sur les crédits ordinaires du service', demande: null }
		]);
	});
});

test('un dispositif se reconnaît à son nom, jamais entre deux', () => {
	expect(identifyDispositif('Politique de la ville (P147)', dispositifs)).toBe('p147');
	expect(identifyDispositif('DPV ou autre', dispositifs)).toBe('dpv');
	expect(
		identifyDispositif(
			'DPV / DSI',
			new Map([
				['dpv', 'dpv'],
				['dsi', 'dsi']
			])
		)
	).toBeNull();
	expect(identifyDispositif('Département', dispositifs)).toBeNull();
});

describe('la base HT ou TTC de chaque ligne', () => {
	const columns: Column[] = [
		['Financeur 1', 'financeur'],
		['Montant 1', 'montant'],
		['Base 1', 'base'],
		['Financeur 2', 'financeur'],
		['Montant 2', 'montant'],
		['Base 2', 'base']
	];
	test('une colonne « Base n » dit celle du financeur à côté', () => {
		const read = lines(columns, ['Région', 50000, 'HT', 'CAF', 900, 'TTC']);
		expect(read.lines.map((l) => l.base)).toEqual(['HT', 'TTC']);
		expect(lines(columns, ['Région', 50000, null, 'CAF', 900, 'net']).lines.map((l) => l.base)).toEqual([
			undefined,
			undefined
		]);
	});
	test('l’en-tête « Montant HT » et la cellule « 1 200 € TTC » la disent aussi ; non écrite, elle reste inconnue', () => {
		const read = lines([['Subventions', null]], ['Fonds vert : 1 200 € TTC, Région : 800 €']);
		expect(read.lines.map((l) => [l.libelle, l.base])).toEqual([
			['Fonds vert', 'TTC'],
			['Région', undefined]
		]);
	});
	test('demandé HT et obtenu TTC pour le même financeur : aucune base n’est retenue, et c’est dit', () => {
		const read = lines(
			[
				['DSIL demandé', 'demande', 'DSIL'],
				['DSIL obtenu', 'obtenu', 'DSIL']
			],
			['10 000 € HT', '9 000 € TTC']
		);
		expect(read.lines[0]!.base).toBeUndefined();
		expect(read.issues.map((i) => i.message)).toEqual([expect.stringContaining('mêlent HT et TTC')]);
	});
});
