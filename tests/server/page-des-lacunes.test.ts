import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIn } from '../../src/lib/domain/crossing/urgency';
import type { TerritoryView } from '../../src/lib/domain/crossing/overview';
import { idsHere } from '../../src/lib/domain/rules/gaps-by-quartier';
import { bodiesAsked, type BodyAsked } from '../../src/lib/domain/pages/gap-bodies';
import { EVERY_GAP, GAP_LEVELS, type GapFilter } from '../../src/lib/domain/pages/gap-filter';
import { gapsPage, readGapFilter } from '../../src/lib/domain/pages/gaps-page';
import { territoryPage, type TerritoryPage } from '../../src/lib/domain/pages/page-model';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readGaps } from '../../src/lib/server/read-gaps';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* The page that lists every gap of a territory, and what narrows it. */

const ref = loadReferentiel();
const ASOF = '2026-11-22';
const DEMO = 'ZZ0000001';
const plain = (text: string) => text.replace(/\s/g, ' ');

describe('la page des lacunes', () => {
	let db: Db;
	let view: TerritoryView;
	let whole: TerritoryPage;
	let bodies: readonly BodyAsked[];
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
		view = (await crossedTerritory(db, ref, DEMO, ASOF))!.view;
		whole = territoryPage(view, ref);
		bodies = bodiesAsked(view, ref.plans.types);
	}, 60_000);
	afterAll(() => db.destroy());

	const lines = (page: ReturnType<typeof gapsPage>) => [...page.alertes, ...page.opportunites, ...page.demandes];
	const ids = (page: ReturnType<typeof gapsPage>) => lines(page).flatMap((g) => g.gaps.map((gap) => gap.id));
	const cases = (groups: ReturnType<typeof gapsPage>['alertes']) =>
		groups.flatMap((g) => g.gaps).filter((gap) => !gap.ecartee).length;

	it('sans choix, toutes : les niveaux se somment au titre', () => {
		const page = gapsPage(whole, EVERY_GAP);
		const [critique, haute, moyenne, information, opportunite, donnee] = page.niveaux.map((n) => n.nombre);
		expect(critique! + haute! + moyenne! + information!).toBe(cases(page.alertes));
		expect(plain(page.titre)).toBe(`${cases(page.alertes)} lacunes, dont ${critique} critiques et ${haute} hautes`);
		expect(plain(page.dit)).toContain(`En ${page.alertes.length} lignes, de la plus grave à la moins grave : `);
		expect([opportunite, donnee]).toEqual([cases(page.opportunites), page.demandes.length]);
		expect(ids(page)).toHaveLength(whole.lacunes.flatMap((g) => g.gaps).length);
	});

	it('tout choix ne garde que ce qu’il dit, et le nombre de chaque niveau est celui de sa liste', () => {
		const one = <T>(among: readonly T[]) => fc.constantFrom<T | null>(null, ...among);
		const asked = fc.record({
			quartier: one(whole.quartiers.map((q) => q.code)),
			gravite: one(GAP_LEVELS),
			regle: one([...new Set(whole.lacunes.map((g) => g.regle))]),
			enjeu: one([...new Set(whole.lacunes.flatMap((g) => g.enjeu ?? []))]),
			qui: one(bodies.map((body) => body.nom))
		});
		const of = new Map(
			whole.lacunes.flatMap((g) =>
				g.gaps.map((gap) => [gap.id, { quartier: gap.quartier, regle: g.regle, enjeu: gap.enjeu ?? g.enjeu }])
			)
		);
		fc.assert(
			fc.property(asked, (choisi: GapFilter) => {
				const here = idsHere(view, choisi.quartier);
				const page = gapsPage(whole, choisi, here, bodies);
				for (const id of ids(page)) {
					const gap = of.get(id)!;
					if (choisi.quartier && gap.quartier !== null) expect(gap.quartier).toBe(choisi.quartier);
					if (choisi.regle) expect(gap.regle).toBe(choisi.regle);
					if (choisi.enjeu) expect(gap.enjeu).toBe(choisi.enjeu);
					if (choisi.qui) expect(bodies.find((body) => body.nom === choisi.qui)!.lacunes).toContain(id);
				}
				for (const { code, nombre } of page.niveaux) {
					const alone = gapsPage(whole, { ...choisi, gravite: code }, here, bodies);
					expect([code, nombre]).toEqual([code, code === 'donnee' ? alone.demandes.length : cases(lines(alone))]);
				}
			}),
			{ numRuns: 60 }
		);
	});

	it('« à qui demander » réunit tout ce qu’un même appel peut régler, et son nombre est celui de sa liste', () => {
		const told = new Map(view.gaps.map((gap) => [gap.id, gap]));
		const names = new Map(gapsPage(whole, EVERY_GAP, null, bodies).choix.qui.map(({ valeur, nom }) => [valeur, nom]));
		expect(names.get('Direction de l’habitat')).toMatch(/^Direction de l’habitat \(\d+\)$/);
		for (const { nom, lacunes } of bodies) {
			const page = gapsPage(whole, { ...EVERY_GAP, qui: nom }, null, bodies);
			expect(new Set(ids(page))).toEqual(lacunes);
			expect(names.get(nom)).toBe(`${nom} (${lacunes.size})`);
			expect(plain(page.seulement)).toBe(`Seulement : ce qui se demande à « ${nom} »`);
		}
		const habitat = bodies.find((body) => body.nom === 'Direction de l’habitat')!;
		for (const id of habitat.lacunes) expect(told.get(id)!.aFaire).toMatch(/Direction de l’habitat/);
		const town = bodies.find((body) => body.nom === 'Ville d’Aubrelle')!;
		for (const id of town.lacunes) expect(told.get(id)!.aFaire).toMatch(/(?:[Vv]ille|mairies?|services?) .*Aubrelle/);
		expect(town.lacunes.size).toBeGreaterThan(0);
		expect(readGapFilter(new URLSearchParams('qui=Personne'), whole, bodies)).toEqual(EVERY_GAP);
	});

	it('un quartier choisi compte ici ce que compte sa page', () => {
		for (const q of view.quartiers) {
			const page = gapsPage(whole, { ...EVERY_GAP, quartier: q.quartier.code }, idsHere(view, q.quartier.code));
			expect(cases(page.alertes)).toBe(openIn(q));
			expect(page.niveaux.slice(0, 4).map((n) => n.nombre)).toEqual(
				(['critique', 'haute', 'moyenne', 'information'] as const).map((level) => q.gaps[level])
			);
		}
	});

	it('les faits écrits sont ceux du premier quartier de la ligne, jamais d’un autre qu’on ne lit pas', () => {
		const first = new Map(whole.lacunes.map((g) => [g.gaps[0]!.id, g.faits]));
		let told = 0;
		for (const { quartier } of view.quartiers) {
			const page = gapsPage(whole, { ...EVERY_GAP, quartier: quartier.code }, idsHere(view, quartier.code));
			for (const g of lines(page)) {
				expect(g.faits).toEqual(first.get(g.gaps[0]!.id) ?? []);
				told += g.faits.length === 0 ? 1 : 0;
			}
		}
		expect(told).toBeGreaterThan(0);
	});

	it('ce que plusieurs lignes demandent d’abord se dit une fois, et chacune dit la suite', () => {
		const ask = (n: number) =>
			whole.lacunes
				.filter((g) => g.reponse === 'alerte')
				.slice(0, 4)
				.map((g, i) => ({
					...g,
					aFaire: i < n ? 'Importer d’abord le contrat\u202f; s’il n’y répond pas, demander à la ville.' : 'Demander.'
				}));
		const page = gapsPage({ ...whole, lacunes: ask(3) }, EVERY_GAP);
		expect(page.dabord).toEqual({ dit: 'Importer d’abord le contrat', lignes: 3, sur: 4 });
		expect(page.alertes.map((g) => g.suite ?? g.aFaire)).toEqual([
			...Array<string>(3).fill('Demander à la ville.'),
			'Demander.'
		]);
		expect(gapsPage({ ...whole, lacunes: ask(2) }, EVERY_GAP).dabord).toBeNull();
	});

	it('le titre d’une liste réduite dit de combien elle vient', () => {
		const total = cases(gapsPage(whole, EVERY_GAP).alertes);
		const regle = whole.lacunes.find((g) => g.reponse === 'alerte')!.regle;
		const page = gapsPage(whole, { ...EVERY_GAP, regle });
		expect(plain(page.titre)).toContain(`${cases(page.alertes)} lacunes sur ${total}`);
		expect(page.dit).toBe('');
		expect(plain(page.seulement)).toBe(`Seulement : règle ${regle}`);
		expect(plain(gapsPage(whole, { ...EVERY_GAP, gravite: 'opportunite' }).titre)).toMatch(
			/^\d+ opportunités? à saisir/
		);
		expect(plain(gapsPage(whole, { ...EVERY_GAP, gravite: 'donnee' }).titre)).toMatch(/^\d+ données? à demander/);
	});

	it('un choix qui n’existe pas ici est comme s’il n’était pas fait', () => {
		const read = (search: string) => readGapFilter(new URLSearchParams(search), whole);
		expect(read('quartier=QN000&gravite=enorme&regle=G99&enjeu=X99')).toEqual(EVERY_GAP);
		expect(read(`quartier=${whole.quartiers[0]!.code}&gravite=haute`)).toMatchObject({
			quartier: whole.quartiers[0]!.code,
			gravite: 'haute'
		});
	});

	it('se lit au soir d’un jour passé, et le dit', async () => {
		const today = (await readGaps(db, ref, DEMO, ASOF, new URLSearchParams()))!;
		expect(today.soir).toBeNull();
		const then = (await readGaps(db, ref, DEMO, ASOF, new URLSearchParams('au=2026-11-01')))!;
		expect(then.soir).toMatchObject({ jour: '2026-11-01' });
		expect(await readGaps(db, ref, '999999999', ASOF, new URLSearchParams())).toBeNull();
	});
});
