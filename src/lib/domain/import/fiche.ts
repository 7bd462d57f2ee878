import type { PlanKind } from '../action';
import { cellText } from './cell';
import { scoreHeader } from './header-score';
import type { RowOutcome } from './row';
import type { PlansFile } from '../rules/referentiel';
import type { CellValue, Sheet } from './sheet';
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

interface Fiche {
	readonly ligne: number;
	readonly pairs: { readonly label: string; value: CellValue }[];
	readonly banner: string | null;
}

type IsLabel = (text: string) => boolean;

/**
 * Puts the fiches of a workbook in one sheet, one row per fiche, at the place of the first.
 * in     sheets or tables of a document; several fiches one under the other in a sheet are told apart by their title
 * out    the same sheets when none is a fiche; `origines` of the new sheet say where each row comes from
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
	const labels = new Map<string, string>();
	for (const { values } of records) for (const [key, { label }] of values) if (!labels.has(key)) labels.set(key, label);
	const keys = [...labels.keys()];
	const gathered: Sheet = {
		nom: sheets.some((s) => s.nom === FICHES) ? `${FICHES} réunies` : FICHES,
		masquee: false,
		rows: [
			keys.map((key) => labels.get(key)!),
			...records.map(({ values }) => keys.map((k) => values.get(k)?.value ?? null))
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
	readonly values: Map<string, { label: string; value: CellValue }>;
	readonly origine: { feuille: string; ligne: number };
} {
	const values = new Map<string, { label: string; value: CellValue }>();
	const add = (label: string, value: CellValue, key = plain(label)): void => {
		const known = values.get(key);
		const both = [known?.value, value].flatMap((v) => (v === null || v === undefined ? [] : [String(v)]));
		values.set(key, { label, value: known && both.length > 1 ? both.join('\n') : (known?.value ?? value) });
	};
	const [, number = null, title = null] = BANNER.exec(banner ?? '') ?? [];
	const said = (champ: string): boolean => pairs.some((p) => p.value !== null && champOf(p.label) === champ);
	const sections = [...(sheet.sections ?? [])];
	const own = said('titre') ? null : (title ?? (number === null ? banner : null) ?? sections.pop() ?? null);
	if (number !== null && !said('numero')) add('Numéro', number);
	if (own !== null) add('Titre', own, 'titre');
	let titled = own !== null;
	for (const { label, value } of pairs) {
		// « Intitulé » of one fiche and « Nom de l'action » of the next are the same column.
		const title = !titled && value !== null && champOf(label) === 'titre';
		titled ||= title;
		add(title ? 'Titre' : label, value, title ? 'titre' : plain(label));
	}
	// A heading that is this very fiche's title is not its axis.
	const axis = sections.findLast(
		(s) => !BANNER.test(s) && plain(s) !== plain(String(values.get('titre')?.value ?? ''))
	);
	if (axis !== undefined && !said('axe')) add('Axe', axis);
	return { values, origine: { feuille: sheet.nom, ligne } };
}

/** Fiches of one sheet; [] when it is not made of labels and values. */
function fichesOf({ rows }: Sheet, isLabel: IsLabel, isTitle: IsLabel): Fiche[] {
	if (!looksLikeFiche(rows, isLabel)) return [];
	const fiches: Fiche[] = [];
	let current: { ligne: number; pairs: Fiche['pairs']; banner: string | null } | null = null;
	let banner: { text: string; ligne: number } | null = null;
	const add = (label: string, value: CellValue, ligne: number): void => {
		const again = isTitle(label) && (current?.pairs.some((p) => isTitle(p.label)) ?? false);
		if (!current || (again && current.pairs.length >= LABELS_NEEDED)) {
			current = { ligne: banner?.ligne ?? ligne, pairs: [], banner: banner?.text ?? null };
			banner = null;
			fiches.push(current);
		}
		current.pairs.push({ label, value });
	};
	for (let i = 0; i < rows.length; i++) {
		const row = rows[i]!;
		const filled = row.flatMap((cell, column) =>
			cellText(cell) === '' ? [] : [{ cell, column, text: cellText(cell) }]
		);
		const [one, ...others] = filled;
		if (!one) continue;
		if (one.column > 0 && !isLabel(one.text))
			appendTo(
				lastOf(current),
				filled.map((f) => f.cell)
			);
		else if (others.length === 0) {
			const [, label = '', value = ''] = /^([^:\n]{2,70}?)\s*:\s*(\S[\s\S]*)$/.exec(String(one.cell)) ?? [];
			const below = (rows[i + 1] ?? []).flatMap((cell) => (cellText(cell) === '' ? [] : [cell]));
			if (label !== '' && isLabel(label) && !BANNER.test(one.text)) add(label, value, i + 1);
			else if (!isLabel(one.text) || BANNER.test(one.text)) {
				const last = lastOf(current);
				if (last && last.value === null && one.text.length > LABEL_LENGTH) last.value = one.cell;
				else if (!BANNER.test(one.text) && current) continue;
				else banner = { text: one.text, ligne: i + 1 };
			} else if (below.length === 1 && !isLabel(cellText(below[0]!))) {
				add(one.text, below[0]!, i + 1);
				i++;
			} else add(one.text, null, i + 1);
		} else {
			// « Porteur | Ville | Statut | En cours »: a value may read like a label, its place tells.
			const byTwo = filled.length % 2 === 0 && filled.every((f, k) => k % 2 === 1 || isLabel(f.text));
			let at = 0;
			while (at < filled.length) {
				const label = filled[at++]!;
				const values: CellValue[] = [];
				while (at < filled.length && (byTwo ? values.length === 0 : at === 1 || !isLabel(filled[at]!.text)))
					values.push(filled[at++]!.cell);
				add(label.text, together(values), i + 1);
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
	const header = texts.findIndex((row) => {
		const labels = row.filter(isLabel).length;
		return labels >= LABELS_NEEDED && labels > row.length / 2;
	});
	const below = header < 0 ? [] : texts.slice(header + 1).filter((row) => row.length > 0);
	return header >= 0 && below.filter((row) => isLabel(row[0]!)).length <= 0.3 * below.length;
}

const lastOf = (fiche: { pairs: Fiche['pairs'] } | null): { value: CellValue } | null => fiche?.pairs.at(-1) ?? null;

function appendTo(pair: { value: CellValue } | null, cells: readonly CellValue[]): void {
	if (pair) pair.value = together([pair.value, ...cells], '\n');
}

function together(cells: readonly CellValue[], glue = ' ; '): CellValue {
	const said = cells.filter((cell) => cellText(cell) !== '');
	return said.length === 1 ? said[0]! : said.length === 0 ? null : said.map(String).join(glue);
}
