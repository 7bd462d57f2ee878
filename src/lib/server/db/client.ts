import Database from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect, type Migration, type SqliteDatabase, type Transaction } from 'kysely';
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { JournalEntry } from '../../domain/import/action-journal';
import type { IssueCode, Severity } from '../../domain/issue';
import { plain } from '../../domain/text';
import { patient } from './patience';

export interface Tables {
	territoire: { code: string; nom: string; genre: 'epci' | 'groupe'; region: string | null; fictif: number };
	territoire_commune: { territoire: string; commune: string; nom: string };
	quartier: {
		code: string;
		nom: string;
		geometrie: string | null;
		surface: number | null;
		reparation: string | null;
		fictif: number;
		source: string;
		importe_le: string;
	};
	quartier_commune: { quartier: string; commune: string; nom: string };
	quartier_epci: { quartier: string; epci: string };
	quartier_alias: { quartier: string; alias: string; par: string; le: string };
	correspondance: { code_2024: string; code_2015: string; statut: string; libelle_2015: string | null };
	indicateur_valeur: {
		code: string;
		lieu_genre: 'qpv' | 'commune' | 'epci';
		lieu: string;
		valeur: number;
		millesime: string | null;
		source: string;
		fichier: string;
		ligne: number;
		importe_le: string;
	};
	document: {
		id: Generated;
		territoire: string;
		plan: string;
		titre: string;
		periode: string | null;
		champs: string;
		signature: string;
		adopte_le: string | null;
		cree_le: string;
	};
	import: {
		id: Generated;
		territoire: string;
		plan: string;
		document: number | null;
		fichier: string;
		sha256: string;
		octets: Buffer;
		/** How the bytes are kept; null: as they are. Their own size; null in bases of before: that of what is kept. */
		codage: 'gzip' | null;
		taille: number | null;
		options: string;
		rapport: string;
		etat: 'prepare' | 'valide' | 'annule';
		par: string;
		prepare_le: string;
		valide_le: string | null;
		valide_par: string | null;
		annule_le: string | null;
		annule_par: string | null;
	};
	import_anomalie: {
		import: number;
		rang: number;
		code: IssueCode;
		gravite: Severity;
		feuille: string | null;
		ligne: number | null;
		colonne: string | null;
		colonne_index: number | null;
		cellule: string | null;
		contenu: string | null;
		trouve: string | null;
		attendu: string | null;
		message: string;
		conseil: string | null;
		lignes: string | null;
	};
	/** A published list of grants, as it was loaded; taken back, it stays in the list. */
	attribution_import: {
		id: Generated;
		fichier: string;
		sha256: string;
		dispositif: string;
		rapport: string;
		par: string;
		le: string;
		annule_le: string | null;
		/** The file as it came, packed when `codage` says so; null for a list loaded before files were kept. */
		octets: Buffer | null;
		codage: 'gzip' | null;
	};
	/** What a list says of one grant; amounts in euro cents. Where it goes is worked out at each read. */
	attribution: {
		import: number;
		cle: string;
		dispositif: string;
		annee: number | null;
		montant: number;
		contenu: string;
	};
	/** What a person chose for files of one shape: asked once, proposed the next time. */
	forme: { plan: string; signature: string; choix: string; par: string; le: string };
	action: {
		id: string;
		document: number;
		cle: string;
		ordre: number;
		contenu: string;
		disparue: number;
		/** Set aside by a person: kept, and counted nowhere. */
		ecartee: number;
		/** Import that last wrote it; null when only people did. */
		import: number | null;
	};
	/** The journal of actions, in the order things happened. */
	action_changement: {
		id: Generated;
		import: number | null;
		action: string;
		avant: string | null;
		apres: string | null;
		genre: import('kysely').ColumnType<JournalEntry['genre'], JournalEntry['genre'] | undefined>;
		par: string | null;
		le: string | null;
		/** Gesture it is part of. */
		geste: number | null;
	};
	/** What a person did at once on one action or on many. */
	geste: {
		id: Generated;
		territoire: string;
		genre: string;
		libelle: string;
		par: string;
		le: string;
		annule_le: string | null;
		annule_par: string | null;
	};
	/** The order in which gestures, decisions and imports came; filled by triggers. */
	operation: { id: Generated; territoire: string; genre: 'geste' | 'decision' | 'import'; numero: number };
	/** What a file changes, line by line. `lu` = as compared, `genre` = with the answers given since. */
	import_changement: {
		import: number;
		rang: number;
		cle: string;
		lu: string;
		genre: string;
		action: string | null;
		reference: string | null;
		titre: string;
		ligne: number | null;
		doute: string | null;
		proche: string | null;
		videes: number;
		contenu: string;
	};
	import_decision: {
		import: number;
		cle: string;
		geste: string;
		champs: string | null;
		effacer: string;
		par: string;
		le: string;
	};
	/** Long works of the server, the last ones; those under way in the memory of no server were cut short. */
	travail: {
		id: string;
		genre: string;
		fichier: string | null;
		import: number | null;
		etat: 'attente' | 'en-cours' | 'fini' | 'refuse' | 'annule';
		refus: string | null;
		conseil: string | null;
	};
	/** Readings of a matrix that people named: see `views.ts`. */
	commune_contour: { code: string; nom: string; geometrie: string; source: string; importe_le: string };
	vue: {
		id: Generated;
		territoire: string;
		nom: string;
		requete: string;
		par: string;
		le: string;
		retiree_le: string | null;
		retiree_par: string | null;
	};
	/** When it was last written, in counts of `revision`; moved by triggers. */
	action_ecrite: { action: string; n: number };
	/** Moved by triggers: see `revisions.ts`. « * » stands for every territory. */
	revision: { territoire: string; sujet: string; n: number };
	decision: {
		id: Generated;
		territoire: string;
		genre: string;
		sujet: string;
		quartier: string | null;
		valeur: string;
		motif: string | null;
		par: string;
		le: string;
		annulee_le: string | null;
		/** Id of the first decision of the same gesture; null when it was taken alone. */
		lot: number | null;
		annulee_par: string | null;
	};
}
type Generated = import('kysely').Generated<number>;

export type Db = Kysely<Tables>;
export type DbOrTrx = Db | Transaction<Tables>;

const MIGRATIONS = import.meta.glob<Migration>('/migrations/*.ts', { eager: true });

const nameOf = (file: string) => file.replace(/^.*\/|\.ts$/g, '');

/** Every migration this version knows, « 0001-… » first. */
export const MIGRATION_NAMES: readonly string[] = Object.keys(MIGRATIONS).map(nameOf).sort();

/**
 * Opens a database, made if absent, brought to the last migration. A failed migration leaves the file as it was.
 * in     path of a SQLite file, or ':memory:'
 */
export async function open(path: string): Promise<Db> {
	if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
	const sqlite = new Database(path);
	sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000');
	// SQLite knows no accents: « eleve » finds « élevé » through the folding of the domain.
	sqlite.function('replie', { deterministic: true }, (text) => plain(typeof text === 'string' ? text : ''));
	const db = new Kysely<Tables>({ dialect: patient(new SqliteDialect({ database: keepStatements(sqlite) })) });
	if (path !== ':memory:') paths.set(db, resolve(path));
	await migrate(db);
	// From here on, waiting is done without holding the event loop.
	sqlite.exec('PRAGMA busy_timeout = 0');
	return db;
}

const paths = new WeakMap<Db, string>();

/** File of an open database, for another process to open it too; null when it lives in memory. */
export const pathOf = (db: Db): string | null => paths.get(db) ?? null;

// Never emptied: from Node 24.19 on, the process aborts when a handle or a statement of this driver is garbage collected.
const kept: unknown[] = [];

/** A bare connection, for what must be known of a file before it is opened as ours: `ask` gives the first column of each row. */
export function openBare(path: string, options: Database.Options) {
	const sqlite = new Database(path, options);
	kept.push(sqlite);
	const ask = (text: string): unknown[] => {
		const statement = sqlite.prepare(text).pluck();
		kept.push(statement);
		return statement.all();
	};
	return { ask, close: () => void sqlite.close() };
}

/** The driver with its prepared statements kept, one per text: nothing is prepared twice, nothing is collected. */
function keepStatements(sqlite: Database.Database): SqliteDatabase {
	const statements = new Map<string, Database.Statement>();
	kept.push(sqlite, statements);
	return {
		close: () => sqlite.close(),
		prepare: (text) => {
			const known = statements.get(text) ?? sqlite.prepare(text);
			statements.set(text, known);
			return known;
		}
	};
}

async function migrate(db: Db): Promise<void> {
	const migrations = Object.fromEntries(
		Object.entries(MIGRATIONS).map(([file, migration]) => [
			nameOf(file),
			// Kysely does not wrap SQLite migrations: without this, half of a failed one would stay.
			{ up: (k: Kysely<unknown>) => k.transaction().execute((trx) => migration.up(trx as never)) }
		])
	);
	const { error } = await new Migrator({
		db,
		provider: { getMigrations: async () => migrations as Record<string, Migration> },
		migrationTableName: 'migration',
		migrationLockTableName: 'migration_verrou'
	}).migrateToLatest();
	if (error) throw error;
}
