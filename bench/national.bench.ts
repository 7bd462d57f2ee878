import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, beforeAll, describe } from 'vitest';
import { SERVED_FLAGS } from '../src/lib/server/lean-heap';
import { buildProcess } from './build-process';

/*
 * The whole country, invented: what a page, an edit, a region, the national cube, the classifier and the search for overlaps
 * cost, each in a process of its own, against what was promised; then 1, 4 and 16 times as many actions.
 */

type Measures = Readonly<Record<string, number>>;
const found = new Map<string, Measures>();
const folder = mkdtempSync(join(tmpdir(), 'croisee-national-'));
// Beside the packages it loads, where nothing else empties it.
const built = join(import.meta.dirname, '..', 'node_modules', '.mesure-nationale');
/** Folder where somebody ran `npm i @duckdb/node-api@1.5.6-r.1`: it is no dependency of the project. */
const duckdb = process.env.CROISEE_DUCKDB ?? '';
const hasDuckdb = duckdb !== '' && existsSync(join(duckdb, 'node_modules', '@duckdb', 'node-api'));

function measure(geste: string, n: number): void {
	const base = join(folder, 'base.db');
	for (const end of ['', '-wal', '-shm']) rmSync(base + end, { force: true });
	const env = { ...process.env, CROISEE_BASE: base, CROISEE_DUCKDB: hasDuckdb ? duckdb : '' };
	// As the server and the commands run.
	const said = execFileSync(process.execPath, [...SERVED_FLAGS, join(built, 'national-process.js'), geste, `${n}`], {
		env,
		encoding: 'utf8'
	});
	found.set(`${geste} ${n}`, JSON.parse(said) as Measures);
}

beforeAll(async () => {
	if (!hasDuckdb)
		console.log(
			duckdb === ''
				? 'CROISEE_DUCKDB ne désigne aucun dossier : la comparaison avec DuckDB n’est pas mesurée.'
				: `DuckDB n’est pas dans « ${duckdb} » : la comparaison avec lui n’est pas mesurée.`
		);
	await buildProcess('bench/national-process.ts', built);
}, 240_000);

const once = { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 };
const STEPS: Readonly<Record<string, readonly number[]>> = {
	cube: [3_750, 15_000, 60_000],
	page: [125, 500, 2_000],
	'page-de-rien': [125, 500, 2_000],
	region: [1_250, 5_000, 20_000],
	classer: [3_750, 15_000, 60_000],
	recouper: [1_250, 5_000, 20_000],
	'recouper-un-seul': [1_250, 5_000, 20_000]
};
for (const [geste, steps] of Object.entries(STEPS))
	describe(geste, () => {
		for (const n of steps) bench(`${n.toLocaleString('fr-FR')} actions`, () => measure(geste, n), once);
	});

afterAll(() => {
	const of = (geste: string, n: number): Measures => found.get(`${geste} ${n}`)!;
	const ms = (value: number | undefined): string =>
		value === undefined ? 'non mesuré' : `${value.toFixed(value < 10 ? 1 : 0)} ms`;
	const say = (what: string, value: number | undefined, bound: number, unit = 'ms', more = ''): void => {
		const held = value === undefined ? 'non mesuré' : value <= bound ? 'tenu' : 'MANQUÉ';
		const shown = value === undefined ? 'non mesuré' : unit === 'ms' ? ms(value) : `${value.toFixed(1)} ${unit}`;
		console.log(`${what} : ${shown}${more} — au plus ${bound} ${unit} : ${held}`);
	};
	const cube = of('cube', 60_000);
	const sizes = `, ${cube.cellules} cases dont ${cube.cases} remplies`;
	const against = (ours: number | undefined, floor: number | undefined, more = ''): string =>
		`${more} (${ms(ours)} contre ${ms(floor)})`;
	say(
		'Cube national à chaud, rapporté au plancher (tableaux faits, vidés, lus)',
		cube.notre! / cube.plancher!,
		2,
		'fois',
		against(cube.notre, cube.plancher, sizes)
	);
	say(
		'Le tout premier, rapporté au tout premier plancher',
		cube.froid! / cube.plancherFroid!,
		2,
		'fois',
		against(cube.froid, cube.plancherFroid)
	);
	const faster = cube.duckdb === undefined ? undefined : cube.duckdb / cube.notre!;
	const duck = faster === undefined ? 'non mesuré' : `${faster.toFixed(1)} fois plus vite (${ms(cube.duckdb)})`;
	console.log(
		`Cube national, face à DuckDB : ${duck} — au moins 5 fois : ${faster === undefined ? 'non mesuré' : faster >= 5 ? 'tenu' : 'MANQUÉ'}`
	);
	const page = of('page', 500);
	say('Page d’un territoire, 500 actions × 15 quartiers, rien en mémoire', of('page-de-rien', 500).notre, 30);
	say('La même, un autre jour', page.jours, 30);
	say('La même, relue sans changement', page.relue, 30);
	say('La même après une décision', page.modifiee, 10);
	say('La même après un budget modifié', page.budget, 10, 'ms', ` (écrit en ${ms(page.saisie)})`);
	say('La même après un statut modifié', page.statut, 10);
	say('La même après un titre modifié', page.titre, 10);
	say('La même après un quartier modifié', page.quartiers, 10);
	const region = of('region', 20_000);
	say('Région de 92 EPCI, relue', region.relue, 300);
	say('La même après une modification', region.modifiee, 300, 'ms', ` (première lecture ${ms(region.froide)})`);
	say('Classement de 60 000 titres, à froid', of('classer', 60_000).notre, 2_000);
	say('Recoupements de 20 000 actions, 92 EPCI', of('recouper', 20_000).notre, 5_000);
	say('Les mêmes dans un seul EPCI', of('recouper-un-seul', 20_000).notre, 5_000);
	for (const [geste, steps] of Object.entries(STEPS)) {
		const all = steps.map((n) => of(geste, n));
		const first = (m: Measures): number => m.notre ?? m.froide!;
		say(`Mémoire de « ${geste} »`, Math.max(...all.map((m) => m.mo!)), 500, 'Mo');
		console.log(
			`« ${geste} » à × 1, × 4, × 16 : ${all.map((m) => ms(first(m))).join(', ')} (× ${(first(all[1]!) / first(all[0]!)).toFixed(1)}, × ${(first(all[2]!) / first(all[0]!)).toFixed(1)})`
		);
	}
	rmSync(folder, { recursive: true, force: true });
});
