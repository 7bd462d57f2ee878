import fc from 'fast-check';
import { writeXlsx } from 'hucre';
import iconv from 'iconv-lite';
import { beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import { saveQuartiers } from '../../src/lib/server/db/territories';
import { readPlan, type ImportRequest, type ReadPlan } from '../../src/lib/server/plans/import-reading';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* Files as French collectivités make them, all invented: what each must give, and that no row is ever lost. */

type Cell = string | number | boolean | Date | null;
const ref = loadReferentiel();
const quartier = (code: string, nom: string, insee: string, commune: string) => ({
	code,
	nom,
	communes: [{ code: insee, nom: commune }],
	epci: ['246200364'],
	alias: [],
	predecesseurs: [],
	geometrie: null,
	surface: null,
	fictif: false
});

let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
	const connus = [
		quartier('QN06201M', 'Le Grand Verger', '62498', 'Lens'),
		quartier('QN06202M', 'Cité 12-14', '62498', 'Lens'),
		quartier('QN06203M', 'Tilleuls - Mésanges', '62510', 'Liévin')
	];
	await saveQuartiers(db, connus as never, { source: 'essai', le: '2026-11-22' });
});

const book = (feuilles: Record<string, Cell[][]>): Promise<Uint8Array> =>
	writeXlsx({ sheets: Object.entries(feuilles).map(([name, rows]) => ({ name, rows })) });
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const ask = async (bytes: Uint8Array, plan: ImportRequest['plan'] = 'pcaet') =>
	readPlan(db, ref, { bytes, fichier: 'plan', territoire: '246200364', plan });
async function lu(source: Record<string, Cell[][]> | Cell[][] | string | Uint8Array, plan?: ImportRequest['plan']) {
	const bytes =
		typeof source === 'string'
			? utf8(source)
			: source instanceof Uint8Array
				? source
				: await book(Array.isArray(source) ? { Actions: source } : source);
	const read = await ask(bytes, plan);
	if (isRefusal(read)) throw new Error(read.refus);
	const { lues, acceptees, rejetees, ignorees } = read.report;
	expect(lues).toBe(acceptees + rejetees + ignorees);
	return read;
}
const champs = ({ report }: ReadPlan) => report.colonnes.map((c) => c.champ);
const titres = ({ drafts }: ReadPlan) => drafts.map((d) => d.titre);

describe('un tableau fait maison', () => {
	const maison: Cell[][] = [
		[null, 'PLAN CLIMAT AIR ÉNERGIE TERRITORIAL'],
		[],
		[null, 'Stratégie', null, 'Action', null, 'Gouvernance', null, 'Échéancier', null, null, 'Budget (k€)', null, 'Suivi'],
		[null, 'Objectif stratégique', 'Objectif opérationnel', 'N° fiche', 'Intitulé de l’action', 'Maître d’ouvrage', 'Partenaires', '2024', '2025', '2026', 'Investissement', 'Fonctionnement', 'Indicateurs'],
		[null, 'OS1 Habitat', 'OO1 Rénover', 1, 'Rénover le parc', 'CALL', 'ADIL', 'x', 'x', null, 350, 12.5, 'Nb'],
		[null, null, null, 2, 'Conseiller', 'CALL', null, null, 'X', 'X', 45, null, null],
		[null, 'Sous-total OS1', null, null, null, null, null, null, null, null, 395, 12.5],
		[null, 'Objectif stratégique', 'Objectif opérationnel', 'N° fiche', 'Intitulé de l’action', 'Maître d’ouvrage', 'Partenaires', '2024', '2025', '2026', 'Investissement', 'Fonctionnement', 'Indicateurs'],
		[null, 'OS2 Mobilité', 'OO2 Vélo', 3, 'Pistes cyclables', 'Communes', null, '●', null, '●', '1 200 €', null, 'km'],
		[null, 'TOTAL GÉNÉRAL', null, null, null, null, null, null, null, null, 1595, 12.5],
		[],
		[null, 'Légende :', 'vert = engagé'],
		[null, '(1) Sous réserve des financements'],
		[null, '* coûts estimés']
	]; // prettier-ignore

	test('sous deux rangs d’en-têtes, avec totaux, en-tête répété et légende, donne ses actions et rien d’autre', async () => {
		const read = await lu(maison);
		expect(read.report).toMatchObject({ ligneEntete: 4, acceptees: 3, rejetees: 0 });
		expect(read.drafts.map((d) => [d.origine.ligne, d.titre])).toEqual([
			[5, 'Rénover le parc'],
			[6, 'Conseiller'],
			[9, 'Pistes cyclables']
		]);
		expect(read.drafts[1]!.objectif, 'un objectif écrit une fois vaut dessous').toBe('OS1 Habitat › OO1 Rénover');
	});

	test('« k€ » dans l’en-tête multiplie, sauf la cellule qui porte son propre signe', async () => {
		const { drafts, report } = await lu(maison);
		expect(drafts.map((d) => d.budget?.euros)).toEqual([350_000, 45_000, 1_200]);
		expect(drafts[0]!.fonctionnement?.euros).toBe(12_500);
		expect(report.anomalies.find((a) => a.colonne === 'Investissement')?.message).toContain('milliers d’euros');
	});

	test('une croix sous une année donne les dates', async () => {
		const { drafts } = await lu(maison);
		expect(drafts.map((d) => [d.dates?.debut, d.dates?.fin, d.dates?.texte])).toEqual([
			['2024-01-01', '2025-12-31', '2024-2025'],
			['2025-01-01', '2026-12-31', '2025-2026'],
			['2024-01-01', '2026-12-31', '2024, 2026']
		]);
	});

	test('un titre de partie seul sur sa ligne devient l’axe des actions dessous', async () => {
		const read = await lu([
			['N°', 'Action', 'Porteur'],
			['AXE 1 : HABITAT'],
			['1', 'Isoler', 'CALL'],
			['AXE 2 : VÉLO'],
			['2', 'Rouler', 'CALL']
		]);
		expect(read.drafts.map((d) => d.axe)).toEqual(['AXE 1 : HABITAT', 'AXE 2 : VÉLO']);
		expect(read.report).toMatchObject({ acceptees: 2, ignorees: 2 });
	});

	test('le bandeau de groupes répété avec l’en-tête au milieu d’une feuille n’est ni une action, ni le contenu d’une colonne', async () => {
		const groups = ['Fiche', null, 'Moyens', null, 'Plan de financement', null, 'Suivi'];
		const headers = ['N°', 'Intitulé', 'Coût', 'Porteur', 'Fonds vert', 'Région', 'Statut'];
		const read = await lu([
			groups,
			headers,
			['1', 'Isoler', 100, 'CALL', null, 20, 'En cours'],
			groups,
			headers,
			['2', 'Rouler', 200, 'CALL', null, 30, 'En cours']
		]);
		expect(read.report).toMatchObject({ lues: 4, acceptees: 2, rejetees: 0, ignorees: 2 });
		expect(read.report.anomalies.map((a) => a.message)).toEqual([
			'Ligne 4\u00a0: en-tête répété, non lue comme une action.',
			'Ligne 5\u00a0: en-tête répété, non lue comme une action.'
		]);
		const other = [...headers.slice(0, 3), 'Pilote', ...headers.slice(4, 6), 'Partenaires'];
		const below = await lu([
			groups,
			headers,
			['1', 'Isoler', 100, 'CALL', 5, 20, 'En cours'],
			groups,
			other,
			['2', 'Rouler', 9]
		]);
		expect(below.drafts.map((d) => d.titre)).toEqual(['Isoler', 'Rouler']);
		expect(below.report).toMatchObject({ rejetees: 0 });
	});

	test('deux tableaux l’un sous l’autre, de colonnes différentes, sont lus tous les deux', async () => {
		const read = await lu([
			['Axe 1 : Énergie'],
			['N°', 'Action', 'Porteur', 'Budget'],
			['1', 'Isoler', 'CALL', 10],
			[],
			['Axe 2 : Mobilité'],
			['N°', 'Action', 'Pilote', 'Budget', 'Partenaires'],
			['2', 'Rouler', 'Voirie', 20, 'ADEME']
		]);
		expect(titres(read)).toEqual(['Isoler', 'Rouler']);
		expect(read.drafts.map((d) => [d.axe, d.porteur, d.pilote])).toEqual([
			['Axe 1 : Énergie', 'CALL', null],
			['Axe 2 : Mobilité', null, 'Voirie']
		]);
		expect(read.drafts[1]!.origine.ligne).toBe(7);
	});

	test('une feuille par axe fait un seul plan ; une autre année n’y entre pas', async () => {
		const tete: Cell[] = ['N°', 'Action', 'Porteur'];
		const read = await lu({
			'1 Habitat': [tete, ['1', 'Isoler', 'CALL']],
			'2 Mobilité': [tete, ['2', 'Rouler', 'CALL']],
			'Version 2019': [tete, ['9', 'Ancienne', 'CALL']]
		});
		expect(read.drafts.map((d) => [d.axe, d.titre, d.origine.feuille])).toEqual([
			['1 Habitat', 'Isoler', '1 Habitat'],
			['2 Mobilité', 'Rouler', '2 Mobilité']
		]);
		expect(read.report.anomalies.find((a) => a.feuille === 'Version 2019')?.message).toContain('n’est pas lue');
	});

	test('un avancement en pourcentage se comprend', async () => {
		const read = await lu([
			['Action', 'Porteur', 'Avancement'],
			['A', 'X', 0.5],
			['B', 'X', '100 %'],
			['C', 'X', '0%']
		]);
		expect(read.drafts.map((d) => d.statut)).toEqual(['en-cours', 'realise', 'a-venir']);
	});
});

describe('un classeur Territoires en Transitions', () => {
	const tete: Cell[] = ['Axe (x)', 'Sous-axe (x.x)', 'Titre de la fiche action', 'Titre de la sous-action', 'Service-département-pôle pilote', 'Financeur 1', 'Montant € TTC', 'Budget prévisionnel total € TTC']; // prettier-ignore
	const types: Cell[] = tete.map((h) => (/€/.test(String(h)) ? 'Champ numérique' : 'Champ texte'));

	test('avec ses types et ses consignes, donne les actions, chaque sous-action sous la sienne', async () => {
		const read = await lu({
			'Mode demploi': [['Lisez-moi']],
			'Fichier dimport': [
				['Plan 2024-2030', null, 'Présentation'],
				tete,
				types,
				tete.map(() => 'Saisissez ici le contenu attendu'),
				['1. Mobilité', '1.1 Vélo', 'Schéma cyclable', null, 'Voirie', 'ADEME', 500, 1000],
				[null, null, null, 'Poser des arceaux', null, null, null, null]
			]
		});
		expect(read.report).toMatchObject({ feuille: 'Fichier dimport', lues: 4, acceptees: 2, ignorees: 2 });
		expect(read.drafts[1]).toMatchObject({ titre: 'Poser des arceaux', axe: '1. Mobilité', objectif: '1.1 Vélo › Schéma cyclable' }); // prettier-ignore
		expect(read.drafts[0]!.budget).toMatchObject({ euros: 1000, base: 'TTC' });
		expect(read.drafts[0]!.financements).toMatchObject([{ libelle: 'ADEME', demande: 500 }]);
	});

	test('plusieurs financeurs dans une cellule font plusieurs lignes, avec leurs montants', async () => {
		const read = await lu([
			['Titre de l’action', 'Statut', 'Financeurs'],
			['A', 'En cours', 'ADEME (12 000 €), Région (3 000 €)'],
			['B', 'À venir', 'DSIL, FEDER']
		]);
		expect(read.drafts[0]!.financements.map((f) => [f.libelle, f.demande])).toEqual([
			['ADEME', 12_000],
			['Région', 3_000]
		]);
		expect(read.drafts[1]!.financements.map((f) => f.libelle)).toEqual(['DSIL', 'FEDER']);
	});
});

describe('contrat de ville et habitat', () => {
	test.each<[string, Cell[][]]>([
		[
			'une croix',
			[
				['Action', 'Porteur', 'Le Grand Verger', 'Cité 12-14', 'QN06203M Tilleuls'],
				['Forum', 'ML', 'x', null, 'oui']
			]
		],
		['un montant', [['Action', 'Porteur', 'Quartiers', null, null], [null, null, 'Grand Verger', 'Cité 12-14', 'Tilleuls Mésanges'], ['Forum', 'ML', 200, null, '300 €']]] // prettier-ignore
	])('une colonne par quartier, avec %s, dit les quartiers', async (_, rows) => {
		const read = await lu(rows, 'contrat-de-ville');
		expect(champs(read).slice(2)).toEqual(['qpv', 'qpv', 'qpv']);
		expect(read.drafts[0]!.quartiers).toHaveLength(2);
		expect(read.report.quartiersNonReconnus).toEqual([]);
	});

	test('une colonne inconnue qui ne nomme aucun quartier reste inconnue', async () => {
		const read = await lu(
			[
				['Action', 'Porteur', 'Les Peupliers'],
				['Forum', 'ML', 'x']
			],
			'contrat-de-ville'
		);
		expect(champs(read)).toEqual(['titre', 'porteur', null]);
	});

	test('une colonne par commune dit les communes et garde les nombres', async () => {
		const read = await lu(
			[
				['Orientation', 'Action', 'Lens', 'Liévin', 'Total'],
				['1', 'Construire', 100, null, 100],
				['1', 'Réhabiliter', 0, 20, 20]
			],
			'plh'
		);
		expect(read.drafts.map((d) => d.communes)).toEqual([['Lens'], ['Liévin']]);
		expect(read.drafts[0]!.notes).toContain('Lens\u00a0: 100');
		expect(read.drafts[0]!.budget, 'un total de logements n’est pas un coût').toBeNull();
	});

	test('les colonnes de l’outil national font une ligne demandée et obtenue', async () => {
		const read = await lu(
			[
				[
					'codeDossier',
					'intituleProjet',
					'thematique',
					'exerciceBudgetaire',
					'montantDemande',
					'montantAccorde',
					'financeurs'
				],
				['D1', 'Atelier', 'Santé', 2025, 5000, 3000, 'État']
			],
			'contrat-de-ville'
		);
		expect(read.drafts[0]).toMatchObject({ reference: 'D1', titre: 'Atelier', budget: null });
		expect(read.drafts[0]!.financements).toMatchObject([
			{ libelle: 'État', demande: 5000, obtenu: 3000, etat: 'obtenu' }
		]);
	});

	test('dans une liste de subventions versées, « montant » est de l’argent obtenu, pas un coût', async () => {
		const read = await lu(
			'nomAttribuant;dateConvention;referenceDecision;nomBeneficiaire;objet;montant;nature\nCALL;2024-03-01;D1;Asso Jardin;Jardin partagé;5000;aide en numéraire',
			'contrat-de-ville'
		);
		expect(read.drafts[0]).toMatchObject({
			titre: 'Jardin partagé',
			porteur: 'Asso Jardin',
			budget: null,
			natureDeclaree: null
		});
		expect(read.drafts[0]!.financements).toMatchObject([{ libelle: 'CALL', obtenu: 5000, etat: 'obtenu' }]);
		const plan = await lu('Action;Porteur;Montant;Convention signée\nA;X;1500;oui', 'crte');
		expect(plan.drafts[0]!.budget?.euros).toBe(1500);
	});

	test('« Ville » et « Agglo » remplies de montants sont des financeurs', async () => {
		const read = await lu(
			[
				['Action', 'Subvention demandée', 'Ville', 'Agglo'],
				['A', 500, '1 000 €', 200]
			],
			'contrat-de-ville'
		);
		expect(read.drafts[0]!.communes).toEqual([]);
		expect(read.drafts[0]!.financements.map((f) => [f.libelle, f.demande])).toEqual([['Subvention', 500], ['Ville', 1000], ['Agglo', 200]]); // prettier-ignore
	});
});

test('le seul type de porteur est gardé comme porteur, et n’est pas dit absent', async () => {
	const read = await lu(JSON.stringify({ id: 1, actions: [{ intitule: 'A', typesPorteur: [{ libelle: 'Collectivité porteuse' }, { libelle: 'Entreprise' }] }] })); // prettier-ignore
	expect(read.drafts[0]).toMatchObject({ porteur: 'Collectivité porteuse | Entreprise', porteurType: 'epci' });
	expect(read.report.incompletude.map((i) => i.champ)).not.toContain('porteur');
});

describe('un fichier malmené', () => {
	const sain = ['N°;Action;Porteur;Budget', '1;Rénover l’école « Cœur »;Lens;12 000 €', '2;Planter;CALL;3500,50'].join(
		'\n'
	);
	const tabule = sain.replaceAll(';', '\t');

	test.each<[string, Uint8Array]>([
		['windows-1252', iconv.encode(sain, 'windows-1252')],
		['UTF-16 avec marque', iconv.encode(`\ufeff${tabule}`, 'utf-16le')],
		['UTF-16 sans marque', iconv.encode(tabule, 'utf-16le')],
		['UTF-16 gros-boutien', iconv.encode(`\ufeff${tabule}`, 'utf-16be')],
		['« sep=; »', utf8(`sep=;\r\n${sain}`)],
		['fins de ligne anciennes', utf8(sain.replaceAll('\n', '\r'))],
		['fins de ligne mêlées', utf8(sain.replace('\n', '\r\n'))]
	])('en %s se lit comme les autres', async (_, bytes) => {
		const read = await lu(new Uint8Array(bytes));
		expect(titres(read)).toEqual(['Rénover l’école « Cœur »', 'Planter']);
		expect(read.drafts.map((d) => d.budget?.euros)).toEqual([12_000, 3_500.5]);
	});

	test('un guillemet jamais fermé n’avale pas les lignes dessous, et est dit', async () => {
		const read = await lu('Action;Porteur\n"Rénover l’école;Lens\nPlanter;CALL\nMarcher;CALL');
		expect(titres(read)).toEqual(['Rénover l’école', 'Planter', 'Marcher']);
		expect(read.report.anomalies[0]).toMatchObject({ gravite: 'a-verifier', ligne: 2 });
	});

	test('les signes invisibles ne cachent ni un en-tête ni une valeur', async () => {
		const read = await lu(
			'Ac\u00adtion\u200b;\u202bPorteur\u202c;Budget\u00a0prévisionnel\n🌱 Planter\u200e;Ville\u00a0de\u00a0Lens;12\u202f000\u00a0€'
		);
		expect(read.drafts[0]).toMatchObject({ titre: '🌱 Planter', porteurType: 'commune', budget: { euros: 12_000 } });
	});

	test('une seule colonne de titres est une liste d’actions', async () => {
		expect(titres(await lu('Titre de l’action\nIsoler\nPlanter, arroser'))).toEqual(['Isoler', 'Planter, arroser']);
	});

	test('des en-têtes sans ligne, ou en double, sont dits', async () => {
		expect((await lu([['Titre', 'Porteur', 'Budget']])).report.anomalies[0]).toMatchObject({ gravite: 'bloquant' });
		const double = await lu('Titre;Budget;Budget\nA;1;2');
		expect(double.report.anomalies.map((a) => a.code)).toEqual(['colonne-ambigue']);
	});

	test('cent mille colonnes, un million de lignes vides et un en-tête en ligne 40 se lisent en quelques secondes', async () => {
		const large = Array.from({ length: 100_000 }, (_, i) => (i === 5 ? 'Titre' : i === 7 ? 'Porteur' : `c${i}`)).join(
			';'
		);
		expect(titres(await lu(`${large}\na;b;c;d;e;Isoler;g;Lens`))).toEqual(['Isoler']);
		expect((await lu(`${sain}\n${';;;\n'.repeat(1_000_000)}`)).report).toMatchObject({ lues: 2, acceptees: 2 });
		const tard = [
			...Array.from({ length: 39 }, (_, i): Cell[] => [`Présentation, ligne ${i}`]),
			['Titre', 'Porteur'],
			['A', 'B']
		];
		expect((await lu(tard)).report).toMatchObject({ ligneEntete: 40, acceptees: 1 });
	}, 60_000);

	test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
		[
			'tronqué',
			async () =>
				(
					await book({
						F: [
							['Titre', 'Porteur'],
							['A', 'B']
						]
					})
				).subarray(0, 900)
		],
		['page web', () => utf8('<html><table><tr><td>Titre</td></tr></table></html>')],
		['feuille vide', () => book({ F: [] })],
		[
			'sans en-tête',
			() =>
				book({
					F: [
						['1', 'Rénover', 'Ville de Lens', 12000],
						['2', 'Planter', 'CALL', 5]
					]
				})
		],
		['octets nuls', () => utf8('Titre;Porteur\nRén\u0000over;Lens\n')],
		['couche géographique', () => utf8('{"type":"FeatureCollection","features":[]}')]
	])('%s : refusé en une phrase, avec ce qu’il faut faire', async (_, make) => {
		const refusal = await ask(await make());
		expect(refusal).toMatchObject({ refus: expect.stringMatching(/\.$/), conseil: expect.stringMatching(/\.$/) });
	});
});

test('une liste en CSV n’est jamais prise pour des fiches, même quand ses lignes ressemblent à des libellés', async () => {
	const read = await ask(utf8('Action;Porteur;Budget\n#;#;x\nBudget (k€);0\nTitre'), 'contrat-de-ville');
	if (isRefusal(read)) throw new Error(read.refus);
	expect(read.report).toMatchObject({ feuille: expect.not.stringContaining('Fiches'), lues: 3 });
});

test('un tableau quelconque ne fait jamais échouer la lecture, et chaque ligne est comptée', async () => {
	const mot = fc.constantFrom<Cell>('Titre', 'Action', 'N°', 'Porteur', 'Budget (k€)', 'Total', 'x', '2024', 'AXE 1 : A', 'Le Grand Verger', 'Lens', '12 000 €', '31/02/2025', '', ' ', '"', null, 0, -5, 1e300, true); // prettier-ignore
	const cellule = fc.oneof(mot, fc.string({ maxLength: 12 }), fc.double({ noNaN: true }));
	await fc.assert(
		fc.asyncProperty(fc.array(fc.array(cellule, { maxLength: 7 }), { maxLength: 14 }), async (rows) => {
			const text = rows.map((row) => row.map((cell) => String(cell ?? '')).join(';')).join('\n');
			const read = await ask(utf8(`Action;Porteur;Le Grand Verger;Budget\n${text}`), 'contrat-de-ville');
			if (isRefusal(read)) {
				expect(read.refus).toMatch(/\.$/);
				return;
			}
			const { lues, acceptees, rejetees, ignorees, anomalies } = read.report;
			expect(lues).toBe(acceptees + rejetees + ignorees);
			expect(read.drafts).toHaveLength(acceptees);
			// One for each row refused; a table without any title says it once more, for itself.
			const blocking = anomalies.filter((a) => a.gravite === 'bloquant' && a.message.startsWith('Ligne'));
			expect(blocking).toHaveLength(rejetees);
			for (const { code } of blocking) expect(['titre-absent', 'valeur-suspecte']).toContain(code);
			for (const { message } of anomalies) expect(message).toMatch(/[.!]$/);
		}),
		{ numRuns: 80 }
	);
});
