import { beforeAll, describe, expect, it } from 'vitest';
import type { Territory } from '../../src/lib/domain/territory';
import { open, type Db } from '../../src/lib/server/db/client';
import { saveQuartiers, saveTerritory } from '../../src/lib/server/db/territories';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { look, propose } from '../../src/routes/recherche/look.server';
import { GET } from '../../src/routes/recherche/suggestions/+server';
import { aQuartier, aTerritory, VERMOY } from '../fixtures/build';

const ref = loadReferentiel();
const ASOF = '2026-11-22';
const DEMO = 'ZZ0000001';
const plain = (text: string) => text.replace(/\s/g, ' ');

describe('ce qui est proposé pendant qu’on écrit', () => {
	let db: Db;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
	}, 60_000);

	const asked = (q: string, territoire: string | null = DEMO) =>
		new URLSearchParams({ q, ...(territoire && { territoire }) });
	const proposed = (q: string, territoire?: string | null) => propose(db, asked(q, territoire));
	const hrefs = async (q: string) => (await proposed(q)).groupes.flatMap((g) => g.choix.map((c) => c.href));

	it('tient dans l’ordre et les mots de la page de la recherche', async () => {
		for (const q of ['école', 'rénovation éner', 'hauts', 'fonds vert', 'T05', 'velo', 'renovaton']) {
			const page = (await look(db, asked(q))).found!;
			const { groupes, tout } = await proposed(q);
			const [of, on] = [
				groupes.flatMap((g) => g.choix.map((c) => c.titre.join(''))),
				page.groupes.flatMap((g) => g.hits.map((h) => h.entry.titre))
			];
			expect(of.length, q).toBeGreaterThan(0);
			expect(
				on.filter((titre) => of.includes(titre)),
				q
			).toEqual(of);
			expect(plain(tout!.nom), q).toContain(page.total < 2 ? 'la réponse' : String(page.total));
			expect(tout!.href).toBe(`/recherche?${new URLSearchParams({ territoire: DEMO, q })}`);
		}
	});

	it('parmi les lieux : ni action ni dispositif, et la même réponse que la page', async () => {
		const places = new URLSearchParams({ q: 'hauts', parmi: 'lieux' });
		const { groupes, tout } = await propose(db, places);
		expect(groupes.map((g) => g.nom)).toEqual(['Quartier', 'Commune']);
		expect(groupes[0]!.choix[0]!.href).toBe(`/territoires/${DEMO}/QNZZZ01F`);
		expect((await proposed('hauts', null)).groupes.length).toBeGreaterThan(groupes.length);
		expect(tout!.href).toBe('/recherche?parmi=lieux&q=hauts');
		expect((await propose(db, new URLSearchParams({ q: 'rénovation', parmi: 'lieux' }))).groupes).toEqual([]);
	});

	it('tient en huit lignes, et dit combien', async () => {
		const { groupes, annonce } = await proposed('quartier');
		expect(groupes.flatMap((g) => g.choix)).toHaveLength(8);
		expect(plain(annonce)).toBe('8 propositions');
		expect(plain((await proposed('annuler un import')).annonce)).toBe('1 proposition');
		expect((await proposed('xyzzyx')).annonce).toBe('Aucune proposition');
	});

	it.each([
		['qui appeler', '#quartiers'],
		['sans réponse', '/lacunes'],
		['non demandé', '/financement'],
		['recoupement', '/recoupements'],
		['doublons', '/recoupements'],
		['ajouter une action', '/actions/nouvelle'],
		['qui a décidé', '/decisions'],
		['carte', '/carte']
	])('une question en mots simples mène d’abord à la page qui y répond : « %s »', async (q, page) => {
		expect((await hrefs(q))[0]).toBe(`/territoires/${DEMO}${page}`);
	});

	it('mène aux pages communes aussi', async () => {
		for (const q of ['sauvegarde', 'annuler un import']) expect((await hrefs(q))[0], q).toBe('/imports/historique');
	});

	it('cherche ailleurs quand le territoire en main n’a rien, et le dit', async () => {
		const voisin = aTerritory({ code: 'ZZ0000002' as Territory['code'], nom: 'CC d’à côté', communes: [VERMOY] });
		await saveTerritory(db, voisin);
		await saveQuartiers(
			db,
			[aQuartier({ code: 'QNZZZ99F', nom: 'Le Bourg', communes: [VERMOY], epci: [voisin.code as never] })],
			{ source: 'essai', le: ASOF }
		);
		const { groupes, note } = await proposed('jules-verne', voisin.code);
		expect(note).toContain('Rien dans CC d’à côté');
		expect(groupes[0]!.choix[0]!.ou).toContain('Aubrelle');
		// A part of the words elsewhere is better than nothing here.
		const part = await proposed('jules-verne xyzzyx', voisin.code);
		expect(part.note).toContain('Rien dans CC d’à côté');
		expect(part.note).toContain('Rien ne tient tous ces mots');
		expect(part.groupes[0]!.choix[0]!.ou).toContain('Aubrelle');
	});

	it('refuse une question sans deux lettres, par une phrase', async () => {
		const answer = (query: string) =>
			GET({ locals: { db }, url: new URL(`http://x/recherche/suggestions${query}`) } as never);
		for (const query of ['', '?q=', '?q=a', '?q=%20%20', '?q=a%20%20!'])
			await expect(answer(query), query).rejects.toMatchObject({ status: 400, body: { message: /deux lettres/ } });
		expect((await answer('?q=te&territoire=inconnu')).status).toBe(200);
	});
});
