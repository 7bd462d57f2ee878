import { beforeAll, describe, expect, it } from 'vitest';
import type { Aim } from '../../src/lib/domain/crossing/aims';
import { byUrgency, nextByUrgency } from '../../src/lib/domain/crossing/urgency';
import { lacking, leftToInvent, overlapsFirst } from '../../src/lib/domain/pages/first-screen';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readRequests } from '../../src/lib/server/funding/read-requests';
import { readOverlaps } from '../../src/lib/server/overlaps';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const ref = loadReferentiel();
const LE = '2026-11-27';
const DEMO = 'ZZ0000001';

describe('Le premier écran d’un quartier', () => {
	let db: Db;
	let quartiers: string[];
	const view = async (code: string) => (await readQuartier(db, ref, code, LE, DEMO))!;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
		quartiers = (await crossedTerritory(db, ref, DEMO, LE))!.view.quartiers.map((q) => q.quartier.code);
	}, 60_000);

	it('dit la même première demande que la page des demandes du quartier, et ce qui lui manque en une douzaine de mots', async () => {
		let told = 0;
		for (const quartier of quartiers) {
			const { aDemander } = quartierPage(await view(quartier), ref);
			const choice = { dispositif: null, annee: null, quartier };
			const [first] = (await readRequests(db, ref, DEMO, choice, LE))!.page.premieres;
			expect(aDemander && [aDemander.action, aDemander.mesure, aDemander.aFlecher]).toEqual(
				first ? [first.action, first.mesure, first.aFlecher] : null
			);
			if (!aDemander) continue;
			expect(aDemander.manque.replace(/^Il manque(?:\s:)?\s/, '').split(/\s+/).length).toBeLessThanOrEqual(12);
			told++;
		}
		expect(told).toBeGreaterThan(2);
	});

	it('nomme la réponse qui manque par son sujet, si longue que soit la question', () => {
		const asked = (sujet: string) => ({
			cle: sujet,
			dit: `Une question longue sur ${sujet}\u202f?`,
			sujet,
			bloquant: true
		});
		const said = (...sujets: string[]) => lacking({ manque: sujets.map(asked), aSavoir: [] }).replace(/\s/g, ' ');
		expect(said('commune sur la liste DPV de l’année')).toBe(
			'Il manque 1 réponse : commune sur la liste DPV de l’année ?'
		);
		expect(said('gain d’énergie finale', 'propriété publique')).toBe(
			'Il manque 2 réponses, dont : gain d’énergie finale ?'
		);
		expect(lacking({ manque: [], aSavoir: [] })).toBe('Aucun critère connu ne manque');
	});

	it('dit la première paire à arbitrer, puis qu’il n’en reste aucune', async () => {
		const pairs = (await Promise.all(quartiers.map((q) => readOverlaps(db, ref, DEMO, LE, q)))).find((p) => p?.length)!;
		const here = overlapsFirst(pairs);
		expect(here.dit).toMatch(/^\d+.paires? à arbitrer$/);
		expect(here.premiere!.titres.split(/\s+/).length).toBeLessThanOrEqual(26);
		const settled = pairs.map((p) => ({ ...p, decision: { aRevoir: false } as never }));
		expect(overlapsFirst(settled)).toEqual({ dit: expect.stringContaining('aucun à arbitrer'), premiere: null });
		expect(overlapsFirst([])).toEqual({ dit: 'aucun', premiere: null });
	});

	it('dit d’inventer une action quand aucune des plans ne porte un croisement sans action, et seulement alors', async () => {
		for (const quartier of quartiers) {
			const { aInventer, reponses } = quartierPage(await view(quartier), ref);
			const bare = reponses.groupes.find((g) => g.coverage === 'aucune')?.croisements.length ?? 0;
			if (bare === 0) expect(aInventer).toBeNull();
			else if (aInventer) expect(aInventer).toContain(bare > 1 ? 'ne les porte' : 'ne le porte');
		}
		const [croise] = (await view(quartiers[0]!)).croises;
		const croises = [{ ...croise!, coverage: 'aucune' as const }];
		const aim = (enjeu: string) => ({ lacunes: [{ enjeu }] }) as unknown as Aim;
		expect(leftToInvent({ croises, aFlecher: [aim('ailleurs')] })).toContain('ne le porte');
		expect(leftToInvent({ croises, aFlecher: [aim(croise!.code)] })).toBeNull();
	});

	it('mène au quartier suivant de la liste, du plus urgent au moins urgent, puis revient au premier', async () => {
		const all = (await crossedTerritory(db, ref, DEMO, LE))!.view.quartiers;
		const order = [...all].sort(byUrgency).map((s) => s.quartier);
		let at = order[0]!.code as string;
		const seen = [at];
		for (let n = 1; n < order.length; n++) seen.push((at = nextByUrgency(all, at)!.code));
		expect(seen).toEqual(order.map((q) => q.code));
		expect(nextByUrgency(all, at)).toEqual({ code: order[0]!.code, dit: `Le plus urgent : ${order[0]!.nom}` });
		expect(nextByUrgency(all.slice(0, 1), all[0]!.quartier.code)).toBeNull();
	});

	it('à lacunes égales, met d’abord le quartier le plus peuplé, et à la fin celui dont la population n’est pas connue', () => {
		const gaps = { critique: 0, haute: 2, moyenne: 1, information: 0, opportunite: 0 };
		const said = [null, 1306, 11320].map((population) => ({ gaps, population }));
		expect(said.sort(byUrgency).map((q) => q.population)).toEqual([11320, 1306, null]);
	});
});
