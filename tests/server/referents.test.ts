import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { changesBetween, crossingFacts } from '../../src/lib/domain/crossing/signatures';
import { editCells } from '../../src/lib/server/actions/edit-cells';
import { signatureSummary, countSignatures } from '../../src/lib/domain/crossing/signature-words';
import { decideSuggestions, readSuggestions, undoGesture } from '../../src/lib/server/confirm-suggestions';
import { correctReach, setPart } from '../../src/lib/server/correct-reach';
import { open, type Db } from '../../src/lib/server/db/client';
import { historyOf } from '../../src/lib/server/db/decisions';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { mapPriority, readLocalValues } from '../../src/lib/server/map-priorities';
import { readMatrix } from '../../src/lib/server/read-matrix';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { signCrossing, unsignCrossing } from '../../src/lib/server/sign-crossings';

const ref = loadReferentiel();
const ASOF = '2026-11-22';
const territoire = 'ZZ0000001';
const by = { territoire, par: 'Nadia Perrault', motif: 'Relu en comité technique', le: ASOF };

let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
	await loadDemonstration(db, ref, ASOF);
}, 60_000);
beforeEach(() => db.deleteFrom('decision').execute());

const waiting = async () => (await readSuggestions(db, ref, territoire, ASOF))!.suggestions;
const confirm = (ids: readonly string[], said = by) =>
	decideSuggestions(db, ref, { ...said, gestes: ids.map((id) => ({ id, geste: 'confirmer' })) }, ASOF);

describe('les propositions à confirmer', () => {
	it('« confirmer les évidentes » est un seul lot, qui s’annule d’un coup et reste dans l’historique', async () => {
		const before = await waiting();
		const sure = before.filter((s) => s.confiance === 'evidente').map((s) => s.id);
		expect(sure.length).toBeGreaterThan(3);
		const done = await confirm(sure, { ...by, motif: '' });
		if (isRefusal(done)) throw new Error(done.refus);
		expect(done.nombre).toBe(sure.length);
		expect((await waiting()).map((s) => s.id)).toEqual(before.map((s) => s.id).filter((id) => !sure.includes(id)));
		expect(await undoGesture(db, { territoire, lot: done.lot, par: 'Karim Aït', le: '2026-11-23' })).toBe(sure.length);
		expect(await waiting()).toEqual(before);
		const history = await historyOf(db, territoire);
		expect(history.filter((d) => d.lot === done.lot)).toHaveLength(sure.length);
		expect(history[0]).toMatchObject({ par: by.par, le: ASOF, annulee: { par: 'Karim Aït', le: '2026-11-23' } });
		expect(isRefusal(await undoGesture(db, { territoire, lot: done.lot, par: 'Karim Aït', le: '2026-11-23' }))).toBe(
			true
		);
	});

	it('un enjeu refusé quitte l’action, un enjeu corrigé en devient un autre ; chacun avec son motif', async () => {
		const [first, second] = (await waiting()).filter((s) => s.genre === 'transition');
		const other = ref.enjeux.transition.find((e) => e.code !== second!.code && e.code !== first!.code)!.code;
		const gestes = [
			{ id: first!.id, geste: 'refuser' as const },
			{ id: second!.id, geste: 'corriger' as const, code: other }
		];
		expect(isRefusal(await decideSuggestions(db, ref, { ...by, motif: ' ', gestes }, ASOF))).toBe(true);
		expect(await decideSuggestions(db, ref, { ...by, gestes }, ASOF)).toMatchObject({ nombre: 2 });
		const { crossed } = (await readSuggestions(db, ref, territoire, ASOF))!;
		const codes = (id: string) => crossed.placed.find((p) => p.action.id === id)!.transition.map((t) => t.code);
		expect(codes(first!.action)).not.toContain(first!.code);
		expect(codes(second!.action)).toContain(other);
		expect(codes(second!.action)).not.toContain(second!.code);
		expect((await historyOf(db, territoire)).every((d) => d.motif === by.motif)).toBe(true);
	});

	it('rien n’est écrit quand une seule des propositions ne peut pas l’être', async () => {
		const [one] = await waiting();
		for (const outcome of [
			await confirm([one!.id, 'transition|nulle-part|T01']),
			await confirm([one!.id], { ...by, par: '' }),
			await confirm([]),
			await decideSuggestions(db, ref, { ...by, gestes: [{ id: one!.id, geste: 'corriger', code: 'T99' }] }, ASOF)
		])
			expect(isRefusal(outcome)).toBe(true);
		expect(await historyOf(db, territoire)).toHaveLength(0);
	});
});

describe('les signatures des deux référents', () => {
	const quartier = async () => {
		const { crossed } = (await readSuggestions(db, ref, territoire, ASOF))!;
		const at = crossed.view.croises.cells.flatMap((row, r) =>
			row.map((cell, c) => ({ n: cell.actions.length, r, c, action: cell.actions[0]! }))
		);
		const busy = at.reduce((a, b) => (b.n > a.n ? b : a));
		return {
			croise: crossed.view.croises.rows.keys[busy.r]!.code,
			quartier: crossed.view.croises.columns.keys[busy.c]!.code,
			action: busy.action
		};
	};
	const state = async (q: string, x: string) =>
		(await readQuartier(db, ref, q, ASOF, territoire))!.signatures.find((s) => s.croise === x);

	it('non signée, à moitié, signée ; à revoir quand l’atteinte change, valable de nouveau quand on y revient', async () => {
		const where = await quartier();
		const { croise, quartier: q, action } = where;
		const sign = (role: string, par: string) =>
			signCrossing(db, ref, { ...by, par, role, croise, quartier: q, motif: '' }, ASOF);
		expect(await state(q, croise)).toBeUndefined();
		await sign('transition', 'Nadia Perrault');
		expect(await state(q, croise)).toMatchObject({
			etat: 'a-moitie',
			transition: { par: 'Nadia Perrault' },
			ville: null
		});
		await sign('ville', 'Karim Aït');
		expect(await state(q, croise)).toMatchObject({ etat: 'signee', ville: { par: 'Karim Aït' } });
		const moved = (await correctReach(db, ref, { ...by, action, quartier: q, niveau: 'inconnu' }, ASOF)) as number;
		const after = (await state(q, croise))!;
		expect(after.etat).toBe('a-revoir');
		expect(after.transition!.changements.join()).toMatch(/portée de «\u00a0.*\u00a0» passée de .* à inconnue/);
		await undoGesture(db, { territoire, lot: moved, par: by.par, le: ASOF });
		expect(await state(q, croise)).toMatchObject({ etat: 'signee' });
		await unsignCrossing(db, { ...by, croise, quartier: q, role: 'ville' });
		expect(await state(q, croise)).toMatchObject({ etat: 'a-moitie', ville: null });
		expect((await historyOf(db, territoire)).filter((d) => d.sujet.genre === 'signature')).toHaveLength(2);
	});

	it('à la chaîne, un même nom ne signe pas pour les deux référents ; un autre nom, si', async () => {
		const { croise, quartier: q } = await quartier();
		const sign = (role: string, par: string) =>
			signCrossing(db, ref, { ...by, par, role, croise, quartier: q, motif: '', enSerie: true }, ASOF);
		await sign('transition', 'Nadia Perrault');
		expect(await sign('ville', 'nadia  perrault')).toMatchObject({
			refus: 'Nadia Perrault a déjà signé ce croisement comme référent transition.',
			champ: 'par'
		});
		expect(await state(q, croise)).toMatchObject({ etat: 'a-moitie', ville: null });
		expect(await sign('ville', 'Karim Aït')).toBeTypeOf('number');
		expect(await state(q, croise)).toMatchObject({ etat: 'signee', ville: { par: 'Karim Aït' } });
	});

	it('une case dont la signature est à revoir le porte dans la matrice, et elle seule', async () => {
		const { croise, quartier: q, action } = await quartier();
		await signCrossing(db, ref, { ...by, role: 'ville', croise, quartier: q, motif: '' }, ASOF);
		const marked = async (address: string) => {
			const { page } = (await readMatrix(db, ref, territoire, ASOF, new URLSearchParams(address)))!;
			const { rows, columns, cells } = (page.recit ?? page.grille)!;
			const here = cells.flatMap((row, r) =>
				row.flatMap((cell, c) => (cell.r ? [[rows[r]!.code, columns[c]!.code].sort().join('.')] : []))
			);
			return [page.aRevoir, ...here];
		};
		expect(await marked('')).toEqual([false]);
		await correctReach(db, ref, { ...by, action, quartier: q, niveau: 'inconnu' }, ASOF);
		expect(await marked('')).toEqual([true, [croise, q].sort().join('.')]);
		expect(await marked('lignes=quartier&colonnes=croises')).toEqual([true, [croise, q].sort().join('.')]);
		expect(await marked('lignes=transition&colonnes=ville')).toEqual([true]);
	});

	it('à revoir aussi quand la fin prévue d’une action change ; une signature d’avant n’est pas troublée', async () => {
		const { croise, quartier: q, action } = await quartier();
		await signCrossing(db, ref, { ...by, role: 'ville', croise, quartier: q, motif: '' }, ASOF);
		const { crossed } = (await readSuggestions(db, ref, territoire, ASOF))!;
		const signed = crossingFacts(crossed.view, q, croise);
		const edited = { territoire, par: by.par, le: ASOF, actions: [action], colonne: 'fin', texte: '2035', vu: 1e9 };
		expect(isRefusal(await editCells(db, ref, edited))).toBe(false);
		const after = (await state(q, croise))!;
		expect(after.etat).toBe('a-revoir');
		expect(after.ville!.changements.join()).toMatch(/fin prévue de «\u00a0.*\u00a0» repoussée du .* au 31\/12\/2035/);
		const { fin: _, ...older } = signed.actions[action]!;
		const before = { ...signed, actions: { ...signed.actions, [action]: older } };
		const now = crossingFacts((await readSuggestions(db, ref, territoire, ASOF))!.crossed.view, q, croise);
		expect(changesBetween(before, now)).toEqual([]);
	});

	it('une signature sans nom, sans rôle ou hors du quartier est refusée d’une phrase', async () => {
		const { croise, quartier: q } = await quartier();
		const asked = { ...by, croise, quartier: q, role: 'ville' };
		for (const change of [{ par: ' ' }, { role: 'maire' }, { quartier: 'QN00000X' }, { croise: 'X99' }])
			expect(isRefusal(await signCrossing(db, ref, { ...asked, ...change }, ASOF))).toBe(true);
		expect(isRefusal(await unsignCrossing(db, asked))).toBe(true);
	});

	it('le territoire compte ses croisements signés', async () => {
		const { croise, quartier: q } = await quartier();
		for (const role of ['transition', 'ville']) await signCrossing(db, ref, { ...by, croise, quartier: q, role }, ASOF);
		const { crossed } = (await readSuggestions(db, ref, territoire, ASOF))!;
		expect(signatureSummary(countSignatures(crossed.view.signatures, 40))).toBe('1\u00a0croisement signé sur 40');
	});
});

describe('la part d’une opération dans un quartier', () => {
	it('tapée par une personne, elle partage le coût ; effacée, elle redevient inconnue, jamais nulle', async () => {
		const code = 'QNZZZ01F';
		const before = (await readQuartier(db, ref, code, ASOF, territoire))!;
		const costly = before.actions.find((a) => before.parts.sansPart.includes(a.action.id) && a.action.budget)!;
		const euros = costly.action.budget!.euros;
		const put = (part: string) => setPart(db, ref, { ...by, action: costly.action.id, quartier: code, part }, ASOF);
		for (const wrong of ['120', '-3', 'la moitié']) expect(isRefusal(await put(wrong))).toBe(true);
		expect(await put('25 %')).toBeTypeOf('number');
		const { parts } = (await readQuartier(db, ref, code, ASOF, territoire))!;
		expect(parts.dedans - before.parts.dedans).toBeCloseTo(euros / 4, 2);
		expect(parts.dehors - before.parts.dehors).toBeCloseTo((euros * 3) / 4, 2);
		expect(before.parts.inconnu - parts.inconnu).toBeCloseTo(euros, 2);
		await put('');
		expect((await readQuartier(db, ref, code, ASOF, territoire))!.parts).toEqual(before.parts);
	});
});

describe('les priorités locales', () => {
	it('un axe dit une fois ce qu’il recouvre éclaire les actions muettes, et s’annule', async () => {
		const [value] = (await readLocalValues(db, ref, territoire))!;
		const tags = async () =>
			(await readSuggestions(db, ref, territoire, ASOF))!.crossed.placed.map((p) => [
				p.action.id,
				p.transition.map((t) => t.code)
			]);
		const before = await tags();
		const id = await mapPriority(db, ref, { ...by, cle: value!.cle, enjeux: ['T14', 'P11'] });
		expect(id).toBeTypeOf('number');
		expect((await readLocalValues(db, ref, territoire))!.find((v) => v.cle === value!.cle)?.reponse).toMatchObject({
			enjeux: ['P11', 'T14'],
			par: by.par
		});
		expect(await tags()).not.toEqual(before);
		await undoGesture(db, { territoire, lot: id as number, par: by.par, le: ASOF });
		expect(await tags()).toEqual(before);
		expect(isRefusal(await mapPriority(db, ref, { ...by, cle: 'axe:nulle part', enjeux: [] }))).toBe(true);
		expect(isRefusal(await mapPriority(db, ref, { ...by, cle: value!.cle, enjeux: ['T99'] }))).toBe(true);
	});
});
