import { existsSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { CORE_SCHEMA, load } from 'js-yaml';
import { isRefusal } from '../../src/lib/domain/issue';
import { IndicatorsFile } from '../../src/lib/domain/rules/referentiel';
import { readNumber } from '../../src/lib/domain/import/indicator-table';
import { open, type Db } from '../../src/lib/server/db/client';
import { readIndicators } from '../../src/lib/server/db/indicators';
import { importCorrespondances } from '../../src/lib/server/quartiers/correspondances';
import { importIndicators, type IndicatorsReport } from '../../src/lib/server/quartiers/indicators';

const indicateurs = IndicatorsFile.parse(load(readFileSync('data/indicateurs.yaml', 'utf8'), { schema: CORE_SCHEMA }));
const bytes = (...rows: string[]): Uint8Array => new TextEncoder().encode(rows.join('\n'));

let db: Db;
beforeEach(async () => {
	db = await open(':memory:');
});
async function imported(file: Uint8Array, options: object = {}): Promise<IndicatorsReport> {
	const report = await importIndicators(db, { indicateurs }, file, 'indicateurs.csv', { le: '2026-11-22', ...options });
	if (isRefusal(report)) throw new Error(report.refus);
	expect(report.lues).toBe(report.acceptees + report.rejetees + report.ignorees);
	return report;
}

describe('importer des indicateurs', () => {
	test('une valeur garde son fichier, sa ligne, sa source et son millésime', async () => {
		await imported(bytes('codeQPV;lib_qp;popMuniQPV', 'QN05916M;Épinette;2051'), {
			source: 'INSEE',
			millesime: '2021'
		});
		expect(await readIndicators(db, ['QN05916M', 'QN00201M'])).toEqual([
			{
				code: 'I-POPULATION',
				lieu: { genre: 'qpv', code: 'QN05916M' },
				valeur: 2051,
				millesime: '2021',
				source: 'INSEE',
				origine: { fichier: 'indicateurs.csv', ligne: 2 }
			}
		]);
	});

	test('sans source ni année données, la source est le fichier et l’année reste inconnue', async () => {
		const report = await imported(bytes('codeQPV,popMuniQPV', 'QN05916M,2051'));
		expect(report).toMatchObject({ source: 'indicateurs.csv', millesime: null });
	});

	test('un quartier répété sur ses communes est compté une fois, les répétitions sont dites', async () => {
		const report = await imported(
			bytes('COG,codeQPV,popMuniQPV', '2571,QN00201M,5822', '2691,QN00201M,5822', '59392,QN05916M,2051')
		);
		expect(report).toMatchObject({ lues: 3, acceptees: 2, rejetees: 0, ignorees: 1 });
		expect(report.ignoreesParRaison).toEqual([{ raison: expect.stringContaining('déjà'), nombre: 1, lignes: [3] }]);
		expect((await readIndicators(db, ['QN00201M'])).map((v) => v.valeur)).toEqual([5822]);
	});

	test('deux valeurs différentes pour un même quartier : aucune n’est retenue, et la question est posée', async () => {
		const report = await imported(bytes('codeQPV,popMuniQPV,taux_d_emploi', 'QN00201M,5822,34', 'QN00201M,5900,34'));
		expect(report).toMatchObject({ lues: 2, acceptees: 1, rejetees: 1, ignorees: 0 });
		expect(report.anomalies[0]).toMatchObject({ code: 'valeur-suspecte', gravite: 'a-verifier', ligne: 3 });
		expect((await readIndicators(db, ['QN00201M'])).map((v) => v.code)).toEqual(['I-TX-EMPLOI']);
	});

	test('un vide, un secret statistique ne deviennent jamais zéro', async () => {
		const report = await imported(
			bytes('codeQPV,popMuniQPV,taux_d_emploi', 'QN00201M,,s', 'QN00202M,0,', 'QN00203M,nd,NA')
		);
		expect(report).toMatchObject({ lues: 3, acceptees: 1, ignorees: 2 });
		expect(report.anomalies.map((a) => [a.gravite, a.trouve])).toContainEqual(['info', 'nd']);
		expect(report.anomalies.map((a) => a.message).join()).toContain('secrètes ou non disponibles');
		expect(report.ignoreesParRaison.map((r) => r.raison).join()).toContain('secret statistique');
		expect(await readIndicators(db, ['QN00201M', 'QN00202M', 'QN00203M'])).toMatchObject([
			{ lieu: { code: 'QN00202M' }, code: 'I-POPULATION', valeur: 0 }
		]);
	});

	test('un fichier de quartiers et d’intercommunalités : chaque ligne se lit par le code qu’elle porte', async () => {
		const report = await imported(
			bytes('codeQPV;siren_epci;taux_pauvrete_60', 'QN00201M;;45,2', 'QN00202M;;n.c.', ';200071892;18,6', ';;12')
		);
		expect(report).toMatchObject({ lues: 4, acceptees: 2, rejetees: 1, ignorees: 1 });
		expect((await readIndicators(db, ['QN00201M', '200071892'])).map((v) => [v.lieu.genre, v.valeur])).toEqual([
			['epci', 18.6],
			['qpv', 45.2]
		]);
		expect(report.anomalies.find((a) => a.gravite === 'bloquant')).toMatchObject({ ligne: 5 });
	});

	test('sans indicateur connu, le refus nomme des colonnes que l’on peut écrire', async () => {
		const refused = await importIndicators(
			db,
			{ indicateurs },
			bytes('code;indicateur;valeur', 'QN00201M;X;1'),
			'i.csv',
			{
				le: '2026-11-22'
			}
		);
		expect(refused).toMatchObject({ conseil: expect.stringContaining('Taux de pauvreté') });
	});

	test('un fichier de l’INSEE se lit avec ses bandeaux, son année dans l’en-tête et sa note de source', async () => {
		const report = await imported(
			bytes(
				'Revenus et pauvreté;;',
				';;',
				'Code;Libellé;Taux',
				'CODGEO;LIBGEO;TP6021',
				'QN00201M;A;45,2',
				'Source : Insee;;'
			)
		);
		expect(report).toMatchObject({ lues: 2, acceptees: 1, rejetees: 0, ignorees: 1, valeurs: 1 });
		expect(await readIndicators(db, ['QN00201M'])).toMatchObject([{ code: 'I-TX-PAUVRETE', valeur: 45.2 }]);
		const autre = await importIndicators(
			db,
			{ indicateurs },
			bytes('codgeo;taux_pauvrete_40', 'QN00201M;12'),
			'i.csv',
			{
				le: '2026-11-22'
			}
		);
		expect(isRefusal(autre), 'le seuil à 40 % n’est pas celui à 60 %').toBe(true);
	});

	test('une valeur hors bornes est écartée avec sa raison, une fois par quartier, et le reste de la ligne entre', async () => {
		const report = await imported(
			bytes('codeQPV,popMuniQPV,taux_d_emploi', 'QN00201M,5822,"108,51"', 'QN00201M,5822,"108,51"', 'QN00202M,,-4')
		);
		expect(report).toMatchObject({ lues: 3, acceptees: 1, rejetees: 1, ignorees: 1 });
		expect(report.anomalies.filter((a) => a.code === 'valeur-suspecte')).toMatchObject([
			{ ligne: 2, colonne: 'taux_d_emploi', trouve: '108,51', message: expect.stringContaining('108,51 dépasse 100') },
			{ ligne: 4, trouve: '-4', message: expect.stringContaining('inférieur à 0') }
		]);
	});

	test('une commune retrouve son zéro de tête, un EPCI se lit à son SIREN', async () => {
		const communes = await imported(bytes('COG;taux_pauvrete', '2691;31,2', '2A004;18', 'Maubeuge;12'));
		expect(communes).toMatchObject({ lues: 3, acceptees: 2, rejetees: 1, lieux: { commune: 2 } });
		await imported(bytes('siren_epci;taux_pauvrete', '200071892;22 %'));
		expect((await readIndicators(db, ['02691', '200071892'])).map((v) => [v.lieu.genre, v.valeur])).toEqual([
			['commune', 31.2],
			['epci', 22]
		]);
	});

	test('l’année la plus récente du fichier l’emporte, les autres sont comptées', async () => {
		const report = await imported(
			bytes('codeQPV,taux_pauvrete,annee', 'QN00201M,50,2019', 'QN00201M,52,2021', 'QN00201M,,2022')
		);
		expect(report).toMatchObject({ lues: 3, acceptees: 1, ignorees: 2 });
		expect(await readIndicators(db, ['QN00201M'])).toMatchObject([{ valeur: 52, millesime: '2021' }]);
	});

	test('un quartier de 2015 n’est repris que si la table des codes le dit inchangé', async () => {
		const table = bytes('qp2024,statut,qp2015', 'QN06009I,INCHANGE,QP060009', 'QN00201M,MODIFIE,QP002001');
		await importCorrespondances(db, table, 'table.csv');
		const report = await imported(bytes('CodGeo,nbLsPls', 'QP060009,120', 'QP002001,2360', 'QP099001,3'));
		expect(report).toMatchObject({ lues: 3, acceptees: 1, rejetees: 2 });
		expect(report.anomalies[0]).toMatchObject({ code: 'code-2015', gravite: 'bloquant', trouve: 'QP002001, QP099001' });
		expect(await readIndicators(db, ['QN06009I'])).toMatchObject([{ code: 'I-NB-LLS', valeur: 120 }]);
	});

	test('réimporter la même source remplace ; une autre source s’ajoute, la plus récente d’abord', async () => {
		await imported(bytes('codeQPV,popMuniQPV', 'QN00201M,5000'), { source: 'A', millesime: '2018' });
		await imported(bytes('codeQPV,popMuniQPV', 'QN00201M,5001'), { source: 'A', millesime: '2018' });
		await imported(bytes('codeQPV,popMuniQPV', 'QN00201M,5822'), { source: 'B', millesime: '2021' });
		expect((await readIndicators(db, ['QN00201M'])).map((v) => v.valeur)).toEqual([5822, 5001]);
	});

	test('un tableau sans indicateur connu est refusé en une phrase', async () => {
		const report = await importIndicators(db, { indicateurs }, bytes('titre;lieu', 'Rénover;Lille'), 'plan.csv', {
			le: '2026-11-22'
		});
		expect(report).toMatchObject({ refus: expect.stringContaining('aucun indicateur connu') });
	});

	test.each([
		['1\u202f234,5', 1234.5],
		['57 %', 57],
		['12.0', 12],
		['−3', -3],
		['12 à 15', null],
		['', null]
	])('« %s » se lit %s', (text, value) => {
		expect(readNumber(text)).toBe(value);
	});
});

const REAL = '../shared/data/geo/qpv-2024-indicateurs-hdf.csv';
describe.skipIf(!existsSync(REAL))('les indicateurs des quartiers des Hauts-de-France', () => {
	test('286 lignes font 204 quartiers et 753 115 habitants ; 22 parts de logements sociaux sont écartées', async () => {
		const report = await imported(readFileSync(REAL));
		expect(report).toMatchObject({ lues: 286, acceptees: 204, rejetees: 0, ignorees: 82, lieux: { qpv: 204 } });
		expect(report.anomalies.filter((a) => a.colonne === 'taux_logements_sociaux')).toHaveLength(22);
		const column = (entete: string) => report.colonnes.find((c) => c.entete === entete)?.valeurs;
		expect(column('popMuniQPV')).toBe(204);
		expect(column('taux_pauvrete_60%')).toBe(197);
		expect(column('nombre_menages')).toBe(198);
		const codes = (await db.selectFrom('indicateur_valeur').select('lieu').distinct().execute()).map((r) => r.lieu);
		const people = (await readIndicators(db, codes)).filter((v) => v.code === 'I-POPULATION');
		expect(people.reduce((sum, v) => sum + v.valeur, 0)).toBe(753115);
	});
});
