import { beforeAll, describe, expect, it } from 'vitest';
import { bestReach } from '../../src/lib/domain/crossing/coverage';
import { readyBrief, readyWords, stillAsked } from '../../src/lib/domain/funding/ready-words';
import { saidOf } from '../../src/lib/domain/funding/open-measures';
import { byAction } from '../../src/lib/domain/pages/by-action';
import { firstRequests } from '../../src/lib/domain/pages/first-requests';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import type { RequestsPage } from '../../src/lib/domain/pages/requests-page';
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
		expect(plain(readyWords(asked))).toBe('aucun critère connu ne manque ; coût à écrire, ouverture à vérifier');
		expect(readyBrief(asked)).toBe('à instruire (coût à écrire, ouverture à vérifier)');
		expect(stillAsked({ manque: [], partielle: true }, true)).toEqual(['conditions non toutes vérifiées']);
		expect(readyWords([])).toBe('aucun critère connu ne manque');
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
			expect(line.pretDit).toContain('coût à écrire');
			const [first] = firstRequests([line], [], LE);
			expect(first!.manque.toLocaleLowerCase('fr')).toContain(line.pretDit!.toLocaleLowerCase('fr'));
			expect(saidOf({ nom: line.mesuresNoms[0]!, ...line })).toContain('coût à écrire');
		}
	});

	it('dans un quartier, une action qui y arrive probablement demande ce que « Et si » lui ferait demander', async () => {
		let told = 0;
		for (const quartier of quartiers) {
			const { placed } = (await crossedTerritory(db, ref, DEMO, LE))!;
			const likely = placed.filter((p) => bestReach(p, [quartier]) === 'probable').map((p) => p.action.id);
			for (const own of byAction((await requests(quartier)).actions)) {
				const id = own[0]!.action;
				if (!likely.includes(id)) continue;
				const where = { territoire: DEMO, quartier };
				const tried = (await tryOut(db, ref, where, { ciblees: [id], inventee: null }, LE))!;
				const [etSi] = whatIfPage(tried, { code: quartier, nom: quartier }, ref).effet!.demandes;
				const here = own.slice(0, FEW).map(({ mesuresNoms, ...l }) => saidOf({ nom: mesuresNoms[0]!, ...l }));
				expect(etSi!.dit).toBe(here.join(' ; '));
				expect(own[0]!.portee).toContain('lue ici comme fléchée');
				told++;
			}
		}
		expect(told).toBeGreaterThan(0);
	});

	it('sans quartier, disent ce que flécher ajouterait aux trois premières, comme la page « Financer »', async () => {
		const groups = byAction(all.actions).filter((own) => own[0]!.ajout);
		expect(groups.length).toBeGreaterThan(0);
		for (const [first] of groups.slice(0, 5)) {
			const { page } = (await readFunding(db, ref, DEMO, first!.action, LE))!;
			const added = plain(first!.ajout!)
				.replace(/^.*? : |\.$/g, '')
				.split(/, | et /);
			expect(page.dAbord.flechee).toContain(added[0]!);
			expect(page.dAbord.premieres.join(' ')).not.toContain(added[0]!);
		}
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
