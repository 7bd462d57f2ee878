import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { communeNamedIn, communeNamedNear, formerNames } from '../../src/lib/server/commune-names';
import { open, type Db } from '../../src/lib/server/db/client';
import * as grants from '../../src/lib/server/db/grants';
import { importGrants } from '../../src/lib/server/ledger/import-grants';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* Lists loaded one after the other: nothing is counted twice, nothing is erased, and what is doubtful is said. All invented. */

const ref = loadReferentiel();
const HEADERS = 'exercice;dossier;intitule;beneficiaire;siren;commune;montant';
const euros = async (db: Db) => (await grants.listGrants(db)).reduce((sum, s) => sum + s.grant.montant, 0) / 100;
const count = async (db: Db) => (await grants.listGrants(db)).length;

async function load(
	db: Db,
	rows: readonly string[],
	more: Partial<Parameters<typeof importGrants>[2]> = {},
	headers = HEADERS
) {
	const bytes = new TextEncoder().encode([headers, ...rows].join('\n'));
	const asked = { bytes, fichier: 'liste.csv', dispositif: 'fonds-vert', par: 'essai', le: '2026-11-22', ...more };
	const report = await importGrants(db, ref, asked);
	if (isRefusal(report)) throw new Error(report.refus);
	return report;
}
const ECOLE = '2023;1;École du pré;LIZON;210000001;Lizon;1000';
const COUR = '2023;2;Cour du pré;LIZON;210000001;Lizon;2000';
const PISCINE = '2024;1;Bassin nautique;VERMOY;210000002;Vermoy;5000';

describe('un numéro de dossier', () => {
	it('repris une autre année pour un autre projet n’efface rien, et c’est dit', async () => {
		const db = await open(':memory:');
		await load(db, [ECOLE, COUR]);
		const second = await load(db, [PISCINE, '2024;2;Gymnase;VERMOY;210000002;Vermoy;7000']);
		expect([await count(db), await euros(db)]).toEqual([4, 15_000]);
		expect(second.anomalies.map((a) => a.message).join()).toMatch(
			/2\snuméros de dossier de cette liste sont déjà au registre pour d’autres projets.*«.1.» y est «.École du pré.» \(2023\)/
		);
		// In whatever order they come again, the same four.
		await load(db, [ECOLE, COUR]);
		await load(db, [PISCINE]);
		expect([await count(db), await euros(db)]).toEqual([4, 15_000]);
	});
	it('reste celui du projet dont le titre, le bénéficiaire ou l’année est corrigé', async () => {
		const db = await open(':memory:');
		await load(db, [ECOLE]);
		await load(db, [ECOLE.replace('École du pré', 'École des prés')]);
		await load(db, [ECOLE.replace('2023', '2022').replace('École du pré', 'École des prés')]);
		await load(db, [ECOLE.replace('2023', '2022').replace('École du pré', 'École des prés').replace(';1000', ';900')]);
		expect([await count(db), await euros(db)]).toEqual([1, 900]);
	});
	it('qui vaut pour deux paiements les garde tous deux quand un seul revient', async () => {
		const db = await open(':memory:');
		const second = '2023;K1;Étude, fin;LIZON;210000001;Lizon;2000';
		await load(db, ['2023;K1;Étude, début;LIZON;210000001;Lizon;1000', second]);
		expect(await load(db, [second])).toMatchObject({ dejaConnues: 1 });
		expect([await count(db), await euros(db)]).toEqual([2, 3000]);
		await load(db, ['2023;K1;Étude, bilan;LIZON;210000001;Lizon;500']);
		expect([await count(db), await euros(db)]).toEqual([3, 3500]);
	});
});

it('une année inconnue ne remplace pas une année connue, ni un vide ce qui était dit', async () => {
	for (const dossier of ['7', '']) {
		const db = await open(':memory:');
		await load(db, [`2022;${dossier};Haie;LIZON;210000001;Lizon;100`]);
		await load(db, [`;${dossier};Haie;;210000001;;100`]);
		const [{ grant }] = (await grants.listGrants(db)) as [grants.StoredGrant];
		expect([await count(db), grant.annee, grant.beneficiaire, grant.communeNom]).toEqual([1, 2022, 'LIZON', 'Lizon']);
	}
});

it('sans numéro de dossier, le même projet à un autre montant s’ajoute, et la question est posée', async () => {
	const db = await open(':memory:');
	await load(db, ['2024;;Haie;LIZON;210000001;Lizon;1000']);
	const second = await load(db, ['2024;;Haie;LIZON;210000001;Lizon;1500']);
	expect(second.anomalies.map((a) => [a.code, a.message])).toContainEqual([
		'doublon',
		'Ligne 2\u00a0: «\u00a0Haie\u00a0» est déjà au registre pour 1\u202f000\u00a0€, d’après «\u00a0liste.csv\u00a0»\u202f; 1\u202f500\u00a0€ s’y ajoutent.'
	]);
	expect((await load(db, ['2025;;Haie;LIZON;210000001;Lizon;1700'])).anomalies).toEqual([]);
});

describe('une ligne de total', () => {
	it.each([
		';;TOTAL;;;;3000',
		';;;TOTAL;;;3000',
		'TOTAL;;;;;;3000',
		';TOTAL;;;;;3000',
		';;Total général (2 projets);;;;3000',
		';;Sous-total Vallée;;;;1234',
		';;Total;Vallée;210000009;;3000'
	])('« %s » n’est pas un projet, et c’est dit', async (row) => {
		const db = await open(':memory:');
		const report = await load(db, [ECOLE, COUR, row]);
		expect(report).toMatchObject({ lues: 3, acceptees: 2, rejetees: 0, ignorees: 1, montant: 3000 });
		expect(report.anomalies.map((a) => [a.ligne, a.message]).join()).toMatch(/4,Ligne 4.*total.* et non un projet/i);
	});
	it('chaque sous-total se compare aux lignes qui le précèdent', async () => {
		const total = (n: number) => `;;Total de la vallée;VAL;210000009;;${n}`;
		const report = await load(await open(':memory:'), [ECOLE, total(1000), COUR, total(2000), total(3000)]);
		expect(report).toMatchObject({ acceptees: 2, ignorees: 3, montant: 3000 });
	});
	it.each(['Total des haies à planter', 'Totalité du toit'])(
		'« %s », avec son bénéficiaire, en est un',
		async (titre) => {
			const report = await load(await open(':memory:'), [ECOLE, `2023;9;${titre};LIZON;210000001;Lizon;10`]);
			expect(report).toMatchObject({ acceptees: 2, montant: 1010 });
		}
	);
});

it('une liste chargée pour une mesure laisse de côté celle que personne ne connaît, si ses lignes nomment la bonne', async () => {
	const headers = `nom_demarche_ds;${HEADERS}`;
	const rows = [`Renaturation des villes et des villages;${ECOLE}`, `Prévention des tempêtes;${COUR}`];
	const asked = { dispositif: 'fonds-vert.renaturation' };
	const report = await load(await open(':memory:'), rows, asked, headers);
	expect(report).toMatchObject({ acceptees: 1, ignorees: 1, montant: 1000 });
	expect(report.autresDispositifs).toEqual([{ dispositif: 'Prévention des tempêtes', lignes: 1, montant: 2000 }]);
	expect(report.anomalies[0]).toMatchObject({
		conseil: expect.stringContaining('la famille qui les réunit') as string
	});
	// A list that never names it is taken at its word.
	const alone = await load(await open(':memory:'), [`Végétal en ville;${ECOLE}`], asked, headers);
	expect(alone).toMatchObject({ acceptees: 1, ignorees: 0 });
});

it('un fichier coupé au milieu d’un montant entre guillemets : la ligne est refusée, les autres restent', async () => {
	const report = await load(await open(':memory:'), [ECOLE, '2023;2;Cour;LIZON;210000001;Lizon;"428']);
	expect(report).toMatchObject({ acceptees: 1, rejetees: 1, montant: 1000 });
	expect(report.anomalies.map((a) => a.message)).toContain(
		'Ligne 3\u00a0: le fichier s’arrête au milieu d’une cellule\u202f; la ligne n’est pas comptée.'
	);
});

it('deux communes sur une ligne : l’import dit les deux, et quoi faire', async () => {
	const headers = 'exercice;beneficiaire_dep;beneficiaire_nom;beneficiaire_code_insee;intitule;subvention';
	const rows = ['2024;02;ABBECOURT;02001;Haie;10', '2024;60;Achy;02002;Haie;10'];
	const { anomalies, projets } = await load(await open(':memory:'), rows, {}, headers);
	const said = anomalies.filter((a) => a.code === 'commune-inconnue');
	expect(said.map((a) => a.ligne)).toEqual([3]);
	expect(said[0]!.message).toMatch(
		/deux communes sont dites, Achery \(02002\) d’après le code|Achy \(60004\) est retenue/
	);
	expect(said[0]!.conseil).not.toBeNull();
	expect(projets.inconnu).toBe(2);
});

describe('le nom d’une commune qui en a rejoint une autre', () => {
	it.each([
		['Lomme', '59', '59350'],
		['Saint-Pol-sur-Mer', '59', '59183'],
		['ST POL SUR MER', '59', '59183'],
		['Hellemmes', '59', '59350'],
		['Bruay sur Escaut', '59', '59112'],
		['Lomme', '62', null]
	])('%s (%s) : %s', (nom, departement, code) => expect(communeNamedIn(nom, departement)).toBe(code));
	it('la commune en vigueur garde son nom ; deux du même nom dans une région n’en donnent aucune', () => {
		expect(formerNames('59350')).toContain('Lomme');
		expect(communeNamedNear('Amiens', '59350')).toBe('80021');
		expect(communeNamedNear('Ferrières', '59350')).toBeNull();
	});
});

describe('un projet annulé ou refusé', () => {
	it('n’est pas compté, et c’est dit ; les autres états ne changent rien', async () => {
		const db = await open(':memory:');
		const report = await load(
			db,
			[
				`${ECOLE};Engagé`,
				`${COUR};Annulé`,
				`${PISCINE};Avis défavorable`,
				'2024;3;Gymnase;VERMOY;210000002;Vermoy;7000;'
			],
			{},
			`${HEADERS};Statut du dossier`
		);
		expect([await count(db), await euros(db)]).toEqual([2, 8_000]);
		const said = report.anomalies.map((a) => a.message).join('\n');
		expect(said).toMatch(/«.Annulé.».*n’est pas compté/);
		expect(said).toMatch(/«.Avis défavorable.».*n’est pas compté/);
	});
});
