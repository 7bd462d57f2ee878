import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CORE_SCHEMA, load } from 'js-yaml';
import { classify, type ClassifyInput } from '../../src/lib/domain/crossing/classify';
import { LexiconFile } from '../../src/lib/domain/rules/referentiel';
import { readLexicon } from '../classement/mesure';

const lexicon = readLexicon();
const read = (titre: string, rest: Partial<ClassifyInput> = {}) => classify({ titre, ...rest }, lexicon);
const codes = (tags: readonly { code: string }[]) => tags.map((tag) => tag.code);

describe('le lexique livré', () => {
	const file = LexiconFile.parse(load(readFileSync('data/lexique.yaml', 'utf8'), { schema: CORE_SCHEMA }));

	test('a une entrée pour chacun des 33 codes', () => {
		expect(new Set(file.entrees.map((entry) => entry.code)).size).toBe(33);
		expect(file.entrees).toHaveLength(33);
	});

	test('ne donne de poids qu’à des codes qui existent, et dit pourquoi chaque règle existe', () => {
		const known = new Set(file.entrees.map((entry) => entry.code));
		for (const rule of file.regles) {
			expect(Object.keys(rule.poids).filter((code) => !known.has(code))).toEqual([]);
			expect(rule.pourquoi).not.toBe('');
		}
	});
});

describe('classer une action par son titre', () => {
	test.each([
		['Ferme urbaine en chantier d’insertion', ['T09', 'T12'], ['P05'], 'N2'],
		['Construction d’une ferme urbaine en chantier d’insertion', ['T09', 'T12'], ['P05'], 'N1'],
		['Ferme urbaine', ['T09'], ['P02'], 'N1'],
		['Tarification incitative des déchets', ['T10'], [], 'N5'],
		['Tarification incitative des déchets ménagers', ['T10'], [], 'N5'],
		['Mise en place de la tarification incitative', ['T10'], [], 'N5'],
		['Étude de la tarification incitative', ['T10'], [], 'N4']
	])('« %s » : %j, %j, %s', (titre, transition, ville, nature) => {
		const found = read(titre);
		expect([codes(found.transition), codes(found.ville), found.nature?.code]).toEqual([transition, ville, nature]);
	});

	test.each([
		['Réhabilitation thermique de 80 logements sociaux', 'T01', 'P01', 'N1'],
		['Isolation des combles du groupe scolaire Pasteur', 'T02', 'P07', 'N1'],
		['Visites à domicile pour les ménages en précarité énergétique', 'T03', 'P04', 'N2'],
		['Défi cyclable : remise en selle des habitantes', 'T05', 'P09', 'N3'],
		['Vegetalisation de la cour de l ecole', 'T06', 'P07', 'N1'],
		['Épicerie solidaire du quartier', 'T09', 'P04', 'N2'],
		['Fresque du climat pour les habitants', 'T13', 'P11', 'N3']
	])('« %s » : %s, %s, %s', (titre, transition, ville, nature) => {
		const found = read(titre);
		expect(found.transition[0]?.code).toBe(transition);
		expect(found.ville[0]?.code).toBe(ville);
		expect(found.nature?.code).toBe(nature);
	});

	test('une action sans substance écologique n’a pas d’enjeu de transition', () => {
		for (const titre of [
			'Rénovation du commissariat',
			'Réfection de la couche de roulement de la route départementale',
			'Extension de la vidéoprotection',
			'Agrandissement du cimetière',
			'Construction d’un dojo'
		]) {
			expect(codes(read(titre).transition), titre).toEqual([]);
		}
	});

	test('un titre qui ne parle de rien n’a rien', () => {
		expect(read('Divers')).toEqual({ transition: [], ville: [], nature: null });
		expect(read('')).toEqual({ transition: [], ville: [], nature: null });
	});

	test('dit quels mots ont décidé, tels qu’ils sont écrits', () => {
		const found = read('Extension des Réseaux de Chaleur urbains');
		expect(found.transition[0]).toMatchObject({ code: 'T04', par: 'lexique', mots: ['Réseaux de Chaleur urbains'] });
	});

	test('l’expression la plus longue l’emporte : « parc social » n’est pas un parc', () => {
		expect(codes(read('Adapter le parc social').ville)).toEqual(['P01']);
		expect(codes(read('Ouverture d’un parc arboré').transition)).toEqual(['T06']);
	});

	test('le permis de conduire sert l’emploi et la mobilité, pas les mobilités durables', () => {
		const found = read('Bourse au permis de conduire');
		expect(codes(found.ville)).toEqual(expect.arrayContaining(['P05', 'P09']));
		expect(codes(found.transition)).toEqual([]);
	});

	test('le nom d’un lieu ne dit pas ce qu’on y fait', () => {
		expect(codes(read('Travaux rue des Mineurs').ville)).not.toContain('P14');
		expect(codes(read('Vidéoprotection quartier des Jardins').transition)).toEqual([]);
		expect(codes(read('réfection de la chaussée rue du marais').transition)).toEqual([]);
	});

	test('un bâtiment se lit par ce qu’il devient, pas par ce qu’il était', () => {
		for (const [titre, code] of [
			['Réhabilitation école maternelle en maison de santé', 'P08'],
			['Réhabilitation de l’ancienne gendarmerie en école maternelle', 'P07'],
			['Transformation du presbytère en bibliothèque', 'P10'],
			['Création de trois cabinets médicaux dans une ancienne école', 'P08'],
			['Aménagement de la mairie annexe pour créer un cabinet médical', 'P08']
		] as const) {
			expect(codes(read(titre).ville), titre).toEqual([code]);
		}
	});

	test('ce qu’était un bâtiment se lit encore quand rien ne dit ce qu’il devient', () => {
		expect(codes(read('Rénovation de la toiture de l’ancienne école').ville)).toEqual(['P07']);
		// What it was feeds nobody any more.
		expect(codes(read('Une ressourcerie dans l’ancienne conserverie').transition)).toEqual(['T10']);
		expect(codes(read('Reconvertir l’ancienne friche').transition)).toEqual(['T07']);
		expect(codes(read('Rénovation de l’école en centre-ville').ville)).toContain('P07');
		expect(codes(read('Aménagement d’une rue et mise en valeur de l’école').ville)).toContain('P07');
	});

	test('à côté d’une réponse sûre, une seconde dite à demi-mot ne se propose pas', () => {
		expect(codes(read('Rénovation énergétique de l’école et de la mairie').ville)).toEqual(['P07']);
		expect(codes(read('Lutter contre le gaspillage alimentaire').transition)).toEqual(['T09', 'T10']);
	});

	test('« au pied des tours » dit où l’on vient, pas ce que l’on fait', () => {
		expect(codes(read('Vaccination au pied des immeubles').ville)).toEqual(['P08']);
		expect(codes(read('Réfection des pieds d’immeubles').ville)).toEqual(['P02']);
	});

	test('un sigle ne se prend pas pour un mot qui lui ressemble', () => {
		expect(codes(read('Informer sur les pics de pollution').ville)).not.toContain('P11');
		expect(codes(read('PIC 2026').ville)).toEqual(['P11']);
		expect(codes(read('Concilier pastoralisme et espaces naturels').ville)).toEqual([]);
	});

	test('créer une aide n’est pas construire ; étudier une aide reste une étude', () => {
		expect(read('Mettre en place une aide au remplacement des chaudières').nature?.code).toBe('N5');
		expect(read('Étude pour la mise en place d’une aide aux ménages').nature?.code).toBe('N4');
	});

	test('« locaux » après un nom de projets n’est pas un bâtiment', () => {
		expect(codes(read('Financer des projets locaux de production d’énergie').transition)).toEqual(['T04']);
	});

	test('le nom d’une association, seul, ne dit rien', () => {
		for (const titre of ['Les Colombes', 'L’Escale - fonctionnement 2026', 'Kaléidoscope 62', 'Un pas de plus']) {
			const found = read(titre);
			expect([...found.transition, ...found.ville]).toEqual([]);
		}
	});

	test('le début du titre fait la nature : étudier une construction est une étude', () => {
		expect(read('Étudier la construction d’une chaufferie bois').nature?.code).toBe('N4');
		expect(read('Construire une chaufferie bois').nature?.code).toBe('N1');
	});

	test.each([
		['Extension du réseau AEP rue des Tilleuls', ['T08']],
		['Réparation des cloches', []],
		['Le bus de la création d’entreprise', []],
		['Consigne à vélos de la gare', ['T05']],
		['Enfouissement du réseau électrique', []],
		['Changer les pratiques pour garder le carbone des sols agricoles', ['T07', 'T09']],
		['Valoriser les certificats d’économies d’énergie', ['T14']],
		['Régler la publicité lumineuse et les enseignes lumineuses', ['T07']],
		['Baisser les consommations d’énergie des exploitations agricoles', ['T09']],
		['Réduire les émissions de gaz à effet de serre de la flotte', ['T05']],
		['Achat d’un véhicule utilitaire pour les services techniques', []],
		['Alimentation électrique du bâtiment communal', []],
		['Géothermie pour le chauffage et le rafraîchissement du siège', ['T04']],
		['Réhabilitation du château d’eau', ['T08']],
		['Allée piétonne du cimetière', []],
		['Réhabilitation de la place de l’hôtel de ville', []],
		['Caméras-piétons de la police municipale', []],
		['Accompagnement à la VAE des animateurs', []],
		['Toiture de l’école après la tempête', []],
		['Déconstruction de l’ancien collège', []],
		['Réduire les consommations d’énergie du patrimoine communal', ['T02']],
		['Accompagner les artisans vers la baisse de leurs factures énergétiques', ['T12']],
		['Créer un événement annuel climat-air-énergie', ['T13']],
		['Repérer les foyers en précarité énergétique', ['T03']],
		['Acquisition d’un véhicule de service électrique', ['T05']],
		['Sensibiliser les scolaires aux enjeux du PCAET', ['T13']],
		['Mission d’ingénierie pour le suivi des projets DPV', []],
		['Déconstruction et reconstruction du groupe scolaire', ['T02']],
		['Poser des brise-soleil à la médiathèque', ['T02']],
		['Remplacer les simples vitrages de cent pavillons', ['T01']]
	])('un mot ne vaut que par ses voisins : « %s » : %j', (titre, expected) => {
		expect(codes(read(titre).transition)).toEqual(expected);
	});

	test('un thème sûr passe devant la façon de le porter', () => {
		expect(codes(read('Formation des agents (vélo)').transition)).toEqual(['T05', 'T14']);
		expect(codes(read('Formation des agents').transition)).toEqual(['T14']);
	});

	test.each([
		['Médiation aux abords du collège et dans les bus', 'P12'],
		['Accès handicapés à la mairie', 'P10'],
		['Accessibilité des trottoirs au droit de la mairie', 'P02'],
		['Manager de centre-ville et cellules vacantes', 'P06'],
		['Démolition de quarante logements', 'P03'],
		['Séjours d’été pour les adolescents', 'P14'],
		['Présence sociale dans les espaces publics en soirée', 'P12'],
		['Animation de l’association des commerçants du quartier', 'P06'],
		['Microcrédit et accompagnement des créateurs d’activité', 'P06'],
		['Favoriser la mixité sociale dans les attributions', 'P01'],
		['Multi-activités sportives en pied d’immeuble', 'P10'],
		['Ouvrir le quartier : percée vers le boulevard', 'P03'],
		['L’opéra à la portée des quartiers', 'P10'],
		['Formation d’agents de propreté par une entreprise d’insertion', 'P05'],
		['Rencontres jeunes et police autour d’un match', 'P12']
	])('« %s » : %s d’abord', (titre, expected) => {
		expect(codes(read(titre).ville)[0]).toBe(expected);
	});

	test('deux phrases ne font pas une expression', () => {
		const said = (titre: string) => codes(classify({ titre }, readLexicon(true)).transition);
		expect(said('Connaître le territoire. Engager la réflexion')).toEqual([]);
		expect(said('Devenir un territoire engagé')).toEqual(['T14']);
	});

	test.each([
		['Clauses d’insertion dans les marchés du renouvellement urbain', 'N2'],
		['Développer les clauses sociales dans la commande publique', 'N2'],
		['Marchés réservés aux structures d’insertion', 'N2'],
		['Heures d’insertion sur le chantier du gymnase', 'N2'],
		['Étude sur les clauses d’insertion', 'N4'],
		['Observatoire des clauses sociales', 'N4'],
		['Clauses environnementales dans les marchés de travaux', 'N4']
	])('des clauses qui font embaucher sont un service dans la durée, non une étude : « %s », %s', (titre, nature) =>
		expect(read(titre).nature?.code).toBe(nature)
	);

	test('de deux natures au-delà du plafond, la plus dite l’emporte', () => {
		const found = read(
			'Sensibiliser et informer les habitants : campagne, forum, exposition et visites du service'
		).nature;
		expect(found).toMatchObject({ code: 'N3', score: 9 });
	});

	test('le numéro d’une action n’en est pas un mot', () => {
		const bare = read('Développer le covoiturage');
		for (const prefix of [
			'ACTION 8 - ',
			'A-3\t',
			'1.2.1 ',
			'F-2 ',
			'12. ',
			'ENV2 : ',
			'OR6 | 41 - ',
			'EN.A.1.1. ',
			'1.b.4. '
		]) {
			expect(read(prefix + 'Développer le covoiturage'), prefix).toEqual(bare);
		}
		for (const prefix of ['Axe 5 Action 3 : ', '(AT1) ']) {
			expect(read(prefix + 'Développer le covoiturage'), prefix).toEqual(bare);
		}
	});
});

describe('ce que le fichier déclare', () => {
	test('un code écrit dans la colonne des enjeux l’emporte sur les mots du titre', () => {
		const found = read('Plantation de haies', { enjeuxDeclares: ['T09 ; P11'] });
		expect(codes(found.transition)).toEqual(['T09']);
		expect(codes(found.ville)).toEqual(['P11']);
		expect(found.transition[0]?.par).toBe('declaration');
	});

	test('un libellé vaut un code, et n’engage que son axe', () => {
		const found = read('Plantation de haies dans le square', {
			enjeuxDeclares: ['Renouvellement urbain']
		});
		expect(codes(found.ville)).toEqual(['P03']);
		expect(codes(found.transition)).toContain('T07');
	});

	test('un secteur appuie un titre qui parle, et parle pour un titre qui se tait', () => {
		expect(codes(read('Plantation de haies', { secteurs: ['Déchets'] }).transition)[0]).toBe('T07');
		const silent = read('Poursuivre la démarche', { secteurs: ['Déchets'] });
		expect(silent.transition[0]).toMatchObject({ code: 'T10', par: 'declaration', mots: ['Déchets'] });
	});

	test('une nature déclarée est gardée, par son code, son libellé ou ses mots', () => {
		const works = read('Réhabilitation de la résidence', { natureDeclaree: 'N3' }).nature;
		expect(works).toMatchObject({ code: 'N3', par: 'declaration', contredit: { code: 'N1' } });
		expect(read('Réhabilitation de la résidence', { natureDeclaree: 'N1' }).nature?.contredit).toBeUndefined();
		expect(read('Développer', { natureDeclaree: 'N1' }).nature?.contredit).toBeUndefined();
		expect(read('Maison du vélo', { natureDeclaree: 'N2' }).nature).toMatchObject({ code: 'N2', par: 'declaration' });
		expect(read('Maison du vélo', { natureDeclaree: 'Etude/Diagnostic' }).nature?.code).toBe('N4');
		expect(read('Maison du vélo', { natureDeclaree: 'inconnu' }).nature?.code).toBe(
			read('Maison du vélo').nature?.code
		);
	});

	test('une description éclaire un titre muet sans jamais contredire un titre clair', () => {
		expect(
			codes(read('Phase 2', { description: 'Raccordement au réseau de chaleur, chaufferie biomasse' }).transition)
		).toEqual(['T04']);
		const clear = read('Atelier vélo', {
			description: 'On y parle aussi de compost, de compostage et de tri des déchets.'
		});
		expect(clear.transition[0]?.code).toBe('T05');
	});

	test('un programme local de l’habitat parle d’habitat, même à demi-mot', () => {
		expect(codes(read('Agir sur le foncier', { plan: 'plh' }).ville)).toEqual(['P01']);
	});
});

describe('lois du classement', () => {
	const words = fc.constantFrom(
		...'rénovation école vélo quartier habitants réseau chaleur étude forêt emploi pour le de la jeunes santé énergie'.split(
			' '
		)
	);
	const titles = fc.array(words, { maxLength: 9 }).map((list) => list.join(' '));

	test('deux lectures du même titre donnent la même réponse, sans code en double, la meilleure d’abord', () => {
		fc.assert(
			fc.property(titles, (titre) => {
				const found = read(titre);
				expect(read(titre)).toEqual(found);
				for (const tags of [found.transition, found.ville]) {
					expect(new Set(codes(tags)).size).toBe(tags.length);
					expect(tags.length).toBeLessThanOrEqual(3);
					const scores = tags.filter((tag) => !lexicon.crosscutting.has(tag.code)).map((tag) => tag.score);
					expect(scores).toEqual([...scores].sort((a, b) => b - a));
				}
			})
		);
	});

	test('les capitales et les accents ne changent pas les codes', () => {
		fc.assert(
			fc.property(titles, (titre) => {
				const bare = titre.normalize('NFD').replace(/\p{M}/gu, '');
				expect(codes(read(bare).transition)).toEqual(codes(read(titre).transition));
				expect(codes(read(titre.toUpperCase()).ville)).toEqual(codes(read(titre).ville));
			})
		);
	});

	test('chaque code vient avec au moins un mot qui est dans le titre', () => {
		fc.assert(
			fc.property(titles, (titre) => {
				for (const tag of [...read(titre).transition, ...read(titre).ville]) {
					expect(tag.mots.length).toBeGreaterThan(0);
					for (const mot of tag.mots) expect(titre).toContain(mot);
				}
			})
		);
	});
});
