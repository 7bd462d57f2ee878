import { contentOf, totalOf } from '../../domain/import/anomalies';
import type { Correction } from '../../domain/import/choices';
import { cellKey, cellWith, mergeCorrections, withoutCells } from '../../domain/import/corrections';
import { isRefusal, type Refusal } from '../../domain/issue';
import type { Referentiel } from '../../domain/rules/referentiel';
import * as anomalies from '../db/anomalies';
import type { Db } from '../db/client';
import * as imports from '../db/imports';
import { restageImport, type By } from './import-document';

/** What a person typed for one cell of a staged import. */
export interface Edit {
	readonly feuille: string;
	readonly ligne: number;
	/** 0-based. */
	readonly colonne: number;
	readonly valeur: string;
	/** The value takes the place of what was found wrong in the cell, not of the whole cell. */
	readonly remplace: boolean;
	/** Every cell of the column that says the same wrong thing. */
	readonly partout: boolean;
}

export interface Corrected {
	/** Cells changed by this. */
	readonly cellules: number;
	/** Anomalies before less anomalies after: negative when the new values raise others. */
	readonly demoins: number;
	readonly rejeteesAvant: number;
	readonly rejetees: number;
}

/**
 * Corrects cells of a staged import and reads it again, once for all.
 * out    what it changed in the report; a refusal when the import is staged no more
 * never  touches the file; takes only cells that hold an anomaly
 */
export async function correctImport(
	db: Db,
	ref: Referentiel,
	id: number,
	edits: readonly Edit[],
	by: By
): Promise<Corrected | Refusal> {
	const added: Correction[] = [];
	for (const edit of edits) {
		const [found] = await anomalies.ofCell(db, id, edit);
		if (!found) continue;
		const avant = contentOf(found);
		const typed = edit.valeur.trim();
		const valeur = (edit.remplace && typed !== '' ? cellWith(found, typed) : typed) || null;
		const cells = edit.partout ? await anomalies.cellsAlike(db, id, found) : [edit];
		for (const { feuille, ligne, colonne } of cells)
			added.push({ feuille, ligne, colonne, valeur, avant, par: by.par, le: by.le });
	}
	return again(db, ref, id, (known) => mergeCorrections(known, added));
}

/** Gives cells back what the file says. */
export const takeBack = (db: Db, ref: Referentiel, id: number, keys: readonly string[]): Promise<Corrected | Refusal> =>
	again(db, ref, id, (known) => withoutCells(known, new Set(keys)));

async function again(
	db: Db,
	ref: Referentiel,
	id: number,
	change: (known: readonly Correction[]) => Correction[]
): Promise<Corrected | Refusal> {
	const row = await imports.get(db, id);
	const known = row?.options.corrections ?? [];
	const corrections = change(known);
	const done = await restageImport(db, ref, id, { corrections });
	if (isRefusal(done)) return done;
	const said = (list: readonly Correction[]): Map<string, string | null> =>
		new Map(list.map((c) => [cellKey(c), c.valeur]));
	const [before, after] = [said(known), said(corrections)];
	const changed = [...new Set([...before.keys(), ...after.keys()])].filter((k) => before.get(k) !== after.get(k));
	return {
		cellules: changed.length,
		demoins: totalOf(row?.rapport.compte ?? []) - done.rapport.anomalies.length,
		rejeteesAvant: row?.rapport.rejetees ?? 0,
		rejetees: done.rapport.rejetees
	};
}
