import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify, compileLexicon } from '../../src/lib/domain/crossing/classify';
import { findHits } from '../../src/lib/domain/crossing/lexicon';
import { readText } from '../../src/lib/domain/crossing/tokens';
import { weigh } from '../../src/lib/domain/crossing/weigh';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* A description adds to what a title says; it takes nothing from it, unless it pleads against. */

const ref = loadReferentiel();
const lexicon = compileLexicon(ref);
const transitionOf = (titre: string, description: string | null = null) =>
	classify({ titre, description }, lexicon).transition.map((t) => t.code);

describe('un titre et sa description', () => {
	it('« Ateliers et défi énergie » n’ôte rien à une campagne sur les éco-gestes', () => {
		const titre = 'Campagne de sensibilisation aux éco-gestes';
		expect(transitionOf(titre)).toEqual(['T03', 'T13']);
		expect(transitionOf(titre, 'Ateliers et défi énergie')).toEqual(['T03', 'T13']);
	});

	const words = [...new Set(ref.lexique.entrees.flatMap((e) => Object.keys(e.mots)))].filter((w) => !/^[=^]|:/.test(w));
	const phrase = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((list) => list.join(', '));

	/** What pleads against a code in the whole, beyond what the title itself says. */
	function pleaded(titre: string, description: string, axe: string | null): (code: string) => boolean {
		const hits = (text: string | null) => (text === null ? [] : findHits(readText(text), lexicon));
		const alone = weigh(hits(titre), [], [], undefined, lexicon);
		const both = weigh(hits(titre), hits(description), hits(axe), undefined, lexicon);
		const against = (scales: typeof both, code: string) => scales[lexicon.codeAt.get(code)!]?.against ?? 0;
		return (code) => against(both, code) < against(alone, code);
	}

	it('ce que dit le titre seul, le titre et sa description le disent, le même en premier, sauf ce qu’elle contredit', () => {
		fc.assert(
			fc.property(phrase, phrase, fc.option(phrase), (titre, description, axe) => {
				const contradicted = pleaded(titre, description, axe);
				const [alone, both] = [classify({ titre }, lexicon), classify({ titre, description, axe }, lexicon)];
				for (const world of ['transition', 'ville'] as const) {
					// What is only guessed from labelled titles is not said by this one.
					const own = alone[world].filter((t) => t.par === 'lexique').map((t) => t.code);
					const found = both[world].map((t) => t.code);
					expect(found).toEqual(expect.arrayContaining(own.filter((code) => !contradicted(code))));
					if (own[0] !== undefined && !contradicted(own[0])) expect(found[0]).toBe(own[0]);
				}
			}),
			{ numRuns: 1_000 }
		);
	});
});
