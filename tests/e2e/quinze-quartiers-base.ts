import { writeCase } from '../../bench/national-base';
import { oneTerritory } from '../../bench/national-case';
import { open } from '../../src/lib/server/db/client';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/*
 * `node quinze-quartiers-base.js FICHIER` writes a base that holds one invented territory, of 500 actions and 15 quartiers, where
 * several crossings have no action at all, as in most draws.
 */

const DRAW = 3;

const funds = loadReferentiel().financements.flatMap((f) => f.mesures.map((m) => m.id));
const db = await open(process.argv[2]!);
await writeCase(db, [oneTerritory(500, 15, funds.slice(0, 30), DRAW)], '2026-11-22');
// A name as long as real ones are.
const { code } = await db.selectFrom('quartier').select('code').orderBy('code', 'desc').executeTakeFirstOrThrow();
await db
	.updateTable('quartier')
	.set({ nom: 'Zone Intercommunale Faubourg Des Essais - La Fabriquette' })
	.where('code', '=', code)
	.execute();
await db.destroy();
