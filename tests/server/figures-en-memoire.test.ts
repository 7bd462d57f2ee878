import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Decision } from '../../src/lib/domain/action';
import { placeFactDefs } from '../../src/lib/domain/funding/place-facts';
import { isAround } from '../../src/lib/domain/ledger/no-grant';
import type { Territory } from '../../src/lib/domain/territory';
import { isRefusal } from '../../src/lib/domain/issue';
import { createAction, duplicateAction, setAside } from '../../src/lib/server/actions/create-action';
import { editCells } from '../../src/lib/server/actions/edit-cells';
import { addNote, linkActions } from '../../src/lib/server/actions/notes-links';
import { undoGestureOnActions } from '../../src/lib/server/actions/undo-operation';
import { open, type Db } from '../../src/lib/server/db/client';
import * as decisions from '../../src/lib/server/db/decisions';
import { listGrants } from '../../src/lib/server/db/grants';
import { addAlias } from '../../src/lib/server/db/territories';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { isFictional } from '../../src/lib/server/ledger/geography';
import { grantsAround } from '../../src/lib/server/ledger/grants-around';
import { departmentOf } from '../../src/lib/server/ledger/departments';
import { placedGrants } from '../../src/lib/server/ledger/read-ledger';
import { importDirect, undoImport } from '../../src/lib/server/plans/import-document';
import { readRegion } from '../../src/lib/server/read-region';
import { crossedTerritory, crossNow } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { heldOf } from '../../src/lib/server/territory-memory';

/* Figures are kept in memory to be quick. Whatever is written, by this process or another, they are those worked out afresh. */

const ref = loadReferentiel();
const LE = '2026-11-22';
const DEMO = 'ZZ0000001';
const folder = mkdtempSync(join(tmpdir(), 'croisee-memoire-'));
let db: Db;
let other: Db;
let ids: string[];
/** The day figures are asked on; rules read it. */
let jour = LE;
const JOURS = [LE, '2026-11-23', '2027-03-01', '2028-11-22', '2030-12-31', '2033-01-01', '2025-01-01'];
const imports: number[] = [];

beforeAll(async () => {
	db = await open(join(folder, 'base.db'));
	await loadDemonstration(db, ref, LE);
	other = await open(join(folder, 'base.db'));
	ids = (await crossedTerritory(db, ref, DEMO, LE))!.placed.map((p) => p.action.id).slice(0, 12);
});
afterAll(async () => {
	await Promise.all([db.destroy(), other.destroy()]);
	rmSync(folder, { recursive: true, force: true });
});

const decide = (on: Db, said: Pick<Decision, 'sujet' | 'valeur'> & { quartier?: string }) =>
	decisions.add(on, { territoire: DEMO, quartier: null, motif: 'essai', par: 'Essai', le: LE, ...said });

const doer = { territoire: DEMO, par: 'Essai', le: LE };
const CELLS = [
	{ colonne: 'budget', texte: '1,5 M€ TTC' },
	{ colonne: 'quartiers', texte: 'Les Hauts-Prés ; La Gare' },
	{ colonne: 'statut', texte: 'abandonnée' },
	{ colonne: 'statut', texte: 'réalisée' },
	{ colonne: 'statut', texte: 'en cours' },
	{ colonne: 'pilote', texte: 'SERVICE HABITAT' },
	{ colonne: 'titre', texte: 'Végétaliser la cour de l’école' },
	{ colonne: 'fin', texte: '2031' },
	{ colonne: 'fin', texte: '2024' },
	{ colonne: 'debut', texte: '2030' },
	{ colonne: 'titre', texte: 'Rénover la halle du marché' },
	{ colonne: 'quartiers', texte: '' },
	{ colonne: 'budget', texte: '' },
	{ colonne: 'pilote', texte: '' },
	{ colonne: 'statut', texte: 'en retard' }
];
const gestures: number[] = [];
const keep = (done: Awaited<ReturnType<typeof editCells>>) => {
	if ('geste' in done && done.geste !== null) gestures.push(done.geste);
	return done;
};

/** What people do, and what comes from elsewhere; each takes a number to vary. */
const GESTURES: Readonly<Record<string, (n: number) => Promise<unknown>>> = {
	'classer une action': (n) =>
		decide(db, {
			sujet: { genre: 'enjeux', id: ids[n % ids.length]! },
			valeur: [`T0${1 + (n % 9)}`, `P0${1 + (n % 9)}`]
		}),
	'la classer depuis un autre processus': (n) =>
		decide(other, { sujet: { genre: 'enjeux', id: ids[n % ids.length]! }, valeur: [`T0${1 + (n % 9)}`] }),
	'corriger une atteinte': (n) =>
		decide(db, {
			sujet: { genre: 'atteinte', id: ids[n % ids.length]! },
			quartier: 'QNZZZ01F',
			valeur: { niveau: n % 2 ? 'cible' : 'aucune' }
		}),
	'dire sa nature': (n) =>
		decide(db, { sujet: { genre: 'nature', id: ids[n % ids.length]! }, valeur: { code: `N${1 + (n % 5)}` } }),
	'saisir une ligne de financement': (n) =>
		decide(db, {
			sujet: { genre: 'financement', id: ids[n % ids.length]! },
			valeur: {
				...{ ligne: `essai-${n % 3}`, retiree: n % 5 === 0, financeur: 'État', dispositif: null, base: 'HT' },
				...{ nature: n % 2 ? 'sollicite' : 'obtenu', euros: n % 4 ? 10_000 * n : null, date: null },
				...{ publique: true, precise: null }
			}
		}),
	'régler une règle': (n) => decide(db, { sujet: { genre: 'regle', id: 'G09.seuil' }, valeur: 0.6 + (n % 3) / 10 }),
	'écarter une lacune': async (n) => {
		const { view } = (await crossedTerritory(db, ref, DEMO, jour))!;
		const gap = view.gaps[n % view.gaps.length]!;
		const jusque = n % 3 ? {} : { jusque: '2028-01-01' };
		return decide(db, { sujet: { genre: 'lacune', id: gap.id }, valeur: { etat: 'reportee', ...jusque } });
	},
	'trancher une paire': async (n) => {
		const { recoupements } = (await crossedTerritory(db, ref, DEMO, jour))!;
		const pair = recoupements[n % recoupements.length];
		return pair && decide(db, { sujet: { genre: 'recoupement', id: pair.id }, valeur: { verdict: 'a-coordonner' } });
	},
	'dater un document': async (n) => {
		const { view } = (await crossedTerritory(db, ref, DEMO, jour))!;
		const { id } = view.documents[n % view.documents.length]!;
		return decide(db, {
			sujet: { genre: 'document', id: `${id}` },
			valeur: { adoption: `202${n % 7}-05-01`, fin: '2029-12-31' }
		});
	},
	'saisir une école': (n) =>
		decide(db, {
			sujet: { genre: 'ecole', id: `QNZZZ01F:École ${n % 3}` },
			quartier: 'QNZZZ01F',
			valeur: { nom: `École ${n % 3}`, cour: n % 2 ? 'projet' : 'sans-projet', annee: 2028 + (n % 5), source: 'essai' }
		}),
	'passer à un autre jour': async (n) => (jour = JOURS[n % JOURS.length]!),
	'reprendre une décision': async (n) => decisions.cancel(db, 1 + (n % 40), LE, 'Essai'),
	'importer un plan': async (n) => {
		const rows = Array.from(
			{ length: 3 },
			(_, i) => `Créer un jardin partagé ${n}-${i};Les Hauts-Prés;${1000 * (n + i)}`
		);
		const report = await importDirect(db, ref, {
			...{ bytes: Buffer.from(['Intitulé;Quartiers;Coût HT', ...rows].join('\n')), fichier: `pat-${n}.csv` },
			...{ territoire: DEMO, plan: 'pat' as const, par: 'Essai', le: LE }
		});
		if (!isRefusal(report) && report.import) imports.push(report.import);
	},
	'annuler un import': async () => {
		const last = imports.pop();
		return last === undefined ? null : undoImport(db, last, { par: 'Essai', le: LE }, 'tout');
	},
	'taper une cellule': async (n) =>
		keep(
			await editCells(other, ref, { ...doer, actions: [ids[n % ids.length]!], ...CELLS[n % CELLS.length]!, vu: 1e9 })
		),
	'taper une valeur pour plusieurs actions': async (n) =>
		keep(await editCells(db, ref, { ...doer, actions: ids.slice(0, 4), ...CELLS[n % CELLS.length]!, vu: 1e9 })),
	'annuler une saisie': async () => {
		const last = gestures.pop();
		return last === undefined ? null : undoGestureOnActions(db, { ...doer, geste: last });
	},
	'créer une action, la mettre de côté ou la copier': async (n) => {
		const valeurs = { titre: `Ouvrir un local vélo ${n}`, quartiers: 'Les Hauts-Prés', budget: `${n} k€ HT` };
		const made = await createAction(db, ref, { ...doer, document: '', plan: 'pdm', valeurs });
		if (isRefusal(made)) return made;
		return n % 2
			? setAside(db, { ...doer, actions: [made], ecartee: true })
			: duplicateAction(db, { ...doer, action: made });
	},
	'répondre une fois pour un lieu': (n) => {
		const defs = [...placeFactDefs(ref.financements).values()];
		const { fait, portee } = defs[n % defs.length]!;
		const lieu = portee === 'territoire' ? DEMO : portee === 'quartier' ? 'QNZZZ01F' : 'ZZ001';
		return decide(db, { sujet: { genre: 'fait-lieu', id: fait }, valeur: { reponses: { [lieu]: n % 2 === 0 } } });
	},
	'annoter une action': (n) => addNote(db, ref, { ...doer, action: ids[n % ids.length]!, texte: `Note ${n}` }),
	'lier deux actions': (n) =>
		linkActions(db, ref, { ...doer, action: ids[0]!, autre: ids[1 + (n % 8)]!, verdict: 'a-coordonner', motif: '' }),
	'donner un autre nom à un quartier': (n) =>
		addAlias(db, { quartier: 'QNZZZ01F', alias: `Alias ${n}`, par: 'Essai', le: LE }),
	'charger un indicateur': (n) =>
		sql`UPDATE indicateur_valeur SET valeur = valeur + ${n + 1} WHERE lieu = 'QNZZZ01F'`.execute(other),
	'retirer une subvention': (n) =>
		sql`UPDATE attribution SET montant = montant + ${n}, contenu = json_set(contenu, '$.montant', montant + ${n})
			WHERE rowid = (SELECT min(rowid) FROM attribution)`.execute(n % 2 ? db : other),
	'renommer un document': (n) =>
		sql`UPDATE document SET titre = ${`Plan ${n}`} WHERE territoire = ${DEMO} AND id = (SELECT min(id) + ${n % 3} FROM document)`.execute(
			n % 2 ? db : other
		),
	'reprendre une liste de subventions, ou la rendre': (n) =>
		sql`UPDATE attribution_import SET annule_le = ${n % 2 ? LE : null}`.execute(n % 3 ? db : other)
};

const said = (crossed: Awaited<ReturnType<typeof crossedTerritory>>) =>
	JSON.stringify([crossed!.view, crossed!.recoupements, crossed!.indicateurs], (_, value: unknown) =>
		value instanceof Map ? [...(value as Map<unknown, unknown>)] : value
	);

const aroundAfresh = async (territory: Territory) => {
	const stored = (await listGrants(other)).filter((s) => isFictional(s.grant) === territory.fictif);
	return (await placedGrants(other, stored)).filter(isAround(territory, departmentOf));
};

describe('les chiffres gardés en mémoire', () => {
	it('sont ceux qu’on recalcule, après toute suite de gestes', async () => {
		const gesture = fc.tuple(fc.constantFrom(...Object.keys(GESTURES)), fc.nat({ max: 30 }));
		await fc.assert(
			fc.asyncProperty(fc.array(gesture, { minLength: 1, maxLength: 5 }), async (gestures) => {
				for (const [name, n] of gestures) {
					await GESTURES[name]!(n);
					const [kept, afresh] = [await crossedTerritory(db, ref, DEMO, jour), await crossNow(db, ref, DEMO, jour)];
					expect(said(kept), name).toBe(said(afresh!.crossed));
				}
				const { territory } = (await crossedTerritory(db, ref, DEMO, jour))!.view;
				expect(await grantsAround(db, territory)).toEqual(await aroundAfresh(territory));
			}),
			{ numRuns: 12 }
		);
	}, 60_000);

	it('le sont aussi quand plusieurs gestes, de plusieurs processus, tombent entre deux lectures', async () => {
		const gesture = fc.tuple(fc.constantFrom(...Object.keys(GESTURES)), fc.nat({ max: 30 }));
		await fc.assert(
			fc.asyncProperty(fc.array(gesture, { minLength: 2, maxLength: 4 }), async (gestures) => {
				await crossedTerritory(db, ref, DEMO, jour);
				for (const [name, n] of gestures) await GESTURES[name]!(n);
				const [kept, afresh] = [await crossedTerritory(db, ref, DEMO, jour), await crossNow(db, ref, DEMO, jour)];
				expect(said(kept)).toBe(said(afresh!.crossed));
			}),
			{ numRuns: 12 }
		);
	}, 60_000);

	it.each([
		['une cellule', [], true],
		['une cellule et le titre d’un document', ['renommer un document'], false],
		['une cellule et une action qui vient', ['créer une action, la mettre de côté ou la copier'], false],
		['une cellule et un import', ['importer un plan'], false]
	] as const)('après %s, les documents sont ceux de la base', async (_, beside, kept) => {
		await crossedTerritory(db, ref, DEMO, LE);
		const before = heldOf(db, DEMO)!.records.documents;
		for (const name of beside) await GESTURES[name]!(21);
		const texte = `Ouvrir la ferme urbaine (${beside.length} ${beside[0] ?? ''})`;
		await editCells(db, ref, { ...doer, actions: [ids[3]!], colonne: 'titre', texte, vu: 1e9 });
		const crossed = await crossedTerritory(db, ref, DEMO, LE);
		expect(crossed!.placed.find((p) => p.action.id === ids[3])!.action.titre).toBe(texte);
		expect(heldOf(db, DEMO)!.records.documents === before, 'relus').toBe(kept);
		expect(said(crossed)).toBe(said((await crossNow(db, ref, DEMO, LE))!.crossed));
	});

	it('une décision qui s’ajoute ne fait pas relire les autres ; une qu’on reprend au même moment se voit', async () => {
		const action = { genre: 'nature' as const, id: ids[5]! };
		const held = () => heldOf(db, DEMO)!.records.decisions;
		await decide(db, { sujet: action, valeur: { code: 'N1' } });
		await crossedTerritory(db, ref, DEMO, LE);
		const before = held();
		const added = await decide(other, { sujet: action, valeur: { code: 'N2' } });
		await crossedTerritory(db, ref, DEMO, LE);
		expect(held().slice(0, -1)).toEqual(before);
		expect(held().at(-1)).toMatchObject({ id: added, valeur: { code: 'N2' } });
		await decisions.cancel(other, added, LE);
		const next = await decide(db, { sujet: action, valeur: { code: 'N3' } });
		await crossedTerritory(db, ref, DEMO, LE);
		expect(held().map((d) => d.id)).toEqual([...before.map((d) => d.id), next]);
		await decisions.cancel(db, next, LE);
		await decisions.cancel(other, before.at(-1)!.id, LE);
		await crossedTerritory(db, ref, DEMO, LE);
		expect(held().map((d) => d.id)).toEqual(before.slice(0, -1).map((d) => d.id));
	});

	it('les subventions autour d’un territoire se relisent sans être replacées, et suivent la liste et les lieux', async () => {
		const { territory } = (await crossedTerritory(db, ref, DEMO, LE))!.view;
		await GESTURES['reprendre une liste de subventions, ou la rendre']!(0);
		const first = await grantsAround(db, territory);
		expect(first.length).toBeGreaterThan(0);
		await GESTURES['classer une action']!(1);
		expect(await grantsAround(db, territory)).toBe(first);
		await GESTURES['retirer une subvention']!(12);
		const after = await grantsAround(db, territory);
		const sum = (all: typeof first) => all.reduce((total, { grant }) => total + grant.montant, 0);
		expect(sum(after) - sum(first)).toBe(12);
		// A name that no draw before has given: the same one twice changes nothing.
		await GESTURES['donner un autre nom à un quartier']!(1_000);
		expect(await grantsAround(db, territory)).not.toBe(after);
		expect(await grantsAround(db, { ...territory, code: 'ZZ0000009' as never, communes: [] })).toEqual([]);
		expect(await grantsAround(db, territory)).toEqual(await aroundAfresh(territory));
	});

	it('suivent le jour : chacun a les siens, quel que soit celui qu’on a lu avant', async () => {
		for (const le of [...JOURS, ...JOURS.toReversed()]) {
			const [kept, afresh] = [await crossedTerritory(db, ref, DEMO, le), await crossNow(db, ref, DEMO, le)];
			expect(said(kept), le).toBe(said(afresh!.crossed));
		}
	});

	it('se relisent sans rien recalculer tant que rien ne change, et jamais ceux d’un autre jour', async () => {
		const first = await crossedTerritory(db, ref, DEMO, LE);
		expect(await crossedTerritory(db, ref, DEMO, LE)).toBe(first);
		expect((await crossedTerritory(db, ref, DEMO, '2027-01-01'))!.view.asOf).toBe('2027-01-01');
	});

	it('la région suit un territoire qui change', async () => {
		const before = (await readRegion(db, ref, null, LE)).territoires.find((t) => t.code === DEMO)!;
		await GESTURES['importer un plan']!(77);
		const after = (await readRegion(db, ref, null, LE)).territoires.find((t) => t.code === DEMO)!;
		expect(after.actions).toBe(before.actions + 3);
	});

	it('chaque table dont un chiffre dépend fait avancer un compteur quand une de ses lignes change', async () => {
		await GESTURES['donner un autre nom à un quartier']!(99);
		const total = async () =>
			(
				await db
					.selectFrom('revision')
					.select((e) => e.fn.sum<number>('n').as('n'))
					.executeTakeFirstOrThrow()
			).n;
		const tables = [
			'decision',
			'document',
			'import',
			'action',
			'territoire',
			'territoire_commune',
			'quartier',
			'quartier_commune',
			'quartier_epci',
			'quartier_alias',
			'correspondance',
			'indicateur_valeur',
			'attribution',
			'attribution_import'
		];
		for (const table of tables) {
			const before = await total();
			const { numAffectedRows } = await sql.raw(`UPDATE "${table}" SET rowid = rowid`).execute(db);
			expect(Number(numAffectedRows), `${table} a des lignes`).toBeGreaterThan(0);
			expect(await total(), table).toBeGreaterThan(before);
		}
	});
});
