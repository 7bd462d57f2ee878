import { beforeAll, describe, expect, it } from 'vitest';
import { attributions } from '../../src/cli/attributions';
import { grantWords, placesAlike, placesWithoutGrant } from '../../src/lib/domain/ledger/no-grant';
import type { GrantPlace } from '../../src/lib/domain/ledger/grant-place';
import type { PlacedGrant } from '../../src/lib/domain/ledger/shares';
import { requestsPage } from '../../src/lib/domain/pages/requests-page';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { putLine } from '../../src/lib/server/funding/enter-funding';
import { readFunding } from '../../src/lib/server/funding/read-funding';
import { FIRST_AIMS } from '../../src/lib/domain/crossing/aims';
import { bestReach, reaches } from '../../src/lib/domain/crossing/coverage';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { readRequests } from '../../src/lib/server/funding/read-requests';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { AUBRELLE, aQuartier, aTerritory, SORBAY, VERMOY } from '../fixtures/build';

const ref = loadReferentiel();
const ASOF = '2026-11-22';
const DEMO = 'ZZ0000001';
const department = (code: string) => code.slice(0, 2);

describe('qui n’a rien obtenu', () => {
	const territory = aTerritory();
	const quartiers = [
		aQuartier({ code: 'QNZZZ01F', communes: [AUBRELLE] }),
		aQuartier({ code: 'QNZZZ02F', communes: [VERMOY] })
	];
	const granted = (place: Partial<GrantPlace>, montant = 10_000): PlacedGrant => ({
		grant: { montant, dispositif: 'fonds-vert', annee: 2024 } as PlacedGrant['grant'],
		place: { part: 'inconnu', commune: null, epci: null, quartiers: [], preuve: '', ...place },
		fichier: 'fonds_2024.csv'
	});
	const states = (grants: readonly PlacedGrant[]) =>
		placesWithoutGrant(grants, territory, quartiers, department).lieux?.map((l) => [l.nom, l.etat]);

	it('sans liste qui couvre le territoire, rien n’est dit', () => {
		expect(states([])).toBeUndefined();
		expect(states([granted({ commune: '59001' })])).toBeUndefined();
	});

	it('les lieux dont les listes disent la même chose tiennent sur une ligne, et aucun ne se perd', () => {
		const grants = [granted({ commune: VERMOY.code, quartiers: ['QNZZZ02F'] }), granted({ epci: territory.code })];
		const { lieux } = placesWithoutGrant(grants, territory, quartiers, department);
		const lines = placesAlike(lieux!);
		expect(lines.map((l) => [l.noms, grantWords(l)])).toEqual([
			[[territory.nom], 'obtenu'],
			[['Vermoy'], 'obtenu'],
			[['Quartier QNZZZ02F'], 'obtenu'],
			[['Aubrelle', 'Sorbay'], 'incertain\u00a0: 1\u00a0projet du territoire peut y être, la liste ne dit pas où'],
			[['Quartier QNZZZ01F'], 'incertain\u00a0: 1\u00a0projet du territoire peut y être, la liste ne dit pas où']
		]);
		expect(lines.flatMap((l) => l.noms)).toHaveLength(lieux!.length);
	});

	it('deux quartiers du même nom se distinguent par leur commune', () => {
		const same = [AUBRELLE, VERMOY].map((c, i) =>
			aQuartier({ code: `QNZZZ0${i + 1}F`, nom: 'Centre-Ville', communes: [c] })
		);
		const { lieux } = placesWithoutGrant([granted({ commune: SORBAY.code })], territory, same, department);
		expect(lieux!.slice(-2).map((l) => l.nom)).toEqual(['Centre-Ville (Aubrelle)', 'Centre-Ville (Vermoy)']);
	});

	it('une commune sans projet se voit quand une autre en a', () => {
		expect(states([granted({ commune: VERMOY.code, quartiers: ['QNZZZ02F'] })])).toEqual([
			[territory.nom, 'obtenu'],
			['Aubrelle', 'aucune-connue'],
			['Vermoy', 'obtenu'],
			['Sorbay', 'aucune-connue'],
			['Quartier QNZZZ01F', 'aucune-connue'],
			['Quartier QNZZZ02F', 'obtenu']
		]);
	});

	it('un projet de toute l’intercommunalité est mis à part : communes et quartiers sans projet propre sont nommés', () => {
		const titled = (intitule: string): PlacedGrant => {
			const one = granted({ epci: territory.code });
			return { ...one, grant: { ...one.grant, intitule } };
		};
		const whole = ['Schéma de renaturation', 'Mise en œuvre de la ZFE-m'].map(titled);
		const words = ref.attributions.tout_le_territoire;
		const linesOf = (grants: readonly PlacedGrant[]) =>
			placesAlike(placesWithoutGrant(grants, territory, quartiers, department, words).lieux!).slice(1);
		const [communes, own] = linesOf(whole);
		expect([communes!.noms, own!.noms]).toEqual([
			['Aubrelle', 'Vermoy', 'Sorbay'],
			['Quartier QNZZZ01F', 'Quartier QNZZZ02F']
		]);
		expect(grantWords(communes!)).toMatch(
			/^aucun projet propre dans les listes importées \(.*\)\s; 2\sprojets de l’intercommunalité couvrent tout le territoire$/
		);
		// A building somewhere stays a doubt, and says so.
		expect(grantWords(linesOf([...whole, titled('Rénovation de la piscine')])[0]!)).toMatch(/^incertain\s: 1\sprojet/);
	});

	it('un projet de l’intercommunalité, ou de la commune sans quartier dit, laisse un doute', () => {
		const ours = granted({ epci: territory.code });
		expect(
			states([ours])!
				.slice(1)
				.map(([, etat]) => etat)
		).toEqual(Array(5).fill('incertain'));
		expect(states([granted({ commune: AUBRELLE.code })])!.at(-2)).toEqual(['Quartier QNZZZ01F', 'incertain']);
		expect(states([granted({ commune: SORBAY.code })])!.at(-2)).toEqual(['Quartier QNZZZ01F', 'aucune-connue']);
	});
});

describe('le titre des demandes', () => {
	const territory = aTerritory();
	const titre = (...places: Partial<GrantPlace>[]) =>
		requestsPage(
			territory,
			[],
			[],
			[],
			places.map((place) => ({
				grant: { montant: 10_000, dispositif: 'fonds-vert', annee: 2024 } as PlacedGrant['grant'],
				place: { part: 'inconnu', commune: null, epci: null, quartiers: [], preuve: '', ...place },
				fichier: 'fonds_2024.csv'
			})),
			ref,
			department,
			{ dispositif: 'fonds-vert', annee: 2024, quartier: null },
			{ gaps: [], asOf: ASOF }
		).titre;

	it('compte à part les communes sûres, celles dont on ne sait pas, et celles qui n’ont rien', () => {
		expect(titre({ commune: VERMOY.code })).toBe(
			'Fonds vert 2024\u00a0: 1\u00a0projet dans le territoire, 1\u00a0commune avec un projet sûr et 2\u00a0communes sans projet connu'
		);
		expect(titre({ commune: VERMOY.code }, { epci: territory.code })).toBe(
			'Fonds vert 2024\u00a0: 2\u00a0projets dans le territoire, 1\u00a0commune avec un projet sûr et 2\u00a0communes où on ne sait pas'
		);
	});

	it('quand rien n’est listé, ne dit jamais que rien n’a été demandé', () => {
		expect(titre({ commune: SORBAY.code.replace(/\d$/, '9') as never, epci: 'autre' })).toBe(
			'Fonds vert 2024\u00a0: aucun projet dans les listes importées (un dossier a pu être déposé), pour tout le territoire'
		);
	});
});

describe('les demandes possibles, sur la démonstration', () => {
	let db: Db;
	const unasked = async () =>
		(await readRequests(db, ref, DEMO, { dispositif: null, annee: null, quartier: null }, ASOF))!.page.actions;

	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
	}, 60_000);

	it('portent chacune un avis qui n’écarte pas, et disparaissent quand la demande est saisie', async () => {
		const all = await unasked();
		expect(all.length).toBeGreaterThan(10);
		expect(all.filter((u) => u.etat === 'connue')).toEqual([]);
		const one = all[0]!;
		const known = async () =>
			(await readRequests(db, ref, DEMO, { dispositif: null, annee: null, quartier: null }, ASOF))!.page.connues;
		const before = await known();
		const { version } = (await readFunding(db, ref, DEMO, one.action, ASOF))!;
		await putLine(db, ref, {
			territoire: DEMO,
			action: one.action,
			par: 'Nadia Perrault',
			le: ASOF,
			version,
			saisie: {
				...{ ligne: null, financeur: 'État', dispositif: one.dispositif, nature: 'sollicite', montant: '', base: 'HT' },
				...{ date: '', source: '', publique: '', precise: '' }
			}
		});
		expect((await unasked()).map((u) => `${u.action} ${u.dispositif}`)).not.toContain(
			`${one.action} ${one.dispositif}`
		);
		expect(await known()).toBe(before + 1);
	});

	it('d’un seul quartier : celles de ses actions, et ce que celles que l’on y flécherait pourraient demander', async () => {
		const asked = { dispositif: null, annee: null };
		const whole = (await readRequests(db, ref, DEMO, { ...asked, quartier: null }, ASOF))!.page;
		expect([whole.quartier, whole.aFlecher, whole.pourquoi]).toEqual([null, [], null]);
		expect(whole.quartiers.length).toBeGreaterThan(2);
		for (const { code, nom } of whole.quartiers) {
			const { page } = (await readRequests(db, ref, DEMO, { ...asked, quartier: code }, ASOF))!;
			const view = (await readQuartier(db, ref, code, ASOF, DEMO))!;
			const near = new Set(view.actions.filter((p) => reaches(bestReach(p, [code]))).map((p) => p.action.id));
			expect(page.actions.filter((l) => !near.has(l.action))).toEqual([]);
			expect(page.ouverture).toContain(nom);
			expect(page.ouverture.startsWith('Rien à instruire')).toBe(page.actions.length === 0);
			const head = quartierPage(view, ref).demandes;
			expect(page.pourquoi === null).toBe(head.pourquoi === null);
			// Best to aim first, and none that is there already.
			expect(page.aFlecher.filter((l) => page.actions.some((a) => a.action === l.action))).toEqual([]);
			// The page of the quartier tries those it names; the whole order is that of « Et si ».
			const order = view.aFlecher.slice(0, FIRST_AIMS).map((a) => a.action.action.id);
			const told = [...new Set(page.aFlecher.map((l) => l.action))];
			const named = order.filter((id) => told.includes(id));
			expect(told.slice(0, named.length)).toEqual(named);
		}
	});

	it('un prêt est dit prêt là où il est proposé', async () => {
		const loans = ref.financements.flatMap((f) => f.mesures).filter((m) => m.forme.startsWith('prêt'));
		const told = (await unasked()).flatMap((u) => [...u.mesuresNoms, ...u.aCompleter]);
		const named = told.filter((nom) => loans.some((m) => nom.startsWith(m.libelle)));
		expect(named.length).toBeGreaterThan(0);
		expect(named.every((nom) => nom.includes('(prêt'))).toBe(true);
	});

	it('un territoire inconnu n’a pas de page', async () => {
		expect(
			await readRequests(db, ref, '000000000', { dispositif: null, annee: null, quartier: null }, ASOF)
		).toBeNull();
	});
});

describe('la commande attributions', () => {
	it('donne tous ses montants en euros, au centime : ceux des lieux comme le total', async () => {
		const db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
		const bytes = new TextEncoder().encode(
			'Dossier;Mesure;Projet;Bénéficiaire;Code commune;Montant\nX1;Ingénierie;Étude;Commune d’Aubrelle;ZZ001;1 234,56 €'
		);
		const context = { db, ref, asOf: ASOF, readFile: () => ({ bytes, nom: 'fonds_vert_2021.csv' }) } as never;
		const options = { dispositif: 'fonds-vert', territoire: DEMO };
		const answer = await attributions({ command: 'attributions', args: ['x.csv'], options }, context);
		const said = (answer as { json: { montant: number; territoire: { annee: number; lieux: { montant: number }[] } } })
			.json;
		expect(said.territoire.annee).toBe(2021);
		expect(said.montant).toBe(1234.56);
		expect(said.territoire.lieux[0]!.montant).toBe(1234.56);
	});
});
