import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bench } from './run';

/* Two rules whose facts come from files: school yards (G19), and actions that stopped (G12). */

const { json, lire, dossier, clean } = bench();
const T = 'ZZ0000001';
const at = (nom: string): string => join(dossier, nom);
type Told = { regle: string; reponse: string; quartier: string | null; message: string; aFaire: string };
const gaps = async (regle: string) =>
	((await json(['lacunes', '--territoire', T])).json as Told[]).filter((g) => g.regle === regle);
const flat = (text = '') => text.replace(/\s/g, ' ');

beforeAll(async () => {
	await json(['demo']);
}, 120_000);
afterAll(clean);

describe('les écoles, par la ligne de commande', () => {
	it('une liste d’écoles change ce que dit la règle des cours, quartier par quartier', async () => {
		const before = await gaps('G19');
		writeFileSync(
			at('ecoles.csv'),
			[
				'Quartier;École;Cour;Année',
				'Tilleuls Nord;École du Bois;Bitume;',
				'Tilleuls Nord;École Neuve;Végétalisée;2025',
				'Nulle part;École Perdue;Oui;'
			].join('\n')
		);
		const run = await json(['ecoles', at('ecoles.csv'), '--territoire', T]);
		expect(run.code).toBe(0);
		expect(run.json).toMatchObject({ schema: 'croisee/ecoles/1', lues: 3, acceptees: 2, rejetees: 1, ignorees: 0 });
		const said = (await gaps('G19')).find((g) => g.message.includes('École du Bois'))!;
		expect(before.map((g) => g.message)).not.toContain(said.message);
		expect(said.reponse).toBe('alerte');
		expect(flat(said.message)).toContain('n’a ni cour végétalisée ni projet d’ici fin 2030');
		expect(said.aFaire).toContain('si cette cour peut être programmée');
	});

	it('dit ce qui ne va pas : colonnes absentes, territoire inconnu, aucune ligne acceptée', async () => {
		writeFileSync(at('autre.csv'), 'Nom;Ville\nX;Y\n');
		const refused = await lire(['ecoles', at('autre.csv'), '--territoire', T]);
		expect([refused.code, flat(refused.err)]).toEqual([3, expect.stringContaining('n’est pas une liste d’écoles')]);
		expect((await lire(['ecoles', at('ecoles.csv'), '--territoire', '000000000'])).code).toBe(3);
		expect((await lire(['ecoles', at('ecoles.csv')])).code).toBe(2);
		writeFileSync(at('perdues.csv'), 'Quartier;École;Cour\nNulle part;École Perdue;Oui\n');
		const none = await lire(['ecoles', at('perdues.csv'), '--territoire', T]);
		expect(none.code).toBe(1);
		expect(flat(none.out + none.err)).toContain('« Nulle part » n’est pas un quartier connu du territoire');
	});
});

describe('une action à l’arrêt, lue dans un classeur', () => {
	it('« En pause » depuis plus de douze mois : l’alerte dit depuis quand, qui appeler et quoi corriger', async () => {
		const rows = [
			['N°', 'Intitulé de l’action', 'Quartier', 'Porteur', 'Statut', 'Date de fin'],
			['A1', 'Ouvrir une épicerie solidaire', 'Tilleuls Nord', 'Épicerie Les Deux Ponts', 'En pause', '31/03/2025'],
			['A2', 'Ouvrir une recyclerie', 'Tilleuls Nord', 'Épicerie Les Deux Ponts', 'En pause', '31/03/2026'],
			['A3', 'Ouvrir un atelier de vélos', 'Tilleuls Nord', 'Épicerie Les Deux Ponts', 'En pause', '']
		];
		const book = await writeXlsx({ sheets: [{ name: 'Actions', rows }] });
		writeFileSync(at('arret.xlsx'), book as Uint8Array);
		const run = await json(['importer', at('arret.xlsx'), '--territoire', T, '--plan', 'pat']);
		expect(run.json).toMatchObject({ lues: 3, acceptees: 3 });
		const own = (await gaps('G12')).filter((g) => /épicerie solidaire|recyclerie|atelier de vélos/.test(g.message));
		expect(own.map((g) => [g.reponse, flat(g.message)])).toEqual(
			expect.arrayContaining([
				[
					'alerte',
					expect.stringContaining(
						'« Ouvrir une épicerie solidaire » devait s’achever le 31/03/2025, il y a 19 mois, et rien n’y dit une nouvelle date (statut : « en pause »)'
					)
				],
				['donnee-manquante', expect.stringContaining('si l’arrêt de « Ouvrir un atelier de vélos »')]
			])
		);
		expect(own).toHaveLength(2);
		expect(flat(own.find((g) => g.reponse === 'alerte')!.aFaire)).toContain('à l’Épicerie Les Deux Ponts');
	});
});
