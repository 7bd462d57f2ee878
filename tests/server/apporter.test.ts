import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { missingFiles } from '../../src/lib/domain/bring/missing';
import { against, whereTheyGo } from '../../src/lib/domain/bring/where-they-go';
import { isDoubtful, tellRecognised, whatItIs, type Recognised } from '../../src/lib/domain/bring/recognised';
import { isRefusal, type Refusal } from '../../src/lib/domain/issue';
import type { Territory } from '../../src/lib/domain/territory';
import { bringFile, holdFile, type BringChoice } from '../../src/lib/server/bring/bring-file';
import { bringLot, readLot } from '../../src/lib/server/bring/bring-lot';
import { holdFiles, KEPT_MS, type HeldFile } from '../../src/lib/server/bring/held-files';
import { keepLot, keptLot } from '../../src/lib/server/bring/kept-lots';
import { chooseTerritory } from '../../src/lib/server/choose-territory';
import { readMissing, territoryToBring } from '../../src/lib/server/bring/read-missing';
import { recognise } from '../../src/lib/server/bring/recognise';
import { open, type Db } from '../../src/lib/server/db/client';
import * as grants from '../../src/lib/server/db/grants';
import * as imports from '../../src/lib/server/db/imports';
import { listQuartiers } from '../../src/lib/server/db/territories';
import { demonstrationFiles } from '../../src/lib/server/demonstration';
import { findJob, waitJob } from '../../src/lib/server/plans/jobs';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const ref = loadReferentiel();
const BY = { par: 'essai', le: '2026-11-27' };
const NOTHING: BringChoice = {
	...{ territoire: null, commePlan: false, plan: null, periode: null },
	...{ demarche: null, dispositif: null, filtre: null }
};
const texte = (words: string): Uint8Array => new TextEncoder().encode(words);
const PLACES = 'perimetres-qpv-fictifs.geojson';
const exemple = (nom: string): Uint8Array => demonstrationFiles().find((f) => f.nom === nom)!.octets;

let db: Db;
beforeAll(async () => void (db = await open(':memory:')));

const reconnu = (nom: string, bytes = exemple(nom), territoire: string | null = null): Promise<Recognised | Refusal> =>
	recognise(db, ref, { bytes, fichier: nom, territoire });
const genreDe = async (nom: string, bytes?: Uint8Array): Promise<string> => {
	const r = await reconnu(nom, bytes);
	return isRefusal(r) ? 'refus' : r.genre;
};
const ecritures = async (): Promise<number[]> => [
	(await listQuartiers(db)).length,
	(await imports.list(db)).length,
	(await grants.listImports(db)).length
];

describe('un fichier se reconnaît à ce qu’il contient', () => {
	test.each([
		['perimetres-qpv-fictifs.geojson', 'perimetres'],
		['communes.geojson', 'communes'],
		['correspondance-2015.csv', 'correspondances'],
		['indicateurs-qpv.csv', 'indicateurs'],
		['indicateurs-locaux.csv', 'indicateurs'],
		['cours-ecole.csv', 'ecoles'],
		['Fonds_vert_Aubrelle_2024-2025.csv', 'attributions'],
		['PCAET_Aubrelle_2024-2030.xlsx', 'plan'],
		['PLH_Aubrelle_2025-2030.csv', 'plan'],
		['Programmation_contrat_de_ville_2026.xlsx', 'plan'],
		['Contrat_de_ville_volet_investissement.ods', 'plan']
	])('%s est du genre %s, et son nom n’y est pour rien', async (nom, genre) => {
		const before = await ecritures();
		expect(await genreDe(nom)).toBe(genre);
		expect(await genreDe(`sans-nom${/\.\w+$/.exec(nom)![0]}`, exemple(nom))).toBe(genre);
		expect(await ecritures(), 'reconnaître n’écrit rien').toEqual(before);
	});

	test('un plan dit son type, sa période et ses lignes, et d’où cela vient', async () => {
		const r = (await reconnu('PLH_Aubrelle_2025-2030.csv')) as Extract<Recognised, { genre: 'plan' }>;
		expect(r.plan).toEqual({ valeur: 'plh', dApres: 'd’après le nom du fichier' });
		expect(r.periode?.valeur).toBe('2025-2030');
		expect(r.lignes).toBe(29);
		expect(tellRecognised(r)).toMatch(/^Plan de 29.lignes, en tableau\u00a0: vous relirez avant d’enregistrer\.$/);
	});

	test('un nom qui dit deux plans n’en dit aucun', async () => {
		const r = (await reconnu('PLH et PCAET.csv', exemple('PLH_Aubrelle_2025-2030.csv'))) as { plan: unknown };
		expect(r.plan).toBeNull();
	});

	test('une liste de subventions dit ses dispositifs, ligne à ligne', async () => {
		const rows = ['DPV;59', 'DPV;59', 'DSIL;59'].map((r, i) => `2023;${r};Commune;210000001;Projet ${i};1000`);
		const csv = [
			'exercice;dispositif;beneficiaire_dep;beneficiaire_nom;beneficiaire_siren;intitule;subvention',
			...rows
		];
		const r = (await reconnu('liste.csv', texte(csv.join('\n')))) as Extract<Recognised, { genre: 'attributions' }>;
		expect(r.dispositif?.valeur).toBe('dotations-etat');
		expect(r.parts).toEqual([
			{ mot: 'DPV', lignes: 2 },
			{ mot: 'DSIL', lignes: 1 }
		]);
		expect(r.annees).toEqual([2023]);
	});

	test('plusieurs démarches de l’ADEME : celle dont les actions nomment le territoire, sinon aucune', async () => {
		const demarche = (id: number, titres: string[]) => ({ id, actions: titres.map((intitule) => ({ intitule })) });
		const bytes = texte(
			JSON.stringify([
				demarche(1, ['Rénover les écoles', 'Planter des haies']),
				demarche(2, ['Une piste cyclable à Valenciennes', 'La chaufferie d’Anzin et de Valenciennes'])
			])
		);
		const at = async (territoire: string | null) =>
			((await reconnu('ademe.json', bytes, territoire)) as Extract<Recognised, { genre: 'plan' }>).demarche;
		expect((await at('245901160'))?.valeur).toBe('2');
		expect(await at('200071223')).toBeNull();
		expect(await at(null)).toBeNull();
	});
});

describe('ce qui ne peut servir est dit en une phrase', () => {
	test.each([
		['vide.csv', texte(''), /vide/],
		['coupe.geojson', texte('{"type":"FeatureCollection","features":[{"type":"Feature","prop'), /incomplet/],
		['page.xlsx', texte('<html><body>Connectez-vous</body></html>'), /page web sans tableau/],
		['note.pdf', texte('%PDF-1.7 …'), /PDF/],
		['copie.db', texte('SQLite format 3\u0000…'), /base de données/],
		['mots.txt', texte('bonjour'), /ni tableau d’actions|aucun/i]
	])('%s', async (nom, bytes, phrase) => {
		const before = await ecritures();
		const r = await reconnu(nom, bytes);
		expect(isRefusal(r) && r.refus).toMatch(phrase);
		expect(await ecritures()).toEqual(before);
	});
});

describe('un tableau qui n’est pas un plan', () => {
	test.each([
		['annee;departement;commune\n2018;59 Nord;Anzin\n2018;59 Nord;Denain', 'une liste de communes', true],
		['Code;Nom;Categorie\n1005;Concession;10\n1010;Hydraulique;10', 'une nomenclature', false],
		[
			'Nom;Lien;Financeurs;Bénéficiaire\nAide A;http://a;État;Communes\nAide B;http://b;Région;EPCI',
			'un catalogue d’aides',
			false
		],
		['commune;quartier;interet\nDenain;Faubourg;national\nAnzin;Centre;national', 'une liste de quartiers', true],
		['truc;machin;bidule\n1;2;3\n4;5;6', null, true]
	])('%s', async (csv, semble, colonnes) => {
		const r = await reconnu('liste.csv', texte(csv));
		if (isRefusal(r)) throw new Error(r.refus);
		expect(isDoubtful(r)).toBe(true);
		expect(whatItIs(r)).toBe('Tableau non reconnu');
		const said = tellRecognised(r);
		expect(said).toContain(semble ? `Semble ${semble}` : 'Aucune colonne ne nomme d’actions');
		expect(said).toContain('Si c’est votre plan, décochez');
		expect(said.includes('Ses colonnes'), 'les colonnes se disent quand aucune ne nomme d’actions').toBe(colonnes);
	});

	test('un tableau de peu de colonnes qui nomme des actions reste un plan', async () => {
		for (const csv of [
			'Numéro;Intitulé;Description\n1;Planter des haies;Le long des routes\n2;Isoler l’école;Toiture',
			'Axe;Action;Pilote\nEau;Planter une haie;Service vert\nEau;Ouvrir un jardin;Service vert'
		]) {
			const r = await reconnu('suivi.csv', texte(csv));
			expect(!isRefusal(r) && isDoubtful(r), csv).toBe(false);
			expect((r as { lignes: number }).lignes).toBe(2);
		}
	});

	test('les lignes de types et de consignes d’un modèle ne comptent pas parmi les actions', async () => {
		const csv = 'Axe;Action;Pilote\nChamp texte;Champ texte;Champ texte\nEau;Planter une haie;Service vert';
		expect(((await reconnu('modele.csv', texte(csv))) as { lignes: number }).lignes).toBe(1);
	});
});

describe('les fichiers apportés attendent l’accord', () => {
	const brought = (nom: string, bytes = exemple(nom)): HeldFile => ({
		fichier: nom,
		bytes,
		reconnu: null,
		issue: null
	});

	test('même d’un serveur à l’autre : chaque fichier, ses octets, ce qu’il est et ce qu’on en a fait', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'croisee-'));
		const other = await open(join(folder, 'essai.db'));
		try {
			const lot = await holdFiles(other, 'ZZ0000001', [
				brought('PLH_Aubrelle_2025-2030.csv'),
				brought('indicateurs-qpv.csv'),
				brought('vide.csv', texte(''))
			]);
			const unread = (await keptLot(other, lot.id, KEPT_MS))!;
			expect(unread.fichiers.map((f) => f.reconnu)).toEqual([null, null, null]);
			await readLot(other, ref, unread);
			expect(unread.fichiers.map((f) => f.reconnu && !isRefusal(f.reconnu))).toEqual([true, true, false]);
			await readLot(other, ref, lot);
			lot.fichiers[1]!.issue = { etat: 'laisse' };
			await keepLot(other, lot);
			const again = (await keptLot(other, lot.id, KEPT_MS))!;
			expect(again).toEqual({ ...lot, fichiers: lot.fichiers.map((f) => ({ ...f })) });
			expect(again.fichiers[0]!.bytes).toEqual(exemple('PLH_Aubrelle_2025-2030.csv'));
			expect(await keptLot(other, '../../etc', KEPT_MS)).toBeNull();
			expect(await keptLot(other, lot.id, -1), 'trop vieux, ils sont oubliés').toBeNull();
			expect(await keptLot(other, lot.id, KEPT_MS)).toBeNull();
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});

	test('plus de plans que la file n’en prend : tous sont lus, aucun n’est refusé', async () => {
		const csv = (i: number) =>
			texte(`Axe;Action;Pilote\nEau;Planter la haie ${i};Service vert\nEau;Ouvrir le jardin ${i};Service vert`);
		const own = await open(':memory:');
		await bringFile(own, ref, await holdFile(own, ref, { bytes: exemple(PLACES), fichier: PLACES }, null), NOTHING, BY);
		const lot = await holdFiles(
			own,
			'ZZ0000001',
			Array.from({ length: 12 }, (_, i) => brought(`suivi-${i}.csv`, csv(i)))
		);
		await readLot(own, ref, lot);
		const choice = { ...NOTHING, territoire: 'ZZ0000001', plan: 'pcaet' as const };
		const orders = lot.fichiers.map((file) => ({ file, choice }));
		await bringLot(own, ref, lot, orders, BY);
		for (const { issue } of lot.fichiers) {
			if (issue?.etat !== 'lecture') throw new Error(JSON.stringify(issue));
			expect(await findJob(own, issue.travail)).toMatchObject({ etat: 'fini' });
		}
	});
});

describe('apporter écrit d’un coup, ou rien', () => {
	const held = (nom: string, bytes = exemple(nom)) => holdFile(db, ref, { bytes, fichier: nom }, null);

	test('les périmètres d’abord, puis un plan lu mais pas enregistré', async () => {
		const places = await bringFile(db, ref, await held('perimetres-qpv-fictifs.geojson'), NOTHING, BY);
		expect(places).toMatchObject({ etat: 'ecrit', phrase: expect.stringMatching(/^7.périmètres lus, 7.importés/) });
		const plan = await held('PCAET_Aubrelle_2024-2030.xlsx');
		const asked = { ...NOTHING, territoire: 'ZZ0000001', plan: 'pcaet' } as const;
		const reading = await bringFile(db, ref, plan, asked, BY);
		if (reading.etat !== 'lecture') throw new Error(JSON.stringify(reading));
		const job = await waitJob(reading.travail, 30_000);
		expect((await imports.get(db, job!.import!))!.etat).toBe('prepare');
		expect(plan.bytes.length, 'les octets sont rendus').toBe(0);
	});

	test('des lignes ignorées disent pourquoi, et chaque précision est comptée', async () => {
		const csv = [
			'codeQPV;taux_pauvrete',
			...Array.from({ length: 20 }, (_, i) => `QN059${i + 10}M;beaucoup ${i}`),
			';',
			';12'
		];
		const done = await bringFile(db, ref, await held('indicateurs.csv', texte(csv.join('\n'))), NOTHING, BY);
		if (done.etat !== 'ecrit') throw new Error(JSON.stringify(done));
		const ignored = Number(/(\d+).ignorées?/.exec(done.phrase)![1]);
		expect(ignored).toBeGreaterThan(0);
		expect(done.phrase).toMatch(/lignes? ignorées?\u00a0: \p{L}/u);
		expect(done.details).toHaveLength(12);
		expect(done.details.length + done.autres!, 'celles qui ne sont pas montrées comptent aussi').toBeGreaterThan(13);
	});

	test('un choix manquant refuse, garde le fichier, et n’écrit rien', async () => {
		const before = await ecritures();
		const list = await held('Fonds_vert_Aubrelle_2024-2025.csv');
		expect(await bringFile(db, ref, list, NOTHING, BY)).toMatchObject({ etat: 'refuse' });
		expect(list.bytes.length).toBeGreaterThan(0);
		expect(await ecritures()).toEqual(before);
		const done = await bringFile(db, ref, list, { ...NOTHING, dispositif: 'fonds-vert' }, BY);
		expect(done).toMatchObject({ etat: 'ecrit', phrase: expect.stringMatching(/^7.subventions/) });
		expect((await ecritures())[2]).toBe(before[2]! + 1);
	});
});

describe('le fichier qui manque', () => {
	const complet = {
		...{ nom: 'CA du Pays d’Aubrelle', quartiers: 7, perimetres: true, plans: ['pcaet', 'plh', 'contrat-de-ville'] },
		...{ indicateurs: true, attributions: true, contours: true }
	};

	test('rien ne manque à un territoire complet', () => expect(missingFiles(complet)).toEqual([]));

	test('le contrat de ville passe avant le plan climat, les périmètres avant tout', () => {
		const cles = (held: Partial<typeof complet>) => missingFiles({ ...complet, ...held }).map((m) => m.cle);
		expect(cles({ plans: [] })).toEqual(['contrat-de-ville', 'pcaet', 'plh']);
		expect(cles({ plans: [], quartiers: 0, perimetres: false, indicateurs: false })[0]).toBe('perimetres');
		// Those of the département are there: it has no quartier, and lacks no file of them.
		expect(cles({ quartiers: 0, plans: ['plh'] })).toEqual(['pcaet']);
	});

	test('un territoire que la base ne connaît pas encore manque d’abord de périmètres', async () => {
		const [first] = await readMissing(db, '245901160');
		expect(first!.phrase).toBe('Il manque les périmètres des quartiers de la CA Valenciennes Métropole.');
	});
});

describe('le territoire pour lequel on apporte', () => {
	test('est celui qu’on lisait, ou le seul de la base ; parmi plusieurs, aucun n’est choisi en silence', async () => {
		const own = await open(':memory:');
		expect(await territoryToBring(own, null)).toBeNull();
		expect((await territoryToBring(own, '245901160'))?.code).toBe('245901160');
		const [ouest, est] = ['Ouest : Denain, Lourches', 'Est : Lens, Liévin'];
		const first = (await chooseTerritory(own, ouest)) as Territory;
		expect((await territoryToBring(own, null))?.code).toBe(first.code);
		const second = (await chooseTerritory(own, est)) as Territory;
		expect(await territoryToBring(own, null)).toBeNull();
		expect((await territoryToBring(own, second.code))?.code).toBe(second.code);
		await own.destroy();
	});

	test('n’est jamais celui de la démonstration, sauf à venir de ses pages ; et c’est alors dit avant d’écrire', async () => {
		const own = await open(':memory:');
		await bringFile(own, ref, await holdFile(own, ref, { bytes: exemple(PLACES), fichier: PLACES }, null), NOTHING, BY);
		expect(await territoryToBring(own, null), 'même seule dans la base').toBeNull();
		const made = (await territoryToBring(own, 'ZZ0000001'))!;
		expect(made.fictif).toBe(true);
		const said = whereTheyGo(made, []);
		expect(said.propose?.code).toBe(made.code);
		expect(said.alertes.join()).toContain('vos fichiers iraient avec ses données inventées');
		const first = (await chooseTerritory(own, 'Ouest : Denain, Lourches')) as Territory;
		expect((await territoryToBring(own, null))?.code, 'la démonstration ne cache pas le vôtre').toBe(first.code);
		expect(whereTheyGo(first, []).alertes).toEqual([]);
		await own.destroy();
	});

	test('un plan qui nomme une autre intercommunalité le dit ; la démonstration lui laisse la place', async () => {
		const csv = 'Axe;Action;Pilote\nEau;Planter une haie;Service vert\nEau;Ouvrir un jardin;Service vert';
		const read = await reconnu('Plan climat Valenciennes Métropole.csv', texte(csv));
		const territoire = (read as Extract<Recognised, { genre: 'plan' }>).territoire!;
		const claims = [{ fichier: 'Plan climat Valenciennes Métropole.csv', territoire }];
		const other = whereTheyGo({ code: '200071223', nom: 'CA d’ailleurs' }, claims);
		expect(other.propose).toMatchObject({ code: '200071223', dApres: null });
		expect(other.alertes).toEqual([
			expect.stringMatching(/semble être de la CA Valenciennes Métropole \(d’après le nom du fichier\)/)
		]);
		const made = { code: 'ZZ0000001', nom: 'CA du Pays d’Aubrelle' };
		expect(whereTheyGo(made, claims).propose).toMatchObject({ code: '245901160' });
		expect(whereTheyGo(made, claims).alertes).toEqual([]);
		expect(against(made, claims), 'choisie quand même, tout est dit').toHaveLength(2);
		expect(against({ code: '245901160', nom: 'CA Valenciennes Métropole' }, claims)).toEqual([]);
	});

	test('des périmètres d’ailleurs disent qu’aucun n’est du territoire choisi', async () => {
		const r = (await reconnu(PLACES, undefined, '245901160')) as Recognised;
		expect(tellRecognised(r)).toContain(', dont aucun pour CA Valenciennes Métropole');
	});

	test('chaque lien des pages d’un territoire vers « Apporter » le dit', () => {
		const pages = import.meta.glob<string>(['../../src/routes/**/*.svelte'], {
			query: '?raw',
			import: 'default',
			eager: true
		});
		const own = Object.entries(pages).filter(([path]) => /routes\/(territoires|imports\/\[id\])\//.test(path));
		const links = own.flatMap(([path, text]) =>
			[...text.matchAll(/['"`]\/apporter[^'"`]*/g)].map(([link]) => `${path} ${link}`)
		);
		expect(links.length).toBeGreaterThan(5);
		for (const link of links) expect(link).toContain('?territoire=');
	});
});
