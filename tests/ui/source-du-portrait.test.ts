import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import IndicatorPortrait from '../../src/lib/ui/IndicatorPortrait.svelte';
import { originBeside, sharedOrigin } from '../../src/lib/domain/indicator-origin';
import type { IndicatorReading } from '../../src/lib/domain/indicator';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* The origin that lines of a portrait share is said once; a line of another origin keeps its own. */

const { indicateurs: defs } = loadReferentiel().indicateurs;
const line = (at: number, part: Partial<IndicatorReading> = {}): IndicatorReading => ({
	...{ def: defs[at]!, valeur: 12, source: 'ANCT', millesime: null, reference: null },
	...part
});
const BESIDE = { libelle: 'la CA', valeur: 15, millesime: null, source: 'ANCT' };
const ELSEWHERE = { source: 'Insee', millesime: '2021' };
const lines = (...indicateurs: IndicatorReading[]) => {
	const { body } = render(IndicatorPortrait, { props: { indicateurs, nom: 'Les Essais' } });
	const said = (html: string) =>
		html
			.replace(/<!--.*?-->|<[^>]*>/g, ' ')
			.replace(/\s+/g, ' ')
			.trim();
	return { tout: said(body), pied: said(/<p class="commune[^]*?<\/p>/.exec(body)?.[0] ?? '') };
};
const times = (text: string, words: string) => text.split(words).length - 1;

describe('la source des lignes d’un portrait', () => {
	it('se dit une seule fois quand toutes ont la même, comparées ou non', () => {
		const { tout, pied } = lines(line(0), line(1), line(2, { reference: BESIDE }));
		expect(pied).toBe('Source de toutes ces lignes : ANCT, millésime non indiqué');
		expect(times(tout, 'millésime non indiqué')).toBe(1);
	});

	it('reste sur la ligne qui en a une autre, et le pied ne parle plus de toutes', () => {
		for (const reference of [null, BESIDE]) {
			const { tout, pied } = lines(line(0), line(1), line(2, { ...ELSEWHERE, reference }));
			expect(pied).toBe('Source des lignes qui n’en nomment pas d’autre : ANCT, millésime non indiqué');
			expect(times(tout, 'Insee, millésime 2021')).toBe(1);
			expect(tout.indexOf('Insee, millésime 2021')).toBeGreaterThan(tout.indexOf(defs[2]!.libelle));
		}
	});

	it('reste sur chaque ligne quand aucune n’est partagée', () => {
		const { tout, pied } = lines(line(0), line(1, ELSEWHERE));
		expect(pied).toBe('');
		expect([times(tout, 'ANCT, millésime non indiqué'), times(tout, 'Insee, millésime 2021')]).toEqual([1, 1]);
	});

	it('ne compte pas une ligne sans valeur, qui n’a pas de source', () => {
		const blank = line(2, { valeur: null, source: null, reference: BESIDE });
		expect(sharedOrigin([line(0), line(1), blank])!.origine).toBe('ANCT, millésime non indiqué');
		expect(lines(line(0), line(1), blank).tout).toContain('à importer');
		expect(sharedOrigin([line(0), blank])).toBeNull();
	});

	it('laisse le chiffre du haut taire le millésime inconnu, si une ligne du portrait le dit', () => {
		const said = 'ANCT, millésime non indiqué';
		expect(originBeside(said, [line(0)])).toBe('ANCT');
		expect(originBeside(said, [line(0, ELSEWHERE)])).toBe(said);
		expect(originBeside(said, [line(0, { valeur: null })])).toBe(said);
		expect(originBeside('Insee, millésime 2021', [line(0, ELSEWHERE)])).toBe('Insee, millésime 2021');
	});
});
