import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cumulVerdicts, excessOf } from '../../src/lib/domain/funding/cumul';
import { announced, orderFacts } from '../../src/lib/domain/funding/fact-order';
import type { EnteredLine, PlanNature } from '../../src/lib/domain/funding/entered';
import { excessWords, notAcquiredText, restText } from '../../src/lib/domain/funding/plan-words';
import { financingPlan, heldOf } from '../../src/lib/domain/funding/plan';
import type { Budget } from '../../src/lib/domain/crossing/budget';
import type { PlacedAction } from '../../src/lib/domain/crossing/place';
import type { Basis } from '../../src/lib/domain/money';
import { assess } from '../../src/lib/domain/rules/eligibility';
import { criteriaOf, type Situation } from '../../src/lib/domain/rules/funding';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aLine, aPlaced } from '../fixtures/build';

const ref = loadReferentiel();
const ASOF = '2026-11-22';

const typed = (id: number, said: Partial<EnteredLine> = {}): EnteredLine => ({
	id,
	ligne: `ligne:${id}`,
	retiree: false,
	financeur: 'Région',
	dispositif: null,
	nature: 'obtenu',
	euros: 1000,
	base: 'HT',
	date: null,
	publique: true,
	precise: null,
	source: null,
	par: 'Nadia Perrault',
	le: ASOF,
	...said
});

const withLines = (lignes: readonly EnteredLine[], action: Parameters<typeof aPlaced>[0] = {}): PlacedAction => ({
	...aPlaced({ nature: 'N1', ...action }),
	saisies: { faits: [], lignes }
});
const costing = (euros: number, base: Basis = 'HT') => ({
	action: { budget: { euros, base, max: null }, porteurType: 'commune' as const }
});
const limit = (placed: PlacedAction, id = 'participation-minimale') =>
	cumulVerdicts(placed, financingPlan(placed, ref), ref.planDeFinancement.limites, ASOF).find((c) => c.regle === id)!;

describe('le plan de financement', () => {
	it('une aide écrite dans le plan, ou demandée, n’est plus à demander ; une autre mesure de la famille, si', () => {
		const held = (nature: PlanNature, dispositif: string, mesure = 'dotations-etat.dpv') =>
			heldOf(financingPlan(withLines([typed(1, { nature, dispositif })]), ref), mesure, 'dotations-etat');
		expect(held('obtenu', 'dotations-etat.dpv')).toBe('obtenu');
		expect(held('sollicite', 'dotations-etat')).toBe('sollicite');
		expect(held('envisage', 'dotations-etat.dpv')).toBeNull();
		expect(held('obtenu', 'dotations-etat.dpv', 'dotations-etat.dsil')).toBeNull();
	});

	it('ses totaux se recomposent au centime, base par base, quelles que soient les lignes', () => {
		const line = fc.record({
			nature: fc.constantFrom<PlanNature[]>(
				'envisage',
				'sollicite',
				'obtenu',
				'pret',
				'valorisation',
				'autofinancement'
			),
			base: fc.constantFrom<Basis[]>('HT', 'TTC', 'inconnu'),
			euros: fc.option(fc.integer({ min: 0, max: 10_000_000 }).map((n) => n / 100))
		});
		const cents = (euros: number) => Math.round(euros * 100);
		fc.assert(
			fc.property(fc.array(line, { maxLength: 9 }), (said) => {
				const lignes = said.map((l, i) => typed(i, l));
				const plan = financingPlan(withLines(lignes, costing(50_000)), ref);
				for (const base of ['HT', 'TTC', 'inconnu'] as const) {
					const expected = lignes.filter((l) => l.base === base).reduce((s, l) => s + cents(l.euros ?? 0), 0);
					expect(Object.values(plan.parNature).reduce((s, sum) => s + cents(sum.parBase[base]), 0)).toBe(expected);
				}
				const blanks = Object.values(plan.parNature).reduce((s, sum) => s + sum.sansMontant, 0);
				expect(blanks).toBe(lignes.filter((l) => l.euros === null).length);
				if (plan.reste.genre !== 'connu') return;
				const all = (sums: readonly Budget[]) => sums.reduce((s, sum) => s + cents(sum.montant ?? 0), 0);
				expect(all(Object.values(plan.parNature)) + cents(plan.reste.euros)).toBe(5_000_000);
				if (plan.reste.nonAcquis !== null) expect(all([plan.acquis]) + cents(plan.reste.nonAcquis)).toBe(5_000_000);
			})
		);
	});

	it('le reste ne se calcule pas entre HT et TTC, et dit pourquoi', () => {
		const plan = financingPlan(withLines([typed(1, { base: 'TTC' })], costing(10_000)), ref);
		expect(plan.reste).toEqual({ genre: 'inconnu', raisons: ['bases'] });
		expect(restText(plan.reste)).toMatch(/^ne se calcule pas\s: des montants sont en HT, d’autres en TTC$/);
	});

	it('la base lue dans le fichier compte : même base que le coût, le reste se calcule', () => {
		const of = (base?: 'HT' | 'TTC') => {
			const placed = withLines([], costing(10_000));
			const financements = [aLine({ obtenu: 4_000, etat: 'obtenu', ...(base && { base }) })];
			return financingPlan({ ...placed, action: { ...placed.action, financements } }, ref).reste;
		};
		expect(of('HT')).toMatchObject({ genre: 'connu', euros: 6_000, suppose: [] });
		expect(of('TTC')).toEqual({ genre: 'inconnu', raisons: ['bases'] });
		expect(of()).toMatchObject({ genre: 'connu', euros: 6_000, suppose: ['base-des-lignes'] });
	});

	it('un montant dont la base n’est pas écrite : le reste se dit sous réserve, comme dans la liste des demandes', () => {
		const placed = withLines([typed(1, { base: 'inconnu', euros: 4_000 })], costing(10_000));
		const { reste } = financingPlan(placed, ref);
		expect(reste).toMatchObject({ genre: 'connu', euros: 6_000, suppose: ['base-des-lignes'] });
		expect(restText(reste)).toMatch(/^6\s000\s€ HT, si les financements sont HT comme le coût$/);
		const mixed = [typed(1, { base: 'inconnu', euros: 4_000 }), typed(2, { base: 'TTC', euros: 1_000 })];
		expect(financingPlan(withLines(mixed, costing(10_000)), ref).reste).toEqual({
			genre: 'inconnu',
			raisons: ['bases']
		});
	});

	it('un montant acquis inconnu ne vaut pas zéro', () => {
		const plan = financingPlan(withLines([typed(1, { euros: null })], costing(10_000)), ref);
		expect(plan.reste).toEqual({ genre: 'inconnu', raisons: ['montants'] });
	});

	it('reste à financer : le coût moins toutes les lignes ; pas encore acquis : le coût moins ce qui est acquis ou apporté', () => {
		const lines = [
			typed(1, { euros: 1_000, nature: 'obtenu' }),
			typed(2, { euros: 2_000, nature: 'sollicite' }),
			typed(3, { euros: 3_000, nature: 'envisage' }),
			typed(4, { euros: 500, nature: 'autofinancement' })
		];
		const { reste } = financingPlan(withLines(lines, costing(10_000)), ref);
		expect(reste).toMatchObject({ genre: 'connu', euros: 3_500, nonAcquis: 8_500 });
		expect([restText(reste), notAcquiredText(reste)].map((s) => s.replace(/\s/g, ' '))).toEqual([
			'3 500 € HT',
			'8 500 € HT'
		]);
	});

	it('un prêt que son fichier ne fait qu’envisager, ou demander, n’est pas acquis ; accordé, il l’est', () => {
		const lent = (etat: 'envisage' | 'demande' | 'obtenu') => {
			const ligne = aLine({
				libelle: 'Prêt CDC',
				genre: 'pret',
				etat,
				demande: 6_000,
				obtenu: etat === 'obtenu' ? 6_000 : null
			});
			const { action } = costing(10_000);
			const plan = financingPlan(aPlaced({ nature: 'N1', action: { ...action, financements: [ligne] } }), ref);
			return [plan.acquis, plan.sollicite, plan.envisage].map(({ montant }) => montant);
		};
		expect(lent('envisage')).toEqual([null, null, 6_000]);
		expect(lent('demande')).toEqual([null, 6_000, null]);
		expect(lent('obtenu')).toEqual([6_000, null, null]);
	});

	it('sans aucune ligne connue, rien ne dit ce qui reste à financer ; ce que coûte un service par an est son coût', () => {
		const none = financingPlan(withLines([], costing(10_000)), ref).reste;
		expect(none).toEqual({ genre: 'inconnu', raisons: ['lignes'] });
		const running = { action: { fonctionnement: { euros: 5_000, base: 'HT' as const, max: null } } };
		const plan = financingPlan(withLines([typed(1)], { ...running, nature: 'N2' }), ref);
		expect(plan.cout).toMatchObject({ fonctionnement: true, montant: { euros: 5_000 } });
		expect(plan.reste).toMatchObject({ euros: 4_000 });
	});

	it('avertit du surfinancement, acquis ou seulement si tout est accordé', () => {
		const over = financingPlan(withLines([typed(1, { euros: 12_000 })], costing(10_000)), ref);
		expect([over.alertes, over.reste]).toMatchObject([['surfinancement'], { euros: -2000 }]);
		const maybe = [typed(1, { euros: 6000 }), typed(2, { euros: 6000, nature: 'sollicite' })];
		expect(financingPlan(withLines(maybe, costing(10_000)), ref).alertes).toEqual(['surfinancement-si-accorde']);
	});

	it('un refus du fichier se lit et ne compte nulle part', () => {
		const placed = aPlaced({ action: { financements: [aLine({ etat: 'refuse', demande: 5000 })] } });
		const plan = financingPlan(placed, ref);
		expect(plan.lignes[0]).toMatchObject({ nature: 'refuse', origine: { genre: 'fichier', ligne: 14 } });
		expect(plan.acquis.montant).toBeNull();
		expect(plan.sollicite.montant).toBeNull();
	});
});

describe('la limite de cumul', () => {
	const aid = (euros: number, nature: PlanNature = 'obtenu', more: Partial<EnteredLine> = {}) =>
		typed(euros, { euros, nature, ...more });

	it.each([
		['80 % d’aides publiques obtenues', [aid(8000)], 'respectee'],
		['81 % d’aides publiques obtenues', [aid(8100)], 'depassee'],
		['70 % obtenus et 20 % sollicités', [aid(7000), aid(2000, 'sollicite')], 'indeterminee'],
		[
			'90 % dont on ne sait s’ils sont publics',
			[aid(9000, 'obtenu', { financeur: 'Lys Habitat', publique: null })],
			'indeterminee'
		],
		['90 % dont un don privé de 20 %', [aid(6400), aid(2000, 'obtenu', { publique: false })], 'respectee'],
		['une aide TTC pour un coût HT', [aid(9000, 'obtenu', { base: 'TTC' })], 'indeterminee'],
		['une convention de renouvellement urbain', [aid(9000, 'obtenu', { dispositif: 'anru.npnru' })], 'indeterminee'],
		['un prêt n’est pas une aide', [aid(5000), aid(4000, 'pret')], 'respectee']
	] as const)('%s : %s', (_, lignes, expected) => {
		expect(limit(withLines(lignes, costing(10_000))).verdict).toBe(expected);
	});

	it.each([
		['81 % obtenus', [aid(8100)], { acquis: true, suppose: false }],
		['70 % obtenus et 20 % sollicités', [aid(7000), aid(2000, 'sollicite')], { acquis: false, suppose: false }],
		['90 % en base non précisée', [aid(9000, 'obtenu', { base: 'inconnu' })], { acquis: true, suppose: true }],
		['80 % tout juste', [aid(8000)], null],
		[
			'90 % dont on ne sait s’ils sont publics',
			[aid(9000, 'obtenu', { financeur: 'Lys Habitat', publique: null })],
			null
		],
		['une aide TTC pour un coût HT', [aid(9000, 'obtenu', { base: 'TTC' })], null],
		['une convention de renouvellement urbain', [aid(9000, 'obtenu', { dispositif: 'anru.npnru' })], null],
		['aucune ligne', [], null]
	] as const)('au-delà pour qui redemanderait, et seulement si on le sait : %s', (_, lignes, expected) => {
		expect(excessOf(withLines(lignes, costing(10_000)), ref, ASOF)).toEqual(expected);
	});

	it('au-delà, dit ce qu’il faut revoir avant de demander, et ce que le compte suppose', () => {
		const said = (acquis: boolean, suppose: boolean) => excessWords({ acquis, suppose }).replace(/\s/g, ' ');
		expect(said(true, false)).toBe('aides déjà au-delà du plafond : revoir le plan de financement d’abord');
		expect(said(false, true)).toBe(
			'aides au-delà du plafond si toutes sont accordées (HT ou TTC à vérifier) : revoir le plan de financement d’abord'
		);
	});

	it('une base non précisée est dite telle, et la part se calcule sous réserve ; HT et TTC ne se mêlent pas', () => {
		const unsaid = limit(
			withLines([aid(5000, 'obtenu', { base: 'inconnu' }), aid(4000, 'obtenu', { base: 'inconnu' })], costing(10_000))
		);
		expect(unsaid).toMatchObject({ verdict: 'indeterminee', part: { max: 0.9 } });
		expect(unsaid.raisons).toHaveLength(1);
		expect(unsaid.raisons[0]).toMatch(/^2\saides sans base précisée \(HT ou TTC\), supposées HT comme le coût$/);
		const other = limit(withLines([aid(9000, 'obtenu', { base: 'TTC' })], costing(10_000)));
		expect(other.part).toBeNull();
		expect(other.raisons[0]).toMatch(/^1\saide en TTC alors que le coût est en HT$/);
	});

	it('ne vise ni une association, ni une action de service, et le dit', () => {
		const association = { action: { ...costing(10_000).action, porteurType: 'association' as const } };
		expect(limit(withLines([aid(9000)], association))).toMatchObject({
			verdict: 'sans-objet',
			raisons: ['elle ne vise pas ce type de porteur']
		});
		expect(limit(withLines([aid(9000)], { ...costing(10_000), nature: 'N3' })).verdict).toBe('sans-objet');
	});

	it('ne tranche pas tant que le porteur est inconnu', () => {
		const unknown = { action: { budget: { euros: 10_000, base: 'HT' as const, max: null } } };
		expect(limit(withLines([aid(9000)], unknown))).toMatchObject({ verdict: 'indeterminee' });
	});

	it('une règle vérifiée en partie n’est jamais dite dépassée', () => {
		const placed = withLines([aid(9000, 'obtenu', { dispositif: 'fonds-vert' })], costing(10_000));
		expect(limit(placed, 'aides-etat-fonds-vert').verdict).toBe('indeterminee');
		expect(limit(withLines([aid(9000)], costing(10_000)), 'aides-etat-fonds-vert').verdict).toBe('sans-objet');
	});

	it('ne cite que des familles et des mesures du référentiel', () => {
		const known = new Set(ref.financements.flatMap((f) => [f.id, ...f.mesures.map((m) => m.id)]));
		const { publiques, limites } = ref.planDeFinancement;
		const named = [
			...Object.keys(publiques),
			...limites.flatMap((r) => [
				...(r.aides ?? []),
				...(r.si_presente ?? []),
				...r.exceptions.flatMap((e) => e.familles)
			])
		];
		expect(named.filter((id) => !known.has(id))).toEqual([]);
	});
});

describe('les réponses qui décident', () => {
	it('viennent d’abord, et annoncent ce qu’elles décident', () => {
		const lacking = [['b'], ['b', 'c'], ['a', 'b', 'c'], ['d', 'hors']].map((keys) => new Set(keys));
		const order = orderFacts(lacking, ['a', 'b', 'c', 'd']);
		expect(order).toEqual({ cles: ['b', 'c', 'a', 'd'], decidees: [1, 2, 3, 3] });
		expect(announced(order)).toEqual({ reponses: 3, mesures: 3 });
		expect(announced(orderFacts([new Set(['x', 'y', 'z', 't'])], ['x', 'y', 'z', 't']))).toEqual({
			reponses: 4,
			mesures: 1
		});
		expect(announced(orderFacts([new Set(['hors'])], ['a']))).toBeNull();
	});

	it('une réponse ne remplit ni ne défait le critère d’un autre fait, pour aucune mesure', () => {
		const measures = ref.financements.flatMap((f) => f.mesures).filter((m) => m.applicable_si !== null);
		for (const measure of measures) {
			const criteria = criteriaOf(measure.applicable_si!).flatMap((c) => (c.critere === 'fait' ? [c] : []));
			if (criteria.length === 0) continue;
			const answer = ({ parmi, min, max }: (typeof criteria)[number]): fc.Arbitrary<string | number | boolean> =>
				parmi
					? fc.constantFrom(...parmi, 'autre')
					: min !== null || max !== null
						? fc.integer({ min: 0, max: 2000 })
						: fc.boolean();
			const facts = fc.record(Object.fromEntries(criteria.map((c) => [c.fait, answer(c)])), { requiredKeys: [] });
			const one = fc.constantFrom(...criteria).chain((c) => fc.tuple(fc.constant(c.fait), answer(c)));
			fc.assert(
				fc.property(facts, one, (said, [fait, valeur]) => {
					const others = Object.fromEntries(
						Object.entries(said).flatMap(([k, v]) => (k === fait || v === undefined ? [] : [[k, v]]))
					);
					const situation: Situation = { nature: 'N1', maitre_ouvrage: 'commune', faits: others };
					const before = assess(measure, situation, ASOF);
					const after = assess(measure, { ...situation, faits: { ...others, [fait]: valeur } }, ASOF);
					const told = (list: typeof before.remplis) =>
						list.filter((r) => r.cle in others).map((r) => `${r.cle}|${r.attendu}`);
					const [failed, met] = [new Set(told(after.echecs)), new Set(told(after.remplis))];
					expect(told(before.remplis).filter((key) => failed.has(key))).toEqual([]);
					expect(told(before.echecs).filter((key) => met.has(key))).toEqual([]);
				}),
				{ numRuns: 40 }
			);
		}
	});
});
