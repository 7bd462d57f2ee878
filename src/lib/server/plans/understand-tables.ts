import { createHash } from 'node:crypto';
import { applyColumnChoices, issuesAfterChoices } from '../../domain/import/choices';
import { findGabarit } from '../../domain/gabarits/find-table';
import { glance, locateTables, type Located } from '../../domain/import/header-by-hand';
import type { HeaderPlaces } from '../../domain/import/header-marks';
import { withMoneyNote } from '../../domain/import/money-note';
import type { ImportReport } from '../../domain/import/import-report';
import type { Table, Workbook } from '../../domain/import/sheet';
import { findTable } from '../../domain/import/template';
import { type Refusal } from '../../domain/issue';
import type { Referentiel } from '../../domain/rules/referentiel';
import { plain } from '../../domain/text';
import type { DbOrTrx } from '../db/client';
import type { ImportRequest } from './import-reading';
import { recallChoices } from './remembered-mapping';

/* Where the actions of a file are and what its columns are: as recognised, as chosen, or as remembered. */

export interface Understood extends Omit<Located, 'devinee'> {
	readonly request: ImportRequest;
	/** First rows of the sheet, when its headers are still to be pointed at. */
	readonly apercu: Pick<ImportReport, 'apercu'>;
}

/** The tables of a file, with what was chosen for it or remembered from a file of the same shape. */
export async function understandTables(
	db: DbOrTrx,
	ref: Referentiel,
	asked: ImportRequest,
	workbook: Workbook,
	places: HeaderPlaces
): Promise<Understood | Refusal> {
	const { sheets } = workbook;
	const { plans } = ref;
	// Our own table is known word for word, unless a person points at another row.
	const locate = (wanted: ImportRequest): Located =>
		(wanted.ligneEntete ? null : findGabarit(sheets, ref.gabarits, plans, asked.plan, wanted.feuille ?? null)) ??
		locateTables(sheets, plans, asked.plan, wanted, places);
	const located = locate(asked);
	const shape = located.tables.length > 0 ? signatureOf(together(located.tables), asked, sheets.length) : '';
	const request = await recallChoices(db, asked, shape);
	const moved = request.ligneEntete !== asked.ligneEntete || request.feuille !== asked.feuille;
	const { tables, issues, candidates, devinee } = moved ? locate(request) : located;
	const noted = tables.map((t) => withMoneyNote(t, sheets.find((s) => s.nom === t.feuille)?.rows ?? []));
	const chosen = noted.map(({ table }) => applyColumnChoices(table, request.colonnes ?? {}));
	const titled = chosen.some((t) => t.colonnes.some((c) => c.champ === 'titre' || c.champ === 'sous_action'));
	const [first] = chosen;
	if (!first || (devinee && !titled && !asked.aLaMain))
		return noTable(workbook, asked, devinee ? findTable(sheets, plans, asked.plan).issues : issues);
	const sheet = sheets.find((s) => s.nom === first.feuille);
	return {
		tables: chosen,
		issues: [...issuesAfterChoices(issues, chosen), ...noted.flatMap((n) => n.issues)],
		candidates,
		request,
		apercu: sheet && (!titled || request.ligneEntete) ? { apercu: glance(sheet) } : {}
	};
}

function noTable(
	workbook: Workbook,
	request: ImportRequest,
	issues: readonly { message: string; hint: string | null }[]
): Refusal {
	const sheets = workbook.sheets.map((s) => s.nom).join(', ');
	const [first] = issues;
	if (first) return { refus: first.message, conseil: first.hint };
	return request.feuille && !workbook.sheets.some((s) => plain(s.nom) === plain(request.feuille ?? ''))
		? {
				refus: `La feuille «\u00a0${request.feuille}\u00a0» n’est pas dans ce fichier.`,
				conseil: `Feuilles du fichier\u00a0: ${sheets}.`
			}
		: {
				refus: 'Aucun tableau d’actions n’est reconnu dans ce fichier.',
				conseil: `Une ligne d’en-têtes doit nommer l’intitulé des actions (feuilles lues\u00a0: ${sheets}).`
			};
}

/** One table for the report: every column once, every sheet named. */
export function together(tables: readonly Table[]): Table {
	const [first, ...others] = tables as [Table, ...Table[]];
	const known = new Set(first.colonnes.map((c) => plain(c.entete)));
	const more = others
		.flatMap((t) => t.colonnes)
		.filter((c) => !known.has(plain(c.entete)) && known.add(plain(c.entete)));
	const feuille = [...new Set(tables.map((t) => t.feuille))].join(' + ');
	return { ...first, feuille, colonnes: [...first.colonnes, ...more] };
}

export function signatureOf(table: Table, request: ImportRequest, sheets: number): string {
	const headers = table.colonnes.flatMap((c) => (c.sansTitre ? [] : plain(c.entete))).filter(Boolean);
	const columns = createHash('sha256').update(headers.join('\n')).digest('hex').slice(0, 16);
	const filtre = request.filtre
		? `${plain(request.filtre.champ)}${request.filtre.contient ? '~' : '='}${plain(request.filtre.valeur)}`
		: '';
	// A lone sheet may be renamed from one year to the next; in a workbook of several, its name tells it apart.
	return JSON.stringify([columns, sheets > 1 ? plain(table.feuille) : '', filtre, request.demarche ?? '']);
}
