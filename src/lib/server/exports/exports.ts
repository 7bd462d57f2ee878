import { fold } from '../../domain/text';
import * as fr from '../../domain/french';
import { COVERAGE_WORDS, FICTIF, headingOf, type FeuilleDeRoute } from '../../domain/roadmap/roadmap';
import type { Matrix } from '../../domain/crossing/matrix';
import { writeCsv } from './csv';
import { renderDocx } from './export-docx';
import { writeWorkbook, type OutSheet } from '../files/spreadsheet-write';

export interface ExportedFile {
	readonly nom: string;
	readonly type: string;
	readonly octets: Uint8Array;
}

export const FORMATS = ['docx', 'xlsx', 'json'] as const;
export type Format = (typeof FORMATS)[number];

const TYPES: Record<Format, string> = {
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	json: 'application/json; charset=utf-8'
};

/** The roadmap of a quartier as a file: its content is the same in the three formats. */
export async function exportFeuilleDeRoute(road: FeuilleDeRoute, format: Format): Promise<ExportedFile> {
	const octets =
		format === 'docx'
			? await renderDocx(road)
			: format === 'xlsx'
				? await writeWorkbook(roadSheets(road), 'xlsx', road.asOf)
				: new TextEncoder().encode(`${JSON.stringify({ schema: 'croisee/feuille-de-route/1', ...road }, null, 1)}\n`);
	const slug = fold(road.quartier.nom)
		.replace(/[^a-z0-9]+/g, ' ')
		.trim()
		.replaceAll(' ', '-');
	return { nom: `feuille-de-route-${slug}-${road.quartier.code}-${road.asOf}.${format}`, type: TYPES[format], octets };
}

/** Titles too long for the tab of a sheet, which shows 31 signs. */
const TABS: Readonly<Record<string, string>> = {
	actions: 'Actions vers le quartier',
	'plans-de-financement': 'Financement par action',
	lacunes: 'Lacunes et arbitrages',
	annexe: 'Annexe'
};

function roadSheets(road: FeuilleDeRoute): OutSheet[] {
	const stamp = [
		road.titre,
		road.sousTitre,
		...(road.fictif ? [FICTIF] : []),
		`Calculé le ${fr.date(road.asOf)}, référentiel ${road.referentiel.version} (${road.referentiel.hash})`
	];
	return road.sections.map((section, i) => ({
		nom: headingOf({ ...section, titre: TABS[section.id] ?? section.titre }, i + 1).replace('.', ''),
		entete: [
			headingOf(section, i + 1),
			...(i === 0 ? stamp : road.fictif && section.id !== 'sources' ? ['Territoire fictif'] : []),
			...section.paragraphes
		],
		colonnes: section.tableau?.colonnes ?? [],
		lignes: section.tableau?.lignes ?? [],
		pied: section.aCompleter.map((p) => `À compléter${fr.INSECABLE}: ${p}`)
	}));
}

/** Rows × columns with the number of distinct actions, and the coverage in words; « n. é. » where nothing is known. */
export function matrixCsv(matrix: Matrix): string {
	const lines: (string | number | null)[][] = [
		[
			'code',
			'libellé',
			...matrix.columns.keys.flatMap((k) => [`${k.code} ${k.libelle}`, `${k.code} réponse`]),
			'actions distinctes'
		],
		...matrix.rows.keys.map((key, r) => [
			key.code,
			key.libelle,
			...matrix.cells[r]!.flatMap((cell) => [
				cell.coverage === 'saisie-incomplete' && !cell.actions.length ? 'n. é.' : cell.actions.length,
				COVERAGE_WORDS[cell.coverage]
			]),
			matrix.totals.rows[r]!.actions.length
		]),
		[
			'',
			'actions distinctes',
			...matrix.totals.columns.flatMap((t) => [t.actions.length, null]),
			matrix.totals.all.actions.length
		]
	];
	return writeCsv(lines);
}
