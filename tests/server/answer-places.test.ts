import { beforeEach, describe, expect, test } from 'vitest';
import { isRefusal, type Refusal } from '../../src/lib/domain/issue';
import { parsePlaceForm } from '../../src/lib/domain/pages/place-questions';
import type { PlaceAnswer } from '../../src/lib/domain/places/place-answers';
import { open, type Db } from '../../src/lib/server/db/client';
import * as imports from '../../src/lib/server/db/imports';
import { saveQuartiers, saveTerritory } from '../../src/lib/server/db/territories';
import { answerPlaces, placesOf, territoryQueue, withdrawAnswer } from '../../src/lib/server/plans/answer-places';
import { commitImport, importDirect, restageImport, stageImport } from '../../src/lib/server/plans/import-document';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aQuartier, aTerritory, AUBRELLE, VERMOY } from '../fixtures/build';

const ref = loadReferentiel();
const CODE = 'ZZ0000001';
const TODAY = '2026-11-25';
const by = { par: 'Marie Durand', le: TODAY };
const PINS = 'QNZZZ01Z';
const CENTRE_A = 'QNZZZ02Z';
const CENTRE_V = 'QNZZZ03Z';

const csv = (...rows: string[]): Uint8Array =>
	new TextEncoder().encode(['Titre;Quartiers concernés;Commune;Pilote', ...rows].join('\n'));
const sure = <T>(done: T | Refusal): T => {
	if (isRefusal(done)) throw new Error(done.refus);
	return done;
};

let db: Db;
beforeEach(async () => {
	db = await open(':memory:');
	await saveTerritory(db, aTerritory());
	const quartiers = [
		aQuartier({ code: PINS, nom: 'Les Pins', communes: [AUBRELLE] }),
		aQuartier({ code: CENTRE_A, nom: 'Centre Ville', communes: [AUBRELLE] }),
		aQuartier({ code: CENTRE_V, nom: 'Centre Ville', communes: [VERMOY] })
	];
	await saveQuartiers(db, quartiers, { source: 'essai', le: TODAY });
});

const request = (bytes: Uint8Array, fichier = 'plan.csv') => ({
	bytes,
	fichier,
	territoire: CODE,
	plan: 'contrat-de-ville' as const,
	...by
});
const importer = async (bytes: Uint8Array, fichier?: string) =>
	sure(await importDirect(db, ref, request(bytes, fichier)));
const answer = async (...answers: PlaceAnswer[]) => sure(await answerPlaces(db, { territoire: CODE, ...by }, answers));
const about = (texte: string, titre: string | null = null) => ({ texte, titre });
const reachOf = async (titre: string, quartier: string) => {
	const crossed = (await crossedTerritory(db, ref, CODE, TODAY))!;
	return crossed.placed.find((p) => p.action.titre === titre)?.reach.find((r) => r.quartier === quartier);
};
const FIRST = csv('Ouvrir un jardin;Cité Dorval;;', 'Isoler la tour;Cité Dorval;;');

describe('un lieu à rattacher', () => {
	test('est demandé, la réponse devient un alias, et le fichier suivant n’est plus une question', async () => {
		const first = await importer(FIRST);
		expect(first.quartiersNonReconnus).toMatchObject([
			{ texte: 'Cité Dorval', raison: 'inconnu', lignes: [2, 3], actions: [{ titre: 'Ouvrir un jardin' }, {}] }
		]);
		await answer({ ...about('Cité Dorval'), reponse: 'quartiers', quartiers: [PINS] });
		expect(await reachOf('Ouvrir un jardin', PINS)).toMatchObject({
			niveau: 'explicite',
			par: 'alias',
			preuve: 'Cité Dorval (rattaché par Marie Durand le 25/11/2026)'
		});
		const next = await importer(
			csv('Planter des haies;cité  DORVAL;;', 'Peindre;Cité Dorval bâtiment B;;'),
			'suite.csv'
		);
		expect(next.quartiersNonReconnus).toEqual([]);
		expect(await reachOf('Planter des haies', PINS)).toMatchObject({ niveau: 'explicite', par: 'alias' });
	});

	test('une commune inconnue aussi est demandée : une commune, hors du territoire ou tout le territoire', async () => {
		const rows = csv('Un;;Vermay;', 'Deux;;Vermay;', 'Trois;;Le Bourget-Vieux;', 'Quatre;;Pays d’en haut;;');
		const { id, rapport } = sure(await stageImport(db, ref, request(rows)));
		expect(rapport.communesNonReconnues).toMatchObject([
			{ texte: 'Vermay', proches: [{ code: VERMOY.code }], actions: [{ titre: 'Un', ligne: 2 }, { titre: 'Deux' }] },
			{ texte: 'Le Bourget-Vieux', proches: [] }
		]);
		expect(rapport.anomalies.filter((a) => a.code === 'commune-inconnue').map((a) => a.cellule)).toEqual([
			'C2',
			'C3',
			'C4'
		]);
		await answer(
			{ ...about('Vermay'), reponse: 'commune', commune: VERMOY.code },
			{ ...about('Le Bourget-Vieux'), reponse: 'hors-territoire' }
		);
		sure(await restageImport(db, ref, id, {}));
		expect((await imports.get(db, id))!.rapport.communesNonReconnues).toEqual([]);
		sure(await commitImport(db, ref, id, by));
		expect(await reachOf('Un', CENTRE_V)).toMatchObject({
			niveau: 'probable',
			par: 'commune',
			preuve: 'Vermay (rattaché par Marie Durand le 25/11/2026)'
		});
		expect((await reachOf('Un', PINS))?.niveau).toBe('aucune');
		expect((await reachOf('Trois', PINS))?.niveau).toBe('aucune');
		expect((await placesOf(db, CODE)).reponses.map((r) => r.lieu)).toEqual(['hors du territoire', 'commune de Vermoy']);
		const [given] = (await placesOf(db, CODE)).reponses;
		await withdrawAnswer(db, { territoire: CODE, id: given!.id, le: TODAY });
		const { questions } = (await territoryQueue(db, ref, CODE, TODAY))!;
		expect(questions).toMatchObject([{ texte: 'Le Bourget-Vieux', raison: 'commune', actions: [{ titre: 'Trois' }] }]);
		await answer({ ...about('Le Bourget-Vieux'), reponse: 'territoire' });
		expect((await reachOf('Trois', PINS))?.niveau).toBe('diffuse');
		expect((await territoryQueue(db, ref, CODE, TODAY))!.questions).toEqual([]);
	});

	test('pendant un import préparé, la liste raccourcit dès que l’on relit', async () => {
		const { id, rapport } = sure(await stageImport(db, ref, request(FIRST)));
		expect(rapport.quartiersNonReconnus).toHaveLength(1);
		await answer({ ...about('Cité Dorval'), reponse: 'quartiers', quartiers: [PINS] });
		sure(await restageImport(db, ref, id, {}));
		expect((await imports.get(db, id))!.rapport.quartiersNonReconnus).toEqual([]);
		sure(await commitImport(db, ref, id, by));
	});

	test('peut désigner plusieurs quartiers, une commune, tout le territoire, ou aucun quartier', async () => {
		await importer(
			csv('Deux;Les deux cités;;', 'Bourg;Le vieux bourg;;', 'Grand;Bassin de vie;;', 'Dehors;Salle Rameau;;')
		);
		await answer(
			{ ...about('Les deux cités'), reponse: 'quartiers', quartiers: [PINS, CENTRE_V] },
			{ ...about('Le vieux bourg'), reponse: 'commune', commune: VERMOY.code },
			{ ...about('Bassin de vie'), reponse: 'territoire' },
			{ ...about('Salle Rameau'), reponse: 'hors-quartier' }
		);
		expect((await reachOf('Deux', PINS))?.niveau).toBe('explicite');
		expect((await reachOf('Deux', CENTRE_V))?.niveau).toBe('explicite');
		expect((await reachOf('Deux', CENTRE_A))?.niveau).toBe('aucune');
		expect(await reachOf('Bourg', CENTRE_V)).toMatchObject({ niveau: 'probable', par: 'commune' });
		expect((await reachOf('Bourg', PINS))?.niveau).toBe('aucune');
		expect((await reachOf('Grand', PINS))?.niveau).toBe('diffuse');
		expect(await reachOf('Dehors', PINS)).toMatchObject({
			niveau: 'aucune',
			preuve: 'Salle Rameau (rattaché par Marie Durand le 25/11/2026)'
		});
		expect((await territoryQueue(db, ref, CODE, TODAY))!.questions).toEqual([]);
	});

	test('la réponse se retire : la question revient, l’histoire reste', async () => {
		await importer(FIRST);
		await answer({ ...about('Cité Dorval'), reponse: 'quartiers', quartiers: [PINS] });
		const [given] = (await placesOf(db, CODE)).reponses;
		expect(given).toMatchObject({ texte: 'Cité Dorval', lieu: 'Les Pins (Aubrelle)', par: 'Marie Durand' });
		expect(await withdrawAnswer(db, { territoire: '246200364', id: given!.id, le: TODAY })).toBe(false);
		expect(await withdrawAnswer(db, { territoire: CODE, id: given!.id, le: TODAY })).toBe(true);
		expect((await territoryQueue(db, ref, CODE, TODAY))!.questions).toMatchObject([{ texte: 'Cité Dorval' }]);
		expect(await db.selectFrom('decision').select('annulee_le').execute()).toEqual([{ annulee_le: TODAY }]);
	});

	test('une nouvelle réponse sur les mêmes mots remplace la première', async () => {
		await importer(FIRST);
		await answer({ ...about('Cité Dorval'), reponse: 'quartiers', quartiers: [PINS] });
		await answer({ ...about('Cité Dorval'), reponse: 'hors-quartier' });
		expect((await placesOf(db, CODE)).reponses).toMatchObject([{ lieu: 'hors quartier prioritaire' }]);
		expect((await reachOf('Ouvrir un jardin', PINS))?.niveau).toBe('aucune');
	});
});

describe('jamais d’une commune à l’autre', () => {
	test('un nom que deux communes portent est demandé action par action, et le reste pour les nouvelles', async () => {
		await importer(csv('Ouvrir une halle;Centre Ville;;', 'Refaire la place;Centre Ville;;'));
		const queue = (await territoryQueue(db, ref, CODE, TODAY))!;
		expect(queue.questions).toMatchObject([
			{ texte: 'Centre Ville', raison: 'ambigu', titre: 'Ouvrir une halle' },
			{ texte: 'Centre Ville', raison: 'ambigu', titre: 'Refaire la place' }
		]);
		expect(queue.questions[0]!.proches.map((p) => p.communes)).toEqual(['Aubrelle', 'Vermoy']);
		await answer({ ...about('Centre Ville', 'Ouvrir une halle'), reponse: 'quartiers', quartiers: [CENTRE_V] });
		expect((await reachOf('Ouvrir une halle', CENTRE_V))?.niveau).toBe('explicite');
		expect((await reachOf('Ouvrir une halle', CENTRE_A))?.niveau).toBe('aucune');
		expect((await reachOf('Refaire la place', CENTRE_V))?.niveau).toBe('inconnu');
		const next = await importer(csv('Ouvrir une halle;Centre Ville;;', 'Autre chose;Centre Ville;;'), 'suite.csv');
		expect(next.quartiersNonReconnus).toMatchObject([{ texte: 'Centre Ville', actions: [{ titre: 'Autre chose' }] }]);
	});

	test('même donnée pour tous, une réponse ne tranche pas un nom que deux quartiers portent', async () => {
		await importer(csv('Ouvrir une halle;Centre Ville;;'));
		await answer({ ...about('Centre Ville'), reponse: 'quartiers', quartiers: [CENTRE_A] });
		expect((await reachOf('Ouvrir une halle', CENTRE_A))?.niveau).toBe('inconnu');
	});

	test('un alias donné pour une commune ne vaut pas dans une autre', async () => {
		await importer(csv('Ouvrir un jardin;Cité Dorval;Aubrelle;'));
		await answer({ ...about('Cité Dorval'), reponse: 'quartiers', quartiers: [PINS] });
		expect((await reachOf('Ouvrir un jardin', PINS))?.niveau).toBe('explicite');
		const next = await importer(csv('Planter;Cité Dorval;Vermoy;'), 'suite.csv');
		expect(next.quartiersNonReconnus).toMatchObject([{ texte: 'Cité Dorval' }]);
		expect((await reachOf('Planter', PINS))?.niveau).not.toBe('explicite');
		// Answered there too, each commune keeps its own.
		await answer({ ...about('Cité Dorval'), reponse: 'quartiers', quartiers: [CENTRE_V] });
		expect((await reachOf('Planter', CENTRE_V))?.niveau).toBe('explicite');
		expect((await reachOf('Ouvrir un jardin', PINS))?.niveau).toBe('explicite');
	});

	test('ni d’un territoire à l’autre : une réponse sur un lieu d’ailleurs est refusée', async () => {
		const done = await answerPlaces(db, { territoire: CODE, ...by }, [
			{ ...about('Cité Dorval'), reponse: 'quartiers', quartiers: ['QN06201M'] }
		]);
		expect(done).toMatchObject({ refus: expect.stringContaining('QN06201M') });
		expect((await placesOf(db, CODE)).reponses).toEqual([]);
	});

	test('sans nom, rien n’est gardé', async () => {
		const asked: PlaceAnswer = { ...about('Cité Dorval'), reponse: 'territoire' };
		expect(await answerPlaces(db, { territoire: CODE, par: ' ', le: TODAY }, [asked])).toMatchObject({
			refus: 'Indiquez votre nom.'
		});
	});
});

describe('le formulaire de la file', () => {
	const form = (fields: Record<string, string | string[]>) =>
		parsePlaceForm({ lire: (name) => [fields[name] ?? []].flat(), nombre: 2 });

	test('les cases, la liste, et « plus tard » pour le reste', () => {
		expect(
			form({
				'texte-0': 'Cité Dorval',
				'quartiers-0': [PINS],
				'autre-0': `q:${CENTRE_V}`,
				'texte-1': 'Bourg',
				'autre-1': ''
			})
		).toEqual([{ texte: 'Cité Dorval', titre: null, reponse: 'quartiers', quartiers: [PINS, CENTRE_V] }]);
		expect(form({ 'texte-1': 'Bourg', 'titre-1': 'Halle', 'autre-1': 'c:ZZ002' })).toEqual([
			{ texte: 'Bourg', titre: 'Halle', reponse: 'commune', commune: 'ZZ002' }
		]);
		const asked = { 'texte-0': 'Vermay', 'commune-0': [VERMOY.code], 'texte-1': 'Ailleurs', 'autre-1': 'x' };
		expect(form(asked)).toMatchObject([
			{ texte: 'Vermay', reponse: 'commune', commune: VERMOY.code },
			{ texte: 'Ailleurs', reponse: 'hors-territoire' }
		]);
	});

	test('deux réponses qui se contredisent sont refusées en les nommant', () => {
		expect(form({ 'texte-0': 'Cité Dorval', 'quartiers-0': [PINS], 'autre-0': 'h' })).toMatchObject({
			refus: expect.stringContaining('Cité Dorval')
		});
		expect(form({ 'texte-0': 'Vermay', 'commune-0': [VERMOY.code], 'autre-0': 'x' })).toMatchObject({
			refus: expect.stringContaining('Vermay')
		});
	});
});
