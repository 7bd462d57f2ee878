import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, beforeAll, describe } from 'vitest';
import { buildProcess } from './build-process';
import { LEAN_FLAGS } from '../src/lib/server/lean-heap';
import { FORMATS, type Format } from './import-rows';

/*
 * What an import costs beside the bare reading of the library, each measure in a process of its own, as in the product:
 * 5 000 and 100 000 rows against what was promised, then 1, 4 and 16 times as many rows, which must cost 1, 4 and 16.
 */

interface Measure {
	/** Milliseconds of clock, and of processors. */
	readonly ms: number;
	readonly cpu: number;
	/** Highest memory of the process, in megabytes. */
	readonly mo: number;
}

const GESTES = { bibliotheque: 'bibliothèque', lecture: 'lecture', rendu: 'compte rendu', ecrit: 'écrit en base' };
type Geste = keyof typeof GESTES;
const PROMISED: Readonly<Record<number, { readonly s: number; readonly mo: number }>> = {
	5_000: { s: 10, mo: 600 },
	100_000: { s: 60, mo: 600 }
};
const STEPS = [6_250, 25_000, 100_000];

const folder = mkdtempSync(join(tmpdir(), 'croisee-mesure-'));
// Beside the packages it loads.
const built = join(import.meta.dirname, '..', 'dist', 'mesure');
const found = new Map<string, Measure>();

function run(geste: string, format: Format, rows: number): string {
	const file = join(folder, `${rows}.${format}`);
	if (geste !== 'fabriquer' && !existsSync(file)) run('fabriquer', format, rows);
	const base = join(folder, 'base.db');
	for (const end of ['', '-wal', '-shm']) rmSync(base + end, { force: true });
	// The bare library is not held on a short lead: it is measured as its users would.
	const flags = geste === 'rendu' || geste === 'ecrit' || geste === 'lecture' ? LEAN_FLAGS : [];
	return execFileSync(process.execPath, [...flags, join(built, 'import-process.js'), geste, format, `${rows}`, file], {
		env: { ...process.env, CROISEE_BASE: base },
		encoding: 'utf8'
	});
}

beforeAll(async () => {
	await buildProcess('bench/import-process.ts', built);
}, 120_000);

const once = { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 };
for (const rows of [5_000, ...STEPS]) {
	describe(`importer ${rows.toLocaleString('fr-FR')} lignes`, () => {
		for (const format of FORMATS)
			for (const geste of Object.keys(GESTES) as Geste[])
				bench(
					`${format}, ${GESTES[geste]}`,
					() => void found.set(`${rows} ${format} ${geste}`, JSON.parse(run(geste, format, rows)) as Measure),
					once
				);
	});
}

afterAll(() => {
	const of = (rows: number, format: Format, geste: Geste): Measure => found.get(`${rows} ${format} ${geste}`)!;
	for (const [rows, bound] of Object.entries(PROMISED))
		for (const format of FORMATS) {
			const bare = of(Number(rows), format, 'bibliotheque');
			for (const geste of ['lecture', 'rendu', 'ecrit'] as const) {
				const { ms, cpu, mo } = of(Number(rows), format, geste);
				const held = ms / 1000 <= bound.s && mo <= bound.mo ? 'tenu' : 'MANQUÉ';
				console.log(
					`${rows} lignes, ${format}, ${GESTES[geste]} : ${(ms / 1000).toFixed(1)} s (${(cpu / 1000).toFixed(1)} s de processeur, × ${(cpu / bare.cpu).toFixed(1)} la bibliothèque seule), ${mo} Mo (bibliothèque seule ${bare.mo} Mo) — ${bound.s} s et ${bound.mo} Mo : ${held}`
				);
			}
		}
	for (const format of FORMATS) {
		const spent = STEPS.map((rows) => of(rows, format, 'rendu').cpu);
		console.log(
			`${format}, compte rendu à × 1, × 4, × 16 : ${spent.map((cpu) => `${(cpu / 1000).toFixed(1)} s`).join(', ')} de processeur (× ${(spent[1]! / spent[0]!).toFixed(1)}, × ${(spent[2]! / spent[0]!).toFixed(1)})`
		);
	}
	rmSync(folder, { recursive: true, force: true });
});
