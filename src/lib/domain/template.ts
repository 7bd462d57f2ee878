import type { Champ, PlanKind } from './action';
import { cellText } from './cell';
import { count, list, quoted } from './french';
import { matchColumns } from './header-match';
import { scoreHeader } from './header-score';
import { anomaly, type Issue } from './issue';
import type { PlansFile } from './referentiel';
import { setAside } from './row-triage';
import type { CellValue, MappedColumn, Sheet, Table } from './sheet';
import { plain } from './text';

/** A header may come after a title, a logo, a few lines of presentation. */
const HEADER_WITHIN = 60;
const SAMPLE_ROWS = 40;
const NEVER_A_TABLE =
	/\b(?:listes?|deroulantes?|mode d ?emploi|notices?|lisez|lire|aide|consignes?|parametres?|parametrage|legende|exemples?|nomenclature|dictionnaire|glossaire|sommaire|menu)\b/;
/** Longer than this, a cell is a sentence and not a header. */
const HEADER_CHARACTERS = 120;

export interface Candidate {
	readonly feuille: string;
	readonly lignes: number;
	readonly reconnues: number;
}

interface Scored extends Candidate {
	readonly sheet: Sheet;
	/** 0-based. */
	readonly header: number;
	readonly score: number;
	readonly titled: boolean;
}

/**
 * Finds the table of actions in a workbook: which sheet, which row holds the headers, what each column feeds.
 * in     `feuille`: the only sheet to look at
 * out    `candidates`: every sheet, the likeliest first; `issues` say what was not understood, per column
 * empty  no sheet with two known headers → table null and a `bloquant` issue
 * ref    data/plans.yaml (`champs`, `types[].synonymes`)
 */
export function findTable(
	sheets: readonly Sheet[],
	plans: PlansFile,
	plan: PlanKind,
	options: { feuille?: string } = {}
): { table: Table | null; issues: Issue[]; candidates: Candidate[] } {
	const wanted = options.feuille === undefined ? null : plain(options.feuille);
	const scored = sheets.map((sheet) => scoreSheet(sheet, plans, plan)).sort((a, b) => b.score - a.score);
	const candidates = scored.map(({ feuille, lignes, reconnues }) => ({ feuille, lignes, reconnues }));
	const allowed = scored.filter((s) => wanted === null || plain(s.feuille) === wanted);
	const [best] = allowed;
	if (!best || best.reconnues < 2)
		return { table: null, issues: [noTable(sheets, options.feuille ?? null)], candidates };

	const { sheet, header } = best;
	const headers = sheet.rows[header] ?? [];
	const below = sheet.rows.slice(header + 1, header + 1 + SAMPLE_ROWS);
	const banner = header > 0 ? (sheet.rows[header - 1] ?? []) : [];
	const { columns, issues } = matchColumns(
		headers,
		(index) => below.map((row) => row[index] ?? null),
		plans,
		plan,
		banner
	);
	const draft: Table = { feuille: sheet.nom, ligneEntete: header + 1, premiereLigne: header + 2, colonnes: columns };
	const table = { ...draft, colonnes: withExamples(columns, below, draft) };
	const where = { sheet: sheet.nom, row: header + 1 };
	const all = [
		...issues.map((issue) => ({ ...issue, where: { ...where, column: issue.where.column } })),
		...(best.titled ? [] : [noTitle(table)]),
		...otherSheets(best, allowed),
		...wideRows(sheet, header, headers.length)
	];
	return { table, issues: all, candidates };
}

/**
 * What each header feeds.
 * in     `samples(index)`: cells under the header, to tell look-alikes apart
 * out    one column per header, in order; a field goes to its best column, save the fields that repeat
 */
export function matchHeaders(
	headers: readonly CellValue[],
	samples: (index: number) => CellValue[],
	plans: PlansFile,
	plan: PlanKind
): MappedColumn[] {
	return [...matchColumns(headers, samples, plans, plan, []).columns];
}

function scoreSheet(sheet: Sheet, plans: PlansFile, plan: PlanKind): Scored {
	let best = { header: 0, score: 0, reconnues: 0, share: 0, titled: false };
	const last = Math.min(sheet.rows.length, HEADER_WITHIN);
	for (let r = 0; r < last; r++) {
		const seen = scoreRow(sheet.rows[r] ?? [], plans, plan);
		if (seen.score > best.score + 0.01) best = { header: r, ...seen };
		if (seen.titled && seen.reconnues >= 6 && seen.share >= 0.75) break;
	}
	const lignes = sheet.rows.slice(best.header + 1).filter((row) => row.some((cell) => cellText(cell) !== '')).length;
	const aside = (sheet.masquee ? 0.3 : 1) * (NEVER_A_TABLE.test(plain(sheet.nom)) ? 0.3 : 1) * (lignes === 0 ? 0.5 : 1);
	return {
		feuille: sheet.nom,
		lignes: best.reconnues < 2 ? 0 : lignes,
		reconnues: best.reconnues,
		sheet,
		header: best.header,
		score: best.score * aside,
		titled: best.titled
	};
}

/** How much a row looks like headers: how many of its cells name a field, and whether one of them is the title. */
function scoreRow(
	row: readonly CellValue[],
	plans: PlansFile,
	plan: PlanKind
): { score: number; reconnues: number; share: number; titled: boolean } {
	const seen = new Map<Champ, number>();
	let cells = 0;
	let reconnues = 0;
	let score = 0;
	for (const cell of row) {
		const text = cellText(cell);
		if (text === '') continue;
		cells++;
		if (typeof cell !== 'string' || text.length > HEADER_CHARACTERS) continue;
		const [best] = scoreHeader(text, plans, plan);
		if (!best) continue;
		reconnues++;
		// A field named ten times says little more than named once.
		const times = seen.get(best.champ) ?? 0;
		seen.set(best.champ, times + 1);
		score += best.score / (1 + times);
	}
	const titled = seen.has('titre') || seen.has('sous_action');
	const share = cells === 0 ? 0 : reconnues / cells;
	return { score: score * (0.5 + 0.5 * share) * (titled ? 1 : 0.4), reconnues, share, titled };
}

/** First values of real rows: types and instructions of a model are not examples. */
function withExamples(
	columns: readonly MappedColumn[],
	below: readonly (readonly CellValue[])[],
	table: Table
): MappedColumn[] {
	const real = below.filter((row, i) => setAside(row, table.premiereLigne + i, table) === null);
	return columns.map((column) => ({
		...column,
		exemples: [...new Set(real.map((row) => cellText(row[column.index] ?? null)).filter((text) => text !== ''))]
			.slice(0, 3)
			.map((text) => (text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text))
	}));
}

function noTable(sheets: readonly Sheet[], wanted: string | null): Issue {
	const names = list(sheets.map((sheet) => quoted(sheet.nom)));
	const missing = wanted !== null && !sheets.some((sheet) => plain(sheet.nom) === plain(wanted));
	if (missing)
		return anomaly('code-inconnu', 'bloquant', `Le classeur n’a pas de feuille ${quoted(wanted)}.`, {
			where: { sheet: wanted },
			found: wanted,
			expected: names,
			hint: 'Choisissez une des feuilles du classeur.'
		});
	return anomaly('colonne-inconnue', 'bloquant', 'Aucun tableau d’actions n’a été trouvé dans ce fichier.', {
		where: { sheet: wanted },
		found: names,
		expected: 'une ligne d’en-têtes, avec au moins un intitulé d’action',
		hint: 'Nommez les colonnes sur une seule ligne, par exemple «\u00a0Titre\u00a0», «\u00a0Description\u00a0», «\u00a0Porteur\u00a0», «\u00a0Budget\u00a0».'
	});
}

const noTitle = (table: Table): Issue =>
	anomaly('titre-absent', 'bloquant', 'Aucune colonne ne donne l’intitulé des actions.', {
		where: { sheet: table.feuille, row: table.ligneEntete },
		found: list(table.colonnes.slice(0, 6).map((c) => quoted(c.entete))),
		expected: 'une colonne «\u00a0Titre\u00a0» ou «\u00a0Intitulé\u00a0»',
		hint: 'Indiquez quelle colonne contient l’intitulé, ou renommez-la «\u00a0Titre\u00a0».'
	});

function otherSheets(best: Scored, all: readonly Scored[]): Issue[] {
	return all
		.filter((s) => s !== best && s.titled && s.lignes > 0 && s.score >= 0.6 * best.score)
		.map((s) =>
			anomaly(
				'ligne-ecartee',
				'a-verifier',
				`La feuille ${quoted(s.feuille)} ressemble aussi à un tableau d’actions\u00a0: elle n’est pas lue.`,
				{
					where: { sheet: s.feuille, row: s.header + 1 },
					found: count(s.lignes, 'ligne'),
					expected: 'un seul tableau d’actions',
					hint: 'Importez-la à part, ou réunissez les actions sur une seule feuille.'
				}
			)
		);
}

/** A row longer than its headers: often a separator inside a text, and everything after it has moved one column. */
function wideRows(sheet: Sheet, header: number, width: number): Issue[] {
	return sheet.rows.slice(header + 1).flatMap((row, i) => {
		const extra = row.slice(width).filter((cell) => cellText(cell) !== '');
		if (extra.length === 0) return [];
		const message = `La ligne ${header + 2 + i} a plus de cellules que d’en-têtes\u00a0: ses colonnes sont peut-être décalées.`;
		return anomaly('valeur-suspecte', 'a-verifier', message, {
			where: { sheet: sheet.nom, row: header + 2 + i },
			found: cellText(extra[0] ?? null),
			expected: count(width, 'colonne'),
			hint: 'Mettez entre guillemets les textes qui contiennent le séparateur, ou donnez un en-tête à chaque colonne.'
		});
	});
}
