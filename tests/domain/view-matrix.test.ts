import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { DIMENSIONS } from '../../src/lib/domain/crossing/matrix';
import { crossTerritory, type TerritoryRecords } from '../../src/lib/domain/crossing/territory-view';
import { viewMatrix } from '../../src/lib/domain/crossing/view-matrix';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, anAction, aQuartier, aTerritory } from '../fixtures/build';

const ref = loadReferentiel();
const lexicon = compileLexicon(ref);
const A = aQuartier({ code: 'QNZZZ01N', nom: 'Les Essais' });
const B = aQuartier({ code: 'QNZZZ02N', nom: 'Les Épreuves' });

function view(actions: TerritoryRecords['actions']) {
	const records: TerritoryRecords = {
		territory: aTerritory(),
		quartiers: [A, B],
		correspondances: new Map(),
		documents: [
			{ ...aDocument({ id: 1, plan: 'pcaet' }), fichier: 'pcaet.xlsx', importeLe: '2026-11-22' },
			{ ...aDocument({ id: 2 }), fichier: 'contrat.xlsx', importeLe: '2026-11-22' }
		],
		actions,
		decisions: [],
		indicateurs: []
	};
	return crossTerritory(records, ref, lexicon, '2026-11-22').view;
}
const housing = (id: string, quartiers: string[]) =>
	anAction({
		id,
		document: 2,
		titre: 'Réhabiliter les logements sociaux énergivores',
		enjeuxDeclares: ['T01', 'P01'],
		natureDeclaree: 'N1',
		quartiers
	});
const X01 = ref.enjeux.croises.findIndex((x) => x.code === 'X01');

describe('la matrice d’un quartier', () => {
	it('ne compte que les actions qui l’atteignent', () => {
		const v = view([housing('ici', ['Les Essais']), housing('ailleurs', ['Les Épreuves'])]);
		const m = viewMatrix(v, ref, { lignes: 'croises', colonnes: 'plan', quartier: A.code });
		expect(m.totals.all.actions).toEqual(['ici']);
		expect(viewMatrix(v, ref, { lignes: 'croises', colonnes: 'plan', quartier: null }).totals.all.actions).toEqual([
			'ici',
			'ailleurs'
		]);
	});

	it('donne la même réponse que la colonne de ce quartier dans la matrice entière', () => {
		const v = view([housing('a', ['Les Essais']), housing('b', [])]);
		const whole = viewMatrix(v, ref, { lignes: 'croises', colonnes: 'quartier', quartier: null });
		[A, B].forEach((q, i) => {
			const one = viewMatrix(v, ref, { lignes: 'croises', colonnes: 'quartier', quartier: q.code });
			expect(one.cells.map((row) => row[0])).toEqual(whole.cells.map((row) => row[i]));
		});
	});

	it('une action au lieu inconnu n’est dans aucune case, mais empêche de dire « aucune réponse »', () => {
		// One action per plan, so that « aucune » may be concluded at all.
		const elsewhere = [
			housing('ailleurs', ['Les Épreuves']),
			anAction({ id: 'p', document: 1, plan: 'pcaet', titre: 'Composter', quartiers: ['Les Épreuves'] })
		];
		const v = view([housing('quelque-part', []), ...elsewhere]);
		expect(v.actions[0]!.reach.map((r) => r.niveau)).toEqual(['inconnu', 'inconnu']);
		for (const colonnes of ['quartier', 'nature'] as const) {
			const m = viewMatrix(v, ref, { lignes: 'croises', colonnes, quartier: A.code });
			expect(m.totals.all.actions).toEqual([]);
			expect(m.cells[X01]![0]).toMatchObject({ actions: [], coverage: 'saisie-incomplete' });
		}
		const sure = viewMatrix(view(elsewhere), ref, { lignes: 'croises', colonnes: 'quartier', quartier: A.code });
		expect(sure.cells[X01]![0]!.coverage).toBe('aucune');
	});

	it('est un rectangle pour toute paire de dimensions', () => {
		const v = view([housing('a', ['Les Essais'])]);
		for (const lignes of DIMENSIONS)
			for (const colonnes of DIMENSIONS) {
				const m = viewMatrix(v, ref, { lignes, colonnes, quartier: A.code });
				expect(m.cells).toHaveLength(m.rows.keys.length);
				for (const row of m.cells) expect(row).toHaveLength(m.columns.keys.length);
			}
	});
});
