import type { ActionDraft } from './action';
import type { Issue } from './issue';
import { readDraft, type RowContext } from './row-draft';
import { isRegional, whereIs, type Where } from './row-territory';
import { carryLevels, setAside, type SetAside } from './row-triage';
import { cellsOf, isEmpty, quote, rowIssue, textOf } from './row-values';
import type { CellValue, Table } from './sheet';
import { plain } from './text';

export interface RowOutcome {
	readonly ligne: number;
	readonly etat: 'acceptee' | 'rejetee' | 'ignoree';
	readonly draft: ActionDraft | null;
	readonly issues: readonly Issue[];
	/** Why it was set aside or refused, in French; null when accepted. */
	readonly raison: string | null;
}

/**
 * Reads the rows under a header.
 * in     `rows` as the sheet holds them, first row = 1; `table` says where the header is
 * out    one outcome per row from `premiereLigne` to the last row with content: lues = acceptées + rejetées + ignorées
 * never  throws for what a cell holds; keeps blanks blank, except an axis written once over its actions
 */
export function parseRows(
	rows: readonly (readonly CellValue[])[],
	table: Table,
	context: RowContext
): readonly RowOutcome[] {
	const last = rows.findLastIndex((row) => row.some((cell) => !isEmpty(cell)));
	const body = carryLevels(rows.slice(table.premiereLigne - 1, last + 1), table, table.premiereLigne);
	const { territoire } = context;
	const filled = body.filter((cells) => cells.some((cell) => !isEmpty(cell)));
	const verdicts = territoire ? filled.map((cells) => whereIs(cells, table, territoire)) : [];
	const withRegion = { ...context, regional: isRegional(verdicts) };
	return body.map((cells, i) => parseRow(cells, table.premiereLigne + i, table, withRegion));
}

/**
 * Reads one row.
 * in     `ligne` as the spreadsheet shows it
 * out    `acceptee` with a draft, `rejetee` with at least one `bloquant` issue, or `ignoree` with its reason
 * empty  only a title is required; every other blank is null or []
 */
export function parseRow(cells: readonly CellValue[], ligne: number, table: Table, context: RowContext): RowOutcome {
	const where = { feuille: context.feuille, ligne };
	const ignored = (aside: SetAside): RowOutcome => ({
		ligne,
		etat: 'ignoree',
		draft: null,
		issues: [rowIssue(aside.code, 'info', where, `Ligne ${ligne}\u00a0: ${aside.raison}, non lue comme une action.`)],
		raison: aside.raison
	});
	const aside =
		setAside(cells, ligne, table) ?? filteredOut(cells, table, context) ?? otherTerritory(cells, table, context);
	if (aside) return ignored(aside);

	const read = readDraft(cells, ligne, table, context);
	if (read === null) return untitled(cells, ligne, table, where);
	return { ligne, etat: 'acceptee', draft: read.draft, issues: read.issues, raison: null };
}

function untitled(
	cells: readonly CellValue[],
	ligne: number,
	table: Table,
	where: { readonly feuille: string | null; readonly ligne: number }
): RowOutcome {
	const reference = cellsOf(cells, table, 'numero').flatMap((f) => textOf(f.cell) ?? [])[0] ?? null;
	const raison = reference === null ? 'ni titre ni référence' : `référence ${quote(reference)} sans titre`;
	const colonne = table.colonnes.find((c) => c.champ === 'titre')?.entete ?? null;
	const found = cells.flatMap((cell) => textOf(cell) ?? [])[0] ?? null;
	const issue = rowIssue(
		'titre-absent',
		'bloquant',
		{ ...where, colonne },
		`Ligne ${ligne}\u00a0: ${raison}\u202f; la ligne n’est pas importée.`,
		{
			found,
			expected: 'un intitulé d’action',
			hint:
				colonne === null
					? 'Ajoutez une colonne « Titre ».'
					: `Remplissez la colonne ${quote(colonne)}, ou videz la ligne.`
		}
	);
	return { ligne, etat: 'rejetee', draft: null, issues: [issue], raison };
}

function filteredOut(cells: readonly CellValue[], table: Table, { filtre }: RowContext): SetAside | null {
	if (!filtre) return null;
	const wanted = plain(filtre.valeur);
	const columns = table.colonnes.filter((c) => c.champ === filtre.champ || plain(c.entete) === plain(filtre.champ));
	const met = columns.some((c) => plain(textOf(cells[c.index] ?? null) ?? '') === wanted);
	return met ? null : { code: 'ligne-filtree', raison: `filtre «\u00a0${filtre.champ} = ${filtre.valeur}\u00a0»` };
}

function otherTerritory(cells: readonly CellValue[], table: Table, context: RowContext): SetAside | null {
	if (!context.territoire) return null;
	const verdict: Where = whereIs(cells, table, context.territoire);
	if (verdict === 'dehors' || (context.regional && verdict === 'dehors-probable')) {
		const said = ['territoire', 'communes', 'porteur'] as const;
		const texts = said.flatMap((champ) => cellsOf(cells, table, champ).flatMap((f) => textOf(f.cell) ?? []));
		const name = texts.find((text) => /\p{L}{2}/u.test(text)) ?? texts[0] ?? '';
		return { code: 'ligne-hors-territoire', raison: name ? `autre territoire (${quote(name)})` : 'autre territoire' };
	}
	if (context.regional && verdict === 'inconnu')
		return { code: 'ligne-hors-territoire', raison: 'fichier régional, rien ne rattache la ligne au territoire' };
	return null;
}
