import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EtatFinancement, type ActionDraft, type FinancingLine } from '../../src/lib/domain/action';
import { choicesOf } from '../../src/lib/domain/gabarits/choices';
import { actionGrid } from '../../src/lib/domain/gabarits/write-rows';
import { mergeDraft } from '../../src/lib/domain/import/draft-merge';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import * as actions from '../../src/lib/server/db/actions';
import { writeActionGrid } from '../../src/lib/server/exports/export-actions';
import { importDirect } from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { anyDraft } from '../fixtures/any-draft';

const LE = '2026-11-27';
const EPCI = '200072460';
const ref = loadReferentiel();
const quartiers = [
	{ code: 'QNZZZ01F', nom: 'Les Tilleuls' },
	{ code: 'QNZZZ02F', nom: 'Le Moulin' }
];

/* Few names, so that several lines bear the same one. */
const line: fc.Arbitrary<FinancingLine> = fc
	.record({
		libelle: fc.constantFrom('État', 'Etat', 'Région', 'Fonds propres'),
		dispositif: fc.constantFrom(null, 'dsil', 'fonds-vert'),
		demande: fc.constantFrom(null, 0, 100_000, 200_000),
		obtenu: fc.constantFrom(null, 0, 150_000),
		etat: fc.constantFrom(...EtatFinancement.options),
		base: fc.constantFrom(undefined, 'HT' as const, 'TTC' as const),
		genre: fc.constantFrom('subvention' as const, 'pret' as const)
	})
	.map(({ base, ...rest }) => ({ ...rest, ...(base && { base }) }));
const lines = fc.array(line, { maxLength: 5 });
const [bare] = fc.sample(anyDraft([]), { numRuns: 1, seed: 3 });
const withLines = (financements: readonly FinancingLine[]): ActionDraft => ({
	...bare!,
	titre: 'Rénover l’école Jean-Macé',
	financements: [...financements]
});

const etat = (dispositif: string | null, demande: number | null, obtenu: number | null): FinancingLine => ({
	libelle: 'État',
	dispositif,
	demande,
	obtenu,
	etat: obtenu === null ? 'demande' : 'obtenu',
	genre: 'subvention'
});

describe('deux lignes du même financeur', () => {
	const dsil = etat('dsil', 200_000, null);
	const fondsVert = etat('fonds-vert', null, 150_000);
	const merged = (before: readonly FinancingLine[], after: readonly FinancingLine[]) =>
		mergeDraft(withLines(before), withLines(after), ['titre', 'financements']);

	it('ne se prêtent pas leurs montants', () => {
		expect(merged([dsil, fondsVert], [dsil, fondsVert])).toMatchObject({
			changed: [],
			apres: { financements: [dsil, fondsVert] }
		});
		expect(merged([dsil], [fondsVert]).apres.financements).toEqual([fondsVert]);
	});

	it('gardent chacune le montant que le nouveau fichier laisse vide, quel que soit leur ordre', () => {
		const [blankDsil, blankVert] = [etat('dsil', null, 180_000), etat('fonds-vert', 160_000, null)];
		expect(merged([dsil, fondsVert], [blankVert, blankDsil]).apres.financements).toMatchObject([
			{ dispositif: 'fonds-vert', demande: 160_000, obtenu: 150_000 },
			{ dispositif: 'dsil', demande: 200_000, obtenu: 180_000 }
		]);
	});

	it('sans dispositif, ne prennent rien d’une ligne dont on ne sait laquelle elle est', () => {
		const [a, b] = [etat(null, 200_000, null), etat(null, null, 150_000)];
		expect(merged([a, b], [b]).apres.financements).toEqual([b]);
	});

	it('une ligne dont le dispositif vient d’être dit est la même ligne', () => {
		expect(merged([etat(null, 200_000, null)], [etat('dsil', null, 180_000)]).apres.financements).toMatchObject([
			{ dispositif: 'dsil', demande: 200_000, obtenu: 180_000 }
		]);
	});

	it('une fusion refaite ne change plus rien', () => {
		fc.assert(
			fc.property(lines, lines, (before, after) => {
				const once = merged(before, after).apres;
				const again = mergeDraft(once, withLines(after), ['titre', 'financements']);
				expect(again.changed).toEqual([]);
				expect(again.apres).toEqual(once);
			}),
			{ numRuns: 2_000 }
		);
	});
});

describe('le même fichier déposé deux fois', () => {
	let db: Db;
	// A base for each format: in the same one, a period bears the document that another format left, and its blanks keep old values.
	beforeEach(async () => {
		db = await open(':memory:');
	});
	afterEach(() => db.destroy());

	async function deposited(bytes: Uint8Array, fichier: string, periode: string) {
		const asked = { bytes, fichier, territoire: EPCI, plan: 'pcaet', periode, par: 'essai', le: LE } as const;
		const report = await importDirect(db, ref, asked);
		if (isRefusal(report)) throw new Error(report.refus);
		const document = report.document!.id!;
		return { report, stored: (await actions.storedOf(db, document)).map(({ contenu }) => contenu) };
	}

	it.each(['xlsx', 'ods', 'csv'] as const)(
		'%s : rien ne change, quels que soient ses financements',
		async (format) => {
			let n = 0;
			const drafts = fc.array(fc.tuple(anyDraft(['dsil', 'fonds-vert']), lines), { minLength: 3, maxLength: 8 });
			await fc.assert(
				fc.asyncProperty(drafts, async (some) => {
					const periode = `${2000 + ++n}-${2000 + n}`;
					const grid = actionGrid(
						some.map(([draft, financements]) => ({ plan: 'pcaet' as const, draft: { ...draft, financements } })),
						{ def: ref.gabarits, plans: ref.plans, choices: choicesOf(ref, quartiers), plan: 'pcaet', champs: [] }
					);
					const bytes = await writeActionGrid(grid, ref, format, LE);
					const first = await deposited(bytes, `plan.${format}`, periode);
					const again = await deposited(bytes, `plan.${format}`, periode);
					expect(again.report.differences).toMatchObject({ ajoutees: 0, modifiees: 0, disparues: 0, videes: 0 });
					expect(again.stored).toEqual(first.stored);
				}),
				// Cut before the test is, a failure still says its counterexample.
				{ numRuns: 5, interruptAfterTimeLimit: 50_000, markInterruptAsFailure: true }
			);
		},
		60_000
	);
});
