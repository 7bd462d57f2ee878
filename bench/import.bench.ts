import { afterAll, bench, describe } from 'vitest';
import { isRefusal } from '../src/lib/domain/issue';
import { open } from '../src/lib/server/db/client';
import { importDirect } from '../src/lib/server/plans/import-document';
import { loadReferentiel } from '../src/lib/server/referentiel';
import { loadDemonstration } from '../src/lib/server/demonstration';
import { writeWorkbook } from '../src/lib/server/files/spreadsheet-write';
import { readWorkbook } from '../src/lib/server/files/workbook';

/* What a report costs beside reading the bare file, on 5,000 awkward rows. The ratio is printed at the end. */

const LE = '2026-11-22';
const ROWS = 5000;
const ref = loadReferentiel();
const db = await open(':memory:');
await loadDemonstration(db, ref, LE);

const HEADERS = ['Numéro', 'Action', 'Description', 'Pilote', 'Quartiers', 'Statut', 'Date de début', 'Coût HT'];
const PLACES = ['Les Hauts-Prés', 'Tous les QPV', '', 'Lieu inconnu', 'QNZZZ02F'];
const TITLES = ['Réhabiliter des logements', 'Végétaliser une cour d’école', 'Atelier cuisine', 'Piste cyclable'];
const rows = Array.from({ length: ROWS }, (_, i) => [
	`${1 + (i % 9)}.${i}`,
	`${TITLES[i % TITLES.length]} ${i}`,
	'Travaux et accompagnement des habitants, avec deux réunions publiques par an.',
	i % 3 ? 'Direction de l’habitat' : '',
	PLACES[i % PLACES.length]!,
	['En cours', 'à venir', 'Terminé', '???'][i % 4]!,
	i % 5 ? `01/0${1 + (i % 9)}/2026` : 'courant 2026',
	i % 7 ? `${1000 + i},50` : 'à chiffrer'
]);
const csv = new TextEncoder().encode(`\ufeff${[HEADERS, ...rows].map((r) => r.join(';')).join('\r\n')}\r\n`);
const xlsx = await writeWorkbook([
	{ nom: 'Actions', entete: [], colonnes: HEADERS.map((titre) => ({ titre, genre: 'texte' as const })), lignes: rows }
]);

const spent = new Map<string, number[]>();
async function timed(name: string, work: () => Promise<unknown>): Promise<void> {
	const start = performance.now();
	await work();
	spent.set(name, [...(spent.get(name) ?? []), performance.now() - start]);
}
const median = (name: string): number => {
	const sorted = [...(spent.get(name) ?? [NaN])].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)]!;
};
async function report(bytes: Uint8Array, fichier: string, aBlanc: boolean): Promise<void> {
	const made = await importDirect(db, ref, {
		...{ bytes, fichier, territoire: 'ZZ0000001', plan: 'pat' as const, aBlanc },
		...{ par: 'mesure', le: LE, document: 'nouveau' as const }
	});
	if (isRefusal(made) || made.lues !== ROWS) throw new Error('bug: the measured import does not read its rows');
}

const options = { iterations: 2, time: 0, warmupIterations: 0, warmupTime: 0 };
describe(`importer ${ROWS} lignes`, () => {
	for (const [fichier, bytes] of [
		['plan.csv', csv],
		['plan.xlsx', xlsx]
	] as const) {
		bench(`${fichier}, lecture nue`, () => timed(`${fichier} nue`, () => readWorkbook(bytes, fichier)), options);
		bench(
			`${fichier}, avec compte rendu`,
			() => timed(`${fichier} rendu`, () => report(bytes, fichier, true)),
			options
		);
		bench(`${fichier}, écrit en base`, () => timed(`${fichier} écrit`, () => report(bytes, fichier, false)), options);
	}
});

afterAll(async () => {
	for (const fichier of ['plan.csv', 'plan.xlsx']) {
		const [bare, told, written] = ['nue', 'rendu', 'écrit'].map((kind) => median(`${fichier} ${kind}`));
		console.log(
			`${fichier} : lecture ${Math.round(bare!)} ms, compte rendu ${Math.round(told!)} ms (× ${(told! / bare!).toFixed(1)}), écrit ${Math.round(written!)} ms (× ${(written! / bare!).toFixed(1)})`
		);
	}
	await db.destroy();
});
