import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { crossTerritory } from '../../src/lib/domain/crossing/territory-view';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, anAction, aQuartier, aTerritory } from '../fixtures/build';
import { lu } from '../fixtures/lieux';

/* e explicite, p probable, d diffuse, a aucune, i inconnu; Pyramides, Glacis, Parc, Tannebert, Isel. */

describe('une colonne de quartiers dont rien ne connaît les mots', () => {
	it.each([
		'QPV n° 2',
		'Q2',
		'QPV 2',
		'NPNRU',
		'ZUP',
		'secteur NPNRU',
		'Cité des Tilleuls',
		'centre-ville',
		'centre social'
	])('« %s » peut nommer n’importe quel quartier : inconnu, et demandé une fois', (cell) => {
		const { niveaux, questions, preuves } = lu({ quartiers: [cell] });
		expect(niveaux).toBe('iiiii');
		expect(questions).toMatchObject([{ texte: cell }]);
		expect(preuves[0]).toBe(cell);
	});

	it('la commune de la ligne, ou celle de la cellule, en laisse dehors', () => {
		expect(lu({ quartiers: ['NPNRU'], communes: ['Vermoy'] }).niveaux).toBe('aaiii');
		expect(lu({ quartiers: ['ZUP de Vermoy'] }).niveaux).toBe('aaiii');
	});

	it('à côté d’un nom connu, il laisse les autres inconnus ; « tous les QPV » les dit tous', () => {
		expect(lu({ quartiers: ['Les Pyramides', 'ZUP'] }).niveaux).toBe('eiiii');
		expect(lu({ quartiers: ['ZUP', 'tous les QPV'] }).niveaux).toBe('eeeee');
		expect(lu({ quartiers: ['ZUP', 'tous sauf Les Pyramides'] }).niveaux).toBe('aeeee');
	});

	it('le titre qui dit le quartier dit où est ce lieu', () => {
		expect(lu({ titre: 'Jardin au faubourg d’Isel', quartiers: ['Cité des Tilleuls'] }).niveaux).toBe('aaaae');
	});

	it('un lieu connu hors du territoire laisse tous les quartiers dehors, comme une commune sans quartier', () => {
		expect(lu({ quartiers: ['Houvelles'] }).niveaux).toBe('aaaaa');
		expect(lu({ quartiers: ['Les Tilleuls (Houvelles)'] }).niveaux).toBe('aaaaa');
		expect(lu({ quartiers: ['Sorbay'] }).niveaux).toBe('aaaaa');
	});

	it('un mot propre à un quartier ne met en doute que lui', () => {
		expect(lu({ quartiers: ['Tour Tannebert-Nord'] }).niveaux).toBe('aaaia');
		expect(lu({ quartiers: ['Grandes Pyramides du canal'] }).niveaux).toBe('eaaaa');
	});
});

describe('une action au quartier non reconnu n’en fait pas oublier un', () => {
	const quartiers = [
		aQuartier({ code: 'QNZZZ61N', nom: 'Les Lisières' }),
		aQuartier({ code: 'QNZZZ62N', nom: 'Les Vanniers' })
	];
	const ref = loadReferentiel();
	const seen = (cell: string) =>
		crossTerritory(
			{
				...{ territory: aTerritory(), quartiers, correspondances: new Map(), decisions: [], indicateurs: [] },
				documents: [1, 2].map((id) => ({
					...aDocument({ id, plan: id === 1 ? 'contrat-de-ville' : 'plh' }),
					fichier: `${id}.csv`,
					importeLe: '2026-11-22'
				})),
				actions: [
					anAction({ document: 1, plan: 'contrat-de-ville', titre: 'Épicerie solidaire', quartiers: [cell] }),
					anAction({ document: 2, plan: 'plh', titre: 'Observatoire de l’habitat', quartiers: ['Les Lisières'] })
				]
			},
			ref,
			compileLexicon(ref),
			'2026-11-22'
		).view.gaps.filter((g) => g.regle === 'G01' && g.enjeu === 'X11');

	it('« ZUP » sous « Quartier » n’alerte pas que rien n’y répond', () => {
		expect(new Set(seen('ZUP').map((g) => g.reponse))).toEqual(new Set(['donnee-manquante']));
		expect(seen('Les Lisières')).toMatchObject([{ quartier: 'QNZZZ62N', reponse: 'alerte' }]);
	});
});
