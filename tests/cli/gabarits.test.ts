import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bench } from './run';

const { lire, json, dossier, clean } = bench();
const EPCI = '200072460';
const at = (nom: string): string => join(dossier, nom);

beforeAll(async () => {
	writeFileSync(at('pcaet.csv'), 'N°;Titre;Statut;Budget HT\n1;Isoler les écoles;En cours;120000\n2;=1+1;Prévu;');
	const read = await lire(['importer', at('pcaet.csv'), '--territoire', EPCI, '--plan', 'pcaet']);
	expect(read.code).toBe(0);
}, 60_000);
afterAll(clean);

describe('croisee gabarit', () => {
	it.each(['xlsx', 'ods'])('écrit un modèle .%s', async (format) => {
		const sortie = at(`modele.${format}`);
		const run = await json(['gabarit', '--plan', 'plh', '--format', format, '--sortie', sortie]);
		const { schema, fichier, octets } = run.json as { schema: string; fichier: string; octets: number };
		expect({ schema, fichier }).toEqual({ schema: 'croisee/gabarit/1', fichier: sortie });
		expect(readFileSync(sortie).byteLength).toBe(octets);
	});

	it('refuse un format et un territoire inconnus, chacun d’une phrase', async () => {
		const wrong = await lire(['gabarit', '--plan', 'plh', '--format', 'pdf', '--sortie', at('x.pdf')]);
		expect([wrong.code, wrong.err]).toEqual([2, expect.stringMatching(/xlsx, ods/)]);
		const where = ['--territoire', '123456789', '--sortie', at('x.ods')];
		const unknown = await lire(['gabarit', '--plan', 'plh', '--format', 'ods', ...where]);
		expect([unknown.code, unknown.err]).toEqual([3, expect.stringMatching(/123456789/)]);
	});
});

describe('croisee exporter', () => {
	it.each(['xlsx', 'ods', 'csv', 'json', 'schema', 'tet'])('%s se redépose', async (format) => {
		const sortie = at(`export.${{ schema: 'json', tet: 'xlsx' }[format] ?? format}`);
		const wrote = await lire(['exporter', '--territoire', EPCI, '--format', format, '--sortie', sortie]);
		expect(wrote.code).toBe(0);
		const again = ['importer', sortie, '--territoire', EPCI, '--plan', 'pcaet', '--a-blanc'];
		expect((await json(again)).json).toMatchObject({ acceptees: 2, rejetees: 0 });
	});

	it('neutralise les formules du CSV', async () => {
		await lire(['exporter', '--territoire', EPCI, '--format', 'csv', '--sortie', at('f.csv')]);
		expect(readFileSync(at('f.csv'), 'utf8')).toContain(";'=1+1;");
	});

	it('dit qu’un plan n’a pas d’action', async () => {
		const none = ['--plan', 'plh', '--format', 'csv', '--sortie', at('x.csv')];
		const run = await lire(['exporter', '--territoire', EPCI, ...none]);
		expect([run.code, run.err]).toEqual([3, expect.stringMatching(/aucune action de ce plan/)]);
	});
});
