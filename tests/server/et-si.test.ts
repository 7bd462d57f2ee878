import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { opensAsGrave } from '../../src/lib/domain/crossing/aims';
import { gapsToInvent } from '../../src/lib/domain/crossing/what-if';
import type { Gap } from '../../src/lib/domain/rules/gaps';
import { SeverityLevel } from '../../src/lib/domain/rules/referentiel';
import { whatIfPage } from '../../src/lib/domain/pages/what-if-page';
import { byAction } from '../../src/lib/domain/pages/by-action';
import { readRequests } from '../../src/lib/server/funding/read-requests';
import { open, type Db } from '../../src/lib/server/db/client';
import { correctReach } from '../../src/lib/server/correct-reach';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { tryOut } from '../../src/lib/server/what-if';

const ref = loadReferentiel();
const LE = '2026-11-22';
const where = { territoire: 'ZZ0000001', quartier: 'QNZZZ01F' };
const nothing = { ciblees: [], inventee: null };

describe('et si', () => {
	let db: Db;
	let ids: string[];
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
		ids = (await tryOut(db, ref, where, nothing, LE))!.candidates.map((p) => p.action.id);
	});

	it('l’essai annonce ce qui arriverait vraiment, et n’écrit rien', async () => {
		const before = JSON.stringify((await crossedTerritory(db, ref, where.territoire, LE))!.view);
		const [chosen] = (await tryOut(db, ref, where, nothing, LE))!.candidates.filter((p) => p.croises.length > 0);
		const tried = (await tryOut(db, ref, where, { ciblees: [chosen!.action.id], inventee: null }, LE))!.effet!;
		expect(JSON.stringify((await crossedTerritory(db, ref, where.territoire, LE))!.view)).toBe(before);

		const other = await open(':memory:');
		await loadDemonstration(other, ref, LE);
		const asked = { ...where, action: chosen!.action.id, motif: 'Annoncé en comité', par: 'Nadia Perrault', le: LE };
		expect(await correctReach(other, ref, { ...asked, niveau: 'cible' }, LE)).toBeTypeOf('number');
		const real = (await crossedTerritory(other, ref, where.territoire, LE))!.view;
		const alerts = (gaps: typeof real.gaps) =>
			gaps.filter((g) => g.quartier === where.quartier && g.reponse === 'alerte' && !g.ecartee).map((g) => g.id);
		const [was, is] = [alerts(JSON.parse(before).gaps), alerts(real.gaps)];
		expect(tried.fermees.map((g) => g.id).sort()).toEqual(was.filter((id) => !is.includes(id)).sort());
		expect(tried.ouvertes.map((g) => g.id).sort()).toEqual(is.filter((id) => !was.includes(id)).sort());
	});

	it('une action imaginée répond au croisement qu’on lui donne', async () => {
		const { croises } = (await crossedTerritory(db, ref, where.territoire, LE))!.view;
		const at = croises.columns.keys.findIndex((key) => key.code === where.quartier);
		const row = croises.cells.findIndex((cells) => cells[at]!.coverage === 'diffuse');
		const { code, transition, ville } = ref.enjeux.croises.find((x) => x.code === croises.rows.keys[row]!.code)!;
		const inventee = { titre: 'Ferme urbaine des Hauts-Prés', enjeux: [transition, ville], nature: 'N1' };
		const { effet } = (await tryOut(db, ref, where, { ciblees: [], inventee }, LE))!;
		expect(effet!.croisements).toContainEqual(
			expect.objectContaining({ code, avant: 'diffuse', apres: 'structurante' })
		);
	});

	it('un financement possible n’est jamais une lacune qui s’ouvre, et le titre compte ceux de la liste, ni plus ni moins', async () => {
		const inventee = { titre: 'Rénover l’école des Hauts-Prés', enjeux: ['T02', 'P07'], nature: 'N1' };
		const tried = (await tryOut(db, ref, where, { ciblees: ids.slice(0, 40), inventee }, LE))!;
		const { effet, titre } = whatIfPage(tried, { code: where.quartier, nom: 'Les Hauts-Prés' }, ref);
		expect(tried.effet!.ouvertes.filter((g) => g.regle === 'G04').length).toBeGreaterThan(0);
		expect(tried.demandes.some((d) => d.prets.length > 0)).toBe(true);
		expect(effet!.chances.every((g) => g.regle === 'G04')).toBe(true);
		expect(effet!.ouvertes.filter((g) => g.regle === 'G04')).toEqual([]);
		expect(titre).toContain(effet!.demandesTitre);
		const said = effet!.demandes.flatMap((d) => [
			d.dits.filter((dit) => dit.includes(', à instruire')).length,
			tried.demandes.find((t) => t.action.action.id === d.id)!.prets.filter((m) => d.plus?.includes(m.nom)).length
		]);
		expect(said.reduce((a, b) => a + b, effet!.chances.length)).toBe(Number(effet!.demandesTitre.match(/\d+/)![0]));
	});

	it('chaque lacune qu’une action fléchée dit pouvoir fermer se ferme vraiment', async () => {
		const { aFlecher } = (await readQuartier(db, ref, where.quartier, LE))!;
		expect(aFlecher.length).toBeGreaterThan(0);
		for (const { action, lacunes } of aFlecher.slice(0, 3)) {
			const { effet } = (await tryOut(db, ref, where, { ciblees: [action.action.id], inventee: null }, LE))!;
			expect(effet!.fermees.map((g) => g.id)).toEqual(expect.arrayContaining(lacunes.map((g) => g.id)));
		}
	});

	it('à flécher : ce que chaque action ouvrirait en retour est ce que l’essai trouve, et les trois premières sont celles de la page du quartier', async () => {
		const { view } = (await crossedTerritory(db, ref, where.territoire, LE))!;
		// A fund to ask for is a chance, and a pair of actions is told on its own page.
		const apart = new Set(
			ref.lacunes.regles
				.filter((r) => r.portee === 'couple' || r.predicat === 'financementNonSollicite')
				.map((r) => r.id)
		);
		let opening = 0;
		for (const { quartier } of view.quartiers) {
			const place = { ...where, quartier: quartier.code as string };
			const { fleches } = (await tryOut(db, ref, place, nothing, LE))!;
			const { aFlecher } = (await readQuartier(db, ref, place.quartier, LE))!;
			const first = aFlecher.slice(0, 3).map((aim) => aim.action.action.id);
			expect(fleches.slice(0, 3).map((aim) => aim.action.action.id)).toEqual(first);
			for (const { action, lacunes, ouvre } of fleches.slice(0, 4)) {
				const { effet } = (await tryOut(db, ref, place, { ciblees: [action.action.id], inventee: null }, LE))!;
				const told = effet!.ouvertes.filter((g) => !apart.has(g.regle)).map((g) => g.id);
				expect(ouvre.map((g) => g.id)).toEqual(told);
				expect(effet!.fermees.map((g) => g.id)).toEqual(expect.arrayContaining(lacunes.map((g) => g.id)));
				opening += told.length;
			}
		}
		expect(opening).toBeGreaterThan(0);
	});

	it('l’ordre des actions est celui que la page dit : le droit commun d’abord, la plus grave lacune avant une moindre', async () => {
		const quartiers = (await crossedTerritory(db, ref, where.territoire, LE))!.view.quartiers.slice(0, 5);
		let compared = 0;
		for (const { quartier } of quartiers) {
			const tried = (await tryOut(db, ref, { ...where, quartier: quartier.code }, nothing, LE))!;
			const { ordre } = whatIfPage(tried, quartier, ref);
			expect(ordre).toMatch(/Après le droit commun, ce qui nomme déjà le quartier\.$/);
			const common = tried.fleches.map(
				({ action, niveau }) => ref.lacunes.droit_commun.includes(action.action.plan) && niveau !== 'explicite'
			);
			expect(common).toEqual([...common].sort((a, b) => Number(b) - Number(a)));
			// The best of each gap, one after the other: none closes a graver one than the action before it.
			const told = new Set<string>();
			const best = tried.fleches.slice(0, common.filter(Boolean).length).filter((aim) => {
				if (aim.niveau === 'aucune' || aim.reserves.length || aim.aConfirmer || opensAsGrave(aim)) return false;
				const fresh = aim.lacunes.some((g) => !told.has(g.id));
				for (const g of aim.lacunes) told.add(g.id);
				return fresh;
			});
			const grades = best.map((aim) => SeverityLevel.options.indexOf(aim.lacunes[0]!.gravite));
			expect(grades).toEqual([...grades].sort((a, b) => a - b));
			compared += Math.max(0, grades.length - 1);
		}
		expect(compared).toBeGreaterThan(0);
	});

	it('les demandes d’un quartier et « Et si » ont un seul ordre : la première de l’une n’est jamais la dernière de l’autre', async () => {
		const quartiers = (await crossedTerritory(db, ref, where.territoire, LE))!.view.quartiers;
		let compared = 0;
		for (const { quartier } of quartiers) {
			const tried = (await tryOut(db, ref, { ...where, quartier: quartier.code }, nothing, LE))!;
			const order = whatIfPage(tried, quartier, ref).fleches.map((c) => c.id);
			const choice = { dispositif: null, annee: null, quartier: quartier.code };
			const { page } = (await readRequests(db, ref, where.territoire, choice, LE))!;
			const told = byAction(page.aFlecher).map((lines) => lines[0]!.action);
			expect(told).toEqual(order.filter((id) => told.includes(id)));
			compared += told.length;
		}
		expect(compared).toBeGreaterThan(20);
	});

	it('une action à inventer part d’une lacune qu’aucune action écrite ne fermerait, et la ferme', async () => {
		const quartiers = (await crossedTerritory(db, ref, where.territoire, LE))!.view.quartiers;
		let started = 0;
		for (const { quartier } of quartiers.slice(0, 4)) {
			const here = { ...where, quartier: quartier.code };
			const { amorces, natures } = whatIfPage((await tryOut(db, ref, here, nothing, LE))!, quartier, ref);
			for (const { code, nom, enjeux } of amorces) {
				const inventee = { titre: nom, enjeux, nature: natures[0]!.code };
				const { effet } = (await tryOut(db, ref, here, { ciblees: [], inventee }, LE))!;
				const moved = effet!.croisements.find((x) => x.code === code);
				if (moved?.avant !== 'aucune') expect(effet!.fermees.map((g) => g.enjeu)).toContain(code);
				else expect(moved.apres).toBe('structurante');
				started++;
			}
		}
		expect(started).toBeGreaterThan(0);
	});

	it('une action à inventer part d’abord des croisements sans aucune action, jamais d’une réponse structurante', async () => {
		const crossed = (await crossedTerritory(db, ref, where.territoire, LE))!;
		const [quartier] = crossed.view.quartiers.map((q) => q.quartier);
		const { croises, gaps } = crossed.view;
		const [bare, held, other] = croises.rows.keys.map((k) => k.code);
		const cell = (code: string, i: number) => ({
			...croises.cells[i]![0]!,
			coverage: code === bare ? ('aucune' as const) : code === held ? ('structurante' as const) : ('diffuse' as const)
		});
		const cells = croises.rows.keys.map(({ code }, i) => [cell(code, i)]);
		const gap = (enjeu: string, more: Partial<Gap>): Gap => ({
			...{
				...gaps[0]!,
				id: `G:${enjeu}`,
				quartier: quartier!.code,
				enjeu,
				ecartee: null,
				gravite: 'haute',
				reponse: 'alerte'
			},
			...more
		});
		const all = [
			gap(held!, { gravite: 'critique' }),
			gap(other!, {}),
			gap(bare!, { gravite: 'information', reponse: 'donnee-manquante' }),
			gap(croises.rows.keys[3]!.code, { gravite: 'information', reponse: 'donnee-manquante' })
		];
		const fake = { ...crossed, view: { ...crossed.view, gaps: all, croises: { ...croises, cells } } };
		const found = gapsToInvent(fake, quartier!.code, new Set());
		expect(found.map((x) => [x.gap.enjeu, x.sansAction])).toEqual([
			[bare, true],
			[other, false]
		]);
		expect(gapsToInvent(fake, quartier!.code, new Set([`G:${other}`]))).toHaveLength(1);
		// A crossing that documents are too few to judge is said without any action.
		const tried = { candidates: [], fleches: [], deja: [], sansAction: found, effet: null, demandes: [] };
		expect(whatIfPage(tried, { code: quartier!.code, nom: 'Ici' }, ref).amorces.map((x) => x.dit)).toEqual([
			'aucune action',
			'haute'
		]);
	});

	it('sans rien supposer il n’y a pas d’effet, une action inconnue est laissée, un quartier d’ailleurs n’a pas de page', async () => {
		expect((await tryOut(db, ref, where, { ciblees: ['inconnue'], inventee: null }, LE))!.effet).toBeNull();
		expect(await tryOut(db, ref, { ...where, quartier: 'QN99999X' }, nothing, LE)).toBeNull();
	});

	it('quelles que soient les actions cochées, une lacune n’est pas à la fois fermée et ouverte', async () => {
		await fc.assert(
			fc.asyncProperty(fc.subarray(ids, { maxLength: 12 }), async (ciblees) => {
				const tried = (await tryOut(db, ref, where, { ciblees, inventee: null }, LE))!;
				const { effet } = tried;
				if (!effet) {
					expect(ciblees).toEqual([]);
					return;
				}
				const opened = new Set(effet.ouvertes.map((g) => g.id));
				expect(effet.fermees.filter((g) => opened.has(g.id))).toEqual([]);
				const page = whatIfPage(tried, { code: where.quartier, nom: 'Les Hauts-Prés' }, ref);
				expect(page.fleches.length + page.deja.length + page.autres.length).toBe(tried.candidates.length);
			}),
			{ numRuns: 12 }
		);
	});
});
