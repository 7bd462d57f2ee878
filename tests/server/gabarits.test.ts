import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActionDraft, PlanKind } from '../../src/lib/domain/action';
import { choicesOf } from '../../src/lib/domain/gabarits/choices';
import { ACTIONS_SCHEMA, actionGrid } from '../../src/lib/domain/gabarits/write-rows';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import { writeActionGrid } from '../../src/lib/server/exports/export-actions';
import { readWorkbook } from '../../src/lib/server/files/workbook';
import { readPlan, type ReadPlan } from '../../src/lib/server/plans/import-reading';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { anyDraft } from '../fixtures/any-draft';

const LE = '2026-11-22';
const EPCI = '200072460';
const ref = loadReferentiel();
const dispositifs = ref.financements.flatMap((f) => [f.id, ...f.mesures.map((m) => m.id)]);
const quartiers = [
	{ code: 'QNZZZ01F', nom: 'Les Tilleuls' },
	{ code: 'QNZZZ02F', nom: 'Le Moulin' }
];
let db: Db;

beforeAll(async () => {
	db = await open(':memory:');
});
afterAll(() => db.destroy());

async function read(bytes: Uint8Array, fichier: string, plan: PlanKind = 'pcaet'): Promise<ReadPlan> {
	const plans = await readPlan(db, ref, { bytes, fichier, territoire: EPCI, plan });
	if (isRefusal(plans)) throw new Error(`${plans.refus} ${plans.conseil}`);
	return plans;
}

const bare = ({ origine: _, ...draft }: ActionDraft) => draft;

async function written(drafts: readonly ActionDraft[], format: 'xlsx' | 'ods' | 'csv' | 'json'): Promise<Uint8Array> {
	if (format === 'json')
		return new TextEncoder().encode(
			JSON.stringify({ schema: ACTIONS_SCHEMA, actions: drafts.map((d) => ({ plan: 'pcaet', ...bare(d) })) })
		);
	const grid = actionGrid(
		drafts.map((draft) => ({ plan: 'pcaet', draft })),
		{ def: ref.gabarits, plans: ref.plans, choices: choicesOf(ref, quartiers), plan: 'pcaet', champs: [] }
	);
	return writeActionGrid(grid, ref, format, LE);
}

describe('export = import, champ par champ', () => {
	it.each(['xlsx', 'ods', 'csv', 'json'] as const)('en %s, quels que soient les textes', async (format) => {
		await fc.assert(
			fc.asyncProperty(fc.array(anyDraft(dispositifs), { minLength: 10, maxLength: 20 }), async (drafts) => {
				const back = await read(await written(drafts, format), `export.${format}`);
				expect(back.drafts.map(bare)).toEqual(drafts.map(bare));
				expect(back.report).toMatchObject({ lues: drafts.length, acceptees: drafts.length });
			}),
			{ numRuns: 6 }
		);
	});

	it.each(['xlsx', 'ods', 'csv'] as const)('en %s, un texte plus long que ce que tient une cellule', async (format) => {
		const [draft] = fc.sample(anyDraft(dispositifs), { numRuns: 1, seed: 7 });
		const long = `début ${'mot 😀 =1\n'.repeat(9_000)}fin`;
		expect(long.length).toBeGreaterThan(2 * 32_767);
		const drafts = [{ ...draft!, description: long, partenaires: [long, 'Ademe'] }];
		const bytes = await written(drafts, format);
		const workbook = await readWorkbook(bytes, `export.${format}`);
		if (isRefusal(workbook)) throw new Error(workbook.refus);
		const longest = Math.max(...workbook.sheets[0]!.rows.flat().map((cell) => String(cell ?? '').length));
		expect(longest).toBeLessThanOrEqual(32_767);
		expect((await read(bytes, `export.${format}`)).drafts.map(bare)).toEqual(drafts.map(bare));
	});
});
