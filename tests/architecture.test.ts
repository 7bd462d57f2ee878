import { describe, expect, it } from 'vitest';

/* The house is as drawn: imports only go down, the domain stays pure, rooms stay small. */

const sources = import.meta.glob<string>('/src/**/*.{ts,svelte}', { query: '?raw', import: 'default', eager: true });

/** What each floor may import, as full paths (our files) or package names. First match wins. */
const FLOORS: [floor: RegExp, allowed: RegExp][] = [
	[/^\/src\/lib\/domain\//, /^(\/src\/lib\/domain\/|zod$|@turf\/|snowball-stemmers$|geojson$)/],
	[/^\/src\/lib\/server\/db\//, /^(\/src\/lib\/(domain|server\/db)\/|kysely$|better-sqlite3$|node:)/],
	[
		/^\/src\/lib\/server\//,
		/^(\/src\/lib\/(domain|server)\/|\/data\/|zod$|node:|js-yaml$|hucre|papaparse$|iconv-lite$|yauzl$|docx$|kysely$|@etalab\/|@turf\/|shpjs$|proj4$|better-sqlite3$|@e965\/xlsx$)/
	],
	[/^\/src\/lib\/ui\//, /^(\/src\/lib\/(domain|ui)\/|svelte(\/|$)|d3(-|$)|maplibre-gl|@fontsource|geojson$)/],
	[
		/^\/src\/routes\/.*(\.server\.ts|\+server\.ts)$/,
		/^(\/src\/lib\/(domain|server)\/|@sveltejs\/kit$|\/src\/routes\/|zod$|node:)/
	],
	[/^\/src\/routes\//, /^(\/src\/lib\/(domain|ui)\/|\/src\/routes\/|svelte(\/|$)|@sveltejs\/kit$|\$app\/|@fontsource)/],
	[/^\/src\/hooks\.client\.ts$/, /^(\/src\/lib\/ui\/|@sveltejs\/kit$)/],
	// Writes the keys of grids into the page it answers with.
	[/^\/src\/hooks\.server\.ts$/, /^(\/src\/lib\/server\/|\/src\/lib\/ui\/(grid-keys|search-key)$|@sveltejs\/kit$)/],
	[
		/^\/src\/(cli\.ts|worker\.ts|cli\/|app\.d\.ts$)/,
		/^(\/src\/lib\/(domain|server)\/|\/src\/cli\/|@sveltejs\/kit$|node:|zod$)/
	]
];

/** Each outside library lives in one module. */
const ONE_ROOM: [library: RegExp, room: RegExp][] = [
	[/^better-sqlite3$/, /^\/src\/lib\/server\/(db\/client|files\/geopackage)\.ts$/],
	[/^shpjs$/, /^\/src\/lib\/server\/files\/shapefile\.ts$/],
	[/^proj4$/, /^\/src\/lib\/server\/files\/projection\.ts$/],
	[/^@e965\/xlsx$/, /^\/src\/lib\/server\/files\/old-excel\.ts$/],
	[/^hucre/, /^\/src\/lib\/server\/files\/(spreadsheet(-write|-grid)?|xlsx-package)\.ts$/],
	[/^papaparse$/, /^\/src\/lib\/server\/files\/delimited\.ts$/],
	[/^yauzl$/, /^\/src\/lib\/server\/files\/archive-guard\.ts$/],
	[/^@etalab\//, /^\/src\/lib\/server\/cog\.ts$/],
	[/^docx$/, /^\/src\/lib\/server\/exports\/export-docx\.ts$/],
	[/^maplibre-gl/, /^\/src\/lib\/ui\/(QuartierMap\.svelte|map[a-z-]*\.ts)$/],
	[/^snowball-stemmers$/, /^\/src\/lib\/domain\/stem\.ts$/]
];

const IMPURE = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bfetch\(|\bprocess\.|\bconsole\./;

export function importsOf(text: string): string[] {
	return [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+)['"]([^'"]+)['"]/gm)].map((m) => m[1]!);
}

/** A specifier as a path of ours, or as the package it names. */
export function resolveFrom(file: string, specifier: string): string {
	const clean = specifier.replace(/\?.*$/, '');
	if (clean.startsWith('$lib/')) return `/src/lib/${clean.slice(5)}`;
	if (clean.startsWith('./$types')) return '/src/routes/$types';
	if (!clean.startsWith('.')) return clean;
	const parts = file.split('/').slice(0, -1);
	for (const part of clean.split('/')) {
		if (part === '..') parts.pop();
		else if (part !== '.') parts.push(part);
	}
	return parts.join('/');
}

export function faultsOf(file: string, text: string): string[] {
	const floor = FLOORS.find(([where]) => where.test(file));
	if (!floor) return [`${file} : n’est sur aucun étage`];
	const targets = importsOf(text).map((s) => resolveFrom(file, s));
	const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
	return [
		...targets.filter((t) => !floor[1].test(t)).map((t) => `${file} importe ${t}`),
		...ONE_ROOM.flatMap(([library, room]) =>
			targets
				.filter((t) => library.test(t) && !room.test(file))
				.map((t) => `${file} importe ${t}, réservé à ${room.source}`)
		),
		...(file.startsWith('/src/lib/domain/') && IMPURE.test(code)
			? [`${file} : ${IMPURE.exec(code)![0]} dans le domaine`]
			: []),
		...(text.split('\n').length > 301 ? [`${file} : ${text.split('\n').length} lignes`] : []),
		...(/\/(index|utils?|helpers?)\.ts$/.test(file) ? [`${file} : fourre-tout`] : [])
	];
}

export function circlesIn(files: Readonly<Record<string, string>>): string[] {
	const graph = new Map(
		Object.entries(files).map(([file, text]) => [
			file.replace(/\.ts$/, ''),
			// A type-only import costs nothing at run time and lets two files share a shape.
			importsOf(text.replace(/import type[^;]+;/g, '')).map((s) => resolveFrom(file, s))
		])
	);
	const done = new Set<string>();
	const circles: string[] = [];
	const visit = (node: string, path: string[]): void => {
		if (path.includes(node)) circles.push([...path.slice(path.indexOf(node)), node].join(' → '));
		else if (!done.has(node)) {
			for (const next of graph.get(node) ?? []) if (graph.has(next)) visit(next, [...path, node]);
			done.add(node);
		}
	};
	for (const node of graph.keys()) visit(node, []);
	return circles;
}

describe('la maison', () => {
	it('tient ses étages, ses pièces et sa pureté', () => {
		expect(Object.keys(sources).length).toBeGreaterThan(20);
		expect(Object.entries(sources).flatMap(([file, text]) => faultsOf(file, text))).toEqual([]);
	});

	it('n’a pas de circuit', () => {
		const lib = Object.fromEntries(
			Object.entries(sources).filter(([f]) => f.startsWith('/src/lib/') && f.endsWith('.ts'))
		);
		expect(circlesIn(lib)).toEqual([]);
	});
});

describe('le contrôle lui-même voit une faute plantée', () => {
	const plant = (file: string, text: string) => faultsOf(file, text).join('\n');

	it.each([
		['le domaine qui importe le serveur', '/src/lib/domain/x.ts', `import { open } from '../server/db/client';`],
		['le domaine qui lit l’horloge', '/src/lib/domain/x.ts', `export const now = () => Date.now();`],
		['le domaine qui importe Svelte', '/src/lib/domain/x.ts', `import { tick } from 'svelte';`],
		['un dessin qui appelle le serveur', '/src/lib/ui/X.svelte', `import { read } from '$lib/server/read-territory';`],
		[
			'une page qui appelle le serveur',
			'/src/routes/+page.svelte',
			`import { read } from '$lib/server/read-territory';`
		],
		['une page en import dynamique', '/src/routes/+page.svelte', `const m = await import('$lib/server/cog');`],
		['un second lecteur de classeurs', '/src/lib/server/exports.ts', `import { readXlsx } from 'hucre';`],
		['la base appelée depuis une route', '/src/routes/x/+page.server.ts', `import Database from 'better-sqlite3';`],
		['un fichier trop long', '/src/lib/domain/x.ts', 'a;\n'.repeat(301)],
		['un fourre-tout', '/src/lib/domain/utils.ts', '']
	])('%s', (_name, file, text) => {
		expect(plant(file, text)).not.toBe('');
	});

	it('un circuit', () => {
		expect(
			circlesIn({
				'/src/lib/domain/a.ts': `import { b } from './b';`,
				'/src/lib/domain/b.ts': `import { a } from './a';`
			})
		).toHaveLength(1);
	});
});
