import { CompiledQuery, type DatabaseConnection, type Dialect, type Driver } from 'kysely';
import { setTimeout as wait } from 'node:timers/promises';

/* Several processes write in one SQLite file, one at a time. The others wait here, and their own pages keep answering. */

const PATIENCE_MS = 30_000;
const PAUSE_MS = 15;

/** A dialect whose writes wait for their turn without holding the event loop, nor the connection others read with. */
export function patient(dialect: Dialect): Dialect {
	return {
		createDriver: () => patientDriver(dialect.createDriver()),
		createQueryCompiler: () => dialect.createQueryCompiler(),
		createAdapter: () => dialect.createAdapter(),
		createIntrospector: (db) => dialect.createIntrospector(db)
	};
}

function patientDriver(driver: Driver): Driver {
	let inTransaction = false;
	const wrapped = new WeakMap<DatabaseConnection, DatabaseConnection>();

	const wrap = (connection: DatabaseConnection): DatabaseConnection => ({
		streamQuery: (query, size) => connection.streamQuery(query, size),
		executeQuery: async (query) => {
			for (let waited = 0; ; waited += PAUSE_MS) {
				try {
					return await connection.executeQuery(query);
				} catch (error) {
					if (inTransaction || !isBusy(error) || waited > PATIENCE_MS) throw error;
				}
				await driver.releaseConnection(connection);
				await wait(PAUSE_MS);
				await driver.acquireConnection();
			}
		}
	});

	return {
		init: () => driver.init(),
		acquireConnection: async () => {
			const connection = await driver.acquireConnection();
			const known = wrapped.get(connection) ?? wrap(connection);
			wrapped.set(connection, known);
			return known;
		},
		beginTransaction: async (connection) => {
			// « immediate »: a transaction that read first and writes later would fail when another process wrote in between.
			await connection.executeQuery(CompiledQuery.raw('begin immediate'));
			inTransaction = true;
		},
		commitTransaction: async (connection) => {
			await driver.commitTransaction(connection);
			inTransaction = false;
		},
		rollbackTransaction: async (connection) => {
			inTransaction = false;
			await driver.rollbackTransaction(connection);
		},
		releaseConnection: (connection) => driver.releaseConnection(connection),
		destroy: () => driver.destroy()
	};
}

const isBusy = (error: unknown): boolean => String((error as { code?: unknown })?.code).startsWith('SQLITE_BUSY');
