import { beforeAll, describe, expect, it } from 'vitest';
import { bestReach } from '../../src/lib/domain/crossing/coverage';
import { readyBrief, readyWords, stillAsked } from '../../src/lib/domain/funding/ready-words';
import { measureName } from '../../src/lib/domain/funding/measure-name';
import { saidOf } from '../../src/lib/domain/funding/open-measures';
import { askedOfAll, withoutUsual } from '../../src/lib/domain/pages/asked-of-all';
import { byAction } from '../../src/lib/domain/pages/by-action';
import { firstRequests } from '../../src/lib/domain/pages/first-requests';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { isReady } from '../../src/lib/domain/pages/ask-order';
import type { UnaskedLine } from '../../src/lib/domain/pages/request-lines';
import type { RequestsPage } from '../../src/lib/domain/pages/requests-page';
import { whoToCall } from '../../src/lib/domain/pages/who-to-call';
import { whatIfPage } from '../../src/lib/domain/pages/what-if-page';
import { SeverityLevel } from '../../src/lib/domain/rules/referentiel';
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
const plain = (text: string) => text.replace(/\s/g, ' ');
const closes = new RegExp(`^fermerait ici : .+ \\((${SeverityLevel.options.join('|')})\\)`);
const families = new Set(ref.financements.filter((f) => f.mesures.length > 1).map((f) => f.titre));

describe('Une demande prête', () => {
	const opening = {
		cle: 'ouverture',
		dit: 'La mesure est-elle ouverte cette année ?',
		sujet: 'ouverture',
		bloquant: false
	};

	it('dit ce qui est connu, puis ce que le dossier demandera : coût, ouverture, conditions non lues', () => {
		const asked = stillAsked({ manque: [opening], partielle: false }, false);
		expect(plain(readyWords(asked))).toBe(
			'rien de connu n’y fait obstacle ; avant dépôt : écrire le coût, vérifier l’ouverture cette année'
		);
		expect(plain(readyBrief(asked))).toBe(
			'à instruire (avant dépôt : écrire le coût, vérifier l’ouverture cette année)'
		);
		expect(stillAsked({ manque: [], partielle: true }, true)).toEqual(['vérifier les conditions']);
		expect(stillAsked({ manque: [opening], partielle: true }, true)).toEqual([
			'vérifier l’ouverture cette année, les conditions'
		]);
		expect(readyWords([])).toBe('rien de connu n’y fait obstacle');
	});
});

describe('Les demandes de la démonstration', () => {
	let db: Db;
	let quartiers: string[];
	let all: RequestsPage;
	const requests = async (quartier: string | null) =>
		(await readRequests(db, ref, DEMO, { dispositif: null, annee: null, quartier }, LE))!.page;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
		quartiers = (await crossedTerritory(db, ref, DEMO, LE))!.view.quartiers.map((q) => q.quartier.code);
		all = await requests(null);
	});

	it('ne disent jamais que rien ne manque à une action sans coût', async () => {
		const { placed } = (await crossedTerritory(db, ref, DEMO, LE))!;
		const costless = new Set(placed.filter((p) => p.action.budget === null).map((p) => p.action.id));
		const ready = all.actions.filter((l) => l.pretDit !== null && costless.has(l.action));
		expect(ready.length).toBeGreaterThan(0);
		for (const line of ready) {
			expect(`${line.pretDit} ${all.partout}`).toContain('écrire le coût');
			const [first] = firstRequests([line], [], LE);
			expect(first!.manque.toLocaleLowerCase('fr')).toContain(line.pretDit!.toLocaleLowerCase('fr'));
			expect(`${saidOf({ nom: line.mesuresNoms[0]!, ...line })} ${all.partout}`).toContain('écrire le coût');
		}
	});

	it('dans un quartier, une action qui y arrive probablement demande ce que « Et si » lui ferait demander', async () => {
		let told = 0;
		for (const quartier of quartiers) {
			const { placed } = (await crossedTerritory(db, ref, DEMO, LE))!;
			const likely = placed.filter((p) => bestReach(p, [quartier]) === 'probable').map((p) => p.action.id);
			const page = await requests(quartier);
			// What is to be checked before every request of a page is said once, at its head.
			const head = /: (.+)\.$/u.exec(page.partout ?? '')?.[1];
			const usual = head === undefined ? [] : [head];
			for (const own of byAction(page.actions)) {
				const id = own[0]!.action;
				if (!likely.includes(id)) continue;
				const where = { territoire: DEMO, quartier };
				const tried = (await tryOut(db, ref, where, { ciblees: [id], inventee: null }, LE))!;
				const [etSi] = whatIfPage(tried, { code: quartier, nom: quartier }, ref).effet!.demandes;
				const here = own
					.slice(0, FEW)
					.map(({ mesuresNoms, ...l }) => saidOf({ nom: mesuresNoms[0]!, ...l, aSavoir: [...l.aSavoir, ...usual] }));
				expect(etSi!.dits).toEqual(here);
				expect(own[0]!.portee).toContain('lue ici comme fléchée');
				told++;
			}
		}
		expect(told).toBeGreaterThan(0);
	});

	it('sans quartier, disent le premier financeur d’une action une fois fléchée, quand il change, comme la page « Financer »', async () => {
		let told = 0;
		for (const own of byAction(all.actions)) {
			const { page } = (await readFunding(db, ref, DEMO, own[0]!.action, LE))!;
			const { premieres, flechee } = page.dAbord;
			const [first] = (flechee ?? '').replace(/^.*?\u00a0: /, '').split(', à ');
			const ajout = own[0]!.ajout ?? '';
			const [, ahead] = /^Fléchée vers un quartier : (.*) (?:passerait|viendrait) en premier/.exec(plain(ajout)) ?? [];
			if (!first || plain(premieres[0]!).startsWith(plain(first))) expect(ahead).toBeUndefined();
			else {
				expect(ahead).toBe(plain(first));
				told++;
			}
		}
		expect(told).toBeGreaterThan(3);
	});

	it('rangent les mesures d’une action : exceptions après le reste, aides, ce qui est de leur objet, ce qui est à instruire, puis par ce qui y manque : la règle écrite est la vraie', async () => {
		type Line = RequestsPage['actions'][number];
		const missing = (l: Line) => l.manque.filter((m) => m.bloquant).length;
		const key = (l: Line): string =>
			[
				l.peutEtre !== undefined,
				l.manque.some((m) => m.exception),
				l.pret,
				l.manque.some((m) => m.bloquant && m.objet),
				l.verdict !== 'a-instruire'
			]
				.map(Number)
				.join('');
		const pages = [all, ...(await Promise.all(quartiers.map(requests)))];
		const met = new Set<string>();
		for (const own of pages.flatMap((p) => [...byAction(p.actions), ...byAction(p.aFlecher)])) {
			const keys = own.map(key);
			expect(keys).toEqual(keys.toSorted());
			for (const one of new Set(keys)) {
				met.add(one);
				const known = own.filter((l) => key(l) === one && l.manque.every((m) => m.cle !== 'maitre_ouvrage'));
				expect(known.map(missing)).toEqual(known.map(missing).toSorted((a, b) => a - b));
			}
		}
		// An aid that lacks an answer, of what it is for or not, comes before a loan that may be filed; an exception after both.
		for (const one of ['00000', '00001', '00011', '00100']) expect(met).toContain(one);
		expect([...met].some((k) => k[1] === '1')).toBe(true);
		expect(plain(all.tri.join(' '))).toContain(
			'd’abord ce qui ne s’obtient pas par exception ; puis une aide avant un prêt, ce qui entre dans l’objet de la mesure avant ce dont on ne le sait pas, ce qui est à instruire, un porteur'
		);
	});

	it('aucune action comptée « à compléter » n’a de ligne à instruire, et le chapô dit celles qui n’ont qu’un prêt', async () => {
		let loans = 0;
		for (const page of [all, ...(await Promise.all(quartiers.map(requests)))]) {
			for (const lines of [page.actions, page.aFlecher]) {
				const groups = byAction(lines);
				for (const own of groups)
					expect(own.some((l) => l.verdict === 'a-instruire' && !l.peutEtre)).toBe(isReady(own));
			}
			const shown = byAction(page.flecherDAbord ? page.aFlecher : page.actions);
			const alone = shown.filter(
				(own) => isReady(own) && own.every((l) => l.verdict !== 'a-instruire' || l.peutEtre || l.pret)
			).length;
			expect(plain(page.chapo).includes('que pour un prêt, qui se rembourse')).toBe(alone > 0);
			loans += alone;
		}
		expect(loans).toBeGreaterThan(0);
	});

	it('« à demander d’abord » ne nomme jamais un financeur dont l’action a déjà une ligne au plan : elle dit « peut-être déjà demandé », et vient après', async () => {
		const { placed } = (await crossedTerritory(db, ref, DEMO, LE))!;
		const own = new Map(placed.map((p) => [p.action.id, p.action.financements]));
		const measures = new Map(
			ref.financements.flatMap((f) => f.mesures.map((m) => [measureName(m), [m.id, f.id, m.operateur]] as const))
		);
		const asked = (action: string, mesure: string) =>
			own.get(action)!.some((l) => measures.get(mesure)!.some((name) => l.dispositif === name || l.libelle === name));
		let doubted = 0;
		for (const page of [all, ...(await Promise.all(quartiers.map(requests)))]) {
			for (const f of page.premieres) expect(asked(f.action, f.mesure)).toBe(false);
			for (const l of [...page.actions, ...page.aFlecher])
				for (const name of l.mesuresNoms.slice(0, 1)) {
					if (asked(l.action, name)) expect(l.peutEtre).toBeDefined();
					doubted += Number(l.peutEtre !== undefined);
				}
		}
		expect(doubted).toBeGreaterThan(0);
		for (const quartier of quartiers) {
			const { aDemander } = quartierPage((await readQuartier(db, ref, quartier, LE))!, ref);
			if (aDemander) expect(asked(aDemander.action, aDemander.mesure)).toBe(false);
		}
	});

	it('un quartier ne compte jamais plus d’actions à instruire que le territoire sans dire pourquoi', async () => {
		const ready = ({ ouverture }: RequestsPage): number =>
			Number(/(\d+) (?:actions? à instruire|seraient)/.exec(plain(ouverture))?.[1] ?? 0);
		for (const page of await Promise.all(quartiers.map(requests)))
			expect(page.tri.join(' ').includes('viser ce quartier ouvre d’autres mesures')).toBe(ready(page) > ready(all));
	});

	it('leur titre dit ce que sont les premières lignes', async () => {
		const ready = (page: RequestsPage) =>
			page.premieres
				.filter((p) => !p.aFlecher || /à flécher vers/.test(page.ouverture))
				.map(({ manque }) =>
					/^(?:Prêt, se rembourse\. )?(?:Pas sûr que l’action arrive ici\. )?Rien de connu n’y fait obstacle/.test(
						manque
					)
				);
		for (const quartier of [null, ...quartiers]) {
			const page = await requests(quartier);
			const [, n] = /^(\d+) actions? (?:à instruire|seraient)/.exec(plain(page.ouverture)) ?? [];
			const short = n && ready(page).some((is, i) => !is && i < Number(n));
			// A request that lacks an answer comes before a ready one only when this is a loan, may not come here, or has all its money.
			const shown = new Set(page.premieres.map((p) => p.action));
			const passed = byAction(page.actions).filter((g) => g[0]!.verdict === 'a-instruire' && !shown.has(g[0]!.action));
			if (short)
				expect(passed.filter(([l]) => l!.boucle === null && !l!.peutEtre && !l!.pret && l!.place === 'ici')).toEqual(
					[]
				);
			if (/^Rien à instruire/.test(page.ouverture)) expect(page.premieres).toEqual([]);
			if (/à compléter/.test(page.ouverture)) expect(ready(page)).not.toContain(true);
			if (/à flécher vers/.test(page.ouverture)) expect(page.premieres[0]!.aFlecher).toBe(true);
		}
		expect(ready(all)).toContain(true);
	});

	it('disent qui appeler pour chaque action, la même personne que sa page, et à qui demander', async () => {
		const { placed } = (await crossedTerritory(db, ref, DEMO, LE))!;
		const by = new Map(placed.map((p) => [p.action.id, p]));
		for (const [first, ...rest] of byAction(all.actions)) {
			expect(first!.appeler).toEqual(whoToCall(by.get(first!.action)!, ref.plans.types));
			for (const line of rest) expect(line.appeler).toBeUndefined();
		}
		for (const p of all.premieres) expect([p.appeler, p.financeur]).not.toContain(null);
	});

	it('ne répètent pas d’une ligne à la suivante ce que plusieurs actions partagent', () => {
		const heads = byAction(all.actions).map((own) => ({ portee: own[0]!.portee, entete: own[0]!.entete }));
		const repeated = heads.filter((h, i) => i > 0 && h.portee === heads[i - 1]!.portee);
		expect(repeated.length).toBeGreaterThan(0);
		for (const h of repeated) expect(h.entete).toBeNull();
	});

	it('dans un quartier, disent quelle lacune d’ici chaque action à flécher fermerait', async () => {
		const page = await requests(quartiers[0]!);
		expect(page.aFlecher.length).toBeGreaterThan(0);
		for (const line of page.aFlecher) expect(plain(line.ici!)).toMatch(closes);
	});

	it('nomment la mesure et qui la donne, jamais la famille de mesures', async () => {
		for (const line of all.actions) {
			expect(families.has(line.mesuresNoms[0]!)).toBe(false);
			expect(line.financeur).not.toBe('');
		}
		const { financements } = quartierPage((await readQuartier(db, ref, quartiers[0]!, LE))!, ref);
		for (const m of financements) expect(m.libelle).not.toMatch(/Slime, certificats/);
	});

	it('le choix d’année dit de quelle liste elle est l’année', () => {
		expect(all.anneeLibelle).toBe(`Année, liste ${all.dispositif!.titre}`);
	});
});

describe('ce que demandent toutes les lignes prêtes', () => {
	const line = (action: string, aSavoir: readonly string[], pret = true) =>
		({ action, aSavoir, pretDit: pret ? readyWords(aSavoir) : null }) as never as UnaskedLine;
	const COST = 'écrire le coût';
	const OPENING = 'vérifier l’ouverture cette année';

	it('est dit une fois, et chaque ligne ne garde que ce qui diffère', () => {
		const lines = [line('a', [COST, OPENING]), line('b', [OPENING, 's’en tenir à Anzin']), line('c', [], false)];
		const usual = askedOfAll(lines);
		expect(usual).toEqual([OPENING]);
		expect(withoutUsual(lines, usual).map((l) => l.pretDit && plain(l.pretDit))).toEqual([
			'rien de connu n’y fait obstacle ; avant dépôt : écrire le coût',
			'rien de connu n’y fait obstacle ; avant dépôt : s’en tenir à Anzin',
			null
		]);
		expect(withoutUsual([line('a', [COST])], [COST])[0]!.pretDit).toBe('rien de connu n’y fait obstacle');
		expect(askedOfAll(lines.slice(0, 1))).toEqual([]);
	});
});
