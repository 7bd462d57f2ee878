import { describe, expect, it } from 'vitest';
import { lire, type Lu } from './lire-un-tableau';

/* Beside a cost, figures under the name of a payer are what it pays, whatever else its name may mean. */

const HEAD = ['Intitulé de l’action', 'Porteur', 'Quartier', 'Coût total'];
const row = (n: number, cout: string, ...more: string[]): string[] => [
	`Marche du matin numéro ${n}`,
	'Office des sports',
	'La Butte',
	cout,
	...more
];
const paye = ({ actions }: Lu, rang = 0): Record<string, number | null> =>
	Object.fromEntries(actions[rang]!.financements.map((l) => [l.libelle, l.obtenu ?? l.demande]));
const champs = ({ table }: Lu): (string | null)[] => table.colonnes.slice(4).map((c) => c.champ);
const lu = (head: string[], ...rows: string[][]): Promise<Lu> =>
	lire([[...HEAD, ...head], ...rows], 'contrat-de-ville');

describe('des chiffres sous le nom d’un financeur, à côté d’un coût', () => {
	it('sont l’argent de l’État et de la Ville : ni un statut, ni une commune', async () => {
		const read = await lu(['État', 'Ville'], row(1, '1000', '400', '600'), row(2, '1000', '500', '500'));
		expect(paye(read)).toEqual({ État: 400, Ville: 600 });
		expect(read.actions.map((a) => [a.statut, a.communes, a.budget?.euros])).toEqual([
			[null, [], 1000],
			[null, [], 1000]
		]);
		expect(read.actions[0]!.financements.map((l) => [l.obtenu, l.etat])).toEqual([
			[null, 'envisage'],
			[null, 'envisage']
		]);
	});

	it('se disent, colonne par colonne, et rien d’autre n’est demandé', async () => {
		const read = await lu(['État', 'Ville'], row(1, '1000', '400', '600'), row(2, '1000', '500', '500'));
		expect(read.anomalies.map((a) => [a.severity, a.where.column, a.message])).toEqual(
			['État', 'Ville'].map((colonne) => [
				'info',
				colonne,
				`La colonne «\u00a0${colonne}\u00a0» est lue comme l’argent d’un financeur\u00a0: des chiffres, à côté de «\u00a0Coût total\u00a0».`
			])
		);
	});

	it('se lisent aussi sous Département et Région, même petits, quand ils font le coût avec les autres', async () => {
		const read = await lu(
			['État', 'Ville', 'Département', 'Région', 'CAF'],
			...[1, 2, 3].map((n) => row(n, '1000', '400', '300', '95', '99', '106'))
		);
		expect(paye(read)).toEqual({ État: 400, Ville: 300, Département: 95, Région: 99, CAF: 106 });
	});

	it('se lisent sous les noms que les données connaissent', async () => {
		const names = ['Europe', 'FEDER', 'ANRU', 'P147', 'Agglo', 'Bailleur', 'CD 62', 'État (€)'];
		const read = await lu(names, ...[1, 2].map((n) => row(n, '9000', ...names.map((_, i) => `${200 + i}`))));
		expect(new Set(champs(read))).toEqual(new Set(['financements']));
		expect(Object.values(paye(read))).toEqual(names.map((_, i) => 200 + i));
	});

	it('suffisent seuls : « Ville » à côté d’un coût', async () => {
		const read = await lu(['Ville'], row(1, '1000', '1000'), row(2, '1000', '800'));
		expect(paye(read, 1)).toEqual({ Ville: 800 });
		expect(read.actions[1]!.communes).toEqual([]);
	});

	it('prennent l’unité du coût qu’ils composent', async () => {
		const read = await lire([
			['Intitulé de l’action', 'Porteur', 'Coût total (k€)', 'État', 'Région'],
			...[1, 2, 3].map((n) => [`Action numéro ${n}`, 'Commune', '100', '60', '40'])
		]);
		expect(read.actions[0]!.budget?.euros).toBe(100_000);
		expect(paye(read)).toEqual({ État: 60_000, Région: 40_000 });
		expect(read.anomalies.filter((a) => a.code === 'montant-deduit').map((a) => a.where.column)).toContain('Région');
	});

	it('laissent le statut à la colonne qui le dit, et une colonne vide entre eux est des leurs', async () => {
		const read = await lu(
			['Région', 'État', 'Ville', 'CAF', 'État d’avancement'],
			row(1, '1000', '400', '', '600', '', 'En cours'),
			row(2, '1000', '500', '', '500', '', 'À venir')
		);
		expect(champs(read)).toEqual(['financements', 'financements', 'financements', 'financements', 'statut']);
		expect(read.actions.map((a) => a.statut)).toEqual(['en-cours', 'a-venir']);
	});

	it('gardent l’état que dit la ligne au-dessus', async () => {
		const read = await lire(
			[
				['', '', '', '', 'Financements obtenus', ''],
				[...HEAD, 'État', 'Ville'],
				row(1, '1000', '400', '600'),
				row(2, '1000', '500', '500')
			],
			'contrat-de-ville'
		);
		expect(read.actions[0]!.financements.map((l) => [l.libelle, l.obtenu, l.etat])).toEqual([
			['État', 400, 'obtenu'],
			['Ville', 600, 'obtenu']
		]);
		expect(read.anomalies.filter((a) => /argent d’un financeur/.test(a.message))).toEqual([]);
	});
});

describe('ne sont pas de l’argent', () => {
	it('des mots : « État » est alors un statut, « Ville » une commune', async () => {
		const read = await lu(
			['État', 'Ville'],
			row(1, '1000', 'En cours', 'Vermoy'),
			row(2, '1000', 'À venir', 'Orlange')
		);
		expect(read.actions.map((a) => [a.statut, a.communes])).toEqual([
			['en-cours', ['Vermoy']],
			['a-venir', ['Orlange']]
		]);
		expect(read.actions.flatMap((a) => a.financements)).toEqual([]);
	});

	it.each([
		['de départements', 'Département', ['59', '62', '2A']],
		['de départements sur trois signes', 'Département', ['059', '062', '080']],
		['d’une seule région', 'Région', ['32', '32', '32']],
		['de communes', 'Commune', ['62498', '62510', '62498']]
	])('des numéros %s', async (_, head, codes) => {
		const read = await lu([head, 'CAF'], ...codes.map((code, i) => row(i, '90000', code, '600')));
		expect(read.actions.map((a) => a.financements.map((l) => l.libelle))).toEqual([['CAF'], ['CAF'], ['CAF']]);
	});

	it('des numéros de département sans autre financeur à côté', async () => {
		const read = await lu(['Département'], ...[1, 2, 3].map((n) => row(n, '1000', '62')));
		expect(read.actions.flatMap((a) => a.financements)).toEqual([]);
	});

	it('ce qui dépasse le coût, ni des chiffres sans aucun coût', async () => {
		const above = await lu(['Ville'], row(1, '1000', '31400'), row(2, '2000', '31400'));
		expect(above.actions.flatMap((a) => a.financements)).toEqual([]);
		const alone = await lire([
			['Intitulé de l’action', 'Porteur', 'Ville'],
			['Action une', 'Commune', '400'],
			['Action deux', 'Commune', '500']
		]);
		expect(alone.actions.flatMap((a) => a.financements)).toEqual([]);
	});
});
