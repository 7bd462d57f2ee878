import { existsSync, readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/lib/domain/action';
import { buildPlaces, resolvePlaces } from '../../src/lib/domain/places/reach';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { AUBRELLE, SORBAY, VERMOY, aCommune, aQuartier, aTerritory, anAction } from '../fixtures/build';

const PYRAMIDES = 'QNZZZ01N';
const GLACIS = 'QNZZZ02N';
const CENTRE_A = 'QNZZZ03N';
const CENTRE_V = 'QNZZZ04N';
const COMPOSE = 'QNZZZ05N';
const EUROPE = 'QNZZZ06N';

const tousLesQuartiers = loadReferentiel().plans.tous_les_quartiers;
const places = buildPlaces({
	territory: aTerritory(),
	quartiers: [
		aQuartier({ code: PYRAMIDES, nom: 'Les Pyramides', alias: ['Pyramides-Nord'] }),
		aQuartier({ code: GLACIS, nom: 'Les Glacis', communes: [VERMOY] }),
		aQuartier({ code: CENTRE_A, nom: 'Centre Ville' }),
		aQuartier({ code: CENTRE_V, nom: 'Centre Ville', communes: [VERMOY] }),
		aQuartier({ code: COMPOSE, nom: 'Banc Vert - Île Jeanty - Jeu de mail', communes: [VERMOY] }),
		aQuartier({ code: EUROPE, nom: 'Europe' })
	],
	correspondances: new Map([
		['QPZZZ001', [{ code: PYRAMIDES, nom: 'Les Pyramides' }]],
		['QPZZZ002', [{ code: GLACIS, nom: 'Les Glacis' }, { code: COMPOSE, nom: null }]], // prettier-ignore
		['QPZZZ009', [{ code: 'QN99999N', nom: null }]]
	]),
	tousLesQuartiers
});

const placesOf = (noms: readonly string[]) =>
	buildPlaces({
		territory: aTerritory(),
		quartiers: noms.map((nom, n) => aQuartier({ code: `QNZZZ0${n + 1}N`, nom })),
		correspondances: new Map(),
		tousLesQuartiers
	});

function reach(said: Partial<Action>) {
	const { reach, nonRattaches } = resolvePlaces(anAction(said), places);
	const levels = Object.fromEntries(reach.map((r) => [r.quartier, r.niveau]));
	const by = Object.fromEntries(reach.map((r) => [r.quartier, r.par]));
	return { levels, by, questions: nonRattaches, all: new Set(reach.map((r) => r.niveau)) };
}

describe('ce que dit la colonne des quartiers', () => {
	it('un code 2024 désigne son quartier, les autres sont ailleurs', () => {
		const { levels, by } = reach({ quartiers: [PYRAMIDES] });
		expect(levels).toMatchObject({ [PYRAMIDES]: 'explicite', [GLACIS]: 'aucune' });
		expect(by).toMatchObject({ [PYRAMIDES]: 'code', [GLACIS]: 'ailleurs' });
	});

	it('un code 2015 désigne son seul successeur', () => {
		const { levels, by } = reach({ quartiers: ['QPZZZ001'] });
		expect(levels[PYRAMIDES]).toBe('explicite');
		expect(by[PYRAMIDES]).toBe('code-2015');
	});

	it('un code 2015 qui a deux successeurs devient une question', () => {
		const { levels, questions } = reach({ quartiers: ['QPZZZ002'] });
		expect(levels).toMatchObject({ [GLACIS]: 'inconnu', [COMPOSE]: 'inconnu', [PYRAMIDES]: 'aucune' });
		expect(questions).toEqual([expect.objectContaining({ texte: 'QPZZZ002', raison: 'code-2015' })]);
		expect(questions[0]?.proches).toHaveLength(2);
	});

	it('un code 2015 dont le successeur est hors du territoire n’atteint personne ici', () => {
		expect(reach({ quartiers: ['QPZZZ009'] }).all).toEqual(new Set(['aucune']));
	});

	it('un code 2015 inconnu de la table laisse tout en question', () => {
		const { all, questions } = reach({ quartiers: ['QPZZZ777'] });
		expect(all).toEqual(new Set(['inconnu']));
		expect(questions.map((q) => q.raison)).toEqual(['code-inconnu']);
	});

	it.each([
		'Les Pyramides',
		'pyramides',
		'Quartier des Pyramides',
		'QPV Les Pyramides',
		'PYRAMIDES NORD',
		'Aubrelle - Les Pyramides'
	])('« %s » est un nom du quartier', (nom) => {
		const { levels, questions } = reach({ quartiers: [nom] });
		expect(levels).toMatchObject({ [PYRAMIDES]: 'explicite', [GLACIS]: 'aucune' });
		expect(questions).toEqual([]);
	});

	it('un alias se distingue d’un nom', () => {
		expect(reach({ quartiers: ['Pyramides-Nord'] }).by[PYRAMIDES]).toBe('alias');
	});

	it('une partie d’un nom composé suffit, dans n’importe quel ordre', () => {
		expect(reach({ quartiers: ['Banc Vert'] }).levels[COMPOSE]).toBe('explicite');
		expect(reach({ quartiers: ['Ile Jeanty / Banc-Vert / Jeu de mail'] }).levels[COMPOSE]).toBe('explicite');
	});

	it('un nom que portent deux quartiers n’en désigne aucun, et pose une question', () => {
		const { levels, questions } = reach({ quartiers: ['Centre ville'] });
		expect(levels).toMatchObject({ [CENTRE_A]: 'inconnu', [CENTRE_V]: 'inconnu', [PYRAMIDES]: 'aucune' });
		expect(questions).toEqual([expect.objectContaining({ raison: 'ambigu', texte: 'Centre ville' })]);
	});

	it('la commune de la ligne départage deux quartiers du même nom', () => {
		const { levels, questions } = reach({ quartiers: ['Centre ville'], communes: ['Vermoy'] });
		expect(levels).toMatchObject({ [CENTRE_V]: 'explicite', [CENTRE_A]: 'aucune' });
		expect(questions).toEqual([]);
	});

	it('la commune porteuse ou citée les départage aussi', () => {
		expect(reach({ quartiers: ['Centre ville'], porteur: 'Ville de Vermoy' }).levels[CENTRE_V]).toBe('explicite');
		expect(reach({ quartiers: ['Centre ville (Aubrelle)'] }).levels[CENTRE_A]).toBe('explicite');
	});

	it('un nom à une lettre près est proposé, jamais appliqué', () => {
		const { levels, questions } = reach({ quartiers: ['Les Pyramites'] });
		expect(levels).toMatchObject({ [PYRAMIDES]: 'inconnu', [GLACIS]: 'aucune' });
		expect(questions).toEqual([
			expect.objectContaining({ raison: 'proche', proches: [{ code: PYRAMIDES, nom: 'Les Pyramides' }] })
		]);
	});

	it('un lieu que rien ne connaît peut être dans n’importe quel quartier : inconnu, et demandé', () => {
		const { all, questions } = reach({ quartiers: ['Zone d’activités de la Sablière'] });
		expect(all).toEqual(new Set(['inconnu']));
		expect(questions).toEqual([expect.objectContaining({ raison: 'inconnu' })]);
	});

	it.each(['Tous les QPV', 'tous', 'L’ensemble des quartiers prioritaires', 'Les QPV de l’agglomération'])(
		'« %s » désigne chacun',
		(mots) => {
			const { all, by } = reach({ quartiers: [mots] });
			expect(all).toEqual(new Set(['explicite']));
			expect(by[GLACIS]).toBe('tous-les-quartiers');
		}
	);

	it('« tous les QPV » d’une commune restent dans cette commune', () => {
		const { levels } = reach({ quartiers: ['Tous les QPV'], communes: ['Vermoy'] });
		expect(levels).toMatchObject({ [GLACIS]: 'explicite', [CENTRE_V]: 'explicite', [PYRAMIDES]: 'aucune' });
		expect(reach({ quartiers: ['Les quartiers de Vermoy'] }).levels).toMatchObject({ [GLACIS]: 'explicite', [PYRAMIDES]: 'aucune' }); // prettier-ignore
	});

	it.each(['', '-', 'à définir', 'NC', 'non renseigné'])('« %s » ne dit rien', (mots) => {
		expect(reach({ quartiers: [mots] }).all).toEqual(new Set(['inconnu']));
	});

	it('« hors QPV » exclut les quartiers', () => {
		const { all, by } = reach({ quartiers: ['Hors QPV'] });
		expect(all).toEqual(new Set(['aucune']));
		expect(by[GLACIS]).toBe('declaration');
	});
});

describe('ce qui fait une cible', () => {
	it('une part ou un objectif chiffré à côté du nom', () => {
		expect(reach({ quartiers: ['Les Pyramides (60 %)'] }).levels[PYRAMIDES]).toBe('cible');
		expect(reach({ titre: 'Réhabiliter 120 logements aux Pyramides' }).levels[PYRAMIDES]).toBe('cible');
		expect(reach({ quartiers: ['Les Pyramides'], atteinteDeclaree: 'Part QPV 100 %' }).levels[PYRAMIDES]).toBe('cible');
	});

	it('une année n’est pas un objectif', () => {
		expect(reach({ titre: 'Rénovation des Pyramides en 2026, durée 3 ans' }).levels[PYRAMIDES]).toBe('explicite');
	});

	it('le seul quartier de la colonne, pour une action à l’échelle du quartier', () => {
		expect(reach({ quartiers: ['Les Pyramides'], echelle: 'quartier' }).levels[PYRAMIDES]).toBe('cible');
		expect(reach({ quartiers: ['Les Pyramides'] }).levels[PYRAMIDES]).toBe('explicite');
	});

	it('le premier public nommé', () => {
		const { levels } = reach({ publics: ['Habitants des Pyramides et des Glacis'] });
		expect(levels).toMatchObject({ [PYRAMIDES]: 'cible', [GLACIS]: 'explicite' });
	});

	it('une part nulle exclut', () => {
		expect(reach({ quartiers: ['Les Pyramides'], atteinteDeclaree: '0 %' }).levels[PYRAMIDES]).toBe('aucune');
	});
});

describe('ce que disent le titre et la description', () => {
	it('un nom dans le titre place l’action', () => {
		const { levels, by } = reach({ titre: 'Jardin partagé du quartier des Glacis' });
		expect(levels).toMatchObject({ [GLACIS]: 'explicite', [PYRAMIDES]: 'aucune' });
		expect(by[GLACIS]).toBe('nom');
	});

	it('un nom cité en passant dans la description ne dit rien des autres quartiers', () => {
		const { levels } = reach({ plan: 'pcaet', description: 'Le réseau desservira notamment Les Glacis.' });
		expect(levels).toMatchObject({ [GLACIS]: 'explicite', [PYRAMIDES]: 'diffuse' });
	});

	it('un code dans la description place l’action, comme un nom dans le titre', () => {
		const { levels } = reach({ plan: 'pcaet', description: `Travaux au cœur de ${GLACIS}.` });
		expect(levels).toMatchObject({ [GLACIS]: 'explicite', [PYRAMIDES]: 'aucune' });
		const passing = reach({ plan: 'pcaet', description: `Tout le territoire, dont ${GLACIS}.` });
		expect(passing.levels).toMatchObject({ [GLACIS]: 'explicite', [PYRAMIDES]: 'diffuse' });
	});

	it.each([
		['Piste cyclable entre le faubourg d’Isle et le centre ville', 'probable'],
		['Piste cyclable du faubourg d’Isle au centre ville', 'explicite'],
		['Pôle de santé de la cité Bellevue', 'explicite'],
		['Réparer le pont de Bruay', 'inconnu'],
		['Aire de jeux, rue Ampère, Europe', 'explicite'],
		['Aire de jeux (12, avenue du Maréchal Juin, Europe)', 'explicite'],
		['Échanges de jeunes, Europe', 'inconnu'],
		['Fleurir la place de l’Europe', 'inconnu'],
		['Partenariats : rue Ampère, Europe et Région', 'inconnu'],
		['Travaux rue Ampère, Vermoy', 'inconnu']
	])('« %s » : %s dans le quartier de ce nom', (titre, niveau) => {
		const named = ['Faubourg d’Isle', 'Cité Bellevue', 'Pont de Bruay', 'Europe', 'Vermoy'];
		const { reach } = resolvePlaces(anAction({ titre }), placesOf(named));
		const own = named.findIndex((nom) => titre.includes(nom.split(/\s|’/).at(-1)!));
		expect(reach[own]?.niveau).toBe(niveau);
	});

	describe('une partie d’un nom composé, propre à un seul quartier', () => {
		const compose = placesOf(['Faubourg de Cambrai - La Briquette', 'Blum - Salengro', 'Europe']);
		const at = (titre: string) => resolvePlaces(anAction({ plan: 'pcaet', titre }), compose).reach;
		it('est probablement ce quartier, preuve à l’appui, et ne dit rien des autres', () => {
			const [briquette, ...others] = at('Aide aux ménages de la Briquette');
			expect(briquette).toMatchObject({ niveau: 'probable', par: 'partie' });
			expect(briquette!.preuve).toBe('Briquette, une partie de «\u00a0Faubourg de Cambrai - La Briquette\u00a0»');
			expect(others.map((r) => r.niveau)).toEqual(['diffuse', 'diffuse']);
		});
		it.each([
			'Rénover l’école de la Briquette',
			'Fabriquer de la briquette de bois',
			'Berges de la Briquette',
			'Hommage à Roger Salengro',
			'Le plan de Salengro Dupont'
		])('« %s » n’en parle pas', (titre) =>
			expect(new Set(at(titre).map((r) => r.niveau))).toEqual(new Set(['diffuse']))
		);
		it('portée par deux quartiers, elle n’en désigne aucun', () => {
			const twice = placesOf(['Le Lac - La Briquette', 'Cité Thiers - Briquette']);
			const { reach } = resolvePlaces(anAction({ plan: 'pcaet', titre: 'Aide aux ménages de la Briquette' }), twice);
			expect(reach.map((r) => r.niveau)).toEqual(['diffuse', 'diffuse']);
		});
	});

	it.each(['Fonds Europe pour le centre ville', 'Aménager la gare et le centre-ville', 'Rénover la rue des Glacis'])(
		'« %s » ne nomme aucun quartier',
		(titre) => expect(reach({ titre }).all).toEqual(new Set(['inconnu']))
	);

	it('un mot commun compte à côté de « quartier »', () => {
		expect(reach({ titre: 'Médiation au quartier Europe' }).levels[EUROPE]).toBe('explicite');
		for (const titre of ['Sport au sein du quartier prioritaire de la ville, Europe', 'Le quartier de la ville Europe'])
			expect(reach({ titre }).levels[EUROPE]).toBe('explicite');
		expect(reach({ titre: 'Les aides de la ville, Europe et Région' }).levels[EUROPE]).not.toBe('explicite');
	});
});

describe('ce qui ne nomme pas de quartier', () => {
	it('une action communale sans public atteint probablement les quartiers de la commune', () => {
		const { levels, by } = reach({ communes: ['Vermoy'], echelle: 'commune' });
		expect(levels).toMatchObject({ [GLACIS]: 'probable', [COMPOSE]: 'probable', [PYRAMIDES]: 'aucune' });
		expect(by).toMatchObject({ [GLACIS]: 'commune', [PYRAMIDES]: 'ailleurs' });
	});

	it('une commune écrite par son seul code se lit avec son nom', () => {
		const { reach: all } = resolvePlaces(anAction({ communes: [VERMOY.code], echelle: 'commune' }), places);
		expect(new Set(all.map((r) => r.preuve))).toEqual(new Set([`Vermoy (${VERMOY.code})`]));
	});

	it('une commune qui porte l’action sans dire où : probable chez elle', () => {
		const { levels } = reach({ porteur: 'Commune de Vermoy', porteurType: 'commune' });
		expect(levels).toMatchObject({ [GLACIS]: 'probable', [PYRAMIDES]: 'aucune' });
	});

	it('une commune sans quartier : personne n’est atteint', () => {
		expect(reach({ communes: [SORBAY.nom] }).all).toEqual(new Set(['aucune']));
	});

	it('un public qui n’est pas celui des quartiers reste diffus', () => {
		expect(reach({ communes: ['Vermoy'], publics: ['Agriculteurs'] }).levels[GLACIS]).toBe('diffuse');
		expect(reach({ communes: ['Vermoy'], publics: ['Gens du voyage'] }).levels[GLACIS]).toBe('diffuse');
	});

	it('un bâtiment dont on ignore le quartier reste inconnu dans sa commune', () => {
		const { levels } = reach({ communes: [AUBRELLE.nom], echelle: 'batiment' });
		expect(levels).toMatchObject({ [PYRAMIDES]: 'inconnu', [GLACIS]: 'aucune' });
	});

	it('une action de l’EPCI est diffuse', () => {
		expect(reach({ echelle: 'epci' }).all).toEqual(new Set(['diffuse']));
		expect(reach({ communes: ['Toute l’agglomération'] }).all).toEqual(new Set(['diffuse']));
	});

	it('sans aucune indication : diffuse dans un PCAET ou un PLH, inconnue dans un contrat de ville', () => {
		expect(reach({ plan: 'pcaet' }).all).toEqual(new Set(['diffuse']));
		expect(reach({ plan: 'plh' }).all).toEqual(new Set(['diffuse']));
		expect(reach({ plan: 'contrat-de-ville' }).all).toEqual(new Set(['inconnu']));
	});

	it('une case « Communes » vide, dans un plan qui a cette colonne, est inconnue et le dit', () => {
		const asking = buildPlaces({
			territory: aTerritory(),
			quartiers: [aQuartier({ code: PYRAMIDES, nom: 'Les Pyramides' })],
			correspondances: new Map(),
			tousLesQuartiers,
			demandentLaCommune: [7]
		});
		const told = (said: Partial<Action>) => resolvePlaces(anAction({ plan: 'pcaet', ...said }), asking).reach[0]!;
		expect(told({ document: 7 })).toMatchObject({
			niveau: 'inconnu',
			preuve: 'case Communes vide'
		});
		expect(told({ document: 8 }).niveau).toBe('diffuse');
		expect(told({ document: 7, echelle: 'epci' }).niveau).toBe('diffuse');
		expect(told({ document: 7, communes: ['Toute l’agglomération'] }).niveau).toBe('diffuse');
	});

	it.each([
		'à préciser',
		'À définir',
		'non renseigné',
		'NC',
		'n.c.',
		'à confirmer',
		'Quartier à préciser',
		'à définir avec la ville'
	])('« %s » ne dit pas encore où : inconnu avec ces mots, jamais « diffuse » ni « probable »', (cell) => {
		const asking = buildPlaces({
			territory: aTerritory(),
			quartiers: [
				aQuartier({ code: PYRAMIDES, nom: 'Les Pyramides' }),
				aQuartier({ code: GLACIS, nom: 'Les Glacis', communes: [VERMOY] })
			],
			correspondances: new Map(),
			tousLesQuartiers,
			pasEncoreDit: loadReferentiel().plans.pas_encore_dit
		});
		const told = (said: Partial<Action>) =>
			resolvePlaces(anAction({ plan: 'pcaet', ...said }), asking).reach.map((r) => [r.niveau, r.preuve]);
		const unknown = ['inconnu', cell];
		expect(told({ quartiers: [cell] })).toEqual([unknown, unknown]);
		expect(told({ communes: [cell] })).toEqual([unknown, unknown]);
		const ville = { porteur: 'Ville de Vermoy', porteurType: 'commune' as const };
		expect(told({ quartiers: [cell], ...ville })).toEqual([['aucune', 'Ville de Vermoy'], unknown]);
		expect(told({ communes: [cell], ...ville })).toEqual([['aucune', 'Ville de Vermoy'], unknown]);
		// What the row does say stands: a commune, the whole territory, a quartier.
		expect(told({ quartiers: [cell], communes: ['Vermoy'] })[1]![0]).toBe('probable');
		expect(told({ quartiers: [cell], communes: ['Toute l’agglomération'] })[0]![0]).toBe('diffuse');
		expect(told({ titre: 'Jardin des Pyramides', quartiers: [cell] })[0]![0]).toBe('explicite');
	});

	it('« habitants des QPV » sans nom : tous sont probablement atteints', () => {
		expect(reach({ plan: 'pcaet', publics: ['Habitants des QPV'] }).all).toEqual(new Set(['probable']));
	});

	it('« au sein de quartiers prioritaires » n’en nomme aucun : probable dans la commune, jamais explicite', () => {
		const titre = 'Mise en conformité des traversées piétonnes place Stalingrad, au sein de quartiers prioritaires';
		const { levels } = reach({ titre, communes: ['Vermoy'], porteur: 'VERMOY', porteurType: 'commune' });
		expect(levels).toMatchObject({ [GLACIS]: 'probable', [CENTRE_V]: 'probable', [PYRAMIDES]: 'aucune' });
		expect(reach({ publics: ['Habitants des quartiers prioritaires'] }).all).toEqual(new Set(['probable']));
		const all = reach({ titre: 'Traversées piétonnes dans tous les quartiers prioritaires', communes: ['Vermoy'] });
		expect(all.levels).toMatchObject({ [GLACIS]: 'explicite', [PYRAMIDES]: 'aucune' });
	});

	it.each(['Vermoy 2050 : une ville respirante', 'Vermoy 2030, plan climat', 'Stratégie « Vermoy 2040 »'])(
		'« %s » est le nom d’une vision, pas un lieu de travaux : diffuse',
		(titre) => {
			const { levels } = reach({ titre, plan: 'pcaet' });
			expect(levels).toMatchObject({ [GLACIS]: 'diffuse', [PYRAMIDES]: 'diffuse' });
			const own = reach({ titre: `${titre}, place de Vermoy`, plan: 'pcaet' });
			expect(own.levels).toMatchObject({ [GLACIS]: 'probable', [PYRAMIDES]: 'aucune' });
		}
	);

	it('un territoire sans quartier chargé ne donne aucune atteinte', () => {
		const none = buildPlaces({ territory: aTerritory(), quartiers: [], correspondances: new Map(), tousLesQuartiers });
		expect(resolvePlaces(anAction({ quartiers: ['Les Pyramides'] }), none).reach).toEqual([]);
	});
});

const LIST = '../shared/data/geo/qpv-2024-hauts-de-france-attributs.csv';
describe.skipIf(!existsSync(LIST))('les 204 quartiers des Hauts-de-France', () => {
	const rows = () =>
		Papa.parse<Record<string, string>>(readFileSync(LIST, 'utf8'), { header: true, skipEmptyLines: true }).data;
	const region = () => {
		const quartiers = rows().map((r) => {
			const names = r.lib_com!.split(', ');
			return aQuartier({
				code: r.code_qp!,
				nom: r.lib_qp!,
				communes: r.insee_com!.split(', ').map((c, i) => aCommune(c, names[i] ?? c))
			});
		});
		const communes = [...new Map(quartiers.flatMap((q) => q.communes).map((c) => [c.code, c])).values()];
		return {
			quartiers,
			ready: buildPlaces({
				territory: aTerritory({ communes }),
				quartiers,
				correspondances: new Map(),
				tousLesQuartiers
			})
		};
	};

	it('chaque nom officiel avec sa commune retrouve son quartier, et lui seul', () => {
		const { quartiers, ready } = region();
		for (const q of quartiers) {
			const { reach, nonRattaches } = resolvePlaces(
				anAction({ quartiers: [q.nom], communes: q.communes.map((c) => c.nom) }),
				ready
			);
			expect([q.nom, reach.filter((r) => r.niveau === 'explicite').map((r) => r.quartier), nonRattaches]).toEqual([
				q.nom,
				[q.code],
				[]
			]);
		}
	});

	it('« Centre Ville » sans commune pose une question entre quatre quartiers', () => {
		const { nonRattaches } = resolvePlaces(anAction({ quartiers: ['Centre Ville'] }), region().ready);
		expect(nonRattaches[0]).toMatchObject({ raison: 'ambigu' });
		expect(nonRattaches[0]?.proches).toHaveLength(4);
	});
});

describe('le nom de l’intercommunalité n’est pas celui de sa ville-centre', () => {
	it.each([
		'Vermoy Métropole s’engage dans la sobriété',
		'Poursuite de la dématérialisation au sein de Vermoy Agglomération'
	])('« %s » reste à l’échelle de l’EPCI', (titre) => {
		const { all } = reach({ titre, plan: 'pcaet', echelle: null, communes: [], quartiers: [] });
		expect([...all]).toEqual(['diffuse']);
	});
});
