import { buffer } from 'node:stream/consumers';
import { open } from './lib/server/db/client';
import type { Said } from './lib/server/plans/job-process';
import { perform, type Order } from './lib/server/plans/perform';
import { following } from './lib/server/progress';
import { loadReferentiel } from './lib/server/referentiel';

/* One long work in a process of its own: the order comes by message, the bytes by standard input. Then it ends. */

interface Call {
	readonly base: string;
	readonly order: Order;
}

// Read before any order comes: a worker in waiting answers at once.
const ref = loadReferentiel();

const parent = process.ppid;

const say = (said: Said): Promise<void> =>
	new Promise((sent) => (process.send ? void process.send(said, () => sent()) : sent()));

process.once('message', ({ base, order }: Call) => void work(base, order));
process.once('disconnect', () => process.exit(1));

async function work(base: string, order: Order): Promise<void> {
	try {
		const full: Order =
			order.genre === 'lire' || order.genre === 'reconnaitre'
				? ({ ...order, demande: { ...order.demande, bytes: new Uint8Array(await buffer(process.stdin)) } } as Order)
				: order;
		const db = await open(base);
		const issue = await following(
			(avance) => {
				// The server is gone: nobody would know of a work that went on.
				if (process.ppid !== parent) process.exit(1);
				void say({ dit: 'avance', avance });
			},
			() => perform(db, ref, full)
		);
		await db.destroy();
		await say({ dit: 'fini', issue });
	} catch (error) {
		await say({ dit: 'faute', pile: error instanceof Error ? (error.stack ?? error.message) : String(error) });
	}
	process.exit(0);
}
