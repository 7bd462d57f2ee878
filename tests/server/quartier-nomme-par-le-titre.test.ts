import { expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { open } from '../../src/lib/server/db/client';
import { saveQuartiers, saveTerritory } from '../../src/lib/server/db/territories';
import { stageImport } from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aQuartier, aTerritory, AUBRELLE, VERMOY } from '../fixtures/build';

/* « Lamartine » alone is no quartier, but the title of the same row says which one is meant. */

const LE = '2026-11-29';

it('un nom non reconnu ne fait pas dire « non rattachée » à une action que son titre rattache', async () => {
	const db = await open(':memory:');
	await saveTerritory(db, aTerritory());
	const quartiers = [
		aQuartier({ code: 'QNZZZ01Z', nom: 'Cité Lamartine - Bel-Air', communes: [AUBRELLE] }),
		aQuartier({ code: 'QNZZZ02Z', nom: 'Saint-Gillon', communes: [VERMOY] })
	];
	await saveQuartiers(db, quartiers, { source: 'essai', le: LE });
	const staged = await stageImport(db, loadReferentiel(), {
		bytes: new TextEncoder().encode(
			'Réf;Action;QPV\r\nH1;Réhabilitation de 120 logements à la cité Lamartine;Lamartine\r\nH2;Jardin partagé;Lamartine\r\n'
		),
		fichier: 'plh.csv',
		territoire: 'ZZ0000001',
		plan: 'plh',
		par: 'essai',
		le: LE
	});
	if (isRefusal(staged)) throw new Error(staged.refus);
	const said = staged.rapport.anomalies.filter((a) => a.code === 'quartier-inconnu');
	expect(said).toMatchObject([
		{
			gravite: 'info',
			message:
				'Ligne 2\u00a0: «\u00a0Lamartine\u00a0» n’est pas un quartier connu du territoire\u202f; d’autres mots de la ligne rattachent l’action à «\u00a0Cité Lamartine - Bel-Air\u00a0» («\u00a0cité Lamartine\u00a0»).'
		},
		{ gravite: 'a-verifier', message: expect.stringContaining('l’action n’y est pas rattachée') }
	]);
	// Whichever it is, the name itself remains to be attached once and for all.
	expect(staged.rapport.quartiersNonReconnus).toMatchObject([{ texte: 'Lamartine', lignes: [2, 3] }]);
	await db.destroy();
});
