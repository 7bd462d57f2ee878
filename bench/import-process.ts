import { readOds } from 'hucre/ods';
import { streamXlsxRows } from 'hucre/xlsx';
import { readFileSync, writeFileSync } from 'node:fs';
import Papa from 'papaparse';
import { isRefusal } from '../src/lib/domain/issue';
import { open } from '../src/lib/server/db/client';
import { loadDemonstration } from '../src/lib/server/demonstration';
import { readWorkbook } from '../src/lib/server/files/workbook';
import { importDirect } from '../src/lib/server/plans/import-document';
import { loadReferentiel } from '../src/lib/server/referentiel';
import { planFile, type Format } from './import-rows';

/* One measure in a process of its own, so that its memory is its own: `node import-process.js GESTE FORMAT LIGNES FICHIER`. */

const LE = '2026-11-22';
const [geste, format, lignes, fichier] = process.argv.slice(2) as [string, Format, string, string];
const rows = Number(lignes);

/** What each gesture does; a first one, `fabriquer`, writes the file the others read. */
const GESTES: Readonly<Record<string, () => Promise<() => Promise<unknown>>>> = {
	fabriquer: async () => async () => writeFileSync(fichier, await planFile(rows, format)),
	bibliotheque: async () => {
		const bytes = readFileSync(fichier);
		return () => bare(bytes);
	},
	lecture: async () => {
		const bytes = readFileSync(fichier);
		return () => readWorkbook(bytes, `plan.${format}`);
	},
	rendu: async () => imported(true),
	ecrit: async () => imported(false)
};

/** The library alone, which keeps its cells as the import does. */
async function bare(bytes: Uint8Array): Promise<unknown> {
	if (format === 'csv') return Papa.parse(new TextDecoder().decode(bytes), { delimiter: ';' }).data;
	if (format === 'ods') return readOds(bytes);
	const kept: unknown[] = [];
	for await (const row of streamXlsxRows(bytes)) kept.push(row.values);
	return kept;
}

async function imported(aBlanc: boolean): Promise<() => Promise<unknown>> {
	const ref = loadReferentiel();
	const db = await open(process.env.CROISEE_BASE ?? ':memory:');
	await loadDemonstration(db, ref, LE);
	const bytes = readFileSync(fichier);
	return async () => {
		const report = await importDirect(db, ref, {
			...{ bytes, fichier: `plan.${format}`, territoire: 'ZZ0000001', plan: 'pat' as const, aBlanc },
			...{ par: 'mesure', le: LE, document: 'nouveau' as const }
		});
		if (isRefusal(report)) throw new Error(`bug: ${report.refus}`);
		if (report.lues !== rows) throw new Error(`bug: ${report.lues} rows read out of ${rows}`);
	};
}

const work = await GESTES[geste]!();
const [start, before] = [performance.now(), process.cpuUsage()];
await work();
const { user, system } = process.cpuUsage(before);
process.stdout.write(
	JSON.stringify({
		ms: Math.round(performance.now() - start),
		cpu: Math.round((user + system) / 1000),
		// Kilobytes on every system: libuv says so.
		mo: Math.round(process.resourceUsage().maxRSS / 1024)
	})
);
