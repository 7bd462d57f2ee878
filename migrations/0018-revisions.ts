import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/* What the figures of a territory come from, counted at each change: a figure kept in memory then knows when it is stale. */

/** Whose count each table moves, as SQL over the row that changed; « * » stands for every territory. */
const WHOSE: readonly (readonly [table: string, subject: string, territory: (row: 'NEW' | 'OLD') => string])[] = [
	['decision', 'decisions', (row) => `${row}.territoire`],
	['document', 'actions', (row) => `${row}.territoire`],
	['import', 'actions', (row) => `${row}.territoire`],
	['action', 'actions', (row) => `(SELECT territoire FROM document WHERE id = ${row}.document)`],
	['territoire', 'lieux', () => `'*'`],
	['territoire_commune', 'lieux', () => `'*'`],
	['quartier', 'lieux', () => `'*'`],
	['quartier_commune', 'lieux', () => `'*'`],
	['quartier_epci', 'lieux', () => `'*'`],
	['quartier_alias', 'lieux', () => `'*'`],
	['correspondance', 'lieux', () => `'*'`],
	['indicateur_valeur', 'indicateurs', () => `'*'`],
	['attribution', 'attributions', () => `'*'`],
	['attribution_import', 'attributions', () => `'*'`]
];

const GESTURES = [
	['INSERT', ['NEW']],
	['UPDATE', ['OLD', 'NEW']],
	['DELETE', ['OLD']]
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`CREATE TABLE revision (
				territoire TEXT NOT NULL,
				sujet TEXT NOT NULL,
				n INTEGER NOT NULL,
				PRIMARY KEY (territoire, sujet)
			) STRICT, WITHOUT ROWID`
		)
		.execute(db);
	for (const [table, subject, territory] of WHOSE)
		for (const [gesture, rows] of GESTURES) {
			const moves = rows.map(
				(row) =>
					`INSERT INTO revision (territoire, sujet, n)
					SELECT code, '${subject}', 1 FROM (SELECT ${territory(row)} AS code) WHERE code IS NOT NULL
					ON CONFLICT (territoire, sujet) DO UPDATE SET n = n + 1;`
			);
			await sql
				.raw(
					`CREATE TRIGGER revision_${table}_${gesture.toLowerCase()} AFTER ${gesture} ON "${table}" BEGIN
					${moves.join('\n')}
					END`
				)
				.execute(db);
		}
}
