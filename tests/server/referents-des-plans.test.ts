import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { render } from 'svelte/server';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leadsOf, leadWords, oneSpelling } from '../../src/lib/domain/crossing/leads';
import { ofPlan } from '../../src/lib/domain/crossing/referents';
import { communeIndex } from '../../src/lib/domain/places/communes';
import { inboxPage } from '../../src/lib/domain/pages/inbox-page';
import { overlapPairs } from '../../src/lib/domain/pages/overlap-page';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { whoToCall } from '../../src/lib/domain/pages/who-to-call';
import { curly } from '../../src/lib/domain/french';
import { isRefusal } from '../../src/lib/domain/issue';
import { buildFeuilleDeRoute } from '../../src/lib/domain/roadmap/feuille-de-route';
import type { Commune } from '../../src/lib/domain/territory';
import { readAction } from '../../src/lib/server/actions/read-action';
import { editCells } from '../../src/lib/server/actions/edit-cells';
import { undoGesture } from '../../src/lib/server/confirm-suggestions';
import { backUp } from '../../src/lib/server/db/backup';
import { open, type Db } from '../../src/lib/server/db/client';
import { readDecisionHistory } from '../../src/lib/server/decision-history';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { exportFeuilleDeRoute } from '../../src/lib/server/exports/exports';
import { readInbox } from '../../src/lib/server/inbox';
import { nameReferent, readReferents, removeReferent } from '../../src/lib/server/name-referents';
import { readMatrix } from '../../src/lib/server/read-matrix';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { signCrossing } from '../../src/lib/server/sign-crossings';
import FlecherDabord from '../../src/routes/territoires/[code]/[qpv]/FlecherDabord.svelte';
import { backWithin } from '../../src/routes/territoires/[code]/referent-address';
import { anAction, aPlaced } from '../fixtures/build';
import { unzip } from '../fixtures/unzip';

/* Files seldom name a person: whom to call about a plan is written once, by somebody, and read wherever one asks. */

const ref = loadReferentiel();
const ASOF = '2026-11-27';
const DEMO = 'ZZ0000001';
const Q = 'QNZZZ01F';
const spaced = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const said = {
	territoire: DEMO,
	plan: 'pcaet',
	nom: 'Chargée de mission PCAET',
	service: 'Direction de l’environnement',
	telephone: '0199001234',
	courriel: 'pcaet@example.fr',
	par: 'Nadia Perrault',
	le: ASOF
};

let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
	await loadDemonstration(db, ref, ASOF);
}, 60_000);
beforeEach(() => db.deleteFrom('decision').where('genre', '=', 'referent').execute());

/** What somebody who opens the page now has before their eyes. */
const seen = async (plan = said.plan) => (await readReferents(db, ref, DEMO, ASOF))!.vus[plan] ?? 0;
const name = async (change: Partial<typeof said> = {}): Promise<number> => {
	const done = await nameReferent(db, ref, { ...said, vu: await seen(change.plan), ...change });
	if (isRefusal(done)) throw new Error(done.refus);
	return done;
};
const lines = async () => (await readReferents(db, ref, DEMO, ASOF))!.page.lignes;
const of = async (plan: string) => (await lines()).find((l) => l.plan === plan)?.referent ?? null;
const placed = async () => (await crossedTerritory(db, ref, DEMO, ASOF))!.placed;
/** An action of a plan that names no pilot, and one that does. */
const silent = async (plan: string) => (await placed()).find((p) => p.action.plan === plan && !p.action.pilote)!;
const piloted = async (plan: string) => (await placed()).find((p) => p.action.plan === plan && p.action.pilote)!;
const call = async (plan: string) => whoToCall(await silent(plan), ref.plans.types);

describe('le référent d’un plan', () => {
	it('se dit avec qui l’a écrit et quand, après le pilote et avant le porteur', async () => {
		const before = await call('pcaet');
		expect(before).toMatchObject({ dit: 'porteur, pilote non nommé dans le fichier' });
		expect(before.nommer).toEqual({
			...{ plan: 'pcaet', dit: 'Nommer un référent du PCAET' },
			responsable: 'le responsable du PCAET'
		});
		await name();
		expect(await call('pcaet')).toEqual({
			nom: 'Chargée de mission PCAET, Direction de l’environnement',
			dit: 'référent du PCAET, écrit le 27/11/2026 par Nadia Perrault',
			joindre: { telephone: '01 99 00 12 34', courriel: 'pcaet@example.fr' },
			porteur: before.nom
		});
		const pilot = await piloted('pcaet');
		expect(whoToCall(pilot, ref.plans.types)).toEqual({ nom: curly(pilot.action.pilote!), dit: 'pilote' });
		expect((await call('plh')).nommer?.dit).toBe('Nommer un référent du PLH');
	});

	it('cède la place au pilote qu’une personne écrit sur l’action', async () => {
		await name();
		const { action } = await silent('pcaet');
		const edit = { territoire: DEMO, par: 'Karim Aït', le: ASOF, actions: [action.id], colonne: 'pilote', vu: 1e9 };
		for (const [texte, expected] of [
			['Service vélo', { nom: 'Service vélo', dit: 'pilote' }],
			// « à désigner » is nobody: the référent speaks again.
			['À désigner', { nom: 'Chargée de mission PCAET, Direction de l’environnement' }]
		] as const) {
			expect(isRefusal(await editCells(db, ref, { ...edit, texte }))).toBe(false);
			const now = (await placed()).find((p) => p.action.id === action.id)!;
			expect(whoToCall(now, ref.plans.types)).toMatchObject(expected);
		}
		await editCells(db, ref, { ...edit, texte: '' });
	});

	it('se change, se retire et s’annule ; l’histoire garde chaque mot', async () => {
		await name();
		const second = await name({ nom: 'Directeur du climat', service: '', telephone: '', courriel: '' });
		expect(await of('pcaet')).toMatchObject({
			nom: 'Directeur du climat',
			service: null,
			telephone: null,
			courriel: null
		});
		const gone = (await removeReferent(db, ref, { ...said, vu: await seen() })) as number;
		expect(await of('pcaet')).toBeNull();
		const told = (await readDecisionHistory(db, ref, DEMO, 1))!.gestes.slice(0, 3).map((g) => spaced(g.lignes[0]!));
		expect(told).toEqual([
			'Référent du PCAET retiré',
			'Référent du PCAET : Directeur du climat',
			'Référent du PCAET : Chargée de mission PCAET, Direction de l’environnement'
		]);
		// Signatures of crossings are read alone: none was given.
		const all = (await readDecisionHistory(db, ref, DEMO, 1))!;
		expect(await readDecisionHistory(db, ref, DEMO, 1, true)).toMatchObject({ gestes: [], total: 0, enVigueur: 0 });
		await signCrossing(
			db,
			ref,
			{
				...{ territoire: DEMO, par: 'Nadia Perrault', motif: '', le: ASOF },
				...{ quartier: 'QNZZZ01F', croise: 'X01', role: 'ville' }
			},
			ASOF
		);
		const signed = (await readDecisionHistory(db, ref, DEMO, 1, true))!;
		expect(signed).toMatchObject({ total: 1, enVigueur: 1 });
		expect(signed.gestes[0]!.lignes[0]).toMatch(/X01/);
		expect((await readDecisionHistory(db, ref, DEMO, 1))!.total).toBe(all.total + 1);
		const undo = (lot: number) => undoGesture(db, { territoire: DEMO, lot, par: 'Karim Aït', le: ASOF });
		await undo(gone);
		expect((await of('pcaet'))?.nom).toBe('Directeur du climat');
		await undo(second);
		expect((await of('pcaet'))?.nom).toBe('Chargée de mission PCAET');
	});

	it('demande un nom ou une fonction et une signature ; le reste peut être vide, et ce qui ne se lit pas est refusé', async () => {
		const refused = async (change: Partial<typeof said>) => {
			const done = await nameReferent(db, ref, { ...said, vu: await seen(), ...change });
			return isRefusal(done) ? (done.champ ?? done.refus) : null;
		};
		expect(await refused({ nom: '  ' })).toBe('nom');
		expect(await refused({ par: '' })).toBe('par');
		for (const telephone of ['appeler le standard', '12', '01 99 00 12 34 56 78 90 12'])
			expect(await refused({ telephone })).toBe('telephone');
		for (const courriel of ['pcaet', 'a@b', 'a b@example.fr', 'a@example.fr, b@example.fr'])
			expect(await refused({ courriel })).toBe('courriel');
		expect(await refused({ plan: 'pat' })).toBe('Ce plan n’est plus dans ce territoire.');
		expect(await refused({ territoire: '999999999' })).toBe('Ce territoire n’est pas dans cette base.');
		expect(await of('pcaet')).toBeNull();
		expect(await refused({ service: '', telephone: '', courriel: '' })).toBeNull();
	});

	it('écrit par deux personnes en même temps, rien n’est perdu : la seconde lit ce que la première a écrit', async () => {
		const opened = await (await name(), seen());
		await name({ telephone: '01 99 00 99 99', par: 'Karim Aït' });
		// The second had the page open, and only changed the service.
		const mine = { ...said, service: 'Direction du climat', par: 'Ana Lopes', vu: opened };
		const told = await nameReferent(db, ref, mine);
		if (!isRefusal(told) || !('fusion' in told)) throw new Error('écrit par-dessus');
		expect(spaced(told.refus)).toMatch(/^Karim Aït a écrit ce référent le 27\/11\/2026, .* rien n’a été écrit\./);
		expect(spaced(told.refus)).toContain('téléphone : 01 99 00 99 99');
		expect(await of('pcaet')).toMatchObject({ service: 'Direction de l’environnement', par: 'Karim Aït' });
		// What each of them changed alone is in the form, and is kept once read.
		expect(told.fusion).toMatchObject({ service: 'Direction du climat', telephone: '01 99 00 99 99' });
		expect(await nameReferent(db, ref, { ...mine, ...told.fusion, vu: told.vu })).toBeTypeOf('number');
		expect(await of('pcaet')).toMatchObject({ ...told.fusion, par: 'Ana Lopes' });
	});

	it('deux premiers référents en même temps, ou un retrait après un changement : le second est arrêté aussi', async () => {
		const none = await seen();
		const first = await name();
		const late = await nameReferent(db, ref, { ...said, nom: 'Directeur du climat', vu: none });
		expect(isRefusal(late) && late.refus).toContain('rien n’a été écrit');
		// The very same words are no conflict.
		expect(await nameReferent(db, ref, { ...said, vu: none })).toBeTypeOf('number');
		const gone = { ...{ territoire: DEMO, plan: 'pcaet', par: 'Ana Lopes', le: ASOF }, vu: first };
		const kept = await removeReferent(db, ref, gone);
		expect(isRefusal(kept) && kept.refus).toContain('il n’est pas retiré');
		expect((await of('pcaet'))?.nom).toBe('Chargée de mission PCAET');
		expect(await removeReferent(db, ref, { ...gone, vu: await seen() })).toBeTypeOf('number');
		const over = await nameReferent(db, ref, { ...said, vu: first });
		expect(isRefusal(over) && over.refus).toContain('Ana Lopes a retiré ce référent');
	});

	it.each([
		['0199001234', '01 99 00 12 34'],
		['01.99.00.12.34', '01 99 00 12 34'],
		['+33 1 99 00 12 34', '01 99 00 12 34'],
		['+33 (0)1 99 00 12 34', '01 99 00 12 34'],
		['01 99 00 12 34 poste 12', '01 99 00 12 34 poste 12'],
		['+32 2 555 12 12', '+32 2 555 12 12'],
		['3600', '3600']
	])('le téléphone « %s » se lit « %s »', async (telephone, expected) => {
		await name({ telephone });
		expect((await of('pcaet'))?.telephone).toBe(expected);
	});

	it('se dit en bon français pour chaque genre de plan', () => {
		const { types } = ref.plans;
		const told = ['plh', 'contrat-de-ville', 'feuille-de-route', 'erbm', 'autre', 'Subventions DPV'].map((plan) =>
			spaced(ofPlan(plan, types))
		);
		expect(told).toEqual([
			'du PLH',
			'du contrat de ville',
			'de la feuille de route',
			'de l’ERBM',
			'de l’autre document',
			'de la liste « Subventions DPV »'
		]);
	});
});

describe('le référent d’un plan, là où l’on demande qui appeler', () => {
	const page = async () => quartierPage((await readQuartier(db, ref, Q, ASOF, DEMO))!, ref);

	it('sur la page d’un quartier, une ligne pour toutes les actions de son plan que personne ne pilote', async () => {
		const before = (await page()).contacts.filter((c) => c.nommer.some((n) => n.plan === 'pcaet'));
		expect(before.length).toBeGreaterThan(0);
		const waiting = before.flatMap((c) => c.actions.map((a) => a.id)).sort();
		await name();
		const { contacts } = await page();
		const mine = contacts.find((c) => c.joindre)!;
		expect(mine).toMatchObject({
			nom: 'Chargée de mission PCAET, Direction de l’environnement',
			titre: 'référent du PCAET, écrit le 27/11/2026 par Nadia Perrault',
			joindre: { telephone: '01 99 00 12 34' }
		});
		const own = new Set((await placed()).filter((p) => p.action.plan === 'pcaet').map((p) => p.action.id));
		expect(mine.actions.map((a) => a.id).sort()).toEqual(waiting.filter((id) => own.has(id)));
		expect(contacts.some((c) => c.nommer.some((n) => n.plan === 'pcaet'))).toBe(false);
	});

	it('dès le premier écran d’un quartier, avec l’action à flécher d’abord, et les champs pour en nommer un tant qu’il manque', async () => {
		const html = async () => {
			const view = await page();
			// The demonstration names a pilot for the actions it proposes first: this one has none.
			const line = { ...view.aFlecher.lignes[0]!, appeler: await call('pcaet') };
			const props = {
				page: { ...view, aFlecher: { ...view.aFlecher, lignes: [line] } },
				here: '/q',
				root: '/t',
				nom: ''
			};
			return spaced(render(FlecherDabord, { props }).body.replace(/<!--.*?-->/g, ''));
		};
		const before = await html();
		expect(before).toMatch(
			/Personne n’est nommé dans le fichier : appeler .*, qui porte l’action, et demander <b[^>]*>le responsable du PCAET<\/b>/
		);
		expect(before).toContain('<summary');
		expect(before).toContain('action="/t/referents?/nommer&amp;retour=%2Fq"');
		expect(before).toMatch(/name="plan" value="pcaet"/);
		await name();
		const after = await html();
		expect(after).toContain('référent du PCAET, écrit le 27/11/2026 par Nadia Perrault');
		expect(after).toContain('href="tel:0199001234"');
		expect(after).toContain('href="mailto:pcaet@example.fr"');
		expect(after).not.toContain('/nommer');
	});

	it('dans ce qu’une lacune dit de faire, sans rouvrir une lacune déjà décidée', async () => {
		const advice = async () => {
			const { view } = (await crossedTerritory(db, ref, DEMO, ASOF))!;
			return view.gaps.filter((g) => g.preuves.actions.length > 0);
		};
		const before = await advice();
		await name();
		const after = await advice();
		expect(after.map((g) => [g.id, g.preuves])).toEqual(before.map((g) => [g.id, g.preuves]));
		const changed = after.filter((g, i) => g.aFaire !== before[i]!.aFaire);
		expect(changed.length).toBeGreaterThan(0);
		// Beside a carrier, or first to call.
		for (const gap of changed)
			expect(gap.aFaire).toMatch(/(?:au|le) référent du PCAET \(Chargée de mission PCAET, 01 99 00 12 34\)/);
	});

	it('sur la carte de preuve d’une case, sur la page de l’action et dans une paire de recoupement', async () => {
		await name();
		const read = await readMatrix(
			db,
			ref,
			DEMO,
			ASOF,
			new URLSearchParams('lignes=plan&colonnes=transition&case=pcaet')
		);
		expect(read!.page.ouverte.grille!.appels['pcaet']).toMatchObject({
			dit: expect.stringMatching(/^référent du PCAET/)
		});
		const { action } = await silent('pcaet');
		expect((await readAction(db, ref, DEMO, action.id, ASOF, null))!.appeler.joindre?.courriel).toBe(
			'pcaet@example.fr'
		);
		const all = await placed();
		const other = all.find((p) => p.action.plan === 'plh' && p.action.pilote)!;
		const overlap = { id: 'x', a: action.id, b: other.action.id, mots: [] } as unknown as Parameters<
			typeof overlapPairs
		>[0][number];
		const [pair] = overlapPairs([overlap], all, [], () => '', new Map());
		expect(pair!.cotes.map((c) => c.referent && spaced(c.referent))).toEqual([
			'Référent du PCAET : Chargée de mission PCAET, Direction de l’environnement, 01 99 00 12 34',
			null
		]);
	});

	it('dans « À faire », une ligne compte les plans sans personne à appeler ; elle s’en va avec le dernier', async () => {
		const line = async () => {
			const { crossed, waiting, decisions } = (await readInbox(db, ref, DEMO, ASOF))!;
			const said = inboxPage(crossed, waiting, decisions, { file: null, role: null }).sansReferent;
			return said && spaced(said);
		};
		expect(await line()).toBe('3 plans sans référent : PCAET, PLH et Contrat de ville');
		await name();
		expect(await line()).toBe('2 plans sans référent : PLH et Contrat de ville');
		await name({ plan: 'plh' });
		expect(await line()).toBe('1 plan sans référent : Contrat de ville');
		await name({ plan: 'contrat-de-ville' });
		expect(await line()).toBeNull();
	});

	it('dans la feuille de route en Word, en classeur et en JSON, avec sa provenance', async () => {
		await name();
		const road = buildFeuilleDeRoute((await readQuartier(db, ref, Q, ASOF, DEMO))!, ref);
		for (const format of ['docx', 'xlsx', 'json'] as const) {
			const { octets } = await exportFeuilleDeRoute(road, format);
			const files = format === 'json' ? null : await unzip(octets);
			const text = spaced(files ? [...files.values()].join() : new TextDecoder().decode(octets));
			expect(text, format).toContain('Chargée de mission PCAET, Direction de l’environnement (référent du PCAET)');
			expect(text, format).toContain('écrit le 27/11/2026 par Nadia Perrault');
			expect(text, format).toContain('01 99 00 12 34 ; pcaet@example.fr');
			expect(text, format).toContain('Pilote, référent du plan ou porteur');
		}
	});

	it('dans la sauvegarde : rouverte ailleurs, elle le dit encore', async () => {
		await name();
		const folder = mkdtempSync(join(tmpdir(), 'croisee-referent-'));
		const copy = join(folder, 'copie.db');
		await backUp(db, copy);
		const other = await open(copy);
		const read = (await readReferents(other, ref, DEMO, ASOF))!.page.lignes.find((l) => l.plan === 'pcaet');
		await other.destroy();
		rmSync(folder, { recursive: true, force: true });
		expect(read?.referent).toMatchObject({ nom: 'Chargée de mission PCAET', par: 'Nadia Perrault', le: ASOF });
	});

	it('écrit, on revient où l’on était, dans ce territoire seulement', () => {
		const here = `/territoires/${DEMO}`;
		for (const address of [here, `${here}/${Q}#flecher`, `${here}?case=X01#preuves`])
			expect(backWithin(here, address)).toBe(address);
		for (const address of [
			null,
			'',
			'//ailleurs.example',
			`${here}9/x`,
			`${here}/\\ailleurs`,
			'https://ailleurs.example',
			'/imports'
		])
			expect(backWithin(here, address)).toBeNull();
	});
});

describe('la démonstration', () => {
	it('montre les deux états : une fonction et un numéro fictif pour le PCAET, personne pour les autres plans', async () => {
		const own = await open(':memory:');
		await loadDemonstration(own, ref, ASOF);
		await loadDemonstration(own, ref, ASOF);
		const { lignes } = (await readReferents(own, ref, DEMO, ASOF))!.page;
		expect(lignes.map((l) => [l.plan, l.referent?.nom ?? null])).toEqual([
			['pcaet', 'chargée de mission PCAET'],
			['plh', null],
			['contrat-de-ville', null]
		]);
		expect(lignes[0]!.referent).toMatchObject({ telephone: '01 99 00 12 34', courriel: 'pcaet@example.fr' });
		const history = await own.selectFrom('decision').select('id').where('genre', '=', 'referent').execute();
		expect(history).toHaveLength(1);
	});
});

describe('un même porteur écrit de plusieurs façons', () => {
	const communes = communeIndex([
		{ code: '02691', nom: 'Saint-Quentin' },
		{ code: '62498', nom: 'Lens' },
		{ code: '59481', nom: 'Le Quesnoy' }
	] as Commune[]);
	const reads = (...porteurs: string[]) => {
		const actions = porteurs.map((porteur) => anAction({ porteur, pilote: null }));
		const words = leadWords(ref.plans, 'CA de Lys', oneSpelling(actions));
		return actions.map((a) => leadsOf(a, words, communes));
	};
	const names = (...porteurs: string[]) => [...new Set(reads(...porteurs).map((l) => l.noms.join()))];

	it.each([
		[['Saint-quentin', 'SAINT-QUENTIN', 'Saint-Quentin'], 'Saint-Quentin'],
		[['VILLE DE LENS', 'Ville de lens'], 'Ville de Lens'],
		[['ccas de SAINT-QUENTIN', 'CCAS DE Saint-Quentin'], 'CCAS de Saint-Quentin'],
		[['MAISONS ET CITÉS', 'Maisons et cités', 'Maisons et cites'], 'Maisons et cités'],
		[['SIAVED', 'Siaved', 'siaved'], 'Siaved'],
		[['ANRU', 'Anru', 'Anru'], 'ANRU'],
		[['Lycée de Saint-omer', 'LYCÉE DE SAINT-OMER'], 'Lycée de Saint-Omer'],
		[['régie du parc', 'RÉGIE DU PARC'], 'Régie du parc']
	])('%j n’en fait qu’un : « %s »', (written, expected) => {
		expect(names(...written)).toEqual([expected]);
	});

	it('un nom toujours écrit pareil reste comme il est écrit, et un article n’est pas perdu', () => {
		for (const alone of ['SIA HABITAT', 'Mairie du Quesnoy', 'CCI et CCNS', '[personne 1]'])
			expect(names(alone)).toEqual([alone]);
	});

	it('la forme propre se lit dans le tableau, le texte du fichier reste celui de l’action', () => {
		const [read] = reads('SAINT-QUENTIN');
		expect(read!.propre).toBe('Saint-Quentin');
		expect(reads('Saint-Quentin')[0]!.propre).toBeUndefined();
		expect(reads('Collectivité porteuse')[0]!.propre).toBeUndefined();
		expect(aPlaced({ action: { porteur: 'SAINT-QUENTIN' } }).action.porteur).toBe('SAINT-QUENTIN');
	});
});
