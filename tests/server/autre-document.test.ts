import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heldElsewhere } from '../../src/lib/domain/import/held-elsewhere';
import { isRefusal } from '../../src/lib/domain/issue';
import { ignoredReasons } from '../../src/lib/domain/import/ignored-words';
import * as actions from '../../src/lib/server/db/actions';
import * as documents from '../../src/lib/server/db/documents';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { exportActions } from '../../src/lib/server/exports/export-actions';
import { importDirect } from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const LE = '2026-11-27';
const DEMO = 'ZZ0000001';
const ref = loadReferentiel();

/** Where an action was read follows the last file: everything else must stay. */
const said = async (db: Db) => (await actions.listByTerritory(db, DEMO)).map(({ origine: _, ...action }) => action);

describe('le territoire a deux documents d’un même genre de plan, et son export les contient tous deux', () => {
	let db: Db;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
	}, 120_000);
	afterAll(() => db.destroy());

	it.each(['csv', 'xlsx', 'ods'] as const)(
		'redéposé tel quel en %s, il ne crée ni ne change aucune action',
		async (format) => {
			const before = await said(db);
			const written = await exportActions(db, ref, { territoire: DEMO, format, plan: 'contrat-de-ville', day: LE });
			if (isRefusal(written)) throw new Error(written.refus);
			const report = await importDirect(db, ref, {
				bytes: written.octets,
				fichier: written.nom,
				territoire: DEMO,
				plan: 'contrat-de-ville',
				par: 'Essai',
				le: LE
			});
			if (isRefusal(report)) throw new Error(report.refus);
			expect(report.differences).toMatchObject({ ajoutees: 0, modifiees: 0, disparues: 0 });
			expect(report.differences.inchangees + report.ignorees).toBe(report.lues);
			expect(report.ignorees).toBeGreaterThan(0);
			expect(report.acceptees).toBe(report.differences.inchangees);
			expect(ignoredReasons(report.ignoreesParRaison).join(' ')).toContain('déjà dans un autre document');
			expect(await said(db)).toEqual(before);
		}
	);

	it('une action du même nom, l’année suivante, est une autre action', async () => {
		const [first, second] = (await documents.listByTerritory(db, DEMO)).filter((d) => d.plan === 'contrat-de-ville');
		const held = await actions.storedOf(db, second!.id);
		const others = [{ titre: second!.titre, actions: held }];
		const draft = held.find((a) => a.contenu.dates?.debut)!.contenu;
		const stored = (await actions.storedOf(db, first!.id)).filter((a) => a.contenu.titre !== draft.titre);
		const next = { ...draft, dates: { ...draft.dates!, debut: '2031-01-01', fin: '2031-12-31' } };
		expect(heldElsewhere(stored, [draft], others, ['titre']).aside).toHaveLength(1);
		expect(heldElsewhere(stored, [next], others, ['titre']).kept).toEqual([next]);
	});
});
