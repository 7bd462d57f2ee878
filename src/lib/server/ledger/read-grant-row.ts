import type { Grant, GrantColumn } from '../../domain/ledger/grant';
import { cellText } from '../../domain/import/cell';
import { cellName } from '../../domain/import/issue-cells';
import { isRefusal } from '../../domain/issue';
import type { Referentiel } from '../../domain/rules/referentiel';
import type { DbOrTrx } from '../db/client';
import * as grants from '../db/grants';
import { readWorkbook } from '../files/workbook';
import { grantColumns, grantTable } from './grant-columns';
import type { GrantReport } from './grant-report';

/* One row of a published list: each cell as the file has it, and what was read in it. */

export interface GrantCell {
	/** « F104 »; null when the file was not kept. */
	readonly cellule: string | null;
	readonly entete: string;
	/** Null for an empty cell. */
	readonly valeur: string | null;
	/** What the column was understood as: « Montant »; null for a column that is not read. */
	readonly lue: string | null;
}

export interface GrantRow {
	readonly liste: number;
	readonly fichier: string;
	readonly feuille: string | null;
	readonly ligne: number;
	readonly le: string;
	readonly par: string;
	/** Taken back: it counts no more. */
	readonly reprise: boolean;
	readonly intitule: string;
	readonly dispositif: string;
	/** Euro cents. */
	readonly montant: number;
	/** The file itself was kept: the cells are its own. Else they are what was read of it. */
	readonly garde: boolean;
	readonly cellules: readonly GrantCell[];
}

/** null when no grant of that list was read on that row */
export async function readGrantRow(
	db: DbOrTrx,
	ref: Referentiel,
	liste: number,
	ligne: number
): Promise<GrantRow | null> {
	const list = (await grants.listImports(db)).find((l) => l.id === liste);
	const grant = list && (await grants.grantAt(db, liste, ligne));
	if (!list || !grant) return null;
	const bytes = await grants.bytesOf(db, liste);
	const words = new Map(ref.attributions.colonnes.map((c) => [c.colonne, c.libelle]));
	const found = bytes === null ? null : await cellsOf(bytes, list.fichier, ligne, ref, words);
	const { fichier, le, par, annuleLe } = list;
	return {
		...{ liste, fichier, ligne, le, par, reprise: annuleLe !== null, feuille: found?.feuille ?? null },
		...{ intitule: grant.intitule, dispositif: grant.dispositif, montant: grant.montant, garde: found !== null },
		cellules: found?.cellules ?? keptOf(grant, list.rapport as GrantReport, words)
	};
}

type Words = ReadonlyMap<GrantColumn, string>;

async function cellsOf(bytes: Uint8Array, fichier: string, ligne: number, ref: Referentiel, words: Words) {
	const workbook = await readWorkbook(bytes, fichier);
	const table = isRefusal(workbook) ? null : grantTable(workbook, ref.attributions);
	const row = table?.lignes.find((l) => l.ligne === ligne);
	if (!table || !row) return null;
	const read = new Map([...grantColumns(table.entetes, ref.attributions)].map(([colonne, index]) => [index, colonne]));
	const cellules = table.entetes.flatMap((entete, index): GrantCell[] => {
		const cell = row.cells[index] ?? null;
		const valeur = cell === null ? '' : cellText(cell).trim();
		if (entete === '' && valeur === '') return [];
		const colonne = read.get(index);
		return [
			{
				cellule: cellName(index, ligne),
				entete,
				valeur: valeur || null,
				lue: colonne ? (words.get(colonne) ?? null) : null
			}
		];
	});
	return { feuille: table.feuille, cellules };
}

/** Of a list loaded when its file was not kept: the columns it was read under, and what was read. */
const keptOf = (grant: Grant, { colonnes }: GrantReport, words: Words): GrantCell[] =>
	colonnes.flatMap(({ colonne, entete }) => {
		const said = readIn(grant, colonne);
		return said === undefined ? [] : [{ cellule: null, entete, valeur: said, lue: words.get(colonne) ?? null }];
	});

const euros = (cents: number | null): string | null =>
	cents === null ? null : (cents / 100).toFixed(2).replace('.', ',');

/** undefined for a column whose words were not kept. */
function readIn(grant: Grant, colonne: GrantColumn): string | null | undefined {
	switch (colonne) {
		case 'dossier':
		case 'intitule':
		case 'beneficiaire':
		case 'siren':
		case 'commune':
		case 'departement':
			return grant[colonne];
		case 'annee':
			return grant.date ?? grant.annee?.toString() ?? null;
		case 'mesure':
			return grant.mesureTexte;
		case 'commune_nom':
			return grant.communeNom;
		case 'montant':
		case 'cout':
			return euros(grant[colonne]);
		default:
			return undefined;
	}
}
