import { describe, expect, it } from 'vitest';
import type { Champ } from '../../src/lib/domain/action';
import type { PlacedAction } from '../../src/lib/domain/crossing/place';
import { aPlaced } from '../fixtures/build';
import { CDV, Q, dismissed, find, here, view } from '../fixtures/gaps';

const withColumn = (...champs: Champ[]) => ({ documents: [{ ...CDV, champs: [...CDV.champs, ...champs] }] });

describe('G17, habitants non associés', () => {
	const g17 = (participation: string | null, nature = 'N2', champs: Champ[] = ['participation'], decided = false) =>
		find(
			'G17',
			'habitantsNonAssocies',
			view([here({ participation }, nature)], withColumn(...champs)),
			decided ? [dismissed('G17:a')] : []
		);

	it('un niveau écrit que l’on ne comprend pas se dit avec ses mots, et n’est pas un blanc', () => {
		expect(g17(null)[0]?.message).toMatch(/le niveau de participation des habitants n’est pas écrit pour /i);
		expect(g17('Voir fiche 12')[0]?.message).toMatch(
			/habitants, écrit «\u00a0Voir fiche 12\u00a0», n’est pas reconnu pour /
		);
	});
	it('se lève quand les habitants sont au mieux informés, plus grave pour des travaux', () => {
		expect(g17('Information')).toMatchObject([{ id: 'G17:a', gravite: 'moyenne', quartier: Q }]);
		expect(g17('Pas de participation citoyenne', 'N1')[0]).toMatchObject({
			gravite: 'haute',
			message: expect.stringMatching(/^Les travaux de .*, aux Pyramides, sont déclarés sans consultation/)
		});
	});
	it('se tait dès la consultation', () => expect(g17('Consultation')).toEqual([]));
	it.each([
		['Pas de participation', 'alerte'],
		['pas-de-participation', 'alerte'],
		['Aucune', 'alerte'],
		['Sans concertation', 'alerte'],
		['Réunion d’information', 'alerte'],
		['Information puis concertation', 'rien'],
		['Habitants consultés', 'rien'],
		['Co-construction', 'rien'],
		['co-construite avec le conseil citoyen', 'rien'],
		['Ateliers avec les familles', 'rien'],
		['Voir fiche 12', 'donnee-manquante'],
		['Sans objet', 'donnee-manquante'],
		['Non communiqué', 'donnee-manquante'],
		['Non', 'alerte']
	])('« %s » : %s', (words, reponse) => expect(g17(words)[0]?.reponse ?? 'rien').toBe(reponse));
	it('case vide ou colonne absente : une demande par document', () => {
		expect(g17(null)).toMatchObject([{ id: 'G17:doc1:participation', reponse: 'donnee-manquante' }]);
		expect(g17(null, 'N2', [])).toMatchObject([{ id: 'G17:doc1:participation', reponse: 'donnee-manquante' }]);
	});
	it('écartée, elle le dit', () =>
		expect(g17('Information', 'N2', ['participation'], true)[0]?.ecartee).not.toBeNull());
});

describe('G18, rénovation sans adaptation', () => {
	const works = (clauseAdaptation: boolean | null, transition = ['T01'], titre = 'Réhabilitation') =>
		aPlaced({ action: { id: 'a', titre, clauseAdaptation }, atteinte: { [Q]: 'explicite' }, transition, nature: 'N1' });
	const g18 = (
		placed = works(false),
		champs: Champ[] = ['clause_adaptation'],
		decisions?: Parameters<typeof find>[3]
	) => find('G18', 'renovationSansAdaptation', view([placed], withColumn(...champs)), decisions);

	it('se lève sur des travaux sans exigence, ou dont la case est vide', () => {
		expect(g18()).toMatchObject([{ id: 'G18:a', gravite: 'moyenne' }]);
		expect(g18(works(null))).toMatchObject([{ id: 'G18:a', reponse: 'alerte' }]);
	});
	it('s’adresse à qui porte l’action, comme les autres règles, pas au pilote', () => {
		const placed = (porteur: string | null) =>
			aPlaced({
				action: { id: 'a', clauseAdaptation: false, pilote: 'Direction A', porteur },
				atteinte: { [Q]: 'explicite' },
				transition: ['T01'],
				nature: 'N1'
			});
		expect(g18(placed('Gamme Habitat'))[0]?.aFaire).toContain('au porteur, Gamme Habitat, si');
		expect(g18(placed(null))[0]?.aFaire).toContain('à la Direction A si');
	});
	it('ne demande rien à un plan achevé', () => {
		const { documents } = withColumn('clause_adaptation');
		const until = (periode: string) => {
			const dated = { documents: documents!.map((d) => ({ ...d, periode })) };
			return find('G18', 'renovationSansAdaptation', view([works(false)], dated));
		};
		expect(until('2014-2020')).toEqual([]);
		expect(until('2024-2030')).toHaveLength(1);
	});
	it('se tait avec une exigence, avec un enjeu d’adaptation, ou pour une démolition', () => {
		expect(g18(works(true))).toEqual([]);
		expect(g18(works(false, ['T01', 'T06']))).toEqual([]);
		expect(g18(works(false, ['T01'], 'Démolition de la barre'))).toEqual([]);
	});
	it.each([
		['Reconstruction de l’école Bellerive', 1],
		['DEMOLITION ET RECONSTRUCTION DU GROUPE SCOLAIRE BELLERIVE PHASE 2', 1],
		['Extension et rénovation du centre social', 1],
		['Construction de deux gymnases', 1],
		['Groupe scolaire Bellerive : construction', 1],
		['Extension du réseau de chaleur vers l’école', 0],
		['Extension du parking de la mairie', 0],
		['Déconstruction de la mairie', 0],
		['Construction d’une crèche provisoire', 0],
		['Groupe scolaire Bellerive : construction d’un abri à vélos', 0]
	])('un bâtiment public neuf a besoin d’ombre et d’eau autant qu’un ancien : « %s » (%i)', (titre, found) => {
		expect(g18(works(null, [], titre))).toHaveLength(found);
		expect(g18(works(null, ['T06'], titre))).toEqual([]);
	});
	it('sans la colonne : une demande par document', () =>
		expect(g18(works(null), [])).toMatchObject([{ id: 'G18:doc1:clause_adaptation', reponse: 'donnee-manquante' }]));
	it('d’une liste nationale de subventions, elle ne demande pas d’ajouter une colonne : la réponse s’écrit sur l’action', () => {
		const list = { documents: [{ ...withColumn().documents![0]!, liste: 'Subventions DPV' }] };
		const [asked] = find('G18', 'renovationSansAdaptation', view([works(null)], list));
		expect(asked).toMatchObject({ reponse: 'donnee-manquante', ou: 'actions' });
		expect(asked!.aFaire).toContain('remplir « Clause d’adaptation » sur l’action');
		expect(asked!.aFaire).not.toMatch(/colonne|réimport/);
	});
	it('écartée, elle le dit', () => expect(g18(undefined, undefined, [dismissed('G18:a')])[0]?.ecartee).not.toBeNull());
});

it('G17 se tait sur les opérations d’une liste de 2019 : leurs travaux sont finis', () => {
	const of = (periode: string, liste?: string, statut: 'en-cours' | null = null) =>
		find(
			'G17',
			'habitantsNonAssocies',
			view([here({ participation: null, statut })], {
				documents: [{ ...withColumn().documents![0]!, periode, champs: ['titre'], ...(liste && { liste }) }]
			})
		);
	expect(of('2019', 'Subventions DPV')).toEqual([]);
	expect(of('2026', 'Subventions DPV')).toHaveLength(1);
	// Of a plan that ended, whether the action is done comes first (G12).
	expect(of('2019')).toEqual([]);
	expect(of('2019', undefined, 'en-cours')).toHaveLength(1);
});

describe('G20, mesure qui peut creuser les inégalités', () => {
	const fee = (publics: string[] = ['Tous les ménages'], titre = 'Tarification incitative des déchets') =>
		aPlaced({ action: { id: 'a', titre, publics }, atteinte: { [Q]: 'explicite' }, transition: ['T10'] });
	const help = (titre: string, publics: string[]) =>
		aPlaced({ action: { id: 'b', titre, publics }, atteinte: { [Q]: 'probable' }, transition: ['T10'], nature: 'N5' });
	const g20 = (actions = [fee()], decisions?: Parameters<typeof find>[3]) =>
		find('G20', 'mesureInegalitaire', view(actions), decisions);

	it('un titre qui dit pour qui elle est ne fait pas demander ses publics', () => {
		const cars = (qui: string) => fee([], `Acquisition de véhicules électriques par ${qui}`);
		expect(g20([cars('collectivités et entreprises')])).toEqual([]);
		expect(g20([cars('les ménages')])).toMatchObject([{ reponse: 'donnee-manquante' }]);
	});

	it('se lève sur une mesure à risque que rien n’accompagne', () =>
		expect(g20()).toMatchObject([
			{ id: 'G20:a', gravite: 'haute', message: expect.stringContaining('modestes aux Pyramides') }
		]));
	it('une mesure d’une seule commune nomme ses quartiers, elle ne pèse pas sur « tous les quartiers »', () => {
		const GLACIS = 'QNZZZ02N';
		const PARC = 'QNZZZ03N';
		const quartiers = [
			{ code: Q as never, nom: 'Les Pyramides' },
			{ code: GLACIS as never, nom: 'Les Glacis' },
			{ code: PARC as never, nom: 'Cité du Parc' }
		];
		const said = (...codes: string[]) => {
			const niveaux = [Q, GLACIS, PARC].map((q) => [q, codes.includes(q) ? 'diffuse' : 'aucune'] as const);
			const one = aPlaced({
				action: { id: 'a', titre: 'Tarification incitative des déchets', publics: ['Artisans'] },
				atteinte: Object.fromEntries(niveaux),
				transition: ['T10']
			});
			return find('G20', 'mesureInegalitaire', view([one], { quartiers }))[0]!.message;
		};
		expect(said(Q, GLACIS)).toContain('ménages modestes aux Pyramides et aux Glacis, sans');
		expect(said(Q, GLACIS, PARC)).toContain('ménages modestes de tous les quartiers, sans');
	});
	it('se tait si elle vise les ménages modestes, ou si une aide le fait à côté', () => {
		expect(g20([fee(['Ménages modestes'])])).toEqual([]);
		expect(g20([fee(), help('Aide aux bacs, tarif solidaire', ['Tous'])])).toEqual([]);
		expect(g20([fee(['Tous'], 'Collecte en porte-à-porte')])).toEqual([]);
	});
	it('une aide finie avant que la mesure commence n’accompagne personne ; une aide sans date compte', () => {
		const dated = (one: PlacedAction, debut: string | null, fin: string | null) => ({
			...one,
			action: { ...one.action, dates: { debut, fin, texte: null } }
		});
		const tariff = dated(fee(), '2027-01-01', null);
		const aid = help('Tarif solidaire des bacs', ['Ménages modestes']);
		expect(g20([tariff, dated(aid, '2014-01-01', '2017-12-31')])).toMatchObject([{ reponse: 'alerte' }]);
		expect(g20([tariff, dated(aid, '2014-01-01', '2027-12-31')])).toEqual([]);
		expect(g20([tariff, aid])).toEqual([]);
		expect(g20([fee(), dated(aid, '2014-01-01', '2017-12-31')])).toEqual([]);
	});
	it('publics non dits, les siens ou ceux d’une aide du quartier : demande de donnée', () => {
		expect(g20([fee([])])).toMatchObject([{ reponse: 'donnee-manquante' }]);
		expect(g20([fee(), help('Aide aux bacs', [])])[0]).toMatchObject({
			reponse: 'donnee-manquante',
			message: expect.stringContaining('Aide aux bacs')
		});
	});
	it('une restriction du centre-ville, hors des quartiers, fait demander ce qui est prévu pour qui s’y rend ; un tarif d’ailleurs, non', () => {
		const centre = (titre: string) => ({
			...fee(['Tous'], titre),
			reach: aPlaced({ atteinte: { [Q]: 'aucune' } }).reach
		});
		const zone = centre('Piétonnisation du centre-ville');
		const [asked] = g20([zone]);
		expect(asked).toMatchObject({ reponse: 'donnee-manquante', gravite: 'information' });
		expect(asked!.message).toContain('rien ne dit ce qui est prévu pour ceux des quartiers qui s’y rendent');
		expect(g20([zone, help('Navette au tarif solidaire', ['Tous'])])).toEqual([]);
		expect(g20([centre('Tarification incitative des déchets')])).toEqual([]);
	});
	it('dit d’une borne de recharge qui en profite, plutôt que de dire qu’elle pèse', () => {
		expect(g20([fee(['Tous'], 'Installer des bornes de recharge')])[0]?.message).toContain(
			'profite d’abord à qui peut acheter une voiture électrique aux Pyramides, sans accompagnement rattaché.'
		);
		expect(g20([fee([], 'Installer des bornes de recharge')])[0]?.message).toContain(
			'rien ne dit ce qui est prévu pour les ménages modestes.'
		);
	});
	it('écartée, elle le dit', () => expect(g20([fee()], [dismissed('G20:a')])[0]?.ecartee).not.toBeNull());
});

describe('G17, d’une liste de subventions', () => {
	const asked = (...more: ReturnType<typeof withColumn>['documents']) =>
		find(
			'G17',
			'habitantsNonAssocies',
			view([here({ participation: null })], {
				documents: [{ ...CDV, champs: ['titre'], liste: 'Subventions DPV' }, ...more]
			})
		)[0]?.aFaire;
	it('on ne prévoit rien avec les habitants d’une opération finie : on le demande d’abord, comme G18', () =>
		expect(asked()).toMatch(/ si les opérations sont finies\u202f; sinon, ce qui est prévu avec les habitants, et /));
	it('on ne renvoie pas au contrat de ville, qui ne dit rien des travaux d’une année', () => {
		expect(asked()).toMatch(/l’écrire sur chaque action\.$/);
		expect(asked({ ...CDV, id: 3 })).toMatch(/l’écrire sur chaque action\.$/);
	});
});
