import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActionDraft } from '../../src/lib/domain/action';
import { summarise } from '../../src/lib/domain/import/import-report';
import { parseRows } from '../../src/lib/domain/import/row';
import type { RowOutcome } from '../../src/lib/domain/import/row-outcome';
import type { CellValue } from '../../src/lib/domain/import/sheet';
import { findTable } from '../../src/lib/domain/import/template';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* Laws of the import: they hold for any table, whatever its columns are called and its cells hold. */

const { plans } = loadReferentiel();
const SYNONYMS = plans.champs.flatMap((def) => [def.libelle, ...def.synonymes]).filter((name) => name.length > 2);

const header = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...SYNONYMS) },
	fc.constantFrom('Colonne libre', 'Vu le', 'X', '2026', '', 'Réf. interne (ne pas remplir)')
);
const cell: fc.Arbitrary<CellValue> = fc.oneof(
	{ weight: 3, arbitrary: fc.constant(null) },
	{ weight: 2, arbitrary: fc.string({ maxLength: 30 }) },
	fc.string({ unit: 'grapheme', maxLength: 20 }),
	fc.double({ noNaN: true }),
	fc.integer({ min: -10, max: 60_000 }),
	fc.boolean(),
	fc.constantFrom<CellValue>(
		...['Rénover l’école', '1.2 Isoler les toits', '42 885,00 €', '1,2 M€ HT', 'entre 200 et 500 k€', 'mi-2024'],
		...['01/03/2026', 'En cours', '???', 'QN05920M', 'Tous les QPV', 'a ; b, c | d', '(jamais fermé', 'NC', 'x', '50 %']
	)
);
const special: fc.Arbitrary<readonly CellValue[]> = fc.constantFrom<readonly CellValue[]>(
	...[[], ['AXE 2 : MOBILITÉ'], ['Total', null, 1200], ['Source : service habitat'], ['', '  ', null]]
);

interface Sample {
	readonly headers: readonly string[];
	readonly rows: readonly (readonly CellValue[])[];
}

const table: fc.Arbitrary<Sample> = fc.uniqueArray(header, { minLength: 2, maxLength: 12 }).chain((headers) =>
	fc.record({
		headers: fc.constant(['Titre de l’action', ...headers.filter((name) => name !== 'Titre de l’action')]),
		rows: fc.array(
			fc.oneof(
				{ weight: 6, arbitrary: fc.array(cell, { minLength: 0, maxLength: headers.length + 2 }) },
				{ weight: 1, arbitrary: special }
			),
			{ maxLength: 25 }
		)
	})
);

const CONTEXT = {
	fichier: 'lois.xlsx',
	feuille: 'Actions',
	plans,
	filtre: null,
	territoire: null,
	baseParDefaut: 'inconnu',
	dispositifs: new Map<string, string>()
} as const;

function read({ headers, rows }: Sample) {
	const sheet = { nom: 'Actions', masquee: false, rows: [headers, ...rows] };
	const { tables, issues } = findTable([sheet], plans, 'pcaet');
	const parts = tables.map((t) => ({ table: t, outcomes: parseRows(sheet.rows, t, CONTEXT) }));
	const outcomes = parts.flatMap((p) => p.outcomes);
	const report = tables[0]
		? summarise(outcomes, tables[0], issues, {
				plan: 'pcaet',
				fichier: CONTEXT.fichier,
				lecture: null,
				champs: plans.champs
			})
		: null;
	return { tables, outcomes, report };
}

const always = (check: (sample: Sample) => void, numRuns = 150): void =>
	fc.assert(fc.property(table, check), { numRuns, seed: 20_261_125 });

describe('quel que soit le tableau', () => {
	it('lues = acceptées + rejetées + ignorées, et chaque ligne est comptée une fois', () => {
		always((sample) => {
			const { tables, outcomes, report } = read(sample);
			if (!report) return;
			expect(report.lues).toBe(report.acceptees + report.rejetees + report.ignorees);
			const lines = outcomes.map((o) => o.ligne);
			expect(new Set(lines).size).toBe(lines.length);
			// From the first row that may be data to the last that holds something, none is skipped.
			const last = sample.rows.findLastIndex((row) => row.some((c) => c !== null && String(c).trim() !== '')) + 2;
			const first = tables[0]!.premiereLigne;
			expect(lines).toEqual(Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i));
		});
	});

	it('une ligne rejetée dit ce qui bloque, une ligne écartée dit pourquoi, une ligne acceptée est une action', () => {
		always((sample) => {
			for (const { etat, issues, raison, draft } of read(sample).outcomes) {
				if (etat === 'rejetee') expect(issues.some((i) => i.severity === 'bloquant')).toBe(true);
				if (etat === 'ignoree') expect([issues.length > 0, raison !== null, draft]).toEqual([true, true, null]);
				if (etat === 'acceptee') expect(ActionDraft.safeParse(draft).success).toBe(true);
			}
		});
	});

	it('le relire donne le même compte rendu', () => {
		always((sample) => {
			expect(JSON.stringify(read(sample))).toBe(JSON.stringify(read(sample)));
		}, 60);
	});

	it('ce qui a déjà été lu dans un autre tableau n’y change rien', () => {
		fc.assert(
			fc.property(table, table, (one, other) => {
				const alone = JSON.stringify(read(one));
				read(other);
				expect(JSON.stringify(read(one))).toBe(alone);
			}),
			{ numRuns: 40, seed: 20_261_125 }
		);
	});
});

/** Columns that say one thing each, whatever stands beside them. */
const APART: readonly (readonly [string, readonly CellValue[]])[] = [
	['Titre de l’action', ['Rénover l’école', 'Planter des haies', 'Isoler les toits', 'Ouvrir une ressourcerie']],
	['Statut', ['En cours', '', 'Terminé', '???']],
	['Date de début', ['01/03/2026', 'mi-2024', null, '2025-09-15']],
	['Budget prévisionnel HT', ['42 885,00 €', 12_000, null, 'à chiffrer']],
	['Pilote', ['Service habitat', null, 'Mme Exemple', '']],
	['Quartiers', ['Bel-Air ; Moulins', null, 'Tous les QPV', '']],
	['Partenaires', ['ADEME, Région', null, 'CAF', 'a (b, c), d']]
];
const byField = (outcomes: readonly RowOutcome[]): unknown => outcomes.map(({ etat, draft }) => ({ etat, draft }));

describe('l’ordre des colonnes', () => {
	it('ne change pas les actions', () => {
		const order = fc.shuffledSubarray([...APART], { minLength: APART.length });
		const picks = fc.array(fc.array(fc.nat(3), { minLength: APART.length, maxLength: APART.length }), {
			minLength: 1,
			maxLength: 12
		});
		const sampleOf = (columns: typeof APART, rows: readonly (readonly number[])[]): Sample => ({
			headers: columns.map(([name]) => name),
			rows: rows.map((row) => columns.map((column) => column[1][row[APART.indexOf(column)]!] ?? null))
		});
		fc.assert(
			fc.property(order, picks, (columns, rows) => {
				const straight = read(sampleOf(APART, rows));
				expect(byField(read(sampleOf(columns, rows)).outcomes)).toEqual(byField(straight.outcomes));
				expect(straight.report?.acceptees).toBe(rows.length);
			}),
			{ numRuns: 80, seed: 20_261_125 }
		);
	});
});
