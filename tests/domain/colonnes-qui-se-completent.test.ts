import { describe, expect, it } from 'vitest';
import { lire } from './lire-un-tableau';

/* What a column says by what stands above it, beside it or below it. */

describe('un bandeau au-dessus de deux colonnes donne son unité et sa base', () => {
	const lus = async (bandeau: string, gauche = 'Investissement', droite = 'Fonctionnement') => {
		const { actions } = await lire([
			['', '', bandeau, ''],
			['Réf', 'Action', gauche, droite],
			['F1', 'Réseau de chaleur', '8 500', '120'],
			['F2', 'Jardin partagé', '12', '3']
		]);
		return actions[0]!;
	};

	it('« Budget (k€ HT) »', async () => {
		const { budget, fonctionnement } = await lus('Budget (k€ HT)');
		expect(budget).toMatchObject({ euros: 8_500_000, base: 'HT' });
		expect(fonctionnement).toMatchObject({ euros: 120_000, base: 'HT' });
	});

	it('sans base dans le bandeau, aucune n’est inventée', async () => {
		expect((await lus('Budget (k€)')).budget).toMatchObject({ euros: 8_500_000, base: 'inconnu' });
	});

	it('une note au-dessus de tout le tableau vaut pour tous ses montants', async () => {
		const { actions } = await lire([
			['Montants HT en euros, état au 30/09/2026', '', ''],
			['Réf', 'Action', 'Investissement'],
			['F1', 'Réseau de chaleur', '8 500'],
			['F2', 'Jardin partagé', '12 000']
		]);
		expect(actions[0]!.budget).toMatchObject({ euros: 8_500, base: 'HT' });
	});

	it('la base d’une colonne l’emporte sur celle du bandeau', async () => {
		expect((await lus('Budget (k€ HT)', 'Investissement TTC')).budget?.base).toBe('TTC');
	});
});

describe('une colonne « Période » date les actions quand elle diffère de l’une à l’autre', () => {
	const dates = async (periodes: readonly string[], entete = 'Période') => {
		const lignes = periodes.map((p, i) => [`F${i}`, `Action ${i}`, 'Ville', p]);
		const { actions, table } = await lire([['Réf', 'Action', 'Pilote', entete], ...lignes]);
		return { dates: actions.map((a) => a.dates), champ: table.colonnes[3]!.champ };
	};

	it('de toutes les façons de l’écrire', async () => {
		const { dates: lues } = await dates(['2024-2028', '2026/2029', '2028', 'T4 2026 - T2 2028', '']);
		expect(lues).toMatchObject([
			{ debut: '2024-01-01', fin: '2028-12-31' },
			{ debut: '2026-01-01', fin: '2029-12-31' },
			{ debut: '2028-01-01', fin: '2028-12-31' },
			{ debut: '2026-10-01', fin: '2028-06-30' },
			{}
		]);
		expect(lues[4]).toBeNull();
	});

	it('la même sur toutes les lignes reste celle du document', async () => {
		const { dates: lues, champ } = await dates(['2024-2030', '2024-2030', '2024-2030']);
		expect(champ).toBe('periode');
		expect(lues).toEqual([null, null, null]);
	});

	it('la même année sur toutes les lignes est celle de chaque action : aucun plan ne dure un an', async () => {
		const { dates: lues, champ } = await dates(['2026', '2026', '2026']);
		expect(champ).toBe('annee');
		expect(lues).toMatchObject(Array(3).fill({ debut: '2026-01-01', fin: '2026-12-31' }));
		expect((await dates(['01/2026 - 06/2026', '01/2026 - 06/2026'])).dates[0]).toMatchObject({
			...{ debut: '2026-01-01', fin: '2026-06-30' }
		});
	});

	it('dans un fichier de plusieurs territoires, chacun la sienne, elle reste celle des documents', async () => {
		const { table, actions } = await lire([
			['EPCI', 'Période', 'Réf', 'Action'],
			['CA de Lens-Liévin', '2014-2020', '1', 'Foncier'],
			['CA de Lens-Liévin', '2014-2020', '2', 'Observatoire'],
			['CC du Ternois', '2020-2026', '1', 'Logement des jeunes']
		]);
		expect(table.colonnes[1]!.champ).toBe('periode');
		expect(actions.map((a) => a.dates)).toEqual([null, null, null]);
	});

	it('à côté d’un début, elle donne la fin', async () => {
		const { actions } = await lire([
			['Réf', 'Action', 'Date de début', 'Période'],
			['F1', 'Réseau de chaleur', '01/03/2026', '2026-2028'],
			['F2', 'Jardin partagé', '01/03/2027', '2027-2029']
		]);
		expect(actions[0]!.dates).toMatchObject({ debut: '2026-03-01', fin: '2028-12-31' });
	});
});

describe('« Année » à côté d’« Échéance » donne le début', () => {
	it.each<[string, string, string | null, string | null]>([
		['2027', '2028', '2027-01-01', '2028-12-31'],
		['2025-2027', '31/12/2027', '2025-01-01', '2027-12-31'],
		['2026', 'fin 2026', '2026-01-01', '2026-12-31'],
		['2026', '', '2026-01-01', '2026-12-31'],
		['', '31/12/2027', null, '2027-12-31']
	])('%s, %s', async (annee, echeance, debut, fin) => {
		const { actions } = await lire(
			[
				['Réf', 'Action', 'Porteur', 'Année', 'Échéance'],
				['F1', 'Chantier d’insertion', 'Ville', annee, echeance],
				['F2', 'Jardin partagé', 'Ville', '2026', '2027']
			],
			'contrat-de-ville'
		);
		expect(actions[0]!.dates).toMatchObject({ debut, fin });
		// Said in the order of time, as « début – fin » is.
		if (annee === '2026' && echeance !== '') expect(actions[0]!.dates!.texte).toBe('2026 – fin 2026');
	});

	it('sans échéance, l’année de programmation date comme avant, et un début l’emporte', async () => {
		const { actions } = await lire([
			['Réf', 'Action', 'Année', 'Date de début'],
			['F1', 'Réseau de chaleur', '2026', '01/09/2026'],
			['F2', 'Jardin partagé', '2026', '']
		]);
		expect(actions.map((a) => a.dates)).toMatchObject([
			{ debut: '2026-09-01', fin: null },
			{ debut: '2026-01-01', fin: '2026-12-31' }
		]);
	});
});
