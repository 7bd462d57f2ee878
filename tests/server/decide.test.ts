import { beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import { correctAction, reopenGap, setGapAside, undoCorrections } from '../../src/lib/server/decide';
import { undoGesture } from '../../src/lib/server/confirm-suggestions';
import { decideGaps, sealsOf } from '../../src/lib/server/decide-gaps';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const ref = loadReferentiel();
const ASOF = '2026-11-22';
const DEMO = 'ZZ0000001';
const signed = { territoire: DEMO, par: 'Nadia Perrault', motif: 'Vu en comité technique', le: '2026-11-22' };

describe('les décisions des personnes', () => {
	let db: Db;
	const view = async (day = ASOF) => (await readTerritory(db, ref, DEMO, day))!;
	const gapOf = async (id: string, day = ASOF) => (await view(day)).gaps.find((g) => g.id === id)!;
	const placed = async (id: string) => (await view()).actions.find((p) => p.action.id === id)!;
	const history = () =>
		db.selectFrom('decision').selectAll().where('par', '!=', 'démonstration').orderBy('id').execute();

	beforeEach(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
	}, 60_000);

	it('une lacune écartée reste lisible avec nom, date et motif, puis revient quand on la rouvre', async () => {
		const { id } = (await view()).gaps.find((g) => g.reponse === 'alerte')!;
		expect(await setGapAside(db, ref, { ...signed, lacune: id })).toBeTypeOf('number');
		expect((await gapOf(id)).ecartee).toEqual({
			par: signed.par,
			le: signed.le,
			motif: signed.motif,
			etat: 'ecartee'
		});
		expect(await reopenGap(db, { territoire: DEMO, lacune: id, par: 'Karim Aït', le: '2026-11-23' })).toBeTypeOf(
			'number'
		);
		expect((await gapOf(id)).ecartee).toBeNull();
		expect((await history()).map((d) => [d.par, d.le, d.motif])).toEqual([
			[signed.par, '2026-11-22', signed.motif],
			['Karim Aït', '2026-11-23', null]
		]);
	});

	it('une lacune reportée revient d’elle-même le jour dit', async () => {
		const { id } = (await view()).gaps.find((g) => g.regle === 'G01')!;
		await setGapAside(db, ref, { ...signed, lacune: id, jusque: '2027-03-01' });
		expect((await gapOf(id)).ecartee).toMatchObject({ jusque: '2027-03-01' });
		expect((await gapOf(id, '2027-02-28')).ecartee).not.toBeNull();
		expect((await gapOf(id, '2027-03-01')).ecartee).toBeNull();
	});

	it('écartée, elle le reste quand seule sa gravité baisse avec les jours qui passent', async () => {
		const { gaps } = await view();
		const later = new Map((await view('2027-01-05')).gaps.map((g) => [g.id, g]));
		const eased = gaps.filter((g) => g.gravite === 'haute' && later.get(g.id)?.gravite === 'moyenne');
		expect(eased.length).toBeGreaterThan(0);
		for (const { id } of eased) await setGapAside(db, ref, { ...signed, lacune: id });
		for (const { id } of eased)
			expect(await gapOf(id, '2027-01-05')).toMatchObject({ ecartee: { par: signed.par }, aRevoir: null });
	});

	it('plusieurs lacunes d’une règle se décident d’un geste, chacune garde la sienne, et un seul geste les rouvre', async () => {
		const seals = sealsOf((await view()).gaps, 'G10');
		const lacunes = Object.entries(seals).map(([id, sceau]) => ({ id, sceau }));
		expect(lacunes.length).toBeGreaterThan(3);
		const asked = { ...signed, lacunes, etat: 'reportee', jusque: '2027-03-01' };
		const done = await decideGaps(db, ref, asked);
		expect(done).toEqual({ lot: expect.any(Number), nombre: lacunes.length, laissees: [] });
		const rows = await history();
		expect(rows.map((d) => [d.sujet, d.par, d.motif]).sort()).toEqual(
			lacunes.map(({ id }) => [id, signed.par, signed.motif]).sort()
		);
		const after = (await view()).gaps.filter((g) => seals[g.id]);
		expect(after.every((g) => g.ecartee?.etat === 'reportee' && g.ecartee.jusque === '2027-03-01')).toBe(true);
		const undo = { territoire: DEMO, lot: rows[0]!.lot!, par: 'Karim Aït', le: '2026-11-23' };
		expect(await undoGesture(db, undo)).toBe(lacunes.length);
		expect(sealsOf((await view()).gaps, 'G10')).toEqual(seals);
	});

	it('une lacune qui n’est plus celle qu’on a lue n’est pas décidée avec les autres, et elle est nommée', async () => {
		const { gaps } = await view();
		const [read, changed, taken] = gaps.filter((g) => g.regle === 'G10');
		const lacunes = Object.entries(sealsOf(gaps, 'G10')).map(([id, sceau]) => ({ id, sceau }));
		const only = (...ids: string[]) => lacunes.filter((l) => ids.includes(l.id));
		await setGapAside(db, ref, { ...signed, lacune: taken!.id });
		const done = await decideGaps(db, ref, {
			...signed,
			etat: 'traitee',
			lacunes: [
				...only(read!.id, taken!.id),
				{ id: changed!.id, sceau: 'lu avant le changement' },
				{ id: 'G10:disparue:QNZZZ01F', sceau: '' }
			]
		});
		expect(done).toMatchObject({
			nombre: 1,
			laissees: [
				{ id: taken!.id, pourquoi: 'decidee', dit: taken!.message },
				{ id: changed!.id, pourquoi: 'faits', dit: changed!.message },
				{ pourquoi: 'partie', dit: '«\u00a0Plan de financement absent ou incomplet\u00a0», Les Hauts-Prés' }
			]
		});
		expect((await gapOf(read!.id)).ecartee?.etat).toBe('traitee');
		expect((await gapOf(changed!.id)).ecartee).toBeNull();
		expect(await history()).toHaveLength(2);
		expect(await decideGaps(db, ref, { ...signed, etat: 'traitee', lacunes: [], motif: '' })).toMatchObject({
			refus: 'Aucune lacune n’est cochée.'
		});
		expect(isRefusal(await decideGaps(db, ref, { ...signed, etat: 'reportee', lacunes }))).toBe(true);
		expect(await history()).toHaveLength(2);
	});

	it.each([
		['sans motif', { motif: '  ' }, 'motif'],
		['sans nom', { par: '' }, 'nom'],
		['à une date passée', { jusque: '2026-11-22' }, 'passée'],
		['à une date illisible', { jusque: 'bientôt' }, 'lisible'],
		['hors de la base', { territoire: '000000000' }, 'territoire']
	])('%s, rien n’est décidé', async (_, change, word) => {
		const outcome = await setGapAside(db, ref, { ...signed, lacune: 'G01:x', ...change });
		expect(isRefusal(outcome) && outcome.refus).toContain(word);
		expect(await history()).toHaveLength(0);
	});

	it('une décision l’emporte sur ce que le fichier déclare et sur ce qui est déduit', async () => {
		const declared = (await view()).actions.find((p) => p.reach.some((r) => r.par === 'nom'))!;
		const reach = declared.reach.find((r) => r.par === 'nom')!;
		const inferred = declared.transition[0]?.code;
		const keep = [...declared.transition, ...declared.ville].map((t) => t.code).filter((c) => c !== inferred);
		const asked = {
			...signed,
			action: declared.action.id,
			quartier: reach.quartier,
			niveau: 'aucune',
			enjeux: [...keep, 'T14', 'P14'].filter((c, i, all) => all.indexOf(c) === i),
			nature: 'N4'
		};
		const written = await correctAction(db, ref, asked, ASOF);
		if (isRefusal(written)) throw new Error(written.refus);
		expect(written.nombre).toBeGreaterThanOrEqual(2);
		const after = await placed(declared.action.id);
		expect(after.reach.find((r) => r.quartier === reach.quartier)).toMatchObject({
			niveau: 'aucune',
			par: 'decision',
			preuve: signed.motif
		});
		expect(after.reach.filter((r) => r.quartier !== reach.quartier)).toEqual(
			declared.reach.filter((r) => r.quartier !== reach.quartier)
		);
		expect([...after.transition, ...after.ville].map((t) => t.code).sort()).toEqual([...asked.enjeux].sort());
		expect(after.transition.every((t) => t.par === 'decision')).toBe(true);
		expect(after.nature?.code).toBe('N4');
		expect((await history()).every((d) => d.par === signed.par && d.motif === signed.motif)).toBe(true);
	});

	it('seul ce qui change est décidé, et on peut revenir au fichier sans rien effacer', async () => {
		const before = (await view()).actions.find((p) => p.nature !== null)!;
		const same = {
			...signed,
			action: before.action.id,
			quartier: before.reach[0]!.quartier,
			niveau: before.reach[0]!.niveau as string,
			enjeux: [...before.transition, ...before.ville].map((t) => t.code),
			nature: before.nature!.code as string
		};
		expect(isRefusal(await correctAction(db, ref, same, ASOF))).toBe(true);
		expect(await correctAction(db, ref, { ...same, nature: '' }, ASOF)).toMatchObject({ nombre: 1 });
		expect((await placed(same.action)).nature).toBeNull();
		expect(await undoCorrections(db, { ...same, le: '2026-11-24' })).toBe(1);
		expect(await placed(same.action)).toEqual(before);
		expect(await history()).toMatchObject([{ annulee_le: '2026-11-24', par: signed.par }]);
	});

	it.each([
		['une atteinte inconnue du barème', { niveau: 'partout' }],
		['un quartier d’ailleurs', { quartier: 'QN05962M' }],
		['un enjeu hors du référentiel', { enjeux: ['T99'] }],
		['une nature hors du référentiel', { nature: 'N9' }],
		['une action qui n’existe pas', { action: 'A1-rien' }]
	])('%s est refusé d’une phrase', async (_, change) => {
		const { action, reach } = (await view()).actions[0]!;
		const asked = {
			...signed,
			action: action.id,
			quartier: reach[0]!.quartier,
			niveau: 'cible',
			enjeux: [],
			nature: 'N1',
			...change
		};
		expect(isRefusal(await correctAction(db, ref, asked, ASOF))).toBe(true);
		expect(await history()).toHaveLength(0);
	});
});
