import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { wordsSeen } from '../../src/lib/domain/rules/criterion-memory';
import { assess, assessAll, labelsOf, situationOf, type Assessment } from '../../src/lib/domain/rules/eligibility';
import {
	criteriaOf,
	Measure,
	type Condition,
	type Criterion,
	type Situation
} from '../../src/lib/domain/rules/funding';
import { questionsOf } from '../../src/lib/domain/rules/questions';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';

const TODAY = '2026-11-22';
const ref = loadReferentiel();
const SOURCE = { titre: 'Cahier fictif', consulte_le: TODAY };

type Written = Record<string, unknown>;
/** A measure of an invented fund, open since 2024. */
const aMeasure = (applicable_si: Written, more: Written = {}): Measure =>
	Measure.parse({
		id: 'fictif.mesure',
		libelle: 'Mesure fictive',
		operateur: 'Opérateur fictif',
		forme: 'subvention',
		verification: 'source',
		etat: { '2024-01-01': 'ouvert' },
		applicable_si,
		references: [SOURCE],
		a_revoir_le: '2027-06-30',
		...more
	});
const T02 = { critere: 'enjeu', parmi: ['T02'] };
const TOWN = { critere: 'maitre_ouvrage', parmi: ['commune', 'epci'] };
const by = { id: 1, source: null, par: 'Essai', le: TODAY };
const COST = { critere: 'cout', min: 50000, unite: '€ HT' };
const keys = (reasons: Assessment['echecs']) => reasons.map((reason) => reason.cle);
const verdict = (condition: Written, situation: Situation, asOf = TODAY) =>
	assess(aMeasure(condition), situation, asOf).verdict;

describe('le verdict d’une mesure', () => {
	const all = aMeasure({ toutes: [T02, TOWN, COST] });

	test('est « à instruire » quand rien ne manque et que rien n’échoue', () => {
		const found = assess(all, { enjeux: ['T02', 'P07'], maitre_ouvrage: 'commune', cout: 80000 }, TODAY);
		expect(found.verdict).toBe('a-instruire');
		expect(keys(found.remplis)).toEqual(['enjeu', 'maitre_ouvrage', 'cout']);
		expect(found.echecs).toEqual([]);
		expect(found.manquants).toEqual([]);
	});

	test('est « indéterminé », jamais « écarté », quand une information manque', () => {
		const found = assess(all, { enjeux: ['T02'], maitre_ouvrage: 'commune' }, TODAY);
		expect(found.verdict).toBe('indetermine');
		expect(keys(found.manquants)).toEqual(['cout']);
		expect(found.manquants[0]!.trouve).toBeNull();
	});

	test('est « écarté » dès qu’un critère échoue, même si un autre est inconnu, et dit les deux', () => {
		const found = assess(all, { enjeux: ['T02'], maitre_ouvrage: 'association' }, TODAY);
		expect(found.verdict).toBe('ecarte');
		expect(keys(found.echecs)).toEqual(['maitre_ouvrage']);
		expect(keys(found.manquants)).toEqual(['cout']);
	});

	test('donne toutes les raisons, pas la première', () => {
		const found = assess(all, { enjeux: ['T09'], maitre_ouvrage: 'menage', cout: 1000 }, TODAY);
		expect(keys(found.echecs)).toEqual(['enjeu', 'maitre_ouvrage', 'cout']);
	});

	test('n’est jamais changé par un critère indicatif, qui est pourtant dit', () => {
		const soft = { toutes: [T02, { ...COST, niveau: 'indicatif' }] };
		expect(verdict(soft, { enjeux: ['T02'], cout: 10 })).toBe('a-instruire');
		expect(verdict(soft, { enjeux: ['T02'] })).toBe('a-instruire');
		const found = assess(aMeasure(soft), { enjeux: ['T02'], cout: 10 }, TODAY);
		expect(found.echecs).toMatchObject([{ cle: 'cout', bloquant: false }]);
	});

	test('se contente d’une branche sûre dans un choix, et ne parle pas des autres', () => {
		const choice = { toutes: [T02, { au_moins_une: [TOWN, COST] }] };
		const found = assess(aMeasure(choice), { enjeux: ['T02'], cout: 60000 }, TODAY);
		expect(found.verdict).toBe('a-instruire');
		expect(keys(found.remplis)).toEqual(['enjeu', 'cout']);
		expect(found.manquants).toEqual([]);
		expect(verdict(choice, { enjeux: ['T02'], maitre_ouvrage: 'menage' })).toBe('indetermine');
		expect(verdict(choice, { enjeux: ['T02'], maitre_ouvrage: 'menage', cout: 1 })).toBe('ecarte');
	});

	test('refuse ce qu’une exclusion nomme', () => {
		const without = { toutes: [T02, { aucune: [{ critere: 'nature', parmi: ['N3'] }] }] };
		expect(verdict(without, { enjeux: ['T02'], nature: 'N1' })).toBe('a-instruire');
		expect(verdict(without, { enjeux: ['T02'] })).toBe('indetermine');
		const found = assess(aMeasure(without), { enjeux: ['T02'], nature: 'N3' }, TODAY);
		expect(found.verdict).toBe('ecarte');
		expect(found.echecs).toMatchObject([{ cle: 'nature', attendu: 'pas N3', trouve: 'N3' }]);
	});

	test('dit une seule fois ce que deux branches demandent', () => {
		const twice = { toutes: [TOWN, { au_moins_une: [TOWN, COST] }] };
		expect(keys(assess(aMeasure(twice), {}, TODAY).manquants)).toEqual(['maitre_ouvrage', 'cout']);
	});
});

describe('l’ouverture d’une mesure', () => {
	const dated = aMeasure(T02, {
		etat: { '2024-01-01': 'ouvert', '2026-01-01': 'a-confirmer', '2027-01-01': null }
	});
	const at = (asOf: string) => assess(dated, { enjeux: ['T02'] }, asOf);

	test('écarte avant le premier jour et après le dernier, avec la date', () => {
		expect(at('2023-12-31')).toMatchObject({ verdict: 'ecarte', echecs: [{ trouve: 'pas encore ouverte' }] });
		expect(at('2027-01-01')).toMatchObject({ verdict: 'ecarte', echecs: [{ trouve: 'close depuis le 01/01/2027' }] });
		expect(keys(at('2027-01-01').remplis)).toEqual(['enjeu']);
	});

	test('« à confirmer » pose une question sans rien écarter', () => {
		expect(at('2025-06-01')).toMatchObject({ verdict: 'a-instruire', manquants: [] });
		expect(at(TODAY)).toMatchObject({ verdict: 'a-instruire', manquants: [{ cle: 'ouverture', bloquant: false }] });
	});
});

describe('chaque sorte de critère', () => {
	const cases: readonly (readonly [string, Written, Situation, Situation, Situation])[] = [
		['enjeu', T02, { enjeux: ['T01', 'T02'] }, { enjeux: ['T01'] }, {}],
		['nature', { critere: 'nature', parmi: ['N1', 'N4'] }, { nature: 'N4' }, { nature: 'N3' }, {}],
		['porteur', TOWN, { maitre_ouvrage: 'epci' }, { maitre_ouvrage: 'association' }, {}],
		['coût au moins', COST, { cout: 50000 }, { cout: 49999.99 }, {}],
		['coût au plus', { critere: 'cout', max: 10, unite: '€' }, { cout: 0 }, { cout: 11 }, {}],
		['atteinte', { critere: 'atteinte', parmi: ['cible'] }, { atteinte: 'cible' }, { atteinte: 'diffuse' }, {}],
		['document', { critere: 'plan', parmi: ['pat'] }, { plan: 'pat' }, { plan: 'pcaet' }, {}],
		[
			'fait vrai',
			{ critere: 'fait', fait: 'f', question: 'q', vaut: true },
			{ faits: { f: true } },
			{ faits: { f: false } },
			{}
		],
		[
			'fait faux',
			{ critere: 'fait', fait: 'f', question: 'q', vaut: false },
			{ faits: { f: false } },
			{ faits: { f: true } },
			{ faits: {} }
		],
		[
			'fait mesuré',
			{ critere: 'fait', fait: 'f', question: 'q', min: 40, max: 60 },
			{ faits: { f: 40 } },
			{ faits: { f: 61 } },
			{ faits: { g: 50 } }
		],
		[
			'fait choisi',
			{ critere: 'fait', fait: 'f', question: 'q', parmi: ['a', 'b'] },
			{ faits: { f: 'b' } },
			{ faits: { f: 'c' } },
			{}
		]
	];
	test.each(cases)('%s : rempli, non rempli, inconnu', (_, condition, met, failed, unknown) => {
		expect(verdict(condition, met)).toBe('a-instruire');
		expect(verdict(condition, failed)).toBe('ecarte');
		expect(verdict(condition, unknown)).toBe('indetermine');
	});

	test('mots : un mot présent prouve, un mot absent ne prouve rien', () => {
		const words = { critere: 'mots', parmi: ['friche', 'eaux pluviales'] };
		expect(verdict(words, { titre: 'Dépolluer les FRICHES du canal' })).toBe('a-instruire');
		expect(verdict(words, { titre: 'Gestion des eaux   pluviales' })).toBe('a-instruire');
		expect(verdict(words, { titre: 'Un jardin défriché' })).toBe('indetermine');
		expect(verdict(words, {})).toBe('indetermine');
	});

	test('mots : un participe, un féminin ou un pluriel se lit comme le mot de la mesure', () => {
		const words = { critere: 'mots', parmi: ['végétaliser', 'îlot de fraîcheur', 'noue', 'dépollution'] };
		for (const titre of [
			'Placette végétalisée et ombragée',
			'Pieds d’immeubles végétalisés',
			'Îlots de fraîcheur des Merisiers',
			'Sols dépollués du quai',
			'Noues plantées'
		])
			expect(verdict(words, { titre }), titre).toBe('a-instruire');
		for (const titre of ['Nous jardinons ensemble', 'Végétarien le jeudi', 'Chambre froide de l’îlot'])
			expect(verdict(words, { titre }), titre).toBe('indetermine');
	});

	test('mots : de plusieurs formes d’un même mot, celle qui est écrite est montrée, et une seule fois', () => {
		const parmi = ['végétalisation', 'végétaliser'];
		const words = { critere: 'mots', parmi, niveau: 'bloquant', reference: null } as const;
		const seen = (titre: string) => wordsSeen(words, titre);
		expect(seen('Végétaliser le mail')).toEqual(['végétaliser']);
		expect(seen('Végétalisation du mail')).toEqual(['végétalisation']);
		expect(seen('Mail végétalisé')).toEqual(['végétalisation']);
	});

	test('dépôt : possible jusqu’au dernier jour, jugé à sa date quand il est fait', () => {
		const deadline = { critere: 'depot', avant: '2026-03-31' };
		expect(verdict(deadline, {}, '2026-03-31')).toBe('a-instruire');
		expect(verdict(deadline, {}, '2026-04-01')).toBe('ecarte');
		expect(verdict(deadline, { depot: '2026-03-01' }, '2026-04-01')).toBe('a-instruire');
	});

	test('un zéro est une valeur, pas une case vide', () => {
		expect(verdict(COST, { cout: 0 })).toBe('ecarte');
	});
});

describe('un seuil daté', () => {
	const gain = {
		critere: 'fait',
		fait: 'gain',
		question: 'Quel gain ?',
		unite: '%',
		valeurs: {
			'2024-01-01': { min: 30, reference: 0 },
			'2025-01-01': null,
			'2026-01-01': { min: 40, reference: 1 }
		}
	};
	const rules = aMeasure(
		{ toutes: [T02, gain] },
		{ etat: { '2020-01-01': 'ouvert' }, references: [SOURCE, { titre: 'Cahier suivant', consulte_le: TODAY }] }
	);
	const at = (asOf: string, points?: number) =>
		assess(rules, { enjeux: ['T02'], ...(points !== undefined && { faits: { gain: points } }) }, asOf);

	test('juge avec la valeur du jour demandé, en disant sa date et sa source', () => {
		expect(at('2024-06-01', 35).verdict).toBe('a-instruire');
		expect(at('2024-06-01', 35).remplis[1]).toMatchObject({
			attendu: 'au moins 30\u00a0%',
			vigueur: { etat: 'datee', depuis: '2024-01-01', jusquau: '2024-12-31' },
			source: { titre: 'Cahier fictif' }
		});
		expect(at('2026-01-01', 35).verdict).toBe('ecarte');
		expect(at('2026-01-01', 35).echecs[0]).toMatchObject({
			attendu: 'au moins 40\u00a0%',
			vigueur: { etat: 'datee', depuis: '2026-01-01', jusquau: null },
			source: { titre: 'Cahier suivant' }
		});
	});

	test.each(['2023-12-31', '2025-06-01'])(
		'au %s, personne ne connaît la valeur : on la demande, sans rien écarter',
		(day) => {
			const found = at(day, 35);
			expect(found.verdict).toBe('indetermine');
			expect(found.manquants).toMatchObject([{ cle: 'valeur:gain', trouve: '35\u00a0%', bloquant: true }]);
			expect(found.manquants[0]!.question).toContain(
				'valeurs connues\u00a0: au moins 30\u00a0% du 01/01/2024 au 31/12/2024\u202f; au moins 40\u00a0% depuis le 01/01/2026'
			);
		}
	);

	test('un dossier déjà déposé répond à l’appel du jour de son dépôt', () => {
		const call = {
			critere: 'depot',
			valeurs: { '2025-01-01': { avant: '2025-12-15', reference: 0 }, '2026-01-01': null }
		};
		expect(verdict(call, { depot: '2025-03-01' }, TODAY)).toBe('a-instruire');
		expect(verdict(call, { depot: '2025-12-20' }, TODAY)).toBe('ecarte');
		expect(verdict(call, {}, TODAY)).toBe('indetermine');
	});

	test('une valeur sans date le dit, avec le jour où elle a été lue', () => {
		const undated = aMeasure({ toutes: [T02, { ...COST, reference: 0 }] });
		expect(assess(undated, { enjeux: ['T02'], cout: 60000 }, TODAY).remplis[1]!.vigueur).toEqual({
			etat: 'sans-date',
			lue: TODAY
		});
	});
});

describe('les raisons', () => {
	test('se lisent en français, avec les noms du référentiel et la source', () => {
		const measure = aMeasure({
			toutes: [
				{ ...T02, reference: 0 },
				{ critere: 'nature', parmi: ['N1', 'N4'] },
				{ critere: 'plan', parmi: ['contrat-de-ville'] },
				{ critere: 'atteinte', parmi: ['cible', 'explicite'] },
				{ critere: 'fait', fait: 'gain', libelle: 'gain d’énergie', question: 'Quel gain ?', min: 40, unite: '%' }
			]
		});
		const { remplis, manquants } = assess(
			measure,
			{ enjeux: ['T02'], nature: 'N1', plan: 'contrat-de-ville', atteinte: 'explicite' },
			TODAY,
			labelsOf(ref)
		);
		expect(remplis.map((r) => `${r.critere} | ${r.attendu} | ${r.trouve}`)).toEqual([
			'enjeu | T02\u00a0Bâtiments publics, écoles | T02\u00a0Bâtiments publics, écoles',
			'nature de l’action | investissement ou étude, stratégie et ingénierie | investissement',
			'document | Contrat de ville | Contrat de ville',
			'atteinte du quartier | quartier ciblé ou quartier cité | quartier cité'
		]);
		expect(remplis[0]!.source).toMatchObject(SOURCE);
		expect(manquants).toMatchObject([
			{ critere: 'gain d’énergie', attendu: 'au moins 40\u00a0%', question: 'Quel gain ?' }
		]);
	});
});

describe('ce que l’on sait d’une action', () => {
	test('ne contient que ce que le fichier dit : pas de budget, pas de coût', () => {
		expect(situationOf(aPlaced({ action: { titre: 'Isoler', plan: 'plh' } }), null)).toEqual({
			plan: 'plh',
			titre: 'Isoler'
		});
	});

	test('reprend enjeux, nature, porteur, coût, atteinte et le département du quartier', () => {
		const placed = aPlaced({
			action: {
				titre: 'Isoler',
				description: 'La tour',
				porteurType: 'bailleur-social',
				budget: { euros: 0, base: 'HT', max: null }
			},
			transition: ['T01'],
			ville: ['P01'],
			nature: 'N1',
			atteinte: { QN05962M: 'probable', QN00201M: 'cible' }
		});
		expect(situationOf(placed, 'QN05962M')).toEqual({
			enjeux: ['T01', 'P01'],
			nature: 'N1',
			maitre_ouvrage: 'bailleur-social',
			cout: 0,
			atteinte: 'probable',
			plan: 'contrat-de-ville',
			titre: 'Isoler — La tour',
			faits: { departement: '59' }
		});
		expect(situationOf(placed, 'QN00201M')).toMatchObject({ atteinte: 'cible', faits: { departement: '02' } });
	});

	test('ne tient pas pour connue une nature lue sur peu de mots, sauf si une personne l’a dite', () => {
		const { confiance } = loadReferentiel().lexique;
		const read = (score: number, par: 'lexique' | 'appris' | 'declaration' | 'decision' = 'lexique') => ({
			...aPlaced({ action: { titre: 'Développer' }, nature: 'N2' }),
			nature: { code: 'N2', score, mots: ['Développer'], par }
		});
		const solide = confiance.solide.nature;
		expect(situationOf(read(solide - 0.1), null, confiance)).toMatchObject({ nature_lue: 'N2' });
		expect(situationOf(read(solide - 0.1), null, confiance).nature).toBeUndefined();
		expect(situationOf(read(0.99, 'appris'), null, confiance).nature).toBeUndefined();
		expect(situationOf(read(solide), null, confiance).nature).toBe('N2');
		expect(situationOf(read(0, 'decision'), null, confiance).nature).toBe('N2');
	});

	test('laisse ouverte une aide au stationnement des vélos dont le seul verbe est « développer »', () => {
		const ref = loadReferentiel();
		const action = { id: 'velo', porteurType: 'epci' as const, titre: 'Développer la place du vélo' };
		const guessed = {
			...aPlaced({ action, transition: ['T05'], ville: ['P09'] }),
			nature: { code: 'N2', score: 2.5, mots: ['Développer'], par: 'lexique' as const }
		};
		const said = { ...guessed, nature: { ...guessed.nature, par: 'decision' as const } };
		const onNature = (one: ReturnType<typeof aPlaced>) =>
			assessAll([one], null, ref, '2026-11-27').flatMap((v) => v.echecs.filter((r) => r.cle === 'nature'));
		expect(onNature(said).length).toBeGreaterThan(0);
		expect(onNature(guessed)).toEqual([]);
		const asked = assessAll([guessed], null, ref, '2026-11-27').flatMap((v) => v.manquants);
		expect(asked.find((r) => r.cle === 'nature')?.trouve).toMatch(/service.*, lu sur peu de mots/);
	});

	test('prend l’atteinte la plus forte pour le territoire, et se tait quand un quartier reste inconnu', () => {
		const at = (atteinte: NonNullable<Parameters<typeof aPlaced>[0]>['atteinte']) =>
			situationOf(aPlaced({ atteinte }), null).atteinte;
		expect(at({ QN05962M: 'diffuse', QN05963M: 'explicite' })).toBe('explicite');
		expect(at({ QN05962M: 'aucune', QN05963M: 'inconnu' })).toBeUndefined();
		expect(at({ QN05962M: 'aucune', QN05963M: 'aucune' })).toBe('aucune');
		expect(at({})).toBeUndefined();
	});
});

describe('les verdicts d’un territoire', () => {
	const school = aPlaced({
		action: { id: 'ecole', titre: 'Rénover l’école Pasteur', porteurType: 'commune' },
		transition: ['T02'],
		ville: ['P07'],
		nature: 'N1',
		atteinte: { QN05962M: 'explicite' }
	});

	test('ne parlent que des mesures qui portent sur les enjeux de l’action', () => {
		const found = assessAll([school], 'QN05962M', ref, TODAY).map((v) => v.mesure);
		expect(found).toEqual(
			expect.arrayContaining(['fonds-vert.renovation-batiments', 'banque-des-territoires.edurenov'])
		);
		expect(found).not.toContain('fonds-chaleur.installations');
		expect(found).not.toContain('dotations-etat.dsil');
	});

	test('nomment l’action, le quartier, la mesure, le dispositif et les sources', () => {
		const [first] = assessAll([school], 'QN05962M', ref, TODAY).filter((v) => v.mesure === 'dotations-etat.dpv');
		expect(first).toMatchObject({
			action: 'ecole',
			quartier: 'QN05962M',
			dispositif: 'dotations-etat',
			verdict: 'indetermine'
		});
		expect(first!.sources.length).toBeGreaterThan(0);
	});

	test('sont vides pour une action dont aucun enjeu n’est connu', () => {
		expect(assessAll([aPlaced()], null, ref, TODAY)).toEqual([]);
	});

	test('sont, un autre jour, ceux qu’on aurait sans s’être souvenu de rien', () => {
		const enjeux = [...ref.enjeux.transition, ...ref.enjeux.ville].map((e) => e.code);
		const titres = ['Rénover l’école Pasteur', 'Étendre le réseau de chaleur urbain', 'Désimperméabiliser la cour'];
		const action = fc.record({
			codes: fc.subarray(enjeux, { minLength: 1, maxLength: 3 }),
			titre: fc.constantFrom(...titres),
			porteurType: fc.constantFrom('commune', 'bailleur-social', 'association', null),
			euros: fc.constantFrom(null, 0, 20_000, 60_000, 2_000_000),
			nature: fc.constantFrom('N1', 'N2', null),
			depot: fc.constantFrom(null, '2024-06-30', '2026-03-01')
		});
		const days = ['2018-12-31', '2023-01-01', '2024-06-30', '2025-12-31', '2026-01-01', '2026-01-02', '2028-02-01'];
		const asked = fc.array(fc.constantFrom(...days), { minLength: 2, maxLength: 5 });
		fc.assert(
			fc.property(fc.array(action, { minLength: 1, maxLength: 3 }), asked, (said, jours) => {
				const placed = said.map(({ codes, titre, porteurType, euros, nature, depot }, i) => ({
					...aPlaced({
						action: {
							id: `a${i}`,
							titre,
							porteurType,
							budget: euros === null ? null : { euros, base: 'HT', max: null }
						},
						...{ transition: codes.filter((c) => c.startsWith('T')), ville: codes.filter((c) => c.startsWith('P')) },
						...{ nature, atteinte: { QN05962M: 'probable' } }
					}),
					...(depot && { saisies: { lignes: [], faits: [{ fait: 'depot', valeur: depot, date: null, ...by }] } })
				}));
				for (const jour of jours)
					for (const { action, mesure, dispositif: _d, quartier: _q, sources: _s, ...found } of assessAll(
						placed,
						null,
						ref,
						jour
					)) {
						const measure = ref.financements.flatMap((f) => f.mesures).find((m) => m.id === mesure)!;
						const one = placed.find((p) => p.action.id === action)!;
						// Other labels of the same words: nothing is remembered under them.
						expect(found, mesure).toEqual(assess(measure, situationOf(one, null), jour, { ...labelsOf(ref) }));
					}
			}),
			{ numRuns: 40 }
		);
	});

	test('se calculent en quelques millisecondes pour soixante actions', () => {
		const many = Array.from({ length: 60 }, () => ({
			...school,
			transition: ref.enjeux.transition.map((e) => ({ ...school.transition[0]!, code: e.code }))
		}));
		assessAll(many, 'QN05962M', ref, TODAY);
		const start = performance.now();
		assessAll(many, 'QN05962M', ref, TODAY);
		expect(performance.now() - start).toBeLessThan(250);
	});
});

describe('lois', () => {
	const leaf: fc.Arbitrary<Criterion> = fc.constantFrom<Criterion>(
		{ critere: 'enjeu', parmi: ['T01'], niveau: 'bloquant', reference: null },
		{ critere: 'nature', parmi: ['N1'], niveau: 'bloquant', reference: null },
		{ critere: 'cout', min: 100, max: null, valeurs: null, unite: '€', niveau: 'bloquant', reference: null },
		{ critere: 'maitre_ouvrage', parmi: ['commune'], niveau: 'bloquant', reference: null },
		{ critere: 'mots', parmi: ['friche'], niveau: 'bloquant', reference: null },
		{ critere: 'plan', parmi: ['pat'], niveau: 'bloquant', reference: null }
	);
	const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
		node: fc.oneof(
			{ maxDepth: 3, withCrossShrink: true },
			leaf,
			fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((toutes) => ({ toutes })),
			fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((au_moins_une) => ({ au_moins_une })),
			fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((aucune) => ({ aucune }))
		)
	})).node;
	const full: fc.Arbitrary<Situation> = fc.record({
		enjeux: fc.constantFrom<string[]>(['T01'], ['T02']),
		nature: fc.constantFrom('N1' as const, 'N3' as const),
		cout: fc.integer({ min: 0, max: 200 }),
		maitre_ouvrage: fc.constantFrom('commune', 'menage'),
		titre: fc.constantFrom('La friche', 'Le parc'),
		plan: fc.constantFrom('pat' as const, 'plh' as const)
	});
	const hidden = fc.subarray(['enjeux', 'nature', 'cout', 'maitre_ouvrage', 'titre', 'plan'] as const);

	test('en savoir plus ne renverse jamais un verdict déjà sûr', () => {
		fc.assert(
			fc.property(condition, full, hidden, (rule, situation, masked) => {
				const measure = { ...aMeasure(T02), applicable_si: rule };
				const partial: Situation = Object.fromEntries(
					Object.entries(situation).filter(([k]) => !masked.includes(k as never))
				);
				const before = assess(measure, partial, TODAY).verdict;
				return before === 'indetermine' || assess(measure, situation, TODAY).verdict === before;
			}),
			{ numRuns: 300 }
		);
	});

	test('un verdict dit toujours pourquoi', () => {
		fc.assert(
			fc.property(condition, full, hidden, (rule, situation, masked) => {
				const partial: Situation = Object.fromEntries(
					Object.entries(situation).filter(([k]) => !masked.includes(k as never))
				);
				const found = assess({ ...aMeasure(T02), applicable_si: rule }, partial, TODAY);
				if (found.verdict === 'ecarte') return found.echecs.length > 0;
				return found.verdict === 'indetermine' ? found.manquants.length > 0 : found.remplis.length > 0;
			}),
			{ numRuns: 300 }
		);
	});
});

describe('une condition parmi plusieurs', () => {
	const copro = ref.financements
		.flatMap((f) => f.mesures)
		.find((m) => m.applicable_si && JSON.stringify(m.applicable_si).includes('nombre_lots'))!;
	const asked = (faits: Record<string, number>) =>
		questionsOf(assess(copro, { faits } as never, '2026-11-27').manquants).find((q) => q.cle === 'nombre_lots')?.dit;

	it('la question dit l’autre voie : une grande copropriété ne se croit pas exclue', () => {
		expect(asked({})).toMatch(/il faut\s: au plus 20\slots, ou bien résidences principales au moins 75\s%\)$/);
	});
	it('quand l’autre voie est fermée, la question ne la dit plus', () => {
		expect(asked({ part_residences_principales: 70 })).toMatch(/\(il faut\s: au plus 20\slots\)$/);
	});
	it('aucune mesure ne demande d’une seule voie ce qu’une autre donnerait', () => {
		let seen = 0;
		const visit = (c: Condition, measure: Measure): void => {
			if ('critere' in c) return;
			const ways = 'toutes' in c ? c.toutes : 'aucune' in c ? c.aucune : c.au_moins_une;
			ways.forEach((way) => visit(way, measure));
			if (!('au_moins_une' in c)) return;
			const facts = c.au_moins_une.flatMap((way) =>
				criteriaOf(way).flatMap((x) => (x.critere === 'fait' ? x.fait : []))
			);
			const reasons = assess({ ...measure, applicable_si: c }, {}, '2026-11-27').manquants;
			const free = c.au_moins_une.filter((way) => !('critere' in way && way.critere === 'mots'));
			if (free.length < 2) return;
			for (const reason of reasons.filter((r) => facts.includes(r.cle))) {
				seen++;
				expect(`${measure.id} ${reason.cle} ${reason.autrement ?? 'rien'}`).not.toMatch(/rien$/);
			}
		};
		for (const measure of ref.financements.flatMap((f) => f.mesures))
			if (measure.applicable_si) visit(measure.applicable_si, measure);
		expect(seen).toBeGreaterThan(5);
	});
});
