import { describe, expect, test } from 'vitest';
import { classify, type ClassifyInput } from '../../src/lib/domain/crossing/classify';
import { readLexicon } from '../classement/mesure';

/* Titles one word of which says something else than what is done. */

const lexicon = readLexicon();
const read = (titre: string, rest: Partial<ClassifyInput> = {}) => {
	const { transition, ville, nature } = classify({ titre, ...rest }, lexicon);
	const codes = (tags: readonly { code: string }[]) => tags.map((tag) => tag.code);
	return { T: codes(transition), P: codes(ville), N: nature?.code };
};

describe('le logement de qui a peu se dit deux fois', () => {
	test.each([
		'Aide aux travaux de rénovation pour les propriétaires en situation de pauvreté',
		'Réhabilitation des logements de familles pauvres',
		'Isolation des maisons des ménages précaires',
		'Rénovation énergétique des logements des foyers à faibles revenus',
		'Amélioration de l’habitat des ménages défavorisés',
		'Rénovation des copropriétés : aide aux copropriétaires modestes'
	])('« %s » : le logement et la précarité', (titre) => {
		const { P } = read(titre);
		expect(P).toContain('P04');
		expect(P).toContain('P01');
	});

	test('mais un logement dont rien ne dit qui l’habite n’est pas une réponse à la pauvreté', () => {
		expect(read('Aide aux travaux de rénovation pour les propriétaires').P).not.toContain('P04');
		expect(read('Aide au chauffage des personnes en situation de précarité').P).toEqual(['P04']);
	});
});

describe('un chantier d’insertion emploie', () => {
	test('la formation y est un chemin, et non une sensibilisation', () => {
		expect(read('Formation au réemploi des matériaux : chantier d’insertion de huit postes').N).toBe('N2');
		expect(read('Formation des encadrants de chantiers d’insertion').N).toBe('N3');
		expect(read('Formation aux gestes qui économisent l’eau').N).toBe('N3');
	});

	test('un chantier école n’est pas une école que l’on rénove', () => {
		for (const titre of ['Chantier école : isoler et carreler la maison du jardin', 'Chantiers-écoles de menuiserie']) {
			const { T, P, N } = read(titre);
			expect(T, titre).toEqual(['T12']);
			expect(P[0], titre).toBe('P05');
			expect(N, titre).toBe('N2');
		}
		expect(read('Chantier école d’isolation du gymnase').T).toEqual(['T02', 'T12']);
		expect(read('Isolation de l’école').T).toEqual(['T02']);
	});
});

describe('une voiture que l’on prête aide à rejoindre un emploi', () => {
	test.each(['Permis B et prêt de voitures', 'Location de voitures à tarif solidaire', 'Aide à l’achat d’une voiture'])(
		'« %s » : pas une mobilité durable',
		(titre) => {
			expect(read(titre).T).toEqual([]);
			expect(read(titre).P).toContain('P09');
		}
	);

	test.each(['Voitures en autopartage', 'Voitures partagées entre voisins', 'Réduire la place de la voiture'])(
		'« %s » en est une',
		(titre) => {
			expect(read(titre).T).toContain('T05');
		}
	);
});

describe('un mot qui ressemble n’est pas ce qu’il semble', () => {
	test.each([
		['Pose de filtres solaires aux fenêtres de la crèche', 'T', 'T02', 'T04'],
		['Politique de santé locale face au changement climatique', 'T', 'T11', 'T08'],
		['Chantier d’insertion pour des personnes en sevrage', 'P', 'P08', 'T12'],
		['Relocaliser et décarboner notre alimentation', 'T', 'T09', 'T12'],
		['Aider la filière agroalimentaire à s’adapter au changement climatique', 'T', 'T09', 'T08'],
		['Repérer les maisons touchées par la rétractation des argiles', 'T', 'T08', 'P12'],
		['Entretien des assainissements individuels par les usagers', 'T', 'T08', 'P11'],
		['Programme d’éducation à la biodiversité', 'T', 'T07', 'P07'],
		['Remplacer les réseaux sanitaires de la résidence', 'P', 'P01', 'T01'],
		['Ouverture d’un tiers-lieu de santé', 'P', 'P08', 'P06'],
		['Requalification de la place Bel-Air', 'P', 'P02', 'T11'],
		['Flotte électrique de la commune', 'T', 'T05', 'P09'],
		['Outiller les éleveurs dans leur métier face au changement climatique', 'T', 'T09', 'P05']
	] as const)('« %s » : %s dit %s, rien ne dit %s', (titre, axis, said, never) => {
		const { T, P } = read(titre);
		expect({ T, P }[axis]).toContain(said);
		expect([...T, ...P]).not.toContain(never);
	});

	test('qui tient des bâtiments publics en baisse l’énergie ; qui habite baisse la sienne', () => {
		expect(read('Former les gestionnaires de sites à la sobriété énergétique').T).toContain('T02');
		expect(read('Former les locataires à la sobriété énergétique').T).toContain('T03');
	});

	test('dans un plan climat, une exposition mobilise ; au bruit, elle se réduit', () => {
		expect(read('Ciné-débat et exposition dans les mairies', { plan: 'pcaet' }).T).toEqual(['T13']);
		expect(read('Ciné-débat et exposition dans les mairies').T).toEqual([]);
		expect(read('Réduire l’exposition des riverains au bruit', { plan: 'pcaet' }).T).toEqual(['T11']);
	});

	test('une borne rétractable, elle, reste une affaire de tranquillité', () => {
		expect(read('Barrières rétractables').P).toEqual(['P12']);
	});

	test('diversifier une offre de logements ne transforme pas un quartier ; y diversifier l’habitat le transforme', () => {
		expect(read('Diversifier la production de logements').P).toEqual(['P01']);
		expect(read('Diversifier l’offre de logements des communes').P).toEqual(['P01']);
		expect(read('Diversifier l’habitat du quartier').P).toEqual(['P03']);
	});

	test('la mixité sociale d’un plan d’urbanisme est de l’habitat ; celle d’une fête reste du lien', () => {
		for (const titre of ['Secteurs de mixité sociale du PLUi', 'Mixité sociale dans les programmes de logements'])
			expect(read(titre), titre).toMatchObject({ T: [], P: ['P01'] });
		expect(read('Favoriser la mixité sociale par la fête').P).toContain('P11');
	});
});

describe('ce que l’on fait se lit au début du titre, et à ce que l’on y fait', () => {
	test.each([
		['Réarborer les bords de route', 'N1'],
		['Développer l’éolien et protéger les oiseaux', 'N1'],
		['Developper les smart grids', 'N1'],
		['Diversifier la production de logements', 'N1'],
		['Poursuivre le développement d’une offre locative adaptée', 'N1'],
		['Limiter les températures en ville', 'N1'],
		['Structurer la maison de l’habitat pour aider les particuliers', 'N2'],
		['Sécurisation du hangar (frais de gardiennage)', 'N2'],
		['Création d’un label pour les hôtels engagés', 'N4'],
		['Extension de la zone à faibles émissions', 'N4'],
		['Évolution de la ZCR', 'N4'],
		['Mise en place de partenariats avec les acteurs', 'N4']
	])('« %s » : %s', (titre, nature) => {
		expect(read(titre).N).toBe(nature);
	});

	test('un lieu labellisé se construit ; des panneaux se posent', () => {
		expect(read('Création d’une aire de jeux labellisée').N).toBe('N1');
		expect(read('Pose des panneaux de la zone à faibles émissions étendue').N).toBe('N1');
	});

	test('l’axe d’un document ne fait pas d’un tiers-lieu des travaux ni une étude', () => {
		for (const axe of ['Bâtiments et énergie', 'Un territoire exemplaire'])
			expect(read('Tiers-lieu de l’économie solidaire', { axe }).N, axe).toBe('N2');
	});
});
