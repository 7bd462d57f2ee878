import { readFileSync } from 'node:fs';
import type { ComponentProps } from 'svelte';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import LacunesPapier from '../../src/routes/territoires/[code]/[qpv]/LacunesPapier.svelte';
import GapTable from '../../src/lib/ui/GapTable.svelte';

/* Gaps on a sheet of paper: nothing to press, and no row cut in two. */

const read = (path: string): string => readFileSync(new URL(`../../src/${path}`, import.meta.url), 'utf8');
const gap = (id: string) => ({
	...{ id, regle: 'G07', enjeu: null, quartier: null, gravite: 'moyenne', reponse: 'alerte' },
	...{
		message: `Aucun point d’étape pour ${id}.`,
		aFaire: 'En fixer un.',
		ecartee: null,
		preuves: { actions: [], faits: [] }
	}
});
const sheet = (n: number): string =>
	render(LacunesPapier, {
		props: {
			gaps: Array.from({ length: n }, (_, i) => gap(`a${i}`)),
			regles: { G07: 'Aucun jalon' }
		} as unknown as ComponentProps<typeof LacunesPapier>
	}).body;
const rows = (html: string): string[] => [...html.matchAll(/<tr[ >][^]*?<\/tr>/g)].map((m) => m[0]).slice(1);

describe('les lacunes sur papier', () => {
	it('une ligne reste sur sa feuille ; seule une longue série se coupe, entre deux lacunes', () => {
		expect(read('lib/ui/print.css')).toMatch(/\ttr,\n\tli \{\n\t\tbreak-inside: avoid;/);
		const css = read('routes/territoires/[code]/[qpv]/LacunesPapier.svelte');
		expect([...css.matchAll(/([^\s{]+) \{\s*break-inside: auto/g)].map((m) => m[1])).toEqual(['.longue']);
		expect(rows(sheet(2)).filter((row) => /<tr class="[^"]*\blongue\b/.test(row))).toEqual([]);
		const [long, ...others] = rows(sheet(9));
		expect(others).toEqual([]);
		expect(long).toMatch(/^<tr class="[^"]*\blongue\b/);
	});

	it('le lien qui mène à la lacune ne s’imprime pas', () => {
		const html = render(GapTable, {
			props: {
				groupes: [{ ...gap('a'), gaps: [gap('a')], faits: [], autresFaits: 0, ou: null }],
				...{ regles: { G07: 'Aucun jalon' }, enjeux: {}, quartiers: [], decider: true },
				...{ quartierHref: () => '#', regleHref: () => '#', lireHref: () => '#' }
			} as unknown as ComponentProps<typeof GapTable>
		}).body;
		expect(/<a class="([^"]*)"[^>]*>Lire la lacune et décider/.exec(html)?.[1]).toContain('no-print');
		expect(read('lib/ui/print.css')).toMatch(/\.no-print,[^}]*display: none !important/);
	});
});
