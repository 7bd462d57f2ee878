import { describe, expect, test } from 'vitest';
import { assess, labelsOf } from '../src/lib/domain/rules/eligibility';
import { criteriaOf, type Measure } from '../src/lib/domain/rules/funding';
import { PREDICATES } from '../src/lib/domain/rules/gaps';
import { isStale } from '../src/lib/domain/source';
import { loadReferentiel } from '../src/lib/server/referentiel';

const ref = loadReferentiel();
const labels = labelsOf(ref);
const measures = ref.financements.flatMap((family) => family.mesures);
const assessed = measures.filter((measure) => measure.applicable_si !== null);
/** Fixed, so that the list of rules to read again only moves with the data. */
const REVIEW_DAY = '2027-02-01';

const lookedAt = (measure: Measure): string =>
	measure.references
		.map((r) => r.consulte_le)
		.sort()
		.at(-1)!;

describe('les données du référentiel', () => {
	test('décrivent 14 enjeux de transition, 14 de politique de la ville et leurs 20 croisements', () => {
		expect(ref.enjeux.transition.map((e) => e.code)).toEqual(codes('T', 14));
		expect(ref.enjeux.ville.map((e) => e.code)).toEqual(codes('P', 14));
		expect(ref.enjeux.croises.map((x) => x.code)).toEqual(codes('X', 20));
	});

	test('donnent à chaque enjeu un nom court qui lui est propre', () => {
		const short = [...ref.enjeux.transition, ...ref.enjeux.ville].map((e) => e.court);
		expect(new Set(short).size).toBe(short.length);
		expect(short.filter((name) => name.length > 28)).toEqual([]);
	});

	test('portent les 20 règles de lacune dans l’ordre, chacune avec une source et une date de relecture', () => {
		expect(ref.lacunes.regles.map((rule) => rule.id)).toEqual(codes('G', 20));
		for (const rule of ref.lacunes.regles) {
			expect(rule.references.length, rule.id).toBeGreaterThan(0);
			expect(rule.a_revoir_le >= rule.references[0]!.consulte_le, rule.id).toBe(true);
		}
	});

	test('nomment des prédicats qui existent, et les cinq premiers au moins', () => {
		const named = ref.lacunes.regles.flatMap((rule) => rule.predicat ?? []);
		expect(named.filter((name) => !(name in PREDICATES))).toEqual([]);
		expect(ref.lacunes.regles.filter((rule) => rule.predicat !== null).map((rule) => rule.id)).toEqual(
			expect.arrayContaining(['G01', 'G02', 'G03', 'G08', 'G10'])
		);
	});

	test('donnent à chaque règle de lacune la demande montrée quand la donnée manque', () => {
		expect(ref.lacunes.regles.filter((rule) => rule.si_donnee_absente === null).map((rule) => rule.id)).toEqual([]);
	});

	test('ne disent jamais « éligible » à une personne', () => {
		const shown = texts(ref).filter(({ key }) => !NOT_SHOWN.test(key));
		expect(shown.filter(({ text }) => /éligib/i.test(text)).map(({ text }) => text)).toEqual([]);
	});

	test('suivent la typographie française : espaces insécables et apostrophes', () => {
		const wrong = texts({ ...ref, lexique: null })
			.filter(({ key }) => !NOT_SHOWN.test(key))
			.filter(({ text }) => /[ ][:;!?%€»]|«[ ]|\p{L}'\p{L}|\d (?:€|M€|%)/u.test(text));
		expect(wrong.map(({ key, text }) => `${key} : ${text}`)).toEqual([]);
	});

	test('ne citent aucun document de travail', () => {
		expect(texts(ref).filter(({ text }) => /\bseed\b|brouillon/i.test(text))).toEqual([]);
	});

	test('listent les règles à relire', () => {
		const late = [...ref.lacunes.regles, ...measures].filter((rule) => isStale(rule.a_revoir_le, REVIEW_DAY));
		console.info(`À relire avant le ${REVIEW_DAY} : ${late.map((rule) => rule.id).join(', ') || 'aucune'}`);
		expect(late.every((rule) => rule.a_revoir_le < REVIEW_DAY)).toBe(true);
	});
});

describe('les financements', () => {
	test('gardent grisées, sans les évaluer, les mesures que personne n’a vérifiées', () => {
		const unverified = measures.filter((measure) => measure.verification === 'non-verifiee');
		expect(unverified.length).toBeGreaterThan(0);
		expect(unverified.filter((measure) => measure.applicable_si !== null)).toEqual([]);
		expect(unverified.filter((measure) => measure.a_verifier === null).map((m) => m.id)).toEqual([]);
	});

	test('disent en quelques mots le sujet de chaque question trop longue pour un premier écran', () => {
		const facts = assessed.flatMap((m) => criteriaOf(m.applicable_si!)).filter((c) => c.critere === 'fait');
		const long = facts.filter((c) => c.question.split(' ').length > 8);
		expect(long.length).toBeGreaterThan(20);
		const words = (c: (typeof long)[number]) => (c.libelle ?? c.question).split(' ').length;
		expect(long.filter((c) => c.libelle === null || words(c) > 9).map((c) => c.fait)).toEqual([]);
	});

	test('gardent les mesures closes en historique', () => {
		const closed = measures.filter((m) => Object.values(m.etat).includes(null)).map((m) => m.id);
		expect(closed).toEqual(expect.arrayContaining(['fonds-vert.biodechets', 'anru.quartiers-fertiles']));
	});

	test('mettent à l’épreuve chaque sorte de critère utilisée', () => {
		const used = new Set(assessed.flatMap((m) => criteriaOf(m.applicable_si!).map((c) => c.critere)));
		const tried = new Set(
			assessed.flatMap((m) =>
				decidedCriteria(m).map((cle) => criteriaOf(m.applicable_si!).find((c) => keyOf(c) === cle)?.critere)
			)
		);
		expect([...used].filter((kind) => !tried.has(kind))).toEqual([]);
	});

	test.each(assessed.map((measure) => [measure.id, measure] as const))(
		'%s : chaque critère a son exemple',
		(_, measure) => {
			const decided = new Set(decidedCriteria(measure));
			expect(
				criteriaOf(measure.applicable_si!)
					.map(keyOf)
					.filter((cle) => !decided.has(cle))
			).toEqual([]);
		}
	);

	const examples = assessed.flatMap((measure) =>
		measure.exemples.map((example) => [measure.id, example.nom, example, measure] as const)
	);
	test.each(examples)('%s : %s', (_id, _nom, example, measure) => {
		const found = assess(measure, example.situation, example.le ?? lookedAt(measure), labels);
		const blocking = (reasons: typeof found.echecs) => reasons.filter((r) => r.bloquant).map((r) => r.cle);
		expect(found.verdict).toBe(example.attendu);
		expect(unique(blocking(found.echecs))).toEqual(unique(example.echecs));
		if (example.attendu === 'indetermine') expect(unique(blocking(found.manquants))).toEqual(unique(example.manquants));
	});
});

const codes = (letter: string, n: number): string[] =>
	Array.from({ length: n }, (_, i) => `${letter}${String(i + 1).padStart(2, '0')}`);
const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();
const keyOf = (criterion: ReturnType<typeof criteriaOf>[number]): string =>
	criterion.critere === 'fait' ? criterion.fait : criterion.critere;

/** Keys of the criteria that at least one example of the measure decides, for or against. */
function decidedCriteria(measure: Measure): string[] {
	return measure.exemples.flatMap((example) => {
		const { remplis, echecs } = assess(measure, example.situation, example.le ?? lookedAt(measure));
		return [...remplis, ...echecs].map((reason) => reason.cle);
	});
}

/** Identifiers, spellings met in files and addresses: not sentences of ours. */
const NOT_SHOWN =
	/^(?:synonymes|pas|alias|colonnes|mots|secteurs|leviers_sgpe|url|tous_les_quartiers|id|code|fait|parmi|titre_action|exemples|contre_exemples|situation|si|sauf|poids|paires|manquants|echecs)/;

function texts(value: unknown, key = ''): { key: string; text: string }[] {
	if (typeof value === 'string') return [{ key, text: value }];
	if (Array.isArray(value)) return value.flatMap((item) => texts(item, key));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) => (NOT_SHOWN.test(name) ? [] : texts(inner, name)));
}
