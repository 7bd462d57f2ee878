import type { Kysely } from 'kysely';
import { sql } from 'kysely';

const TABLES = [
	`CREATE TABLE territoire (
		code TEXT NOT NULL PRIMARY KEY,
		nom TEXT NOT NULL,
		genre TEXT NOT NULL CHECK (genre IN ('epci', 'groupe')),
		region TEXT,
		fictif INTEGER NOT NULL DEFAULT 0 CHECK (fictif IN (0, 1))
	) STRICT`,
	`CREATE TABLE territoire_commune (
		territoire TEXT NOT NULL REFERENCES territoire (code) ON DELETE CASCADE,
		commune TEXT NOT NULL,
		nom TEXT NOT NULL,
		PRIMARY KEY (territoire, commune)
	) STRICT`,
	`CREATE TABLE quartier (
		code TEXT NOT NULL PRIMARY KEY,
		nom TEXT NOT NULL,
		geometrie TEXT,
		surface REAL,
		reparation TEXT,
		fictif INTEGER NOT NULL DEFAULT 0 CHECK (fictif IN (0, 1)),
		source TEXT NOT NULL,
		importe_le TEXT NOT NULL
	) STRICT`,
	`CREATE TABLE quartier_commune (
		quartier TEXT NOT NULL REFERENCES quartier (code) ON DELETE CASCADE,
		commune TEXT NOT NULL,
		nom TEXT NOT NULL,
		PRIMARY KEY (quartier, commune)
	) STRICT`,
	`CREATE TABLE quartier_epci (
		quartier TEXT NOT NULL REFERENCES quartier (code) ON DELETE CASCADE,
		epci TEXT NOT NULL,
		PRIMARY KEY (quartier, epci)
	) STRICT`,
	`CREATE TABLE quartier_alias (
		quartier TEXT NOT NULL REFERENCES quartier (code) ON DELETE CASCADE,
		alias TEXT NOT NULL,
		par TEXT NOT NULL,
		le TEXT NOT NULL,
		PRIMARY KEY (quartier, alias)
	) STRICT`,
	// The table of 2015 and 2024 codes may be loaded before or after the perimeters: no foreign key.
	`CREATE TABLE correspondance (
		code_2024 TEXT NOT NULL,
		code_2015 TEXT NOT NULL,
		statut TEXT NOT NULL,
		libelle_2015 TEXT,
		PRIMARY KEY (code_2024, code_2015)
	) STRICT`,
	`CREATE TABLE indicateur_valeur (
		code TEXT NOT NULL,
		lieu_genre TEXT NOT NULL CHECK (lieu_genre IN ('qpv', 'commune', 'epci')),
		lieu TEXT NOT NULL,
		valeur REAL NOT NULL,
		millesime TEXT,
		source TEXT NOT NULL,
		fichier TEXT NOT NULL,
		ligne INTEGER NOT NULL,
		importe_le TEXT NOT NULL,
		PRIMARY KEY (code, lieu_genre, lieu, source)
	) STRICT`,
	`CREATE TABLE document (
		id INTEGER NOT NULL PRIMARY KEY,
		territoire TEXT NOT NULL REFERENCES territoire (code),
		plan TEXT NOT NULL,
		titre TEXT NOT NULL,
		periode TEXT,
		champs TEXT NOT NULL,
		signature TEXT NOT NULL,
		adopte_le TEXT,
		cree_le TEXT NOT NULL
	) STRICT`,
	`CREATE TABLE import (
		id INTEGER NOT NULL PRIMARY KEY,
		territoire TEXT NOT NULL REFERENCES territoire (code),
		plan TEXT NOT NULL,
		document INTEGER REFERENCES document (id),
		fichier TEXT NOT NULL,
		sha256 TEXT NOT NULL,
		octets BLOB NOT NULL,
		options TEXT NOT NULL,
		rapport TEXT NOT NULL,
		etat TEXT NOT NULL CHECK (etat IN ('prepare', 'valide', 'annule')),
		par TEXT NOT NULL,
		prepare_le TEXT NOT NULL,
		valide_le TEXT
	) STRICT`,
	`CREATE TABLE action (
		id TEXT NOT NULL PRIMARY KEY,
		document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
		cle TEXT NOT NULL,
		ordre INTEGER NOT NULL,
		contenu TEXT NOT NULL,
		disparue INTEGER NOT NULL DEFAULT 0 CHECK (disparue IN (0, 1)),
		import INTEGER NOT NULL REFERENCES import (id),
		UNIQUE (document, cle)
	) STRICT`,
	// What an import did to each action, so that it can be taken back and so that every value has a history.
	`CREATE TABLE action_changement (
		import INTEGER NOT NULL REFERENCES import (id),
		action TEXT NOT NULL,
		avant TEXT,
		apres TEXT,
		PRIMARY KEY (import, action)
	) STRICT`,
	`CREATE TABLE decision (
		id INTEGER NOT NULL PRIMARY KEY,
		territoire TEXT NOT NULL REFERENCES territoire (code),
		genre TEXT NOT NULL,
		sujet TEXT NOT NULL,
		quartier TEXT,
		valeur TEXT NOT NULL,
		motif TEXT,
		par TEXT NOT NULL,
		le TEXT NOT NULL,
		annulee_le TEXT
	) STRICT`,
	`CREATE INDEX quartier_epci_par_epci ON quartier_epci (epci)`,
	`CREATE INDEX quartier_commune_par_commune ON quartier_commune (commune)`,
	`CREATE INDEX document_par_territoire ON document (territoire)`,
	`CREATE INDEX action_par_document ON action (document, ordre)`,
	`CREATE INDEX decision_par_territoire ON decision (territoire, genre, sujet)`,
	`CREATE INDEX indicateur_par_lieu ON indicateur_valeur (lieu)`,
	`CREATE INDEX import_par_territoire ON import (territoire, prepare_le)`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const table of TABLES) await sql.raw(table).execute(db);
}
