import { beforeAll, describe, expect, it } from 'vitest';
import type { Reason } from '../../src/lib/domain/rules/criteria';
import { quoted } from '../../src/lib/domain/french';
import { inOpenOrder, type MeasureFacts } from '../../src/lib/domain/funding/open-order';
import { byAction } from '../../src/lib/domain/pages/by-action';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { whatIfPage } from '../../src/lib/domain/pages/what-if-page';
import { buildFeuilleDeRoute } from '../../src/lib/domain/roadmap/feuille-de-route';
import { saidOf } from '../../src/lib/domain/funding/open-measures';
import { stillAsked } from '../../src/lib/domain/funding/ready-words';
import type { UnaskedLine } from '../../src/lib/domain/pages/request-lines';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readFunding } from '../../src/lib/server/funding/read-funding';
import { readRequests } from '../../src/lib/server/funding/read-requests';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { tryOut } from '../../src/lib/server/what-if';

const ref = loadReferentiel();
const LE = '2026-11-27';
const DEMO = 'ZZ0000001';
const FEW = 3;
const said = (lines: readonly UnaskedLine[]) =>
	lines.slice(0, FEW).map(({ mesuresNoms, ...line }) => saidOf({ nom: mesuresNoms[0]!, ...line }));

/** Without what a list says once, above its lines. */
const bare = (dit: string) => dit.replace(/ \(avant dépôt.*\)$/, '');

describe('Les trois premiers financeurs d’une action', () => {
	let db: Db;
	let quartiers: string[];
	const requests = async (quartier: string | null) =>
		(await readRequests(db, ref, DEMO, { dispositif: null, annee: null, quartier }, LE))!.page;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
		quartiers = (await crossedTerritory(db, ref, DEMO, LE))!.view.quartiers.map((q) => q.quartier.code);
	});

	it('à flécher : les mêmes, et ce qu’il leur manque, sur la page du quartier, dans les demandes et dans « Et si »', async () => {
		let told = 0;
		for (const quartier of quartiers) {
			const view = (await readQuartier(db, ref, quartier, LE))!;
			const { demandes } = quartierPage(view, ref);
			const lines = new Map(byAction((await requests(quartier)).aFlecher).map((own) => [own[0]!.action, said(own)]));
			for (const { action } of view.aFlecher.slice(0, FEW)) {
				const { id } = action.action;
				if (!lines.has(id)) continue;
				const where = { territoire: DEMO, quartier };
				const tried = (await tryOut(db, ref, where, { ciblees: [id], inventee: null }, LE))!;
				const etSi = whatIfPage(tried, { code: quartier, nom: quartier }, ref).effet!.demandes;
				expect(etSi.map((d) => d.dits.map(bare))).toEqual([lines.get(id)!.map(bare)]);
				const piste = demandes.pistes.find((p) => p.action === id);
				if (demandes.pistes.length) expect(piste?.demandes?.split(' ; ').map(bare)).toEqual(lines.get(id)!.map(bare));
				told++;
			}
		}
		expect(told).toBeGreaterThan(3);
	});

	it('telle qu’écrite : les mêmes dans les demandes du territoire et sur la page « Financer » de l’action, dans l’ordre de ses mesures', async () => {
		const groups = byAction((await requests(null)).actions);
		for (const own of groups) {
			const { page } = (await readFunding(db, ref, DEMO, own[0]!.action, LE))!;
			const [first3, maybe] = [said(own.filter((l) => !l.peutEtre)), said(own.filter((l) => l.peutEtre))];
			expect(page.dAbord.premieres.map(bare)).toEqual(first3.map(bare));
			expect(page.dAbord.peutEtre).toEqual(expect.arrayContaining(maybe));
			if (first3.length === 0) continue;
			const [first] = page.mesures.filter((m) => m.deja === null && m.verdict !== 'ecarte');
			expect(page.dAbord.premieres[0]).toContain(first!.libelle.split(' (')[0]!);
		}
		expect(groups.length).toBeGreaterThan(10);
	});

	it('une occasion de financement nomme la première des mesures à instruire', async () => {
		const { view } = (await crossedTerritory(db, ref, DEMO, LE))!;
		const chances = view.gaps.filter((g) => g.regle === 'G04' && g.reponse !== 'donnee-manquante');
		const lines = new Map(byAction((await requests(null)).actions).map((own) => [own[0]!.action, own[0]!]));
		let compared = 0;
		const planned = new Map(
			view.actions.map(({ action }) => [action.id, action.financements.map((f) => f.dispositif)])
		);
		for (const gap of chances) {
			// What the file already plans, even without asking, is no chance left.
			if (planned.get(gap.preuves.actions[0]!)!.length > 0) continue;
			const line = lines.get(gap.preuves.actions[0]!);
			if (line?.verdict !== 'a-instruire') continue;
			compared++;
			expect(gap.message).toContain(line.mesuresNoms[0]!.split(' (')[0]!);
		}
		expect(compared).toBeGreaterThan(0);
	});

	it('la feuille de route dit les mêmes pour les actions qu’elle nomme', async () => {
		let told = 0;
		for (const quartier of quartiers) {
			const view = (await readQuartier(db, ref, quartier, LE))!;
			const section = buildFeuilleDeRoute(view, ref).sections.find((s) => s.id === 'dispositifs')!;
			const lines = byAction((await requests(quartier)).actions);
			for (const own of lines) {
				const paragraph = section.paragraphes.find((p) => p.startsWith(quoted(own[0]!.titre)));
				if (!paragraph) continue;
				for (const dit of said(own)) expect(paragraph).toContain(dit);
				told++;
			}
		}
		expect(told).toBeGreaterThan(2);
	});

	it('une mesure dont le règlement n’est lu qu’en partie le dit à côté de « à instruire »', () => {
		const one = {
			nom: 'Fonds fictif',
			verdict: 'a-instruire' as const,
			manque: [],
			aSavoir: stillAsked({ manque: [], partielle: true }, true)
		};
		expect(saidOf(one).replace(/\s/g, ' ')).toBe('Fonds fictif, à instruire (avant dépôt : vérifier les conditions)');
		expect(saidOf({ ...one, aSavoir: [] })).toBe('Fonds fictif, à instruire');
	});

	it('ce qui n’est pas une exception, une aide avant un prêt, ce qui entre dans l’objet de la mesure, ce qui est à instruire ; puis un porteur accepté, le moins de réponses qui manquent, la date limite, le plus de conditions remplies : rien d’autre ne compte', () => {
		const facts = new Map<string, Partial<MeasureFacts>>([
			['pret', { pret: true }],
			['pret qui attend', { pret: true }],
			['lue en partie', { partielle: true }],
			['datee', { depotAt: () => '2026-12-15' }]
		]);
		const reason: Reason = {
			cle: 'x',
			critere: 'x',
			attendu: 'oui',
			trouve: null,
			bloquant: true,
			question: 'x ?',
			source: null,
			vigueur: null
		};
		const one = (mesure: string, manquants: Reason[] = [], remplis: Reason[] = []) => ({
			...{ mesure, manquants, remplis },
			verdict: manquants.length ? ('indetermine' as const) : ('a-instruire' as const)
		});
		const expected = [
			...['datee', 'lue en partie', 'deux conditions remplies', 'aide'],
			...['attend', 'attend deux', 'porteur inconnu', 'objet à vérifier', 'pret', 'pret qui attend', 'exception']
		];
		const verdicts = [
			one('attend deux', [reason, { ...reason, cle: 'y' }]),
			one('attend', [reason]),
			one('exception', [{ ...reason, exception: true }]),
			one('objet à vérifier', [{ ...reason, objet: true }]),
			one('porteur inconnu', [{ ...reason, cle: 'maitre_ouvrage' }]),
			one('lue en partie', [], [reason, reason, reason]),
			one('pret qui attend', [reason], [reason, reason, reason]),
			one('pret', [], [reason, reason, reason]),
			one('aide', [], [reason]),
			one('deux conditions remplies', [], [reason, reason]),
			one('datee')
		];
		const known = (v: { mesure: string }) => ({
			pret: false,
			partielle: false,
			depotAt: () => null,
			...facts.get(v.mesure)
		});
		for (const list of [verdicts, [...verdicts].reverse()])
			expect(inOpenOrder(list, known, LE).map((v) => v.mesure)).toEqual(expected);
	});
});
