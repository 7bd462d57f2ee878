import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ColumnChoices } from '../../src/lib/domain/import/choices';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import { readPlan } from '../../src/lib/server/plans/import-reading';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* « Période » in a file, beside the period a person gives for the plan. */

let db: Db;
beforeAll(async () => void (db = await open(':memory:')));
afterAll(() => db.destroy());

async function lu(periode: string | null, colonne: string, colonnes: ColumnChoices = {}) {
	const read = await readPlan(db, loadReferentiel(), {
		bytes: new TextEncoder().encode(
			`Réf;Action;Porteur;Coût total;Période\r\nF1;Atelier couture;Le Fil;1000;${colonne}\r\nF2;Ludothèque;Le Dé;2000;${colonne}\r\n`
		),
		fichier: 'plan.csv',
		territoire: '246200364',
		plan: 'contrat-de-ville',
		colonnes,
		periode
	});
	if (isRefusal(read)) throw new Error(read.refus);
	return { periode: read.periode, dates: read.drafts.map((d) => d.dates && [d.dates.debut, d.dates.fin]) };
}

describe('la colonne « Période » et celle du plan', () => {
	it('« 2026 » sur chaque ligne d’un contrat 2024-2030 est l’année des actions', async () => {
		expect(await lu('2024-2030', '2026')).toEqual({
			periode: '2024-2030',
			dates: Array(2).fill(['2026-01-01', '2026-12-31'])
		});
	});

	it('celle du plan, répétée, ne date aucune action', async () => {
		expect(await lu('2024-2030', '2024-2030')).toEqual({ periode: '2024-2030', dates: [null, null] });
		expect(await lu('2024-2030', '2024/2030')).toEqual({ periode: '2024-2030', dates: [null, null] });
		expect(await lu(null, '2024-2030')).toEqual({ periode: '2024-2030', dates: [null, null] });
	});

	it('plusieurs années qui ne sont pas celles que l’on donne au plan sont celles des actions', async () => {
		expect((await lu('2024-2030', '2026-2028')).dates).toEqual(Array(2).fill(['2026-01-01', '2028-12-31']));
	});

	it('ce qu’une personne dit être la période du plan le reste', async () => {
		const choice = { periode: { champ: 'periode' as const, separateur: null } };
		expect((await lu('2024-2030', '2026-2028', choice)).dates).toEqual([null, null]);
	});

	it('sans période donnée, une programmation annuelle garde son année, et ses actions aussi', async () => {
		expect(await lu(null, '2026')).toEqual({ periode: '2026', dates: Array(2).fill(['2026-01-01', '2026-12-31']) });
	});
});
