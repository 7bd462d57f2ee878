import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nationalCase } from '../../bench/national-case';
import { writeCase } from '../../bench/national-base';
import { crossTerritory } from '../../src/lib/domain/crossing/territory-view';
import type { Memory } from '../../src/lib/domain/memory';
import { inHomeOrder } from '../../src/lib/domain/pages/home-page';
import { bySlices, someoneWaits } from '../../src/lib/server/by-slices';
import { open, type Db } from '../../src/lib/server/db/client';
import * as decisions from '../../src/lib/server/db/decisions';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readCounts } from '../../src/lib/server/inbox';
import { crossedTerritory, lexiconOf, recordsOf } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { listTerritories } from '../../src/lib/server/territories';
import { HELD_ACTIONS, heldOf, hold, type Held } from '../../src/lib/server/territory-memory';
import { warmUp } from '../../src/lib/server/warm-up';

/* A server that starts reads ahead; what it read is what a person would have read, and goes when something changes. */

const ref = loadReferentiel();
const LE = '2026-11-22';
const DEMO = 'ZZ0000001';
/** Whatever the process of these trials weighs. */
const ALL = { full: Infinity };

describe('un serveur qui démarre', () => {
	let db: Db;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
	}, 60_000);
	afterAll(() => db.destroy());

	it('lit les territoires d’avance : la première page et l’accueil n’attendent plus leurs chiffres', async () => {
		expect(heldOf(db, DEMO)).toBeUndefined();
		expect((await readCounts(db, ref, [DEMO], LE, { ms: -1 })).size).toBe(0);
		expect(await warmUp(db, ref, LE, ALL)).toEqual([DEMO]);
		const held = heldOf(db, DEMO)!;
		expect(await crossedTerritory(db, ref, DEMO, LE)).toBe(held.crossed);
		expect((await readCounts(db, ref, [DEMO], LE, { ms: -1 })).size).toBe(1);
	});

	it('ne sert jamais un chiffre d’avant une décision', async () => {
		const before = (await crossedTerritory(db, ref, DEMO, LE))!;
		const { id } = before.placed[0]!.action;
		await decisions.add(db, {
			...{ territoire: DEMO, quartier: null, motif: 'essai', par: 'Essai', le: LE },
			...{ sujet: { genre: 'nature', id }, valeur: { code: 'N5' } }
		});
		expect((await crossedTerritory(db, ref, DEMO, LE))!.placed[0]!.nature?.code).toBe('N5');
	});

	it('ne lit rien d’un jour à l’autre sans le refaire : le lendemain a ses propres chiffres', async () => {
		await warmUp(db, ref, '2026-11-23', ALL);
		expect(heldOf(db, DEMO)!.asOf).toBe('2026-11-23');
		expect((await crossedTerritory(db, ref, DEMO, LE))!.view.asOf).toBe(LE);
	});

	it('ne relit que ce qui a changé : après une décision, ce territoire-là, et ses comptes avec lui', async () => {
		await warmUp(db, ref, LE, ALL);
		const before = heldOf(db, DEMO)!;
		await warmUp(db, ref, LE, ALL);
		expect(heldOf(db, DEMO)).toBe(before);
		const { id } = before.crossed.placed[1]!.action;
		await decisions.add(db, {
			...{ territoire: DEMO, quartier: null, motif: 'essai', par: 'Essai', le: LE },
			...{ sujet: { genre: 'nature', id }, valeur: { code: 'N5' } }
		});
		expect((await readCounts(db, ref, [DEMO], LE, { ms: -1 })).size).toBe(0);
		await warmUp(db, ref, LE, ALL);
		expect(heldOf(db, DEMO)!.crossed.placed[1]!.nature?.code).toBe('N5');
		expect((await readCounts(db, ref, [DEMO], LE, { ms: -1 })).size).toBe(1);
	});

	it('attend que la page demandée soit servie', async () => {
		const other = await open(':memory:');
		await loadDemonstration(other, ref, LE);
		const answered = someoneWaits();
		const reading = warmUp(other, ref, LE, ALL);
		await new Promise((done) => setTimeout(done, 60));
		expect(heldOf(other, DEMO)).toBeUndefined();
		answered();
		expect(await reading).toEqual([DEMO]);
		await other.destroy();
	}, 60_000);

	it('lit par petits morceaux, et trouve ce qu’il trouverait d’un coup', async () => {
		const records = (await recordsOf(db, DEMO))!;
		const memory: Memory = new Map();
		let pieces = 0;
		const cross = (held: Memory) => crossTerritory(records, ref, lexiconOf(ref), LE, () => [], held);
		const rest = async () => void pieces++;
		const crossed = await bySlices(memory, () => cross(memory), { slice: 0, rest });
		expect(pieces).toBeGreaterThan(50);
		const { view, recoupements } = cross(new Map());
		expect(crossed.view).toEqual(view);
		expect(crossed.recoupements).toEqual(recoupements);
	}, 60_000);

	it('commence comme l’accueil, et s’arrête quand la mémoire est pleine', async () => {
		const some = await open(':memory:');
		await writeCase(some, nationalCase({ quartiers: 12, epci: 3, actions: 30 }, ['fonds-vert']), LE);
		const listed = (await listTerritories(some)).filter((t) => t.actions > 0);
		const order = inHomeOrder(listed).map((t) => t.code);
		expect(order.length).toBeGreaterThan(1);
		expect(await warmUp(some, ref, LE, { full: 0 })).toEqual(order.slice(0, 1));
		expect(await warmUp(some, ref, LE, { full: Infinity })).toEqual(order);
		await some.destroy();
	});

	it('se tait quand la base se ferme avant la fin', async () => {
		const closed = await open(':memory:');
		await closed.destroy();
		expect(await warmUp(closed, ref, LE)).toEqual([]);
	});
});

describe('ce qui est gardé en mémoire', () => {
	const weighing = (actions: number): Held => ({ records: { actions: new Array<never>(actions) } }) as unknown as Held;

	it('se compte en actions : beaucoup de petits territoires, peu de grands, jamais moins de deux', async () => {
		const db = await open(':memory:');
		const codes = (n: number) => Array.from({ length: n }, (_, i) => `T${i}`).filter((code) => heldOf(db, code));
		for (let i = 0; i < 40; i++) hold(db, `T${i}`, weighing(HELD_ACTIONS / 20));
		expect(codes(40)).toEqual(Array.from({ length: 20 }, (_, i) => `T${20 + i}`));
		for (let i = 0; i < 3; i++) hold(db, `T${i}`, weighing(HELD_ACTIONS));
		expect(codes(40)).toEqual(['T1', 'T2']);
		await db.destroy();
	});

	it('garde celui qu’on vient de relire plutôt que celui qu’on a quitté', async () => {
		const db = await open(':memory:');
		for (const code of ['A', 'B', 'A', 'C']) hold(db, code, heldOf(db, code) ?? weighing(HELD_ACTIONS));
		expect(['A', 'B', 'C'].filter((code) => heldOf(db, code))).toEqual(['A', 'C']);
		await db.destroy();
	});
});
