import { describe, expect, it } from 'vitest';
import { CDV, find, here, PCAET, view } from '../fixtures/gaps';

/* What a file has no column for, or that nobody loaded, is asked once: no alert per action. */

describe('G07, un plan sans colonne d’étapes', () => {
	const late = (id: string, etapes: string[] = []) =>
		here({ id, etapes, dates: { debut: null, fin: '2033-12-31', texte: null } });
	const g07 = (champs: readonly string[], actions = [late('a'), late('b'), late('c')]) =>
		find('G07', 'sansJalon', view(actions, { documents: [{ ...CDV, champs: champs as never }, PCAET] }));

	it('donne une demande pour le plan, pas une alerte par action', () => {
		const gaps = g07(['titre', 'date_fin']);
		expect(gaps).toMatchObject([{ id: 'G07:doc1:etapes', reponse: 'donnee-manquante' }]);
		expect(gaps[0]!.message).toMatch(
			/sans colonne d’étapes, seule une échéance lointaine est écrite pour «.Action a.», «.Action b.» et «.Action c.»/i
		);
		expect(gaps[0]!.aFaire).toContain('une étape par an');
	});
	it('avec la colonne, ou une étape écrite à la main, l’alerte reste', () => {
		expect(g07(['titre', 'date_fin', 'etapes']).map((g) => g.reponse)).toEqual(['alerte', 'alerte', 'alerte']);
		expect(g07(['titre', 'date_fin'], [late('a', ['2032-06-30'])]).map((g) => g.reponse)).toEqual(['alerte']);
	});
});

describe('G11, sans aucun indicateur', () => {
	it('le demande une fois pour le territoire', () => {
		const [gap, ...others] = find('G11', 'vulnerabiliteSansReponse', view([here({})]));
		expect(others).toEqual([]);
		expect(gap).toMatchObject({ id: 'G11:indicateurs', reponse: 'donnee-manquante', quartier: null });
		expect(gap!.message).toContain('Aucun indicateur n’est chargé');
	});
	it('sans quartier, il n’y a rien à demander', () => {
		expect(find('G11', 'vulnerabiliteSansReponse', view([here({})], { quartiers: [] }))).toEqual([]);
	});
});
