import type { MultiPolygon } from '../../domain/territory';
import type { DbOrTrx } from './client';

export interface CommuneOutline {
	readonly code: string;
	readonly nom: string;
	/** Degrees. */
	readonly geometrie: MultiPolygon;
}

/** Keeps outlines; one that was there is replaced. */
export async function saveOutlines(
	trx: DbOrTrx,
	outlines: readonly CommuneOutline[],
	{ source, le }: { readonly source: string; readonly le: string }
): Promise<void> {
	for (const { code, nom, geometrie } of outlines) {
		const row = { nom, geometrie: JSON.stringify(geometrie), source, importe_le: le };
		await trx
			.insertInto('commune_contour')
			.values({ code, ...row })
			.onConflict((oc) => oc.column('code').doUpdateSet(row))
			.execute();
	}
}

/** Outlines of some communes, and the files they come from. */
export async function outlinesOf(
	db: DbOrTrx,
	codes: readonly string[]
): Promise<(CommuneOutline & { readonly source: string })[]> {
	if (codes.length === 0) return [];
	const rows = await db
		.selectFrom('commune_contour')
		.select(['code', 'nom', 'geometrie', 'source'])
		.where('code', 'in', [...codes])
		.orderBy('code')
		.execute();
	return rows.map((row) => ({ ...row, geometrie: JSON.parse(row.geometrie) as MultiPolygon }));
}
