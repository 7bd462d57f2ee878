import { describe, expect, it } from 'vitest';
import type { Champ } from '../../src/lib/domain/action';
import type { Entered, EnteredLine } from '../../src/lib/domain/funding/entered';
import { gapsOfQuartier } from '../../src/lib/domain/rules/gaps-by-quartier';
import type { PlacedGrant } from '../../src/lib/domain/ledger/shares';
import { withParts } from '../../src/lib/domain/crossing/part-qpv';
import { aLine, aPlaced } from '../fixtures/build';
import { CDV, PCAET, Q, aMeasure, dismissed, find, here, view } from '../fixtures/gaps';

const cost = { euros: 100_000, base: 'HT' as const, max: null };

describe('G05, part du fonds vers les quartiers', () => {
	const flux = [{ id: 'fonds', titre: 'Fonds fictif', cible: { part: 0.15, annees: [2025] } }];
	const grant = (montant: number, part: PlacedGrant['place']['part'], annee = 2025): PlacedGrant => ({
		grant: {
			cle: `${montant}`,
			dossier: null,
			dispositif: 'fonds',
			mesure: null,
			mesureTexte: null,
			annee,
			date: null,
			intitule: `Projet de ${montant}`,
			beneficiaire: null,
			siren: null,
			commune: null,
			communeNom: null,
			departement: null,
			montant: montant * 100,
			cout: null,
			ligne: 7
		},
		place: { part, commune: null, epci: null, quartiers: [], preuve: 'commune des travaux' },
		fichier: 'fonds.csv'
	});
	const g05 = (attributions: PlacedGrant[], decisions?: Parameters<typeof find>[3]) =>
		find('G05', 'partSousLaCible', view([], { flux, attributions }), decisions);
	const low = [grant(5_000, 'en-qpv'), grant(45_000, 'ailleurs'), grant(50_000, 'ailleurs')];

	it('se lève sous la cible même au plus haut, avec le montant qui manque et la ligne de la liste', () => {
		const [gap] = g05(low);
		expect(gap).toMatchObject({ id: 'G05:fonds:2025', gravite: 'haute', reponse: 'alerte' });
		expect(gap?.message).toContain('soit 10\u202f000\u00a0€ de moins que la cible');
		expect(gap?.preuves.faits[1]).toContain('(liste Fonds fictif 2025, ligne\u00a07)');
	});
	it('une part nulle est critique ; moins de trois projets, une information', () => {
		expect(g05([1, 2, 3].map((n) => grant(n, 'ailleurs')))).toMatchObject([{ gravite: 'critique' }]);
		expect(g05([grant(1, 'ailleurs')])).toMatchObject([{ gravite: 'information', reponse: 'alerte' }]);
	});
	it('nomme les deux premiers projets dont le lieu manque, et compte les autres', () => {
		const vague = [
			grant(5_000, 'commune-avec-qpv'),
			grant(5_000, 'commune-avec-qpv'),
			grant(5_000, 'commune-avec-qpv')
		];
		const [gap] = g05([...vague, grant(1_000, 'ailleurs')]);
		expect(gap).toMatchObject({ reponse: 'donnee-manquante' });
		expect(gap?.aFaire).toMatch(/^Demander le lieu de «.+», «.+» et 1\u00a0autre à qui a reçu l’aide/);
	});
	it('demande le lieu à qui a reçu l’aide, par son nom ; ce qui manque et où le prendre se disent', () => {
		const to = (montant: number, beneficiaire: string) => {
			const { grant: own, ...beside } = grant(montant, 'commune-avec-qpv');
			return { ...beside, grant: { ...own, beneficiaire } };
		};
		const ask = (...all: PlacedGrant[]) => g05(all)[0]?.aFaire.replace(/\s/g, ' ');
		expect(ask(to(1, 'Commune de Lys'), to(2, 'CA de Lys'))).toMatch(
			/^Demander le lieu de « Projet de 1 » à la Commune de Lys et celui de « Projet de 2 » à la CA de Lys, et le dire/
		);
		expect(ask(to(1, 'Commune de Lys'), to(2, 'Commune de Lys'))).toMatch(
			/^Demander le lieu de « Projet de 1 » et « Projet de 2 » à la Commune de Lys, et/
		);
		expect(ask(to(1, 'Gamme Habitat'))).toMatch(
			/^Demander le lieu de « Projet de 1 » à qui a reçu l’aide \(Gamme Habitat\)/
		);

		const published = [{ ...flux[0]!, liste: { titre: 'Liste des projets', site: 'exemple.fr' } }];
		const none = (own: typeof flux) => find('G05', 'partSousLaCible', view([], { flux: own }))[0];
		expect(none(published)?.message).toContain(
			'sans liste des projets de 2025, ni montant obtenu écrit dans les plans'
		);
		expect(none(published)?.aFaire.replace(/\s/g, ' ')).toMatch(
			/^Télécharger « Liste des projets » sur exemple\.fr et la charger sur la page « L’argent obtenu »/
		);
		expect(none(flux)?.aFaire).toMatch(/^Charger la liste de ses projets sur la page/);
	});
	it('se tait quand la cible est atteinte', () =>
		expect(g05([grant(20, 'en-qpv'), grant(80, 'ailleurs')])).toEqual([]));
	it('une année de la cible dont aucune liste n’est lue reste demandée, quand une autre année l’est', () => {
		const [gap, ...others] = g05([grant(100, 'ailleurs', 2023)]);
		expect(gap).toMatchObject({ id: 'G05:fonds:2025', reponse: 'donnee-manquante' });
		expect(gap?.message).toContain(
			'La liste «\u00a0Fonds fictif 2025\u00a0» n’est pas chargée pour la CA du Pays d’Aubrelle'
		);
		expect(others).toEqual([]);
	});
	it('une liste de l’année qui ne donne rien au territoire est lue : rien n’est demandé', () => {
		const none = (listesLues: string[]) => find('G05', 'partSousLaCible', view([], { flux, listesLues }));
		expect(none(['fonds:2025'])).toEqual([]);
		expect(none(['fonds:2024'])).toMatchObject([{ id: 'G05:fonds:2025', reponse: 'donnee-manquante' }]);
		expect(none(['autre:2025'])).toMatchObject([{ id: 'G05:fonds' }]);
	});
	it('un lieu inconnu n’est pas « ailleurs » : demande de donnée, comme sans aucune liste', () => {
		expect(g05([grant(80, 'ailleurs'), grant(20, 'commune-avec-qpv')])).toMatchObject([
			{ reponse: 'donnee-manquante' }
		]);
		expect(g05([])).toMatchObject([{ id: 'G05:fonds', reponse: 'donnee-manquante' }]);
	});
	it('sans liste, ce que les actions disent avoir obtenu', () => {
		const granted = (obtenu: number, niveau: 'explicite' | 'aucune' | 'inconnu') =>
			aPlaced({ action: { financements: [aLine({ dispositif: 'fonds.m', obtenu })] }, atteinte: { [Q]: niveau } });
		const actions = [granted(5, 'explicite'), granted(50, 'aucune'), granted(45, 'aucune')];
		expect(find('G05', 'partSousLaCible', view(actions, { flux }))).toMatchObject([
			{ id: 'G05:fonds', gravite: 'haute' }
		]);
		const [unknown] = find(
			'G05',
			'partSousLaCible',
			view([granted(5, 'explicite'), granted(50, 'inconnu'), granted(45, 'aucune')], { flux })
		);
		expect(unknown).toMatchObject({ reponse: 'donnee-manquante' });
		expect(unknown?.message).toMatch(/entre 5.% et 55.% des 100.€ obtenus .* le lieu d’un projet n’est pas connu/);
		expect(unknown?.aFaire).toMatch(/l’écrire sur la page des lieux\.$/);
	});
	it('la part que le fichier dit située dans le quartier compte, et elle seule', () => {
		const granted = (id: string, obtenu: number, part: string | null, niveau: 'explicite' | 'aucune' = 'explicite') => {
			const placed = aPlaced({
				action: { id, atteinteDeclaree: part, financements: [aLine({ dispositif: 'fonds.m', obtenu })] },
				atteinte: { [Q]: niveau }
			});
			return { ...placed, reach: withParts(placed.action, placed.reach, []) };
		};
		const pool = (part: string | null) => [
			granted('piscine', 1_000, part),
			granted('école', 610, '100 %'),
			granted('ailleurs', 5_000, null, 'aucune')
		];
		const [gap] = find('G05', 'partSousLaCible', view(pool('25 %'), { flux }));
		expect(gap?.message).toMatch(/^Fonds fictif\u00a0: 13.% des 6.610.€ obtenus/);
		expect(gap).toMatchObject({ gravite: 'haute', reponse: 'alerte' });
		expect(find('G05', 'partSousLaCible', view(pool(null), { flux }))).toEqual([]);
	});
	it('écartée, elle le dit', () => expect(g05(low, [dismissed('G05:fonds:2025')])[0]?.ecartee).not.toBeNull());
});

describe('G10, le coût de fonctionnement', () => {
	const documents = [{ ...CDV, champs: [...CDV.champs, 'cout_fonctionnement' as const] }];
	const paid = [aLine({ obtenu: 100_000, etat: 'obtenu', base: 'HT' })];
	const asked = (titre: string) =>
		find(
			'G10',
			'financementIncomplet',
			view([here({ titre, budget: cost, financements: paid }, 'N1')], { documents })
		)[0]!;

	it('d’un équipement neuf, se demande qui le paiera', () => {
		const gap = asked('Construction d’une médiathèque');
		expect(gap.message).toMatch(/le coût de fonctionnement ne l’est pas\.$/);
		expect(gap.aFaire).toContain('qui paiera le fonctionnement');
	});
	it.each(['Rénovation énergétique de l’école Prévert', 'Réhabiliter la résidence', 'Cour oasis de l’école Curie'])(
		'de « %s », qui tourne déjà, se demande ce que les travaux y changent',
		(titre) => {
			const gap = asked(titre);
			expect(gap).toMatchObject({ gravite: 'information' });
			expect(gap.message).toMatch(/ce qu’il change au coût de fonctionnement ne l’est pas\.$/);
			expect(gap.aFaire).toMatch(
				/ce que les travaux changeront au coût de fonctionnement, en plus ou en moins, par an\.$/
			);
		}
	);
});

describe('G14, financement fermé ou périmé', () => {
	const line = aLine({ dispositif: 'm', libelle: 'Mesure', demande: 40_000, etat: 'envisage' });
	const g14 = (
		financements = [line],
		mesure = aMeasure({ etat: 'fermee' }),
		more: Parameters<typeof view>[1] = {},
		decisions?: Parameters<typeof find>[3]
	) =>
		find(
			'G14',
			'financementFerme',
			view([here({ financements })], { mesures: new Map([['m', mesure]]), ...more }),
			decisions
		);

	it('se lève sur un dispositif fermé encore attendu, avec son montant', () => {
		const [gap] = g14();
		expect(gap).toMatchObject({ id: 'G14:a:m', gravite: 'haute', quartier: Q });
		expect(gap?.message).toContain('40\u202f000\u00a0€ de «\u00a0Mesure fictive\u00a0», dispositif donné pour fermé');
	});
	it('une fiche non relue depuis dix-huit mois n’est qu’une information', () =>
		expect(g14([line], aMeasure({ luLe: '2025-05-21' }))).toMatchObject([{ gravite: 'information' }]));
	it('mais pas sur une fiche relue il y a dix-huit mois jour pour jour', () =>
		expect(g14([line], aMeasure({ luLe: '2025-05-22' }))).toEqual([]));
	it('ne demande rien à un plan achevé, ni colonne ni remplaçant', () => {
		const until = (periode: string, champs = CDV.champs) =>
			g14([line], aMeasure({ etat: 'fermee' }), { documents: [{ ...CDV, champs, periode }, PCAET] });
		expect(until('2014-2020')).toEqual([]);
		expect(until('2014-2020', ['titre'])).toEqual([]);
		expect(until('2024-2030')).toHaveLength(1);
		expect(until('2024-2030', ['titre']).map((g) => g.id)).toContain('G14:doc1:financements');
	});
	it('se tait devant un dispositif ouvert, ou un financement déjà obtenu', () => {
		expect(g14([line], aMeasure())).toEqual([]);
		expect(g14([{ ...line, obtenu: 40_000, etat: 'obtenu' }])).toEqual([]);
	});
	it('sans colonne de financement, une demande par document', () =>
		expect(g14([], aMeasure(), { documents: [{ ...CDV, champs: ['titre'] as Champ[] }] })).toMatchObject([
			{ id: 'G14:doc1:financements', reponse: 'donnee-manquante' }
		]));
	it('les financements que G10 demande déjà, actions nommées, ne sont pas demandés deux fois', () => {
		const documents = [{ ...CDV, champs: ['titre', 'cout_investissement'] as Champ[] }];
		const asked = (budget: typeof cost | null) => {
			const v = view([here({ budget, financements: [] })], { documents });
			return [find('G10', 'financementIncomplet', v), find('G14', 'financementFerme', v)].flat().map((g) => g.id);
		};
		expect(asked(cost)).toEqual(['G10:doc1:financements']);
		expect(asked(null), 'sans aucun coût, G10 demande le coût, et lui seul').toEqual([
			'G10:a',
			'G14:doc1:financements'
		]);
	});
	it('écartée, elle le dit', () =>
		expect(g14(undefined, undefined, {}, [dismissed('G14:a:m')])[0]?.ecartee).not.toBeNull());
});

describe('G15, cumul d’aides', () => {
	const aids = [
		aLine({ libelle: 'État', demande: 60_000 }),
		aLine({ libelle: 'Région', obtenu: 30_000, etat: 'obtenu' })
	];
	const town = { budget: cost, porteurType: 'commune' as const };
	const g15 = (
		action: Parameters<typeof here>[0],
		nature: string | null = 'N1',
		decisions?: Parameters<typeof find>[3]
	) => find('G15', 'cumulAuDelaDuPlafond', view([here(action, nature)]), decisions);

	it('se lève au-delà de 80 % d’aides pour les travaux d’une collectivité, avec l’excès', () => {
		const [gap] = g15({ ...town, financements: aids });
		expect(gap).toMatchObject({ id: 'G15:a', gravite: 'haute' });
		expect(gap?.message).toMatch(/90\s000\s€ sur 100\s000\s€ HT, soit 90\s%\s: 10\s000\s€ de plus/);
	});
	it('se lève aussi pour l’action de toute l’intercommunalité, à l’échelle du territoire et de nul quartier', () => {
		const action = { id: 'w', ...town, financements: aids };
		const wide = aPlaced({ action, atteinte: { [Q]: 'diffuse' }, nature: 'N1' });
		const gaps = find('G15', 'cumulAuDelaDuPlafond', view([wide]));
		expect(gaps).toMatchObject([{ id: 'G15:w', gravite: 'haute', quartier: null }]);
		expect(gapsOfQuartier(gaps, Q, [wide])).toEqual([]);
	});
	it('une ligne ou un coût qu’une personne saisit suffit à le dire ; sans coût ou sans ligne, rien n’est dit', () => {
		const by = { id: 1, source: null, par: 'Camille', le: '2026-11-01' } as const;
		const fait = { fait: 'cout', valeur: 100_000, date: null, ...by };
		const ligne: EnteredLine = {
			...{
				ligne: 'l',
				retiree: false,
				financeur: 'État',
				dispositif: 'dotations-etat.dpv',
				nature: 'obtenu',
				euros: 90_000,
				base: 'HT'
			},
			...{ date: null, publique: true, precise: null, ...by }
		};
		const typed = (action: Parameters<typeof here>[0], saisies: Entered) =>
			find('G15', 'cumulAuDelaDuPlafond', view([{ ...here(action, 'N1'), saisies }]));
		const nothing: Entered = { faits: [], lignes: [] };
		const porteurType = 'commune' as const;
		expect(typed({ ...town }, { ...nothing, lignes: [ligne] })).toHaveLength(1);
		expect(typed({ porteurType, financements: aids }, { ...nothing, faits: [fait] })).toHaveLength(1);
		expect(typed({ porteurType, financements: aids }, nothing)).toEqual([]);
		expect(typed({ ...town }, nothing)).toEqual([]);
	});
	it('les prêts et l’autofinancement ne comptent pas, ni les associations, ni les services', () => {
		const own = [
			aids[0]!,
			aLine({ demande: 30_000, genre: 'pret' }),
			aLine({ demande: 10_000, genre: 'autofinancement' })
		];
		expect(g15({ ...town, financements: own })).toEqual([]);
		expect(g15({ ...town, porteurType: 'association', financements: aids })).toEqual([]);
		expect(g15({ ...town, financements: aids }, 'N2')).toEqual([]);
	});
	it('une réserve de la page se lit dans la lacune : base non précisée, aides seulement demandées', () => {
		const [gap] = g15({ ...town, financements: aids });
		expect(gap?.pourquoi).toMatch(
			/^À vérifier\s: 2\saides sans base précisée \(HT ou TTC\), supposées HT comme le coût/
		);
		const firm = [aLine({ obtenu: 90_000, etat: 'obtenu', base: 'HT', dispositif: 'dotations-etat.dpv' })];
		expect(g15({ ...town, financements: firm })[0]?.message).toMatch(
			/10\s000\s€ de plus que le plafond de principe \(80\s%\)\.$/
		);
	});
	it('ce qui n’est qu’envisagé d’un dispositif fermé ne s’ajoute pas aux aides (G14 le dit) ; d’un dispositif ouvert, si', () => {
		const financements = [
			aLine({ libelle: 'État', demande: 60_000, etat: 'envisage', dispositif: 'fonds.clos' }),
			aids[1]!
		];
		const g15With = (etat: 'fermee' | 'ouverte') =>
			find(
				'G15',
				'cumulAuDelaDuPlafond',
				view([here({ ...town, financements }, 'N1')], { mesures: new Map([['fonds.clos', aMeasure({ etat })]]) })
			);
		expect(g15With('fermee')).toEqual([]);
		expect(g15With('ouverte')[0]?.message).toMatch(/^Les aides envisagées ou obtenues de /);
	});
	it('l’argent d’un tiers investisseur, d’une fondation ou des certificats n’est pas public', () => {
		for (const libelle of ['tiers investisseur', 'Fondation des Berges', 'Mécénat', 'CEE', 'financement participatif'])
			expect(g15({ ...town, financements: [aLine({ libelle, obtenu: 90_000, etat: 'obtenu' })] })).toEqual([]);
	});
	it('l’argent dont on ne sait s’il est public se demande, et ne fait jamais seul une alerte', () => {
		const unknown = aLine({ libelle: 'Maisons du Lin', obtenu: 30_000, etat: 'obtenu' });
		const [asked] = g15({ ...town, financements: [aids[0]!, unknown] });
		expect(asked).toMatchObject({ reponse: 'donnee-manquante', gravite: 'information' });
		expect(asked?.message).toMatch(/ dépassent le plafond si tout cet argent est public, ce que rien ne dit\.$/);
		// Above the ceiling without it, it is an alert that says « au moins ».
		const [gap] = g15({ ...town, financements: [...aids, aLine({ libelle: 'Maisons du Lin', demande: 5_000 })] });
		expect(gap).toMatchObject({ reponse: 'alerte', gravite: 'haute' });
		expect(gap?.message).toMatch(/atteignent au moins 90\s000\s€ sur 100\s000\s€ HT, soit 90\s%\s: 10\s000\s€ de plus/);
		// Two funders in one line, one of each: nobody knows.
		const both = [aLine({ libelle: 'État et fondation', obtenu: 90_000, etat: 'obtenu' })];
		expect(g15({ ...town, financements: both })).toMatchObject([{ reponse: 'donnee-manquante' }]);
	});
	it('HT et TTC mêlés : la part ne se calcule pas, la règle se tait, comme la page', () => {
		expect(g15({ ...town, financements: [aLine({ obtenu: 90_000, etat: 'obtenu', base: 'TTC' })] })).toEqual([]);
	});
	it('porteur ou nature inconnus : une demande de donnée', () => {
		expect(g15({ budget: cost, financements: aids })).toMatchObject([{ reponse: 'donnee-manquante' }]);
		expect(g15({ ...town, financements: aids }, null)).toMatchObject([{ reponse: 'donnee-manquante' }]);
	});
	it('écartée, elle le dit', () =>
		expect(g15({ ...town, financements: aids }, 'N1', [dismissed('G15:a')])[0]?.ecartee).not.toBeNull());
});
