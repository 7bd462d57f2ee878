import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { isRefusal, type Refusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import * as grants from '../../src/lib/server/db/grants';
import { importGrants } from '../../src/lib/server/ledger/import-grants';
import { readGranted, readLedger } from '../../src/lib/server/ledger/ledger-view';
import { streamNamed } from '../../src/lib/server/ledger/streams';
import { importPerimeters } from '../../src/lib/server/quartiers/perimeters';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* Lists of grants, as published, into the ledger. */

const ref = loadReferentiel();
const LE = '2026-11-22';
const HEADERS = 'numero_dossier_ds;nom_demarche_ds;nom_du_projet;nom_beneficiaire_principal;siren;montant_engage';
const ROWS = [
	'101;Recyclage foncier;Friche du port;Port SA;300000001;1 000,10 €',
	'102;Renaturation des villes et des villages;Parc;Asso;300000002;2 000,20 €',
	'103;Ingénierie;Étude;Asso;300000002;'
];
const csv = (...rows: string[]) => new TextEncoder().encode([HEADERS, ...rows].join('\n'));

async function load(db: Db, bytes: Uint8Array, more: Partial<Parameters<typeof importGrants>[2]> = {}) {
	const report = await importGrants(db, ref, {
		bytes,
		fichier: 'fonds_2025.csv',
		dispositif: 'fonds-vert',
		par: 'A. B.',
		le: LE,
		...more
	});
	if (isRefusal(report)) throw new Error(report.refus);
	return report;
}

describe('une liste', () => {
	it('chaque ligne est comptée, le total est au centime, l’année vient du nom du fichier et c’est dit', async () => {
		const db = await open(':memory:');
		const report = await load(db, csv(...ROWS));
		expect(report).toMatchObject({ lues: 3, acceptees: 2, rejetees: 1, ignorees: 0, montant: 3000.3, annees: [2025] });
		expect(Object.values(report.parts).reduce((a, b) => a + b, 0)).toBeCloseTo(report.montant, 10);
		expect(report.anomalies.map((a) => [a.code, a.ligne])).toEqual(
			expect.arrayContaining([
				['date-vague', null],
				['montant-illisible', 4]
			])
		);
	});
	it('la même liste deux fois ne compte rien deux fois ; une version corrigée remplace, et se reprend', async () => {
		const db = await open(':memory:');
		const total = async () => (await grants.listGrants(db)).reduce((sum, s) => sum + s.grant.montant, 0);
		await load(db, csv(...ROWS));
		expect(await load(db, csv(...ROWS))).toMatchObject({ dejaConnues: 2 });
		expect(await total()).toBe(300_030);
		const corrected = await load(db, csv('101;Recyclage foncier;Friche du port;Port SA;300000001;900,00 €'));
		expect(await total()).toBe(290_020);
		expect(await grants.undoImport(db, corrected.import!, LE)).toBe(true);
		expect(await total()).toBe(300_030);
		expect(await grants.undoImport(db, corrected.import!, LE)).toBe(false);
	});
	it('plus fin que le centime, chaque montant s’arrondit à sa ligne ; la liste lue avant ne compte pas deux fois', async () => {
		const db = await open(':memory:');
		const headers = 'exercice;dispositif;beneficiaire_nom;beneficiaire_siren;intitule;subvention';
		const list = new TextEncoder().encode(
			[headers, '2019;DETR;Lys;210000001;École;1240,965', '2019;DETR;Lys;210000001;Mairie;10,00'].join('\n')
		);
		const said = { dispositif: 'dotations-etat', fichier: 'dgcl_2019.csv' };
		const first = await load(db, list, said);
		expect(first.montant).toBe(1250.97);
		expect(first.anomalies.map((a) => a.message)).toContain(
			'1 montant a plus de deux décimales\u00a0: il est arrondi au centime, la moitié vers le haut.'
		);
		// As a base of before holds it: one cent less, under the key of that amount.
		await sql`update attribution set montant = 124096, cle = replace(cle, '124097', '124096'),
			contenu = replace(contenu, '124097', '124096')`.execute(db);
		expect(await load(db, list, said)).toMatchObject({ dejaConnues: 2, montant: 1250.97 });
		expect((await grants.listGrants(db)).map((s) => s.grant.montant).sort((a, b) => a - b)).toEqual([1000, 124_097]);
		expect(await load(db, list, said)).toMatchObject({ dejaConnues: 2, montant: 1250.97 });
		expect(await grants.listGrants(db)).toHaveLength(2);
	});
	it('le repère d’un fonds ne juge que ses années : une liste qui déborde n’est pas jugée', async () => {
		const db = await open(':memory:');
		const years = (...annees: number[]) =>
			new TextEncoder().encode(
				[
					`exercice;${HEADERS}`,
					...annees.map((a, i) => `${a};${i};Recyclage foncier;Friche;Port SA;300000001;10 €`)
				].join('\n')
			);
		expect((await load(db, years(2024, 2025))).situation).toBe('indecidable');
		expect((await load(db, years(2023, 2024))).situation).toBeNull();
	});
	it('un filtre laisse les autres lignes de côté, et les compte', async () => {
		const db = await open(':memory:');
		const filtre = { champ: 'nom_demarche_ds', valeur: 'recyclage foncier' };
		expect(await load(db, csv(...ROWS), { filtre })).toMatchObject({ lues: 3, acceptees: 1, ignorees: 2 });
		const asked = { bytes: csv(...ROWS), fichier: 'x.csv', dispositif: 'fonds-vert', par: '', le: LE };
		expect(await importGrants(db, ref, { ...asked, filtre: { champ: 'couleur', valeur: 'vert' } })).toMatchObject({
			refus: expect.stringContaining('couleur')
		});
	});
	it('« objet~mot » garde les lignes qui contiennent un mot, ou l’un de plusieurs', async () => {
		const filtre = { champ: 'nom_du_projet', valeur: 'friche|parc', contient: true };
		expect(await load(await open(':memory:'), csv(...ROWS), { filtre })).toMatchObject({ acceptees: 2, ignorees: 1 });
		const none = { ...filtre, valeur: 'riche' };
		expect(await load(await open(':memory:'), csv(...ROWS), { filtre: none })).toMatchObject({ acceptees: 0 });
	});
	it('les lignes qui nomment un autre dispositif que celui choisi restent dehors : combien, quel montant, lesquels, que faire', async () => {
		const dgcl = new TextEncoder().encode(
			[
				'exercice;dispositif;intitule;beneficiaire_nom;beneficiaire_siren;subvention',
				'2024;DPV;École;Ville;210000001;100,50',
				'2024;DETR;Toit;Ville;210000001;200,25',
				'2024;DSIL;Halle;Ville;210000001;300',
				'2024;DETR;Mur;Ville;210000001;50'
			].join('\n')
		);
		const db = await open(':memory:');
		const dpv = await load(db, dgcl, { dispositif: 'dotations-etat.dpv' });
		expect(dpv).toMatchObject({ lues: 4, acceptees: 1, rejetees: 0, ignorees: 3, montant: 100.5 });
		expect(dpv.autresDispositifs).toEqual([
			{ dispositif: 'dotations-etat.detr', lignes: 2, montant: 250.25 },
			{ dispositif: 'dotations-etat.dsil', lignes: 1, montant: 300 }
		]);
		expect(dpv.anomalies[0]!.message).toMatch(
			/^3\slignes, 550,25\s€, nomment un autre dispositif que «\sDotation politique/
		);
		expect(dpv.anomalies[0]!.conseil).toContain('Chargez la liste sous');
		expect(await load(await open(':memory:'), dgcl, { dispositif: 'fonds-chaleur' })).toMatchObject({
			...{ import: null, acceptees: 0, ignorees: 4, montant: 0 }
		});
		const all = await load(await open(':memory:'), dgcl, { dispositif: 'dotations-etat' });
		expect(all).toMatchObject({ acceptees: 4, montant: 650.75, autresDispositifs: [] });
	});
	it('la même liste sous un second dispositif est dite, et rien n’est compté deux fois', async () => {
		const db = await open(':memory:');
		const list = new TextEncoder().encode(
			'referenceDecision;objet;nomBeneficiaire;montant\nR1;Réseau de chaleur;Ville;1000\nR2;Vélo;Ville;500'
		);
		await load(db, list, { dispositif: 'ademe', fichier: 'ademe_2020.csv' });
		const again = await load(db, list, { dispositif: 'fonds-chaleur', fichier: 'ademe_2020.csv' });
		expect(again).toMatchObject({ import: null, acceptees: 0, ignorees: 2, montant: 0 });
		expect(again.dejaComptees).toEqual([{ dispositif: 'ademe', lignes: 2, montant: 1500 }]);
		expect(again.anomalies[0]!.message).toMatch(/^2\slignes, 1\s500\s€, sont déjà comptées sous un autre dispositif/);
		const total = (await grants.listGrants(db)).reduce((sum, s) => sum + s.grant.montant, 0);
		expect(total).toBe(150_000);
	});
	it('chaque mesure du Fonds vert 2023 se rattache ; celle que le référentiel n’a pas garde le nom de la liste', async () => {
		const db = await open(':memory:');
		const names = [
			'Développement du covoiturage',
			'Accompagnement du déploiement des zones à faibles émissions mobilité (ZFE)',
			'Soutien au tri à la source et à la valorisation des biodéchets',
			'Prévention des risques d’incendies de forêt et de végétation'
		];
		await load(db, csv(...names.map((n, i) => `${i};${n};Projet ${i};Asso;300000002;10 €`)));
		const found = (await grants.listGrants(db)).map((s) => s.grant.mesure);
		expect(found).toEqual(['fonds-vert.mobilites', 'fonds-vert.mobilites', 'fonds-vert.biodechets', null]);
		const choice = { dispositif: 'fonds-vert', mesure: null, annee: null, territoire: null, part: null };
		const { parMesure } = await readLedger(db, ref, choice);
		expect(parMesure.map((m) => m.nom)).toContain(names[3]);
		expect(parMesure.map((m) => m.nom)).not.toContain('Mesure non dite');
		const last = parMesure.find((m) => m.nom === names[3])!;
		expect((await readLedger(db, ref, { ...choice, mesure: last.code })).ensemble.projets).toBe(1);
	});
	it('un tableau sans montant est refusé, sans rien écrire', async () => {
		const db = await open(':memory:');
		const bytes = new TextEncoder().encode('Titre;Porteur\nIsoler;Ville');
		const done = await importGrants(db, ref, { bytes, fichier: 'x.csv', dispositif: 'fonds-vert', par: '', le: LE });
		expect(isRefusal(done)).toBe(true);
		expect(await grants.listImports(db)).toEqual([]);
	});
});

describe('le dispositif d’une liste se dit comme on l’écrit', () => {
	it.each([
		['Fonds vert', 'fonds-vert'],
		['fonds_vert', 'fonds-vert'],
		['DPV', 'dotations-etat.dpv'],
		['dotations-etat.dsil', 'dotations-etat.dsil'],
		['Dotation politique de la ville (DPV)', 'dotations-etat.dpv']
	])('« %s » est %s', (words, id) => expect(streamNamed(ref, words)).toBe(id));
	it('ce que le référentiel ne connaît pas est refusé, avec ce qu’il connaît', () => {
		const refused = streamNamed(ref, 'Fonds bleu');
		expect(refused).toMatchObject({ refus: 'Le dispositif «\u00a0Fonds bleu\u00a0» n’est pas dans le référentiel.' });
		expect((refused as Refusal).conseil).toContain('fonds-vert');
	});
	it('un nom que portent deux dispositifs fait choisir', () => {
		const [first, second] = ref.financements;
		const twice = {
			...ref,
			financements: [
				{ ...first!, alias: ['le fonds'] },
				{ ...second!, alias: ['Le Fonds'] }
			]
		};
		expect(streamNamed(twice, 'le fonds')).toMatchObject({ conseil: expect.stringContaining(second!.id) as string });
	});
});

const DATA = '../shared/data';
const real = existsSync(`${DATA}/funding/fonds_vert`);
describe.skipIf(!real)('les listes publiques réelles', () => {
	let db: Db;
	beforeAll(async () => {
		db = await open(':memory:');
		await importPerimeters(db, readFileSync(`${DATA}/geo/qpv-2024-hauts-de-france.geojson`), 'qpv.geojson', { le: LE });
	}, 60_000);
	const file = (folder: string, name: RegExp) => {
		const fichier = readdirSync(`${DATA}/funding/${folder}`).find((f) => name.test(f))!;
		return { bytes: new Uint8Array(readFileSync(`${DATA}/funding/${folder}/${fichier}`)), fichier };
	};
	it('Fonds vert 2023 : 692 projets et 137 298 508,93 €, au centime, sous ses deux formes qui n’en font qu’une', async () => {
		const first = await load(db, new Uint8Array(), file('fonds_vert', /source/));
		const second = await load(db, new Uint8Array(), file('fonds_vert', /export/));
		for (const report of [first, second]) {
			expect(report).toMatchObject({ lues: 692, acceptees: 692, rejetees: 0, montant: 137_298_508.93, annees: [2023] });
			expect(Math.round(Object.values(report.parts).reduce((a, b) => a + b, 0) * 100)).toBe(13_729_850_893);
		}
		expect(second).toMatchObject({ dejaConnues: 692, parts: first.parts });
		expect((await grants.listGrants(db, 'fonds-vert')).length).toBe(692);
		const page = await readLedger(db, ref, {
			dispositif: 'fonds-vert',
			mesure: null,
			annee: 2023,
			territoire: null,
			part: null
		});
		expect(page.ensemble.montant).toBe(13_729_850_893);
		expect(page.parTerritoire.reduce((sum, t) => sum + t.shares.montant, 0)).toBe(13_729_850_893);
		expect(page.situation).toBeNull();
		// The regional fold says the same, to the cent, and gives none of it to another region.
		const [told] = await readGranted(db, ref, '32');
		expect(told).toMatchObject({ dispositif: 'fonds-vert', projets: 692, montant: 137_298_508.93 });
		expect(told!.annees).toMatchObject([{ annee: 2023, projets: 692, montant: 137_298_508.93 }]);
		expect(await readGranted(db, ref, '28')).toEqual([]);
	}, 60_000);
	it.each([
		['dotations-etat', 'dgcl_dotations', /2019/],
		['dotations-etat', 'dgcl_dotations', /2023/],
		['ademe', 'ademe', /ademe/]
	])(
		'%s (%s, %s) : les quatre parts font le total, au centime, par année et par territoire',
		async (dispositif, folder, name) => {
			const report = await load(db, new Uint8Array(), { ...file(folder, name), dispositif });
			expect(report.acceptees).toBe(report.lues);
			const cents = (euros: number) => Math.round(euros * 100);
			for (const year of report.parAnnee)
				expect(Object.values(year.parts).reduce((sum, part) => sum + cents(part), 0)).toBe(cents(year.montant));
			expect(report.parAnnee.reduce((sum, y) => sum + cents(y.montant), 0)).toBe(cents(report.montant));
			expect(report.lieuxInconnus.reduce((sum, l) => sum + cents(l.montant), 0)).toBe(cents(report.parts.inconnu));
			// A whole whose place is mostly unknown says so before its interval.
			const all = await readLedger(db, ref, { dispositif, mesure: null, annee: null, territoire: null, part: null });
			const unknown = all.ensemble.parts.inconnu.montant / all.ensemble.montant;
			expect(all.titre.includes('le lieu n’est pas dit pour')).toBe(unknown > 0.5);
			for (const { annee, montant } of report.parAnnee) {
				const page = await readLedger(db, ref, { dispositif, mesure: null, annee, territoire: null, part: null });
				expect(page.ensemble.montant).toBe(cents(montant));
				expect(page.parTerritoire.reduce((sum, t) => sum + t.shares.montant, 0)).toBe(cents(montant));
			}
		},
		60_000
	);
	it.each([
		[/2018/, 126_447_651.27],
		[/2019/, 171_650_938.16]
	])('DGCL %s : la somme des lignes arrondies une à une, la moitié vers le haut', async (name, total) => {
		const report = await load(await open(':memory:'), new Uint8Array(), {
			...file('dgcl_dotations', name),
			dispositif: 'dotations-etat'
		});
		expect(report.montant).toBe(total);
	});
	it('DGCL 2023 : DPV, DSIL, DETR et DSID se lisent à part, et font ensemble le total', async () => {
		const report = await load(db, new Uint8Array(), {
			...file('dgcl_dotations', /2023/),
			dispositif: 'dotations-etat'
		});
		const choice = { dispositif: 'dotations-etat', mesure: null, annee: 2023, territoire: null, part: null };
		const whole = await readLedger(db, ref, choice);
		expect(whole.parMesure.map((m) => m.code)).toEqual(
			['detr', 'dsil', 'dpv', 'dsid'].map((id) => `dotations-etat.${id}`)
		);
		expect(whole.parMesure.reduce((sum, m) => sum + m.shares.montant, 0)).toBe(Math.round(report.montant * 100));
		const dpv = await readLedger(db, ref, { ...choice, mesure: 'dotations-etat.dpv' });
		expect(dpv.ensemble).toMatchObject({ projets: 172, parts: { ailleurs: { montant: 0 } } });
		expect(dpv.titre).toMatch(
			/^Dotation politique de la ville \(DPV\) 2023\s: entre 12\s% et 100\s% vont aux quartiers$/
		);
		expect(dpv.parTerritoire.reduce((sum, t) => sum + t.shares.montant, 0)).toBe(dpv.ensemble.montant);
	}, 60_000);
	it('DGCL 2024, filtrée sur la DPV : 159 opérations', async () => {
		const filtre = { champ: 'dispositif', valeur: 'DPV' };
		const report = await load(db, new Uint8Array(), {
			...file('dgcl_dotations', /2024/),
			dispositif: 'dotations-etat.dpv',
			filtre
		});
		expect(report).toMatchObject({ lues: 2112, acceptees: 159, ignorees: 1953, rejetees: 0, parts: { ailleurs: 0 } });
	}, 60_000);
});
