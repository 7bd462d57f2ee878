import { beforeAll, describe, expect, it } from 'vitest';
import { leadWords, saidAndMeant } from '../../src/lib/domain/crossing/leads';
import { overlapsFirst } from '../../src/lib/domain/pages/first-screen';
import { overlapPage, overlapsHere } from '../../src/lib/domain/pages/overlap-page';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { open, type Db } from '../../src/lib/server/db/client';
import { quartiersOf } from '../../src/lib/server/db/territories';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readRequests } from '../../src/lib/server/funding/read-requests';
import { readOverlaps } from '../../src/lib/server/overlaps';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* Two pages that count the same thing give it the same name, and say how their figures relate. */

const ref = loadReferentiel();
const ASOF = '2026-11-22';
const DEMO = 'ZZ0000001';
const plain = (text: string) => text.replace(/\s/g, ' ');

describe('d’une page à l’autre', () => {
	let db: Db;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
	}, 60_000);

	it('les recoupements d’un quartier : deux actions y arrivent, l’une au moins n’est pas seulement diffuse', async () => {
		const { placed } = (await crossedTerritory(db, ref, DEMO, ASOF))!;
		const level = (id: string, quartier: string) =>
			placed.find((p) => p.action.id === id)!.reach.find((r) => r.quartier === quartier)?.niveau ?? 'aucune';
		const all = (await readOverlaps(db, ref, DEMO, ASOF))!;
		const here = new Map<string, readonly string[]>();
		for (const { code } of await quartiersOf(db, DEMO)) {
			const pairs = (await readOverlaps(db, ref, DEMO, ASOF, code))!;
			here.set(
				code,
				pairs.map((p) => p.id)
			);
			expect([...overlapsFirst(pairs).titre.matchAll(/\d+/g)].reduce((sum, [n]) => sum + Number(n), 0)).toBe(
				pairs.length
			);
			for (const { a, b } of pairs) {
				const levels = [level(a, code), level(b, code)];
				expect(levels).not.toContain('aucune');
				expect(levels.some((l) => l !== 'diffuse')).toBe(true);
			}
		}
		const lists = [...here.values()];
		expect(lists.some((ids) => ids.length > 0)).toBe(true);
		expect(lists.some((ids) => ids.length < all.length)).toBe(true);
		expect(new Set(lists.map((ids) => ids.join())).size).toBeGreaterThan(1);
	});

	it('le titre des recoupements nomme le quartier, et aucun lien n’y mène quand il n’y en a pas', () => {
		expect(overlapPage([], false, 'Les Pyramides').titre).toBe('Aucun recoupement entre les plans, aux Pyramides');
		expect(overlapPage([]).titre).toBe('Aucun recoupement entre les plans de ce territoire');
		expect(overlapsHere(0)).toBeNull();
		expect(plain(overlapsHere(1)!)).toBe('1 paire d’actions à comparer dans ce quartier');
		expect(plain(overlapsHere(3)!)).toBe('3 paires d’actions à comparer dans ce quartier');
	});

	it('les mesures que compte un quartier sont celles dont la page des demandes dit les demandes possibles', async () => {
		let told = 0;
		for (const { code } of await quartiersOf(db, DEMO)) {
			const { demandes, financements } = quartierPage((await readQuartier(db, ref, code, ASOF, DEMO))!, ref);
			const asked = { dispositif: null, annee: null, quartier: code };
			const { page } = (await readRequests(db, ref, DEMO, asked, ASOF))!;
			const open = financements.filter((m) => m.bilan === 'a-instruire' || m.bilan === 'indetermine').length;
			if (open === 0 || page.pourquoi) continue;
			told++;
			expect(demandes.titre).toContain(open === 1 ? 'mesure de financement' : 'mesure');
			expect(plain(page.tri[0]!)).toMatch(
				new RegExp(
					`^${page.actions.length} demandes? possibles? : une par action et par dispositif, pour ${open} mesures? de financement\\.`
				)
			);
		}
		expect(told).toBeGreaterThan(0);
	});

	it('un porteur que le fichier ne nomme pas se lit avec son nom, et un autre comme il est écrit', () => {
		const words = leadWords(ref.plans, 'CA de Lys');
		expect(saidAndMeant('Collectivité porteuse', 'Collectivité porteuse', words)).toBe(
			'Collectivité porteuse, soit CA de Lys'
		);
		expect(saidAndMeant('Ville d’Aubrelle', 'Ville d’Aubrelle', words)).toBe('Ville d’Aubrelle');
		expect(saidAndMeant('', null, words)).toBe('');
	});
});
