import { beforeEach, describe, expect, test } from 'vitest';
import { columnWords, EDITABLE_COLUMNS } from '../../src/lib/domain/actions/columns';
import { readTyped } from '../../src/lib/domain/actions/read-typed';
import { isRefusal } from '../../src/lib/domain/issue';
import { createAction, duplicateAction, setAside } from '../../src/lib/server/actions/create-action';
import { editCells, restoreValue } from '../../src/lib/server/actions/edit-cells';
import { addNote, linkActions, notesOf } from '../../src/lib/server/actions/notes-links';
import { readAction } from '../../src/lib/server/actions/read-action';
import { closedLabels } from '../../src/lib/server/actions/read-actions';
import { undoGestureOnActions } from '../../src/lib/server/actions/undo-operation';
import * as actions from '../../src/lib/server/db/actions';
import { open, type Db } from '../../src/lib/server/db/client';
import * as decisions from '../../src/lib/server/db/decisions';
import * as documents from '../../src/lib/server/db/documents';
import { lastOperations } from '../../src/lib/server/db/gestures';
import { lastEntry } from '../../src/lib/server/db/journal';
import { exportActions } from '../../src/lib/server/exports/export-actions';
import { actionHistory } from '../../src/lib/server/plans/action-history';
import { importDirect, undoImport } from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* Actions written by hand: read as a file would be, kept through the next files, taken back at will. */

const ref = loadReferentiel();
const LENS = '246200364';
const by = { territoire: LENS, par: 'Dominique Aubry', le: '2026-11-22T09:30' };
const HEADER = 'N°;Titre;Porteur;Budget prévisionnel HT;Statut;Publics;Date de début;Date de fin';
const file = (...rows: string[]): Uint8Array => new TextEncoder().encode(`\ufeff${[HEADER, ...rows].join('\n')}\n`);
const VOLTAIRE = '1;Rénover l’école Voltaire;Ville;60 000 €;En cours;élèves, parents;01/03/2026;31/12/2027';
const V1 = file(VOLTAIRE, '2;Planter la rue Basse;Ville;10 000;À venir;;;', '3;Ouvrir un atelier vélo;;;;;;');

let db: Db;
beforeEach(async () => {
	db = await open(':memory:');
	await importer(V1);
});
async function importer(bytes: Uint8Array, plan: 'plh' | 'pat' = 'plh') {
	const report = await importDirect(db, ref, { bytes, fichier: 'plan.csv', plan, ...by });
	if (isRefusal(report)) throw new Error(report.refus);
	return report;
}
const all = () => actions.listByTerritory(db, LENS);
const named = async (titre: string) => (await all()).find((a) => a.titre.startsWith(titre))!;
async function type(
	titres: readonly string[],
	colonne: string,
	texte: string,
	more: { vu?: number; par?: string } = {}
) {
	const ids = await Promise.all(titres.map(async (titre) => (await named(titre)).id));
	return editCells(db, ref, { ...by, vu: await lastEntry(db), ...more, actions: ids, colonne, texte });
}
async function wrote(done: Awaited<ReturnType<typeof editCells>>): Promise<number> {
	if (isRefusal(done) || 'conflits' in done || done.geste === null) throw new Error(JSON.stringify(done));
	return done.geste;
}

describe('une cellule tapée à l’écran', () => {
	test('se lit comme la même cellule d’un fichier, et dit ce qui a été compris', async () => {
		expect(await type(['Rénover'], 'budget', '1,2 M€ TTC')).toMatchObject({ ecrites: 1 });
		expect(await type(['Rénover'], 'statut', 'terminée')).toMatchObject({
			compris: [expect.stringContaining('est compris comme')]
		});
		await type(['Rénover'], 'fin', 'juin 2028');
		await type(['Rénover'], 'publics', 'jeunes ; parents');
		expect(await named('Rénover')).toMatchObject({
			budget: { euros: 1_200_000, base: 'TTC' },
			statut: 'realise',
			dates: { debut: '2026-03-01', fin: '2028-06-30' },
			publics: ['jeunes', 'parents']
		});
	});

	test('ce qui n’est pas compris est refusé avec la phrase de l’import, et rien n’est écrit', async () => {
		const before = await all();
		expect(await type(['Rénover'], 'budget', 'à définir')).toMatchObject({ refus: expect.stringContaining('montant') });
		expect(await type(['Rénover'], 'statut', 'bof')).toMatchObject({
			refus: expect.stringMatching(/^Le statut/),
			conseil: expect.stringContaining('En cours')
		});
		expect(await type(['Rénover'], 'titre', ' ')).toMatchObject({ refus: expect.stringContaining('intitulé') });
		expect(await all()).toEqual(before);
	});

	test('relue telle qu’elle se montre, chaque cellule redonne sa valeur', async () => {
		await type(['Rénover'], 'budget', 'entre 200 et 500 k€ HT');
		await type(['Rénover'], 'etp', '0,5');
		await type(['Rénover'], 'clauseAdaptation', 'oui');
		const action = await named('Rénover');
		const labels = closedLabels(ref);
		for (const column of EDITABLE_COLUMNS) {
			const words = columnWords(action, column.cle, labels[column.cle]);
			if (words === '') continue;
			const typed = readTyped(column, words, action, { plans: ref.plans, dispositifs: new Map() });
			expect(isRefusal(typed) ? typed : { ...action, ...typed.champs }, column.cle).toEqual(action);
		}
	});

	test('une commune tapée par son code se lit par son nom, et se corrige telle qu’elle est écrite', async () => {
		await type(['Rénover'], 'communes', '62498');
		const { id } = await named('Rénover');
		const { champs, cellule } = (await readAction(db, ref, LENS, id, '2026-11-22', `${id}~communes`))!;
		expect(champs.find((c) => c.cle === 'communes')?.mots).toBe('Lens (62498)');
		expect(cellule?.mots).toBe('62498');
	});

	test('survit au fichier suivant, s’exporte et revient la même', async () => {
		await type(['Planter'], 'porteur', 'Bailleur social Sillage');
		await importer(V1);
		expect(await named('Planter')).toMatchObject({ porteur: 'Bailleur social Sillage' });
		const out = await exportActions(db, ref, { territoire: LENS, plan: null, format: 'json', day: '2026-11-22' });
		if (isRefusal(out)) throw new Error(out.refus);
		expect(new TextDecoder().decode(out.octets)).toContain('Bailleur social Sillage');
		const elsewhere = await open(':memory:');
		await importDirect(elsewhere, ref, { bytes: out.octets, fichier: out.nom, plan: 'plh', ...by });
		expect((await actions.listByTerritory(elsewhere, LENS)).map((a) => [a.titre, a.porteur])).toEqual(
			(await all()).map((a) => [a.titre, a.porteur])
		);
		await elsewhere.destroy();
	});
});

describe('deux personnes à la fois', () => {
	test('la même cellule : les deux valeurs sont montrées, aucune n’est écrasée', async () => {
		const vu = await lastEntry(db);
		await type(['Rénover'], 'publics', 'familles', { par: 'Lise Morel' });
		const late = await type(['Rénover'], 'publics', 'seniors', { vu });
		expect(late).toMatchObject({
			conflits: [
				{
					mienne: 'seniors',
					sienne: 'familles',
					ecrite: 'seniors',
					deux: 'familles ; seniors',
					par: 'Lise Morel',
					le: by.le
				}
			]
		});
		expect(await named('Rénover')).toMatchObject({ publics: ['familles'] });
		if (!('vu' in late)) throw new Error('un conflit était attendu');
		expect(await type(['Rénover'], 'publics', 'familles ; seniors', { vu: late.vu })).toMatchObject({ ecrites: 1 });
	});

	test('un montant en conflit se lit comme il sera lu, et la base perdue se dit', async () => {
		const vu = await lastEntry(db);
		await type(['Rénover'], 'budget', '300000 HT', { par: 'Lise Morel' });
		const late = await type(['Rénover'], 'budget', '250000', { vu });
		if (!('conflits' in late)) throw new Error('un conflit était attendu');
		const plain = (text: string) => text.replace(/\s/g, ' ');
		const [conflit] = late.conflits;
		expect(plain(conflit!.mienne)).toBe('250 000 € (HT ou TTC non précisé)');
		expect(plain(conflit!.sienne)).toBe('300 000 € HT');
		expect(conflit).toMatchObject({ ecrite: '250000', perd: 'HT' });
	});

	test('deux cellules de la même action, ou deux fois la même valeur : aucun conflit', async () => {
		const vu = await lastEntry(db);
		await type(['Rénover'], 'fin', '01/01/2029', { par: 'Lise Morel' });
		expect(await type(['Rénover'], 'debut', '01/02/2026', { vu })).toMatchObject({ ecrites: 1 });
		expect(await type(['Rénover'], 'fin', '1er janvier 2029', { vu })).toMatchObject({ geste: null, ecrites: 0 });
		expect((await named('Rénover')).dates).toMatchObject({ debut: '2026-02-01', fin: '2029-01-01' });
	});

	test('un seul conflit arrête toute une modification par lot', async () => {
		const vu = await lastEntry(db);
		await type(['Rénover'], 'pilote', 'Service bâti', { par: 'Lise Morel' });
		expect(await type(['Rénover', 'Planter'], 'pilote', 'Service vert', { vu })).toMatchObject({
			conflits: [{ titre: 'Rénover l’école Voltaire' }]
		});
		expect((await named('Planter')).pilote).toBeNull();
	});
});

describe('annuler', () => {
	test('un lot s’annule d’un coup ; ce qui a été écrit depuis reste, et se dit', async () => {
		const geste = await wrote(await type(['Rénover', 'Planter'], 'pilote', 'Service vert'));
		await type(['Planter'], 'pilote', 'Service des parcs', { par: 'Lise Morel' });
		expect(await undoGestureOnActions(db, { ...by, geste })).toMatchObject({
			remises: 1,
			gardees: [{ titre: 'Planter la rue Basse', par: 'Lise Morel' }]
		});
		expect([await named('Rénover'), await named('Planter')].map((a) => a.pilote)).toEqual([null, 'Service des parcs']);
		expect(await undoGestureOnActions(db, { ...by, geste })).toMatchObject({ refus: expect.any(String) });
	});

	test('annulée, une saisie ne retient plus ce que dit le fichier ; annuler l’import garde une saisie en vigueur', async () => {
		const geste = await wrote(await type(['Rénover'], 'porteur', 'SIVOM'));
		await undoGestureOnActions(db, { ...by, geste });
		await importer(file(VOLTAIRE.replace('Ville', 'Département')));
		expect(await named('Rénover')).toMatchObject({ porteur: 'Département' });
		await type(['Rénover'], 'porteur', 'SIVOM');
		expect(await undoImport(db, 2, by)).toMatchObject({ gardees: [{ titre: 'Rénover l’école Voltaire' }] });
		expect(await named('Rénover')).toMatchObject({ porteur: 'SIVOM' });
	});

	test('l’histoire dit qui, quand, avant, après ; une ancienne valeur s’y reprend', async () => {
		await type(['Rénover'], 'statut', 'En retard');
		const { id } = await named('Rénover');
		const told = (await actionHistory(db, id, LENS))!.evenements[0]!;
		expect(told).toMatchObject({
			genre: 'saisie',
			par: by.par,
			le: by.le,
			champs: [{ champ: 'statut', avant: 'en-cours', apres: 'en-retard' }]
		});
		const asked = { ...by, action: id, entree: told.entree!, champ: 'statut', cote: 'avant' as const };
		const vu = await lastEntry(db);
		await type(['Rénover'], 'statut', 'En pause', { par: 'Lise Morel' });
		expect(await restoreValue(db, { ...asked, vu })).toMatchObject({ refus: expect.stringContaining('Lise Morel') });
		await restoreValue(db, { ...asked, vu: await lastEntry(db) });
		expect(await named('Rénover')).toMatchObject({ statut: 'en-cours' });
	});

	test('les dernières opérations se suivent dans l’ordre où elles sont venues', async () => {
		const { id } = await named('Rénover');
		await type(['Rénover'], 'statut', 'En retard');
		await addNote(db, ref, { ...by, action: id, texte: 'Voir le bailleur' });
		await type(['Planter'], 'pilote', 'Service vert');
		const last = await lastOperations(db, LENS, 10);
		expect(last.map((o) => [o.genre, o.libelle.replace(/\u00a0/g, ' ')])).toEqual([
			['geste', 'Pilote de « Planter la rue Basse » : « Service vert »'],
			['decision', 'note'],
			['geste', 'Statut de « Rénover l’école Voltaire » : « En retard »'],
			['import', 'plan.csv']
		]);
	});
});

describe('une action sans fichier', () => {
	const valeurs = { titre: 'Ouvrir une ressourcerie', budget: '12 000 € HT', quartiers: 'Tous les QPV' };
	const create = (document = '') => createAction(db, ref, { ...by, document, plan: 'pat', valeurs });

	test('se crée dans « Saisie à la main », ou dans un document où le fichier suivant ne la perd pas', async () => {
		await create();
		await create();
		const own = (await documents.listByTerritory(db, LENS)).filter((d) => d.titre === 'Saisie à la main');
		expect(own).toMatchObject([{ plan: 'pat' }]);
		const id = await create('1');
		await importer(V1);
		expect((await all()).find((a) => a.id === id)).toMatchObject({ disparue: false, budget: { euros: 12_000 } });
	});

	test('dit la première cellule qui ne se comprend pas', async () => {
		expect(
			await createAction(db, ref, { ...by, document: '1', plan: '', valeurs: { ...valeurs, budget: 'beaucoup' } })
		).toMatchObject({ refus: expect.stringMatching(/^Investissement/) });
		expect(await all()).toHaveLength(3);
	});

	test('se copie sans son numéro, et s’efface en annulant sa création', async () => {
		await duplicateAction(db, { ...by, action: (await named('Rénover')).id });
		expect(await all()).toContainEqual(
			expect.objectContaining({ titre: 'Rénover l’école Voltaire (copie)', reference: null })
		);
		const [last] = await lastOperations(db, LENS, 1);
		await undoGestureOnActions(db, { ...by, geste: last!.numero });
		expect(await all()).toHaveLength(3);
	});
});

describe('mettre de côté', () => {
	test('l’action ne compte plus, le fichier suivant ne la ramène pas, et elle se remet', async () => {
		const { id } = await named('Planter');
		await setAside(db, { ...by, actions: [id], ecartee: true });
		await importer(file(VOLTAIRE, '2;Planter la rue Basse;Bailleur;10 000;À venir;;;'));
		expect((await all()).map((a) => a.titre)).not.toContain('Planter la rue Basse');
		await setAside(db, { ...by, actions: [id], ecartee: false });
		expect(await named('Planter')).toMatchObject({ porteur: 'Bailleur', disparue: false });
	});
});

test('une note et un lien se signent, se lisent et se retirent', async () => {
	const [a, b] = [(await named('Rénover')).id, (await named('Planter')).id];
	const note = await addNote(db, ref, { ...by, action: a, texte: 'Voir le bailleur' });
	await linkActions(db, ref, { ...by, action: b, autre: a, verdict: 'a-coordonner', motif: 'Même chantier' });
	const kept = await decisions.listByTerritory(db, LENS);
	expect(notesOf(kept, a)).toMatchObject([{ texte: 'Voir le bailleur', par: by.par }]);
	expect(kept.find((d) => d.sujet.genre === 'recoupement')).toMatchObject({ sujet: { id: [a, b].sort().join('|') } });
	await decisions.cancelBatch(db, { territoire: LENS, lot: note as number, par: by.par, le: by.le });
	expect(notesOf(await decisions.listByTerritory(db, LENS), a)).toEqual([]);
});
