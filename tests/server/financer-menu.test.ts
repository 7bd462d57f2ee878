import { beforeAll, describe, expect, it } from 'vitest';
import { assess } from '../../src/lib/domain/rules/eligibility';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readRequests } from '../../src/lib/server/funding/read-requests';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { load } from '../../src/routes/territoires/[code]/actions/[id]/financement/+page.server';

const ref = loadReferentiel();
const LE = '2026-11-27';
const DEMO = 'ZZ0000001';

describe('La page « Financer » d’une action', () => {
	let db: Db;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
	}, 60_000);

	it('garde le menu de son territoire', async () => {
		const choice = { dispositif: null, annee: null, quartier: null };
		const { page } = (await readRequests(db, ref, DEMO, choice, LE))!;
		const event = {
			params: { code: DEMO, id: page.actions[0]!.action },
			locals: { db, today: LE },
			url: new URL('http://localhost/')
		};
		expect(await load(event as never)).toMatchObject({ territoire: { code: DEMO, fictif: true } });
	});
});

describe('Une action de tout le territoire', () => {
	const measure = ref.financements
		.flatMap((f) => f.mesures)
		.find((m) => m.forme === 'prêt et ingénierie' && /Quartiers 2030/.test(m.libelle))!;

	it('ne demande pas une offre des quartiers prioritaires sans dire qui en bénéficie', () => {
		const asked = (atteinte: 'diffuse' | 'cible') =>
			assess(measure, { enjeux: ['T05'], nature: 'N1', maitre_ouvrage: 'epci', atteinte }, LE).verdict;
		expect([asked('diffuse'), asked('cible')]).toEqual(['indetermine', 'a-instruire']);
	});
});
