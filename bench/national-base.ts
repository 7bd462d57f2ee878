import type { TerritoryRecords } from '../src/lib/domain/crossing/territory-view';
import type { Db } from '../src/lib/server/db/client';
import { insertRows } from '../src/lib/server/db/insert-rows';
import { saveQuartiers, saveTerritory } from '../src/lib/server/db/territories';

/** Writes invented territories into a database, as imports would have left them. */
export async function writeCase(db: Db, territories: Iterable<TerritoryRecords>, le: string): Promise<void> {
	await db.transaction().execute(async (trx) => {
		for (const { territory, quartiers, documents, actions } of territories) {
			await saveTerritory(trx, territory);
			await saveQuartiers(trx, quartiers, { source: 'inventé', le });
			await insertRows(
				trx,
				'document',
				['id', 'territoire', 'plan', 'titre', 'periode', 'champs', 'signature', 'adopte_le', 'cree_le'],
				documents.map((d) => [d.id, territory.code, d.plan, d.titre, d.periode, JSON.stringify(d.champs), '', null, le])
			);
			await trx
				.insertInto('import')
				.values(
					documents.map(({ id, plan, fichier }) => ({
						...{
							id,
							plan,
							fichier,
							territoire: territory.code,
							document: id,
							sha256: '',
							octets: Buffer.alloc(0),
							codage: null,
							taille: 0
						},
						...{ options: '{}', rapport: '{}', etat: 'valide' as const, par: 'mesure' },
						...{ prepare_le: le, valide_le: le, valide_par: null, annule_le: null, annule_par: null }
					}))
				)
				.execute();
			await insertRows(
				trx,
				'action',
				['id', 'document', 'cle', 'ordre', 'contenu', 'disparue', 'import'],
				actions.map(({ id, document, plan: _plan, disparue: _gone, ...draft }, i) => [
					id,
					document,
					id,
					i,
					JSON.stringify(draft),
					0,
					document
				])
			);
		}
	});
}
