import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { open, type Tables } from '../../src/lib/server/db/client';

/** The keys of `Tables`, held to it by the compiler: a column added there and forgotten here does not compile. */
const COLUMNS: { readonly [T in keyof Tables]: Readonly<Record<keyof Tables[T], true>> } = {
	territoire: { code: true, nom: true, genre: true, region: true, fictif: true },
	territoire_commune: { territoire: true, commune: true, nom: true },
	quartier: {
		code: true,
		nom: true,
		geometrie: true,
		surface: true,
		reparation: true,
		fictif: true,
		source: true,
		importe_le: true
	},
	quartier_commune: { quartier: true, commune: true, nom: true },
	quartier_epci: { quartier: true, epci: true },
	quartier_alias: { quartier: true, alias: true, par: true, le: true },
	correspondance: { code_2024: true, code_2015: true, statut: true, libelle_2015: true },
	indicateur_valeur: {
		code: true,
		lieu_genre: true,
		lieu: true,
		valeur: true,
		millesime: true,
		source: true,
		fichier: true,
		ligne: true,
		importe_le: true
	},
	document: {
		id: true,
		territoire: true,
		plan: true,
		titre: true,
		periode: true,
		champs: true,
		signature: true,
		adopte_le: true,
		cree_le: true
	},
	import_anomalie: {
		import: true,
		rang: true,
		code: true,
		gravite: true,
		feuille: true,
		ligne: true,
		colonne: true,
		colonne_index: true,
		cellule: true,
		contenu: true,
		trouve: true,
		attendu: true,
		message: true,
		conseil: true,
		lignes: true
	},
	attribution_import: {
		id: true,
		fichier: true,
		sha256: true,
		dispositif: true,
		rapport: true,
		par: true,
		le: true,
		annule_le: true,
		octets: true,
		codage: true
	},
	attribution: { import: true, cle: true, dispositif: true, annee: true, montant: true, contenu: true },
	forme: { plan: true, signature: true, choix: true, par: true, le: true },
	import: {
		id: true,
		territoire: true,
		plan: true,
		document: true,
		fichier: true,
		sha256: true,
		octets: true,
		codage: true,
		taille: true,
		options: true,
		rapport: true,
		etat: true,
		par: true,
		prepare_le: true,
		valide_le: true,
		valide_par: true,
		annule_le: true,
		annule_par: true
	},
	action: {
		id: true,
		document: true,
		cle: true,
		ordre: true,
		contenu: true,
		disparue: true,
		ecartee: true,
		import: true
	},
	action_changement: {
		id: true,
		import: true,
		action: true,
		avant: true,
		apres: true,
		genre: true,
		par: true,
		le: true,
		geste: true
	},
	geste: {
		id: true,
		territoire: true,
		genre: true,
		libelle: true,
		par: true,
		le: true,
		annule_le: true,
		annule_par: true
	},
	operation: { id: true, territoire: true, genre: true, numero: true },
	import_changement: {
		import: true,
		rang: true,
		cle: true,
		lu: true,
		genre: true,
		action: true,
		reference: true,
		titre: true,
		ligne: true,
		doute: true,
		proche: true,
		videes: true,
		contenu: true
	},
	import_decision: { import: true, cle: true, geste: true, champs: true, effacer: true, par: true, le: true },
	travail: { id: true, genre: true, fichier: true, import: true, etat: true, refus: true, conseil: true },
	commune_contour: { code: true, nom: true, geometrie: true, source: true, importe_le: true },
	vue: {
		id: true,
		territoire: true,
		nom: true,
		requete: true,
		par: true,
		le: true,
		retiree_le: true,
		retiree_par: true
	},
	action_ecrite: { action: true, n: true },
	revision: { territoire: true, sujet: true, n: true },
	decision: {
		id: true,
		territoire: true,
		genre: true,
		sujet: true,
		quartier: true,
		valeur: true,
		motif: true,
		par: true,
		le: true,
		annulee_le: true,
		lot: true,
		annulee_par: true
	}
};

test('les tables de la base et leurs types disent les mêmes colonnes', async () => {
	const db = await open(':memory:');
	const { rows } = await sql<{ name: string; columns: string }>`
		SELECT m.name AS name, json_group_array(c.name) AS columns
		FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
		WHERE m.type = 'table' AND m.name NOT LIKE 'migration%' AND m.name NOT LIKE 'sqlite_%'
		GROUP BY m.name`.execute(db);
	const found = Object.fromEntries(rows.map((r) => [r.name, (JSON.parse(r.columns) as string[]).sort()]));
	const said = Object.fromEntries(
		Object.entries(COLUMNS).map(([table, columns]) => [table, Object.keys(columns).sort()])
	);
	expect(found).toEqual(said);
});
