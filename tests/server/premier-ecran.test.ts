import { beforeAll, describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { crossTerritory } from '../../src/lib/domain/crossing/territory-view';
import type { Aim } from '../../src/lib/domain/crossing/aims';
import type { Coverage } from '../../src/lib/domain/crossing/coverage';
import { aroundByUrgency, byUrgency } from '../../src/lib/domain/crossing/urgency';
import {
	documentsRead,
	lacking,
	leftToConclude,
	leftToInvent,
	overlapsFirst
} from '../../src/lib/domain/pages/first-screen';
import type { MeasureVerdicts } from '../../src/lib/domain/pages/measure-verdicts';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { quartierRequests } from '../../src/lib/domain/pages/quartier-requests';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { byAction } from '../../src/lib/domain/pages/by-action';
import { isReady } from '../../src/lib/domain/pages/ask-order';
import { readRequests } from '../../src/lib/server/funding/read-requests';
import { tryOut } from '../../src/lib/server/what-if';
import { ofAllAims } from '../../src/lib/domain/pages/request-title';
import { readOverlaps } from '../../src/lib/server/overlaps';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, anAction, aPlaced, aQuartier, aTerritory } from '../fixtures/build';

const ref = loadReferentiel();
const LE = '2026-11-27';
const DEMO = 'ZZ0000001';
/** What is always the same, before what the request lacks or has to do. */
const HEAD = /^(?:Il manque(?:\s:)?|Rien de connu n’y fait obstacle(?:\s; avant dépôt\s:)?)\s/;

const answers = (some: Partial<Record<Coverage, number>> = {}): Record<Coverage, number> => ({
	...{ structurante: 0, 'de-service': 0, 'sensibilisation-seule': 0, diffuse: 0, aucune: 0, 'saisie-incomplete': 0 },
	...some
});

describe('Le premier écran d’un quartier', () => {
	let db: Db;
	let quartiers: string[];
	const view = async (code: string) => (await readQuartier(db, ref, code, LE, DEMO))!;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
		quartiers = (await crossedTerritory(db, ref, DEMO, LE))!.view.quartiers.map((q) => q.quartier.code);
	}, 60_000);

	it('dit ce qui a été lu, et qu’aucun contrat de ville ne l’a été : une liste de subventions n’en est pas un', async () => {
		const { documents } = await view(quartiers[0]!);
		expect(documentsRead(documents, ref)).toMatch(/^Lu\u00a0: (?!.*aucun contrat).*contrat de ville/i);
		const [one] = documents;
		const only = (part: object) => documentsRead([{ ...one!, ...part }], ref);
		expect(only({ plan: 'pcaet', liste: undefined })).toBe('Lu\u00a0: PCAET\u202f; aucun contrat de ville');
		expect(only({ plan: 'contrat-de-ville', liste: 'Subventions DPV' })).toBe(
			'Lu\u00a0: Subventions DPV\u202f; aucun contrat de ville'
		);
		expect(documentsRead([], ref)).toBe('Aucun document lu');
	});

	it('dit la même première demande que la page des demandes du quartier, et ce qui lui manque en une douzaine de mots', async () => {
		let told = 0;
		for (const quartier of quartiers) {
			const { aDemander } = quartierPage(await view(quartier), ref);
			const choice = { dispositif: null, annee: null, quartier };
			const [first] = (await readRequests(db, ref, DEMO, choice, LE))!.page.premieres;
			expect(aDemander && [aDemander.action, aDemander.mesure, aDemander.aFlecher]).toEqual(
				first ? [first.action, first.mesure, first.aFlecher] : null
			);
			if (!aDemander) continue;
			expect(aDemander.manque.replace(HEAD, '').split(/\s+/).length, aDemander.manque).toBeLessThanOrEqual(12);
			told++;
		}
		expect(told).toBeGreaterThan(2);
	});

	it('n’annonce pas de demande que la section des financements dément : elle dit d’abord ce qui tient sans flécher', async () => {
		for (const quartier of quartiers) {
			const { aDemander, demandes } = quartierPage(await view(quartier), ref);
			if (aDemander) expect(demandes.titre).not.toContain('Aucun financement');
			if (!demandes.titre.includes('à flécher avant de demander')) continue;
			expect(demandes.pourquoi).toMatch(/^Sans flécher : /);
		}
		const [first] = quartiers;
		const here = await view(first!);
		const bare = quartierPage({ ...here, verdicts: [], actions: [] }, ref);
		expect(bare.aDemander?.aFlecher).toBe(true);
		expect(bare.demandes.titre.replace(/\s/g, ' ')).toMatch(
			/^\d+ premières? actions? à flécher avant de demander un financement$/
		);
		expect(bare.demandes.pourquoi).toMatch(/^Sans flécher : aucune action/);
	});

	it('dit qu’une action qui n’arrive que probablement est lue comme si elle visait le quartier', async () => {
		for (const quartier of quartiers) {
			const { demandes } = quartierPage(await view(quartier), ref);
			if (demandes.supposees) expect(demandes.supposees).toContain('comme si');
		}
		const placed = aPlaced({ action: { id: 'a' }, atteinte: { Q: 'probable' } });
		const open = { bilan: 'indetermine', verdicts: [{ action: 'a', deja: null, verdict: 'indetermine' }] };
		const said = (near: ReturnType<typeof aPlaced>[]) =>
			quartierRequests(
				[open as unknown as MeasureVerdicts],
				near,
				[],
				{ verdicts: [], gaps: [], asOf: LE, ici: [] },
				ref
			).supposees;
		expect(said([placed])).toContain('n’arrive que probablement ici');
		expect(said([aPlaced({ action: { id: 'a' }, atteinte: { Q: 'cible' } })])).toBeNull();
	});

	it('dit entière une question courte et seule, sinon nomme la réponse qui manque par son sujet', () => {
		const asked = (sujet: string) => ({
			cle: sujet,
			dit: `Une question qui demande bien plus de mots que le sujet ${sujet}\u202f?`,
			sujet,
			bloquant: true
		});
		const said = (...sujets: string[]) => lacking({ manque: sujets.map(asked), aSavoir: [] }).replace(/\s/g, ' ');
		expect(said('commune sur la liste DPV de l’année')).toBe(
			'Il manque 1 réponse : commune sur la liste DPV de l’année ?'
		);
		const short = { ...asked('itinéraire'), dit: 'L’aménagement crée-t-il un itinéraire\u202f?' };
		expect(lacking({ manque: [short], aSavoir: [] }).replace(/\s/g, ' ')).toBe(
			'Il manque 1 réponse : L’aménagement crée-t-il un itinéraire ?'
		);
		expect(said('gain d’énergie finale', 'propriété publique')).toBe(
			'Il manque 2 réponses : gain d’énergie finale et propriété publique ?'
		);
		expect(said('gain d’énergie finale', 'propriété publique du bâtiment à rénover', 'âge')).toBe(
			'Il manque 3 réponses, dont : gain d’énergie finale ?'
		);
		const suggested = { ...asked('commune sur la liste DPV'), indique: 'probable : déjà en 2023 et 2024' };
		expect(lacking({ manque: [suggested], aSavoir: [] }).replace(/\s/g, ' ')).toBe(
			'Il manque 1 réponse : commune sur la liste DPV ? Probable : déjà en 2023 et 2024.'
		);
		expect(lacking({ manque: [], aSavoir: [] })).toBe('Rien de connu n’y fait obstacle');
	});

	it('dit la première paire à décider, puis qu’il n’en reste aucune', async () => {
		const pairs = (await Promise.all(quartiers.map((q) => readOverlaps(db, ref, DEMO, LE, q)))).find((p) => p?.length)!;
		const here = overlapsFirst(pairs);
		expect(here.titre).toMatch(/^\d+.recoupements?( et \d+.contradictions? possibles?)? à décider(, dont)?$/);
		// Two actions that pull against each other are no overlap: said apart, after those that are.
		const of = (genre: string, n: number) => pairs.slice(0, 1).flatMap((p) => Array(n).fill({ ...p, genre }));
		const mixed = overlapsFirst([...of('tension', 1), ...of('recoupement', 2)] as never);
		expect(mixed.titre.replace(/\s/g, ' ')).toBe('2 recoupements et 1 contradiction possible à décider, dont');
		expect(mixed.premiere!.titres).not.toContain('contredit');
		expect(overlapsFirst(of('tension', 2) as never).titre.replace(/\s/g, ' ')).toBe(
			'2 contradictions possibles à décider'
		);
		expect(here.premiere!.titres.split(/\s+/).length).toBeLessThanOrEqual(26);
		// Long titles are cut, but never so short that one cannot know the action again; alike at first, they are two actions.
		const long = (fin: string) => `Accompagner les habitants du quartier vers la rénovation thermique de ${fin}`;
		const paired = (a: string, b: string) =>
			overlapsFirst([
				{ ...pairs[0]!, cotes: [a, b].map((titre, i) => ({ ...pairs[0]!.cotes[i]!, titre: [titre] })) } as never
			]).premiere!.titres;
		expect(paired(long('leur logement'), long('leur copropriété'))).toContain(long('leur copropriété'));
		expect(paired(long('a'), long('a'))).toContain('écrite deux fois');
		const cut = paired(`Un ${'long '.repeat(30)}titre`, 'Court');
		expect(cut.indexOf('…')).toBeGreaterThan(70);
		expect(cut.length).toBeLessThan(150);
		const settled = pairs.map((p) => ({ ...p, decision: { aRevoir: false } as never }));
		expect(overlapsFirst(settled)).toMatchObject({
			dit: expect.stringMatching(/^Aucun à décider ici, \d+.décidés?$/),
			premiere: null
		});
		expect(overlapsFirst([])).toEqual({
			...{
				titre: 'Recoupements',
				dit: 'Aucune paire d’actions proposée ici',
				premiere: null,
				seconde: null,
				proche: null
			}
		});
		// Whose plan each action stands in is said; two pairs are both written.
		const [one, two] = [...of('recoupement', 2)].map((p, i) => ({ ...p, id: `${p.id}${i}` }));
		const told = overlapsFirst([one!, two!] as never);
		const [mine, other] = pairs[0]!.cotes.map((side) => side.plan);
		if (mine !== other) expect(told.premiere!.titres).toContain(`(${mine})`);
		expect(told.seconde?.ancre).not.toBe(told.premiere!.ancre);
		expect(overlapsFirst([one!] as never).seconde).toBeNull();
		// Nothing is proposed in the whole territory: what comes nearest is read, and said for what it is.
		const bare = overlapsFirst([], pairs.slice(0, 1));
		expect(bare.dit).toMatch(/la plus proche, sous le seuil\u00a0: $/);
		expect(bare.proche).toContain(pairs[0]!.cotes[0].titre.join('').slice(0, 30));
		expect(overlapsFirst(pairs, pairs).proche).toBeNull();
	});

	it('mène à la mesure elle-même, et pas seulement à la page de l’action', async () => {
		for (const q of quartiers) {
			const { aDemander } = quartierPage(await view(q), ref);
			if (!aDemander) continue;
			const ids = ref.financements.flatMap((f) => f.mesures.map((m) => `m-${m.id}`));
			expect(ids).toContain(aDemander.ancre);
		}
	});

	it('définit par le glossaire chaque mot que le premier écran ne peut pas éviter', async () => {
		const { mots } = quartierPage(await view(quartiers[0]!), ref);
		expect(mots.map((m) => m.id)).toEqual(['croisement', 'couverture', 'flecher', 'droit-commun', 'porteur']);
	});

	it('compte les mêmes actions à flécher dans la fiche, l’essai et les demandes, ou dit lesquelles ne sont pas lues', async () => {
		let told = 0;
		for (const quartier of quartiers) {
			const here = await view(quartier);
			const { aFlecher, demandes } = quartierPage(here, ref);
			const total = here.aFlecher.length;
			if (total > aFlecher.lignes.length) expect(aFlecher.toutes).toBe(`les ${total} actions à flécher`);
			const where = { territoire: DEMO, quartier };
			const tried = (await tryOut(db, ref, where, { ciblees: [], inventee: null }, LE))!;
			expect(
				tried.fleches
					.slice(0, total)
					.map((a) => a.action.action.id)
					.sort()
			).toEqual(here.aFlecher.map((a) => a.action.action.id).sort());
			// What is asked for is read of the first ones alone, and said so.
			if (demandes.titre.includes('à flécher')) expect(demandes.titre).toMatch(/premières? actions? à flécher/);
			const { page } = (await readRequests(db, ref, DEMO, { dispositif: null, annee: null, quartier }, LE))!;
			const read = new Set(page.aFlecher.map((l) => l.action)).size;
			const said = /Sur les (\d+) actions à flécher, (\d+) (?:est|sont) lues? ici/.exec(page.tri.join(' '));
			expect(said && [Number(said[1]), Number(said[2])]).toEqual(read === 0 || read === total ? null : [total, read]);
			told++;
		}
		expect(told).toBe(quartiers.length);
		expect(ofAllAims(22, 24)).toMatch(/^Sur les 24 actions à flécher, 22 sont lues ici/);
		expect(ofAllAims(24, 24)).toBe('');
	});

	it('dit d’inventer une action quand aucune des plans ne porte un croisement sans action, et seulement alors', async () => {
		for (const quartier of quartiers) {
			const { aInventer, reponses } = quartierPage(await view(quartier), ref);
			if (!reponses.groupes.some((g) => g.coverage === 'aucune')) expect(aInventer).toBeNull();
			else if (aInventer) expect(aInventer).toMatch(/^Imaginer une action pour l/);
		}
		const [croise] = (await view(quartiers[0]!)).croises;
		const croises = [{ ...croise!, coverage: 'aucune' as const }];
		const aim = (enjeu: string) => ({ lacunes: [{ enjeu }] }) as unknown as Aim;
		expect(leftToInvent({ croises, aFlecher: [aim('ailleurs')] })).toMatch(/^Imaginer une action pour l/);
		expect(leftToInvent({ croises, aFlecher: [aim(croise!.code)] })).toBeNull();
	});

	it('dit quel document importer quand un seul est lu et que des croisements sont sans action, et se tait quand deux le sont', () => {
		const lone = anAction({ document: 1, plan: 'pcaet', titre: 'Pistes cyclables', enjeuxDeclares: ['T05'] });
		const other = anAction({ document: 2, titre: 'Apaiser les rues', enjeuxDeclares: ['T05'] });
		const said = (...actions: (typeof lone)[]) => {
			const documents = actions.map(({ document, plan }) => ({
				...aDocument({ id: document as number, plan }),
				...{ fichier: `${plan}.xlsx`, importeLe: LE }
			}));
			const records = {
				territory: aTerritory(),
				quartiers: [aQuartier({ code: 'QNZZZ01N' })],
				documents,
				actions,
				decisions: []
			};
			const held = { ...records, correspondances: new Map(), indicateurs: [] };
			const { gaps } = crossTerritory(held, ref, compileLexicon(ref), LE).view;
			const croises = gaps.flatMap((g) => (g.regle === 'G01' ? [{ code: g.enjeu!, coverage: 'aucune' as const }] : []));
			expect(croises.length).toBeGreaterThan(0);
			const left = leftToConclude({ croises: croises as never, gaps });
			return left && [left.dit.replace(/\s/g, ' '), left.apporter];
		};
		expect(said(lone)).toEqual(['Un seul plan lu : apporter le contrat de ville signé', 'contrat-de-ville']);
		// The contract is the one that is read: the second plan is for people to choose.
		const contract = anAction({
			document: 3,
			plan: 'contrat-de-ville',
			titre: 'Cadre de vie',
			enjeuxDeclares: ['P01']
		});
		expect(said(contract)).toEqual(['Un seul plan lu : apporter un second document-cadre du territoire', null]);
		expect(said(lone, other)).toBeNull();
	});

	it('compte les actions à instruire et à compléter comme la page des demandes du quartier', async () => {
		let compared = 0;
		for (const quartier of quartiers) {
			const { titre } = quartierPage(await view(quartier), ref).demandes;
			const choice = { dispositif: null, annee: null, quartier };
			const { page } = (await readRequests(db, ref, DEMO, choice, LE))!;
			if (page.flecherDAbord || page.actions.length === 0) continue;
			const groups = byAction(page.actions);
			const ready = groups.filter(isReady).length;
			const figure = (words: RegExp, text: string) => Number(words.exec(text)?.[1] ?? 0);
			expect(figure(/(\d+)\sactions?\sà instruire/, titre)).toBe(ready);
			expect(figure(/(\d+)(?:\sactions?)?\sà compléter/, titre)).toBe(groups.length - ready);
			expect(figure(/^(\d+)/, page.ouverture)).toBe(ready || groups.length);
			compared++;
		}
		expect(compared).toBeGreaterThan(2);
	});

	it('mène au quartier suivant de la liste, du plus urgent au moins urgent, puis revient au premier', async () => {
		const all = (await crossedTerritory(db, ref, DEMO, LE))!.view.quartiers;
		const order = [...all].sort(byUrgency).map((s) => s.quartier);
		const first = order[0]!;
		let at = first.code as string;
		const seen = [at];
		expect(aroundByUrgency(all, at)!.precedent).toBeNull();
		for (let n = 1; n < order.length; n++) {
			seen.push((at = aroundByUrgency(all, at)!.suivant.code));
			// The way back is the same list.
			const { nom, code } = order[n - 1]!;
			expect(aroundByUrgency(all, at)!.precedent).toEqual({ code, dit: `Précédent : ${nom}` });
		}
		expect(seen).toEqual(order.map((q) => q.code));
		expect(aroundByUrgency(all, at)!.suivant).toEqual({ code: first.code, dit: `Le plus urgent : ${first.nom}` });
		expect(aroundByUrgency(all.slice(0, 1), all[0]!.quartier.code)).toBeNull();
		expect(aroundByUrgency(all, first.code)!.suivant.dit).toMatch(/^Suivant par urgence : /);
	});

	it('ne parle pas d’urgence quand aucun quartier n’a de lacune critique ni haute', async () => {
		const all = (await crossedTerritory(db, ref, DEMO, LE))!.view.quartiers;
		const calm = all.map((s) => ({ ...s, gaps: { ...s.gaps, critique: 0, haute: 0 } }));
		const [first, second] = [...calm].sort(byUrgency).map((s) => s.quartier);
		expect(aroundByUrgency(calm, first!.code)!.suivant.dit).toBe(`Suivant : ${second!.nom}`);
		const last = [...calm].sort(byUrgency).at(-1)!.quartier;
		expect(aroundByUrgency(calm, last.code)!.suivant.dit).toBe(`Premier de la liste : ${first!.nom}`);
	});

	it('à lacunes égales, met d’abord le quartier le plus peuplé, et à la fin celui dont la population n’est pas connue', () => {
		const gaps = { critique: 0, haute: 2, moyenne: 1, information: 0, opportunite: 0 };
		const said = [null, 1306, 11320].map((population) => ({ gaps, population, couvertures: answers() }));
		expect(said.sort(byUrgency).map((q) => q.population)).toEqual([11320, 1306, null]);
	});

	it('à lacunes égales, met avant la population les croisements sans action, puis ceux sans réponse structurante', () => {
		const gaps = { critique: 0, haute: 2, moyenne: 1, information: 0, opportunite: 0 };
		const said = [
			{ gaps, population: 9000, couvertures: answers({ structurante: 3, diffuse: 1 }) },
			{ gaps, population: 500, couvertures: answers({ structurante: 1, diffuse: 3 }) },
			{ gaps, population: 100, couvertures: answers({ structurante: 3, aucune: 1 }) },
			{ gaps, population: 9500, couvertures: answers({ structurante: 3, diffuse: 1 }) }
		];
		expect(said.sort(byUrgency).map((q) => q.population)).toEqual([100, 500, 9500, 9000]);
	});
});
