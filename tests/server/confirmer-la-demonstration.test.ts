import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { suggestionPage } from '../../src/lib/domain/pages/suggestion-page';
import { printOf } from '../../src/lib/domain/rules/gap-decisions';
import { decideSuggestions, readSuggestions, undoGesture } from '../../src/lib/server/confirm-suggestions';
import { correctAction } from '../../src/lib/server/decide';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { signCrossing } from '../../src/lib/server/sign-crossings';

/* The whole demonstration, confirmed by each of its doors: one by one, in bulk, by signing. */

const ref = loadReferentiel();
const ASOF = '2026-11-22';
const DEMO = 'ZZ0000001';
const signed = { territoire: DEMO, par: 'Camille', motif: '', le: ASOF };

describe('confirmer la démonstration', () => {
	let db: Db;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
	}, 60_000);
	afterAll(() => db.destroy());

	const shown = async () => {
		const { placed, view } = (await crossedTerritory(db, ref, DEMO, ASOF))!;
		return {
			croisements: placed.map((p) => [p.action.titre, p.croises]),
			cases: [view.croises, view.grille].map((m) => m.cells.map((row) => row.map((c) => [c.actions, c.coverage]))),
			// What a gap set aside is recognised by: were it to change, the gap would come back.
			lacunes: view.gaps.map((g) => [g.id, g.message, ...printOf(g)])
		};
	};
	const proposed = async () => (await readSuggestions(db, ref, DEMO, ASOF))!.suggestions;
	const confirm = async (ids: readonly string[]) => {
		const gestes = ids.map((id) => ({ id, geste: 'confirmer' as const }));
		const done = await decideSuggestions(db, ref, { ...signed, gestes }, ASOF);
		if (isRefusal(done)) throw new Error(done.refus);
		return done;
	};

	it('toutes les évidentes d’un geste, ou une seule : matrice et lacunes restent, mot pour mot', async () => {
		const before = await shown();
		const sure = (await proposed()).filter((s) => s.confiance === 'evidente');
		expect(sure.length).toBeGreaterThan(300);
		const { lot, nombre } = await confirm(sure.map((s) => s.id));
		expect(nombre).toBe(sure.length);
		expect(await shown()).toEqual(before);
		await undoGesture(db, { ...signed, lot });
		await undoGesture(db, { ...signed, lot: (await confirm([sure[0]!.id])).lot });
		expect(await shown()).toEqual(before);
	}, 60_000);

	it('signer un croisement ne le change pas', async () => {
		const before = await shown();
		const { view } = (await crossedTerritory(db, ref, DEMO, ASOF))!;
		const asked = { ...signed, quartier: view.quartiers[0]!.quartier.code as string, croise: 'X01' };
		expect(isRefusal(await signCrossing(db, ref, { ...asked, role: 'transition' }, ASOF))).toBe(false);
		expect(await shown()).toEqual(before);
	}, 60_000);

	it('corriger un enjeu laisse les autres dire ce que leurs mots disaient', async () => {
		const { placed } = (await crossedTerritory(db, ref, DEMO, ASOF))!;
		// Two enjeux of transition, read, one of which its words keep out of its crossing.
		const codes = new Map(ref.enjeux.croises.map((x) => [x.code, x.transition]));
		const held = (p: (typeof placed)[number]) => new Set(p.croises.map((x) => codes.get(x.code)));
		const one = placed.find(
			(p) =>
				p.ville.length === 0 &&
				p.transition.some((t) => ['T04', 'T05'].includes(t.code) && !held(p).has(t.code)) &&
				p.transition.every((t) => t.par === 'lexique')
		)!;
		const kept = one.transition.find((t) => ['T04', 'T05'].includes(t.code) && !held(one).has(t.code))!.code;
		const { quartier, niveau } = one.reach[0]!;
		const asked = { ...signed, action: one.action.id, quartier, niveau, nature: one.nature?.code ?? '' };
		await correctAction(db, ref, { ...asked, motif: 'Relu', enjeux: [kept, 'T14'] }, ASOF);
		const after = (await crossedTerritory(db, ref, DEMO, ASOF))!.placed.find((p) => p.action.id === one.action.id)!;
		expect(after.transition.map((t) => t.code).sort()).toEqual([kept, 'T14'].sort());
		expect(after.croises.filter((x) => codes.get(x.code) === kept)).toEqual([]);
	}, 60_000);

	it('le résumé ne compte que ce qui est là, chaque mot à son nombre', async () => {
		const { crossed, suggestions } = (await readSuggestions(db, ref, DEMO, ASOF))!;
		const every = { plan: null, quartier: null, enjeu: null, confiance: null, genre: null } as const;
		const resume = (filter: { readonly confiance?: 'fragile' }) =>
			suggestionPage({ suggestions, placed: crossed.placed }, { ...every, ...filter }, 1, ref).resume.replace(
				/\s/g,
				' '
			);
		expect(resume({ confiance: 'fragile' })).toMatch(/^\d+ fragiles$/);
		expect(resume({})).toMatch(/^\d+ évidentes, \d+ solides, \d+ fragiles$/);
	}, 60_000);
});
