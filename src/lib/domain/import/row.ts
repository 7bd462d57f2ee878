import type { ActionDraft } from '../action';
import { readDraft, type RowContext } from './row-draft';
import { isRegional, whereIs, type Where } from './row-territory';
import { numberedLevels } from './row-numbers';
import { tellCarried } from './row-carried';
import { readDittos } from './row-ditto';
import { joinFunders } from './row-funders';
import { carryLevels, sectionsOf, withParents } from './row-levels';
import { spreadMerges } from './row-merges';
import type { RowOutcome } from './row-outcome';
import { hasTitle, setAside, type SetAside } from './row-triage';
import { cellsOf, isEmpty, quote, rowIssue, textOf } from './row-values';
import type { CellValue, Table } from './sheet';
import { filterWords, meets } from '../row-filter';
import { plain } from '../text';

/**
 * Reads the rows under a header.
 * in     `rows` as the sheet holds them, first row = 1; `table` says where the header is
 * out    one outcome per row from `premiereLigne` to the last row with content: lues = acceptées + rejetées + ignorées
 * never  throws for what a cell holds; keeps blanks blank, except under a merged cell, an axis or a theme written once over its actions, and « idem »
 */
export function parseRows(
	rows: readonly (readonly CellValue[])[],
	table: Table,
	context: RowContext
): readonly RowOutcome[] {
	const end = rows.findLastIndex((row) => row.some((cell) => !isEmpty(cell))) + 1;
	const last = Math.min(end, table.derniereLigne ?? end);
	const written = rows.slice(table.premiereLigne - 1, last);
	const dittos = readDittos(written, table, table.premiereLigne, context.feuille);
	const { premiereLigne } = table;
	const merged = spreadMerges(dittos.rows, table, premiereLigne, context.fusions);
	const levels = carryLevels(merged.rows, dittos.rows, table, premiereLigne);
	const body = withParents(levels.rows, table);
	const { territoire } = context;
	const verdicts = body.map((cells) =>
		territoire && cells.some((cell) => !isEmpty(cell)) ? whereIs(cells, table, territoire) : null
	);
	const withRegion = { ...context, regional: isRegional(verdicts.filter((verdict) => verdict !== null)) };
	// « Axe 2 : Mobilité » may stand just over the headers.
	const start = Math.max(0, table.ligneEntete - 4);
	const sections = sectionsOf(rows.slice(start, last)).slice(table.premiereLigne - 1 - start);
	const numbered = numberedLevels(body, table);
	const read = (cells: readonly CellValue[], i: number): RowOutcome => {
		const ligne = table.premiereLigne + i;
		const level = numbered?.[i];
		if (level?.partie) return setAsideAs(PART, cells, ligne, context.feuille);
		const outcome = parseRow(cells, ligne, table, withRegion, verdicts[i] ?? null);
		const draft = outcome.draft && under(outcome.draft, level?.axe ? level : sections[i], context);
		const said = outcome.etat === 'ignoree' ? undefined : dittos.issues.get(i);
		if (draft === outcome.draft && !said) return outcome;
		return { ...outcome, draft, issues: [...(said ?? []), ...outcome.issues] };
	};
	const each = body.map((cells, i) => {
		if (context.suivi && i % context.suivi.tousLes === 0) context.suivi.dire(i);
		return read(cells, i);
	});
	const joined = joinFunders(each, (i, above) => {
		const titled = withTitleOf(body[above]!, body[i]!, table);
		return titled && read(titled, i);
	});
	const above = { carried: [...merged.carried, ...levels.carried], kept: merged.kept };
	const outcomes = tellCarried(joined, above, {
		...{ rows: dittos.rows, premiere: premiereLigne, feuille: context.feuille }
	});
	const lowest = outcomes.findLastIndex((o) => o.etat === 'acceptee');
	// A blank row or a total ends the table: what follows may be a legend.
	const over = outcomes.findIndex((o, i) => i > lowest && /^ligne (?:vide|de total)$/.test(o.raison ?? ''));
	if (lowest < 0 || over < 0) return outcomes;
	return outcomes.map((o, i) => (i > over ? asNote(o, written[i] ?? [], table, context) : o));
}

/** A row that names no action, under the title of another. */
function withTitleOf(
	above: readonly CellValue[],
	cells: readonly CellValue[],
	table: Table
): readonly CellValue[] | null {
	const titre = table.colonnes.find((c) => c.champ === 'titre')?.index;
	if (titre === undefined || hasTitle(cells, table)) return null;
	const copy = Array.from({ length: Math.max(cells.length, titre + 1) }, (_, i) => cells[i] ?? null);
	copy[titre] = above[titre] ?? null;
	return copy;
}

const PART: SetAside = { code: 'ligne-ecartee', raison: 'titre de partie' };

function under(
	draft: ActionDraft,
	section: Pick<ActionDraft, 'axe' | 'objectif'> | undefined,
	context: RowContext
): ActionDraft {
	const axe = draft.axe ?? section?.axe ?? context.axe ?? null;
	const objectif = draft.objectif ?? section?.objectif ?? null;
	return axe === draft.axe && objectif === draft.objectif ? draft : { ...draft, axe, objectif };
}

/** Below the last action, a few words without title nor number are a legend, not an action that lacks its title. */
function asNote(outcome: RowOutcome, cells: readonly CellValue[], table: Table, { feuille }: RowContext): RowOutcome {
	const filled = cells.filter((cell) => !isEmpty(cell));
	const numbered = cellsOf(cells, table, 'numero').some((f) => textOf(f.cell) !== null);
	const left = outcome.etat === 'rejetee' || outcome.raison === 'titre de partie';
	if (!left || numbered || filled.length > 2) return outcome;
	return setAsideAs({ code: 'ligne-ecartee', raison: 'note sous le tableau' }, cells, outcome.ligne, feuille);
}

function setAsideAs(
	{ code, raison }: SetAside,
	cells: readonly CellValue[],
	ligne: number,
	feuille: string | null
): RowOutcome {
	const found = cells.flatMap((cell) => textOf(cell) ?? [])[0] ?? null;
	const message = `Ligne ${ligne}\u00a0: ${raison}, non lue comme une action.`;
	const issue = rowIssue(code, 'info', { feuille, ligne }, message, { found });
	return { ligne, etat: 'ignoree', draft: null, issues: [issue], raison };
}

/**
 * Reads one row.
 * in     `ligne` as the spreadsheet shows it; `where`: where it stands, when that was already asked
 * out    `acceptee` with a draft, `rejetee` with at least one `bloquant` issue, or `ignoree` with its reason
 * empty  only a title is required; every other blank is null or []
 */
export function parseRow(
	cells: readonly CellValue[],
	ligne: number,
	table: Table,
	context: RowContext,
	where: Where | null = null
): RowOutcome {
	const aside =
		setAside(cells, ligne, table) ?? filteredOut(cells, table, context) ?? otherTerritory(cells, table, context, where);
	if (aside) return setAsideAs(aside, cells, ligne, context.feuille);

	const read = readDraft(cells, ligne, table, context);
	if (read === null) return untitled(cells, ligne, table, { feuille: context.feuille, ligne });
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
	const columns = table.colonnes.filter((c) => c.champ === filtre.champ || plain(c.entete) === plain(filtre.champ));
	const met = columns.some((c) => meets(filtre, textOf(cells[c.index] ?? null) ?? ''));
	return met ? null : { code: 'ligne-filtree', raison: `filtre «\u00a0${filterWords(filtre)}\u00a0»` };
}

function otherTerritory(
	cells: readonly CellValue[],
	table: Table,
	context: RowContext,
	where: Where | null
): SetAside | null {
	if (!context.territoire) return null;
	const verdict = where ?? whereIs(cells, table, context.territoire);
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
