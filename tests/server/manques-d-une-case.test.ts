import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inQuartier, theQuartier } from '../../src/lib/domain/crossing/quartier-story';
import type { CaseSelection } from '../../src/lib/domain/pages/case-selection';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readMatrix } from '../../src/lib/server/read-matrix';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* Under a row of the matrix, what is missing in seven quartiers in the same words is read once. */

const ref = loadReferentiel();
const ASOF = '2026-11-22';

describe('ce qui manque sous une ligne de la matrice', () => {
	let db: Db;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
	}, 60_000);
	afterAll(() => db.destroy());

	let places = new Map<string, string>();
	const withoutPlace = (text: string, quartier: string | null) => {
		const nom = places.get(quartier ?? '') ?? '';
		return nom ? text.replace(inQuartier(nom), '…').replace(theQuartier(nom), '…').replace(nom, '…') : text;
	};
	const opened = async (id: string): Promise<CaseSelection> => {
		const read = (await readMatrix(db, ref, 'ZZ0000001', ASOF, new URLSearchParams(`case=${id}`)))!;
		places = new Map(read.page.quartiers.map((q) => [q.code as string, q.nom]));
		return (read.page.ouverte.recit ?? read.page.ouverte.grille)!;
	};

	it('se dit une fois, avec les autres quartiers où la même phrase vaut, et aucune lacune n’est perdue', async () => {
		for (const id of ['X02', 'X05', 'X14', 'T06.P01']) {
			const { gaps, manques, quartier } = await opened(id);
			const all = manques.flatMap(({ gap, aussi }) => [gap.id, ...aussi.map((other) => other.id)]);
			expect([...all].sort(), id).toEqual(gaps.map((g) => g.id).sort());
			if (quartier) continue;
			// « la Gare », « les Hauts-Prés », « le quartier Europe » are one sentence: two are told when more than the place changes.
			const said = manques.map(({ gap }) =>
				JSON.stringify([gap.regle, gap.gravite, gap.aFaire, withoutPlace(gap.message, gap.quartier)])
			);
			expect(new Set(said).size, id).toBe(said.length);
		}
		const { gaps, manques } = await opened('X02');
		expect(gaps.length).toBeGreaterThan(3);
		expect(manques.length).toBeLessThan(gaps.length);
		expect(manques.filter(({ gap }) => gap.regle === 'G02')).toHaveLength(1);
	}, 60_000);
});
