import { describe, expect, test } from 'vitest';
import { alikeQuartiers } from '../../src/lib/domain/crossing/alike-quartiers';
import type { Coverage } from '../../src/lib/domain/crossing/coverage';
import type { Matrix } from '../../src/lib/domain/crossing/matrix';
import { neighbours } from '../../src/lib/domain/pages/alike-words';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const ref = loadReferentiel();
const CODES = ref.enjeux.croises.map((x) => x.code);
type Answer = readonly [Coverage, ...string[]];
const SAME: Answer = ['structurante', 'a', 'b'];

/** Crossings answered the same everywhere, but those written apart for a quartier. */
function matrix(quartiers: Readonly<Record<string, Readonly<Record<string, Answer>>>>): Matrix {
	return {
		rows: { id: 'enjeu-croise', keys: CODES.map((code) => ({ code, libelle: code })) },
		columns: { id: 'quartier', keys: Object.keys(quartiers).map((code) => ({ code, libelle: code })) },
		cells: CODES.map((code) =>
			Object.values(quartiers).map((own) => {
				const [coverage, ...actions] = own[code] ?? own['*'] ?? SAME;
				return { coverage, actions };
			})
		)
	} as unknown as Matrix;
}

const told = (croises: Matrix, read: string) => {
	const at = croises.columns.keys.findIndex((c) => c.code === read);
	const view = {
		voisins: croises.columns.keys.map(({ code }) => ({ code, nom: `le quartier ${code}` })),
		pareils: alikeQuartiers(croises, at),
		summary: { quartier: { code: read } },
		croises: CODES.map((code) => ({ code }))
	};
	return neighbours(view as never, ref);
};

describe('deux quartiers qui ont presque les mêmes réponses', () => {
	test('le disent, et nomment ce qui diffère', () => {
		const [other] = told(matrix({ A: {}, B: { X05: ['aucune'], X11: ['structurante', 'a'] } }), 'A');
		expect(other!.pareil).toBe(
			`même situation, avec les mêmes actions, pour 18 croisements sur 20\u202f; diffèrent\u00a0: écoles rénovées et alimentation saine`
		);
	});

	test('gardent aux sigles leurs capitales', () => {
		const sigle = ref.enjeux.croises.find((x) => x.court.startsWith('ESS'))!;
		expect(told(matrix({ A: {}, B: { [sigle.code]: ['aucune'] } }), 'A')[0]!.pareil).toContain(
			`diffère\u00a0: ${sigle.court}`
		);
	});

	test('sans aucune différence, le disent aussi', () => {
		expect(told(matrix({ A: {}, B: {} }), 'A')[0]!.pareil).toBe(
			'même situation, avec les mêmes actions, pour les 20\u00a0croisements'
		);
	});

	test('le plus proche vient en tête ; celui qui diffère davantage ne dit rien', () => {
		const far = Object.fromEntries(CODES.slice(0, 6).map((code): [string, Answer] => [code, ['aucune']]));
		const list = told(matrix({ LOIN: far, PRES: { X01: ['diffuse', 'c'] }, LU: {}, MEME: {} }), 'LU');
		expect(list.map((v) => v.code)).toEqual(['MEME', 'PRES', 'LOIN']);
		expect(list[2]!.pareil).toBeNull();
	});

	test('la même réponse par une autre action est une autre réponse', () => {
		const [other] = told(matrix({ A: {}, B: { X01: ['structurante', 'a', 'c'] } }), 'A');
		expect(other!.pareil).toContain('19 croisements sur 20');
	});

	test('où rien n’est encore saisi, rien ne se compare', () => {
		const blank = { '*': ['saisie-incomplete'] } as const;
		expect(told(matrix({ A: {}, B: blank }), 'A')[0]!.pareil).toBeNull();
		expect(told(matrix({ A: blank, B: {} }), 'A')[0]!.pareil).toBeNull();
	});
});
