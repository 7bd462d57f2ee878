import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlacedAction } from '../../src/lib/domain/crossing/place';
import { featuresOf, spanOf, spanShare, zoneOf, zoneShare } from '../../src/lib/domain/rules/overlap-features';
import { once, type Memory } from '../../src/lib/domain/memory';
import { heldFeatures, heldTitles, weighedPairs } from '../../src/lib/domain/rules/overlap-memory';
import { weighPairs, type Pair } from '../../src/lib/domain/rules/overlap-pairs';
import { titleIndex } from '../../src/lib/domain/rules/title-likeness';
import { aPlaced } from '../fixtures/build';

/* Candidates come from an index. Nothing is lost by it: on a small territory it finds what every pair, weighed one by one, finds. */

const weights = { enjeux: 0.35, zone: 0.25, titre: 0.2, periode: 0.1, nature: 0.1 };
const weighing = { weights, threshold: 0.6, twice: 0.85, oneObject: 0.25 };

const aMark = (code: string) => ({ code, libelle: code, mots: code });

const found = (placed: readonly PlacedAction[]) => {
	const titles = titleIndex(placed.map((p) => p.action.titre));
	const none = placed.map(() => []);
	return weighPairs(featuresOf(placed, none, []), titles, weighing);
};

/** Each pair by the definition, without any index. */
function byHand(placed: readonly PlacedAction[]): string[] {
	const titles = titleIndex(placed.map((p) => p.action.titre));
	const codes = placed.map((p) => [...p.transition, ...p.ville].map((t) => t.code));
	const kept: string[] = [];
	for (let i = 0; i < placed.length; i++)
		for (let j = i + 1; j < placed.length; j++) {
			const [a, b] = [placed[i]!, placed[j]!];
			const zone = zoneShare(zoneOf(a), zoneOf(b));
			if (zone === null || a.action.document === b.action.document) continue;
			const [p, q] = [spanOf(a), spanOf(b)];
			const both = codes[i]!.length > 0 && codes[j]!.length > 0;
			const shared = codes[i]!.filter((c) => codes[j]!.includes(c)).length;
			const parts: [number, number | null][] = [
				[weights.enjeux, both ? shared / (codes[i]!.length + codes[j]!.length - shared) : null],
				[weights.zone, zone],
				[weights.titre, titles.cosine(i, j)],
				[weights.periode, p && q ? spanShare(p, q) : null],
				[weights.nature, a.nature && b.nature ? Number(a.nature.code === b.nature.code) : null]
			];
			const known = parts.filter(([, value]) => value !== null);
			const total = known.reduce((sum, [weight]) => sum + weight, 0);
			const score = known.reduce((sum, [weight, value]) => sum + weight * value!, 0) / total;
			if (score >= weighing.threshold - 1e-9) kept.push(`${i}-${j}`);
		}
	return kept.sort();
}

const action = fc.record({
	titre: fc.constantFrom<string>(
		'Rénover l’école Hugo',
		'Rénover la halle',
		'Piste cyclable',
		'Cour de l’école Hugo',
		'Permis'
	),
	document: fc.integer({ min: 1, max: 3 }),
	transition: fc.subarray(['T01', 'T02', 'T05']),
	ville: fc.subarray(['P01', 'P05']),
	nature: fc.constantFrom('N1', 'N3', null),
	q1: fc.constantFrom('explicite', 'diffuse', 'aucune'),
	q2: fc.constantFrom('probable', 'aucune'),
	commune: fc.constantFrom('Aubrelle', 'Vermoy', null),
	annees: fc.option(fc.tuple(fc.integer({ min: 2020, max: 2030 }), fc.integer({ min: 0, max: 6 })), { nil: null })
});
type Drawn = typeof action extends fc.Arbitrary<infer T> ? T : never;
type Said = Omit<Drawn, 'titre'> & { readonly titre: string };
const placedAs = ({ titre, document, q1, q2, commune, annees, ...tags }: Said, i: number): PlacedAction =>
	aPlaced({
		...tags,
		atteinte: { Q1: q1 as 'explicite', Q2: q2 as 'probable' },
		action: {
			...{ id: `a${i}`, titre, document, porteur: `Organisme ${i}` },
			communes: commune ? [commune] : [],
			dates: annees ? { debut: `${annees[0]}-01-01`, fin: `${annees[0] + annees[1]}-12-31`, texte: null } : null
		}
	});

describe('les paires candidates', () => {
	it('sont celles qu’on trouve en pesant toutes les paires une à une, ni plus ni moins', () => {
		const withCommonEnjeu = (placed: readonly PlacedAction[]) => (pair: string) => {
			const [i, j] = pair.split('-').map(Number) as [number, number];
			const titles = titleIndex(placed.map((p) => p.action.titre));
			const own = [...placed[i]!.transition, ...placed[i]!.ville].map((t) => t.code);
			const other = [...placed[j]!.transition, ...placed[j]!.ville].map((t) => t.code);
			const shared = own.filter((c) => other.includes(c)).length;
			// Neither a common enjeu nor a common word: nothing to put side by side.
			return shared / (own.length + other.length - shared) >= 0.25 || titles.shared(i, j).length > 0;
		};
		fc.assert(
			fc.property(fc.array(action, { maxLength: 16 }), (rows) => {
				const placed = rows.map(placedAs);
				const index = found(placed).map(({ i, j }) => `${i}-${j}`);
				expect(index.sort()).toEqual(byHand(placed).filter(withCommonEnjeu(placed)));
			}),
			{ numRuns: 200 }
		);
	});

	it('qu’on a gardées valent celles qu’on chercherait, après toute suite de modifications', () => {
		// Some leave the title: nothing else then weighs otherwise. Others take an action away, or bring one in between.
		const edit = fc.tuple(
			fc.nat({ max: 78 }),
			action,
			fc.constantFrom('autre titre', 'même titre', 'retirée', 'venue')
		);
		// Works that pull against upkeep: a tension, whatever it scores.
		const watched = [
			{
				a: 'voirie',
				b: 'cour',
				raison: 'essai',
				memeObjet: false,
				memeLieu: false,
				memeQuartier: false,
				entreDocuments: false,
				hors: []
			},
			// One school said by two titles: as rare as its words are that day.
			{
				a: 'cour',
				b: 'travaux',
				raison: 'essai',
				memeObjet: true,
				memeLieu: false,
				memeQuartier: false,
				entreDocuments: false,
				hors: []
			}
		];
		const said = { Piste: [aMark('voirie')], Cour: [aMark('cour')], Rénover: [aMark('travaux')] };
		const marksOf = once(({ action: { titre } }: PlacedAction) => said[titre.split(' ')[0] as keyof typeof said] ?? []);
		fc.assert(
			fc.property(
				fc.array(action, { minLength: 90, maxLength: 90 }),
				fc.array(edit, { maxLength: 12 }),
				(rows, edits) => {
					const memory: Memory = new Map();
					let placed = rows.map(placedAs);
					let come = 90;
					for (const [at, row, what] of [[0, rows[0]!, 'autre titre'] as const, ...edits]) {
						const titre = what === 'même titre' ? placed[at]!.action.titre : row.titre;
						const now = what === 'retirée' ? [] : [placedAs({ ...row, titre }, come++)];
						placed = placed.toSpliced(at, what === 'venue' ? 0 : 1, ...now);
						const [titles, features] = [heldTitles(placed, memory), heldFeatures(placed, marksOf, watched, memory)];
						const kept = weighedPairs(placed, features, titles, [], weighing, memory);
						const afresh = weighPairs(
							featuresOf(placed, placed.map(marksOf), watched),
							titleIndex(placed.map((p) => p.action.titre)),
							weighing
						);
						const key = ({ i, j, score, likeness, genre }: Pair) => `${i}-${j} ${score} ${likeness} ${genre}`;
						expect(kept.map(key).sort()).toEqual(afresh.map(key).sort());
					}
				}
			),
			{ numRuns: 25 }
		);
	});

	it('dans une foule de 4 000 actions presque pareilles, la même opération dite deux fois est encore trouvée', () => {
		const alike: Omit<Said, 'titre' | 'document'> = {
			...{ transition: ['T02'], ville: ['P05'], nature: 'N1', q1: 'explicite', q2: 'aucune' },
			...{ commune: null, annees: [2024, 3] }
		};
		const crowd = Array.from({ length: 4_000 }, (_, i) =>
			placedAs({ ...alike, titre: `Rénover l’école du secteur ${i % 97}, tranche ${i}`, document: 1 + (i % 3) }, i)
		);
		for (const [document, at] of [10, 3_900].entries())
			crowd[at] = placedAs({ ...alike, titre: 'Rénover l’école Ampère et sa verrière', document: document + 1 }, at);
		const pairs = found(crowd);
		expect(pairs.some(({ i, j, likeness }) => i === 10 && j === 3_900 && likeness > 0.99)).toBe(true);
		// Far fewer than the eight million pairs of a crowd.
		expect(pairs.length).toBeLessThan(4_000 * 250);
	});

	it('dans une foule, sont toujours les mêmes, quelle que soit la façon de les chercher', () => {
		let state = 2026;
		const roll = (sides: number): number => {
			state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
			return Math.floor((state / 4_294_967_296) * sides);
		};
		const some = (codes: readonly string[]) => codes.filter(() => roll(5) < 2);
		const crowd = Array.from({ length: 3_200 }, (_, i) =>
			placedAs(
				{
					titre: `${['Rénover', 'Animer', 'Étudier'][roll(3)]} le lieu ${roll(300)} du secteur ${roll(40)}`,
					...{ document: 1 + roll(4), transition: some(['T01', 'T02', 'T05']), ville: some(['P01', 'P05']) },
					nature: ([null, 'N1', 'N3'] as const)[roll(3)]!,
					q1: ['explicite', 'diffuse', 'aucune'][roll(3)] as 'explicite',
					q2: ['probable', 'aucune'][roll(2)] as 'probable',
					commune: (['Aubrelle', 'Vermoy', null] as const)[roll(3)]!,
					annees: roll(3) ? [2020 + roll(8), roll(6)] : null
				},
				i
			)
		);
		const pairs = found(crowd);
		const sum = (of: (pair: (typeof pairs)[number]) => number) => pairs.reduce((all, pair) => all + of(pair), 0);
		const ranks = sum(({ i, j }) => (i * 3_200 + j) % 9_973);
		expect([pairs.length, Math.round(sum((p) => p.score) * 1000), ranks]).toEqual([137_721, 93_839_806, 685_767_463]);
	});
});
