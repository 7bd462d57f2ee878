import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { bestReach, isActive } from '../../src/lib/domain/crossing/coverage';
import { quartierView } from '../../src/lib/domain/crossing/quartier-view';
import { crossTerritory } from '../../src/lib/domain/crossing/territory-view';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, aLine, anAction, aQuartier, aTerritory, AUBRELLE, SORBAY } from '../fixtures/build';

/* How many actions are only probably for a quartier: one number, at its top and beside its money. */

const ref = loadReferentiel();
const lexicon = compileLexicon(ref);
const ASOF = '2026-11-22';
const QUARTIERS = [
	aQuartier({ code: 'QNZZZ01N', nom: 'Les Essais', communes: [AUBRELLE] }),
	aQuartier({ code: 'QNZZZ02N', nom: 'Le Mail', communes: [SORBAY] }),
	aQuartier({ code: 'QNZZZ03N', nom: 'La Gare', communes: [AUBRELLE, SORBAY] })
];

/** A fixed run of draws, so that what fails once fails again. */
function draws(seed: number): (n: number) => number {
	let state = seed;
	return (n) => {
		state = (state * 48_271) % 2_147_483_647;
		return state % n;
	};
}

function crossed(seed: number) {
	const draw = draws(seed);
	const pick = <T>(of: readonly T[]): T => of[draw(of.length)]!;
	const granted = () =>
		aLine({ dispositif: 'dotations-etat.dpv', etat: 'obtenu', obtenu: pick([0, 1200.5, 90_000]), base: 'HT' });
	const actions = Array.from({ length: draw(12) }, (_, i) =>
		anAction({
			...{ id: `a${i}`, plan: 'pcaet', document: 1, titre: `Action ${i}` },
			communes: pick([[], ['Aubrelle'], ['Sorbay'], ['Aubrelle', 'Sorbay']]),
			quartiers: pick([[], [], ['Les Essais'], ['Le Mail']]),
			statut: pick([null, 'en-cours', 'abandonne']),
			financements: pick([() => [], () => [granted()], () => [granted(), granted()], () => [aLine({ demande: 5 })]])()
		})
	);
	return crossTerritory(
		{
			territory: aTerritory({ communes: [AUBRELLE, SORBAY] }),
			quartiers: QUARTIERS,
			correspondances: new Map(),
			documents: [{ ...aDocument({ id: 1, plan: 'pcaet' }), fichier: 'pcaet.xlsx', importeLe: ASOF }],
			...{ actions, decisions: [], indicateurs: [] }
		},
		ref,
		lexicon,
		ASOF
	);
}

const first = (words: string, pattern: RegExp): number | null => {
	const found = pattern.exec(words.replace(/[\u00a0\u202f]/g, ' '));
	return found ? Number(found[1]) : null;
};

describe('les actions probables d’un quartier', () => {
	it('sont autant en haut de la page qu’à côté de l’argent, et qu’il y en a', () => {
		let said = 0;
		for (let seed = 1; seed <= 15; seed++) {
			const all = crossed(seed);
			for (const { code } of QUARTIERS) {
				const page = quartierPage(
					quartierView(all, code, ref, () => [])!,
					ref
				);
				const there = all.placed.filter((p) => isActive(p) && bestReach(p, [code]) === 'probable');
				const aided = there.filter((p) => p.action.financements.some((f) => (f.obtenu ?? 0) > 0));
				expect(page.argentProbable.actions).toHaveLength(there.length);
				expect(page.obtenus.aConfirmer).toBe(aided.length);
				if (there.length === 0) continue;
				expect(first(page.argentProbable.titre, /^(\d+) actions? probables? ici/)).toBe(there.length);
				if (aided.length === 0) continue;
				said++;
				expect(first(page.obtenus.sans, /sur (\d+) probables? ici/)).toBe(there.length);
				expect(first(page.obtenus.si, /(\d+) actions? probables? ici/)).toBe(there.length);
				if (aided.length < there.length) expect(first(page.obtenus.si, /dont (\d+) aidées?/)).toBe(aided.length);
				else expect(page.obtenus.si).toMatch(/aidée/);
			}
		}
		expect(said).toBeGreaterThan(8);
	});
});
