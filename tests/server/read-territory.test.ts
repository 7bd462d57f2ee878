import { beforeAll, describe, expect, it } from 'vitest';
import { open, type Db } from '../../src/lib/server/db/client';
import { saveQuartiers, saveTerritory } from '../../src/lib/server/db/territories';
import { listTerritories } from '../../src/lib/server/territories';
import * as decisions from '../../src/lib/server/db/decisions';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { cubeCsv } from '../../src/lib/server/exports/cube-csv';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { readRegion } from '../../src/lib/server/read-region';
import { readTerritory } from '../../src/lib/server/read-territory';
import { inWords } from '../../src/lib/domain/french';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { CROSSING_SETS, ENJEU_SETS, type QuartierFigure } from '../../src/lib/domain/crossing/quartier-story';
import type { TerritoryFigure } from '../../src/lib/domain/crossing/territory-story';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aCommune, aDecision, aQuartier, aTerritory } from '../fixtures/build';

const ref = loadReferentiel();
const ASOF = '2026-11-22';
const DEMO = 'ZZ0000001';

/** « Trois enjeux » → 3, « 12 400 habitants » → 12400 */
function read(texte: string): number {
	const digits = /\d[\d\u202f]*/.exec(texte);
	if (digits) return Number(digits[0].replaceAll('\u202f', ''));
	const first = texte.toLocaleLowerCase('fr').split(/[ \u00a0]/)[0]!;
	return Array.from({ length: 11 }, (_, n) => n).find((n) =>
		[inWords(n), inWords(n, true), n === 1 && 'seul', n === 1 && 'l’autre'].includes(first)
	)!;
}

describe('lire le territoire de démonstration', () => {
	let db: Db;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
	});

	it('donne les 20 croisements par quartier, la grille 14 × 14 et des phrases calculées', async () => {
		const view = (await readTerritory(db, ref, DEMO, ASOF))!;
		expect(view.croises.cells).toHaveLength(20);
		expect(view.croises.cells[0]).toHaveLength(view.quartiers.length);
		expect(view.grille.cells.map((row) => row.length)).toEqual(Array(14).fill(14));
		expect(view.croiseRows).toHaveLength(20);
		expect(view.titre.length).toBeGreaterThan(10);
		expect(view.chapo).toContain('20\u00a0croisements attendus');
		expect(view.referentiel.hash).toBe(ref.hash);
	});

	it('chaque action garde sa ligne, et a une atteinte pour chaque quartier', async () => {
		const view = (await readTerritory(db, ref, DEMO, ASOF))!;
		const codes = view.quartiers.map((q) => q.quartier.code as string);
		for (const { action, reach } of view.actions) {
			expect(reach.map((r) => r.quartier)).toEqual(codes);
			expect(action.origine.ligne).toBeGreaterThan(0);
		}
	});

	it('chaque lacune se rattache à des actions et à une règle qui existent', async () => {
		const view = (await readTerritory(db, ref, DEMO, ASOF))!;
		const ids = new Set(view.actions.map((a) => a.action.id));
		const rules = new Set(ref.lacunes.regles.map((r) => r.id));
		expect(view.gaps.length).toBeGreaterThan(0);
		for (const gap of view.gaps) {
			expect(rules).toContain(gap.regle);
			expect(gap.preuves.faits.length).toBeGreaterThan(0);
			for (const id of gap.preuves.actions) expect(ids).toContain(id);
		}
	});

	it('deux lectures le même jour sont identiques', async () => {
		expect(await readTerritory(db, ref, DEMO, ASOF)).toEqual(await readTerritory(db, ref, DEMO, ASOF));
	});

	it('la page d’un quartier et la matrice disent la même chose', async () => {
		const view = (await readTerritory(db, ref, DEMO, ASOF))!;
		for (const [j, { quartier }] of view.quartiers.entries()) {
			const page = (await readQuartier(db, ref, quartier.code, ASOF, DEMO))!;
			expect(page.summary).toEqual(view.quartiers[j]);
			expect(page.croises.map((c) => c.coverage)).toEqual(view.croises.cells.map((row) => row[j]!.coverage));
			expect(page.enjeux).toHaveLength(14);
			expect(page.actions.every((a) => a.reach[j]!.niveau !== 'aucune')).toBe(true);
		}
	});

	it('chaque chiffre de la phrase d’ouverture est celui de la liste qu’il ouvre', async () => {
		const view = (await readTerritory(db, ref, DEMO, ASOF))!;
		const listed = (figure: TerritoryFigure): number => {
			if (figure.genre === 'plans') return new Set(view.documents.flatMap((d) => (d.actions ? d.plan : []))).size;
			if (figure.genre === 'regle') return 2;
			return view.croiseRows.filter((row) => figure.groupe === null || row.groupe === figure.groupe).length;
		};
		const figures = [...view.ouverture.titre, ...view.ouverture.chapo].filter((m) => m.voir);
		expect(figures.length).toBeGreaterThan(3);
		for (const { texte, voir } of figures) expect([texte, read(texte)]).toEqual([texte, listed(voir!)]);
		for (const { quartier } of view.quartiers) {
			const page = quartierPage((await readQuartier(db, ref, quartier.code, ASOF, DEMO))!, ref);
			const listedHere = (figure: QuartierFigure): number => {
				if (figure.genre === 'croisements')
					return page.signatures.filter((x) => CROSSING_SETS[figure.parmi](x.coverage)).length;
				if (figure.genre === 'enjeux') return page.enjeux.filter((e) => ENJEU_SETS[figure.parmi](e.coverage)).length;
				if (figure.genre === 'nommees') return page.nommees.length;
				return page.quartier.population!;
			};
			for (const { texte, voir } of [...page.ouverture.titre, ...page.ouverture.chapo])
				// A digit outside a figure would be one that nothing opens; years of sources are inside parentheses.
				if (!voir) expect(texte.replace(/\([^)]*\)|T\d+/g, '').replace(quartier.nom, '')).not.toMatch(/\d/);
				else expect([texte, read(texte)]).toEqual([texte, listedHere(voir)]);
		}
	});

	it('l’argent d’un quartier ne compte que les actions qui le nomment ou le visent', async () => {
		const view = (await readTerritory(db, ref, DEMO, ASOF))!;
		const { quartier } = view.quartiers[0]!;
		const page = (await readQuartier(db, ref, quartier.code, ASOF))!;
		const named = new Set(
			view.actions.filter((a) => ['cible', 'explicite'].includes(a.reach[0]!.niveau)).map((a) => a.action.id)
		);
		for (const line of page.argent) for (const id of line.actions) expect(named).toContain(id);
	});

	it('une décision change la lecture suivante', async () => {
		const view = (await readTerritory(db, ref, DEMO, ASOF))!;
		const diffuse = view.actions.find((a) => a.reach.every((r) => r.niveau === 'diffuse'))!;
		const quartier = view.quartiers[0]!.quartier.code;
		const sujet = { genre: 'atteinte' as const, id: diffuse.action.id };
		await decisions.add(db, aDecision({ territoire: DEMO, sujet, quartier, valeur: 'cible' }));
		const after = (await readTerritory(db, ref, DEMO, ASOF))!.actions.find((a) => a.action.id === diffuse.action.id)!;
		expect(after.reach[0]).toMatchObject({ niveau: 'cible', par: 'decision' });
		expect(after.reach[1]!.niveau).toBe('diffuse');
	});
});

describe('un territoire sans plan', () => {
	it('n’est évalué nulle part, et le dit', async () => {
		const db = await open(':memory:');
		await saveTerritory(db, aTerritory());
		await saveQuartiers(db, [aQuartier({ code: 'QNZZZ01N', nom: 'Les Pyramides' })], { source: 'essai', le: ASOF });
		const view = (await readTerritory(db, ref, DEMO, ASOF))!;
		expect(view.titre).toBe('Aucun document-cadre importé, rien n’est encore évalué');
		expect(view.croises.cells.flat().every((c) => c.coverage === 'saisie-incomplete')).toBe(true);
		expect(view.gaps.every((g) => g.reponse === 'donnee-manquante')).toBe(true);
		const page = (await readQuartier(db, ref, 'QNZZZ01N', ASOF))!;
		expect(page.titre).toBe('Aux Pyramides, aucun enjeu croisé attendu ne peut encore être évalué');
		expect(page.summary.population).toBeNull();
	});

	it('ne compte jamais comme zéro dans la région', async () => {
		const db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
		const empty = aTerritory({
			code: 'G-bassin-vide' as never,
			nom: 'Bassin vide',
			genre: 'groupe',
			communes: [aCommune('ZZ999', 'Ailleurs')]
		});
		await saveTerritory(db, empty);
		const region = await readRegion(db, ref, null, ASOF);
		const row = region.territoires.find((t) => t.code === 'G-bassin-vide')!;
		expect(row.croises).toHaveLength(20);
		expect(row.croises.every((c) => c.coverage === 'saisie-incomplete' && c.actions === 0)).toBe(true);
		expect(region.territoires).toHaveLength((await listTerritories(db)).length);
		expect(region.repondants).toBe(1);
	});

	it('le croisement de toute la région tient en un tableau, où les actions de chaque quartier se retrouvent', async () => {
		const db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
		const [header, ...rows] = (await cubeCsv(db, ref, null, ASOF)).trim().split('\r\n');
		expect(header).toContain('quartier;nom du quartier;axe;enjeu');
		const view = (await readTerritory(db, ref, DEMO, ASOF))!;
		const [code] = view.quartiers.map((q) => q.quartier.code);
		const lines = rows.map((row) => row.split(';')).filter((cells) => cells[0] === code && cells[3] === 'T02');
		// Costs before tax, with taxes and without a word have a column each: they are never added.
		expect(header).toMatch(
			/actions distinctes;coûts HT \(€\);coûts TTC \(€\);coûts sans base[^;]*;actions sans montant$/
		);
		const counted = (dispositif: string) =>
			lines.filter((cells) => cells.at(-6) === dispositif).reduce((sum, cells) => sum + Number(cells.at(-5)), 0);
		const near = view.actions.filter(
			(a) =>
				a.action.statut !== 'abandonne' &&
				a.transition.some((t) => t.code === 'T02') &&
				a.reach.some((r) => r.quartier === code && r.niveau !== 'aucune' && r.niveau !== 'inconnu')
		);
		// Every action is named, paid otherwise, or silent: the three add up.
		const families = (a: (typeof near)[number]) =>
			new Set(
				a.action.financements.flatMap(
					(f) => ref.financements.find((one) => [one, ...one.mesures].some((m) => m.id === f.dispositif))?.id ?? []
				)
			);
		const silent = near.filter((a) => a.action.financements.length === 0);
		const none = near.filter((a) => a.action.financements.length > 0 && families(a).size === 0);
		expect([counted('non dit'), counted('aucun dispositif nommé')]).toEqual([silent.length, none.length]);
		const named = near.reduce((sum, a) => sum + families(a).size, 0);
		expect(lines.reduce((sum, cells) => sum + Number(cells.at(-5)), 0)).toBe(silent.length + none.length + named);
		expect(near.length).toBeGreaterThan(0);
		const labels = new Set(rows.map((row) => row.split(';').at(-6)));
		expect([labels.has('non dit'), labels.has('aucun dispositif nommé')]).toEqual([true, true]);
	});

	it('un code inconnu ne donne rien', async () => {
		const db = await open(':memory:');
		expect(await readTerritory(db, ref, '999999999', ASOF)).toBeNull();
		expect(await readQuartier(db, ref, 'QN99999N', ASOF)).toBeNull();
		expect((await readRegion(db, ref, '32', ASOF)).titre).toBe('Aucun territoire n’a encore de quartier ni de plan');
	});
});
