import { describe, expect, test } from 'vitest';
import type { Action } from '../../src/lib/domain/action';
import { classify, type ClassifyInput } from '../../src/lib/domain/crossing/classify';
import { leadWords } from '../../src/lib/domain/crossing/leads';
import { placeActions } from '../../src/lib/domain/crossing/place-actions';
import { buildPlaces } from '../../src/lib/domain/places/reach';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { readLexicon } from '../classement/mesure';
import { aQuartier, aTerritory, anAction } from '../fixtures/build';

const ref = loadReferentiel();
const lexicon = readLexicon();
const read = (titre: string, rest: Partial<ClassifyInput> = {}) => {
	const { transition, ville, nature } = classify({ titre, ...rest }, lexicon);
	const codes = (tags: readonly { code: string }[]) => tags.map((tag) => tag.code);
	return { T: codes(transition), P: codes(ville), N: nature?.code };
};

const quartier = aQuartier({ code: 'QNZZZ01N', nom: 'Les Pyramides' });
const places = buildPlaces({
	territory: aTerritory(),
	quartiers: [quartier],
	correspondances: new Map(),
	tousLesQuartiers: ref.plans.tous_les_quartiers
});
const crossings = (said: Partial<Action>): string[] => {
	const meneurs = leadWords(ref.plans, 'CA du Pays d’Aubrelle');
	const context = { places, lexicon, croises: ref.enjeux.croises, meneurs, decisions: [] };
	return placeActions([anAction({ id: 'a', ...said })], context)[0]!.croises.map((x) => x.code);
};

describe('l’axe d’un document ne fait pas dire à un titre ce que ses mots ne disent pas', () => {
	test.each([
		['Création de 120 places de stationnement au parking du Lac', 'Mobilités'],
		['Agrandissement du parking du centre commercial', 'Vélo, covoiturage et transports en commun'],
		['Création d’une voie d’accès à la zone commerciale', 'Vélo, covoiturage et transports en commun'],
		['Réfection de la chaussée de la route départementale 12', 'Vélo, covoiturage et transports en commun'],
		['Aménagement d’un échangeur', 'Vélo, covoiturage et transports en commun'],
		['Élargissement du pont pour les camions', 'Mobilités douces']
	])('« %s », sous « %s » : aucune mobilité durable, aucun croisement de desserte', (titre, axe) => {
		expect(read(titre, { axe }).T).toEqual([]);
		expect(crossings({ titre, axe, quartiers: ['Les Pyramides'] })).not.toContain('X09');
	});

	test('ni le secteur de l’ADEME, ni la valeur d’une colonne qu’une personne a reliée', () => {
		const titre = 'Création de 120 places de stationnement au parking du Lac';
		expect(read(titre, { secteurs: ['Transport routier'] }).T).toEqual([]);
		expect(read(titre, { prioritesLocales: [{ mot: 'Mobilités', codes: ['T05'] }] }).T).toEqual([]);
		expect(read(titre, { enjeuxDeclares: ['T05'] }).T).toEqual(['T05']);
	});

	test.each([
		'Création de places de stationnement pour vélos',
		'Stationnement vélo à la gare',
		'Parking-relais du tramway',
		'Parc de rabattement de la gare',
		'Création d’une aire de covoiturage',
		'Places de stationnement réservées à l’autopartage',
		'Aménagement d’un giratoire et d’une piste cyclable'
	])('« %s » reste une mobilité durable', (titre) => {
		expect(read(titre, { axe: 'Mobilités' }).T[0]).toBe('T05');
	});

	test('à côté d’un enjeu que le titre dit, l’axe seul n’en ajoute pas un autre du même monde, ni ne passe devant', () => {
		const axe = 'Rénovation énergétique des bâtiments publics';
		expect(read('Panneaux photovoltaïques du groupe scolaire', { axe }).T).toEqual(['T04']);
		expect(read('Reconquérir les friches', { axe: 'Réhabiliter les logements' }).T).toEqual(['T07']);
		expect(read('Bennes à textiles', { axe: 'Réhabiliter les logements' }).T).toEqual(['T10']);
	});

	test('ce qu’un titre dit de lui-même reste dit, en tête, quel que soit son axe', () => {
		const axes = ['1. Bâtiments et énergie', 'Sobriété énergétique', 'Habitat et bâtiments sobres', 'Mobilités'];
		const titles = [
			'Ombrières solaires sur le parking de la piscine',
			'Centrale photovoltaïque sur les toits des bâtiments communaux',
			'Panneaux solaires sur les écoles',
			'Défi des familles à vélo',
			'Composteurs au pied des immeubles',
			'Arbres d’ombrage dans la cour du collège'
		];
		for (const titre of titles)
			for (const axe of axes) {
				const [alone, filed] = [read(titre), read(titre, { axe })];
				expect(filed.T, `${titre}, ${axe}`).toEqual(expect.arrayContaining(alone.T));
				expect(filed.T[0], `${titre}, ${axe}`).toBe(alone.T[0]);
			}
		expect(read(titles[1]!, { axe: axes[0]! }).T[0]).toBe('T04');
	});

	test('les bâtiments publics qui portent des panneaux ne sont pas rénovés pour autant, quel que soit l’axe', () => {
		const roofs = 'Toits photovoltaïques pour les bâtiments publics';
		for (const axe of ['1. Bâtiments et énergie', 'Des bâtiments publics exemplaires', 'Sobriété énergétique'])
			expect(read(roofs, { axe }).T, axe).toEqual(['T04']);
		expect(crossings({ titre: roofs, axe: '1. Bâtiments et énergie', plan: 'pcaet' })).not.toContain('X05');
		expect(read('Isolation et panneaux solaires des bâtiments communaux').T).toContain('T02');
	});

	test('ce que l’axe seul nomme ne fait pas la moitié d’un croisement', () => {
		const said = { plan: 'pcaet', echelle: 'epci', axe: '3. Économie circulaire et déchets' } as const;
		for (const titre of ['Redevance incitative des déchets', 'Composteurs de quartier', 'Collecte des encombrants']) {
			expect(crossings({ ...said, titre }), titre).not.toContain('X13');
			expect(crossings({ ...said, titre }), titre).not.toContain('X14');
		}
		// The title says it as well, or says nothing at all.
		expect(crossings({ ...said, titre: 'Développer l’économie circulaire' })).toContain('X13');
		expect(crossings({ ...said, titre: 'Redevance', description: 'Économie circulaire et réemploi' })).toContain('X13');
		expect(crossings({ ...said, titre: 'Phase 2', axe: 'Réemploi et économie circulaire' })).toContain('X13');
	});

	test('il parle pour un titre qui se tait, et appuie un mot dit à demi', () => {
		expect(read('Phase 2', { axe: 'Réseau de chaleur, chaufferie biomasse' }).T).toEqual(['T04']);
		const school = 'Aménagement de la maison de santé';
		expect(read(school).T).toEqual([]);
		expect(read(school, { axe: 'Rénovation énergétique des bâtiments publics locaux' }).T).toEqual(['T02']);
	});

	test('une description, elle, ajoute ce qu’elle dit', () => {
		const description =
			'Isolation des combles de l’école, menuiseries, chaufferie : rénovation énergétique du bâtiment public.';
		expect(read('Travaux de l’école', { description }).T).toContain('T02');
	});

	test('un titre qui plaide contre l’emporte : vendre ou échanger un logement ne le rénove pas', () => {
		for (const titre of ['Vente de logements HLM à leurs locataires', 'Mutations entre locataires du parc HLM'])
			for (const axe of ['Réhabiliter les logements', 'Transition énergétique du parc'])
				expect(read(titre, { axe }).T, `${titre}, ${axe}`).toEqual([]);
		expect(read('Vente de logements HLM après isolation', { axe: 'Rénover l’habitat' }).T).toEqual(['T01']);
	});
});

describe('un instrument n’est pas les travaux', () => {
	test('un observatoire de la précarité énergétique n’est pas une rénovation, quel que soit son axe', () => {
		for (const axe of [null, 'Habitat sobre', 'Réhabiliter les logements']) {
			const { T, P, N } = read('Observatoire local de la précarité énergétique', { axe });
			expect(T).toEqual(['T03', 'T14']);
			expect(P[0]).toBe('P04');
			expect(N).toBe('N4');
		}
		expect(read('Visites à domicile contre la précarité énergétique').T).not.toContain('T14');
	});

	test('un observatoire, une enquête, un sondage ne sont ni la moitié ni le tout d’un croisement de travaux', () => {
		const said = { plan: 'pcaet', echelle: 'epci' } as const;
		for (const titre of [
			'Observatoire de la rénovation énergétique des logements sociaux',
			'Enquête sur la rénovation énergétique des logements sociaux',
			'Observatoire de la rénovation de l’habitat',
			'Observatoire local de la précarité énergétique'
		])
			expect(crossings({ ...said, titre, axe: 'Habitat sobre' }), titre).not.toContain('X01');
		expect(crossings({ ...said, titre: 'Rénovation énergétique des logements sociaux' })).toContain('X01');
		expect(crossings({ ...said, titre: 'Observatoire des déplacements' })).not.toContain('X09');
		expect(crossings({ ...said, titre: 'Observatoire des îlots de chaleur' })).not.toContain('X07');
		// Finding the households is what that crossing asks.
		expect(crossings({ ...said, titre: 'Observatoire local de la précarité énergétique' })).toContain('X03');
	});

	test('observer un thème de la transition est aussi en produire la connaissance', () => {
		expect(read('Observatoire de la qualité de l’air').T).toEqual(['T11', 'T14']);
		expect(read('Observatoire des déplacements').T).toEqual(['T05', 'T14']);
		expect(read('Observatoire de l’habitat')).toMatchObject({ T: ['T14'], P: ['P01'] });
		// What titles labelled by hand say of this one: the city alone.
		expect(read('Observatoire des loyers du parc privé')).toMatchObject({ T: [], P: ['P01'] });
	});

	test('une zone à faibles émissions, une interdiction sont des règles : ni étude, ni travaux', () => {
		for (const titre of [
			'Zone à faibles émissions : restriction des véhicules Crit’Air 4 et 5',
			'Zone à faibles émissions',
			'Mise en place de la ZFE'
		]) {
			const { T, N } = read(titre);
			expect(T).toEqual(['T05', 'T11']);
			expect(N, titre).toBeUndefined();
		}
		expect(read('Interdiction des poids lourds en centre-ville').N).toBeUndefined();
		expect(read('Arrêté limitant la vitesse à 30 km/h').N).toBeUndefined();
		expect(read('Étude de préfiguration de la zone à faibles émissions').N).toBe('N4');
		expect(read('Pose des panneaux de la zone à faibles émissions').N).toBe('N1');
	});

	test('une permission donnée aux habitants est un service', () => {
		expect(read('Permis de végétaliser').N).toBe('N2');
		expect(read('Végétaliser la rue des Acacias').N).toBe('N1');
	});

	test('sensibiliser à un thème est aussi mobiliser, après le thème', () => {
		expect(read('Sensibilisation aux écogestes et défi énergie entre voisins').T).toEqual(['T03', 'T13']);
		expect(read('Sensibilisation à la réduction des déchets').T).toEqual(['T10', 'T13']);
		expect(read('Sensibilisation à la qualité de l’air').T).toEqual(['T11', 'T13']);
		// Nobody is mobilised: these are advised on their health, those on their bills.
		expect(read('Sensibilisation aux perturbateurs endocriniens').T).toEqual(['T11']);
	});
});

describe('l’objet d’un titre, dit par les mots d’à côté', () => {
	test.each([
		['Aide au permis de conduire', ['P05', 'P09']],
		['Garage solidaire', ['P05', 'P09']],
		['Création d’un garage solidaire', ['P05', 'P09']],
		['Auto-école sociale', ['P05', 'P09']]
	])('« %s » : %j', (titre, expected) => {
		expect(read(titre).P.toSorted()).toEqual(expected);
		expect(read(titre).T).toEqual([]);
	});

	test('démolir des logements est du renouvellement urbain, même sous l’axe de l’habitat', () => {
		for (const titre of [
			'Démolition de la tour Alizé (68 logements)',
			'Démolition de la tour Alizé (68 logements locatifs sociaux)',
			'Déconstruction de la barre Ronsard (112 appartements)'
		])
			for (const said of [{}, { axe: 'Améliorer les logements' }, { plan: 'plh' as const }])
				expect(read(titre, said), titre).toMatchObject({ T: [], P: ['P03'] });
		expect(read('Démolition de la tour B et reconstitution de l’offre locative sociale').P).toContain('P03');
		expect(read('Démolition et construction de 40 logements locatifs sociaux').P).toContain('P01');
	});

	test.each([
		['Déplacement d’une ligne à haute tension', [], []],
		['Extension d’un entrepôt logistique', [], ['P06']],
		['Démolition de l’immeuble Verdi', [], ['P03']]
	])('« %s » : %j, %j', (titre, transition, ville) => {
		const { T, P, N } = read(titre);
		expect([T, P, N]).toEqual([transition, ville, 'N1']);
	});

	test('peindre des places au sol est un aménagement, marquer un vélo un service', () => {
		expect(read('Marquage de trente places en zone bleue').N).toBe('N1');
		expect(read('Marquage antivol des vélos').N).toBe('N2');
	});

	test('un arbre malade n’est pas un patient, un enfant hospitalisé en est un', () => {
		expect(read('Abattage d’arbres malades').P).not.toContain('P08');
		expect(read('Lecture aux enfants hospitalisés').P).toContain('P08');
	});

	test('une logistique urbaine reste une mobilité durable', () => {
		expect(read('Plateforme logistique du dernier kilomètre à vélo').T[0]).toBe('T05');
	});
});
