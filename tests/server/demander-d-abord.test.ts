import { beforeAll, describe, expect, it } from 'vitest';
import { byAction } from '../../src/lib/domain/pages/by-action';
import { fundingPage } from '../../src/lib/domain/pages/funding-page';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { isFunded } from '../../src/lib/domain/pages/request-lines';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readFunding } from '../../src/lib/server/funding/read-funding';
import { readRequests } from '../../src/lib/server/funding/read-requests';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';

/* The first request of a quartier, read from one screen to the next: the same, in the same words, and for a reason that holds. */

const ref = loadReferentiel();
const LE = '2026-11-27';
const DEMO = 'ZZ0000001';
const plain = (text: string) => text.replace(/\s/g, ' ');

describe('Ce qu’un quartier demande d’abord', () => {
	let db: Db;
	let quartiers: { code: string; nom: string }[];
	const page = async (code: string) => quartierPage((await readQuartier(db, ref, code, LE, DEMO))!, ref);
	const requests = async (quartier: string | null) =>
		(await readRequests(db, ref, DEMO, { dispositif: null, annee: null, quartier }, LE))!.page;
	const placed = async () => (await crossedTerritory(db, ref, DEMO, LE))!.placed;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
		quartiers = (await crossedTerritory(db, ref, DEMO, LE))!.view.quartiers.map((q) => q.quartier);
	}, 60_000);

	it('est la première mesure de la section où le titre mène, et la première action qu’elle nomme', async () => {
		let told = 0;
		for (const { code } of quartiers) {
			const { aDemander, financements } = await page(code);
			if (!aDemander || aDemander.aFlecher) continue;
			const [first] = financements;
			expect(first!.libelle).toBe(aDemander.mesure);
			expect(first!.verdicts.find((v) => v.deja === null)!.action).toBe(aDemander.action);
			told++;
		}
		expect(told).toBeGreaterThan(4);
	});

	it('est aussi la première ligne de la page des demandes, dont la liste suit le même ordre', async () => {
		for (const { code } of quartiers) {
			const { aDemander } = await page(code);
			const { premieres, actions, flecherDAbord } = await requests(code);
			expect(premieres[0] && [premieres[0].action, premieres[0].mesure]).toEqual(
				aDemander ? [aDemander.action, aDemander.mesure] : undefined
			);
			if (!aDemander || aDemander.aFlecher || flecherDAbord) continue;
			expect(actions[0]!.action).toBe(aDemander.action);
		}
	});

	it('dit d’une demande prête ce qui est à faire avant dépôt, dans les mots de sa page', async () => {
		let ready = 0;
		for (const { code } of quartiers) {
			const { aDemander } = await page(code);
			if (!aDemander?.manque.startsWith('Rien de connu n’y fait obstacle')) continue;
			const { partout, premieres } = await requests(code);
			const said = plain(aDemander.manque).replace(/^Rien de connu n’y fait obstacle(?: ; avant dépôt : )?/, '');
			for (const words of said.split(/, (?=écrire|vérifier|s’en)/).filter(Boolean))
				expect(plain(`${partout} ${premieres[0]!.manque}`)).toContain(words);
			expect(plain(premieres[0]!.manque)).toContain('Rien de connu n’y fait obstacle');
			ready++;
		}
		expect(ready).toBeGreaterThan(0);
	});

	it('ne met pas en tête une action dont les aides dépassent le plafond, et le dit partout où elle demande', async () => {
		const verriers = quartiers.find((q) => q.nom === 'Cité des Verriers')!;
		const { aDemander, financements } = await page(verriers.code);
		const { actions, premieres } = await requests(verriers.code);
		const [over] = byAction(actions).filter(([line]) => line!.exces !== null);
		const { action, exces } = over![0]!;
		expect(plain(exces!)).toContain('au-delà du plafond');
		expect(aDemander!.action).not.toBe(action);
		expect(premieres.map((f) => f.action)).not.toContain(action);
		const loan = financements.find((m) => m.dit.includes('école des Verriers'))!;
		expect(plain(loan.dit.toLocaleLowerCase('fr'))).toContain(plain(exces!.toLocaleLowerCase('fr')));
		const { page: own } = (await readFunding(db, ref, DEMO, action, LE))!;
		expect(plain(own.dAbord.reserve!)).toMatch(/^Aides au-delà du plafond .* revoir le plan de financement d’abord\.$/);
	});

	it('met à part, sans les compter ni les cacher, les actions dont le plan est bouclé', async () => {
		const full = new Set((await placed()).filter(isFunded).map((p) => p.action.id));
		let apart = 0;
		for (const quartier of [null, ...quartiers.map((q) => q.code)]) {
			const { actions, aFlecher, bouclees, chapo, ouverture } = await requests(quartier);
			for (const line of [...actions, ...aFlecher]) expect(full.has(line.action)).toBe(false);
			for (const { action } of bouclees) expect(full.has(action)).toBe(true);
			if (actions.length) {
				expect(/(\d+|Une) actions? de plus/.exec(plain(chapo))?.[1]?.replace('Une', '1') ?? '0').toBe(
					`${bouclees.length}`
				);
				expect(Number(/^\d+/.exec(ouverture)![0])).toBeLessThanOrEqual(
					new Set([...actions, ...aFlecher].map((l) => l.action)).size
				);
			}
			apart += bouclees.length;
			if (quartier === null || bouclees.length === 0) continue;
			const { demandes } = await page(quartier);
			if (/pour \d+/.test(plain(demandes.titre)))
				expect(plain(demandes.titre)).toContain(
					`; ${bouclees.length} ${bouclees.length > 1 ? 'autres' : 'autre'} au plan déjà bouclé`
				);
		}
		expect(apart).toBeGreaterThan(10);
	});

	it('un reste inconnu n’est pas zéro : sans ligne ou sans montant, l’action reste parmi celles à demander', () => {
		const cost = { euros: 1000, base: 'HT', max: null } as const;
		const line = (obtenu: number | null) =>
			[{ dispositif: null, libelle: 'Ville', demande: null, obtenu, etat: 'obtenu', base: 'HT' }] as never;
		expect(isFunded(aPlaced({ action: { budget: cost, financements: line(1000) } }))).toBe(true);
		expect(isFunded(aPlaced({ action: { budget: cost, financements: line(null) } }))).toBe(false);
		expect(isFunded(aPlaced({ action: { budget: cost } }))).toBe(false);
		expect(isFunded(aPlaced({ action: { financements: line(1000) } }))).toBe(false);
		expect(isFunded(aPlaced({ action: { budget: { ...cost, max: 2000 }, financements: line(1000) } }))).toBe(false);
	});

	it('un critère qui ne bloque pas ne se lit jamais « il faut » : ce qui se vérifie avant dépôt, ce qui n’est qu’utile', async () => {
		const weights = new Set<string>();
		for (const one of await placed())
			for (const { criteres } of fundingPage(one, { code: DEMO as never, nom: '', communes: [], fictif: true }, ref, LE)
				.mesures)
				for (const { etat, bloquant, portee } of criteres) {
					expect(portee === null).toBe(bloquant);
					if (etat === 'manque' && portee !== null) weights.add(portee);
				}
		expect([...weights].sort()).toEqual(['utile au dossier, sans être exigé', 'à vérifier avant dépôt']);
	});
});
