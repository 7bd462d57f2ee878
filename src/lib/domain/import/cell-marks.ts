import type { Anomalie } from './anomalies';
import type { Correction } from './choices';
import { date, quoted } from '../french';
import { ANOMALY_LABELS, SEVERITY_NAMES } from './import-groups';
import { cellName } from './issue-cells';
import type { ImportReport } from './import-report';
import type { Severity } from '../issue';
import type { Sheet } from './sheet';

/* What is written in the workbook given back to the person it came from: marked cells, and the sheet that lists them. */

export type Mark = Severity | 'corrige';

export const MARK_WORDS: Readonly<Record<Mark, string>> = { ...SEVERITY_NAMES, corrige: 'Corrigé à l’écran' };

/** One cell to mark: `ligne` from 1, `colonne` from 0. */
export interface CellMark {
	readonly ligne: number;
	readonly colonne: number;
	readonly marque: Mark;
	/** What its comment says, a line per remark. */
	readonly texte: string;
}

const RANK: Readonly<Record<Mark, number>> = { bloquant: 0, 'a-verifier': 1, info: 2, corrige: 3 };

/** Cells to mark, by sheet; the gravest remark of a cell gives its colour, all are in its comment. */
export function marksOf(
	anomalies: readonly Anomalie[],
	corrections: readonly Correction[] = []
): ReadonlyMap<string, readonly CellMark[]> {
	const sheets = new Map<string, CellMark[]>();
	const add = (feuille: string, mark: CellMark): void => {
		const known = sheets.get(feuille);
		if (known) known.push(mark);
		else sheets.set(feuille, [mark]);
	};
	for (const a of anomalies)
		if (a.feuille !== null && a.ligne !== null && a.colonneIndex !== null)
			add(a.feuille, { ligne: a.ligne, colonne: a.colonneIndex, marque: a.gravite, texte: remark(a) });
	for (const c of corrections)
		add(c.feuille, { ligne: c.ligne, colonne: c.colonne, marque: 'corrige', texte: corrected(c) });
	return new Map([...sheets].map(([feuille, marks]) => [feuille, mergeMarks(marks)]));
}

/** One mark per cell: the gravest colour, every remark. */
export function mergeMarks(marks: readonly CellMark[]): CellMark[] {
	const cells = new Map<string, CellMark>();
	for (const mark of marks) {
		const key = cellName(mark.colonne, mark.ligne);
		const known = cells.get(key);
		if (!known) cells.set(key, mark);
		else {
			const marque = RANK[mark.marque] < RANK[known.marque] ? mark.marque : known.marque;
			cells.set(key, { ...mark, marque, texte: `${known.texte}\n\n${mark.texte}` });
		}
	}
	return [...cells.values()];
}

const remark = ({ gravite, message, attendu, conseil }: Anomalie): string =>
	[
		`${SEVERITY_NAMES[gravite]}. ${message.replace(/^(?:L|.{1,150}?, l)igne \d+\u00a0: (.)/, (_, first: string) => first.toLocaleUpperCase('fr'))}`,
		...(attendu ? [`Attendu\u00a0: ${attendu.replace(/\.$/, '')}.`] : []),
		...(conseil ? [`À faire\u00a0: ${conseil}`] : [])
	].join('\n');

export function corrected({ valeur, avant, par, le }: Correction): string {
	const who = par ? ` par ${par}` : '';
	const when = le ? ` le ${date(le)}` : '';
	const value = (text: string | null | undefined): string => (text ? quoted(text) : 'vide');
	return `Corrigé à l’écran${when}${who}\u00a0: ${value(avant)} devient ${value(valeur)}. Le fichier n’est pas modifié\u00a0: reportez cette valeur si vous le redéposez.`;
}

/** What is given back for a file of that name, up to « : celles à reprendre sont colorées… ». */
export function returnedAs(fichier: string): string {
	const extension = /\.(\w{2,8})$/.exec(fichier)?.[1]?.toLowerCase() ?? '';
	if (/^(?:xls[xm]|ods)$/.test(extension))
		return 'Votre classeur, avec toutes ses cellules, ses formules et sa mise en forme';
	const why = BARE[extension];
	return why
		? `${why} Ses cellules vous sont rendues dans un classeur Excel`
		: 'Les cellules lues, dans un classeur Excel';
}

const DOCUMENT = 'Un document ne se marque pas cellule par cellule.';
const PLAIN_TEXT = 'Un fichier texte ne porte ni couleur ni commentaire.';
const BARE: Readonly<Record<string, string>> = {
	csv: PLAIN_TEXT,
	tsv: PLAIN_TEXT,
	txt: PLAIN_TEXT,
	docx: DOCUMENT,
	odt: DOCUMENT
};

export const LIST_NAME = 'Anomalies';
/** First cell of the sheet we add; a file that comes back with it is read without it. */
export const LIST_TITLE = 'Anomalies relevées par Croisée';

export const isReturnedList = (sheet: Pick<Sheet, 'nom' | 'rows'>): boolean =>
	sheet.nom.startsWith(LIST_NAME) && sheet.rows[0]?.[0] === LIST_TITLE;

export const LIST_COLUMNS = [
	{ titre: 'Gravité', largeur: 16 },
	{ titre: 'Feuille', largeur: 18 },
	{ titre: 'Cellule', largeur: 9 },
	{ titre: 'Colonne', largeur: 24 },
	{ titre: 'Nature', largeur: 26 },
	{ titre: 'Trouvé', largeur: 32 },
	{ titre: 'Attendu', largeur: 36 },
	{ titre: 'Que faire', largeur: 48 },
	{ titre: 'Constat', largeur: 60 }
] as const;

export interface ListLine {
	readonly marque: Mark;
	readonly feuille: string | null;
	/** Cell the line leads to: « D14 », or the start of a row; null for the whole file. */
	readonly cellule: string | null;
	/** One text per column of `LIST_COLUMNS`. */
	readonly textes: readonly string[];
}

/** Lines of the « Anomalies » sheet, in the order of the file. */
export function listLines(anomalies: readonly Anomalie[], corrections: readonly Correction[]): ListLine[] {
	const told = anomalies.map((a): ListLine => {
		const cellule = a.cellule ?? (a.ligne === null ? null : cellName(0, a.ligne));
		const shown = a.cellule ?? (a.ligne === null ? '' : `ligne ${a.ligne}`);
		return {
			marque: a.gravite,
			feuille: a.feuille,
			cellule,
			textes: [
				...[SEVERITY_NAMES[a.gravite], a.feuille ?? '', shown, a.colonne ?? '', ANOMALY_LABELS[a.code], a.trouve ?? ''],
				...[a.attendu ?? '', a.conseil ?? '', a.message]
			]
		};
	});
	const mended = corrections.map((c): ListLine => {
		const cellule = cellName(c.colonne, c.ligne);
		const texts = [MARK_WORDS.corrige, c.feuille, cellule, '', '', c.avant ?? '', c.valeur ?? 'vide'];
		return {
			marque: 'corrige',
			feuille: c.feuille,
			cellule,
			textes: [...texts, 'Reportez cette valeur.', corrected(c)]
		};
	});
	return [...told, ...mended];
}

/** The same lines, without a link to a sheet the workbook does not have: rows put together have no cell to lead to. */
export const linesWithin = (lines: readonly ListLine[], sheets: ReadonlySet<string>): ListLine[] =>
	lines.map((line) => (sheets.has(line.feuille ?? '') ? line : { ...line, cellule: null }));

/** What the sheet says above its list. */
export function listHead(
	report: Pick<ImportReport, 'fichier' | 'lues' | 'acceptees' | 'rejetees' | 'ignorees'>,
	anomalies: readonly Anomalie[],
	day: string
): string[] {
	const of = (gravite: Severity): number => anomalies.filter((a) => a.gravite === gravite).length;
	return [
		`${report.fichier}, lu le ${date(day)}\u00a0: ${report.lues} lignes lues = ${report.acceptees} acceptées + ${report.rejetees} rejetées + ${report.ignorees} ignorées.`,
		`${anomalies.length} anomalies\u00a0: ${of('bloquant')} bloquantes, ${of('a-verifier')} à vérifier, ${of('info')} pour information.`,
		'Corrigez les cellules marquées, enregistrez, puis déposez à nouveau ce classeur\u00a0: cette feuille, les couleurs et les commentaires ne sont pas lus.'
	];
}
