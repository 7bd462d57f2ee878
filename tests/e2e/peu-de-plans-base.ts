import { writeCase } from '../../bench/national-base';
import { oneTerritory } from '../../bench/national-case';
import { open } from '../../src/lib/server/db/client';
import { setGapAside } from '../../src/lib/server/decide';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* `node peu-de-plans-base.js FICHIER` writes the demonstration without its contrats de ville, where whatever no action answers was set aside, and an invented territory whose quartiers are not loaded. */

const LE = '2026-11-22';
const DEMO = 'ZZ0000001';
const db = await open(process.argv[2]!);
const ref = loadReferentiel();
await loadDemonstration(db, ref, LE);
const others = db.selectFrom('document').select('id').where('plan', '=', 'contrat-de-ville');
await db.updateTable('import').set({ document: null }).where('document', 'in', others).execute();
await db.deleteFrom('document').where('plan', '=', 'contrat-de-ville').execute();
const { view } = (await crossedTerritory(db, ref, DEMO, LE))!;
const bare = new Set(view.croiseRows.filter((r) => r.groupe === 'sans-reponse').map((r) => r.code));
for (const { id, enjeu } of view.gaps)
	if (enjeu !== null && bare.has(enjeu))
		await setGapAside(db, ref, {
			...{ territoire: DEMO, lacune: id, etat: 'ecartee', motif: 'Vu en comité', par: 'Camille Roy', le: LE }
		});
const funds = ref.financements.flatMap((f) => f.mesures.map((m) => m.id)).slice(0, 5);
await writeCase(db, [oneTerritory(40, 1, funds)], LE);
await db
	.deleteFrom('quartier')
	.where('code', 'in', (q) => q.selectFrom('quartier_epci').select('quartier').where('epci', '=', 'ZZ1000002'))
	.execute();
await db.destroy();
