import type { PlanKind } from '../action';
import { cellText } from './cell';
import { scoreHeader } from './header-score';
import type { RowOutcome } from './row-outcome';
import type { PlansFile } from '../rules/referentiel';
import type { CellValue, Sheet, SourceCell } from './sheet';
import { plain } from '../text';

/* Fiches-actions: one action a table, a label beside (or over) each value. Put together, they are a table like another. */

export const FICHES = 'Fiches';
/** A label names a field nearly to the word, and is short. */
const SURE = 0.8;
const LABEL_LENGTH = 70;
const LABELS_NEEDED = 3;
/** Enough to see what a sheet is; a longer one is a list. */
const SEEN_ROWS = 30;
const MAX_ROWS = 5_000;
const BANNER =
	/^(?:fiche(?:[\s-]+actions?)?|actions?|projet)\s*(?:n\s?[°o.]\s?)?([A-Z]{0,3}[-. ]?\d[\w.-]*)\s*(?:[:–—-]\s*(.+))?$/is;

interface Pair {
	readonly label: string;
	/** Where the label is written. */
	readonly at: SourceCell;
	value: CellValue;
	/** Cells the value is made of; where it would be written when it is blank. */
	cells: readonly SourceCell[];
}

interface Fiche {
	readonly ligne: number;
	readonly pairs: Pair[];
	readonly banner: SourceCell | null;
}

/** One field of a fiche: as a pair, but what heads the fiche has no label. */
type Field = Pick<Pair, 'label' | 'value' | 'cells'> & { readonly at: SourceCell | null };

type IsLabel = (text: string) => boolean;

/**
 * Puts the fiches of a workbook in one sheet, one row per fiche, at the place of the first.
 * in     sheets or tables of a document; several fiches one under the other in a sheet are told apart by their title
 * out    the same sheets when none is a fiche; `origines` of the new sheet say where each row comes from, `cellules` each cell
 * never  takes a list with a row of headers for a fiche
 */
export function gatherFiches(sheets: readonly Sheet[], plans: PlansFile, plan: PlanKind): readonly Sheet[] {
	const known = new Map<string, string | null>();
	const champOf = (text: string): string | null => {
		const before = known.get(text);
		if (before !== undefined) return before;
		const [best] = scoreHeader(text, plans, plan);
		const champ = best && best.score >= SURE ? best.champ : null;
		known.set(text, champ);
		return champ;
	};
	const isLabel: IsLabel = (text) => text.length <= LABEL_LENGTH && champOf(text) !== null;
	// Beside a list, a sheet of labels explains its columns; in a text document both are the plan.
	const hasList = sheets.some((sheet) => !sheet.masquee && hasHeaders(sheet.rows, isLabel));
	const read = sheets.map((sheet) =>
		sheet.masquee || (hasList && !sheet.sections) ? [] : fichesOf(sheet, isLabel, (t) => champOf(t) === 'titre')
	);
	const first = read.findIndex((fiches) => fiches.length > 0);
	if (first < 0) return sheets;

	const records = sheets.flatMap((sheet, i) => read[i]!.map((fiche) => record(fiche, sheet, champOf)));
	const labels = new Map<string, Field>();
	for (const { values } of records) for (const [key, field] of values) if (!labels.has(key)) labels.set(key, field);
	const keys = [...labels.keys()];
	const gathered: Sheet = {
		nom: sheets.some((s) => s.nom === FICHES) ? `${FICHES} réunies` : FICHES,
		masquee: false,
		rows: [
			keys.map((key) => labels.get(key)!.label),
			...records.map(({ values }) => keys.map((k) => values.get(k)?.value ?? null))
		],
		cellules: [
			keys.map((key) => [labels.get(key)!.at ?? []].flat()),
			...records.map(({ values }) => keys.map((k) => values.get(k)?.cells ?? []))
		],
		origines: [null, ...records.map((r) => r.origine)]
	};
	return sheets.flatMap((sheet, i) => (i === first ? [gathered] : read[i]!.length > 0 ? [] : [sheet]));
}

/** An outcome told where its row was first written: « Tableau 4 — Habitat, ligne 2 » rather than a row of our own making. */
export function toldAtOrigin(outcome: RowOutcome, sheet: Sheet | undefined): RowOutcome {
	const origine = sheet?.origines?.[outcome.ligne - 1];
	if (!origine) return outcome;
	const told = `${origine.feuille}, ligne ${origine.ligne}`;
	return {
		...outcome,
		draft: outcome.draft && { ...outcome.draft, origine: { ...outcome.draft.origine, ...origine } },
		issues: outcome.issues.map((issue) => ({
			...issue,
			message: issue.message.replace(/^Ligne \d+/, () => told)
		}))
	};
}

function record(
	{ pairs, banner, ligne }: Fiche,
	sheet: Sheet,
	champOf: (text: string) => string | null
): {
	readonly values: Map<string, Field>;
	readonly origine: { feuille: string; ligne: number };
} {
	const values = new Map<string, Field>();
	const add = (field: Field, key = plain(field.label)): void => {
		const known = values.get(key);
		const both = [known, field].flatMap((f) => (f && f.value !== null ? [f] : []));
		if (!known || both.length === 0) values.set(key, field);
		else if (both.length === 1) values.set(key, { ...both[0]!, label: field.label });
		else {
			const cells = both.flatMap((f) => f.cells);
			values.set(key, { ...field, at: known.at, value: both.map((f) => String(f.value)).join('\n'), cells });
		}
	};
	const over = banner ? textOf(banner) : null;
	const heading = (label: string, value: string): Field => ({
		label,
		at: null,
		value,
		cells: banner && over?.includes(value) ? [banner] : []
	});
	const [, number = null, title = null] = BANNER.exec(over ?? '') ?? [];
	const said = (champ: string): boolean => pairs.some((p) => p.value !== null && champOf(p.label) === champ);
	const sections = [...(sheet.sections ?? [])];
	const own = said('titre') ? null : (title ?? (number === null ? over : null) ?? sections.pop() ?? null);
	if (number !== null && !said('numero')) add(heading('Numéro', number));
	if (own !== null) add(heading('Titre', own), 'titre');
	let titled = own !== null;
	for (const pair of pairs) {
		// « Intitulé » of one fiche and « Nom de l'action » of the next are the same column.
		const title = !titled && pair.value !== null && champOf(pair.label) === 'titre';
		titled ||= title;
		add(title ? { ...pair, label: 'Titre' } : pair, title ? 'titre' : plain(pair.label));
	}
	// A heading that is this very fiche's title is not its axis.
	const axis = sections.findLast(
		(s) => !BANNER.test(s) && plain(s) !== plain(String(values.get('titre')?.value ?? ''))
	);
	if (axis !== undefined && !said('axe')) add({ label: 'Axe', at: null, value: axis, cells: [] });
	return { values, origine: { feuille: sheet.nom, ligne } };
}

/** Fiches of one sheet; [] when it is not made of labels and values. */
function fichesOf({ nom, rows }: Sheet, isLabel: IsLabel, isTitle: IsLabel): Fiche[] {
	if (!looksLikeFiche(rows, isLabel)) return [];
	const fiches: Fiche[] = [];
	let current: { ligne: number; pairs: Pair[]; banner: SourceCell | null } | null = null;
	let banner: SourceCell | null = null;
	const cellAt = (row: number, colonne: number): SourceCell => ({
		feuille: nom,
		ligne: row + 1,
		colonne,
		contenu: rows[row]?.[colonne] ?? null
	});
	const filledIn = (row: number): SourceCell[] =>
		(rows[row] ?? []).flatMap((cell, column) => (cellText(cell) === '' ? [] : [cellAt(row, column)]));
	const add = (at: SourceCell, cells: readonly SourceCell[], label = textOf(at), value = together(cells)): void => {
		const again = isTitle(label) && (current?.pairs.some((p) => isTitle(p.label)) ?? false);
		if (!current || (again && current.pairs.length >= LABELS_NEEDED)) {
			current = { ligne: (banner ?? at).ligne, pairs: [], banner };
			banner = null;
			fiches.push(current);
		}
		current.pairs.push({ label, at, value, cells });
	};
	/** Where the value of a label would be written. */
	const beside = ({ ligne, colonne }: SourceCell): SourceCell[] =>
		[cellAt(ligne - 1, colonne + 1)].filter((cell) => textOf(cell) === '');
	for (let i = 0; i < rows.length; i++) {
		const filled = filledIn(i);
		const [one, ...others] = filled;
		if (!one) continue;
		const text = textOf(one);
		if (one.colonne > 0 && !isLabel(text)) appendTo(lastOf(current), filled);
		else if (others.length === 0) {
			const [, label = '', value = ''] = /^([^:\n]{2,70}?)\s*:\s*(\S[\s\S]*)$/.exec(String(one.contenu)) ?? [];
			const below = filledIn(i + 1);
			if (label !== '' && isLabel(label) && !BANNER.test(text)) add(one, [one], label, value);
			else if (!isLabel(text) || BANNER.test(text)) {
				const last = lastOf(current);
				if (last && last.value === null && text.length > LABEL_LENGTH) appendTo(last, [one]);
				else if (!BANNER.test(text) && current) continue;
				else banner = one;
			} else if (below.length === 1 && !isLabel(textOf(below[0]!))) {
				add(one, below);
				i++;
			} else add(one, beside(one));
		} else {
			// « Porteur | Ville | Statut | En cours »: a value may read like a label, its place tells.
			const byTwo = filled.length % 2 === 0 && filled.every((f, k) => k % 2 === 1 || isLabel(textOf(f)));
			let at = 0;
			while (at < filled.length) {
				const label = filled[at++]!;
				const values: SourceCell[] = [];
				while (at < filled.length && (byTwo ? values.length === 0 : at === 1 || !isLabel(textOf(filled[at]!))))
					values.push(filled[at++]!);
				add(label, values.length > 0 ? values : beside(label));
			}
		}
	}
	const known = (f: Fiche): number => f.pairs.filter((p) => isLabel(p.label)).length;
	const whole = fiches.filter((f) => known(f) >= LABELS_NEEDED && known(f) >= 0.4 * f.pairs.length);
	return whole.length === fiches.length || whole.length >= 0.8 * fiches.length ? whole : [];
}

/** Labels at the left of its first rows, and no row of headers over them. */
function looksLikeFiche(rows: Sheet['rows'], isLabel: IsLabel): boolean {
	if (rows.length > MAX_ROWS) return false;
	const top = rows.slice(0, SEEN_ROWS).map((row) => row.map(cellText).filter((text) => text !== ''));
	const texts = top.filter((row) => row.length > 0);
	const labelled = texts.filter((row) => isLabel(row[0]!.split(':')[0]!.trim())).length;
	if (labelled < 2 || labelled < 0.2 * texts.length) return false;
	return !hasHeaders(rows, isLabel);
}

/** A row that names several fields, and under it first cells that name none. */
function hasHeaders(rows: Sheet['rows'], isLabel: IsLabel): boolean {
	const texts = rows.slice(0, SEEN_ROWS).map((row) => row.map(cellText).filter((text) => text !== ''));
	const names = (row: readonly string[]): boolean => {
		const labels = row.filter(isLabel).length;
		return labels >= LABELS_NEEDED && labels > row.length / 2;
	};
	const header = texts.findIndex(names);
	// Headers on two rows, or those of another table below, are not the labels of a fiche.
	const below = header < 0 ? [] : texts.slice(header + 1).filter((row) => row.length > 0 && !names(row));
	const labels = below.flatMap((row) => (isLabel(row[0]!) ? [plain(row[0]!)] : []));
	// « Commune » under « Porteur » on every row is a value that looks like a label.
	const few = new Set(labels).size === 1;
	return header >= 0 && (labels.length <= 0.3 * below.length || few);
}

const lastOf = (fiche: { readonly pairs: readonly Pair[] } | null): Pair | null => fiche?.pairs.at(-1) ?? null;

const textOf = ({ contenu }: SourceCell): string => cellText(contenu);

function appendTo(pair: Pair | null, more: readonly SourceCell[]): void {
	if (!pair) return;
	const value = together(more, '\n');
	pair.cells = pair.value === null ? more : [...pair.cells, ...more];
	pair.value = pair.value === null ? value : `${String(pair.value)}\n${String(value)}`;
}

function together(cells: readonly SourceCell[], glue = ' ; '): CellValue {
	const said = cells.flatMap((cell) => (textOf(cell) === '' ? [] : [cell.contenu]));
	return said.length === 1 ? said[0]! : said.length === 0 ? null : said.map(String).join(glue);
}
