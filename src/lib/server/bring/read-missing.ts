import { missingFiles, type Missing } from '../../domain/bring/missing';
import { territoryFromCog } from '../cog';
import type { DbOrTrx } from '../db/client';
import * as documents from '../db/documents';
import * as imports from '../db/imports';
import { hasPerimeters } from '../db/region';
import { quartiersOf } from '../db/territories';
import { getTerritory, listTerritories } from '../territories';

/** The territory files are brought for: the one asked for, else the only one of the base. Among several, one would be a guess; the demonstration is nobody’s. */
export async function territoryToBring(db: DbOrTrx, asked: string | null) {
	const all = asked ? [] : (await listTerritories(db)).filter((t) => !t.fictif);
	const code = asked ?? (all.length === 1 ? all[0]!.code : '');
	return (await getTerritory(db, code)) ?? territoryFromCog(code);
}

/** What a territory of the base still lacks, the most useful first; [] for one that is unknown. */
export async function readMissing(db: DbOrTrx, code: string | null): Promise<readonly Missing[]> {
	const territory = code ? ((await getTerritory(db, code)) ?? territoryFromCog(code)) : null;
	if (!territory) return [];
	const quartiers = await quartiersOf(db, territory.code);
	const noted = new Set(
		(await imports.list(db, territory.code)).flatMap((i) => (i.rapport.note && i.document !== null ? [i.document] : []))
	);
	const plans = (await documents.listByTerritory(db, territory.code)).filter((d) => !noted.has(d.id));
	const codes = territory.communes.map((c) => c.code as string);
	const own = quartiers.map((q) => q.code as string);
	const figures = await db
		.selectFrom('indicateur_valeur')
		.select('lieu')
		.where('lieu', 'in', own.length ? own : [''])
		.limit(1)
		.executeTakeFirst();
	const grants = await db
		.selectFrom('attribution_import')
		.select('id')
		.where('annule_le', 'is', null)
		.limit(1)
		.executeTakeFirst();
	const outline = await db
		.selectFrom('commune_contour')
		.select('code')
		.where('code', 'in', codes.length ? codes : [''])
		.limit(1)
		.executeTakeFirst();
	return missingFiles({
		nom: territory.nom,
		quartiers: quartiers.length,
		perimetres: quartiers.length > 0 || (await hasPerimeters(db, territory)),
		plans: plans.map((d) => d.plan),
		indicateurs: figures !== undefined,
		attributions: grants !== undefined,
		contours: outline !== undefined
	});
}
