import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bench } from './run';
import * as shapes from './shapes';

/* Public files of the region, as published; read where they are when they are there, never copied here. */

const DATA = resolve('../shared/data');
const { json, lire, dossier, clean } = bench();
afterAll(clean);

const VALENCIENNES = '245901160';
const pcaet = join(DATA, 'plans/pcaet/Demarches_PCAET_Programme_Actions_V2.hauts-de-france.json');

describe.skipIf(!existsSync(DATA))('sur les fichiers publics des Hauts-de-France', () => {
	beforeAll(async () => {
		const geo = await json(['perimetres', join(DATA, 'geo/qpv-2024-hauts-de-france.geojson')]);
		const report = shapes.Perimetres.parse(geo.json);
		expect([report.lus, report.importes, report.rejetes.length, report.repares.length]).toEqual([204, 204, 0, 11]);
	}, 120_000);

	it('une région où personne n’a rien déposé : aucun zéro', async () => {
		const region = shapes.Region.parse((await json(['region', '--region', '32'])).json);
		expect(region).toMatchObject({ nom: 'Hauts-de-France', repondants: 0, quartiers: { repondants: 0, total: 204 } });
		expect(region.territoires.every((t) => t.actions === null && t.lacunes === null)).toBe(true);
		expect(region.matrice.cases.flat().every((c) => c.couverture === 'saisie-incomplete' && c.actions === null)).toBe(
			true
		);
		// Eight quartiers lie over two EPCI: counted once in the region, once in each of their territories.
		expect(region.territoires.reduce((n, t) => n + t.quartiers, 0)).toBe(212);
	});

	it('la table des codes 2024 et 2015, puis les indicateurs', async () => {
		const table = await json(['correspondances', join(DATA, 'geo/correspondance-qp2024-qp2015-hdf.csv')]);
		expect(shapes.Correspondances.parse(table.json)).toMatchObject({ lues: 204, acceptees: 204, rejetees: 0 });
		const values = await json(['indicateurs', join(DATA, 'geo/qpv-2024-indicateurs-hdf.csv'), '--source', 'ANCT']);
		expect(shapes.Indicateurs.parse(values.json)).toMatchObject({ lues: 286, acceptees: 204, ignorees: 82 });
		const again = await json(['indicateurs', join(DATA, 'geo/qpv-2024-indicateurs-hdf.csv'), '--source', 'ANCT']);
		expect(again.out).toBe(values.out);
	});

	const plans: [string, readonly string[], Record<string, number>][] = [
		[
			'PCAET de Valenciennes',
			[pcaet, '--territoire', VALENCIENNES, '--plan', 'pcaet', '--demarche', '1705'],
			{ lues: 72, acceptees: 72 }
		],
		[
			'plan de Nièvre et Somme',
			[
				join(DATA, 'plans/pcaet/cc-nievre-et-somme_plan-actions_format-TeT.xlsx'),
				...['--territoire', '200071223', '--plan', 'pcaet']
			],
			{ acceptees: 46, ignorees: 1 }
		],
		[
			'PLH de Lens-Liévin, dans un fichier qui mêle quatre territoires',
			[join(DATA, 'plans/plh/plh_programmes_actions_hdf.csv'), '--territoire', '246200364', '--plan', 'plh'],
			{ lues: 25, acceptees: 14, ignorees: 11 }
		],
		[
			'opérations DPV de Valenciennes, dans la liste nationale',
			[
				join(DATA, 'funding/dgcl_dotations/dgcl-liste-projets-dotations-investissement-local-2024.hauts-de-france.csv'),
				...['--territoire', VALENCIENNES, '--plan', 'contrat-de-ville', '--filtre', 'dispositif=DPV']
			],
			{ acceptees: 3, rejetees: 0 }
		]
	];
	it.each(plans)('%s : importé, puis reconnu sans rien doubler', async (_, args, counts) => {
		const first = shapes.Import.parse((await json(['importer', ...args])).json);
		expect(first).toMatchObject(counts);
		expect(first.differences.ajoutees).toBe(first.acceptees);
		const again = shapes.Import.parse((await json(['importer', ...args])).json);
		expect(again.differences).toMatchObject({ ajoutees: 0, modifiees: 0, disparues: 0, inchangees: first.acceptees });
	});

	it('un territoire dit les lignes laissées à d’autres', async () => {
		const run = await json(['importer', ...plans[2]![1], '--a-blanc']);
		const set = (run.json as { ignoreesParRaison: { code: string; nombre: number }[] }).ignoreesParRaison;
		expect(set).toMatchObject([{ code: 'ligne-hors-territoire', nombre: 11 }]);
	});

	it('les lectures d’un vrai territoire ont la forme du contrat', async () => {
		const at = ['--territoire', VALENCIENNES];
		const actions = shapes.Actions.parse((await json(['actions', ...at])).json);
		expect(actions).toHaveLength(75);
		shapes.Matrice.parse((await json(['matrice', ...at])).json);
		shapes.Lacunes.parse((await json(['lacunes', ...at])).json);
		const verdicts = shapes.Dispositifs.parse((await json(['dispositifs', ...at])).json);
		expect(verdicts.some((v) => v.quartier === null)).toBe(true);
	});

	it('chaque habitant de quartier compte une fois : 753 115', async () => {
		const territories = shapes.Territoires.parse((await json(['territoires'])).json);
		const people = new Map<string, number>();
		for (const t of territories) {
			const { colonnes } = shapes.Matrice.parse(
				(await json(['matrice', '--territoire', t.code, '--colonnes', 'quartier'])).json
			);
			for (const { code } of colonnes) {
				if (people.has(code)) continue;
				const sortie = join(dossier, 'q.json');
				await json([
					'feuille-de-route',
					'--quartier',
					code,
					'--format',
					'json',
					'--sortie',
					sortie,
					'--territoire',
					t.code
				]);
				const road = JSON.parse(readFileSync(sortie, 'utf8')) as {
					sections: { id: string; tableau: { lignes: (string | number | null)[][] } | null }[];
				};
				const rows = road.sections.find((s) => s.id === 'portrait')?.tableau?.lignes ?? [];
				people.set(code, Number(rows.find((l) => l[0] === 'Population municipale')?.[1] ?? 0));
			}
		}
		expect(people.size).toBe(204);
		expect([...people.values()].reduce((a, b) => a + b, 0)).toBe(753_115);
	}, 300_000);

	it('la région compte les répondants, un quartier sur deux EPCI une fois, et le fictif à part', async () => {
		await json(['demo']);
		const region = shapes.Region.parse((await json(['region', '--region', '32'])).json);
		expect(region.repondants).toBe(3);
		expect(region.quartiers).toMatchObject({ total: 204 });
		expect(region.territoires.some((t) => t.fictif)).toBe(false);
		const empty = region.territoires.find((t) => t.nom === 'CA Amiens Métropole')!;
		expect(empty).toMatchObject({ repondant: false, actions: null, lacunes: null });
		const elsewhere = shapes.Region.parse((await json(['region', '--region', '28'])).json);
		expect(elsewhere).toMatchObject({ nom: 'Normandie', repondants: 0 });
		const all = shapes.Region.parse((await json(['region'])).json);
		expect(all.territoires.some((t) => t.fictif)).toBe(true);
		expect(all.repondants).toBe(3);
		expect(all.lacunes).toEqual(region.lacunes);
	});

	it('un quartier sur deux EPCI se lit depuis l’un ou l’autre', async () => {
		for (const territoire of ['200042190', VALENCIENNES]) {
			const sortie = join(dossier, `${territoire}.json`);
			const run = await lire([
				...['feuille-de-route', '--quartier', 'QN05920M', '--format', 'json'],
				...['--sortie', sortie, '--territoire', territoire]
			]);
			expect(run.code).toBe(0);
			expect(JSON.parse(readFileSync(sortie, 'utf8')).territoire.code).toBe(territoire);
		}
	});
});
