import { beforeEach, describe, expect, test } from 'vitest';
import { isRefusal, type Refusal } from '../../src/lib/domain/issue';
import * as actions from '../../src/lib/server/db/actions';
import { open, type Db } from '../../src/lib/server/db/client';
import * as formes from '../../src/lib/server/db/formes';
import * as imports from '../../src/lib/server/db/imports';
import { commitImport, importDirect, restageImport, stageImport } from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const ref = loadReferentiel();

const LENS = '246200364';
const by = { par: 'Marie Durand', le: '2026-11-22' };
const csv = (...rows: string[]): Uint8Array => new TextEncoder().encode(`${rows.join('\n')}\n`);
/** Two columns whose headers say nothing: the person who acts, and the money. */
const year = (annee: number): Uint8Array =>
	csv(
		'Titre;Bidule;Truc',
		`Isoler l’école en ${annee};Marie Petit;60000`,
		`Planter la cour en ${annee};Paul Grand;1200`
	);
const COLONNES = {
	bidule: { champ: 'pilote', separateur: null },
	truc: { champ: 'cout_investissement', separateur: null, unite: 1 }
} as const;

let db: Db;
beforeEach(async () => {
	db = await open(':memory:');
});

const sure = <T extends object>(done: T | Refusal): T => {
	if (isRefusal(done)) throw new Error(done.refus);
	return done;
};
const request = (bytes: Uint8Array, fichier: string) => ({
	bytes,
	fichier,
	territoire: LENS,
	plan: 'autre' as const,
	...by
});
const stage = async (bytes: Uint8Array, fichier: string) => sure(await stageImport(db, ref, request(bytes, fichier)));
const formeOf = async (id: number) => (await imports.get(db, id))!.options.forme!;
/** What the page does: choices, and who made them. */
const choose = async (id: number, patch: Partial<imports.ImportOptions>, memoriser = true) =>
	sure(
		await restageImport(db, ref, id, {
			...patch,
			forme: { ...(await formeOf(id)), memoriser, reprise: null, choisi: by }
		})
	);

describe('la correspondance d’un fichier', () => {
	test('se relit avec d’autres choix, et change ce qui serait enregistré', async () => {
		const { id, rapport } = await stage(year(2025), 'suivi-2025.csv');
		expect(rapport.colonnes.map((c) => c.champ)).toEqual(['titre', null, null]);
		const again = await choose(id, { colonnes: COLONNES, base: 'TTC', annee: 2025 });
		expect(again.rapport.colonnes.map((c) => c.champ)).toEqual(['titre', 'pilote', 'cout_investissement']);
		expect(again.rapport.anomalies.filter((a) => a.code === 'colonne-inconnue')).toEqual([]);
		sure(await commitImport(db, ref, id, by));
		expect(await actions.listByTerritory(db, LENS)).toMatchObject([
			{
				pilote: 'Marie Petit',
				budget: { euros: 60_000, base: 'TTC' },
				dates: { debut: '2025-01-01', texte: '2025, année choisie pour le fichier' }
			},
			{ pilote: 'Paul Grand' }
		]);
	});

	test('enregistrée, elle sert toute seule au fichier de même forme, et le dit', async () => {
		const first = await stage(year(2025), 'suivi-2025.csv');
		await choose(first.id, { colonnes: COLONNES, base: 'TTC', annee: 2025 });
		sure(await commitImport(db, ref, first.id, { ...by, le: '2026-11-23' }));

		const next = await stage(year(2026), 'suivi-2026.csv');
		expect(next.rapport.formeReprise).toEqual({ fichier: 'suivi-2025.csv', par: 'Marie Durand', le: '2026-11-23' });
		expect(next.rapport.colonnes.map((c) => c.champ)).toEqual(['titre', 'pilote', 'cout_investissement']);
		expect((await imports.get(db, next.id))!.options).toMatchObject({ base: 'TTC', colonnes: COLONNES });
		// The year is that of one file: taking it up would date next year's actions wrongly.
		expect((await imports.get(db, next.id))!.options.annee).toBeUndefined();
	});

	test('sert aussi à la ligne de commande', async () => {
		const first = await stage(year(2025), 'suivi-2025.csv');
		await choose(first.id, { colonnes: COLONNES });
		sure(await commitImport(db, ref, first.id, by));
		const report = sure(await importDirect(db, ref, request(year(2026), 'suivi-2026.csv')));
		expect(report.formeReprise).toMatchObject({ fichier: 'suivi-2025.csv' });
		expect(report.colonnes[1]?.champ).toBe('pilote');
		// Taken up as it was: its author and its file do not change.
		expect(await formes.get(db, 'autre', (await formeOf(2)).signature)).toMatchObject({
			par: 'Marie Durand',
			choix: { fichier: 'suivi-2025.csv' }
		});
	});

	test('ne sert ni à une autre forme, ni à un autre plan', async () => {
		const first = await stage(year(2025), 'suivi-2025.csv');
		await choose(first.id, { colonnes: COLONNES });
		sure(await commitImport(db, ref, first.id, by));
		const other = await stage(csv('Titre;Bidule;Autre', 'Isoler;Marie;1'), 'autre.csv');
		expect(other.rapport.formeReprise).toBeNull();
		const plan = sure(await stageImport(db, ref, { ...request(year(2026), 'suivi-2026.csv'), plan: 'plh' }));
		expect(plan.rapport.formeReprise).toBeNull();
	});

	test('n’est pas gardée quand la personne ne le veut pas, ni avant d’être enregistrée', async () => {
		const first = await stage(year(2025), 'suivi-2025.csv');
		await choose(first.id, { colonnes: COLONNES }, false);
		expect((await stage(year(2026), 'b.csv')).rapport.formeReprise).toBeNull();
		sure(await commitImport(db, ref, first.id, by));
		expect((await stage(year(2026), 'c.csv')).rapport.formeReprise).toBeNull();
	});

	test('se reprend de zéro, et l’oubli enregistré vaut pour la suite', async () => {
		const first = await stage(year(2025), 'suivi-2025.csv');
		await choose(first.id, { colonnes: COLONNES });
		sure(await commitImport(db, ref, first.id, by));
		const next = await stage(year(2026), 'suivi-2026.csv');
		const blank = await choose(next.id, { colonnes: {}, base: 'inconnu' });
		expect(blank.rapport.formeReprise).toBeNull();
		expect(blank.rapport.colonnes[1]?.champ).toBeNull();
		sure(await commitImport(db, ref, next.id, by));
		expect((await stage(year(2027), 'suivi-2027.csv')).rapport.formeReprise).toBeNull();
	});

	test('le même fichier déposé deux fois reste « déjà importé »', async () => {
		const first = await stage(year(2025), 'suivi-2025.csv');
		await choose(first.id, { colonnes: COLONNES });
		sure(await commitImport(db, ref, first.id, by));
		const again = await stage(year(2025), 'suivi-2025.csv');
		expect(again.rapport.dejaImporte).toMatchObject({ id: first.id });
		expect(again.rapport.differences).toMatchObject({ ajoutees: 0, modifiees: 0, inchangees: 2 });
	});
});

describe('un fichier où rien n’est reconnu', () => {
	const odd = csv('Suivi;;', 'Bidule;Machin;Truc', 'Isoler l’école;Marie;60000', 'Planter la cour;Paul;1200');

	test('est lu sans action, pour que la personne désigne ses colonnes', async () => {
		const { id, rapport } = await stage(odd, 'suivi.csv');
		expect(rapport).toMatchObject({ lues: 2, acceptees: 0, rejetees: 2, ligneEntete: 2 });
		expect(rapport.anomalies).toContainEqual(expect.objectContaining({ code: 'titre-absent', gravite: 'bloquant' }));
		expect(rapport.apercu?.map((r) => r.ligne)).toEqual([1, 2, 3, 4]);
		const again = await choose(id, { colonnes: { bidule: { champ: 'titre', separateur: null } } });
		expect(again.rapport).toMatchObject({ lues: 2, acceptees: 2, rejetees: 0 });
		sure(await commitImport(db, ref, id, by));
		expect((await actions.listByTerritory(db, LENS)).map((a) => a.titre)).toEqual([
			'Isoler l’école',
			'Planter la cour'
		]);
		// And the next one needs nobody, even by command.
		const next = sure(await importDirect(db, ref, request(odd, 'suivi-2027.csv')));
		expect(next).toMatchObject({ acceptees: 2, formeReprise: { fichier: 'suivi.csv' } });
	});

	test('une autre ligne d’en-têtes change les lignes lues ; une ligne impossible est refusée et rien ne bouge', async () => {
		const { id } = await stage(odd, 'suivi.csv');
		expect((await choose(id, { ligneEntete: 3 })).rapport).toMatchObject({ lues: 1, ligneEntete: 3 });
		expect(await restageImport(db, ref, id, { ligneEntete: 99 })).toMatchObject({
			refus: expect.stringContaining('ligne 99')
		});
		expect((await imports.get(db, id))!.rapport.ligneEntete).toBe(3);
	});

	test('par la ligne de commande, il reste refusé : personne n’est là pour dire ce que sont ses colonnes', async () => {
		expect(await importDirect(db, ref, request(odd, 'suivi.csv'))).toMatchObject({
			refus: expect.stringContaining('Aucun tableau d’actions')
		});
	});
});
