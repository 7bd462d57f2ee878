import { beforeAll, describe, expect, test } from 'vitest';
import type { Anomalie } from '../../src/lib/domain/import/anomalies';
import { isRefusal, type IssueCode } from '../../src/lib/domain/issue';
import type { InseeCode, QpvCode, TerritoryCode } from '../../src/lib/domain/territory';
import { open, type Db } from '../../src/lib/server/db/client';
import { saveQuartiers } from '../../src/lib/server/db/territories';
import { importDirect } from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aQuartier } from '../fixtures/build';

/* Each kind of anomaly a table can raise: the row that raises it, and the cell it must name. */

const HEADER = 'N°;Titre;Coût HT;Statut;Date de début;Échelle;Quartiers;Commune';
const KINDS: Partial<Record<IssueCode, readonly [cellule: string | null, ...rows: string[]]>> = {
	'titre-absent': ['B2', '7;;5 000 €;;;;;', '8;Isoler;;;;;;'],
	'ligne-vide': [null, '1;Isoler;;;;;;', ';;;;;;;', '2;Planter;;;;;;'],
	'ligne-hors-territoire': ['A2', '1;Isoler;;;;;;59350', '2;Planter;;;;;;62498'],
	'ligne-de-consigne': ['A4', '1;Isoler;;;;;;', '2;Planter;;;;;;', HEADER, '3;Repaver;;;;;;'],
	'montant-illisible': ['C2', '1;Isoler;beaucoup;;;;;'],
	'montant-intervalle': ['C2', '1;Isoler;entre 200 et 500 k€;;;;;'],
	'montant-deduit': ['C2', '1;Isoler;50 000 € HT (60 000 € TTC);;;;;'],
	'date-illisible': ['E2', '1;Isoler;;;un de ces jours;;;'],
	'date-vague': ['E2', '1;Isoler;;;vers 2027;;;'],
	'statut-inconnu': ['D2', '1;Isoler;;dans les tuyaux;;;;'],
	'statut-interprete': ['D2', '1;Isoler;;démarré;;;;'],
	'commune-inconnue': ['H2', '1;Isoler;;;;;;Lenns'],
	'quartier-inconnu': ['G2', '1;Isoler;;;;;Les Moulinets;'],
	doublon: ['B3', '1;Isoler l’école;;;;;;', '2;Isoler l’école;;;;;;'],
	'valeur-suspecte': ['F2', '1;Isoler;;;;un peu partout;;'],
	'ligne-ecartee': ['B3', '1;Isoler;5 000 €;;;;;', ';Total;5 000 €;;;;;']
};

let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
	const quartier = aQuartier({
		code: 'QN06201M' as QpvCode,
		nom: 'Les Moulins',
		communes: [{ code: '62498' as InseeCode, nom: 'Lens' }],
		epci: ['246200364' as TerritoryCode]
	});
	await saveQuartiers(db, [quartier], { source: 'essai', le: '2026-11-22' });
});

async function anomaliesOf(header: string, ...rows: string[]): Promise<readonly Anomalie[]> {
	const bytes = new TextEncoder().encode([header, ...rows].join('\n'));
	const request = { bytes, fichier: 'plan.csv', territoire: '246200364', plan: 'plh', aBlanc: true } as const;
	const report = await importDirect(db, loadReferentiel(), { ...request, par: 'x', le: '2026-11-22' });
	if (isRefusal(report)) throw new Error(report.refus);
	return report.anomalies;
}

/** Where, what was found, what was expected, what to do: nobody is left with a code. */
function expectWhole(anomaly: Anomalie): void {
	expect(anomaly.message).toMatch(/^\p{Lu}|^«/u);
	expect(anomaly.message).toMatch(/\.$/);
	expect(anomaly.attendu).toBeTruthy();
	expect(anomaly.conseil).toMatch(/\.$/);
	expect(anomaly.ligne).not.toBeNull();
}

describe('chaque nature d’anomalie dit où, ce qui est attendu et que faire', () => {
	test.each(Object.entries(KINDS))('%s', async (code, [cellule, ...rows]) => {
		const found = (await anomaliesOf(HEADER, ...rows)).filter((a) => a.code === code);
		expect(found.length).toBeGreaterThan(0);
		found.forEach(expectWhole);
		expect(found[0]!.cellule).toBe(cellule);
	});

	test('une colonne inconnue nomme son en-tête', async () => {
		const found = await anomaliesOf('Titre;Couleur du classeur;Budget', 'Isoler;vert;10 €');
		const unknown = found.find((a) => a.code === 'colonne-inconnue')!;
		expectWhole(unknown);
		expect(unknown.cellule).toBe('B1');
	});
});
