import { aidsOf, askedOrPlanned } from '../../src/lib/domain/crossing/money-bases';
import { beforeAll, describe, expect, it } from 'vitest';
import { aroundInMatrix } from '../../src/lib/domain/crossing/urgency';
import { MONEY_SUMS, openMoney, PART_SUMS, type MoneySum } from '../../src/lib/domain/pages/money-figures';
import { quartierPage, type QuartierPage } from '../../src/lib/domain/pages/quartier-page';
import { buildFeuilleDeRoute } from '../../src/lib/domain/roadmap/feuille-de-route';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const ref = loadReferentiel();
const LE = '2026-11-27';
const DEMO = 'ZZ0000001';
const cents = (values: readonly (number | null)[]): number =>
	values.reduce((n: number, v) => n + Math.round((v ?? 0) * 100), 0);

/** As the page shows it: what is asked for and what is only planned are one column. */
const shown = (line: QuartierPage['argent'][number], sum: MoneySum): number | null =>
	sum === 'obtenu' ? line.obtenu : askedOrPlanned(line);

describe('L’argent d’un quartier', () => {
	let db: Db;
	let pages: QuartierPage[];
	let codes: string[];
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
		const { view } = (await crossedTerritory(db, ref, DEMO, LE))!;
		codes = view.quartiers.map((q) => q.quartier.code);
		pages = [];
		for (const code of codes) pages.push(quartierPage((await readQuartier(db, ref, code, LE, DEMO))!, ref));
	}, 60_000);

	const opened = (page: QuartierPage, figure: string) => openMoney(figure, page)!.lignes;

	it('chaque montant d’un financement ouvre exactement les actions qu’il additionne, au centime près', () => {
		let told = 0;
		for (const page of pages)
			for (const [i, line] of page.argent.entries()) {
				expect(
					opened(page, `l${i}`)
						.map((l) => l.id)
						.sort()
				).toEqual([...line.actions].sort());
				for (const sum of MONEY_SUMS) {
					const own = opened(page, `l${i}.${sum}`);
					const euros = shown(line, sum);
					if (euros === null) expect(own).toEqual([]);
					else expect(cents(own.map((l) => l.euros))).toBe(Math.round(euros * 100));
					told += own.length;
				}
			}
		expect(told).toBeGreaterThan(10);
	});

	it('chaque total ouvre les lignes de sa base, et rien d’une autre', () => {
		for (const page of pages)
			for (const base of new Set(aidsOf(page.argent).map((l) => l.base)))
				for (const sum of MONEY_SUMS) {
					const own = aidsOf(page.argent)
						.filter((l) => l.base === base)
						.map((l) => shown(l, sum));
					const lines = opened(page, `t.${base ?? 'sans'}.${sum}`);
					expect(cents(lines.map((l) => l.euros))).toBe(cents(own));
				}
	});

	it('la feuille de route dit à part ce qui est demandé et ce qui n’est qu’envisagé, pour les sommes de la page', async () => {
		const told = { envisage: 0, demande: 0 };
		for (const [i, page] of pages.entries()) {
			const view = (await readQuartier(db, ref, codes[i]!, LE, DEMO))!;
			const { tableau } = buildFeuilleDeRoute(view, ref).sections.find((s) => s.id === 'financement')!;
			if (!tableau) continue;
			const column = (titre: string) => {
				const at = tableau.colonnes.findIndex((c) => c.titre === titre);
				return cents(tableau.lignes.map((l) => l[at] as number | null));
			};
			expect(column('Envisagé, ou état non dit')).toBe(cents(page.argent.map((l) => l.envisage)));
			expect(column('Demandé')).toBe(cents(page.argent.map((l) => l.demande)));
			told.envisage += column('Envisagé, ou état non dit');
			told.demande += column('Demandé');
		}
		expect(Math.min(told.envisage, told.demande)).toBeGreaterThan(0);
	});

	it('chaque part du coût ouvre ses opérations, et leur somme est ce qui est écrit', () => {
		let told = 0;
		for (const page of pages) {
			const { parts } = page;
			const sumOf = (part: string) => cents(opened(page, `part.${part}`).map((l) => l.euros));
			expect(sumOf('dedans')).toBe(Math.round(parts.dedans * 100));
			expect(sumOf('dehors')).toBe(Math.round(parts.dehors * 100));
			expect(sumOf('inconnu')).toBe(Math.round(parts.inconnu * 100));
			expect(sumOf('total')).toBe(cents([parts.dedans, parts.dehors, parts.inconnu]));
			expect(opened(page, 'part.sans-montant')).toHaveLength(parts.sansMontant);
			told += opened(page, 'part.total').length;
		}
		expect(told).toBeGreaterThan(5);
	});

	it('une adresse qui ne nomme aucun de ses chiffres n’ouvre rien', () => {
		for (const figure of ['', 'l99', 'l0.autre', 't.sans', 'part.rien', 't.XX.demande'])
			expect(openMoney(figure, pages[0]!)).toBeNull();
		expect(PART_SUMS.every((part) => openMoney(`part.${part}`, pages[0]!) !== null)).toBe(true);
	});

	it('le quartier suivant de qui vient de la matrice suit ses colonnes', async () => {
		const { view } = (await crossedTerritory(db, ref, DEMO, LE))!;
		const columns = view.croises.columns.keys.map((k) => k.code);
		expect(columns.slice(0, -1).map((code) => aroundInMatrix(view.quartiers, code)!.suivant.code)).toEqual(
			columns.slice(1)
		);
		expect(aroundInMatrix(view.quartiers, columns.at(-1)!)!.suivant.code).toBe(columns[0]);
		expect(aroundInMatrix(view.quartiers, columns[0]!)!.suivant.dit).toMatch(/^Suivant dans la matrice\s: /);
	});
});
