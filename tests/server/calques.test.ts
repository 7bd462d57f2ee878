import { beforeAll, expect, it } from 'vitest';
import type { TerritoryView } from '../../src/lib/domain/crossing/overview';
import { isRefusal } from '../../src/lib/domain/issue';
import { matrixPage } from '../../src/lib/domain/pages/matrix-page';
import { readQuery } from '../../src/lib/domain/pages/matrix-query';
import { territoryPage } from '../../src/lib/domain/pages/page-model';
import { createAction, setAside } from '../../src/lib/server/actions/create-action';
import { editCells } from '../../src/lib/server/actions/edit-cells';
import { open, type Db } from '../../src/lib/server/db/client';
import * as decisions from '../../src/lib/server/db/decisions';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { importDirect, undoImport } from '../../src/lib/server/plans/import-document';
import { readMatrix } from '../../src/lib/server/read-matrix';
import { readPast } from '../../src/lib/server/read-past';
import { saveView } from '../../src/lib/server/saved-views';
import { readTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* A matrix set against its past: what is rebuilt from the journal is what was read that evening. */

const ref = loadReferentiel();
const DEMO = 'ZZ0000001';
const TODAY = '2026-11-30';
let db: Db;
let imported: number;
const evenings = new Map<string, string>();
const found = new Map<string, string>();
let beforeImport: string;

const now = async (): Promise<TerritoryView> => (await readTerritory(db, ref, DEMO, TODAY))!;
const figures = ({ croises, grille, documents }: TerritoryView): string =>
	JSON.stringify([croises.cells, grille.cells, grille.totals, documents.map((d) => [d.plan, d.actions])]);
const lacks = ({ gaps }: TerritoryView): string => JSON.stringify(gaps);
const past = async (genre: 'date' | 'import', valeur: string) => {
	const read = await readPast(db, ref, await now(), { genre, valeur });
	if (typeof read === 'string') throw new Error(read);
	return read;
};
const matrix = async (query: string) => (await readMatrix(db, ref, DEMO, TODAY, new URLSearchParams(query)))!.page;

beforeAll(async () => {
	db = await open(':memory:');
	await loadDemonstration(db, ref, '2026-11-20');
	const ids = (await now()).actions.map((a) => a.action.id);
	const by = (le: string) => ({ territoire: DEMO, par: 'Camille Perrin', le });
	const decide = (le: string, action: string, valeur: unknown) =>
		decisions.add(db, { ...by(le), quartier: null, motif: 'essai', sujet: { genre: 'enjeux', id: action }, valeur });
	const evening = async (le: string) => {
		evenings.set(le, figures(await now()));
		found.set(le, lacks(await now()));
	};
	await evening('2026-11-20');

	const taken = await decide('2026-11-21', ids[0]!, ['T01', 'P01']);
	await editCells(db, ref, { ...by('2026-11-21T09:10'), actions: [ids[3]!], colonne: 'quartiers', texte: '', vu: 1e9 });
	await setAside(db, { ...by('2026-11-21T17:00'), actions: [ids[5]!, ids[6]!], ecartee: true });
	await evening('2026-11-21');

	await decide('2026-11-22', ids[1]!, ['T02']);
	beforeImport = figures(await now());
	const rows = ['Créer un jardin partagé;Les Hauts-Prés;1000', 'Ouvrir une épicerie;La Gare;2000'];
	const report = await importDirect(db, ref, {
		...{ bytes: Buffer.from(['Intitulé;Quartiers;Coût HT', ...rows].join('\n')), fichier: 'pat.csv' },
		...{ plan: 'pat' as const, ...by('2026-11-22') }
	});
	if (isRefusal(report)) throw new Error(report.refus);
	imported = report.import!;
	await decide('2026-11-22', ids[2]!, ['T05', 'P02']);
	await evening('2026-11-22');

	await undoImport(db, imported, by('2026-11-23'), 'tout');
	await decisions.cancel(db, taken, '2026-11-23', 'Camille Perrin');
	await createAction(db, ref, {
		...by('2026-11-23T10:00'),
		...{ document: '', plan: 'pdm', valeurs: { titre: 'Ouvrir un local vélo', quartiers: 'La Gare' } }
	});
	await evening('2026-11-23');
	await setAside(db, { ...by('2026-11-24T10:00'), actions: [ids[5]!], ecartee: false });
});

it('chaque soir se relit tel qu’il était : saisies, mises de côté, imports annulés depuis, décisions retirées depuis', async () => {
	expect(new Set(evenings.values()).size).toBe(4);
	for (const [jour, said] of evenings) {
		const { view, reserves } = await past('date', jour);
		expect([jour, figures(view) === said]).toEqual([jour, true]);
		// What a document that has gone said of itself is not kept: it is told.
		const gone = reserves.some((r) => r.includes('retiré depuis'));
		expect([jour, lacks(view) === found.get(jour), gone]).toEqual([jour, !gone, jour === '2026-11-22']);
	}
});

it('juste avant un import, le même jour compris ; ce qui n’est pas gardé est dit', async () => {
	const read = await past('import', String(imported));
	expect(figures(read.view)).toBe(beforeImport);
	expect(read.nom).toBe('avant l’import de «\u00a0pat.csv\u00a0» (22/11/2026)');
	expect(read.reserves.join(' ')).toContain('ceux d’aujourd’hui servent aux deux');
});

it('deux soirs se comparent : la base aussi se lit à une date, et ses preuves sont celles de ce soir-là', async () => {
	const read = async (query: string) => (await readMatrix(db, ref, DEMO, TODAY, new URLSearchParams(query)))!;
	const [then, later] = ['2026-11-20', '2026-11-21'];
	const [there, back] = [
		await read(`au=${then}&comparer=date:${later}&grille=tout`),
		await read(`au=${later}&comparer=date:${then}&grille=tout`)
	];
	expect(figures(there.view)).toBe(evenings.get(then));
	expect([there.soir?.jour, there.query.au, there.page.calque?.nom]).toEqual([then, then, 'le 21/11/2026 au soir']);
	const gapOf = (page: typeof there.page) => page.grille!.cells.flat().map((cell) => cell.e ?? 0);
	expect(gapOf(there.page).some((e) => e !== 0)).toBe(true);
	expect(gapOf(back.page)).toEqual(gapOf(there.page).map((e) => (e ? -e : 0)));
	const aside = (await past('date', then)).view.actions.filter(
		(a) => !back.view.actions.some((b) => b.action.id === a.action.id)
	);
	expect(aside.length).toBeGreaterThan(0);
	const opened = async (au: string) =>
		(await read(`au=${au}&lignes=plan&colonnes=quartier&case=${aside[0]!.action.plan}`)).page.ouverte;
	const titles = async (au: string) => (await opened(au)).grille!.actions.map((a) => a.titre);
	expect(await titles(then)).toContain(aside[0]!.action.titre);
	expect(await titles(later)).not.toContain(aside[0]!.action.titre);
	// Set against today, and beside a saved reading of another evening.
	const today = await read(`au=${then}&comparer=date:${TODAY}`);
	expect([today.page.calque?.nom, figures(today.view)]).toEqual(['aujourd’hui', evenings.get(then)]);
	const saved = { nom: 'Ce soir-là', requete: `au=${later}&case=X01`, par: 'Camille Perrin', le: TODAY };
	const vue = await saveView(db, DEMO, saved);
	const beside = await read(`au=${then}&grille=tout&comparer=vue:${String(vue)}`);
	expect(gapOf(beside.page)).toEqual(gapOf(there.page));
	expect([(await read('au=2026-12-24')).view, (await read('au=hier')).query.au]).toEqual([await now(), null]);
});

it('avant tout import, rien n’est évalué et aucun écart n’est écrit', async () => {
	const { recit, refusCalque } = await matrix('comparer=date:2026-11-01');
	expect(refusCalque).toBeNull();
	expect(recit!.cells.flat().every((cell) => cell.e === undefined && cell.la === 'saisie-incomplete')).toBe(true);
});

it('la carte d’une case comparée dit quelles actions font l’écart, et le compte tombe juste', async () => {
	let told = 0;
	for (const layer of ['date:2026-11-20', 'droit-commun', 'plan:pcaet']) {
		const { recit } = await matrix(`comparer=${layer}`);
		for (const [r, row] of recit!.rows.entries())
			for (const [c, column] of recit!.columns.entries()) {
				const { e = 0, n } = recit!.cells[r]![c]!;
				if (!e || told > 12) continue;
				const { ouverte } = await matrix(`comparer=${layer}&case=${row.code}.${column.code}`);
				const { ici, la, communes } = ouverte.recit!.difference!;
				expect([ici.length - la.length, ici.length + communes.length]).toEqual([e, n]);
				told++;
			}
	}
	expect(told).toBeGreaterThan(5);
});

it('sur un axe de dispositifs, une action qui ne dit rien de son financement n’y met jamais de zéro', async () => {
	const silent = (await now()).actions.filter(
		(a) => a.action.financements.length === 0 && a.action.statut !== 'abandonne'
	);
	const { grille } = await matrix('lignes=plan&colonnes=dispositif');
	let least = 0;
	for (const [r, row] of grille!.rows.entries()) {
		const own = silent.filter((a) => a.action.plan === row.code).length;
		for (const [c, { n, m = 0, c: coverage }] of grille!.cells[r]!.entries()) {
			expect([row.code, m]).toEqual([row.code, own]);
			if (n === 0 && own > 0) expect(coverage).not.toBe('aucune');
			if (own > 0 && least++ === 0) {
				const id = `${row.code}.${grille!.columns[c]!.code}`;
				const { ouverte } = await matrix(`lignes=plan&colonnes=dispositif&case=${id}`);
				expect(ouverte.grille!.sansFinancement).toHaveLength(own);
			}
		}
	}
	expect(least).toBeGreaterThan(0);
});

it('une base dont l’histoire commence après ses actions le dit au lieu de comparer', async () => {
	await db.deleteFrom('action_changement').where('genre', '=', 'saisie').execute();
	const read = await readPast(db, ref, { ...(await now()) }, { genre: 'date', valeur: '2026-11-21' });
	expect(read).toMatch(/avant que leur histoire soit gardée/);
});

it('une adresse déjà lue rend la même page ; un geste la refait, et elle dit alors ce qu’une base neuve dirait', async () => {
	const before = await matrix('');
	expect(await matrix('')).toBe(before);
	expect(await matrix('plan=pcaet')).not.toBe(before);
	expect(await matrix('')).toBe(before);
	const [placed] = (await now()).actions;
	await editCells(db, ref, {
		...{ territoire: DEMO, par: 'Camille Perrin', le: `${TODAY}T10:00`, actions: [placed!.action.id] },
		...{ colonne: 'quartiers', texte: 'La Gare', vu: 1e9 }
	});
	const after = await matrix('');
	expect(after).not.toBe(before);
	const fresh = matrixPage(
		await now(),
		ref,
		readQuery(new URLSearchParams(), { quartiers: [], documents: [], ref }),
		territoryPage(await now(), ref),
		{ grille: false }
	);
	expect(JSON.stringify(after)).toBe(JSON.stringify(fresh));
});
