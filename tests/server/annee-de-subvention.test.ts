import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { readAction } from '../../src/lib/server/actions/read-action';
import * as actions from '../../src/lib/server/db/actions';
import { open, type Db } from '../../src/lib/server/db/client';
import { exportActions } from '../../src/lib/server/exports/export-actions';
import { importDirect } from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* The year of a list of grants is the one of the money: it dates no works, and nothing invents when they end. */

const ref = loadReferentiel();
const LENS = '246200364';
const AUJOURDHUI = '2026-11-22';
const by = { territoire: LENS, par: 'Dominique Aubry', le: AUJOURDHUI };
const LISTE = [
	'exercice;dispositif;beneficiaire_nom;intitule;cout_ht;subvention',
	'2024;DPV;Ville d’essai;Rénover la chaufferie de l’école;100 000;80 000',
	'2019;DPV;Ville d’essai;Isoler le gymnase;50 000;40 000'
].join('\n');

const folder = mkdtempSync(join(tmpdir(), 'croisee-subvention-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let db: Db;
beforeEach(async () => {
	db = await open(':memory:');
});
async function importer(text: string | Uint8Array, base = db, fichier = 'liste.csv') {
	const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
	const report = await importDirect(base, ref, { bytes, fichier, plan: 'contrat-de-ville', ...by });
	if (isRefusal(report)) throw new Error(report.refus);
	return report;
}
const dates = async (base = db) =>
	Object.fromEntries((await actions.listByTerritory(base, LENS)).map((a) => [a.titre.split(' ')[0], a.dates]));
const GRANTED = {
	Rénover: { debut: null, fin: null, texte: 'subvention 2024', exercice: 2024 },
	Isoler: { debut: null, fin: null, texte: 'subvention 2019', exercice: 2019 }
};

describe('l’année d’une liste de subventions', () => {
	test('est celle de la subvention : ni début ni fin de travaux n’en sont tirés', async () => {
		await importer(LISTE);
		expect(await dates()).toEqual(GRANTED);
	});

	test('d’un plan, ou d’une liste qui date ses travaux, reste quand l’action se fait', async () => {
		await importer('Année;Titre;Pilote\n2024;Rénover la chaufferie;Ville\n2025;Isoler le gymnase;Ville\n');
		expect((await dates()).Rénover).toMatchObject({ debut: '2024-01-01', fin: '2024-12-31' });
		const dated = await open(':memory:');
		await importer(
			LISTE.replace('exercice;', 'exercice;date de fin;')
				.replace('2024;', '2024;30/06/2027;')
				.replace('2019;', '2019;;'),
			dated
		);
		expect((await dates(dated)).Rénover).toMatchObject({ fin: '2027-06-30' });
	});

	test('se lit sur la fiche, avec sa cellule et sa colonne', async () => {
		await importer(LISTE);
		const { id } = (await actions.listByTerritory(db, LENS)).find((a) => a.titre.startsWith('Rénover'))!;
		const { champs, exercice } = (await readAction(db, ref, LENS, id, AUJOURDHUI, null))!;
		expect(champs.filter((c) => ['debut', 'fin'].includes(c.cle)).map((c) => c.mots)).toEqual([null, null]);
		expect(exercice).toEqual({ mots: 'subvention 2024', source: 'cellule A2, colonne «\u00a0exercice\u00a0»' });
	});

	test.each(['xlsx', 'csv', 'json'] as const)('s’exporte (%s) et revient la même', async (format) => {
		await importer(LISTE);
		const out = await exportActions(db, ref, { territoire: LENS, plan: null, format, day: AUJOURDHUI });
		if (isRefusal(out)) throw new Error(out.refus);
		const elsewhere = await open(':memory:');
		await importer(out.octets, elsewhere, out.nom);
		expect(await dates(elsewhere)).toEqual(GRANTED);
	});

	test('remplace, au prochain import de la liste, les dates qu’une version d’avant en avait tirées', async () => {
		const path = join(folder, 'avant.db');
		const before = await open(path);
		await importer(LISTE, before);
		await before.destroy();
		const raw = new Database(path);
		raw.exec(
			`UPDATE action SET contenu = json_set(contenu, '$.dates', json_object('debut', json_extract(contenu, '$.dates.exercice') || '-01-01',
			'fin', json_extract(contenu, '$.dates.exercice') || '-12-31', 'texte', CAST(json_extract(contenu, '$.dates.exercice') AS TEXT)))`
		);
		raw.close();
		const now = await open(path);
		expect((await dates(now)).Rénover).toMatchObject({ fin: '2024-12-31' });
		await importer(LISTE, now);
		expect(await dates(now)).toEqual(GRANTED);
		await now.destroy();
	});
});
