import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PlanKind } from '../../src/lib/domain/action';
import { parseDates } from '../../src/lib/domain/import/dates';
import { isRefusal } from '../../src/lib/domain/issue';
import { parseMoney } from '../../src/lib/domain/money';
import { findTable } from '../../src/lib/domain/import/template';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { readWorkbook } from '../../src/lib/server/files/workbook';

const SHARED = new URL('../../../shared/data/', import.meta.url);
const DEMO = new URL('../../data/demonstration/', import.meta.url);
const { plans } = loadReferentiel();

async function open(folder: URL, path: string, plan: PlanKind, demarche?: string) {
	const workbook = await readWorkbook(
		new Uint8Array(readFileSync(new URL(path, folder))),
		path,
		demarche ? { demarche } : {}
	);
	if (isRefusal(workbook)) throw new Error(workbook.refus);
	const found = findTable(workbook.sheets, plans, plan);
	const { table } = found;
	if (!table) throw new Error('aucun tableau');
	const rows = workbook.sheets.find((s) => s.nom === table.feuille)!.rows;
	const column = (entete: string) => table.colonnes.find((c) => c.entete === entete)!;
	const values = (entete: string) =>
		rows.slice(table.premiereLigne - 1).map((row) => row[column(entete).index] ?? null);
	return {
		...found,
		table,
		values,
		fields: Object.fromEntries(table.colonnes.map((c) => [c.entete, c.champ])),
		column
	};
}

describe.skipIf(!existsSync(SHARED))('les tableaux réels sont compris sans rien régler', () => {
	it('le plan de la CC Nièvre et Somme, au format Territoires en Transitions', async () => {
		const { table, fields, values, issues } = await open(
			SHARED,
			'plans/pcaet/cc-nievre-et-somme_plan-actions_format-TeT.xlsx',
			'pcaet'
		);
		expect(table).toMatchObject({ feuille: 'Fichier dimport', ligneEntete: 2 });
		expect(fields).toMatchObject({
			'Axe (x)': 'axe',
			"Titre de l'action": 'titre',
			Descriptif: 'description',
			Partenaires: 'partenaires',
			Calendrier: 'etapes',
			'Budget prévisionnel total € HT': 'cout_investissement',
			'Structure pilote': 'porteur',
			'Direction ou service pilote': 'pilote',
			'Actions liées': null
		});
		expect(issues.every((i) => i.severity === 'info')).toBe(true);
		expect(values("Titre de l'action").filter((v) => typeof v === 'string' && !/^Champ /.test(v))).toHaveLength(46);

		const budgets = values('Budget prévisionnel total € HT').map((v) => parseMoney(v, 'HT').value?.euros);
		expect(budgets.filter((v) => v !== undefined)).toHaveLength(9);
		expect(budgets).toContain(0);
		expect(budgets).toContain(60000);
		const dates = values('Calendrier').map((v) => parseDates(null, null, v).value);
		expect(dates).toContainEqual({ debut: '2023-06-01', fin: null, texte: null });
		expect(dates).toContainEqual({ debut: null, fin: null, texte: '2 chemins/an' });
	});

	it.each([
		'plans/pcaet/TeT_modele-import-pa.xlsx',
		'plans/pcaet/TeT_modele-import-pa.ods',
		'plans/pcaet/TeT_export_plan_action.xlsx'
	])('%s', async (path) => {
		const { table } = await open(SHARED, path, 'pcaet');
		expect(table.ligneEntete).toBe(2);
		const money = table.colonnes.filter((c) => c.champ === 'financements').map((c) => c.role);
		expect(money).toEqual([null, 'financeur', 'montant', 'financeur', 'montant', 'financeur', 'montant']);
		const cost = table.colonnes.filter((c) => c.champ === 'cout_investissement');
		expect(cost.map((c) => c.base)).toEqual([path.includes('export') ? 'TTC' : 'HT']);
	});

	it.each<[string, PlanKind, Record<string, string | null>]>([
		[
			'plans/plh/plh_programmes_actions_hdf.csv',
			'plh',
			{ epci: 'territoire', orientation: 'axe', action: 'titre', sous_action: 'sous_action', sous_action_num: 'numero' }
		],
		[
			'plans/pcaet/Fiches_Action.hauts-de-france.csv',
			'pcaet',
			{
				Intitule_action: 'titre',
				Date_lancement: 'date_debut',
				Secteur: 'secteurs',
				Cible_action: 'publics',
				Nom_demarche: null
			}
		],
		[
			'plans/pcaet/pcaet_grand_douaisis_sommaire.csv',
			'pcaet',
			{ porteur: 'porteur', axe: 'axe', objectif: 'objectif', action_num: 'numero', action: 'titre' }
		],
		[
			'funding/dgcl_dotations/dgcl-liste-projets-dotations-investissement-local-2024.hauts-de-france.csv',
			'autre',
			{
				intitule: 'titre',
				cout_ht: 'cout_investissement',
				subvention: 'financements',
				dispositif: 'dispositif',
				taux: null,
				programme: null
			}
		],
		[
			'funding/fonds_vert/fonds-vert-2023-export.hauts-de-france.csv',
			'autre',
			{
				nom_du_projet: 'titre',
				montant_engage: 'financements',
				nom_commune: 'communes',
				nom_demarche_ds: 'dispositif',
				nom_region: null
			}
		]
	])('%s', async (path, plan, expected) => {
		const { fields, issues } = await open(SHARED, path, plan);
		expect(fields).toMatchObject(expected);
		expect(issues.filter((i) => i.severity !== 'info')).toEqual([]);
	});

	it('toutes les subventions de 2024 et du Fonds vert se lisent, et font le bon total', async () => {
		const dgcl = await open(
			SHARED,
			'funding/dgcl_dotations/dgcl-liste-projets-dotations-investissement-local-2024.hauts-de-france.csv',
			'autre'
		);
		expect([dgcl.column('subvention').role, dgcl.column('cout_ht').base]).toEqual(['obtenu', 'HT']);
		expect(dgcl.values('subvention').every((v) => parseMoney(v, 'HT').value !== null)).toBe(true);
		const vert = await open(SHARED, 'funding/fonds_vert/fonds-vert-2023-export.hauts-de-france.csv', 'autre');
		const cents = vert.values('montant_engage').map((v) => Math.round(parseMoney(v, 'inconnu').value!.euros * 100));
		expect(cents.reduce((a, b) => a + b, 0)).toBe(13_729_850_893);
	});

	it('la démarche 1705 de l’ADEME', async () => {
		const path = 'plans/pcaet/Demarches_PCAET_Programme_Actions_V2.hauts-de-france.json';
		const { fields, values } = await open(SHARED, path, 'pcaet', '1705');
		expect(fields).toMatchObject({ intitulé: 'titre', secteurs: 'secteurs', 'type de porteur': 'porteur_type' });
		expect(values('intitulé')).toHaveLength(72);
	});
});

describe('les tableaux de démonstration sont compris sans rien régler', () => {
	it.each<[string, PlanKind, number, number]>([
		['PCAET_Aubrelle_2024-2030.xlsx', 'pcaet', 2, 28],
		['PLH_Aubrelle_2025-2030.csv', 'plh', 1, 13],
		['Programmation_contrat_de_ville_2026.xlsx', 'contrat-de-ville', 4, 19],
		['Contrat_de_ville_volet_investissement.ods', 'contrat-de-ville', 3, 19]
	])('%s', async (path, plan, header, known) => {
		const { table } = await open(DEMO, path, plan);
		expect(table.ligneEntete).toBe(header);
		expect(table.colonnes.filter((c) => c.champ !== null).length).toBeGreaterThanOrEqual(known);
	});
});
