import { describe, expect, it } from 'vitest';
import { lire } from './lire-un-tableau';

/* One action over two rows, a row per financeur: its cost counts once. */

const TETE = [
	'Réf',
	'Nom de l’action',
	'Porteur',
	'Quartier(s)',
	'Coût total',
	'Financeur',
	'Montant demandé',
	'Notes'
];
const FERME = ['CV-05', 'Ferme urbaine', 'Terre d’Ombelle', 'Bel-Air', '120 000', 'P147', '40 000', ''];
const avant = ['CV-04', 'Aide au permis', 'Mission locale', 'Moulins', '45 000', 'P147', '15 000', ''];
const apres = ['CV-06', 'Ateliers cuisine', 'Centre social', 'Moulins', '6 000', 'ARS', '2 000', ''];

const suites: [string, string[]][] = [
	['tout est répété', ['CV-05', 'Ferme urbaine', 'Terre d’Ombelle', 'Bel-Air', '120 000', 'Département', '30 000', '']],
	['tout est « idem »', ['CV-05', 'idem', 'idem', 'idem', '120 000', 'Département', '30 000', '']],
	['même la référence est « idem »', ['idem', 'idem', 'idem', 'idem', 'idem', 'Département', '30 000', '']],
	['le titre est vide sous la même référence', ['CV-05', '', '', '', '120 000', 'Département', '30 000', '']],
	['seul le financeur est écrit', ['', '', '', '', '', 'Département', '30 000', '']],
	['la référence est vide sous le même titre', ['', 'Ferme urbaine', '', '', '', 'Département', '30 000', '']]
];

const financeurs = (lines: readonly { readonly libelle: string; readonly demande: number | null }[]) =>
	lines.map((l) => [l.libelle, l.demande]);

describe('une action sur deux lignes, une par financeur', () => {
	it.each(suites)('%s : une action, son coût une fois, les deux financeurs', async (_, suite) => {
		const { actions, anomalies } = await lire([TETE, avant, FERME, suite, apres], 'contrat-de-ville');
		expect(actions.map((a) => a.titre)).toEqual(['Aide au permis', 'Ferme urbaine', 'Ateliers cuisine']);
		const [, ferme] = actions;
		expect(ferme!.budget?.euros).toBe(120_000);
		expect(financeurs(ferme!.financements)).toEqual([
			['P147', 40_000],
			['Département', 30_000]
		]);
		expect(ferme!.origine).toMatchObject({ ligne: 3, autresLignes: [4] });
		expect(actions[0]!.origine).not.toHaveProperty('autresLignes');
		expect(anomalies.filter((a) => a.code === 'doublon')).toMatchObject([
			{
				severity: 'info',
				where: { row: 4 },
				message: 'Lignes 3 et 4\u00a0: une même action, deux financeurs\u202f; son coût est compté une fois.'
			}
		]);
		expect(anomalies.filter((a) => a.severity === 'bloquant')).toEqual([]);
	});

	it('trois financeurs, trois lignes', async () => {
		const { actions, anomalies } = await lire(
			[
				TETE,
				FERME,
				['CV-05', 'idem', '', '', '', 'Département', '30 000', ''],
				['', '', '', '', '', 'Ville', '10 000', '']
			],
			'contrat-de-ville'
		);
		expect(actions).toHaveLength(1);
		expect(actions[0]!.financements.map((l) => l.libelle)).toEqual(['P147', 'Département', 'Ville']);
		expect(actions[0]!.origine.autresLignes).toEqual([3, 4]);
		expect(anomalies.find((a) => a.code === 'doublon')?.message).toBe(
			'Lignes 2, 3 et 4\u00a0: une même action, trois financeurs\u202f; son coût est compté une fois.'
		);
	});

	it('rangées par financeur, les lignes de même référence et de même titre se retrouvent', async () => {
		const { actions } = await lire([TETE, FERME, apres, suites[0]![1]], 'contrat-de-ville');
		expect(actions.map((a) => a.origine)).toMatchObject([{ ligne: 2, autresLignes: [4] }, { ligne: 3 }]);
	});

	it('deux coûts sous une même référence : deux actions, chacune avec ses financeurs', async () => {
		const autre = ['CV-05', 'Ferme urbaine', 'Terre d’Ombelle', 'Bel-Air', '60 000', 'P147', '20 000', ''];
		const { actions, anomalies } = await lire(
			[TETE, FERME, autre, ['CV-05', 'idem', 'idem', 'idem', 'idem', 'Département', '9 000', '']],
			'contrat-de-ville'
		);
		expect(actions.map((a) => [a.budget?.euros, financeurs(a.financements)])).toEqual([
			[120_000, [['P147', 40_000]]],
			[
				60_000,
				[
					['P147', 20_000],
					['Département', 9_000]
				]
			]
		]);
		expect(anomalies.find((a) => a.code === 'doublon')?.message).toMatch(/^Lignes 3 et 4/);
	});

	it('ce que la première ligne taisait, la seconde le dit ; les notes des deux sont gardées', async () => {
		const { actions } = await lire(
			[
				TETE,
				['CV-05', 'Ferme urbaine', '', 'Bel-Air', '', 'P147', '40 000', 'vote en mars'],
				['CV-05', 'idem', 'Terre d’Ombelle', 'idem', '120 000', 'Département', '30 000', 'vote en juin']
			],
			'contrat-de-ville'
		);
		expect(actions).toMatchObject([
			{ porteur: 'Terre d’Ombelle', budget: { euros: 120_000 }, notes: 'vote en mars\nvote en juin' }
		]);
	});

	it.each([
		['un autre coût', ['CV-05', 'Ferme urbaine', 'Terre d’Ombelle', 'Bel-Air', '60 000', 'Département', '30 000', '']],
		[
			'un autre quartier',
			['CV-05', 'Ferme urbaine', 'Terre d’Ombelle', 'Moulins', '120 000', 'Département', '30 000', '']
		],
		['un autre porteur', ['CV-05', 'Ferme urbaine', 'Régie', 'Bel-Air', '120 000', 'Département', '30 000', '']],
		[
			'une autre référence',
			['CV-07', 'Ferme urbaine', 'Terre d’Ombelle', 'Bel-Air', '120 000', 'Département', '30 000', '']
		],
		[
			'un autre titre',
			['CV-05', 'Ferme pédagogique', 'Terre d’Ombelle', 'Bel-Air', '120 000', 'Département', '30 000', '']
		],
		['le même financeur', ['CV-05', 'Ferme urbaine', 'Terre d’Ombelle', 'Bel-Air', '120 000', 'P147', '30 000', '']],
		['aucun financeur', ['CV-05', 'Ferme urbaine', 'Terre d’Ombelle', 'Bel-Air', '120 000', '', '', '']]
	])('%s : deux actions, comme elles sont écrites', async (_, suite) => {
		const { actions, anomalies } = await lire([TETE, FERME, suite], 'contrat-de-ville');
		expect(actions).toHaveLength(2);
		expect(anomalies.filter((a) => a.code === 'doublon')).toEqual([]);
	});

	it('sous une autre référence, un titre « idem » est celui du dessus, et l’action en est une autre', async () => {
		const { actions } = await lire(
			[TETE, FERME, ['CV-07', 'idem', 'Régie', 'Moulins', '9 000', 'Ville', '3 000', '']],
			'contrat-de-ville'
		);
		expect(actions.map((a) => [a.reference, a.titre])).toEqual([
			['CV-05', 'Ferme urbaine'],
			['CV-07', 'Ferme urbaine']
		]);
	});

	it('une ligne sans titre qui ne suit pas son action est refusée, comme toute ligne sans titre', async () => {
		const { actions, anomalies } = await lire(
			[
				TETE,
				FERME,
				['Sous-total', '', '', '', '120 000', '', '', ''],
				['', '', '', 'Moulins', '', 'Ville', '3 000', ''],
				apres
			],
			'contrat-de-ville'
		);
		expect(actions.map((a) => a.reference)).toEqual(['CV-05', 'CV-06']);
		expect(anomalies.filter((a) => a.severity === 'bloquant')).toMatchObject([{ code: 'titre-absent' }]);
	});

	it('des sous-actions sous une même action ne sont jamais réunies', async () => {
		const { actions } = await lire([
			['Identifiant', 'Titre de l’action', 'Titre de la sous-action', 'Coût total', 'Financeur 1', 'Montant'],
			['1.1', 'Rénover les écoles', 'Isoler Pasteur', '120 000', 'Région', '40 000'],
			['1.1', '', 'Isoler Prévert', '120 000', 'Département', '40 000']
		]);
		expect(actions.map((a) => a.titre)).toEqual(['Isoler Pasteur', 'Isoler Prévert']);
	});
});
