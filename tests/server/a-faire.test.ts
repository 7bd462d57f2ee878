import { byUrgency } from '../../src/lib/domain/crossing/urgency';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { countsOf, nextDue } from '../../src/lib/domain/pages/inbox';
import {
	firstDoors,
	homeListTitle,
	homeOrderWords,
	inHomeOrder,
	otherDoors,
	stillReads,
	unrankedWords,
	worstOf,
	type Urgency
} from '../../src/lib/domain/pages/home-page';
import { effectsIn } from '../../src/lib/domain/pages/inbox-effect';
import {
	inOrderWords,
	inboxTitle,
	leftWords,
	movingOf,
	QUEUES,
	queueSense,
	totalOf,
	type InboxCounts
} from '../../src/lib/domain/pages/inbox-words';
import { inboxPage } from '../../src/lib/domain/pages/inbox-page';
import { overlapPage } from '../../src/lib/domain/pages/overlap-page';
import { territoryPage } from '../../src/lib/domain/pages/page-model';
import { countSignatures } from '../../src/lib/domain/crossing/signature-words';
import { decideSuggestions, readSuggestions, undoGesture } from '../../src/lib/server/confirm-suggestions';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { doorsCounted, readCounts, readInbox } from '../../src/lib/server/inbox';
import { readNearOverlaps, readOverlaps, settleOverlap } from '../../src/lib/server/overlaps';
import { territoryQueue } from '../../src/lib/server/plans/answer-places';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { tuneRule } from '../../src/lib/server/tune-rules';
import { signCrossing } from '../../src/lib/server/sign-crossings';
import { groupsToDecide } from '../../src/lib/ui/gap-group-words';
import { aPlaced } from '../fixtures/build';

const ref = loadReferentiel();
const ASOF = '2026-11-22';
const DEMO = 'ZZ0000001';

describe('à faire', () => {
	let db: Db;
	const counts = async () => countsOf((await readInbox(db, ref, DEMO, ASOF))!.waiting);
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
	});

	it('chaque file compte comme la page qui la traite', async () => {
		const { crossed, waiting } = (await readInbox(db, ref, DEMO, ASOF))!;
		const page = territoryPage(crossed.view, ref);
		const signed = countSignatures(crossed.view.signatures, page.croises.length * page.quartiers.length);
		expect(countsOf(waiting)).toEqual({
			rattacher: (await territoryQueue(db, ref, DEMO, ASOF))!.questions.length,
			confirmer: (await readSuggestions(db, ref, DEMO, ASOF))!.suggestions.length,
			completer: page.lacunes.filter((g) => g.reponse === 'donnee-manquante').length,
			arbitrer: overlapPage((await readOverlaps(db, ref, DEMO, ASOF))!).comptes['a-trancher'],
			sansEffet: waiting.sansEffet,
			signer: signed.total - signed.signees
		});
		for (const n of Object.values(countsOf(waiting))) expect(n).toBeGreaterThan(0);
	});

	it('une règle dont les alertes attendent dans plusieurs quartiers se décide en un geste, avec toutes ses lacunes', async () => {
		const { crossed, waiting, decisions } = (await readInbox(db, ref, DEMO, ASOF))!;
		const { ensemble } = inboxPage(crossed, waiting, decisions, { file: null, role: null });
		const page = territoryPage(crossed.view, ref);
		const names = { regles: page.regles, enjeux: page.enjeux, quartiers: new Map() };
		expect(ensemble.regles).toHaveLength(3);
		for (const { regle, lacunes, quartiers, choisies } of ensemble.regles) {
			expect(quartiers).toBeGreaterThan(1);
			const groups = page.lacunes.filter((g) => g.regle === regle);
			const ticked = groupsToDecide(groups, names, choisies, () => '').filter((g) => g.coche);
			expect(ticked.flatMap((g) => g.lignes)).toHaveLength(lacunes);
		}
	});

	it('les propositions dont une case attendue dépend viennent d’abord, celles sans effet en dernier', async () => {
		const { crossed, waiting } = (await readInbox(db, ref, DEMO, ASOF))!;
		const effectOf = effectsIn(crossed.view, ref);
		const effects = waiting.confirmer.map(effectOf);
		expect(effects[0]!.seules).toBeGreaterThan(0);
		expect(effects.map((e) => e.seules)).toEqual(effects.map((e) => e.seules).sort((a, b) => b - a));
		expect(effects.filter((e) => e.cases === 0)).toHaveLength(waiting.sansEffet);
		expect(effects.slice(waiting.confirmer.length - waiting.sansEffet).every((e) => e.cases === 0)).toBe(true);
		// A proposal refused takes its action out of the cells it was said to hold.
		const held = waiting.confirmer.find((s) => effectOf(s).seules > 0 && s.genre !== 'nature')!;
		const empty = (view: typeof crossed.view) => view.croises.cells.flat().filter((c) => c.actions.length === 0).length;
		const signed = { territoire: DEMO, par: 'Nadia Perrault', motif: 'Erreur de lecture', le: ASOF };
		const done = await decideSuggestions(db, ref, { ...signed, gestes: [{ id: held.id, geste: 'refuser' }] }, ASOF);
		if (isRefusal(done)) throw new Error(done.refus);
		const after = (await crossedTerritory(db, ref, DEMO, ASOF))!;
		expect(empty(after.view) - empty(crossed.view)).toBeGreaterThanOrEqual(effectOf(held).seules);
		await undoGesture(db, { ...signed, lot: done.lot });
	});

	it('une proposition confirmée quitte sa file, et y revient quand le geste est annulé', async () => {
		const before = await counts();
		const [first] = (await readInbox(db, ref, DEMO, ASOF))!.waiting.confirmer;
		const signed = { territoire: DEMO, par: 'Nadia Perrault', motif: '', le: ASOF };
		const done = await decideSuggestions(db, ref, { ...signed, gestes: [{ id: first!.id, geste: 'confirmer' }] }, ASOF);
		if (isRefusal(done)) throw new Error(done.refus);
		expect(await counts()).toMatchObject({ confirmer: before.confirmer - 1, rattacher: before.rattacher });
		await undoGesture(db, { ...signed, lot: done.lot });
		expect(await counts()).toEqual(before);
	});

	it('une paire tranchée et un croisement signé des deux côtés n’attendent plus', async () => {
		const before = await counts();
		const { waiting } = (await readInbox(db, ref, DEMO, ASOF))!;
		const signed = { territoire: DEMO, par: 'Nadia Perrault', motif: '', le: ASOF };
		await settleOverlap(db, ref, { ...signed, paire: waiting.arbitrer[0]!.id, verdict: 'distinctes' });
		const { quartier, croise } = waiting.signer[0]!;
		await signCrossing(db, ref, { ...signed, quartier, croise, role: 'ville' }, ASOF);
		const half = (await readInbox(db, ref, DEMO, ASOF))!.waiting.signer[0];
		expect(half).toEqual({ quartier, croise, etat: 'a-moitie' });
		await signCrossing(db, ref, { ...signed, quartier, croise, role: 'transition' }, ASOF);
		expect(await counts()).toMatchObject({ arbitrer: before.arbitrer - 1, signer: before.signer - 1 });
	});

	it('n’envoie que les lignes de la file ouverte, et d’abord celles du référent qui signe', async () => {
		const { crossed, waiting, decisions } = (await readInbox(db, ref, DEMO, ASOF))!;
		const page = inboxPage(crossed, waiting, decisions, { file: 'completer', role: null });
		expect(page.completer.length).toBeGreaterThan(0);
		expect([page.rattacher, page.confirmer, page.arbitrer, page.signer].flat()).toEqual([]);
		const { quartier, croise } = waiting.signer[0]!;
		const signed = { territoire: DEMO, par: 'Nadia Perrault', motif: '', le: ASOF };
		await signCrossing(db, ref, { ...signed, quartier, croise, role: 'ville' }, ASOF);
		const again = (await readInbox(db, ref, DEMO, ASOF))!;
		const forVille = inboxPage(again.crossed, again.waiting, again.decisions, { file: 'signer', role: 'ville' });
		expect(forVille.signer.every((x) => x.manque.includes('ville'))).toBe(true);
	});

	it('une file longue se lit page après page : chaque ligne une fois, autant que son compte', async () => {
		const { crossed, waiting, decisions } = (await readInbox(db, ref, DEMO, ASOF))!;
		for (const file of QUEUES) {
			const seen: string[] = [];
			let depuis: number | null = 0;
			while (depuis !== null) {
				const page = inboxPage(crossed, waiting, decisions, { file, role: null, depuis });
				seen.push(...page[file].map((line) => ('id' in line ? line.id : `${line.texte}|${line.titre}`)));
				depuis = page.suite.apres;
			}
			expect(seen).toHaveLength(countsOf(waiting)[file]);
			expect(new Set(seen).size).toBe(seen.length);
		}
		const beyond = inboxPage(crossed, waiting, decisions, { file: 'signer', role: null, depuis: 1e6 });
		expect(beyond.signer.length).toBeGreaterThan(0);
		expect(beyond.suite.apres).toBeNull();
	});

	it('l’accueil compte comme la page, et ne compte pas un territoire qu’on n’a pas le temps de lire', async () => {
		const found = await readCounts(db, ref, [DEMO], ASOF, { ms: 0 });
		expect(found.get(DEMO)).toEqual(await counts());
		const { view } = (await crossedTerritory(db, ref, DEMO, ASOF))!;
		const { portes: doors, titre } = doorsCounted(db, [DEMO]).get(DEMO)!;
		expect(titre).toBe(view.titre);
		const listed = [...view.quartiers].sort(byUrgency);
		expect(doors.map((q) => q.code)).toEqual(listed.map((q) => q.quartier.code));
		expect(firstDoors(doors)).toEqual(doors.slice(0, 3));
		// What is named at once has something critical or high; the fold has all of them.
		const calm = doors.map((q, i) => ({ ...q, urgent: i === 4 }));
		expect(firstDoors(calm)).toEqual([calm[4]]);
		expect(otherDoors(calm)).toHaveLength(calm.length - 1);
		for (const { code, urgent } of doors) {
			const { gaps } = view.quartiers.find((q) => q.quartier.code === code)!;
			expect(urgent).toBe(gaps.critique + gaps.haute > 0);
		}
		const other = await open(':memory:');
		await loadDemonstration(other, ref, ASOF);
		expect((await readCounts(other, ref, [DEMO], ASOF, { ms: 0 })).size).toBe(0);
		expect(totalOf((await readCounts(other, ref, [DEMO], ASOF, { ms: 5_000 })).get(DEMO)!)).toBeGreaterThan(0);
	});
});

describe('la phrase qui ouvre « À faire »', () => {
	const none: InboxCounts = { rattacher: 0, confirmer: 0, sansEffet: 0, completer: 0, arbitrer: 0, signer: 0 };

	it('dit combien attend, et met à part ce qui ne change aucune réponse', () => {
		expect(inboxTitle({ ...none, confirmer: 23, signer: 6 }, null)).toBe(
			'23\u00a0points attendent\u202f; à part, 6\u00a0croisements à signer'
		);
		const quiet = { ...none, confirmer: 23, sansEffet: 9, completer: 2, signer: 6 };
		expect(movingOf(quiet)).toBe(16);
		expect(inboxTitle(quiet, null)).toBe(
			'16\u00a0points attendent\u202f; à part, 9\u00a0propositions hors des croisements attendus et 6\u00a0croisements à signer'
		);
		// Once a gesture is kept, what is left is counted as the title counts it.
		expect(leftWords({ ...quiet, confirmer: 22 })).toBe(
			'Il reste 15\u00a0points\u202f; à part, 9\u00a0propositions hors des croisements attendus et 6\u00a0croisements à signer'
		);
		expect(leftWords({ ...none, signer: 1 })).toBe('Il reste 1\u00a0croisement à signer');
		expect(leftWords(none)).toBe('Plus rien n’attend');
		// The queue says what the sentence leaves apart: the figures in sight add up.
		expect(queueSense('confirmer', quiet)).toBe('propositions, 14 plus 9 hors des croisements attendus');
		expect(inboxTitle({ ...none, signer: 1 }, null)).toBe('1\u00a0croisement à signer');
		expect(inOrderWords({ ...none, confirmer: 23, completer: 2, signer: 6 })).toBe(
			'Prenez les files dans l’ordre\u00a0: à confirmer, à compléter puis à signer. '
		);
		expect(inOrderWords({ ...none, signer: 6 })).toBe('');
	});

	const worst = (haute: number, aucune = 0): Urgency => ({
		gaps: { critique: 0, haute, moyenne: 0, information: 0, opportunite: 0 },
		population: null,
		couvertures: {
			...{ structurante: 0, 'de-service': 0, diffuse: 0 },
			'sensibilisation-seule': 0,
			aucune,
			'saisie-incomplete': 0
		}
	});

	it('l’accueil commence par le territoire dont un quartier est le plus urgent ; ceux qui n’en classent aucun suivent', () => {
		const territories = [
			{ code: 'démonstration', fictif: true, quartiers: 40, plans: 4 },
			{ code: 'petit', fictif: false, quartiers: 2, plans: 6 },
			{ code: 'grand', fictif: false, quartiers: 15, plans: 1 },
			{ code: 'moyen', fictif: false, quartiers: 4, plans: 1 }
		];
		const known = new Map([
			['petit', worst(3, 2)],
			['moyen', worst(3, 5)],
			['démonstration', worst(9)]
		]);
		const order = inHomeOrder(territories, known).map((t) => t.code);
		expect(order).toEqual(['moyen', 'petit', 'grand', 'démonstration']);
		expect(homeOrderWords(territories, known)).toBe(
			'D’abord le territoire dont un quartier a les lacunes les plus graves\u202f; le territoire fictif, en dernier.'
		);
		expect(homeOrderWords(territories.slice(1), new Map())).toBe(
			'Rien n’y est encore évalué\u00a0: d’abord ceux qui ont le plus de quartiers.'
		);
		expect(homeOrderWords(territories.slice(0, 2), known)).toBe('Le territoire fictif, en dernier.');
		expect(homeOrderWords(territories.slice(1, 2), known)).toBeNull();
	});

	it('l’accueil ne dit « urgents » que si un quartier l’est dans un territoire à soi', () => {
		const [demo, mine, rural] = [
			{ code: 'démonstration', fictif: true, quartiers: 7, plans: 4 },
			{ code: 'mien', fictif: false, quartiers: 15, plans: 1 },
			{ code: 'rural', fictif: false, quartiers: 0, plans: 1 }
		] as const;
		const urgent = [{ code: 'q', nom: 'Q', urgent: true }];
		const said = (all: Parameters<typeof homeListTitle>[0], ...named: string[]) =>
			homeListTitle(all, new Map(named.map((code) => [code, urgent])));
		expect(said([mine, demo], 'mien')).toBe('Territoires et leurs quartiers urgents');
		expect(said([mine, rural])).toBe('Territoires et leurs quartiers');
		expect(said([mine, demo], 'démonstration')).toBe('Territoires et leurs quartiers');
		expect(said([rural])).toBe('Les territoires');
		expect(said([])).toBe('Les territoires');
		expect(said([demo], 'démonstration')).toBe('Pour essayer\u00a0: un territoire fictif');
	});

	it('les quartiers qui ne sont pas nommés d’abord se rangent par nom, à la française', () => {
		const door = (nom: string, urgent = false) => ({ code: nom, nom, urgent });
		const doors = ['Vermandois', 'Europe', 'Étouvie', 'Cité 11', 'Cité 5', 'Zola'].map((nom) => door(nom));
		expect(otherDoors([door('Le Pire', true), ...doors]).map((d) => d.nom)).toEqual([
			...['Cité 5', 'Cité 11', 'Étouvie', 'Europe', 'Vermandois', 'Zola']
		]);
	});

	it('un territoire sans quartier urgent ne se classe pas, et dit pourquoi', () => {
		expect(worstOf([worst(0, 4)])).toBeNull();
		expect(worstOf([worst(1), worst(4)])).toEqual(worst(4));
		const calm = [{ code: 'q', nom: 'Q', urgent: false }];
		expect(unrankedWords({ plans: 1 }, calm)).toMatch(/^Quartiers non classés.*un seul plan lu/);
		expect(unrankedWords({ plans: 2 }, calm)).toBe('Aucun quartier n’a de lacune critique ni haute.');
		expect(unrankedWords({ plans: 1 }, [{ ...calm[0]!, urgent: true }])).toBeNull();
		expect(unrankedWords({ plans: 1 }, [])).toBeNull();
	});

	it('une carte sans quartier le dit en mots, jamais par un zéro, et dit ce qui se lit quand même', () => {
		const bare = { code: 'sans', fictif: false, quartiers: 0, plans: 1 };
		expect(stillReads(bare)).toMatch(/^Aucun quartier prioritaire chargé.*se lisent/);
		expect(stillReads({ ...bare, quartiers: 2 })).toBeNull();
	});

	it('quand rien n’attend, annonce la prochaine échéance des plans, jamais une date passée', () => {
		const placed = (titre: string, fin: string, statut: 'en-cours' | 'abandonne' = 'en-cours') =>
			aPlaced({ action: { titre, statut, dates: { debut: '2020-01-01', fin, texte: null } } });
		const actions = [
			placed('Passée', '2026-01-01'),
			placed('Plus tard', '2028-01-01'),
			placed('Proche', '2026-12-31'),
			placed('Abandonnée', '2026-12-01', 'abandonne')
		];
		const next = nextDue({ gaps: [], asOf: ASOF, actions });
		expect(inboxTitle(none, next)).toBe('Rien n’attend. Prochaine échéance : 31/12/2026, fin de «\u00a0Proche\u00a0»');
		expect(inboxTitle(none, null)).toBe('Rien n’attend, et aucune échéance n’est inscrite');
	});
});

describe('quand aucune paire de deux genres de plans n’atteint le seuil', () => {
	it('les plus proches se lisent, sous le seuil du territoire, sans être proposées', async () => {
		const db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
		const read = async () => {
			// One line entered in two plans is told whatever the threshold.
			const pairs = (await readOverlaps(db, ref, DEMO, ASOF))!.filter((p) => p.genre !== 'doublon');
			return { pairs, near: await readNearOverlaps(db, ref, DEMO, ASOF, pairs) };
		};
		const before = await read();
		expect(before.pairs.some((p) => p.cotes[0].plan !== p.cotes[1].plan)).toBe(true);
		expect(before.near).toEqual({ seuil: 0.6, paires: [] });

		// Just above the best of them.
		const best = Math.max(...before.pairs.filter((p) => p.genre === 'recoupement').map((p) => p.score));
		const seuil = Math.min(99, Math.ceil(best * 100) + 1);
		const asked = { territoire: DEMO, motif: 'essai', par: 'Nadia', le: ASOF };
		const strict = { ...asked, parametre: 'G09.seuil', valeur: `${seuil} %` };
		expect(isRefusal(await tuneRule(db, ref, strict))).toBe(false);
		const { pairs, near } = await read();
		expect(near.seuil).toBeCloseTo(seuil / 100);
		expect(near.paires.length).toBeGreaterThan(0);
		for (const { id, score, cotes } of near.paires) {
			expect(score).toBeLessThan(near.seuil);
			expect(score).toBeGreaterThanOrEqual(near.seuil - 0.2);
			expect(cotes[0].plan).not.toBe(cotes[1].plan);
			expect(pairs.map((p) => p.id)).not.toContain(id);
		}
	});
});
