import { beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import { saveQuartiers, saveTerritory } from '../../src/lib/server/db/territories';
import { importDirect } from '../../src/lib/server/plans/import-document';
import { crossNow } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aCommune, aQuartier, aTerritory } from '../fixtures/build';

/* A row of one territory names a quartier of another one, whose perimeters are loaded too. Invented. */

const LE = '2026-11-30';
const ref = loadReferentiel();
const flat = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const HOUVELLES = aCommune('ZZ801', 'Houvelles');
const LOINTAINE = aCommune('YY901', 'Pré-Lointain');
const LANDE = 'ZZ0000008' as ReturnType<typeof aTerritory>['code'];
const CELLS = [
	'Les Tilleuls Dorés (Houvelles)',
	'Houvelles - Les Tilleuls Dorés',
	'QPV Les Tilleuls Dorés',
	'QNZZZ03N',
	'Centre',
	'Centre (Houvelles)',
	'Bois Joli',
	'Les Tilleuls Dorés (Aubrelle)'
];

let db: Db;
let anomalies: readonly { readonly message: string; readonly gravite: string; readonly ligne?: number | null }[];
let demandes: readonly string[];
beforeAll(async () => {
	db = await open(':memory:');
	await saveTerritory(db, aTerritory());
	await saveTerritory(db, aTerritory({ code: LANDE, nom: 'CC de la Lande', communes: [HOUVELLES, LOINTAINE] }));
	const quartiers = [
		aQuartier({ code: 'QNZZZ01N', nom: 'Les Vanniers' }),
		aQuartier({ code: 'QNZZZ02N', nom: 'Le Lac' }),
		aQuartier({ code: 'QNZZZ03N', nom: 'Les Tilleuls Dorés', communes: [HOUVELLES], epci: [LANDE] }),
		aQuartier({ code: 'QNZZZ04N', nom: 'Centre', communes: [HOUVELLES], epci: [LANDE] }),
		aQuartier({ code: 'QNYYY05N', nom: 'Bois Joli', communes: [LOINTAINE], epci: [LANDE] })
	];
	await saveQuartiers(db, quartiers, { source: 'essai', le: LE });
	const csv = ['N°;Intitulé;Quartier', ...CELLS.map((cell, n) => `${n};Fête du sport ${n};${cell}`)].join('\n');
	const asked = { bytes: new TextEncoder().encode(csv), fichier: 'cdv.csv', territoire: 'ZZ0000001', plan: 'contrat-de-ville' } as const; // prettier-ignore
	const rapport = await importDirect(db, ref, { ...asked, par: 'essai', le: LE });
	if (isRefusal(rapport)) throw new Error(rapport.refus);
	anomalies = rapport.anomalies.filter((a) => a.code === 'quartier-inconnu');
	demandes = rapport.quartiersNonReconnus.map((q) => q.texte);
});

const atteinte = async (cell: string) => {
	const { crossed } = (await crossNow(db, ref, 'ZZ0000001', LE))!;
	return crossed.view.actions.find((a) => a.action.titre === `Fête du sport ${CELLS.indexOf(cell)}`)!;
};
const dit = (cell: string) => anomalies.find((a) => a.ligne === CELLS.indexOf(cell) + 2);

describe('un quartier d’un autre territoire chargé est connu ailleurs', () => {
	it.each(CELLS.slice(0, 4))('« %s » : aucun quartier d’ici, et il est dit où', async (cell) => {
		const { reach, nonRattaches } = await atteinte(cell);
		expect(reach.map((r) => r.niveau)).toEqual(['aucune', 'aucune']);
		expect(flat(reach[0]!.preuve!)).toBe(`${cell} : Les Tilleuls Dorés (Houvelles, CC de la Lande)`);
		expect(nonRattaches).toEqual([]);
		expect(dit(cell)).toMatchObject({ gravite: 'info' });
		expect(flat(dit(cell)!.message)).toContain(
			'est un quartier d’un autre territoire, Les Tilleuls Dorés (Houvelles, CC de la Lande)'
		);
		expect(demandes).not.toContain(cell);
	});

	it('un mot commun demande sa commune', async () => {
		expect((await atteinte('Centre (Houvelles)')).reach.map((r) => r.niveau)).toEqual(['aucune', 'aucune']);
		expect((await atteinte('Centre')).reach.map((r) => r.niveau)).toEqual(['inconnu', 'inconnu']);
	});

	it('un nom porté au loin, ou dit d’une commune d’ici, reste une question', async () => {
		for (const cell of ['Bois Joli', 'Les Tilleuls Dorés (Aubrelle)']) {
			expect([cell, ...(await atteinte(cell)).reach.map((r) => r.niveau)]).toEqual([cell, 'inconnu', 'inconnu']);
			expect(demandes).toContain(cell);
		}
	});
});
