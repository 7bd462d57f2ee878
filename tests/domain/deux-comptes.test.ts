import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { crossTerritory } from '../../src/lib/domain/crossing/territory-view';
import { FIRST_VIEW } from '../../src/lib/domain/pages/matrix-address';
import { matrixPage } from '../../src/lib/domain/pages/matrix-page';
import { headLetters, lettersFor, narrowLetters } from '../../src/lib/domain/pages/name-lines';
import { territoryPage } from '../../src/lib/domain/pages/page-model';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, anAction, aQuartier, aTerritory } from '../fixtures/build';

const ref = loadReferentiel();
const lexicon = compileLexicon(ref);

function page(actions: Parameters<typeof anAction>[0][]) {
	const documents = (['pcaet', 'plh'] as const).map((plan, i) => ({
		...aDocument({ id: i + 1, plan }),
		fichier: `${plan}.xlsx`,
		importeLe: '2026-11-22'
	}));
	const { view } = crossTerritory(
		{
			territory: aTerritory(),
			quartiers: [aQuartier({ code: 'QNZZZ01N', nom: 'Les Essais' })],
			correspondances: new Map(),
			documents,
			actions: actions.map((change, i) =>
				anAction({ id: `a${i}`, plan: 'pcaet', document: 1, natureDeclaree: 'N1', ...change })
			),
			decisions: [],
			indicateurs: []
		},
		ref,
		lexicon,
		'2026-11-22'
	);
	return matrixPage(view, ref, FIRST_VIEW, territoryPage(view, ref));
}
const figures = ({ recit, grille }: ReturnType<typeof page>) => {
	const at = (list: readonly { code: string }[], code: string) => list.findIndex((k) => k.code === code);
	return {
		table: recit!.totals.rows[at(recit!.rows, 'X01')]!.n,
		grille: grille!.cells[at(grille!.rows, 'T01')]![at(grille!.columns, 'P01')]!.n
	};
};

describe('le tableau des croisements et la grille', () => {
	const whole = {
		titre: 'Réhabiliter les logements sociaux',
		enjeuxDeclares: ['T01', 'P01'],
		quartiers: ['Les Essais']
	};
	const half = { titre: 'Un programme', enjeuxDeclares: ['T01'], quartiers: [], echelle: 'epci' as const };

	it('comptent pareil une action qui porte les deux enjeux dans un quartier, et ne disent alors rien', () => {
		const one = page([whole]);
		expect(figures(one)).toEqual({ table: 1, grille: 1 });
		expect(one.deuxComptes).toBeNull();
	});

	it('disent pourquoi le tableau compte davantage : l’enjeu de transition seul y est une réponse diffuse', () => {
		const two = page([whole, half, { ...half, titre: 'Un autre programme' }]);
		expect(figures(two)).toEqual({ table: 3, grille: 1 });
		expect(two.deuxComptes).toBe(
			'2\u00a0actions disent leur enjeu de transition sans enjeu de politique de la ville\u00a0: le tableau des 20 croisements les compte, en réponse diffuse\u202f; la grille, non.'
		);
	});
});

describe('le nom d’un quartier en tête de colonne', () => {
	it('tient entier sur ses lignes, coupé entre deux mots seulement', () => {
		const name = 'Zone Intercommunale Faubourg De Cambrai - La Briquette';
		expect(lettersFor(name, 2)).toBe('Zone Intercommunale Faubourg'.length);
		expect(lettersFor('Le Trieu', 2)).toBe('Trieu'.length);
		expect(headLetters(['Le Trieu', name])).toBe(lettersFor(name, 3));
	});

	it('reste entier où la colonne est étroite : deux lignes, aussi longues qu’il faut', () => {
		const [zone, liévin] = [
			'Zone Intercommunale Faubourg De Cambrai - La Briquette',
			'Les Hauts De Liévin - Résidence Des Provinces - Cités 9-9bis'
		];
		expect(narrowLetters([zone, liévin, 'Le Trieu'])).toBe(Math.max(lettersFor(zone, 2), lettersFor(liévin, 2)));
		expect(narrowLetters(['Le Trieu'])).toBe(12);
	});
});
