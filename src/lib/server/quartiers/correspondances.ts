import { anomaly, isRefusal, type Issue, type Refusal } from '../../domain/issue';
import { list, quoted } from '../../domain/french';
import { plain } from '../../domain/text';
import { OldQpvCode, QpvCode } from '../../domain/territory';
import type { Db } from '../db/client';
import { anomalyLine, columnOf, findTable, textOf, type AnomalyLine, type HeadedTable } from '../files/headed-table';
import { readWorkbook } from '../files/workbook';

export interface CorrespondancesReport {
	readonly schema: 'croisee/correspondances/1';
	readonly fichier: string;
	readonly lues: number;
	readonly acceptees: number;
	readonly rejetees: number;
	readonly ignorees: number;
	readonly anomalies: readonly AnomalyLine[];
	/** Old codes that became several quartiers: found in a plan, they raise a question. */
	readonly scindes: readonly { readonly code2015: string; readonly codes2024: readonly string[] }[];
	/** 2024 quartiers that no 2015 quartier announces. */
	readonly nouveaux: readonly string[];
}

interface Couple {
	readonly ligne: number;
	readonly code_2024: string;
	/** '' for a new quartier. */
	readonly code_2015: string;
	readonly statut: 'modifie' | 'inchange' | 'nouveau' | 'inconnu';
	readonly libelle_2015: string | null;
	readonly libelle_2024: string;
}

/** Headers of its columns, squashed. */
export const CODE_HEADERS = {
	qp2024: ['qp2024', 'codeqp2024', 'codeqp24', 'codeqp', 'code2024'],
	qp2015: ['qp2015', 'codeqp2015', 'codeqp15', 'code2015'],
	statut: ['statut', 'statutqp2024', 'evolution'],
	libelle2024: ['labelqp2024', 'libqp2024', 'libqp', 'nomqp2024', 'libelle2024'],
	libelle2015: ['labelqp2015', 'libqp2015', 'nomqp2015', 'libelle2015']
} as const;

/**
 * Loads the ANCT table of 2024 and 2015 QPV codes; a 2024 code already there takes the couples of this file.
 * out    lues = acceptees + rejetees + ignorees; a new quartier has no 2015 code and is accepted as such
 */
export async function importCorrespondances(
	db: Db,
	bytes: Uint8Array,
	fichier: string,
	_options: { readonly le?: string } = {}
): Promise<CorrespondancesReport | Refusal> {
	const workbook = await readWorkbook(bytes, fichier);
	if (isRefusal(workbook)) return workbook;
	const table = findTable(
		workbook,
		(e) => columnOf(e, CODE_HEADERS.qp2024) >= 0 && columnOf(e, CODE_HEADERS.qp2015) >= 0
	);
	if (!table)
		return {
			refus: `${quoted(fichier)} n’a pas les colonnes des codes de 2024 et de 2015.`,
			conseil:
				'Les colonnes attendues sont «\u00a0qp2024\u00a0», «\u00a0statut\u00a0» et «\u00a0qp2015\u00a0», comme dans la table de l’ANCT.'
		};

	const issues: Issue[] = [];
	const couples = new Map<string, Couple>();
	const count = { acceptees: 0, rejetees: 0, ignorees: 0 };
	for (const { ligne, cells } of table.lignes) {
		const read = readRow(table, ligne, cells.map(textOf));
		if (Array.isArray(read)) {
			const fresh = read.filter((c) => !couples.has(`${c.code_2024} ${c.code_2015}`));
			for (const c of fresh) couples.set(`${c.code_2024} ${c.code_2015}`, c);
			if (fresh.length === 0)
				issues.push(at(table, ligne, 'doublon', 'info', 'Ce couple de codes est déjà donné plus haut.'));
			count[fresh.length ? 'acceptees' : 'ignorees']++;
		} else {
			issues.push(read);
			count[read.severity === 'bloquant' ? 'rejetees' : 'ignorees']++;
		}
	}
	const all = [...couples.values()];
	issues.push(...crossedLabels(table, all));
	await save(db, all);
	return {
		schema: 'croisee/correspondances/1',
		fichier,
		lues: table.lignes.length,
		...count,
		anomalies: issues.map(anomalyLine),
		scindes: splits(all),
		nouveaux: all.filter((c) => c.code_2015 === '').map((c) => c.code_2024)
	};
}

/** The couples of a row (a 2024 quartier may come from several), or what keeps it out. */
function readRow(table: HeadedTable, ligne: number, cells: readonly string[]): Couple[] | Issue {
	const cell = (field: keyof typeof CODE_HEADERS): string => cells[columnOf(table.entetes, CODE_HEADERS[field])] ?? '';
	const say = (message: string, found: string, expected: string | null = null): Issue =>
		at(table, ligne, 'code-inconnu', 'bloquant', message, found, expected);
	if (cells.every((c) => c === '')) return at(table, ligne, 'ligne-vide', 'info', 'Cette ligne est vide.');

	const code = cell('qp2024').toUpperCase();
	if (!QpvCode.safeParse(code).success)
		return say('Le code du quartier de 2024 est absent ou mal formé.', code, 'QN05962M, par exemple');
	const statut = readStatut(cell('statut'));
	const old = cell('qp2015').toUpperCase().split(/[\s,;|/]+/).filter((c) => c !== '' && c !== 'NA'); // prettier-ignore
	const bad = old.find((c) => !OldQpvCode.safeParse(c).success);
	if (bad) return say(`Le code de 2015 ${quoted(bad)} est mal formé.`, bad, 'QP059063, par exemple');
	if (old.length === 0 && statut !== 'nouveau')
		return say('Le code de 2015 manque, alors que le quartier n’est pas dit nouveau.', '', 'un code de 2015');
	const libelle_2015 = cell('libelle2015') || null;
	const couple = { ligne, code_2024: code, statut, libelle_2015, libelle_2024: cell('libelle2024') };
	return old.length ? old.map((code_2015) => ({ ...couple, code_2015 })) : [{ ...couple, code_2015: '' }];
}

function readStatut(text: string): Couple['statut'] {
	const word = plain(text);
	if (word.startsWith('modifi')) return 'modifie';
	if (word.startsWith('inchang')) return 'inchange';
	return word.startsWith('nouveau') ? 'nouveau' : 'inconnu';
}

/** Two quartiers that each bear the other's former name: the source may have swapped them. */
function crossedLabels(table: HeadedTable, couples: readonly Couple[]): Issue[] {
	const changed = couples.filter((c) => c.libelle_2015 && plain(c.libelle_2015) !== plain(c.libelle_2024));
	return changed.flatMap((a) =>
		changed
			.filter((b) => a.ligne < b.ligne && crossed(a, b) && crossed(b, a))
			.map((b) =>
				at(
					table,
					a.ligne,
					'valeur-suspecte',
					'a-verifier',
					`${list([a, b].map((c) => quoted(c.libelle_2024)))} semblent croisés dans la source\u00a0: chacun vient du code de 2015 qui porte le nom de l’autre.`,
					list([a, b].map((c) => `${c.code_2024} ← ${c.code_2015}`))
				)
			)
	);
}

const crossed = (a: Couple, b: Couple): boolean => plain(a.libelle_2015 ?? '') === plain(b.libelle_2024);

function splits(couples: readonly Couple[]): { code2015: string; codes2024: string[] }[] {
	const byOld = new Map<string, string[]>();
	for (const c of couples) if (c.code_2015) byOld.set(c.code_2015, [...(byOld.get(c.code_2015) ?? []), c.code_2024]);
	return [...byOld].filter(([, to]) => to.length > 1).map(([code2015, codes2024]) => ({ code2015, codes2024 }));
}

async function save(db: Db, couples: readonly Couple[]): Promise<void> {
	await db.transaction().execute(async (trx) => {
		for (const code of new Set(couples.map((c) => c.code_2024)))
			await trx.deleteFrom('correspondance').where('code_2024', '=', code).execute();
		for (const { code_2024, code_2015, statut, libelle_2015 } of couples)
			await trx.insertInto('correspondance').values({ code_2024, code_2015, statut, libelle_2015 }).execute();
	});
}

const at = (
	table: HeadedTable,
	row: number,
	code: Issue['code'],
	severity: Issue['severity'],
	message: string,
	found: string | null = null,
	expected: string | null = null
): Issue => anomaly(code, severity, message, { where: { sheet: table.feuille, row }, found, expected });
