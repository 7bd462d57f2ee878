import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { groupGaps, readGap } from '../../src/lib/domain/rules/gap-groups';
import { PREDICATES, type Gap } from '../../src/lib/domain/rules/gaps';
import { wordsOf } from '../../src/lib/domain/phrase';
import {
	inQuartier,
	crossingSetTitle,
	quartierLead,
	quartierTitle,
	reachLead
} from '../../src/lib/domain/crossing/quartier-story';
import { regionLead, regionTitle } from '../../src/lib/domain/crossing/region-view';
import { SeverityLevel } from '../../src/lib/domain/rules/referentiel';
import { groupOf, territoryLead, territoryTitle } from '../../src/lib/domain/crossing/territory-story';
import { crossTerritory } from '../../src/lib/domain/crossing/territory-view';
import { gapsOfQuartier } from '../../src/lib/domain/rules/gaps-by-quartier';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDecision, aDocument, anAction, aPlaced, aQuartier, aTerritory } from '../fixtures/build';

const ref = loadReferentiel();
const lexicon = compileLexicon(ref);
const quartiers = [
	aQuartier({ code: 'QNZZZ01N', nom: 'Les Pyramides' }),
	aQuartier({ code: 'QNZZZ02N', nom: 'Les Glacis' })
];
const file = { fichier: 'plan.xlsx', importeLe: '2026-11-22' };
const cross = (decisions: ReturnType<typeof aDecision>[] = []) =>
	crossTerritory(
		{
			territory: aTerritory(),
			quartiers,
			correspondances: new Map(),
			documents: [
				{ ...aDocument({ id: 1 }), ...file },
				{ ...aDocument({ id: 2, plan: 'pcaet' }), ...file }
			],
			actions: [
				anAction({
					id: 'a',
					document: 1,
					quartiers: ['Les Pyramides'],
					enjeuxDeclares: ['T01', 'P01'],
					natureDeclaree: 'N1'
				}),
				anAction({ id: 'b', document: 2, plan: 'pcaet', enjeuxDeclares: ['T04'], natureDeclaree: 'N1' })
			],
			decisions,
			indicateurs: []
		},
		ref,
		lexicon,
		'2026-11-22'
	).view;

describe('les lacunes d’un territoire', () => {
	it('chaque règle active nomme un prédicat qui existe', () => {
		for (const rule of ref.lacunes.regles) if (rule.predicat !== null) expect(PREDICATES).toHaveProperty(rule.predicat);
	});

	it('sont rangées par gravité, puis par règle, puis par lieu', () => {
		const gaps = cross().gaps;
		const rank = (g: Gap) => `${SeverityLevel.options.indexOf(g.gravite)} ${g.regle} ${g.quartier ?? 'z'}`;
		expect(gaps.length).toBeGreaterThan(10);
		expect(gaps.map(rank)).toEqual(gaps.map(rank).sort());
	});

	it('ont chacune un identifiant stable et unique', () => {
		const ids = cross().gaps.map((g) => g.id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(cross().gaps.map((g) => g.id)).toEqual(ids);
		expect(ids).toContain('G02:QNZZZ02N:X04');
	});

	it('ne laissent aucun blanc dans leurs phrases', () => {
		for (const gap of cross().gaps) expect(`${gap.message} ${gap.aFaire}`).not.toMatch(/[{}]|undefined|null|« | »| :/);
	});

	it('écartée, une lacune reste lisible et ne compte plus', () => {
		const open = cross();
		const { gravite } = open.gaps.find((g) => g.id === 'G02:QNZZZ02N:X04')!;
		const before = open.quartiers[1]!.gaps[gravite];
		const decision = aDecision({ sujet: { genre: 'lacune', id: 'G02:QNZZZ02N:X04' }, motif: 'Hors sujet ici' });
		const after = cross([decision]);
		expect(after.gaps.find((g) => g.id === 'G02:QNZZZ02N:X04')?.ecartee?.motif).toBe('Hors sujet ici');
		expect(after.quartiers[1]!.gaps[gravite]).toBe(before - 1);
	});

	it('lues ensemble, gardent la phrase de chacune ; ce qui se demande se demande une fois', () => {
		const { gaps } = cross();
		const words = {
			quartiers: new Map(quartiers.map((q) => [q.code as string, q.nom])),
			enjeux: Object.fromEntries(ref.enjeux.croises.map((x) => [x.code, x]))
		};
		const groups = groupGaps(gaps, words, (id) => id);
		const read = groups.flatMap((g) => g.gaps.map((line) => readGap(g, line, words)));
		const said = (all: readonly Pick<Gap, 'id' | 'message' | 'enjeu'>[]) =>
			all.map(({ id, message, enjeu }) => `${id} ${enjeu} ${message}`).sort();
		expect(said(read)).toEqual(said(gaps));
		expect(groups.filter((g) => g.regle === 'G08' && g.reponse === 'donnee-manquante').length).toBeLessThan(2);
	});

	it('d’une action qui atteint deux quartiers sont celles des deux', () => {
		const placed = aPlaced({ action: { id: 'c' }, atteinte: { QNZZZ01N: 'explicite', QNZZZ02N: 'probable' } });
		const gap = {
			...cross().gaps[0]!,
			quartier: null,
			reponse: 'alerte' as const,
			preuves: { actions: ['c'], champs: [], faits: [] }
		};
		expect(gapsOfQuartier([gap], 'QNZZZ02N', [placed])).toHaveLength(1);
		expect(gapsOfQuartier([gap], 'QNZZZ09N', [placed])).toHaveLength(0);
	});
});

describe('la phrase d’un territoire', () => {
	const groups = (said: Partial<Record<ReturnType<typeof groupOf>, number>>) => ({
		'sans-reponse': 0,
		diffuse: 0,
		sensibilisation: 0,
		inegale: 0,
		tenue: 0,
		'non-evalue': 0,
		...said // prettier-ignore
	});
	const counts = (said: Parameters<typeof groups>[0], rest = {}) => ({
		groups: groups(said),
		quartiers: 6,
		documents: 4,
		plans: 4,
		minPlans: 2,
		regle: 'G01',
		...rest
	});

	it.each([
		[{ 'sans-reponse': 3, diffuse: 5 }, '3 croisements sans aucune action, 5 à réponse diffuse'],
		[{ 'sans-reponse': 4, diffuse: 15 }, '4 croisements sans aucune action, 15 à réponse diffuse'],
		[{ diffuse: 2, inegale: 18 }, '2 croisements à réponse diffuse, 18 à réponse inégale selon les quartiers'],
		[{ 'sans-reponse': 1, diffuse: 1 }, '1 croisement sans aucune action, 1 à réponse diffuse'],
		[{ 'sans-reponse': 12 }, '12 croisements sans aucune action dans les quartiers'],
		[{ diffuse: 1, tenue: 4 }, '1 croisement à réponse diffuse dans les quartiers'],
		[{ diffuse: 2, inegale: 9 }, '2 croisements à réponse diffuse, 9 à réponse inégale selon les quartiers'],
		[{ sensibilisation: 2 }, '2 croisements ne reposent que sur la sensibilisation'],
		[{ inegale: 4 }, '4 croisements à réponse inégale selon les quartiers'],
		[{ tenue: 18 }, 'Les 18 croisements évalués ont une réponse structurante ou de service'],
		[{ 'non-evalue': 20 }, 'Aucun croisement ne peut encore être évalué']
	])('%j donne « %s »', (said, title) => expect(wordsOf(territoryTitle(counts(said)))).toBe(title));

	it('sans plan ou sans quartier, le dit', () => {
		expect(wordsOf(territoryTitle(counts({ 'non-evalue': 20 }, { documents: 0 })))).toContain(
			'Aucun document-cadre importé'
		);
		expect(wordsOf(territoryTitle(counts({}, { quartiers: 0 })))).toBe(
			'Aucun quartier prioritaire n’est chargé pour ce territoire'
		);
	});

	it('un territoire sans quartier n’est pas prié de charger des périmètres qui le sont déjà', () => {
		const none = counts({ 'non-evalue': 20 }, { quartiers: 0, perimetres: true });
		expect(wordsOf(territoryTitle(none))).toBe('Aucun quartier prioritaire dans ce territoire');
		expect(wordsOf(territoryLead(none))).toMatch(/^Les périmètres chargés n’en comptent aucun ici/);
		expect(wordsOf(territoryLead(none))).not.toContain('Importez');
	});

	it('le chapô donne tous les chiffres, au singulier comme au pluriel', () => {
		const lead = territoryLead(
			counts({ 'sans-reponse': 3, diffuse: 5, sensibilisation: 3, inegale: 4, tenue: 3, 'non-evalue': 2 })
		);
		expect(wordsOf(lead)).toBe(
			'Sur 20\u00a0croisements attendus entre transition et politique de la ville, 3 n’ont aucune action, 5 n’ont qu’une réponse diffuse, 3 reposent sur la seule sensibilisation, 4 sont inégaux selon les quartiers et 3 ont une réponse structurante ou de service partout\u202f; 2 ne sont pas évalués.'
		);
		const held = (aConfirmer: number) => wordsOf(territoryLead(counts({ tenue: 3 }, { aConfirmer })));
		const why = '(fin passée ou atteinte probable)';
		expect(held(0)).not.toContain('confirmer');
		expect(held(2)).toContain(
			`3 ont une réponse structurante ou de service partout, dont deux à confirmer dans un quartier au moins ${why}`
		);
		expect(held(3)).toContain(
			`3 ont une réponse structurante ou de service partout, tous à confirmer dans un quartier au moins ${why}`
		);
		expect(wordsOf(territoryLead(counts({ tenue: 3 }, { aConfirmer: 3, quartiers: 1 })))).toContain(
			`tous à confirmer ${why}`
		);
		expect(wordsOf(territoryLead(counts({ tenue: 1, 'non-evalue': 1 })))).toContain(
			'1 a une réponse structurante ou de service partout\u202f; 1 n’est pas évalué'
		);
		expect(wordsOf(territoryLead(counts({ 'non-evalue': 20 }, { documents: 1, plans: 1 })))).toContain(
			'il en faut deux'
		);
	});

	it('un seul quartier se dit au singulier, dans la même phrase', () => {
		const title = (groups: Parameters<typeof counts>[0]) => wordsOf(territoryTitle(counts(groups, { quartiers: 1 })));
		expect(title({ diffuse: 5 })).toMatch(/à réponse diffuse dans le quartier$/);
		expect(title({ diffuse: 1, tenue: 4 })).toMatch(/^1 croisement à réponse diffuse dans le quartier$/);
		expect(title({ 'sans-reponse': 12 })).toMatch(/sans aucune action dans le quartier$/);
	});

	it('un croisement se range par ce qu’il reste à faire', () => {
		expect(groupOf([])).toBe('non-evalue');
		expect(groupOf(['saisie-incomplete', 'saisie-incomplete'])).toBe('non-evalue');
		expect(groupOf(['aucune', 'saisie-incomplete'])).toBe('sans-reponse');
		expect(groupOf(['aucune', 'diffuse'])).toBe('diffuse');
		expect(groupOf(['sensibilisation-seule', 'diffuse'])).toBe('sensibilisation');
		expect(groupOf(['structurante', 'aucune'])).toBe('inegale');
		expect(groupOf(['structurante', 'de-service'])).toBe('tenue');
	});
});

describe('la phrase d’un quartier', () => {
	it.each([
		['Les Pyramides', 'aux Pyramides'],
		['Le Parc', 'au Parc'],
		['La Bourgogne', 'à la Bourgogne'],
		['L’Épinette', 'à l’Épinette'],
		['Quartier Du Maroc', 'dans le quartier Du Maroc'],
		['Le Trieu', 'au Trieu'],
		['Verrerie - Square République', 'dans le quartier Verrerie - Square République'],
		['Centre Ville (Anzin)', 'dans le quartier Centre Ville (Anzin)'],
		['Le Parc (Anzin)', 'au Parc (Anzin)'],
		['Lemay Sainte Marie', 'dans le quartier Lemay Sainte Marie'],
		['Des résidences Sud', 'dans le quartier Des résidences Sud'],
		['Zone Intercommunale Rives De L’Escaut', 'dans le quartier Zone Intercommunale Rives De L’Escaut'],
		['Cité Bellevue', 'dans le quartier Cité Bellevue'],
		['Etouvie', 'dans le quartier Etouvie']
	])('« %s » s’écrit « %s »', (nom, where) => expect(inQuartier(nom)).toBe(where));

	it('compte ce qui manque parmi ce qui est évalué', () => {
		expect(
			wordsOf(
				quartierTitle('Les Pyramides', [
					...Array(13).fill('diffuse'),
					...Array(5).fill('structurante'),
					'saisie-incomplete'
				])
			)
		).toBe('Aux Pyramides, 13 enjeux croisés sur 18 évalués n’ont pas de réponse structurante');
		expect(wordsOf(quartierTitle('Le Parc', ['aucune', 'structurante']))).toBe(
			'Au Parc, un enjeu croisé sur 2 n’a pas de réponse structurante'
		);
		expect(wordsOf(quartierTitle('Le Parc', ['saisie-incomplete']))).toBe(
			'Au Parc, aucun enjeu croisé attendu ne peut encore être évalué'
		);
		expect(wordsOf(quartierTitle('Le Parc', ['structurante', 'structurante']))).toBe(
			'Au Parc, les deux enjeux croisés évalués ont une réponse structurante'
		);
	});

	it('ne compte pas comme donnée une réponse structurante à confirmer', () => {
		const title = (unsure: number, ...held: 'structurante'[]) =>
			wordsOf(quartierTitle('Le Parc', ['aucune', ...held], unsure)).replace(/.*structurante/, '');
		expect(title(0, 'structurante')).toBe('');
		expect(title(1, 'structurante')).toBe('\u202f; l’autre est à confirmer');
		expect(title(2, 'structurante', 'structurante')).toBe('\u202f; les 2 autres sont à confirmer');
		expect(title(1, 'structurante', 'structurante')).toBe('\u202f; un des 2 autres est à confirmer');
		expect(wordsOf(quartierTitle('Le Parc', ['structurante', 'structurante'], 2))).toBe(
			'Au Parc, les deux enjeux croisés évalués ont une réponse structurante, à confirmer'
		);
	});

	it('la liste où mène un chiffre du titre s’intitule comme ce chiffre', () => {
		const coverages = ['structurante', 'saisie-incomplete', 'aucune', 'diffuse'] as const;
		expect(crossingSetTitle(coverages, 'evalues')).toBe('3\u00a0croisements évalués');
		expect(crossingSetTitle(coverages, 'structurante')).toBe('1\u00a0croisement avec une réponse structurante');
		expect(crossingSetTitle(coverages, 'sans-structurante')).toBe(
			'2\u00a0croisements évalués sans réponse structurante'
		);
	});

	it('nomme les enjeux de transition pour ce qu’ils sont, et ne dit pas « à traiter » ce qui n’arrive pas', () => {
		const enjeux = ['Logements', 'Écoles', 'Eau', 'Air', 'Sols'].map((libelle) => ({
			libelle,
			coverage: 'diffuse' as const
		}));
		const said = { population: 1_200, populationSource: null, nommees: 1, documents: 2 };
		expect(wordsOf(quartierLead(said))).toBe('1\u202f200\u00a0habitants. 1\u00a0action le nomme.');
		expect(wordsOf(reachLead(enjeux))).toBe(
			'Aucune réponse structurante ni de service\u202f; une réponse diffuse pour cinq enjeux de transition, dont logements, écoles et eau.'
		);
		expect(wordsOf(reachLead(enjeux.slice(0, 1)))).toContain('\u202f; une réponse diffuse pour logements.');
		// « ou aucune » only where one of them has none.
		const bare = { libelle: 'Air', coverage: 'aucune' as const };
		expect(wordsOf(reachLead([...enjeux.slice(0, 1), bare]))).toContain('une réponse diffuse, ou aucune, pour');
		expect(wordsOf(reachLead([bare]))).toContain('\u202f; aucune réponse pour air.');
	});

	it('dit « non renseigné » plutôt que zéro', () => {
		const lead = quartierLead({ population: null, populationSource: null, nommees: 0, documents: 0 });
		expect(wordsOf(lead)).toBe(
			'Population non renseignée. Aucun document-cadre importé\u202f; rien n’est encore évalué.'
		);
	});
});

describe('la phrase de la région', () => {
	it.each([
		[0, 0, 'Aucun territoire n’a encore de quartier ni de plan'],
		[0, 24, 'Aucun des 24 territoires n’a encore déposé de plan'],
		[1, 24, 'Un territoire sur 24 a déposé ses plans'],
		[3, 24, 'Trois territoires sur 24 ont déposé leurs plans']
	])('%i sur %i', (answering, total, title) => expect(regionTitle(answering, total)).toBe(title));

	it('dit d’abord ce que les plans lus ne répondent pas, et compte les dépôts dessous', () => {
		const said = (...of: [repondus: number, evalues: number][]) =>
			regionTitle(
				4,
				40,
				of.map(([repondus, evalues], i) => ({ code: `X${i}`, libelle: `Croisement ${i}`, repondus, evalues }))
			).replace(/\s/g, ' ');
		expect(said([0, 3], [0, 4], [2, 4], [0, 0])).toBe(
			'Pour 2 croisements sur 3, aucun des 4 territoires évalués n’a de réponse structurante ou de service'
		);
		expect(said([0, 3], [0, 2], [2, 3])).toContain('aucun des 3 territoires évalués n’a');
		expect(said([3, 4], [1, 4])).toBe(
			'Le croisement le moins répondu, « Croisement 1 », a une réponse structurante ou de service dans 1 territoire sur 4'
		);
		expect(said([4, 4])).toBe('Chaque croisement évalué a une réponse structurante ou de service');
		expect(said([0, 0])).toBe('Quatre territoires sur 40 ont déposé leurs plans');
		expect(regionLead(4, 40, { repondants: 41, total: 204 }).replace(/\s/g, ' ')).toBe(
			'4 territoires lus sur 40 ; 41 quartiers sur 204 sont couverts. Un territoire sans dépôt n’est jamais compté comme zéro.'
		);
	});
});
