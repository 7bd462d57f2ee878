import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runApart } from '../../src/lib/server/plans/job-process';

it('un travail annulé n’écoute plus ce que son processus avait déjà dit', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'travail-'));
	const path = join(folder, 'bavard.mjs');
	writeFileSync(
		path,
		`process.stdin.resume();
for (let i = 0; i < 2000; i++) process.send({ dit: 'avance', avance: { etape: 'lecture', faites: i, total: 2000 } });
setInterval(() => {}, 1000);`
	);
	const stop = new AbortController();
	let late = 0;
	const demande = { bytes: new Uint8Array(), fichier: 'a.csv', territoire: 'ZZ0000001', plan: 'pcaet' } as const;
	const order = { genre: 'lire', demande: { ...demande, par: 'Essai', le: '2026-11-27' } } as const;
	await runApart(
		path,
		join(folder, 'x.db'),
		order,
		() => {
			if (stop.signal.aborted) late += 1;
			else setTimeout(() => stop.abort(), 5);
			// A busy server: what is said piles up meanwhile.
			for (const until = performance.now() + 1; performance.now() < until;);
		},
		stop.signal
	);
	expect(late).toBe(0);
	rmSync(folder, { recursive: true, force: true });
});
