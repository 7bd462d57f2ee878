import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import type { ImportReport } from '../../src/lib/domain/import/import-report';
import * as actions from '../../src/lib/server/db/actions';
import { open, type Db } from '../../src/lib/server/db/client';
import * as decisions from '../../src/lib/server/db/decisions';
import * as documents from '../../src/lib/server/db/documents';
import { saveQuartiers } from '../../src/lib/server/db/territories';
import type { InseeCode, QpvCode, TerritoryCode } from '../../src/lib/domain/territory';
import * as imports from '../../src/lib/server/db/imports';
import {
	commitImport,
	importDirect,
	stageImport,
	undoImport,
	type ImportRequest
} from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const ref = loadReferentiel();

const LENS = '246200364';
const by = { par: 'test', le: '2026-11-22' };
const csv = (...rows: string[]): Uint8Array => new TextEncoder().encode(`\ufeff${rows.join('\n')}\n`);
const HEADER = 'N°;Titre;Porteur;Budget prévisionnel HT;Statut;Pilote';
const V1 = csv(
	HEADER,
	'1;Rénover l’école Voltaire;Ville de Lens;60 000 €;En cours;Service bâtiments',
	'2;Planter la rue Basse;Ville de Liévin;0;À venir;',
	'3;Aider les copropriétés;;;;Service habitat',
	';;Sans titre;;;'
);
const V2 = csv(
	HEADER,
	'1;Rénover l’école Voltaire;Ville de Lens;;Terminé;Service bâtiments',
	'2;Planter la rue Basse;Ville de Liévin;0;À venir;',
	'4;Ouvrir une ressourcerie;;12 000;;'
);

let db: Db;
beforeEach(async () => {
	db = await open(':memory:');
});

type Said = Partial<Parameters<typeof importDirect>[2]>;
const request = (bytes: Uint8Array, more: Said = {}): ImportRequest & typeof by & Said => ({
	bytes,
	fichier: 'plan.csv',
	territoire: LENS,
	plan: 'plh',
	...by,
	...more
});
async function importer(bytes: Uint8Array, more: Said = {}): Promise<ImportReport> {
	const report = await importDirect(db, ref, request(bytes, more));
	if (isRefusal(report)) throw new Error(report.refus);
	return report;
}
const titles = async (): Promise<string[]> => (await actions.listByTerritory(db, LENS)).map((a) => a.titre);

describe('un premier import', () => {
	test('une liste de dotations déposée comme contrat de ville se dit liste de subventions, avant d’être enregistrée', async () => {
		const list = csv(
			'Exercice;Dispositif;Bénéficiaire;Intitulé du projet;Coût total HT;Subvention accordée',
			'2024;DPV;Ville de Lens;Rénover l’école Voltaire;60 000;30 000',
			'2024;DPV;Ville de Liévin;Refaire la place Basse;80 000;40 000'
		);
		const report = await importer(list, { plan: 'contrat-de-ville' });
		expect(report).toMatchObject({
			acceptees: 2,
			note: 'Liste de subventions accordées, pas le contrat de ville signé.'
		});
		expect((await importer(V1, { plan: 'contrat-de-ville' })).note).toBeUndefined();
	});

	test('écrit les actions dans l’ordre du fichier, avec leur ligne d’origine', async () => {
		const report = await importer(V1);
		expect(report).toMatchObject({
			schema: 'croisee/import/1',
			import: 1,
			plan: 'plh',
			lues: 4,
			acceptees: 3,
			rejetees: 1,
			ignorees: 0
		});
		expect(report.differences).toEqual({ ajoutees: 3, modifiees: 0, disparues: 0, inchangees: 0, videes: 0 });
		expect(report.colonnes[0]).toMatchObject({ entete: 'N°', champ: 'numero' });
		expect(report.anomalies.find((a) => a.gravite === 'bloquant')).toMatchObject({ code: 'titre-absent', ligne: 5 });
		const [first, second] = await actions.listByTerritory(db, LENS);
		expect(first).toMatchObject({
			reference: '1',
			plan: 'plh',
			statut: 'en-cours',
			budget: { euros: 60000, base: 'HT' },
			disparue: false
		});
		expect(first?.origine).toEqual({ fichier: 'plan.csv', feuille: expect.any(String), ligne: 2 });
		expect(second?.budget?.euros).toBe(0);
		expect(await documents.listByTerritory(db, LENS)).toMatchObject([
			{ plan: 'plh', periode: null, champs: expect.arrayContaining(['pilote']) }
		]);
	});

	test('préparé, il n’écrit aucune action avant d’être validé', async () => {
		const staged = await stageImport(db, ref, request(V1));
		if (isRefusal(staged)) throw new Error(staged.refus);
		expect(staged.rapport.differences.ajoutees).toBe(3);
		expect(await titles()).toEqual([]);
		expect((await imports.get(db, staged.id))?.etat).toBe('prepare');
		expect(Buffer.compare((await imports.bytesOf(db, staged.id))!, Buffer.from(V1))).toBe(0);
		const report = await commitImport(db, ref, staged.id, by);
		expect(report).toMatchObject({ import: staged.id, acceptees: 3, document: { nouveau: true } });
		expect(await titles()).toHaveLength(3);
		expect(await commitImport(db, ref, staged.id, by)).toMatchObject({ refus: expect.stringContaining('déjà validé') });
	});

	test('à blanc, il n’écrit rien du tout', async () => {
		const report = await importer(V1, { aBlanc: true });
		expect(report).toMatchObject({ import: null, acceptees: 3, differences: { ajoutees: 3 } });
		expect(await imports.list(db)).toEqual([]);
		expect(await db.selectFrom('territoire').selectAll().execute()).toEqual([]);
	});

	test('un territoire, un type de plan, un filtre ou une feuille inconnus sont refusés avec un conseil', async () => {
		expect(await importDirect(db, ref, request(V1, { territoire: '999999999' }))).toMatchObject({
			refus: expect.stringContaining('inconnu'),
			conseil: expect.stringContaining('SIREN')
		});
		expect(await importDirect(db, ref, request(V1, { filtre: { champ: 'couleur', valeur: 'bleu' } }))).toMatchObject({
			refus: expect.stringContaining('couleur')
		});
		expect(isRefusal(await importDirect(db, ref, request(V1, { feuille: 'Absente' })))).toBe(true);
		expect(isRefusal(await importDirect(db, ref, request(new Uint8Array())))).toBe(true);
		expect(await imports.list(db)).toEqual([]);
	});

	test('un fichier sans aucune action garde son rapport et ne crée pas de plan', async () => {
		const report = await importer(csv(HEADER, ';;Ville de Lens;;;'));
		expect(report).toMatchObject({ lues: 1, acceptees: 0, rejetees: 1 });
		expect(await documents.listByTerritory(db, LENS)).toEqual([]);
	});
});

test('un quartier mal écrit est une question, avec les noms proches et ses lignes', async () => {
	const quartier = (code: string, nom: string) => ({
		code: code as QpvCode,
		nom,
		communes: [{ code: '62498' as InseeCode, nom: 'Lens' }],
		epci: [LENS as TerritoryCode],
		alias: [],
		predecesseurs: [],
		geometrie: null,
		surface: null,
		fictif: false
	});
	await saveQuartiers(db, [quartier('QN06201M', 'Grande Résidence'), quartier('QN06202M', 'Cité 12-14')], {
		source: 'test',
		le: '2026-11-22'
	});
	const file = csv('Titre;Quartier', 'Isoler;Grande Résidance', 'Planter;Grande Résidence', 'Jouer;Grande Résidance');
	const report = await importer(file, { plan: 'contrat-de-ville' });
	expect(report).toMatchObject({ acceptees: 3 });
	expect(report.quartiersNonReconnus).toMatchObject([
		{ texte: 'Grande Résidance', proches: [{ code: 'QN06201M', nom: 'Grande Résidence' }], lignes: [2, 4] }
	]);
});

describe('un fichier importé à nouveau', () => {
	test('les mêmes octets ne changent rien et le disent', async () => {
		await importer(V1);
		const again = await importer(V1);
		expect(again.differences).toEqual({ ajoutees: 0, modifiees: 0, disparues: 0, inchangees: 3, videes: 0 });
		expect(again.dejaImporte).toEqual({ id: 1, le: '2026-11-22' });
		expect(await titles()).toHaveLength(3);
		expect(await documents.listByTerritory(db, LENS)).toHaveLength(1);
	});

	test('ajoute, modifie, garde ce qui a disparu et ne vide rien', async () => {
		await importer(V1);
		const before = await actions.listByTerritory(db, LENS);
		const report = await importer(V2);
		expect(report.differences).toEqual({ ajoutees: 1, modifiees: 1, disparues: 1, inchangees: 1, videes: 1 });
		expect(report.dejaImporte).toBeNull();
		const after = await actions.listByTerritory(db, LENS);
		const byTitle = new Map(after.map((a) => [a.titre, a]));
		expect(byTitle.get('Rénover l’école Voltaire')).toMatchObject({
			statut: 'realise',
			budget: { euros: 60000 },
			id: before[0]!.id
		});
		expect(byTitle.get('Aider les copropriétés')).toMatchObject({ disparue: true });
		expect(report.changements.map((c) => [c.genre, c.titre])).toEqual([
			['modifiee', 'Rénover l’école Voltaire'],
			['ajoutee', 'Ouvrir une ressourcerie'],
			['disparue', 'Aider les copropriétés']
		]);
		expect(report.changements.every((c) => after.some((a) => a.id === c.id))).toBe(true);
	});

	test('retire ce qui a disparu quand une personne le demande', async () => {
		await importer(V1);
		await importer(V2, { disparues: 'retirer' });
		expect(await titles()).not.toContain('Aider les copropriétés');
		expect(await titles()).toHaveLength(3);
	});

	test('une colonne de plus reste le même document, une autre période en fait un autre', async () => {
		await importer(V1);
		const wider = csv(
			`${HEADER};Publics`,
			'1;Rénover l’école Voltaire;Ville de Lens;60 000 €;En cours;Service bâtiments;Élèves',
			'2;Planter la rue Basse;;;;;'
		);
		expect((await importer(wider)).document).toMatchObject({ id: 1, nouveau: false });
		expect((await documents.get(db, 1))?.champs).toEqual(expect.arrayContaining(['publics', 'numero']));
		expect((await importer(V1, { periode: '2026-2032' })).document).toMatchObject({ id: 2, nouveau: true });
		expect((await importer(V1, { document: 'nouveau' })).document).toMatchObject({ id: 3, nouveau: true });
		expect((await importer(V2, { document: 3 })).document).toMatchObject({ id: 3, nouveau: false });
		expect(await importDirect(db, ref, request(V1, { document: 42 }))).toMatchObject({
			refus: expect.stringContaining('42')
		});
	});

	test('sans dire la période, on retrouve le document qui en avait une', async () => {
		await importer(V1, { periode: '2024-2030' });
		expect((await importer(V2)).document).toMatchObject({ id: 1, nouveau: false });
		expect((await documents.get(db, 1))?.periode).toBe('2024-2030');
	});

	test('une action dont seule la ligne a bougé n’est pas modifiée, son origine suit', async () => {
		await importer(V1);
		const moved = csv(
			HEADER,
			'2;Planter la rue Basse;Ville de Liévin;0;À venir;',
			'3;Aider les copropriétés;;;;Service habitat',
			'1;Rénover l’école Voltaire;Ville de Lens;60 000 €;En cours;Service bâtiments'
		);
		expect((await importer(moved)).differences).toMatchObject({ inchangees: 3, modifiees: 0 });
		expect((await actions.listByTerritory(db, LENS)).map((a) => [a.reference, a.origine.ligne])).toEqual([
			['2', 2],
			['3', 3],
			['1', 4]
		]);
		expect(await undoImport(db, 2, by)).toEqual({ actionsRetirees: 0, actionsRestaurees: 0, gardees: [] });
		expect((await actions.listByTerritory(db, LENS)).map((a) => a.origine.ligne)).toEqual([2, 3, 4]);
	});

	test('deux filtres d’un même fichier font deux documents', async () => {
		const file = csv('Dispositif;Titre;Subvention', 'DPV;Square;1000', 'DSIL;Toiture;2000');
		await importer(file, { plan: 'autre', filtre: { champ: 'dispositif', valeur: 'DPV' } });
		const second = await importer(file, { plan: 'autre', filtre: { champ: 'dispositif', valeur: 'DSIL' } });
		expect(second.differences).toMatchObject({ ajoutees: 1, disparues: 0 });
		expect(await titles()).toEqual(['Square', 'Toiture']);
	});

	test('les identifiants sont les mêmes d’une base à l’autre', async () => {
		await importer(V1);
		const ids = (await actions.listByTerritory(db, LENS)).map((a) => a.id);
		db = await open(':memory:');
		await importer(V1);
		expect((await actions.listByTerritory(db, LENS)).map((a) => a.id)).toEqual(ids);
		expect(ids[0]).toMatch(/^A1-[0-9a-f]{16}$/);
	});
});

describe('annuler un import', () => {
	test('retire ce qu’il avait apporté, et le document qu’il avait créé', async () => {
		await importer(V1);
		expect(await undoImport(db, 1, by)).toEqual({ actionsRetirees: 3, actionsRestaurees: 0, gardees: [] });
		expect(await titles()).toEqual([]);
		expect(await documents.listByTerritory(db, LENS)).toEqual([]);
		expect((await imports.get(db, 1))?.etat).toBe('annule');
		expect(await undoImport(db, 1, by)).toMatchObject({ refus: expect.stringContaining('déjà annulé') });
		expect((await importer(V1)).dejaImporte).toBeNull();
	});

	test('remet chaque action exactement comme elle était', async () => {
		await importer(V1);
		const before = await actions.listByTerritory(db, LENS);
		await importer(V2, { disparues: 'retirer' });
		expect(await undoImport(db, 2, by)).toEqual({ actionsRetirees: 1, actionsRestaurees: 2, gardees: [] });
		expect(await actions.listByTerritory(db, LENS)).toEqual(before);
	});
});

describe('les décisions', () => {
	test('s’ajoutent, se relisent et s’annulent sans disparaître', async () => {
		await importer(V1);
		const decision = {
			territoire: LENS,
			sujet: { genre: 'nature' as const, id: (await actions.listByTerritory(db, LENS))[0]!.id },
			quartier: null,
			valeur: { nature: 'N1' },
			motif: 'travaux',
			...by
		};
		const id = await decisions.add(db, decision);
		expect(await decisions.listByTerritory(db, LENS)).toEqual([{ id, ...decision }]);
		expect(await decisions.cancel(db, id, '2026-11-23')).toBe(true);
		expect(await decisions.cancel(db, id, '2026-11-23')).toBe(false);
		expect(await decisions.listByTerritory(db, LENS)).toEqual([]);
		expect(await db.selectFrom('decision').select('id').execute()).toHaveLength(1);
	});
});

const DATA = '../shared/data';
const files = (folder: string): string[] =>
	readdirSync(folder).flatMap((name) =>
		statSync(`${folder}/${name}`).isDirectory() ? files(`${folder}/${name}`) : [`${folder}/${name}`]
	);

describe.skipIf(!existsSync(DATA))('les vrais fichiers', () => {
	const read = (path: string): Uint8Array => readFileSync(`${DATA}/${path}`);

	test('ADEME, démarche 1705 : 72 actions à Valenciennes', async () => {
		const fichier = 'plans/pcaet/Demarches_PCAET_Programme_Actions_V2.hauts-de-france.json';
		const report = await importer(read(fichier), { fichier, territoire: '245901160', plan: 'pcaet', demarche: '1705' });
		expect(report).toMatchObject({ lues: 72, acceptees: 72, rejetees: 0, ignorees: 0 });
	});

	test('Nièvre et Somme, format TeT : 46 actions, leurs montants et leurs vrais zéros', async () => {
		const fichier = 'plans/pcaet/cc-nievre-et-somme_plan-actions_format-TeT.xlsx';
		const report = await importer(read(fichier), { fichier, territoire: '200071223', plan: 'pcaet' });
		expect(report).toMatchObject({ lues: 47, acceptees: 46, rejetees: 0, ignorees: 1 });
		const all = await actions.listByTerritory(db, '200071223');
		const budgets = Object.fromEntries(all.flatMap((a) => (a.budget ? [[a.reference, a.budget.euros]] : [])));
		expect(budgets).toEqual({ 6: 2400, 12: 1200, 13: 4219, 18: 0, 19: 0, 20: 0, 21: 0, 28: 60000, 41: 500 });
		expect(all[0]).toMatchObject({ reference: '1', porteur: 'CCNS', axe: null });
		expect(all.every((a) => a.budget === null || a.budget.base === 'HT')).toBe(true);
	});

	test('modèle TeT encore vide : la ligne d’exemple n’est pas une action', async () => {
		for (const format of ['xlsx', 'ods']) {
			const fichier = `plans/pcaet/TeT_modele-import-pa.${format}`;
			const report = await importer(read(fichier), { fichier, plan: 'pcaet', aBlanc: true });
			expect(report, format).toMatchObject({ acceptees: 0, rejetees: 0 });
			expect(report.ignorees, format).toBeGreaterThan(0);
		}
	});

	test('PLH : les 14 lignes de Lens-Liévin, les autres laissées de côté', async () => {
		const fichier = 'plans/plh/plh_programmes_actions_hdf.csv';
		const report = await importer(read(fichier), { fichier });
		expect(report).toMatchObject({ lues: 25, acceptees: 14, rejetees: 0, ignorees: 11 });
		expect((await actions.listByTerritory(db, LENS))[1]).toMatchObject({
			reference: '1-2-1',
			titre: 'Analyse prospective du foncier',
			objectif: "L'action foncière, clé de voûte des politiques de l'habitat",
			axe: expect.stringMatching(/^1\. Mettre en marché/)
		});
		expect((await documents.listByTerritory(db, LENS))[0]?.periode).toBe('2014-2020');
	});

	test('DGCL 2024 : les trois dotations politique de la ville de l’agglomération de Valenciennes', async () => {
		const fichier = 'funding/dgcl_dotations/dgcl-liste-projets-dotations-investissement-local-2024.hauts-de-france.csv';
		const filtre = { champ: 'dispositif', valeur: 'DPV' };
		const report = await importer(read(fichier), { fichier, territoire: '245901160', plan: 'autre', filtre });
		expect(report).toMatchObject({ lues: 2112, acceptees: 3, rejetees: 0 });
		const all = await actions.listByTerritory(db, '245901160');
		expect(all.map((a) => a.porteur).sort()).toEqual(['ANZIN', 'BEUVRAGES', 'CONDE SUR L’ESCAUT']);
		expect(all.every((a) => a.financements.length === 1 && a.financements[0]!.libelle === 'DPV')).toBe(true);
	});

	test('tous les fichiers de plans et de financements se lisent sans faute, chaque ligne comptée', async () => {
		for (const path of [...files(`${DATA}/plans`), ...files(`${DATA}/funding`)].filter((f) => !f.endsWith('.md'))) {
			const report = await importDirect(
				db,
				ref,
				request(readFileSync(path), { fichier: path, plan: 'autre', aBlanc: true })
			);
			if (isRefusal(report)) continue;
			expect(report.lues, path).toBe(report.acceptees + report.rejetees + report.ignorees);
			expect(report.ignorees, path).toBe(report.ignoreesParRaison.reduce((n, g) => n + g.nombre, 0));
		}
	}, 120_000);
});
