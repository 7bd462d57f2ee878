import { beforeAll, expect, it } from 'vitest';
import { open, type Db } from '../../src/lib/server/db/client';
import { listByTerritory } from '../../src/lib/server/db/views';
import { saveTerritory } from '../../src/lib/server/db/territories';
import { removeView, renameView, saveView } from '../../src/lib/server/saved-views';
import { aTerritory } from '../fixtures/build';

let db: Db;
const territoire = aTerritory().code;
const le = '2026-11-22';
const asked = { nom: 'PCAET, en cours', requete: 'plan=pcaet&statut=en-cours&case=X01', par: 'Camille Perrin', le };

beforeAll(async () => {
	db = await open(':memory:');
	await saveTerritory(db, aTerritory());
});

it('une vue garde ce qu’on lisait, sans la case ouverte, avec qui et quand', async () => {
	expect(await saveView(db, territoire, asked)).toEqual(expect.any(Number));
	expect(await listByTerritory(db, territoire)).toMatchObject([
		{ nom: 'PCAET, en cours', requete: 'plan=pcaet&statut=en-cours', par: 'Camille Perrin', le }
	]);
});

it('un nom déjà pris, un nom vide ou une vue sans auteur sont refusés d’une phrase', async () => {
	for (const fault of [{}, { nom: ' ' }, { nom: 'Autre', par: '' }, { nom: 'x'.repeat(81) }])
		expect(await saveView(db, territoire, { ...asked, ...fault })).toMatchObject({
			refus: expect.stringMatching(/\.$/)
		});
	expect(await listByTerritory(db, territoire)).toHaveLength(1);
});

it('une vue renommée garde son numéro et ce qu’elle lit ; le nom d’une autre est refusé, le sien non', async () => {
	const [view] = await listByTerritory(db, territoire);
	const rename = (nom: string, id = view!.id) =>
		renameView(db, territoire, { id, nom, par: 'Lou Martin', le: '2026-11-23' });
	const other = await saveView(db, territoire, { ...asked, nom: 'Deux quartiers' });
	expect(await rename('Deux quartiers')).toMatchObject({ refus: expect.stringContaining('s’appelle déjà') });
	expect(await rename('PCAET, en cours')).toBe(true);
	expect(await rename('  PCAET seul ')).toBe(true);
	expect((await listByTerritory(db, territoire)).find((v) => v.id === view!.id)).toMatchObject({
		...{ nom: 'PCAET seul', requete: view!.requete, par: 'Lou Martin', le: '2026-11-23' }
	});
	expect(await rename('Partie', 9999)).toMatchObject({ refus: 'Cette vue n’est plus là.' });
	await removeView(db, territoire, { id: other as number, par: 'Lou Martin', le });
	expect(await rename('PCAET, en cours')).toBe(true);
});

it('une vue supprimée quitte la liste et rend son nom, sans quitter la base', async () => {
	const [view] = await listByTerritory(db, territoire);
	const gesture = { id: view!.id, par: 'Camille Perrin', le };
	expect(await removeView(db, territoire, gesture)).toBe(true);
	expect(await removeView(db, territoire, gesture)).toMatchObject({ refus: 'Cette vue n’est plus là.' });
	expect(await listByTerritory(db, territoire)).toEqual([]);
	expect(await saveView(db, territoire, asked)).toEqual(expect.any(Number));
	expect(await db.selectFrom('vue').select('retiree_par').execute()).toEqual([
		{ retiree_par: 'Camille Perrin' },
		{ retiree_par: 'Lou Martin' },
		{ retiree_par: null }
	]);
});
