import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { expect } from '@playwright/test';
import { buildProcess } from '../../bench/build-process';

/**
 * Serves a base of its own, apart from the one pages are looked at on.
 * in     script that writes the base into the file it is given; more of its environment
 * out    address, file of the base, and what stops it
 */
export async function ownServer(
	script: string,
	more: Readonly<Record<string, string>> = {}
): Promise<{ origin: string; base: string; stop: () => void }> {
	// Beside the packages that the process loads.
	const folder = mkdtempSync(join(import.meta.dirname, '../../node_modules/.base-'));
	await buildProcess(`tests/e2e/${script}`, folder);
	const base = join(folder, 'croisee.db');
	execFileSync(process.execPath, [join(folder, basename(script, '.ts') + '.js'), base]);
	const { origin, stop } = await serveBase(base, script, more);
	return {
		origin,
		base,
		stop: () => {
			stop();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

/**
 * The built application on a base that is there already.
 * in     file of the base; what to call it when it does not answer; more of its environment
 * out    address, and what stops it
 */
export async function serveBase(
	base: string,
	called: string,
	more: Readonly<Record<string, string>> = {}
): Promise<{ origin: string; stop: () => void }> {
	// A port that nothing holds now: a browser may well have taken the one next to ours.
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const server = spawn(process.execPath, [join(import.meta.dirname, 'server.mjs')], {
		env: { ...process.env, PORT: String(port), CROISEE_BASE_TEST: base, CROISEE_AUJOURDHUI: '2026-11-22', ...more },
		stdio: 'ignore'
	});
	const answers = () =>
		fetch(origin).then(
			(r) => r.status,
			() => 0
		);
	await expect.poll(answers, { timeout: 60_000, message: `le serveur de ${called} répond` }).toBe(200);
	return { origin, stop: () => void server.kill() };
}

/** All that SQLite keeps of a base: the file, and its journal. */
export function seal(base: string): string {
	const hash = createHash('sha256');
	for (const file of [base, `${base}-wal`]) if (existsSync(file)) hash.update(readFileSync(file));
	return hash.digest('hex');
}

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = probe.address() as AddressInfo;
	probe.close();
	await once(probe, 'close');
	return port;
}
