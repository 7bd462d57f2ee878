import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActionDraft } from '../../src/lib/domain/action';
import { answered } from '../../src/lib/domain/import/change-lines';
import { rowKeys } from '../../src/lib/domain/import/line-decisions';
import { proposeNear } from '../../src/lib/domain/import/near-match';
import { downloadHeaders } from '../../src/lib/server/files/download';
import { anAction } from '../fixtures/build';

function aDraft(said: Partial<ActionDraft>): ActionDraft {
	const { id: _i, document: _d, plan: _p, disparue: _x, ...draft } = anAction(said);
	return draft;
}
const pairs = (rows: Partial<ActionDraft>[], actions: Partial<ActionDraft>[]) =>
	proposeNear(rows.map(aDraft), actions.map(aDraft)).map(({ row, action }) => [row, action]);

const OTHERS = [
	'Planter des haies',
	'Former les gardiens',
	'Étudier le réseau de chaleur',
	'Tracer une piste cyclable'
];

describe('une action reformulée est proposée', () => {
	test.each([
		['Rénovation énergétique du groupe scolaire Voltaire', 'Rénover le groupe scolaire Voltaire'],
		['Création d’une maison de santé en centre-bourg', 'Créer une maison de santé au centre bourg'],
		['Mettre en place un composteur collectif aux Tilleuls', 'Composteurs collectifs des Tilleuls']
	])('« %s » et « %s »', (now, before) => {
		const actions = [...OTHERS, before].map((titre) => ({ titre }));
		expect(pairs([{ titre: now }], actions)).toEqual([[0, 4]]);
	});

	test('deux actions qui n’ont en commun que des mots de tous les jours ne le sont pas', () => {
		expect(
			pairs(
				[{ titre: 'Créer une crèche à Meurval' }],
				[{ titre: 'Créer une piste cyclable' }, { titre: 'Créer un lac' }]
			)
		).toEqual([]);
	});

	test('le porteur, l’axe et le montant départagent deux titres voisins', () => {
		const titre = 'Réhabiliter les logements de la résidence';
		expect(
			pairs(
				[{ titre: `${titre} Nord`, porteur: 'Bailleur des Prés', axe: 'Habiter' }],
				[
					{ titre: `${titre} Sud`, porteur: 'Commune', axe: 'Bouger' },
					{ titre: `${titre} Est`, porteur: 'Bailleur des Prés', axe: 'Habiter' }
				]
			)
		).toEqual([[0, 1]]);
	});

	test('chaque ligne et chaque action au plus une fois, toujours dans le même ordre', () => {
		const list = fc.array(
			fc.constantFrom('Isoler l’école', 'Isoler les écoles', 'Isoler le gymnase', 'École à isoler'),
			{
				maxLength: 8
			}
		);
		fc.assert(
			fc.property(list, list, (now, before) => {
				const [rows, actions] = [now.map((titre) => aDraft({ titre })), before.map((titre) => aDraft({ titre }))];
				const found = proposeNear(rows, actions);
				expect(new Set(found.map((p) => p.row)).size).toBe(found.length);
				expect(new Set(found.map((p) => p.action)).size).toBe(found.length);
				expect(proposeNear(rows, actions)).toEqual(found);
			})
		);
	});
});

test('la clé d’une ligne ne dépend que du fichier, et distingue deux lignes de même numéro', () => {
	expect(
		rowKeys([aDraft({ reference: '8' }), aDraft({ reference: '8' }), aDraft({ reference: null, titre: 'Isoler' })])
	).toEqual(['r:8', 'r:8#2', 't:isoler||']);
});

test('une réponse déplace la ligne et l’action qu’elle concerne ; reprise, tout revient', () => {
	const fresh = { lu: 'ajoutee', proche: 'A1' } as const;
	const known = { lu: 'modifiee', proche: 'A1' } as const;
	const said = (geste: 'rapprocher:A1' | 'separer:A1') => ({ geste, champs: null, effacer: [] });
	expect(answered(fresh, said('rapprocher:A1'))).toEqual({ genre: 'modifiee', autre: 'masquee' });
	expect(answered(fresh, undefined)).toEqual({ genre: 'ajoutee', autre: 'disparue' });
	expect(answered(known, said('separer:A1'))).toEqual({ genre: 'ajoutee', autre: 'disparue' });
	expect(answered(known, undefined)).toEqual({ genre: 'modifiee', autre: 'masquee' });
});

test('le fichier d’origine se télécharge sous son nom, sans rien qui en sorte', () => {
	expect(downloadHeaders('Plan été 2026.xlsx')).toMatchObject({
		'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		'content-disposition': `attachment; filename="Plan ete 2026.xlsx"; filename*=UTF-8''Plan%20%C3%A9t%C3%A9%202026.xlsx`,
		'x-content-type-options': 'nosniff'
	});
	const hostile = downloadHeaders('../a"\r\nset-cookie: x=1.html');
	expect(hostile['content-disposition']).not.toMatch(/[\r\n/\\]|"a/);
	expect(hostile['content-type']).toBe('application/octet-stream');
});
