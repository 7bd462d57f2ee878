import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QuartierView } from '../../src/lib/domain/crossing/overview';
import { NIVEAUX } from '../../src/lib/domain/crossing/place';
import { isOpenAlert } from '../../src/lib/domain/pages/open-gaps';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { readTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { LEVEL_LABEL } from '../../src/lib/ui/format';

const LE = '2026-11-22';
const ref = loadReferentiel();
const views: QuartierView[] = [];
let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
	await loadDemonstration(db, ref, LE);
	for (const { quartier } of (await readTerritory(db, ref, 'ZZ0000001', LE))!.quartiers)
		views.push((await readQuartier(db, ref, quartier.code, LE))!);
}, 120_000);
afterAll(() => db.destroy());

describe('chaque chiffre de la page d’un quartier ouvre ses actions', () => {
	it('à chaque degré d’atteinte, « exclue » compris, avec ce qui le prouve', () => {
		let [figures, elsewhere] = [0, 0];
		for (const view of views)
			for (const { code, parNiveau } of view.enjeux)
				for (const niveau of NIVEAUX) {
					const ids = parNiveau[niveau] ?? [];
					if (ids.length === 0) continue;
					figures++;
					const page = quartierPage(view, ref, [], `${code}.${niveau}`);
					const opened = ids.flatMap((id) => page.actions[id] ?? page.exclues[id] ?? []);
					expect([view.summary.quartier.nom, code, niveau, opened.length]).toEqual([
						view.summary.quartier.nom,
						code,
						niveau,
						ids.length
					]);
					if (niveau !== 'aucune') continue;
					elsewhere += ids.length;
					for (const { preuve } of opened) expect(preuve?.texte).toBeTruthy();
				}
		expect(figures).toBeGreaterThan(100);
		expect(elsewhere).toBeGreaterThan(20);
	});

	it('et ceux des croisements, de l’argent et des actions qui le nomment', () => {
		for (const view of views) {
			const { actions } = quartierPage(view, ref);
			const counted = [
				...view.nommees,
				...view.croises.flatMap((x) => x.actions),
				...view.argent.flatMap((line) => line.actions),
				...view.argentProbable.actions.map((a) => a.id)
			];
			expect(counted.filter((id) => !actions[id])).toEqual([]);
		}
	});

	it('et la ligne d’un enjeu qui mène à la lacune d’un croisement le dit', () => {
		const crossed = views.filter((v) => v.gaps.some((g) => isOpenAlert(g) && g.enjeu?.startsWith('X')));
		expect(crossed.length).toBeGreaterThan(0);
		for (const view of views)
			expect(quartierPage(view, ref).motsAtteinte.includes('Lacune d’un croisement')).toBe(crossed.includes(view));
	});

	it('sans porter dans la page, tant qu’on ne les ouvre pas, les actions d’ailleurs', () => {
		for (const view of views) expect(quartierPage(view, ref).exclues).toEqual({});
		expect(LEVEL_LABEL.aucune).toBe('exclue');
	});
});
