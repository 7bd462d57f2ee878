import { describe, expect, it } from 'vitest';
import { referentielEntries, synonymsOf, territoryEntries } from '../../src/lib/domain/search/entries';
import { markWords, search } from '../../src/lib/domain/search/search';
import { buildSearchIndex } from '../../src/lib/domain/search/search-index';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, anAction, aQuartier, aTerritory, VERMOY } from '../fixtures/build';

const ref = loadReferentiel();
const common = buildSearchIndex(referentielEntries(ref), synonymsOf(ref));
const index = buildSearchIndex(
	territoryEntries(
		aTerritory(),
		{
			quartiers: [
				aQuartier({ code: 'QNZZZ01F', nom: 'Les Hauts-Prés' }),
				aQuartier({ code: 'QNZZZ02F', nom: 'La Gare', communes: [VERMOY] })
			],
			actions: [
				anAction({
					id: 'ecole',
					titre: 'Rénovation énergétique de l’école Jules-Verne',
					plan: 'pcaet',
					reference: '2.1.2'
				}),
				anAction({ id: 'atelier', titre: 'Ateliers du soir', description: 'À l’école, autour du vélo' }),
				anAction({ id: 'zfe', titre: 'Accompagner la zone à faibles émissions' }),
				anAction({ id: 'qpv', titre: 'Clauses d’insertion', quartiers: ['Tous les QPV'] })
			],
			documents: [aDocument({ plan: 'pcaet', titre: 'PCAET d’Aubrelle' })]
		},
		ref
	),
	synonymsOf(ref)
);
const found = (q: string) => search([index, common], q).groupes.flatMap((g) => g.hits.map((h) => h.entry.id));
const first = (q: string) => found(q)[0];

describe('chercher', () => {
	it.each([
		['sans accents ni majuscules', 'RENOVATION ecole', 'ecole'],
		['au pluriel, avec des mots-outils', 'les rénovations des écoles', 'ecole'],
		['avec les premières lettres du dernier mot', 'rénovation éner', 'ecole'],
		['avec une lettre fausse', 'renovaton ecole', 'ecole'],
		['par le code d’un quartier', 'qnzzz02f', 'QNZZZ02F'],
		['par le nom d’un quartier, sans trait d’union', 'hauts prés', 'QNZZZ01F'],
		['par le nom d’une commune', 'vermoy', 'ZZ002'],
		['par le sigle, ce qui est écrit en toutes lettres', 'zfe', 'zfe'],
		['en toutes lettres, ce qui est écrit par le sigle', 'tous les quartiers prioritaires clauses', 'qpv'],
		['par l’identifiant d’une règle', 'G09', 'G09'],
		['par le code d’un enjeu', 't05', 'T05'],
		['par le nom d’un dispositif', 'fonds vert', 'fonds-vert']
	])('%s : « %s »', (_how, q, id) => {
		expect(found(q).slice(0, 6)).toContain(id);
	});

	it('met un titre avant un texte, et un nom entier avant tout', () => {
		const actions = search([index], 'école').groupes.find((g) => g.genre === 'action')!;
		expect(actions.hits.map((h) => h.entry.id)).toEqual(['ecole', 'atelier']);
		expect(first('la gare')).toBe('QNZZZ02F');
	});

	it('dit quand aucun objet ne tient tous les mots, et ce qu’il a lu à la place d’un mot', () => {
		const answer = search([index], 'école trampoline');
		expect(answer.partiel).toBe(true);
		expect(answer.groupes[0]!.hits[0]!.entry.id).toBe('ecole');
		expect(search([index], 'renovaton').corriges).toEqual([{ ecrit: 'renovaton', lu: 'renovation' }]);
	});

	it('ne trouve rien là où il n’y a rien', () => {
		for (const q of ['', '   ', '?!', 'xyzzyx']) expect(search([index, common], q).total, q).toBe(0);
	});

	it('garde quelques réponses par genre, et dit combien il y en a', () => {
		const [group] = search([common], 'fonds vert', { genre: 'mesure', parGenre: 2 }).groupes;
		expect(group!.hits).toHaveLength(2);
		expect(group!.total).toBeGreaterThan(2);
		expect(search([common], 'fonds vert', { genre: 'mesure' }).groupes).toHaveLength(1);
	});

	it('marque les mots qui répondent, par leur racine, leur début ou leur autre nom', () => {
		const marks = (q: string, text: string) =>
			markWords(text, search([index, common], q).marques).filter((_piece, i) => i % 2);
		expect(marks('ecoles renov', 'Rénovation de l’école Jules-Verne')).toEqual(['Rénovation', 'école']);
		expect(marks('qpv', 'Dans les quartiers prioritaires')).toEqual(['quartiers', 'prioritaires']);
		expect(markWords('Sans rien', search([index], 'école').marques)).toEqual(['Sans rien']);
	});
});
