import { beforeEach, describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { editCells } from '../../src/lib/server/actions/edit-cells';
import * as actions from '../../src/lib/server/db/actions';
import { open, type Db } from '../../src/lib/server/db/client';
import * as decisions from '../../src/lib/server/db/decisions';
import * as documents from '../../src/lib/server/db/documents';
import * as lines from '../../src/lib/server/db/import-lines';
import { lastEntry } from '../../src/lib/server/db/journal';
import { decideGroup, decideLine } from '../../src/lib/server/plans/decide-lines';
import {
	commitImport,
	importDirect,
	restageImport,
	stageImport,
	undoImport
} from '../../src/lib/server/plans/import-document';
import { readUndo } from '../../src/lib/server/plans/read-undo';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const ref = loadReferentiel();
const LENS = '246200364';
const by = { par: 'Dominique Aubry', le: '2026-11-22' };
const HEADER = 'N°;Titre;Porteur;Budget prévisionnel HT;Statut';
const file = (...rows: string[]): Uint8Array => new TextEncoder().encode(`\ufeff${[HEADER, ...rows].join('\n')}\n`);

const V1 = file(
	'1;Rénover l’école Voltaire;Ville;60 000 €;En cours',
	'2;Planter la rue Basse;Ville;10 000;À venir',
	'3;Créer une maison de santé au centre-bourg;Agglomération;500 000;À venir',
	'4;Aider les copropriétés fragiles;Agglomération;;'
);
const V2 = file(
	'1;Rénover l’école Voltaire;Bailleur;;Terminé',
	'2;Planter la rue Basse et la place;Ville;10 000;À venir',
	'9;Création d’une maison de santé, centre-bourg;Agglomération;500 000;À venir',
	'12;Ouvrir une ressourcerie;;12 000;'
);

let db: Db;
beforeEach(async () => {
	db = await open(':memory:');
});

const request = (bytes: Uint8Array, fichier = 'plan.csv') => ({
	bytes,
	fichier,
	territoire: LENS,
	plan: 'plh' as const,
	...by
});
async function importer(bytes: Uint8Array, fichier?: string) {
	const report = await importDirect(db, ref, request(bytes, fichier));
	if (isRefusal(report)) throw new Error(report.refus);
	return report;
}
async function stage(bytes: Uint8Array): Promise<number> {
	const staged = await stageImport(db, ref, request(bytes, 'plan-2.csv'));
	if (isRefusal(staged)) throw new Error(staged.refus);
	return staged.id;
}
const all = () => actions.listByTerritory(db, LENS);
const named = async (titre: string) => (await all()).find((a) => a.titre.startsWith(titre));
const group = (id: number, groupe: lines.LineGroup) => lines.listLines(db, id, { groupe, nombre: 100 });
const edit = async (titre: string, colonne: string, texte: string, vu?: number) => {
	const { id } = (await named(titre))!;
	const asked = { territoire: LENS, actions: [id], colonne, texte, vu: vu ?? (await lastEntry(db)), ...by };
	return editCells(db, ref, asked);
};
const answer = (id: number, cle: string, geste: string, more: { champs?: string[]; effacer?: string[] } = {}) =>
	decideLine(db, id, { cle, geste, ...more }, by);

describe('une nouvelle version se lit ligne par ligne', () => {
	test('chaque ligne dit ses champs avant et après, et d’où vient l’ancienne valeur', async () => {
		await importer(V1);
		const id = await stage(V2);
		const [first, second] = await group(id, 'modifiee');
		expect(first).toMatchObject({
			titre: 'Rénover l’école Voltaire',
			ligne: 2,
			contenu: {
				champs: [
					{ champ: 'porteur', avant: 'Ville', apres: 'Bailleur' },
					{ champ: 'porteurType', avant: 'commune', apres: 'bailleur-social' },
					{ champ: 'statut', avant: 'en-cours', apres: 'realise' }
				],
				videes: [{ champ: 'budget', avant: { euros: 60000 } }],
				origine: { fichier: 'plan.csv', ligne: 2 },
				source: 1
			}
		});
		expect(second).toMatchObject({ doute: 'reformulee', titre: 'Planter la rue Basse et la place' });
		expect(await lines.countLines(db, id, 'disparue')).toBe(2);
		expect(await lines.countLines(db, id, 'modifiee', 'voltaire')).toBe(1);
	});

	test('une action renumérotée et reformulée est proposée, jamais rapprochée d’office', async () => {
		await importer(V1);
		const report = await importer(V2);
		expect(report).toMatchObject({ rapprochements: 1, differences: { ajoutees: 2, modifiees: 2, disparues: 2 } });
		expect(report.changements.find((c) => c.proche)).toMatchObject({
			titre: 'Création d’une maison de santé, centre-bourg',
			proche: { titre: 'Créer une maison de santé au centre-bourg' }
		});
		expect(await all()).toHaveLength(6);
	});

	test('le rapprochement accepté garde l’action et ses décisions ; refusé, il en reste deux', async () => {
		await importer(V1);
		const before = await named('Créer une maison');
		const id = await stage(V2);
		const [pair] = await group(id, 'a-trancher');
		expect(pair).toMatchObject({
			proche: before!.id,
			contenu: { proche: { raisons: ['titre', 'porteur', 'budget'] } }
		});
		await answer(id, pair!.cle, `rapprocher:${before!.id}`);
		expect(await group(id, 'a-trancher')).toEqual([]);
		expect((await group(id, 'modifiee')).map((l) => l.ligne)).toEqual([2, 3, 4]);
		expect((await group(id, 'disparue')).map((l) => l.titre)).toEqual(['Aider les copropriétés fragiles']);
		await commitImport(db, ref, id, by);
		expect(await named('Création d’une maison')).toMatchObject({ id: before!.id, reference: '9', disparue: false });

		await undoImport(db, id, by);
		const again = await stage(V2);
		const [asked] = await group(again, 'a-trancher');
		await answer(again, asked!.cle, `separer:${before!.id}`);
		await commitImport(db, ref, again, by);
		expect((await named('Création d’une maison'))!.id).not.toBe(before!.id);
		expect(await named('Créer une maison')).toMatchObject({ disparue: true });
	});

	test('une action reconnue malgré son nouvel intitulé peut être refusée', async () => {
		await importer(V1);
		const old = await named('Planter');
		const id = await stage(V2);
		const line = (await group(id, 'modifiee'))[1]!;
		await answer(id, line.cle, `separer:${old!.id}`);
		expect((await group(id, 'disparue')).map((l) => l.titre)).toContain('Planter la rue Basse');
		await commitImport(db, ref, id, by);
		expect((await all()).filter((a) => a.titre.startsWith('Planter')).map((a) => [a.titre, a.disparue])).toEqual([
			['Planter la rue Basse', true],
			['Planter la rue Basse et la place', false]
		]);
	});

	test('prendre certains champs, effacer une cellule vidée, laisser une nouvelle, retirer une disparue', async () => {
		await importer(V1);
		const id = await stage(V2);
		const [voltaire] = await group(id, 'modifiee');
		await answer(id, voltaire!.cle, 'prendre', { champs: ['statut'], effacer: ['budget'] });
		const fresh = (await group(id, 'ajoutee')).find((l) => l.reference === '12');
		await answer(id, fresh!.cle, 'laisser');
		const gone = (await group(id, 'disparue')).find((l) => l.titre.startsWith('Aider'));
		await answer(id, gone!.cle, 'retirer');
		const report = await commitImport(db, ref, id, by);
		expect(report).toMatchObject({ laissees: 1, differences: { ajoutees: 1, modifiees: 2, disparues: 2, videes: 0 } });
		expect(await named('Rénover')).toMatchObject({ porteur: 'Ville', statut: 'realise', budget: null });
		expect(await named('Ouvrir')).toBeUndefined();
		expect(await named('Aider')).toBeUndefined();
		expect((await lines.getLine(db, id, fresh!.cle))?.decision).toMatchObject({ geste: 'laisser', ...by });
	});

	test('un geste vaut pour tout un groupe, et se reprend', async () => {
		await importer(V1);
		const id = await stage(V2);
		await decideGroup(db, id, 'disparue', 'retirer', by);
		await decideGroup(db, id, 'ajoutee', 'laisser', by);
		expect(await lines.countSetAside(db, id)).toEqual({ ajoutee: 1, disparue: 2 });
		await decideGroup(db, id, 'ajoutee', '', by);
		expect(await lines.countSetAside(db, id)).toEqual({ disparue: 2 });
	});

	test('les réponses survivent à une relecture du fichier, et rien ne se décide après l’enregistrement', async () => {
		await importer(V1);
		const id = await stage(V2);
		const [pair] = await group(id, 'a-trancher');
		await answer(id, pair!.cle, `rapprocher:${pair!.proche}`);
		await restageImport(db, ref, id, { base: 'TTC' });
		expect(await group(id, 'a-trancher')).toEqual([]);
		await commitImport(db, ref, id, by);
		expect(await answer(id, pair!.cle, 'laisser')).toMatchObject({
			refus: expect.stringContaining('plus à enregistrer')
		});
		expect(await answer(await stage(V2), 'r:inconnue', 'laisser')).toMatchObject({ refus: expect.any(String) });
	});
});

describe('ce qu’une personne a tapé', () => {
	test('le même fichier n’y touche pas ; une valeur nouvelle du fichier le change, et le dit', async () => {
		await importer(V1);
		await edit('Rénover', 'porteur', 'SIVOM');
		expect((await importer(V1)).differences).toMatchObject({ modifiees: 0, inchangees: 4 });
		expect(await named('Rénover')).toMatchObject({ porteur: 'SIVOM' });
		const same = await stage(V1);
		expect((await group(same, 'gardees'))[0]).toMatchObject({
			contenu: { gardes: expect.arrayContaining([{ champ: 'porteur', avant: 'Ville', apres: 'SIVOM' }]) }
		});
		expect((await group(await stage(V2), 'modifiee'))[0]).toMatchObject({
			contenu: {
				saisis: expect.arrayContaining(['porteur']),
				champs: expect.arrayContaining([{ champ: 'porteur', avant: 'SIVOM', apres: 'Bailleur' }])
			}
		});
	});

	test('une page restée ouverte n’écrase pas ce qui a été écrit depuis', async () => {
		await importer(V1);
		const vu = await lastEntry(db);
		expect(await edit('Rénover', 'porteur', 'SIVOM')).toMatchObject({ ecrites: 1 });
		expect(await edit('Rénover', 'porteur', 'Autre', vu)).toMatchObject({
			conflits: [{ mienne: 'Autre', sienne: 'SIVOM', par: 'Dominique Aubry' }]
		});
		expect(await edit('Rénover', 'titre', '')).toMatchObject({ refus: expect.stringContaining('intitulé') });
		expect(await named('Rénover')).toMatchObject({ porteur: 'SIVOM' });
	});
});

describe('un import s’annule quand on veut', () => {
	test('l’ancien d’abord : ce que le récent a écrit reste, ce qu’il a toujours reste aussi', async () => {
		await importer(V1);
		await importer(V2, 'plan-2.csv');
		const undone = await undoImport(db, 1, by);
		expect(undone).toMatchObject({ actionsRetirees: 2, actionsRestaurees: 0 });
		expect(isRefusal(undone) || undone.gardees.map((k) => [k.titre, k.raison, k.import])).toEqual([
			['Rénover l’école Voltaire', 'tenue', 2],
			['Planter la rue Basse et la place', 'tenue', 2]
		]);
		expect((await all()).map((a) => a.reference)).toEqual(['1', '2', '9', '12']);
		expect(await undoImport(db, 2, by)).toMatchObject({ actionsRetirees: 4, gardees: [] });
		expect(await all()).toEqual([]);
		expect(await documents.listByTerritory(db, LENS)).toEqual([]);
	});

	test('un champ corrigé depuis est gardé et annoncé ; sur demande, il est restauré', async () => {
		for (const forced of [false, true]) {
			db = await open(':memory:');
			await importer(V1);
			await importer(V2);
			const { id } = (await named('Rénover'))!;
			await edit('Rénover', 'statut', 'En retard');
			const shown = await readUndo(db, 2);
			expect(isRefusal(shown) ? null : shown.aGarder.find((a) => a.id === id)).toMatchObject({
				raison: 'modifiee-depuis',
				restaures: [{ champ: 'porteur' }, { champ: 'porteurType' }],
				gardes: [{ champ: 'statut', avant: 'en-retard', apres: 'en-cours' }],
				qui: { par: 'Dominique Aubry' }
			});
			const undone = await undoImport(db, 2, by, forced ? new Set([id]) : undefined);
			expect(undone).toMatchObject({ gardees: forced ? [] : [{ id, champs: ['statut'] }] });
			expect(await named('Rénover')).toMatchObject({ porteur: 'Ville', statut: forced ? 'en-cours' : 'en-retard' });
		}
	});

	test('une action qui porte une décision n’est pas retirée sans qu’on le demande', async () => {
		await importer(V1);
		const { id } = (await named('Aider'))!;
		const sujet = { genre: 'nature' as const, id };
		await decisions.add(db, { territoire: LENS, sujet, quartier: null, valeur: { nature: 'N1' }, motif: 'x', ...by });
		expect(await undoImport(db, 1, by)).toMatchObject({ actionsRetirees: 3, gardees: [{ id, raison: 'decision' }] });
		expect((await all()).map((a) => a.id)).toEqual([id]);
		await importer(V1);
		expect(await undoImport(db, 2, by, 'tout')).toMatchObject({ actionsRetirees: 3 });
		expect((await all()).map((a) => a.id)).toEqual([id]);
	});

	test('les colonnes du document reviennent à celles des imports qui restent', async () => {
		await importer(V1);
		const wider = new TextEncoder().encode(
			[
				`${HEADER};Pilote`,
				'1;Rénover l’école Voltaire;Bailleur;;;Service habitat',
				'2;Planter la rue Basse;Bailleur;;;'
			].join('\n')
		);
		const report = await importDirect(db, ref, { ...request(wider), document: 1 });
		expect(report).toMatchObject({ acceptees: 2, document: { id: 1 } });
		const [document] = await documents.listByTerritory(db, LENS);
		expect(document!.champs).toContain('pilote');
		await undoImport(db, 2, by);
		const [back] = await documents.listByTerritory(db, LENS);
		expect(back!.champs).not.toContain('pilote');
		expect(back!.signature).not.toBe(document!.signature);
	});
});
