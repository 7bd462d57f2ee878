import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { DIMENSIONS } from '../../src/lib/domain/crossing/matrix';
import { outsideWords } from '../../src/lib/domain/crossing/outside-grid';
import { crossTerritory, type TerritoryRecords } from '../../src/lib/domain/crossing/territory-view';
import { outsideMatrix, viewMatrix } from '../../src/lib/domain/crossing/view-matrix';
import { caseActions } from '../../src/lib/domain/pages/case-actions';
import { figureAddress, OUTSIDE } from '../../src/lib/domain/pages/figure-address';
import { matrixPage } from '../../src/lib/domain/pages/matrix-page';
import { readQuery } from '../../src/lib/domain/pages/matrix-query';
import { territoryPage } from '../../src/lib/domain/pages/page-model';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, anAction, aQuartier, aTerritory } from '../fixtures/build';

/* A grid holds only what says both of its axes: what it cannot hold is counted beside it, with why. */

const ref = loadReferentiel();
const lexicon = compileLexicon(ref);
const QUARTIER = aQuartier({ code: 'QNZZZ01N', nom: 'Les Essais' });
const documents = [
	{ ...aDocument({ id: 1, plan: 'pcaet' }), fichier: 'pcaet.xlsx', importeLe: '2026-11-22' },
	{ ...aDocument({ id: 2 }), fichier: 'contrat.xlsx', importeLe: '2026-11-22' }
];
const viewOf = (actions: TerritoryRecords['actions']) =>
	crossTerritory(
		{
			...{ territory: aTerritory(), quartiers: [QUARTIER], correspondances: new Map(), documents, actions },
			...{ decisions: [], indicateurs: [] }
		},
		ref,
		lexicon,
		'2026-11-22'
	).view;
const one = (id: string, said: { enjeux?: string[]; nature?: string; statut?: 'abandonne' } = {}) =>
	anAction({
		id,
		document: 2,
		titre: `Dossier ${id}`,
		enjeuxDeclares: said.enjeux ?? [],
		natureDeclaree: (said.nature ?? null) as never,
		statut: said.statut ?? null
	});
const flat = (text: string | null) => (text ?? '').replace(/\s/g, ' ');
const planNature = { lignes: 'plan', colonnes: 'nature', quartier: null } as const;

describe('hors grille', () => {
	it('une action avec un enjeu et sans nature n’est pas dans plan × nature : elle est comptée à côté, avec pourquoi', () => {
		const v = viewOf([one('a', { enjeux: ['T01'] }), one('b', { nature: 'N1' }), one('c', { statut: 'abandonne' })]);
		const out = outsideMatrix(v, ref, planNature);
		expect(out).toMatchObject({ actions: ['a'], sur: 2, raisons: [{ dit: 'de nature inconnue', actions: ['a'] }] });
		expect(flat(outsideWords(out))).toBe(
			'1 action sur 2 (hors 1 abandonnée) est hors de cette grille : de nature inconnue.'
		);
	});

	it('plusieurs raisons se comptent, la plus fréquente d’abord ; rien hors grille ne se dit pas', () => {
		const v = viewOf([one('a'), one('b', { enjeux: ['T01'] }), one('c', { enjeux: ['T01'] })]);
		const out = outsideMatrix(v, ref, { lignes: 'transition', colonnes: 'nature', quartier: null });
		expect(flat(outsideWords(out))).toBe(
			'3 actions sur 3 sont hors de cette grille : 2 de nature inconnue et 1 sans enjeu de transition et de nature inconnue.'
		);
		expect(outsideWords(outsideMatrix(viewOf([one('a', { nature: 'N1' })]), ref, planNature))).toBeNull();
	});

	it('dans la grille ou hors d’elle : chaque action active, une fois, quelles que soient les dimensions', () => {
		const some = fc.record({
			enjeux: fc.subarray(['T01', 'P01', 'T06']),
			nature: fc.constantFrom(undefined, 'N1', 'N3'),
			statut: fc.constantFrom(undefined, 'abandonne' as const)
		});
		const axis = fc.constantFrom(...DIMENSIONS);
		fc.assert(
			fc.property(fc.array(some, { maxLength: 8 }), axis, axis, (actions, lignes, colonnes) => {
				const v = viewOf(actions.map((a, i) => one(`a${i}`, a as never)));
				const choice = { lignes, colonnes, quartier: null };
				const inside = viewMatrix(v, ref, choice).totals.all.actions;
				const out = outsideMatrix(v, ref, choice);
				const active = actions.flatMap((a, i) => (a.statut ? [] : [`a${i}`]));
				expect([...inside, ...out.actions].sort()).toEqual(active.sort());
				expect(out.sur).toBe(active.length);
				expect(out.raisons.flatMap((r) => r.actions).sort()).toEqual([...out.actions].sort());
			}),
			{ numRuns: 60, seed: 2026 }
		);
	});

	it('la page dit le nombre, et son lien ouvre ces actions-là', () => {
		const v = viewOf([one('a', { enjeux: ['T01'] }), one('b', { nature: 'N1' })]);
		const query = readQuery(new URLSearchParams('lignes=plan&colonnes=nature'), {
			quartiers: [QUARTIER.code],
			...{ ref, documents }
		});
		const page = matrixPage(v, ref, query, territoryPage(v, ref));
		expect(flat(page.hors!.dit)).toBe('1 action sur 2 est hors de cette grille : de nature inconnue.');
		expect(page.hors!.figure).toBe(figureAddress(OUTSIDE, query));
		expect([...caseActions(v, ref, page.hors!.figure)!.actions]).toEqual(['a']);
	});
});
