import { describe, expect, test } from 'vitest';
import { classify, compileLexicon } from '../../src/lib/domain/crossing/classify';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* The second voice: what labelled titles teach of each word, heard only where the lexicon says nothing. */

const ref = loadReferentiel();
const seul = compileLexicon({ lexique: ref.lexique, enjeux: ref.enjeux });
/** A small lesson, so that each case can be worked out by hand. */
const leçon = (poids: Record<string, Record<string, number>>) =>
	compileLexicon({
		...{ lexique: ref.lexique, enjeux: ref.enjeux },
		appris: {
			version: 'essai',
			titres: 3,
			seuil: { T: 1, P: 0.6, N: 0.5 },
			seuil_plan: { pcaet: { T: 0.5 } },
			depart: { T10: -2, P04: -2, P11: -2, N1: -1, N2: 0 },
			poids
		}
	});
const INCONNU = 'Zygomorphe des flibustiers';

describe('là où le lexique se tait', () => {
	test('le code le plus vraisemblable est proposé, avec les mots du titre qui plaident pour lui', () => {
		expect(classify({ titre: INCONNU }, seul).ville).toEqual([]);
		const [tag, ...rest] = classify({ titre: INCONNU }, leçon({ P11: { zygomorphes: 2, flibustier: 1.5 } })).ville;
		expect(rest).toEqual([]);
		// 1 / (1 + exp(-(-2 + 2 + 1,5)))
		expect(tag).toEqual({
			...{ code: 'P11', score: 0.82, par: 'appris' },
			...{ mots: ['Zygomorphe', 'flibustiers'], poids: [2, 1.5] }
		});
	});

	test('sous le seuil, rien n’est proposé', () => {
		expect(classify({ titre: INCONNU }, leçon({ P11: { zygomorphe: 2.3 } })).ville).toEqual([]);
		expect(classify({ titre: INCONNU }, leçon({ P11: { zygomorphe: 2.5 } })).ville).toHaveLength(1);
	});

	test('un titre dont aucun mot n’est connu n’a pas la nature la plus courante : une habitude n’est pas une lecture', () => {
		expect(classify({ titre: INCONNU }, leçon({})).nature).toBeNull();
		expect(classify({ titre: INCONNU }, leçon({ N1: { '^zygomorphe': 2 } })).nature).toMatchObject({
			...{ code: 'N1', par: 'appris' }
		});
	});

	test('« ^ » ne vaut qu’en tête de titre', () => {
		expect(classify({ titre: 'Flibustiers zygomorphes' }, leçon({ N1: { '^zygomorphe': 2 } })).nature).toBeNull();
	});

	test('un mot qui plaide contre retient de proposer', () => {
		const contre = leçon({ P11: { zygomorphe: 3.5, flibustier: -3 } });
		expect(classify({ titre: INCONNU }, contre).ville).toEqual([]);
	});

	test('un nom de rue n’apprend rien', () => {
		const rue = classify({ titre: 'Réfection de la rue des Zygomorphes' }, leçon({ P11: { zygomorphe: 9 } }));
		expect(rue.ville.map((t) => t.code)).not.toContain('P11');
	});
});

describe('un nom de lieu ne dit rien de ce qu’on fait', () => {
	const vrai = compileLexicon(ref);

	test('« Saint » ne fait pas un investissement', () => {
		const { nature } = classify({ titre: 'Saint Quentin 2050 : une ville respirante', plan: 'pcaet' }, vrai);
		expect(nature?.mots ?? []).not.toContain('Saint');
		expect(classify({ titre: 'Saint Quentin' }, vrai)).toEqual({ transition: [], ville: [], nature: null });
	});

	test('aucun nom de commune écrit comme tel n’est appris', () => {
		const learnt = Object.values(ref.appris.poids).flatMap((words) => Object.keys(words));
		expect(learnt.length).toBeGreaterThan(1000);
		const names = ['saint', 'somme', 'valenciennes', 'dunkerque', 'amiens', 'escaut', 'hauts', 'france', 'picardie'];
		expect(learnt.filter((word) => names.includes(word.replace('^', '')))).toEqual([]);
	});
});

describe('là où le lexique, un fichier ou une personne parle', () => {
	const fort = leçon({ P11: { maraudes: 9, ateliers: 9, cuisine: 9 } });

	test('le lexique garde sa réponse', () => {
		const titre = 'Permanences d’accès aux droits et maraudes';
		expect(classify({ titre }, fort).ville).toEqual(classify({ titre }, seul).ville);
		expect(classify({ titre }, seul).ville).not.toEqual([]);
	});

	test('une colonne déclarée garde la sienne', () => {
		expect(classify({ titre: INCONNU, enjeuxDeclares: ['P04'] }, fort).ville.map((t) => t.code)).toEqual(['P04']);
	});

	test('la transition ne l’entend que pour une action d’un PCAET', () => {
		const rebuts = leçon({ T10: { zygomorphe: 3 } });
		expect(classify({ titre: INCONNU }, rebuts).transition).toEqual([]);
		expect(classify({ titre: INCONNU, plan: 'contrat-de-ville' }, rebuts).transition).toEqual([]);
		expect(classify({ titre: INCONNU, plan: 'pcaet' }, rebuts).transition).toMatchObject([
			{ code: 'T10', par: 'appris' }
		]);
	});
});
