import type { DbOrTrx } from '../db/client';
import { countLines, countSetAside, listLines, type LineGroup, type StoredLine } from '../db/import-lines';
import { sourcesOf, type ImportSource } from '../db/imports';

/* The page of what an import changes: counts of every group, lines of the one that is open. */

export const GROUPS: readonly LineGroup[] = ['a-trancher', 'modifiee', 'ajoutee', 'disparue', 'videes', 'gardees'];
/** Lines of a group on the page of all groups, and on its own page. */
const GLIMPSE = 8;
const PAGE = 50;

export interface ShownGroup {
	readonly groupe: LineGroup;
	readonly nombre: number;
	readonly lignes: readonly StoredLine[];
}

export interface ChangesPage {
	readonly nombres: Readonly<Record<LineGroup, number>>;
	readonly ecartees: Readonly<Record<string, number>>;
	readonly groupes: readonly ShownGroup[];
	/** 1-based; of one group only. */
	readonly page: number;
	readonly pages: number;
	/** Imports the former values were read in. */
	readonly sources: Readonly<Record<number, ImportSource>>;
}

export async function readChanges(
	db: DbOrTrx,
	importId: number,
	asked: { readonly groupe: LineGroup | null; readonly mots: string; readonly page: number }
): Promise<ChangesPage> {
	const counted = await Promise.all(
		GROUPS.map(async (g) => [g, await countLines(db, importId, g, asked.mots)] as const)
	);
	const nombres = Object.fromEntries(counted) as Record<LineGroup, number>;
	const pages = asked.groupe ? Math.max(1, Math.ceil(nombres[asked.groupe] / PAGE)) : 1;
	const page = Math.min(Math.max(1, asked.page), pages);
	const groupes: ShownGroup[] = [];
	for (const groupe of GROUPS.filter((g) => nombres[g] > 0 && (asked.groupe === null || g === asked.groupe))) {
		const [nombre, depuis] = asked.groupe ? [PAGE, (page - 1) * PAGE] : [GLIMPSE, 0];
		const lignes = await listLines(db, importId, { groupe, mots: asked.mots, nombre, depuis });
		groupes.push({ groupe, nombre: nombres[groupe], lignes });
	}
	const lignes = groupes.flatMap((g) => g.lignes);
	return {
		nombres,
		ecartees: await countSetAside(db, importId),
		groupes,
		page,
		pages,
		sources: await sourcesOf(db, [...new Set(lignes.flatMap((l) => l.contenu.source ?? []))])
	};
}
