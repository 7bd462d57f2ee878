import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestEvent } from '@sveltejs/kit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { handle } from '../../src/hooks.server';
import { closeShared, openShared, prepare } from '../../src/lib/server/application';
import { open } from '../../src/lib/server/db/client';
import { addNote } from '../../src/lib/server/actions/notes-links';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { isReadOnly } from '../../src/lib/server/read-only';
import { isRefusal } from '../../src/lib/domain/issue';
import { takeBackup } from '../../src/lib/server/take-backup';

/* Croisée open for reading: every writing request of every route is refused at the door, and the base does not move. */

type Door = (event: RequestEvent) => unknown;
const PAGES = import.meta.glob<{ actions?: Record<string, Door>; load?: Door }>('../../src/routes/**/+page.server.ts', {
	eager: true
});
const SERVERS = import.meta.glob<Record<string, Door>>('../../src/routes/**/+server.ts', { eager: true });
const WRITING = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

interface Way {
	readonly route: string;
	readonly method: string;
	readonly action: string;
	readonly run: Door;
}
const routeOf = (file: string) => file.replace(/^.*\/src\/routes/, '').replace(/\/\+\w+(\.server)?\.ts$/, '') || '/';
const WAYS: readonly Way[] = [
	...Object.entries(PAGES).flatMap(([file, { actions }]) =>
		Object.entries(actions ?? {}).map(([action, run]) => ({ route: routeOf(file), method: 'POST', action, run }))
	),
	...Object.entries(SERVERS).flatMap(([file, served]) =>
		WRITING.flatMap((method) => {
			const run = served[method];
			return run ? [{ route: routeOf(file), method, action: '', run }] : [];
		})
	)
];

const HERE = 'http://127.0.0.1:3000';
const PARAMS = { code: 'ZZ0000001', qpv: 'QNZZZ01F', id: '1', nom: 'x', plan: 'pcaet', format: 'csv' };
const addressOf = (route: string) => route.replace(/\[(\w+)\]/g, (_, name: keyof typeof PARAMS) => PARAMS[name]);

/** What `handle` answers to a request of the same site, and whether the route was reached: it is then really run. */
async function ask(way: Pick<Way, 'route' | 'method' | 'action'> & { run?: Door }, script = false, from = HERE) {
	const url = new URL(`${addressOf(way.route)}${way.action && `?/${way.action}`}`, HERE);
	const headers = new Headers({ host: '127.0.0.1:3000', origin: from });
	if (script) headers.set('x-sveltekit-action', 'true');
	const reads = way.method === 'GET' || way.method === 'HEAD';
	const request = new Request(url, {
		method: way.method,
		headers,
		...(!reads && { body: new URLSearchParams({ par: 'Essai', nom: 'Essai', code: '200000001' }) })
	});
	const cookies = { get: () => undefined, set: () => {}, getAll: () => [] };
	const untrack = <T>(read: () => T): T => read();
	const asked = { request, url, params: PARAMS, cookies, untrack };
	const event = { ...asked, locals: {}, route: { id: way.route }, isDataRequest: false };
	let reached = false;
	const resolve = async () => {
		reached = true;
		// What a route answers to so poor a form does not matter here: whether it was asked does.
		await Promise.resolve(way.run?.(event as unknown as RequestEvent)).catch(() => undefined);
		return new Response('fait');
	};
	const answer = await Promise.resolve(handle({ event, resolve } as unknown as Parameters<typeof handle>[0])).catch(
		(refused: { status: number; body: { message: string } }) => refused
	);
	return { answer, reached };
}

describe('ce que dit CROISEE_LECTURE', () => {
	it('« oui » ouvre en lecture ; « non », ou rien, laisse écrire', () => {
		expect(isReadOnly('oui')).toBe(true);
		expect(isReadOnly('non')).toBe(false);
		expect(isReadOnly('')).toBe(false);
		vi.stubEnv('CROISEE_LECTURE', undefined);
		expect(isReadOnly()).toBe(false);
		vi.unstubAllEnvs();
	});

	it.each(['1', 'true', 'OUI', 'lecture', 'non merci'])(
		'« %s » empêche de démarrer, et dit quoi écrire',
		async (said) => {
			vi.stubEnv('CROISEE_LECTURE', said);
			vi.stubEnv('CROISEE_BASE', ':memory:');
			await expect(prepare()).rejects.toThrow(
				`CROISEE_LECTURE vaut «\u00a0${said}\u00a0»\u00a0: écrivez «\u00a0oui\u00a0» pour ouvrir Croisée en lecture`
			);
			vi.unstubAllEnvs();
		}
	);
});

describe('une Croisée ouverte en lecture', () => {
	const folder = mkdtempSync(join(tmpdir(), 'croisee-lecture-'));
	const base = join(folder, 'croisee.db');
	/** All that SQLite keeps of the base: the file, and its journal. */
	const seal = () => {
		const hash = createHash('sha256');
		for (const file of [base, `${base}-wal`]) hash.update(readFileSync(file));
		return hash.digest('hex');
	};

	beforeAll(async () => {
		vi.stubEnv('CROISEE_BASE', base);
		vi.stubEnv('CROISEE_LECTURE', 'oui');
		vi.stubEnv('CROISEE_AUJOURDHUI', '2026-11-22');
		await prepare();
	}, 60_000);
	afterAll(async () => {
		await closeShared();
		vi.unstubAllEnvs();
		rmSync(folder, { recursive: true, force: true });
	});

	it('connaît toutes les portes qui écrivent', () => {
		expect(WAYS.length).toBeGreaterThan(45);
		expect(new Set(WAYS.map((w) => w.route)).size).toBeGreaterThan(20);
	});

	it('les refuse toutes, une par une, en français, sans que la base bouge d’un octet', async () => {
		const before = seal();
		for (const way of WAYS) {
			const name = `${way.method} ${way.route} ${way.action}`;
			for (const script of [false, true]) {
				const { answer, reached } = await ask(way, script);
				expect(reached, name).toBe(false);
				expect(answer, name).toMatchObject({ status: 403 });
				const said = script
					? ((await (answer as Response).json()) as { type: string; error: { message: string } })
					: { type: 'error', error: (answer as { body: { message: string } }).body };
				expect(said.type, name).toBe('error');
				expect(said.error.message, name).toMatch(
					/^Rien n’a été enregistré.* ouverte en lecture\. .* la personne qui l’a démarrée.* sans CROISEE_LECTURE\.$/
				);
			}
		}
		expect(seal()).toBe(before);
	});

	it('refuse aussi une porte qui n’existe pas encore, et ce qui vient d’ailleurs, avec la même phrase', async () => {
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
			const { answer, reached } = await ask(
				{ route: '/plus-tard', method, action: '' },
				false,
				'https://ailleurs.example'
			);
			expect(reached, method).toBe(false);
			expect(answer).toMatchObject({ status: 403, body: { message: expect.stringContaining('ouverte en lecture') } });
		}
	});

	it('laisse lire', async () => {
		for (const method of ['GET', 'HEAD'])
			expect((await ask({ route: '/territoires/[code]', method, action: '' })).reached, method).toBe(true);
	});

	it('même une écriture qui aurait passé la porte est refusée par la base', async () => {
		const db = await openShared();
		const before = seal();
		const { id } = await db.selectFrom('action').select('id').executeTakeFirstOrThrow();
		const note = { territoire: PARAMS.code, action: id, texte: 'Une note', par: 'Essai', le: '2026-11-22T10:00' };
		await expect(addNote(db, loadReferentiel(), note)).rejects.toThrow(/readonly/);
		expect(seal()).toBe(before);
	});

	it('donne encore une sauvegarde entière, et reste fermée après', async () => {
		const before = seal();
		const copy = await takeBackup(await openShared());
		expect(isRefusal(copy)).toBe(false);
		if (isRefusal(copy)) return;
		let octets = 0;
		for await (const piece of copy.stream as unknown as AsyncIterable<Uint8Array>) octets += piece.length;
		expect(octets).toBe(copy.octets);
		expect(octets).toBeGreaterThan(100_000);
		await expect((await openShared()).deleteFrom('vue').execute()).rejects.toThrow(/readonly/);
		expect(seal()).toBe(before);
	});

	it('montre les mêmes chiffres : matrice, quartier, région, argent, file d’attente', async () => {
		const READ = [
			'/territoires/[code]',
			'/territoires/[code]/[qpv]',
			'/territoires/[code]/financement',
			'/territoires/[code]/a-faire',
			'/territoires/[code]/recoupements',
			'/region',
			'/region/argent'
		];
		const read = async (route: string) => {
			const { load } = Object.entries(PAGES).find(([file]) => routeOf(file) === route)![1];
			let page: unknown;
			await ask({
				route,
				method: 'GET',
				action: '',
				run: async (event) => (page = ((await load!(event)) as { page: unknown }).page)
			});
			return JSON.stringify(page);
		};
		const reading = await Promise.all(READ.map(read));
		vi.stubEnv('CROISEE_LECTURE', 'non');
		const working = await Promise.all(READ.map(read));
		vi.stubEnv('CROISEE_LECTURE', 'oui');
		READ.forEach((route, n) => {
			expect(reading[n]?.length, route).toBeGreaterThan(200);
			expect(reading[n], route).toBe(working[n]);
		});
	});
});

describe('hors lecture', () => {
	beforeAll(() => {
		vi.stubEnv('CROISEE_BASE', ':memory:');
		vi.stubEnv('CROISEE_LECTURE', 'non');
	});
	afterAll(async () => {
		await closeShared();
		vi.unstubAllEnvs();
	});

	it('les mêmes demandes passent la porte', async () => {
		for (const { route, method, action } of WAYS)
			expect((await ask({ route, method, action })).reached, `${method} ${route} ${action}`).toBe(true);
	});
});

// Whoever is root may write everywhere: the file cannot be closed to them.
describe.skipIf(process.getuid?.() === 0)('une base que ce compte ne peut pas écrire', () => {
	it.each(['oui', 'non'])('empêche de démarrer, avec la raison (CROISEE_LECTURE=%s)', async (lecture) => {
		const folder = mkdtempSync(join(tmpdir(), 'croisee-fermee-'));
		const base = join(folder, 'croisee.db');
		await (await open(base)).destroy();
		chmodSync(base, 0o444);
		vi.stubEnv('CROISEE_BASE', base);
		vi.stubEnv('CROISEE_LECTURE', lecture);
		await expect(prepare()).rejects.toThrow(/ne peut pas être écrit par ce compte\. .*servez une copie/);
		vi.unstubAllEnvs();
		rmSync(folder, { recursive: true, force: true });
	});
});
