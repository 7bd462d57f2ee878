import { beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { byAction } from '../../src/lib/domain/pages/by-action';
import { placeFactDefs, placeFactsAt, placeFactsOf } from '../../src/lib/domain/funding/place-facts';
import { placesAsked } from '../../src/lib/domain/pages/once-for-all';
import type { Quartier, Territory } from '../../src/lib/domain/territory';
import { undoGesture } from '../../src/lib/server/confirm-suggestions';
import { open, type Db } from '../../src/lib/server/db/client';
import { readDecisionHistory } from '../../src/lib/server/decision-history';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { answerPlaceFact } from '../../src/lib/server/funding/answer-place-facts';
import { readFunding } from '../../src/lib/server/funding/read-funding';
import { readRequests } from '../../src/lib/server/funding/read-requests';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';

const ref = loadReferentiel();
const LE = '2026-11-27';
const DEMO = 'ZZ0000001';
const NADIA = { territoire: DEMO, par: 'Nadia Perrault', le: LE, source: '', lieux: [] as string[], quartier: null };
const plain = (text: string) => text.replace(/\s/g, ' ');

describe('Une question de commune ou de quartier se répond une fois', { timeout: 60_000 }, () => {
	let db: Db;
	const requests = async (quartier: string | null = null, le = LE) =>
		(await readRequests(db, ref, DEMO, { dispositif: null, annee: null, quartier }, le))!.page;
	/** Actions whose lines ask it. */
	const asking = async (fait: string, quartier: string | null = null, le = LE) => {
		const page = await requests(quartier, le);
		const lines = [...page.actions, ...page.aFlecher].filter((l) => l.manque.some((m) => m.cle === fait && m.bloquant));
		return byAction(lines).length;
	};
	const answer = async (fait: string, reponse: string, said: Partial<typeof NADIA> | { quartier: string } = {}) => {
		const id = await answerPlaceFact(db, ref, { ...NADIA, ...said, fait, reponse } as typeof NADIA & {
			fait: string;
			reponse: string;
		});
		if (isRefusal(id)) throw new Error(id.refus);
		return id;
	};
	beforeEach(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
	}, 60_000);

	it('la page dit chaque question une fois, avec le nombre d’actions qui l’attendent ; répondue, plus aucune ligne ne la redemande', async () => {
		const first = await requests();
		const { uneFois } = first;
		expect(uneFois.cles).toContain('commune_erbm');
		expect(uneFois.cles).toContain('quartier_resilient');
		for (const { fait, pour } of uneFois.questions) {
			const [, n] = /^demandé par (\d+) actions?$/.exec(plain(pour))!;
			const own = first.actions.filter((l) => l.manque.some((m) => m.cle === fait && m.bloquant));
			// A line tells but its nearest measure: others of its stream may ask it too.
			expect(Number(n)).toBeGreaterThanOrEqual(byAction(own).length);
		}
		for (const { fait } of uneFois.questions) await answer(fait, 'non');
		const after = await requests();
		expect(after.uneFois.questions).toEqual([]);
		const still = [...after.actions, ...after.aFlecher].flatMap((l) => l.manque.map((m) => m.cle));
		for (const cle of uneFois.cles) expect(still).not.toContain(cle);
		expect(after.uneFois.reponses).toHaveLength(uneFois.questions.length);
	});

	it('dit qui a répondu, quand et d’après quoi ; annulée, la question revient', async () => {
		const before = await asking('quartier_resilient');
		const lot = await answer('quartier_resilient', 'oui', { source: 'liste de l’ANRU' });
		const [said] = (await requests()).uneFois.reponses;
		expect(plain(said!.dit)).toMatch(
			/oui pour \d+ quartiers, répondu par Nadia Perrault le 27\/11\/2026, d’après « liste de l’ANRU »\.$/i
		);
		const { gestes } = (await readDecisionHistory(db, ref, DEMO, 1))!;
		expect(plain(gestes[0]!.lignes[0]!)).toMatch(/^Quartier lauréat de Quartiers résilients : oui pour \d+ quartiers$/);
		expect(await undoGesture(db, { territoire: DEMO, lot, par: 'Nadia Perrault', le: LE })).toBe(1);
		expect(await asking('quartier_resilient')).toBe(before);
	});

	it('oui pour un seul quartier : la demande n’est ouverte que là, et la ligne le dit', async () => {
		const { quartiers } = await requests();
		const [one, other] = quartiers;
		await answer('quartier_resilient', 'choisis', { lieux: [one!.code] });
		const page = await requests();
		const resilient = (ls: typeof page.actions) => ls.filter((l) => l.mesures.includes('anru.quartiers-resilients'));
		const wide = resilient(page.actions).filter((l) => l.pretDit !== null);
		expect(wide.length).toBeGreaterThan(0);
		expect(wide.some((l) => plain(l.pretDit!).includes(`s’en tenir à « ${one!.nom} »`))).toBe(true);
		expect(resilient((await requests(other!.code)).aFlecher)).toEqual([]);
		const here = resilient((await requests(one!.code)).aFlecher);
		expect(here.length).toBeGreaterThan(0);
		for (const line of here) expect(line.manque.map((m) => m.cle)).not.toContain('quartier_resilient');
	});

	it('sur un quartier choisi, ne répond que pour lui', async () => {
		const [one, other] = (await requests()).quartiers;
		await answer('quartier_npnru', 'non', { quartier: one!.code });
		expect(await asking('quartier_npnru', one!.code)).toBe(0);
		const { dits } = { dits: (await requests(other!.code)).uneFois.reponses };
		expect(plain(dits[0]!.dit)).toContain(`Non pour « ${one!.nom} »`);
	});

	it('une réponse « cette année » ne vaut plus l’année d’après', async () => {
		const annual = [...placeFactDefs(ref.financements).values()].filter((d) => d.annuel).map((d) => d.fait);
		expect(annual).toContain('liste_dpv');
		await answer('liste_dpv', 'non');
		expect(await asking('liste_dpv')).toBe(0);
		expect((await requests(null, '2027-01-05')).uneFois.reponses).toEqual([]);
	});

	it('la réponse donnée sur une action passe avant celle du lieu, et la page de l’action dit d’où vient celle du lieu', async () => {
		const page = await requests();
		const { action } = page.actions.find((l) => l.manque.some((m) => m.cle === 'commune_erbm'))!;
		await answer('commune_erbm', 'oui');
		const { page: financer } = (await readFunding(db, ref, DEMO, action, LE))!;
		const line = financer.mesures.flatMap((m) => m.criteres).find((c) => c.champ === 'commune_erbm')!;
		expect(line.trouve).toBe('oui');
		expect(plain(line.provenance!)).toContain('répondu par Nadia Perrault le 27/11/2026');
	});

	it('refuse une réponse sans nom, sans lieu coché, ou à une question que rien ne pose', async () => {
		const refused = async (said: object) =>
			isRefusal(await answerPlaceFact(db, ref, { ...NADIA, fait: 'commune_erbm', reponse: 'oui', ...said }));
		expect(await refused({})).toBe(false);
		expect(await refused({ par: ' ' })).toBe(true);
		expect(await refused({ reponse: 'choisis' })).toBe(true);
		expect(await refused({ reponse: '' })).toBe(true);
		expect(await refused({ fait: 'inconnu' })).toBe(true);
		expect(await refused({ fait: 'quartier_npnru', quartier: 'QN99999X' })).toBe(true);
	});
});

describe('Un quartier à cheval sur une commune d’à côté', () => {
	it('est répondu avec elle : sans quoi ce qui s’y fait resterait sans réponse', () => {
		const commune = (code: string) => ({ code, nom: code }) as unknown as Territory['communes'][number];
		const territory = { code: 'ZZ0000001', nom: 'Pays', communes: [commune('ZZ001')] } as unknown as Territory;
		const quartiers = [
			{ code: 'QNZZZ01F', nom: 'Gare', communes: [commune('ZZ001'), commune('ZZ900')] }
		] as unknown as Quartier[];
		const asked = (quartier: string | null) =>
			placesAsked({ portee: 'commune' }, territory, quartiers, quartier).map((p) => p.code);
		expect(asked(null)).toEqual(['ZZ001', 'ZZ900']);
		expect(asked('QNZZZ01F')).toEqual(['ZZ001', 'ZZ900']);
		const reponses = Object.fromEntries(asked(null).map((code) => [code, false]));
		const said = {
			...{ id: 1, territoire: territory.code, quartier: null, motif: null, par: 'Nadia Perrault', le: LE },
			...{ sujet: { genre: 'fait-lieu' as const, id: 'commune_erbm' }, valeur: { reponses } }
		};
		const lieux = placeFactsOf([said], { territory, quartiers }, ref, '2026')!;
		for (const atteinte of [{ QNZZZ01F: 'cible' }, { QNZZZ01F: 'diffuse' }] as const) {
			const placed = { ...aPlaced({ action: { communes: [], porteur: null }, atteinte }), lieux };
			expect(placeFactsAt(placed, null)).toEqual({ commune_erbm: false });
			expect(placeFactsAt(placed, 'QNZZZ01F')).toEqual({ commune_erbm: false });
		}
	});
});

describe('Une ligne d’une liste d’aides', () => {
	it('n’est pas pour autant inscrite au contrat de ville : les crédits du contrat le demandent', async () => {
		const { situationOf } = await import('../../src/lib/domain/rules/eligibility');
		const { filed } = await import('../../src/lib/domain/crossing/grant-list');
		const one = aPlaced({ action: { plan: 'contrat-de-ville' } });
		expect(situationOf(filed(one, undefined, {}), null).plan).toBe('contrat-de-ville');
		expect(situationOf(filed({ ...one }, 'Subventions DPV', {}), null).plan).toBeUndefined();
	});
});
