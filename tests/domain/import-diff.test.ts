import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActionDraft, Champ } from '../../src/lib/domain/action';
import { diffActions, type StoredAction } from '../../src/lib/domain/import/import-diff';
import type { FinancingLine } from '../../src/lib/domain/action';
import { mergeDraft } from '../../src/lib/domain/import/draft-merge';
import { keyOf } from '../../src/lib/domain/import/line-decisions';
import { anAction } from '../fixtures/build';

function aDraft(said: Partial<ActionDraft>): ActionDraft {
	const { id: _i, document: _d, plan: _p, disparue: _x, ...draft } = anAction(said);
	return draft;
}

const stored = (drafts: readonly ActionDraft[]): StoredAction[] => {
	const { changes } = diffActions([], drafts, []);
	return changes.map((c, ordre) => ({
		id: `id-${ordre}`,
		cle: c.cle,
		ordre,
		disparue: false,
		contenu: drafts[ordre]!
	}));
};
const champs: Champ[] = ['titre', 'numero', 'porteur', 'cout_investissement', 'financements', 'date_debut', 'date_fin'];
const money = (euros: number) => ({ euros, base: 'HT' as const, max: null });

describe('une nouvelle version du fichier', () => {
	test('le même contenu ne change rien, même si les lignes ont bougé', () => {
		const drafts = [aDraft({ titre: 'Isoler' }), aDraft({ titre: 'Planter' })];
		const moved = [drafts[1]!, { ...drafts[0]!, origine: { fichier: 'b.xlsx', feuille: null, ligne: 99 } }];
		expect(diffActions(stored(drafts), moved, champs).counts).toEqual({
			ajoutees: 0,
			modifiees: 0,
			disparues: 0,
			inchangees: 2,
			videes: 0
		});
	});

	test('ajoutées, modifiées et disparues se comptent à part', () => {
		const before = [aDraft({ titre: 'Isoler', porteur: 'Ville' }), aDraft({ titre: 'Planter' })];
		const after = [aDraft({ titre: 'Isoler', porteur: 'Bailleur' }), aDraft({ titre: 'Rouler' })];
		const { counts, changes } = diffActions(stored(before), after, champs);
		expect(counts).toEqual({ ajoutees: 1, modifiees: 1, disparues: 1, inchangees: 0, videes: 0 });
		expect(changes.find((c) => c.genre === 'modifiee')?.champs).toEqual(['porteur']);
	});

	test('une cellule vidée garde sa valeur et se compte ; une colonne absente ne se compte pas', () => {
		const before = stored([aDraft({ titre: 'Isoler', budget: money(60000), pilote: 'Service habitat' })]);
		const { counts, changes } = diffActions(before, [aDraft({ titre: 'Isoler' })], champs);
		expect(counts).toEqual({ ajoutees: 0, modifiees: 0, disparues: 0, inchangees: 1, videes: 1 });
		expect(changes[0]?.apres).toMatchObject({ budget: { euros: 60000 }, pilote: 'Service habitat' });
		expect(changes[0]?.videes).toEqual(['budget']);
	});

	test('un lieu vidé garde son tracé et se compte, qu’il soit d’une colonne ou de deux', () => {
		const geometrie = { type: 'Point' as const, coordinates: [2.83, 50.42] as [number, number] };
		const [before, after] = [aDraft({ titre: 'Planter', geometrie }), aDraft({ titre: 'Planter' })];
		for (const read of [['geometrie'], ['longitude', 'latitude']] as Champ[][])
			expect(mergeDraft(before, after, read)).toMatchObject({ apres: { geometrie }, videes: ['geometrie'] });
		expect(mergeDraft(before, after, champs).videes).toEqual([]);
	});

	test('un autre porteur ne reprend ni le type ni le SIREN de celui d’avant', () => {
		const before = aDraft({ titre: 'A', porteur: 'Ville', porteurType: 'commune', porteurSiren: '217000000' });
		const { apres, changed, videes } = mergeDraft(before, aDraft({ titre: 'A', porteur: 'Bailleur' }), [
			'porteur',
			'porteur_siren'
		]);
		expect(apres).toMatchObject({ porteur: 'Bailleur', porteurType: null, porteurSiren: null });
		expect(changed.toSorted()).toEqual(['porteur', 'porteurSiren', 'porteurType']);
		expect(videes).toEqual([]);
	});

	test('la base d’un financement se garde ; un montant gardé d’une autre base n’en prend aucune', () => {
		const line = (said: Partial<FinancingLine>): FinancingLine => ({
			...{ libelle: 'Région', dispositif: null, demande: null, obtenu: null, etat: 'demande', genre: 'subvention' },
			...said
		});
		const merged = (before: FinancingLine, after: FinancingLine) =>
			mergeDraft(aDraft({ titre: 'A', financements: [before] }), aDraft({ titre: 'A', financements: [after] }), champs)
				.apres.financements[0]!.base;
		expect(merged(line({ demande: 5, base: 'HT' }), line({ demande: 6, base: 'TTC' }))).toBe('TTC');
		expect(merged(line({ demande: 5, base: 'HT' }), line({}))).toBe('HT');
		expect(merged(line({ demande: 5, base: 'HT' }), line({ obtenu: 4, base: 'HT' }))).toBe('HT');
		expect(merged(line({ demande: 5, base: 'HT' }), line({ obtenu: 4, base: 'TTC' }))).toBeUndefined();
	});

	test('un zéro n’est pas un vide : il remplace', () => {
		const { apres, changed } = mergeDraft(
			aDraft({ titre: 'A', budget: money(60000) }),
			aDraft({ titre: 'A', budget: money(0) }),
			champs
		);
		expect([apres.budget?.euros, changed]).toEqual([0, ['budget']]);
	});

	test('une action renumérotée ou renommée garde son identité', () => {
		const before = stored([aDraft({ reference: '1', titre: 'Isoler' }), aDraft({ reference: '2', titre: 'Planter' })]);
		const after = [
			aDraft({ reference: '1', titre: 'Nouvelle' }),
			aDraft({ reference: '2', titre: 'Isoler' }),
			aDraft({ reference: '3', titre: 'Planter' })
		];
		const shifted = diffActions(before, after, champs);
		expect(shifted.changes.map((c) => c.avant?.id ?? null)).toEqual([null, 'id-0', 'id-1']);
		const renamed = diffActions(
			before,
			[aDraft({ reference: '1', titre: 'Isoler les écoles' }), aDraft({ reference: '2', titre: 'Planter' })],
			champs
		);
		expect(renamed.counts).toMatchObject({ modifiees: 1, inchangees: 1, ajoutees: 0, disparues: 0 });
	});

	test('deux lignes de même référence restent deux actions, dans les deux versions', () => {
		const drafts = [
			aDraft({ reference: '8', titre: 'Isoler' }),
			aDraft({ reference: '8', titre: 'Planter' }),
			aDraft({ reference: '8', titre: 'Planter' })
		];
		const first = stored(drafts);
		expect(new Set(first.map((s) => s.cle)).size).toBe(3);
		expect(diffActions(first, drafts, champs).counts).toMatchObject({ inchangees: 3, ajoutees: 0 });
	});

	test('une action déjà disparue ne disparaît pas deux fois ; si elle revient, elle est modifiée', () => {
		const gone = stored([aDraft({ titre: 'Isoler' })]).map((s) => ({ ...s, disparue: true }));
		expect(diffActions(gone, [], champs).counts.disparues).toBe(0);
		expect(diffActions(gone, [aDraft({ titre: 'Isoler' })], champs).counts).toMatchObject({
			modifiees: 1,
			ajoutees: 0
		});
	});

	test('la case « obtenu » vidée garde le montant obtenu de la ligne', () => {
		const line = {
			libelle: 'Fonds vert',
			dispositif: null,
			demande: 100,
			obtenu: 80,
			etat: 'obtenu' as const,
			genre: 'subvention' as const
		};
		const after = { ...line, demande: 120, obtenu: null, etat: 'demande' as const };
		const { apres } = mergeDraft(
			aDraft({ titre: 'A', financements: [line] }),
			aDraft({ titre: 'A', financements: [after] }),
			champs
		);
		expect(apres.financements).toEqual([{ ...line, demande: 120 }]);
	});

	test('une date de fin vidée reste, le début change', () => {
		const before = aDraft({ titre: 'A', dates: { debut: '2025-01-01', fin: '2026-12-31', texte: null } });
		const after = aDraft({ titre: 'A', dates: { debut: '2025-06-01', fin: null, texte: null } });
		expect(mergeDraft(before, after, champs).apres.dates).toEqual({
			debut: '2025-06-01',
			fin: '2026-12-31',
			texte: null
		});
	});

	test('toute ligne est comptée une fois, et relire le résultat ne change plus rien', () => {
		const draft = fc
			.record({
				reference: fc.option(fc.constantFrom('1', '2', 'A-3'), { nil: null }),
				titre: fc.constantFrom('Isoler', 'Planter', 'Rouler', 'Isoler les écoles'),
				axe: fc.option(fc.constantFrom('Habiter', 'Bouger'), { nil: null }),
				porteur: fc.option(fc.constantFrom('Ville', 'Bailleur'), { nil: null })
			})
			.map(aDraft);
		const list = fc.array(draft, { maxLength: 8 });
		fc.assert(
			fc.property(list, list, (before, after) => {
				const old = stored(before);
				const { counts, changes } = diffActions(old, after, champs);
				expect(counts.ajoutees + counts.modifiees + counts.inchangees).toBe(after.length);
				expect(counts.modifiees + counts.inchangees + counts.disparues).toBe(before.length);
				const next = changes.flatMap((c, i) =>
					c.apres ? [{ id: c.avant?.id ?? `new-${i}`, cle: c.cle, ordre: i, disparue: false, contenu: c.apres }] : []
				);
				expect(new Set(next.map((n) => n.cle)).size).toBe(next.length);
				const again = diffActions(
					next,
					next.map((n) => n.contenu),
					champs
				);
				expect(again.counts).toEqual({ ajoutees: 0, modifiees: 0, disparues: 0, inchangees: next.length, videes: 0 });
			})
		);
	});
});

test('la clé est la référence, sinon le titre sous son axe', () => {
	expect(keyOf(aDraft({ reference: 'A-3', titre: 'X' }))).toBe('r:a 3');
	expect(keyOf(aDraft({ titre: 'Isoler l’École', axe: 'Habiter' }))).toBe('t:isoler l ecole|habiter|');
});
