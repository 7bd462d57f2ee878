import * as fr from '../../domain/french';
import { ignoredReasons } from '../../domain/import/ignored-words';
import { isRefusal, type Refusal } from '../../domain/issue';
import type { Referentiel } from '../../domain/rules/referentiel';
import type { AnomalyLine } from '../files/headed-table';
import { isGeographic } from '../files/geo-file';
import { importCommunes, tellCommunes } from './commune-outlines';
import { importCorrespondances } from './correspondances';
import type { Db } from '../db/client';
import { importIndicators } from './indicators';
import { importPerimeters, type PerimetersReport } from './perimeters';

/** What a file about quartiers brought, in sentences. */
export interface QuartierFileOutcome {
	readonly phrase: string;
	readonly details: readonly string[];
}

/**
 * Imports a file about quartiers, whatever it is: perimeters, outlines of communes, the table of 2015 codes, or indicators. Its content tells.
 */
export async function importQuartierFile(
	db: Db,
	ref: Referentiel,
	{ bytes, fichier, le, source }: { bytes: Uint8Array; fichier: string; le: string; source?: string }
): Promise<QuartierFileOutcome | Refusal> {
	const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4000)).replace(/^\u00ef\u00bb\u00bf/, '');
	if (/^\s*[{[]/.test(head) || (await isGeographic(bytes))) {
		const report = await importPerimeters(db, bytes, fichier, { le, ...(source ? { source } : {}) });
		if (!isRefusal(report)) return tellPerimeters(report);
		const communes = await importCommunes(db, bytes, fichier, { le, ...(source ? { source } : {}) });
		if (communes === null) return report;
		return isRefusal(communes) ? communes : tellCommunes(communes, fichier);
	}
	const firstLine = head.split(/\r?\n/)[0]!.toLowerCase();
	if (/qp_?2015/.test(firstLine) && /qp_?2024/.test(firstLine)) {
		const report = await importCorrespondances(db, bytes, fichier, { le });
		if (isRefusal(report)) return report;
		return { phrase: `Correspondances${fr.INSECABLE}: ${countRows(report)}`, details: report.anomalies.map(withRow) };
	}
	const report = await importIndicators(db, ref, bytes, fichier, { le });
	if (isRefusal(report)) return report;
	return {
		phrase: [`Indicateurs${fr.INSECABLE}: ${countRows(report)}`, ...ignoredReasons(report.ignoreesParRaison)].join(' '),
		details: report.anomalies.map((a) => a.message)
	};
}

export function tellPerimeters(report: PerimetersReport): QuartierFileOutcome {
	const repaired = report.repares.map((code) => `${report.noms[code] ?? ''} (${code})`.trim());
	return {
		phrase: `${fr.count(report.lus, 'périmètre lu', 'périmètres lus')}, ${fr.count(report.importes, 'importé')}, ${fr.count(report.rejetes.length, 'rejeté')}.`,
		details: [
			...report.rejetes.map((r) => `${r.code}${fr.INSECABLE}: ${r.raison}`),
			...(repaired.length ? [`Contours réparés (ils se croisaient)${fr.INSECABLE}: ${fr.list(repaired)}.`] : []),
			...report.avertissements
		]
	};
}

const countRows = (r: { lues: number; acceptees: number; rejetees: number; ignorees: number }): string =>
	`${fr.count(r.lues, 'ligne lue', 'lignes lues')}, ${fr.count(r.acceptees, 'acceptée')}, ${fr.count(r.rejetees, 'rejetée')}, ${fr.count(r.ignorees, 'ignorée')}.`;

const withRow = ({ ligne, message }: AnomalyLine): string =>
	ligne === null ? message : `Ligne ${fr.number(ligne)}${fr.INSECABLE}: ${message}`;
