import { writeCase } from '../../bench/national-base';
import { oneTerritory } from '../../bench/national-case';
import type { MultiPolygon } from '../../src/lib/domain/territory';
import { open } from '../../src/lib/server/db/client';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/*
 * `node carte-serree-base.js FICHIER` writes a base that holds one invented territory, of 22 quartiers: fourteen press one
 * another in the middle, eight stand around, as in a town of the mining basin. Squares: what they cover is what holds them.
 */

/** Kilometres eastward and northward of the first corner. */
const MIDDLE = Array.from({ length: 14 }, (_, i) => [6 + (i % 5) * 0.9, 4 + Math.floor(i / 5) * 0.9 + (i % 2) * 0.2]);
const AROUND = [
	[0, 0],
	[0, 5],
	[1, 9],
	[6, 10],
	[12, 10],
	[15, 6],
	[14, 1],
	[7, 0]
];
const SIDE = 0.5;

function square([x, y]: readonly number[]): MultiPolygon {
	const at = (dx: number, dy: number) => [2 + (x! + dx) / 76, 47 + (y! + dy) / 111] as const;
	return { type: 'MultiPolygon', coordinates: [[[at(0, 0), at(SIDE, 0), at(SIDE, SIDE), at(0, SIDE), at(0, 0)]]] };
}

const funds = loadReferentiel().financements.flatMap((f) => f.mesures.map((m) => m.id));
const territory = oneTerritory(60, 22, funds.slice(0, 30));
const placed = [...MIDDLE, ...AROUND].map(square);
const db = await open(process.argv[2]!);
await writeCase(
	db,
	[{ ...territory, quartiers: territory.quartiers.map((q, i) => ({ ...q, geometrie: placed[i]! })) }],
	'2026-11-22'
);
await db.destroy();
