import { z } from 'zod';
import { Champ } from '../action';
import { cellText } from './cell';
import { anomaly, type Issue } from '../issue';
import { Basis } from '../money';
import { unitIn } from './header-marks';
import type { CellValue, MappedColumn, Sheet, Table } from './sheet';
import { plain } from '../text';

/* What a person changes of an import before it is saved: columns, cells. The file itself is never touched. */

export const ColumnChoice = z.object({
	/** Field the column feeds; null leaves it out. */
	champ: Champ.nullable(),
	/** Mark between several values of one cell; '' never cuts, null lets the usual ones decide. */
	separateur: z.string().max(5).nullable(),
	/** For `financements`: what the column holds; null is a text to be read freely. */
	role: z.enum(['financeur', 'base', 'demande', 'obtenu', 'montant']).nullable().optional(),
	/** For `financements`: whose money it is, when neither header nor cell says it. */
	financeur: z.string().max(200).nullable().optional(),
	/** For amounts. */
	base: Basis.optional(),
	/** For amounts: euros in one unit of the column. */
	unite: z.union([z.literal(1), z.literal(1_000), z.literal(1_000_000)]).optional()
});
export type ColumnChoice = z.infer<typeof ColumnChoice>;

/** Choices by `columnKey`. */
export const ColumnChoices = z.record(z.string(), ColumnChoice);
export type ColumnChoices = z.infer<typeof ColumnChoices>;

/** Choices kept for the next file of the same shape. The year is not one of them: it is that of one file. */
export const RememberedChoices = z.object({
	/** File they were made on. */
	fichier: z.string(),
	colonnes: ColumnChoices,
	base: Basis,
	feuille: z.string().nullable(),
	/** 1-based. */
	ligneEntete: z.number().int().positive().nullable()
});
export type RememberedChoices = z.infer<typeof RememberedChoices>;

/** One cell corrected on the screen. `colonne` is 0-based, `ligne` as the spreadsheet shows it. */
export const Correction = z.object({
	feuille: z.string(),
	ligne: z.number().int().positive(),
	colonne: z.number().int().nonnegative(),
	valeur: z.string().nullable(),
	/** What the file says there, on one line; null for a blank. */
	avant: z.string().nullable().optional(),
	par: z.string().optional(),
	le: z.string().optional()
});
export type Correction = z.infer<typeof Correction>;

/** Names of the columns of a table that stay the same from one file to the next: words of the header, and rank among equals. */
export function columnKeys(colonnes: readonly Pick<MappedColumn, 'entete'>[]): string[] {
	const seen = new Map<string, number>();
	return colonnes.map(({ entete }) => {
		const name = plain(entete);
		const rank = (seen.get(name) ?? 0) + 1;
		seen.set(name, rank);
		return rank === 1 ? name : `${name}#${rank}`;
	});
}

/** A table with what people chose for its columns; a chosen column is sure. */
export function applyColumnChoices(table: Table, choices: ColumnChoices): Table {
	const keys = columnKeys(table.colonnes);
	const colonnes = table.colonnes.map((column, i) => applyChoice(column, choices[keys[i]!]));
	return { ...table, colonnes };
}

function applyChoice(column: MappedColumn, choice: ColumnChoice | undefined): MappedColumn {
	if (!choice) return column;
	const { marque: _, unite: __, gabarit: ___, ...rest } = column;
	const unite = unitIn(column.entete);
	const kept =
		choice.champ === column.champ
			? column
			: { ...rest, role: null, financeur: null, ...(unite === null ? {} : { unite }) };
	return {
		...kept,
		champ: choice.champ,
		confiance: choice.champ === null ? 0 : 1,
		choisie: true,
		...(choice.separateur === null ? {} : { separateur: choice.separateur }),
		...(choice.role === undefined ? {} : { role: choice.role }),
		...(choice.financeur === undefined ? {} : { financeur: choice.financeur }),
		...(choice.base === undefined ? {} : { base: choice.base }),
		...(choice.unite === undefined ? {} : { unite: choice.unite })
	};
}

/** What is still to be said of the headers once people have chosen: their choice answers the question. */
export function issuesAfterChoices(issues: readonly Issue[], tables: readonly Table[]): readonly Issue[] {
	const columns = tables.flatMap((t) => t.colonnes);
	const settled = new Set(columns.filter((c) => c.choisie).map((c) => c.entete));
	const titled = columns.some((c) => c.champ === 'titre' || c.champ === 'sous_action');
	const left = issues.filter(
		({ code, where }) =>
			!(where.column !== null && settled.has(where.column) && HEADER_CODES.has(code)) &&
			!(titled && code === 'titre-absent')
	);
	return titled || issues.some((i) => i.code === 'titre-absent') ? left : [...left, untitledTable(tables)];
}

const HEADER_CODES: ReadonlySet<Issue['code']> = new Set(['colonne-ambigue', 'colonne-inconnue', 'valeur-suspecte']);

const untitledTable = ([table]: readonly Table[]): Issue =>
	anomaly('titre-absent', 'bloquant', 'Aucune colonne ne donne l’intitulé des actions.', {
		where: { sheet: table?.feuille ?? null, row: table?.ligneEntete ?? null },
		expected: 'une colonne lue comme «\u00a0Intitulé de l’action\u00a0»',
		hint: 'Sur la page «\u00a0Colonnes\u00a0», indiquez laquelle contient l’intitulé.'
	});

/** Sheets with the corrected cells in place; a correction outside of what the sheet holds is left. */
export function applyCorrections(sheets: readonly Sheet[], corrections: readonly Correction[]): readonly Sheet[] {
	if (corrections.length === 0) return sheets;
	return sheets.map((sheet) => {
		const own = corrections.filter((c) => c.feuille === sheet.nom && c.ligne <= sheet.rows.length);
		if (own.length === 0) return sheet;
		const rows = [...sheet.rows];
		for (const { ligne, colonne, valeur } of own) {
			const row: CellValue[] = [...(rows[ligne - 1] ?? [])];
			while (row.length <= colonne) row.push(null);
			row[colonne] = valeur === null || cellText(valeur) === '' ? null : valeur;
			rows[ligne - 1] = row;
		}
		return { ...sheet, rows };
	});
}
