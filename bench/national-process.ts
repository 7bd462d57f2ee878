import { createRequire } from 'node:module';
import { join } from 'node:path';
import { classify, compileLexicon } from '../src/lib/domain/crossing/classify';
import {
	buildCube,
	cubeAxes,
	cubeCells,
	linksOf,
	NONE,
	UNSAID,
	type Cube,
	type CubeLinks
} from '../src/lib/domain/crossing/cube';
import { leadWords } from '../src/lib/domain/crossing/leads';
import { placeActions } from '../src/lib/domain/crossing/place-actions';
import type { PlacedAction } from '../src/lib/domain/crossing/place';
import type { TerritoryRecords } from '../src/lib/domain/crossing/territory-view';
import { buildPlaces } from '../src/lib/domain/places/places';
import { markReader } from '../src/lib/domain/rules/markers';
import { findOverlaps } from '../src/lib/domain/rules/overlaps';
import { editCells } from '../src/lib/server/actions/edit-cells';
import { open } from '../src/lib/server/db/client';
import * as decisions from '../src/lib/server/db/decisions';
import { crossedTerritory, crossNow, lexiconOf } from '../src/lib/server/read-territory';
import { readRegion } from '../src/lib/server/read-region';
import { loadReferentiel } from '../src/lib/server/referentiel';
import { writeCase } from './national-base';
import { eachTerritory, nationalCase, NATIONAL, oneTerritory, REGION } from './national-case';

/* One measure in a process of its own: `node national-process.js GESTE NOMBRE`. Says milliseconds and megabytes, as JSON. */

const [geste, nombre] = process.argv.slice(2) as [string, string];
const n = Number(nombre);
const LE = '2026-11-22';
const ref = loadReferentiel();
/** Thirty streams, as the case asks: measures, each a key of its own. */
const funds = ref.financements.flatMap((f) => f.mesures.map((m) => m.id)).slice(0, 30);
/** Fourteen enjeux, as the case asks. */
const whole = cubeAxes(ref);
const axes = {
	...whole,
	enjeux: whole.enjeux.filter((code) => !code.startsWith('P')),
	dispositifs: [...funds, NONE, UNSAID],
	familles: new Map(funds.map((id) => [id, id]))
};

const GESTES: Readonly<Record<string, () => Promise<Record<string, number>>>> = {
	cube: async () => {
		const parts = links(eachTerritory({ ...NATIONAL, actions: n }, funds));
		// The first of each against the first of the other, then both once warm: a server builds the cube again and again.
		const froid = await timed(() => buildCube(parts, axes));
		const made = buildCube(parts, axes);
		const plancherFroid = await timed(() => onePass(made));
		await median(30, () => buildCube(parts, axes));
		await median(30, () => onePass(made));
		const notre = await median(25, () => buildCube(parts, axes));
		const plancher = await median(25, () => onePass(made));
		// Before DuckDB comes to live in the same process.
		const mo = peak();
		const duck = await duckdb(parts, made);
		return {
			notre,
			plancher,
			froid,
			plancherFroid,
			cases: made.rangs.length,
			cellules: made.combinaisons,
			...duck,
			mo
		};
	},
	page: async () => {
		const db = await open(process.env.CROISEE_BASE!);
		const one = oneTerritory(n, 15, funds);
		await writeCase(db, [one], LE);
		const { code } = one.territory;
		const read = () => crossedTerritory(db, ref, code, LE);
		const froide = await timed(read);
		const edit = async (i: number) =>
			decisions.add(db, {
				...{ territoire: code, quartier: null, motif: null, par: 'mesure', le: LE },
				...{ sujet: { genre: 'enjeux' as const, id: one.actions[i % n]!.id }, valeur: [`T0${1 + (i % 9)}`] }
			});
		// Warmed as a server is: a few readings of another day.
		for (let i = 0; i < 25; i++) await crossedTerritory(db, ref, code, `2026-11-${23 + (i % 5)}`);
		const jours = await median(15, (i) => crossedTerritory(db, ref, code, `2027-01-${10 + i}`));
		await read();
		const relue = await median(25, read);
		for (let i = 0; i < 15; i++) await edit(i).then(read);
		const modifiee = await median(75, read, (i) => edit(100 + i));
		// A cell typed as people type it: written with its history, then the page that follows.
		const others = oneTerritory(n, 15, funds, 8).actions;
		const typed: Readonly<Record<string, (i: number) => string>> = {
			budget: (i) => `${i + 1} k€ HT`,
			statut: (i) => ['en cours', 'à venir', 'réalisée'][i % 3]!,
			titre: (i) => others[i % n]!.titre,
			quartiers: (i) => one.quartiers[i % 15]!.nom
		};
		const columns = Object.keys(typed);
		const cell = (i: number, colonne = columns[i % columns.length]!) => {
			const texte = typed[colonne]!(i);
			const actions = [one.actions[(7 * i) % n]!.id];
			return editCells(db, ref, { territoire: code, par: 'mesure', le: LE, actions, colonne, texte, vu: 1e9 });
		};
		for (let i = 0; i < 15; i++) await cell(i).then(read);
		const cellules: Record<string, number> = {};
		for (const [at, colonne] of columns.entries())
			cellules[colonne] = await median(75, read, (i) => cell(100 * (at + 1) + i, colonne));
		const saisie = await median(25, (i) => cell(600 + i));
		return { froide, jours, relue, modifiee, saisie, ...cellules };
	},
	// Apart: beside a territory that is held, each of these would be a second one in memory, which no server keeps.
	'page-de-rien': async () => {
		const db = await open(process.env.CROISEE_BASE!);
		const one = oneTerritory(n, 15, funds);
		await writeCase(db, [one], LE);
		const read = () => crossNow(db, ref, one.territory.code, LE);
		for (let i = 0; i < 15; i++) await read();
		return { notre: await median(25, read) };
	},
	region: async () => {
		const db = await open(process.env.CROISEE_BASE!);
		// An action of each territory that has some, to edit: the case itself is not held beside what is measured.
		const busy: { readonly code: string; readonly id: string }[] = [];
		const noted = function* () {
			for (const one of eachTerritory({ ...REGION, actions: n }, funds)) {
				const [first] = one.actions;
				if (first) busy.push({ code: one.territory.code, id: first.id });
				yield one;
			}
		};
		await writeCase(db, noted(), LE);
		const read = () => readRegion(db, ref, '32', LE);
		const froide = await timed(read);
		const relue = await median(9, read);
		const modifiee = await median(9, read, async (i) => {
			const { code, id } = busy[i % busy.length]!;
			await decisions.add(db, {
				...{ territoire: code, quartier: null, motif: null, par: 'mesure', le: LE },
				...{ sujet: { genre: 'enjeux', id }, valeur: ['T01'] }
			});
		});
		return { froide, relue, modifiee };
	},
	classer: async () => {
		const titles = nationalCase({ ...NATIONAL, actions: n }, funds).flatMap((t) => t.actions.map((a) => a.titre));
		return {
			notre: await timed(() => {
				const lexicon = compileLexicon(ref);
				return titles.map((titre) => classify({ titre }, lexicon));
			}),
			titres: new Set(titles).size
		};
	},
	recouper: async () => {
		const placed = nationalCase({ ...REGION, actions: n }, funds).map(place);
		return { notre: await timed(() => placed.map(overlaps)) };
	},
	'recouper-un-seul': async () => {
		const placed = place(oneTerritory(n, 15, funds));
		return { notre: await timed(() => overlaps(placed)) };
	}
};

const rule = (id: string) => ref.lacunes.regles.find((r) => r.id === id)!;
const marks = markReader(ref.marqueurs);
const overlaps = (placed: readonly PlacedAction[]) =>
	findOverlaps(placed, { recoupement: rule('G09'), tension: rule('G06') }, marks);

const lexicon = lexiconOf(ref);
function place({ territory, quartiers, correspondances, actions }: TerritoryRecords): readonly PlacedAction[] {
	const places = buildPlaces({
		...{ territory, quartiers, correspondances, reponses: [], geometrie: ref.plans.geometrie },
		...{ tousLesQuartiers: ref.plans.tous_les_quartiers, plansEntiers: ref.lacunes.droit_commun }
	});
	const meneurs = leadWords(ref.plans, territory.nom);
	return placeActions(actions, { places, lexicon, croises: ref.enjeux.croises, meneurs, decisions: [] });
}

function links(territories: Iterable<TerritoryRecords>): CubeLinks[] {
	const parts: CubeLinks[] = [];
	for (const t of territories) if (t.quartiers.length > 0) parts.push(linksOf(place(t), axes));
	return parts;
}

/** The floor: every cell of the cube, empty ones included, made and read once, a quartier at a time on the same arrays. */
function onePass({ axes, combinaisons }: Cube): number {
	const length = combinaisons / axes.quartiers.length;
	const [a, b, c] = [new Uint16Array(length), new Uint16Array(length), new Float64Array(length)];
	let sum = 0;
	for (let q = 0; q < axes.quartiers.length; q++) {
		for (const one of [a, b, c]) one.fill(0);
		for (let i = 0; i < length; i++) sum += a[i]! + b[i]! + c[i]!;
	}
	return sum;
}

/** The same aggregation by DuckDB, on tables already loaded; {} when it is not installed. */
async function duckdb(parts: readonly CubeLinks[], made: Cube): Promise<Record<string, number>> {
	const home = process.env.CROISEE_DUCKDB;
	if (!home) return {};
	const { DuckDBInstance } = createRequire(join(home, 'package.json'))('@duckdb/node-api') as Duck;
	const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
	await connection.run('CREATE TABLE a (id INTEGER, plan INTEGER, cents DOUBLE)');
	for (const axis of ['q', 'e', 'd']) await connection.run(`CREATE TABLE ${axis} (id INTEGER, k INTEGER)`);
	const rows = new Map(made.axes.quartiers.map((code, i) => [code, i]));
	const into = { a: await connection.createAppender('a') } as Record<string, Appender>;
	for (const axis of ['q', 'e', 'd']) into[axis] = await connection.createAppender(axis);
	let id = 0;
	for (const { quartiers, links, cents } of parts)
		for (let at = 0, action = 0; at < links.length; action++, id++) {
			const { a } = into as { a: Appender };
			a.appendInteger(id);
			a.appendInteger(links[at++]!);
			if (Number.isNaN(cents[action])) a.appendNull();
			else a.appendDouble(cents[action]!);
			a.endRow();
			for (const axis of ['q', 'e', 'd'])
				for (let left = links[at++]!; left > 0; left--) {
					const k = links[at++]!;
					into[axis]!.appendInteger(id);
					into[axis]!.appendInteger(axis === 'q' ? rows.get(quartiers[k]!)! : k);
					into[axis]!.endRow();
				}
		}
	for (const appender of Object.values(into)) appender.closeSync();
	const query = `SELECT q.k AS quartier, e.k AS enjeu, a.plan, d.k AS dispositif, count(*)::INTEGER AS n,
		coalesce(sum(a.cents), 0) AS cents, count(*) FILTER (a.cents IS NULL)::INTEGER AS sans
		FROM a JOIN q ON q.id = a.id JOIN e ON e.id = a.id JOIN d ON d.id = a.id GROUP BY ALL`;
	const ask = async () => (await connection.runAndReadAll(query)).getColumns();
	const [quartier, , , , n_, cents] = (await ask()) as number[][];
	const expected = [...cubeCells(made)];
	const same = (x: number, y: number) => Math.abs(x - y) < 0.5;
	const sum = (list: readonly number[]) => list.reduce((total, x) => total + x, 0);
	const ours = {
		n: sum(expected.map((c) => c.actions)),
		cents: sum(expected.flatMap((c) => Object.values(c.parBase).map((n) => (n ?? 0) * 100)))
	};
	if (quartier!.length !== expected.length || sum(n_!) !== ours.n || !same(sum(cents!), Math.round(ours.cents)))
		throw new Error('bug: DuckDB and the cube do not agree');
	return { duckdb: await median(7, ask) };
}

interface Appender {
	appendInteger(value: number): void;
	appendDouble(value: number): void;
	appendNull(): void;
	endRow(): void;
	closeSync(): void;
}
interface Duck {
	readonly DuckDBInstance: {
		create(
			path: string,
			options: Record<string, string>
		): Promise<{
			connect(): Promise<{
				run(text: string): Promise<unknown>;
				createAppender(table: string): Promise<Appender>;
				runAndReadAll(text: string): Promise<{ getColumns(): unknown[][] }>;
			}>;
		}>;
	};
}

const peak = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

async function timed(work: () => unknown): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

async function median(
	times: number,
	work: (i: number) => unknown,
	before: (i: number) => unknown = () => {}
): Promise<number> {
	const all: number[] = [];
	for (let i = 0; i < times; i++) {
		await before(i);
		all.push(await timed(() => work(i)));
	}
	return all.sort((a, b) => a - b)[times >> 1]!;
}

const found = await GESTES[geste]!();
process.stdout.write(JSON.stringify({ mo: peak(), ...found }));
