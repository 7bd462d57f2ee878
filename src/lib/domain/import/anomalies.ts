import { cellFinder, cellName, type SourceTable } from './issue-cells';
import { ADVICE } from './issue-advice';
import type { Issue, IssueCode, Severity } from '../issue';

/* One line of the report of an import. */

export interface Anomalie {
	readonly code: IssueCode;
	readonly gravite: Severity;
	readonly feuille: string | null;
	readonly ligne: number | null;
	/** Header of the column, as written. */
	readonly colonne: string | null;
	/** 0-based; null when no single cell is concerned. */
	readonly colonneIndex: number | null;
	/** « D14 ». */
	readonly cellule: string | null;
	readonly trouve: string | null;
	readonly attendu: string | null;
	readonly message: string;
	readonly conseil: string | null;
	/** The whole cell, when it holds more than what was found wrong in it. */
	readonly contenu?: string | null;
	/** Every row concerned, when one line stands for many rows set aside for the same reason. */
	readonly lignes?: readonly number[];
}

/** How many anomalies of each kind; with it, a page counts without reading them all. */
export type AnomalyCounts = readonly {
	readonly code: IssueCode;
	readonly gravite: Severity;
	readonly nombre: number;
}[];

/** An issue that may stand for many rows. */
export type ReportIssue = Issue & { readonly lignes?: readonly number[] };

/** Issues as the report says them: each with its cell, what was expected and what to do. */
export function toAnomalies(issues: readonly ReportIssue[], sources: readonly SourceTable[]): Anomalie[] {
	const cellOf = cellFinder(sources);
	return issues.map((issue) => {
		const { code, severity, where, found, expected, message, hint, lignes } = issue;
		const { feuille, index, ligne, contenu } = cellOf(issue);
		return {
			code,
			gravite: severity,
			feuille,
			ligne,
			colonne: where.column,
			colonneIndex: index,
			cellule: index === null || ligne === null ? null : cellName(index, ligne),
			trouve: found,
			attendu: expected ?? ADVICE[code].attendu,
			message,
			conseil: hint ?? ADVICE[code].conseil,
			...(index !== null && contenu !== found ? { contenu } : {}),
			...(lignes ? { lignes } : {})
		};
	});
}

/** What the cell of an anomaly holds; null for a blank. */
export const contentOf = (anomaly: Anomalie): string | null =>
	anomaly.contenu === undefined ? anomaly.trouve : anomaly.contenu;

export function countAnomalies(anomalies: readonly Pick<Anomalie, 'code' | 'gravite'>[]): AnomalyCounts {
	const counts = new Map<string, { code: IssueCode; gravite: Severity; nombre: number }>();
	for (const { code, gravite } of anomalies) {
		const key = `${gravite}|${code}`;
		const known = counts.get(key);
		if (known) known.nombre++;
		else counts.set(key, { code, gravite, nombre: 1 });
	}
	return [...counts.values()];
}

export const totalOf = (counts: AnomalyCounts): number => counts.reduce((sum, c) => sum + c.nombre, 0);
