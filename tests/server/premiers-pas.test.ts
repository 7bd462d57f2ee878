import { describe, expect, it } from 'vitest';
import { firstSteps } from '../../src/lib/domain/pages/first-steps';
import { open } from '../../src/lib/server/db/client';
import { chooseTerritory } from '../../src/lib/server/choose-territory';
import { findOwn, readFirstRun } from '../../src/lib/server/first-run';
import { chosenAmong, rememberTerritory } from '../../src/lib/server/own-territory';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { importDirect } from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { unreadEpci } from '../../src/lib/server/territories';
import { isRefusal } from '../../src/lib/domain/issue';

const NO_COOKIE = { get: () => undefined };

describe('les premiers pas', () => {
	const none = { nom: null, code: null, quartiers: 0, plans: 0, actions: 0 };
	const state = (started: Parameters<typeof firstSteps>[0]) =>
		firstSteps(started).map((p) => (p.fait ? 'fait' : p.ici ? 'ici' : 'à faire'));

	it('disent ce qui est fait et ce qui vient, sans ordre imposé', () => {
		expect(state(none)).toEqual(['ici', 'à faire', 'à faire']);
		expect(state({ ...none, nom: 'CA', code: '1', plans: 1, actions: 12 })).toEqual(['fait', 'ici', 'à faire']);
		expect(firstSteps({ ...none, nom: 'CA', code: '1', plans: 1, actions: 12 })[1]!.texte).toMatch(
			/^1.document, 12.actions\. Il manque les périmètres des quartiers\.$/
		);
		expect(state({ nom: 'CA', code: '1', quartiers: 3, plans: 2, actions: 40 })).toEqual(Array(3).fill('fait'));
	});

	it('trouvent son intercommunalité par une commune, un département ou un SIREN, chacune une fois', () => {
		const names = (text: string) => findOwn(text).map((t) => t.nom);
		expect(names('valenciennes')[0]).toBe('CA Valenciennes Métropole');
		expect(names('Nord')).toEqual(names('59'));
		expect(names('59')).toContain('CA Valenciennes Métropole');
		expect(names('245901160')).toEqual(['CA Valenciennes Métropole']);
		expect(new Set(names('saint')).size).toBe(names('saint').length);
		expect(findOwn('nulle part ailleurs')).toEqual([]);
	});

	it('suivent le territoire choisi avant même que rien n’y soit importé', async () => {
		const db = await open(':memory:');
		const chosen = await chooseTerritory(db, '245901160');
		if (isRefusal(chosen)) throw new Error(chosen.refus);
		const { nom, pas } = await readFirstRun(db, NO_COOKIE, chosen.code);
		expect(nom).toBe('CA Valenciennes Métropole');
		expect(pas.map((p) => p.fait)).toEqual([true, false, false]);
		expect((await readFirstRun(db, NO_COOKIE, null)).pas[0]!.ici).toBe(true);
	});

	it('avancent avec ce que la base tient, sans redire le territoire à chaque page', async () => {
		const db = await open(':memory:');
		const jar = new Map<string, string>();
		const cookies = {
			get: (name: string) => jar.get(name),
			set: (name: string, value: string) => void jar.set(name, value)
		};
		const said = async (anew = false) => (await readFirstRun(db, cookies, null, anew)).pas.map((p) => p.fait);
		await loadDemonstration(db, loadReferentiel(), '2026-11-27');
		expect(await said(), 'la démonstration n’est le choix de personne').toEqual([false, false, false]);
		rememberTerritory(cookies, '245901160');
		expect(await said(), 'choisi, même sans rien encore').toEqual([true, false, false]);
		const csv = 'Axe;Action;Pilote\nEau;Planter une haie;Service vert\nEau;Ouvrir un jardin;Service vert';
		const plan = { bytes: new TextEncoder().encode(csv), fichier: 'suivi.csv', plan: 'pcaet' as const };
		const brought = await importDirect(db, loadReferentiel(), {
			...{ ...plan, territoire: '245901160', par: 'essai', le: '2026-11-27' }
		});
		if (isRefusal(brought)) throw new Error(brought.refus);
		const { pas } = await readFirstRun(db, NO_COOKIE, null);
		expect(
			pas.map((p) => p.fait),
			'seul territoire apporté, c’est le sien'
		).toEqual([true, false, false]);
		expect(pas[1]!.texte).toMatch(/^1.document, 2.actions\. Il manque les périmètres des quartiers\.$/);
		expect(await said(true), 'on peut toujours en choisir un autre').toEqual([false, false, false]);
	});

	it('laissent ouvertes les seules pages d’un territoire dont la base tient quelque chose', async () => {
		const db = await open(':memory:');
		expect(await unreadEpci(db, '245901160'), 'connu par son nom seul : il reste à apporter ses fichiers').toEqual({
			code: '245901160',
			nom: 'CA Valenciennes Métropole'
		});
		await chooseTerritory(db, '245901160');
		expect(await unreadEpci(db, '245901160')).toBeNull();
		expect(await unreadEpci(db, '999999999'), 'un code que rien ne connaît n’est pas un territoire').toBeNull();
	});

	it('ne cochent aucun territoire que personne n’a choisi : le premier de plusieurs n’est le choix de personne', () => {
		const row = (code: string, plans: number, fictif = false) => ({ code, plans, fictif });
		const jar = new Map<string, string>();
		const cookies = {
			get: (name: string) => jar.get(name),
			set: (name: string, value: string) => void jar.set(name, value)
		};
		const several = [row('lille', 1), row('valenciennes', 2), row('amiens', 0), row('démonstration', 4, true)];
		expect(chosenAmong(several, cookies)).toBeNull();
		expect(chosenAmong(several.slice(1), cookies)?.code).toBe('valenciennes');
		expect(chosenAmong(several.slice(3), cookies)).toBeNull();
		rememberTerritory(cookies, 'amiens');
		expect(chosenAmong(several, cookies)?.code).toBe('amiens');
		rememberTerritory(cookies, 'démonstration');
		expect(chosenAmong(several, cookies)).toBeNull();
	});
});
