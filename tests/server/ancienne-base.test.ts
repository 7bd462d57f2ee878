import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect, type Migration } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import * as actions from '../../src/lib/server/db/actions';
import { open } from '../../src/lib/server/db/client';
import * as imports from '../../src/lib/server/db/imports';
import { actionHistory } from '../../src/lib/server/plans/action-history';
import { importDirect, undoImport } from '../../src/lib/server/plans/import-document';
import { readChanges } from '../../src/lib/server/plans/read-changes';
import { readUndo } from '../../src/lib/server/plans/read-undo';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* A base filled before the journal of actions and the lines of an import had their tables, opened by this version. */

const MIGRATIONS = import.meta.glob<Migration>('/migrations/*.ts', { eager: true });
const BEFORE = '0009-attributions';
const LENS = '246200364';
const by = { par: 'Dominique Aubry', le: '2026-11-22' };
const V1 = 'N°;Titre;Porteur;Statut\n1;Rénover l’école;Ville;En cours\n2;Planter la rue;Ville;À venir\n';
const V2 = 'N°;Titre;Porteur;Statut\n1;Rénover l’école;Bailleur;Terminé\n3;Ouvrir une ressourcerie;Ville;À venir\n';

const folder = mkdtempSync(join(tmpdir(), 'croisee-ancienne-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An empty base as that version made it. */
async function emptyBefore(path: string): Promise<void> {
	const old = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Database(path) }) });
	const migrations = Object.fromEntries(
		Object.entries(MIGRATIONS).map(([file, migration]) => [file.replace(/^.*\/|\.ts$/g, ''), migration])
	);
	const { error } = await new Migrator({
		db: old,
		provider: { getMigrations: async () => migrations },
		migrationTableName: 'migration',
		migrationLockTableName: 'migration_verrou'
	}).migrateTo(BEFORE);
	if (error) throw error;
	await old.destroy();
}

/** Rows of a base of today, in the columns of then: entries of imports only, changes in the report. */
function fillBefore(path: string, from: string, changements: ReadonlyMap<number, readonly unknown[]>): void {
	const old = new Database(path);
	old.exec(`PRAGMA foreign_keys = OFF; ATTACH '${from}' AS now`);
	const columns = (base: string, table: string): string[] =>
		(old.pragma(`${base}.table_info(${table})`) as { name: string }[]).map((c) => c.name);
	for (const table of ['territoire', 'territoire_commune', 'document', 'import', 'import_anomalie', 'action']) {
		const shared = columns('main', table).filter((c) => columns('now', table).includes(c));
		old.exec(`INSERT INTO main.${table} (${shared.join()}) SELECT ${shared.join()} FROM now.${table}`);
	}
	old.exec(`INSERT INTO main.action_changement (import, action, avant, apres)
		SELECT import, action, avant, apres FROM now.action_changement WHERE genre = 'import' ORDER BY id`);
	const say = old.prepare(`UPDATE main.import SET rapport = json_set(rapport, '$.changements', json(?)) WHERE id = ?`);
	for (const [id, told] of changements) say.run(JSON.stringify(told), id);
	old.close();
}

test('une base remplie par une version d’avant garde ses imports, ses changements, et ce qu’il faut pour annuler', async () => {
	const [today, before] = [join(folder, 'jour.db'), join(folder, 'avant.db')];
	const made = await open(today);
	const changements = new Map<number, readonly unknown[]>();
	for (const text of [V1, V2]) {
		const request = { bytes: Buffer.from(text), fichier: 'plan.csv', territoire: LENS, plan: 'plh' as const, ...by };
		const report = await importDirect(made, loadReferentiel(), request);
		if (isRefusal(report)) throw new Error(report.refus);
		changements.set(report.import!, report.changements);
	}
	const wanted = await actions.listByTerritory(made, LENS);
	await made.destroy();
	await emptyBefore(before);
	fillBefore(before, today, changements);

	const db = await open(before);
	expect((await imports.list(db)).map((i) => [i.id, i.etat, i.rapport.acceptees, i.rapport.changements])).toEqual([
		[2, 'valide', 2, []],
		[1, 'valide', 2, []]
	]);
	expect(await actions.listByTerritory(db, LENS)).toEqual(wanted);

	const { nombres, groupes } = await readChanges(db, 2, { groupe: null, mots: '', page: 1 });
	expect(nombres).toMatchObject({ modifiee: 1, ajoutee: 1, disparue: 1 });
	const line = groupes.find((g) => g.groupe === 'modifiee')!.lignes[0]!;
	expect(line).toMatchObject({ titre: 'Rénover l’école', reference: '1', ligne: 2 });
	expect(line.contenu.champs).toContainEqual({ champ: 'statut', avant: 'en-cours', apres: 'realise' });

	const history = await actionHistory(db, line.action!, LENS);
	expect(history?.evenements.map((e) => [e.genre, e.import, e.effet])).toEqual([
		['import', 2, 'changement'],
		['import', 1, 'apparition']
	]);
	expect(await readUndo(db, 2)).toMatchObject({ retirees: 1, restaurees: 2, gardees: 0 });
	expect(await undoImport(db, 2, by)).toMatchObject({ actionsRetirees: 1, actionsRestaurees: 2 });
	expect((await actions.listByTerritory(db, LENS)).map((a) => [a.reference, a.porteur, a.disparue])).toEqual([
		['1', 'Ville', false],
		['2', 'Ville', false]
	]);
	await db.destroy();
});
