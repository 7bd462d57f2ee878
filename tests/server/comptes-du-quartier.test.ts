import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIn } from '../../src/lib/domain/crossing/urgency';
import { sheetOfGaps } from '../../src/lib/domain/pages/gap-sheet';
import { isGrave, isOpenAlert } from '../../src/lib/domain/pages/open-gaps';
import { EVERY_GAP } from '../../src/lib/domain/pages/gap-filter';
import { gapsPage } from '../../src/lib/domain/pages/gaps-page';
import { firstGaps } from '../../src/lib/domain/pages/gaps-shown';
import { territoryPage } from '../../src/lib/domain/pages/page-model';
import { foldTerritory } from '../../src/lib/domain/crossing/region-view';
import { mapMarks } from '../../src/lib/domain/pages/map-model';
import { overlapsFirst } from '../../src/lib/domain/pages/first-screen';
import { overlapPage } from '../../src/lib/domain/pages/overlap-page';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { idsHere, quartiersOf as gapQuartiers } from '../../src/lib/domain/rules/gaps-by-quartier';
import { byId } from '../../src/lib/domain/crossing/place';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readOverlaps, settleOverlap } from '../../src/lib/server/overlaps';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* One count of a quartier's gaps and overlaps, whatever the page. */

const ref = loadReferentiel();
const ASOF = '2026-11-22';
const DEMO = 'ZZ0000001';
const plain = (text: string) => text.replace(/\s/g, ' ');
const COUNTED = ['doublon', 'recoupement', 'tension'] as const;

describe('les comptes d’un quartier', () => {
	let db: Db;
	let codes: string[];
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
		codes = (await crossedTerritory(db, ref, DEMO, ASOF))!.view.quartiers.map((q) => q.quartier.code);
	}, 60_000);
	afterAll(() => db.destroy());

	const page = async (code: string) => quartierPage((await readQuartier(db, ref, code, ASOF, DEMO))!, ref);

	/** Open findings about two actions, and open pairs of the page of overlaps, of one quartier. */
	async function pairsOf(code: string) {
		const { lacunes } = await page(code);
		const found = lacunes.filter((g) => ['G06', 'G09'].includes(g.regle) && !g.ecartee);
		const pairs = (await readOverlaps(db, ref, DEMO, ASOF, code))!;
		const { comptes } = overlapPage(pairs);
		return {
			lacunes: found.length,
			paires: comptes['a-trancher'],
			comptes,
			ecran: [...overlapsFirst(pairs).titre.matchAll(/\d+/g)].reduce((sum, [n]) => sum + Number(n), 0)
		};
	}

	it('les recoupements : autant dans les lacunes, sur le premier écran du quartier et sur la page des recoupements, avant comme après une décision', async () => {
		const before = await Promise.all(codes.map(pairsOf));
		for (const { lacunes, paires, ecran, comptes } of before) {
			expect([lacunes, ecran]).toEqual([paires, paires]);
			expect(COUNTED.reduce((sum, genre) => sum + comptes[genre], 0)).toBe(paires);
		}
		const at = before.findIndex((q) => q.paires > 0);
		const [pair] = (await readOverlaps(db, ref, DEMO, ASOF, codes[at]))!;
		await settleOverlap(db, ref, {
			...{ territoire: DEMO, paire: pair!.id, verdict: 'distinctes', motif: '', par: 'Nadia Perrault', le: ASOF }
		});
		const after = await pairsOf(codes[at]!);
		expect(after.paires).toBe(before[at]!.paires - 1);
		expect([after.lacunes, after.ecran]).toEqual([after.paires, after.paires]);
	});

	it('un recoupement ne compte que là où ses deux actions arrivent', async () => {
		const { view } = (await crossedTerritory(db, ref, DEMO, ASOF))!;
		const known = byId(view.actions);
		for (const gap of view.gaps.filter((g) => g.regle === 'G09'))
			for (const code of gapQuartiers(gap, known))
				for (const id of gap.preuves.actions)
					expect(known.get(id)!.reach.find((r) => r.quartier === code)?.niveau).toMatch(
						/diffuse|probable|explicite|cible/
					);
	});

	it('qui appeler : chacun compte ses actions, et le reste de l’annoncé est dit', async () => {
		for (const code of codes) {
			const { contacts, motsContacts, actions } = await page(code);
			const held = contacts.reduce((n, c) => n + c.actions.length, 0);
			const nobody = Object.keys(actions).length - held;
			if (nobody === 0) expect(motsContacts).not.toContain('ni pilote ni porteur');
			else expect(plain(motsContacts)).toContain(`${nobody} n’${nobody > 1 ? 'ont' : 'a'} ni pilote ni porteur écrit`);
		}
		const view = (await readQuartier(db, ref, codes[0]!, ASOF, DEMO))!;
		const alone = view.actions.map((a, i) =>
			i > 1 ? a : { ...a, action: { ...a.action, pilote: null, porteur: null }, meneurs: { ...a.meneurs, noms: [] } }
		);
		const told = quartierPage({ ...view, actions: alone, referents: [] }, ref);
		expect(told.contacts.reduce((n, c) => n + c.actions.length, 0)).toBe(view.actions.length - 2);
		expect(plain(told.motsContacts)).toContain('2 n’ont ni pilote ni porteur écrit');
	});

	it('sans quartier chargé, ou dans un seul, une ligne reste autant de lacunes qu’elle a de cas', async () => {
		const { view } = (await crossedTerritory(db, ref, DEMO, ASOF))!;
		const whole = territoryPage(view, ref);
		const read: [typeof whole.quartiers, string | null][] = [
			[[], null],
			[whole.quartiers, codes[0]!]
		];
		for (const [quartiers, quartier] of read) {
			const here = idsHere(view, quartier);
			const { titre } = firstGaps({ ...whole, quartiers }, here);
			const { alertes } = gapsPage({ ...whole, quartiers }, { ...EVERY_GAP, quartier }, here);
			const cas = alertes.flatMap((g) => g.gaps).filter((gap) => !gap.ecartee).length;
			expect(cas).toBeGreaterThan(alertes.length);
			expect(plain(titre)).toBe(`${cas} lacunes en ${alertes.length} lignes, de la plus grave à la moins grave`);
		}
	});

	it('le territoire dit ses lacunes, en combien de lignes, et combien chaque quartier en a', async () => {
		const { view } = (await crossedTerritory(db, ref, DEMO, ASOF))!;
		const shown = gapsPage(territoryPage(view, ref), EVERY_GAP);
		const each = view.quartiers.map(openIn);
		const counted = each.reduce((a, b) => a + b, 0);
		const alerts = view.gaps.filter(isOpenAlert);
		expect(plain(shown.compte)).toContain(
			`De ${Math.min(...each)} à ${Math.max(...each)} lacunes selon le quartier, dont `
		);
		expect(shown.compte).toMatch(/\d+ en réunissent plusieurs/);
		for (const code of codes) {
			const open = (await page(code)).lacunes.filter(isOpenAlert).length;
			expect(open).toBe(each[codes.indexOf(code)]);
		}
		const fold = foldTerritory(view, ref);
		// A gap of several quartiers is one gap, here as in the region and in the command.
		const byPlaces = alerts.map((g) => gapQuartiers(g, byId(view.actions)).length);
		expect(counted).toBe(byPlaces.reduce((a, b) => a + b, 0));
		const shared = byPlaces.filter((n) => n > 1).length;
		expect(shared).toBeGreaterThan(0);
		expect(plain(shown.compte)).toContain(`, dont ${shared} partagées par plusieurs`);
		for (const level of ['critique', 'haute', 'moyenne', 'information'] as const)
			expect(fold.gaps[level] + fold.horsQuartier[level]).toBe(alerts.filter((g) => g.gravite === level).length);
		const chances = view.gaps.filter((g) => g.reponse === 'opportunite' && !g.ecartee).length;
		expect(chances).toBeGreaterThan(0);
		expect(fold.gaps.opportunite + fold.horsQuartier.opportunite).toBe(chances);
		// What no quartier counts is said apart, and is the rest of what the command lists.
		const beyond = byPlaces.filter((n) => n === 0).length;
		expect(beyond).toBeGreaterThan(0);
		expect(openIn({ gaps: fold.horsQuartier })).toBe(beyond);
		expect(plain(shown.compte)).toContain(`, et ${beyond} hors quartier.`);
		expect(plain(firstGaps(territoryPage(view, ref), null).titre)).toBe(
			`${alerts.length} lacunes en ${shown.alertes.length} lignes, de la plus grave à la moins grave`
		);
		expect(
			mapMarks(view.quartiers)
				.map((q) => q.lacunes)
				.reduce((a, b) => a + b, 0)
		).toBe(counted);
	});

	it('les lacunes dépliées : chaque titre tient une seule gravité, et leur somme est le compte annoncé', async () => {
		let mixed = 0;
		for (const code of codes) {
			const { lacunes, quartier } = await page(code);
			const alerts = lacunes.filter(isOpenAlert);
			const groups = sheetOfGaps(alerts).flatMap((part) => part.groupes);
			for (const g of groups) expect(new Set(g.liste.map((gap) => gap.gravite))).toEqual(new Set([g.gravite]));
			const of = (...levels: string[]) =>
				groups.filter((g) => levels.includes(g.gravite)).reduce((sum, g) => sum + g.liste.length, 0);
			expect(of('critique', 'haute')).toBe(lacunes.filter(isGrave).length);
			expect(of('critique', 'haute')).toBe(quartier.gaps.critique + quartier.gaps.haute);
			expect(of('critique', 'haute', 'moyenne', 'information', 'opportunite')).toBe(alerts.length);
			expect(quartier.gaps.critique + quartier.gaps.haute + quartier.gaps.moyenne).toBe(
				of('critique', 'haute', 'moyenne')
			);
			if (groups.length > new Set(groups.map((g) => g.regle)).size) mixed++;
		}
		expect(mixed).toBeGreaterThan(0);
	});
});
