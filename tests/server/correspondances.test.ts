import { existsSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { importCorrespondances, type CorrespondancesReport } from '../../src/lib/server/quartiers/correspondances';
import { open, type Db } from '../../src/lib/server/db/client';
import { correspondancesOf } from '../../src/lib/server/db/territories';

let db: Db;
beforeEach(async () => {
	db = await open(':memory:');
});

const HEADER = 'qp2024,label_qp2024,statut,qp2015,label_qp2015';
async function imported(bytes: Uint8Array): Promise<CorrespondancesReport> {
	const report = await importCorrespondances(db, bytes, 'table.csv', { le: '2026-11-22' });
	if (isRefusal(report)) throw new Error(report.refus);
	return report;
}
const csv = (...rows: string[]): Uint8Array => new TextEncoder().encode([HEADER, ...rows].join('\n'));

describe('la table des codes de 2015 et de 2024', () => {
	test('relie un ancien code à ses successeurs, et accepte un quartier nouveau sans ancien code', async () => {
		const report = await imported(
			csv(
				'QN05918M,Sous-le-Bois,MODIFIE,QP059019,Sous-le-Bois-Épinette',
				'QN05919M,Épinette,Modifié,QP059019,Sous-le-Bois-Épinette',
				'QN05920N,Les Neuves,NOUVEAU,,'
			)
		);
		expect(report).toMatchObject({
			schema: 'croisee/correspondances/1',
			lues: 3,
			acceptees: 3,
			rejetees: 0,
			ignorees: 0,
			scindes: [{ code2015: 'QP059019', codes2024: ['QN05918M', 'QN05919M'] }],
			nouveaux: ['QN05920N']
		});
		expect((await correspondancesOf(db)).get('QP059019')?.map((s) => s.statut)).toEqual(['modifie', 'modifie']);
	});

	test('un quartier né de deux anciens donne deux couples pour une ligne', async () => {
		expect(await imported(csv('QN05918M,A,MODIFIE,"QP059019, QP059020",B'))).toMatchObject({ lues: 1, acceptees: 1 });
		expect([...(await correspondancesOf(db)).keys()]).toEqual(['QP059019', 'QP059020']);
	});

	test('chaque ligne écartée l’est avec sa raison, et les comptes tombent juste', async () => {
		const good = 'QN05918M,A,INCHANGE,QP059019,A';
		const report = await imported(
			csv(
				good,
				good,
				'XX,A,MODIFIE,QP059020,A',
				'QN05921M,A,MODIFIE,,',
				'QN05922M,A,MODIFIE,QP5,A',
				',,,,',
				'QN05923N,A,NOUVEAU,,'
			)
		);
		expect(report).toMatchObject({ lues: 7, acceptees: 2, rejetees: 3, ignorees: 2 });
		expect(report.anomalies.map((a) => [a.code, a.ligne])).toEqual([
			['doublon', 3],
			['code-inconnu', 4],
			['code-inconnu', 5],
			['code-inconnu', 6],
			['ligne-vide', 7]
		]);
	});

	test('réimporter remplace les couples d’un quartier sans rien doubler', async () => {
		await imported(csv('QN05918M,A,MODIFIE,QP059019,A'));
		await imported(csv('QN05918M,A,MODIFIE,QP059020,A'));
		expect([...(await correspondancesOf(db)).keys()]).toEqual(['QP059020']);
	});

	test('un autre tableau est refusé en une phrase', async () => {
		const bytes = new TextEncoder().encode('titre;budget\nRénover;12');
		expect(await importCorrespondances(db, bytes, 'plan.csv')).toMatchObject({
			refus: expect.stringContaining('n’a pas les colonnes')
		});
	});
});

const REAL = '../shared/data/geo/correspondance-qp2024-qp2015-hdf.csv';
describe.skipIf(!existsSync(REAL))('la table de l’ANCT pour les Hauts-de-France', () => {
	test('entre entière ; deux quartiers scindés et deux noms croisés sont signalés', async () => {
		const report = await imported(readFileSync(REAL));
		expect(report).toMatchObject({ lues: 204, acceptees: 204, rejetees: 0, ignorees: 0 });
		expect(report.scindes.map((s) => s.code2015)).toEqual(['QP059019', 'QP062061']);
		expect(report.nouveaux).toHaveLength(8);
		expect(report.anomalies).toHaveLength(1);
		expect(report.anomalies[0]?.trouve).toBe('QN05956M ← QP059057 et QN05957M ← QP059058');
	});
});
