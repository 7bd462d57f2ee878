import type { PlanKind } from '../action';
import { cellText } from './cell';
import { count, list, quoted } from '../french';
import { bareColumns, bareIssue } from './header-bare';
import { matchColumns } from './header-match';
import type { HeaderPlaces } from './header-marks';
import { findHeader, headerAt, type HeaderRow } from './header-rows';
import { anomaly, type Issue } from '../issue';
import type { PlansFile } from '../rules/referentiel';
import { setAside } from './row-triage';
import type { CellValue, MappedColumn, Sheet, Table } from './sheet';
import { tableBeside } from './tables-beside';
import { tablesBelow, untitledBelow } from './tables-below';
import { plain } from '../text';
import { wideRows } from './wide-rows';

const SAMPLE_ROWS = 40;
const NEVER_A_TABLE =
	/\b(?:listes?|deroulantes?|mode d ?emploi|notices?|lisez|lire|aide|consignes?|parametres?|parametrage|legende|exemples?|nomenclature|dictionnaire|glossaire|sommaire|menu)\b/;
/** Sheets of other years or other states of the same plan: reading them together would count actions twice. */
const VERSION =
	/\b(?:19|20)\d\d\b|\b(?:v\d|version|ancien|anciens|ancienne|copie|sauvegarde|archives?|old|bilan|brouillon)\b/;

export interface Candidate {
	readonly feuille: string;
	readonly lignes: number;
	readonly reconnues: number;
}

interface Scored extends Candidate {
	readonly sheet: Sheet;
	readonly header: HeaderRow;
	readonly score: number;
	readonly titled: boolean;
}

/**
 * Finds the tables of actions in a workbook: which sheets, which rows hold the headers, what each column feeds.
 * in     `feuille`: the only sheet to look at; `places`: names of quartiers and communes that may head a column
 * out    `table` is the first of `tables`: those that follow it on its sheet, and the sheets made like it (one per axis);
 *        `candidates`: every sheet, the likeliest first; `issues` say what was not understood, per column
 * empty  no sheet with two known headers → table null and a `bloquant` issue
 * ref    data/plans.yaml (`champs`, `types[].synonymes`)
 */
export function findTable(
	sheets: readonly Sheet[],
	plans: PlansFile,
	plan: PlanKind,
	options: { feuille?: string; places?: HeaderPlaces } = {}
): { table: Table | null; tables: Table[]; issues: Issue[]; candidates: Candidate[] } {
	const wanted = options.feuille === undefined ? null : plain(options.feuille);
	const scored = sheets.map((sheet) => scoreSheet(sheet, plans, plan)).sort((a, b) => b.score - a.score);
	const candidates = scored.map(({ feuille, lignes, reconnues }) => ({ feuille, lignes, reconnues }));
	const allowed = scored.filter((s) => wanted === null || plain(s.feuille) === wanted);
	const [best] = allowed;
	if (!best || (best.reconnues < 2 && !isBareList(best)))
		return { table: null, tables: [], issues: [noTable(sheets, options.feuille ?? null)], candidates };

	const twins = wanted === null ? alikeSheets(best, allowed) : [];
	// In the order of the workbook: the axes follow one another.
	const read = sheets.flatMap((sheet) => [best, ...twins].filter((s) => s.sheet === sheet));
	const found = read.flatMap((s) => tablesOf(s.sheet, s.header, plans, plan, options.places));
	const tables = found.map((f) => f.table);
	const [table] = tables as [Table];
	const issues = [
		...onceEach(found.flatMap((f) => f.issues)),
		...(best.titled || isNamed(table) ? [] : [noTitle(table)]),
		...(read.some((s) => s.lignes > 0) ? [] : [nothingBelow(table)]),
		...otherSheets(best, allowed, read),
		...tables.flatMap((t) =>
			wideRows(
				sheets.find((s) => s.nom === t.feuille)!,
				t
			)
		)
	];
	return { table, tables, issues, candidates };
}

/** The table under a header, and those with other columns further down. */
function tablesOf(
	sheet: Sheet,
	first: HeaderRow,
	plans: PlansFile,
	plan: PlanKind,
	places: HeaderPlaces | undefined
): { readonly table: Table; readonly issues: readonly Issue[] }[] {
	const later = tablesBelow(sheet.rows, first, plans, plan).map(({ header, debut }) => ({
		...headerAt(sheet.rows, header, plans, plan),
		debut
	}));
	return [{ ...first, debut: first.premiere }, ...later].map((head, i, all) => {
		const next = all[i + 1];
		const named = {
			feuille: sheet.nom,
			ligneEntete: head.header + 1,
			bandeau: head.banner,
			premiereLigne: head.premiere + 1
		};
		const bare = head.entetes.map((cell, index) => unread(cellText(cell), index));
		const upTo = Math.min(next?.debut ?? Infinity, head.premiere + SAMPLE_ROWS);
		// Types, instructions and repeated headers say nothing of what a column holds.
		const below = sheet.rows
			.slice(head.premiere, upTo)
			.filter((row, j) => setAside(row, head.premiere + j + 1, { ...named, colonnes: bare }) === null);
		const samples = (index: number): CellValue[] => below.map((row) => row[index] ?? null);
		const { columns, issues } = matchColumns(head.entetes, samples, plans, plan, head.banner, places);
		const untitled = bareColumns(sheet.rows.slice(head.premiere, next?.debut), columns);
		const draft: Table = {
			feuille: sheet.nom,
			ligneEntete: head.header + 1,
			bandeau: head.banner,
			// A second header and its title are rows of the sheet like others: counted, and set aside.
			premiereLigne: head.debut + 1,
			...(next ? { derniereLigne: next.debut } : {}),
			colonnes: columns
		};
		const where = { sheet: sheet.nom, row: head.header + 1 };
		return {
			table: { ...draft, colonnes: [...withExamples(columns, below), ...untitled] },
			issues: [
				...[...tableBeside(head.entetes, below, issues, plans, plan), ...untitled.map(bareIssue)].map((issue) => ({
					...issue,
					where: { ...issue.where, ...where }
				})),
				...(i === 0 ? [] : untitledBelow(draft, sheet.rows.slice(0, next?.debut)))
			]
		};
	});
}

/** What was said of a column is not said again for the same column of the next table. */
function onceEach(issues: readonly Issue[]): Issue[] {
	const said = new Set<string>();
	return issues.filter(({ code, where }) => {
		const key = `${code} ${plain(where.column ?? '')}`;
		return said.has(key) ? false : said.add(key);
	});
}

/** Sheets with the same headers as the best one and other actions: a plan with a sheet per axis. */
function alikeSheets(best: Scored, all: readonly Scored[]): Scored[] {
	const names = ({ header }: Scored): string[] => header.entetes.map((c) => plain(cellText(c))).filter((t) => t !== '');
	const wanted = new Set(names(best));
	const titles = (s: Scored): Set<string> => firstTexts(s.sheet, s.header);
	let seen: Set<string> | null = null;
	// A table of a text document is not named by its author: its heading may hold a year.
	const isVersion = ({ sheet }: Scored): boolean => sheet.sections === undefined && VERSION.test(plain(sheet.nom));
	return all.filter((s) => {
		if (s === best || s.lignes === 0 || !s.titled || s.sheet.masquee || isVersion(s)) return false;
		if (isVersion(best) || NEVER_A_TABLE.test(plain(s.feuille))) return false;
		const own = names(s);
		const shared = own.filter((name) => wanted.has(name)).length;
		if (shared < 0.8 * wanted.size || shared < 0.8 * own.length) return false;
		const mine = titles(s);
		const known = (seen ??= titles(best));
		const repeated = [...mine].filter((t) => known.has(t)).length;
		if (repeated > 0.3 * mine.size) return false;
		for (const t of mine) known.add(t);
		return true;
	});
}

/** The longest text of each row: what tells one action from another, whatever its column. */
function firstTexts(sheet: Sheet, header: HeaderRow): Set<string> {
	const texts = sheet.rows.slice(header.premiere).map((row) => {
		const written = row.filter((cell): cell is string => typeof cell === 'string').map(plain);
		return written.sort((a, b) => b.length - a.length)[0] ?? '';
	});
	return new Set(texts.filter((text) => text !== ''));
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
	const header = findHeader(sheet.rows, plans, plan);
	const lignes = sheet.rows.slice(header.premiere).filter((row) => row.some((cell) => cellText(cell) !== '')).length;
	const aside = (sheet.masquee ? 0.3 : 1) * (NEVER_A_TABLE.test(plain(sheet.nom)) ? 0.3 : 1) * (lignes === 0 ? 0.5 : 1);
	const { reconnues, titled } = header;
	return {
		feuille: sheet.nom,
		lignes: reconnues === 0 ? 0 : lignes,
		reconnues,
		sheet,
		header,
		score: header.score * aside,
		titled
	};
}

const unread = (entete: string, index: number): MappedColumn => ({
	index,
	entete,
	champ: null,
	confiance: 0,
	role: null,
	financeur: null,
	base: 'inconnu',
	exemples: []
});

/** First values of a column, for the eye. */
export function withExamples(
	columns: readonly MappedColumn[],
	below: readonly (readonly CellValue[])[]
): MappedColumn[] {
	return columns.map((column) => ({
		...column,
		exemples: [...new Set(below.map((row) => cellText(row[column.index] ?? null)).filter((text) => text !== ''))]
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

/** One column, and its header says it holds titles: a plain list of actions. */
const isBareList = ({ header, titled, lignes }: Scored): boolean =>
	titled && lignes > 0 && header.score >= 1 && header.entetes.filter((cell) => cellText(cell) !== '').length === 1;

const isNamed = ({ colonnes }: Table): boolean =>
	colonnes.some((c) => c.champ === 'titre' || c.champ === 'sous_action');

const nothingBelow = (table: Table): Issue =>
	anomaly(
		'saisie-incomplete',
		'bloquant',
		'Le tableau n’a que des en-têtes\u00a0: aucune action n’est écrite dessous.',
		{
			where: { sheet: table.feuille, row: table.ligneEntete },
			expected: 'une action par ligne, sous les en-têtes',
			hint: 'Vérifiez que vous avez choisi le fichier rempli, et non le modèle.'
		}
	);

const noTitle = (table: Table): Issue =>
	anomaly('titre-absent', 'bloquant', 'Aucune colonne ne donne l’intitulé des actions.', {
		where: { sheet: table.feuille, row: table.ligneEntete },
		found: list(table.colonnes.slice(0, 6).map((c) => quoted(c.entete))),
		expected: 'une colonne «\u00a0Titre\u00a0» ou «\u00a0Intitulé\u00a0»',
		hint: 'Indiquez quelle colonne contient l’intitulé, ou renommez-la «\u00a0Titre\u00a0».'
	});

function otherSheets(best: Scored, all: readonly Scored[], read: readonly Scored[]): Issue[] {
	return all
		.filter((s) => !read.includes(s) && s.titled && s.lignes > 0 && s.score >= 0.6 * best.score)
		.map((s) =>
			anomaly(
				'ligne-ecartee',
				'a-verifier',
				`La feuille ${quoted(s.feuille)} ressemble aussi à un tableau d’actions\u00a0: elle n’est pas lue.`,
				{
					where: { sheet: s.feuille, row: s.header.header + 1 },
					found: count(s.lignes, 'ligne'),
					expected: 'un seul tableau d’actions',
					hint: 'Importez-la à part, ou réunissez les actions sur une seule feuille.'
				}
			)
		);
}
