import { expect, test } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { open } from '../../src/lib/server/db/client';
import * as grants from '../../src/lib/server/db/grants';
import { importGrants } from '../../src/lib/server/ledger/import-grants';
import { readLedger } from '../../src/lib/server/ledger/ledger-view';
import { readGrantRow } from '../../src/lib/server/ledger/read-grant-row';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* From a figure of the money granted back to the cell of the list that says it. */

const ref = loadReferentiel();
const HEADERS = 'numero_dossier_ds;nom_demarche_ds;nom_du_projet;nom_beneficiaire_principal;couleur;montant_engage';
const ROW = '101;Recyclage foncier;Friche du port;Port SA;verte;1 000,10 €';
const BYTES = new TextEncoder().encode([HEADERS, ROW, '102;Étude;;;;'].join('\n'));

test('chaque montant se suit jusqu’à sa cellule, et la liste se reprend telle qu’elle a été donnée', async () => {
	const db = await open(':memory:');
	const report = await importGrants(db, ref, {
		...{ bytes: BYTES, fichier: 'fonds_2025.csv', dispositif: 'fonds-vert', par: 'A. B.', le: '2026-11-22' }
	});
	if (isRefusal(report)) throw new Error(report.refus);
	const liste = report.import!;
	const page = await readLedger(db, ref, {
		...{ dispositif: 'fonds-vert', mesure: null, annee: null, territoire: null, part: null }
	});
	expect(page.attributions.map((a) => a.href)).toEqual([`/region/argent/listes/${liste}/lignes/2`]);

	const row = (await readGrantRow(db, ref, liste, 2))!;
	expect(row).toMatchObject({ garde: true, ligne: 2, montant: 100_010, intitule: 'Friche du port' });
	expect(row.cellules.map((c) => [c.cellule, c.entete, c.valeur])).toEqual(
		HEADERS.split(';').map((entete, i) => [`${'ABCDEF'[i]}2`, entete, ROW.split(';')[i]])
	);
	expect(row.cellules.find((c) => c.entete === 'couleur')!.lue).toBeNull();
	expect(await grants.bytesOf(db, liste)).toEqual(Buffer.from(BYTES));
	expect(await readGrantRow(db, ref, liste, 3)).toBeNull();
	expect(await readGrantRow(db, ref, 999, 2)).toBeNull();

	// A list of before kept no file: what was read of it is told, under its headers, and nothing else.
	await db.updateTable('attribution_import').set({ octets: null }).execute();
	const old = (await readGrantRow(db, ref, liste, 2))!;
	expect(old.garde).toBe(false);
	expect(old.cellules.map((c) => c.entete)).not.toContain('couleur');
	expect(old.cellules.find((c) => c.entete === 'montant_engage')).toMatchObject({ cellule: null, valeur: '1000,10' });
});
