import { isRedirect } from '@sveltejs/kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inForce } from '../../src/lib/server/db/decisions';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { actions } from '../../src/routes/territoires/[code]/[qpv]/+page.server';

/* A reach corrected on the page of a quartier: it is said kept, it can be undone there, and its reason is that of the person. */

const ref = loadReferentiel();
const ASOF = '2026-11-22';
const DEMO = 'ZZ0000001';

describe('corriger une atteinte depuis la page du quartier', () => {
	let db: Db;
	let qpv: string;
	let action: string;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
		const { placed } = (await crossedTerritory(db, ref, DEMO, ASOF))!;
		const one = placed.find((p) => p.reach.some((r) => r.niveau === 'explicite'))!;
		action = one.action.id;
		qpv = one.reach.find((r) => r.niveau === 'explicite')!.quartier;
	}, 60_000);
	afterAll(() => db.destroy());

	/** Where the page goes after the gesture, or what it refuses. */
	async function press(name: 'atteindre' | 'defaire' | 'corriger', search: string, said: Record<string, string>) {
		const form = new FormData();
		for (const [key, value] of Object.entries(said)) form.set(key, value);
		const url = new URL(`http://essai/territoires/${DEMO}/${qpv}${search}`);
		const event = {
			...{ url, params: { code: DEMO, qpv }, locals: { db, today: ASOF } },
			request: new Request(url, { method: 'POST', body: form }),
			cookies: { get: () => undefined, set: () => undefined }
		};
		try {
			return { refus: (await actions[name]!(event as never)) as never, vers: null };
		} catch (gone) {
			if (!isRedirect(gone)) throw gone;
			return { refus: null, vers: new URL(gone.location, url) };
		}
	}
	const level = async () => {
		const { placed } = (await crossedTerritory(db, ref, DEMO, ASOF))!;
		return placed.find((p) => p.action.id === action)!.reach.find((r) => r.quartier === qpv)!.niveau;
	};

	it('gardée, la page ouvre le degré où l’action est désormais, le dit et permet de l’annuler', async () => {
		const said = { action, niveau: 'probable', motif: 'Vu avec la ville', par: 'Camille' };
		const { vers } = await press('atteindre', '?case=T06.explicite', said);
		expect(vers!.searchParams.get('case')).toBe('T06.probable');
		expect(vers!.hash).toBe('#fait');
		const garde = Number(vers!.searchParams.get('garde'));
		expect(await inForce(db, DEMO, garde)).toBe(1);
		expect(await level()).toBe('probable');
		const undone = await press('defaire', '?case=T06.probable', { lot: String(garde), par: 'Camille' });
		expect(undone.vers!.searchParams.get('garde')).toBeNull();
		expect(await level()).toBe('explicite');
		expect(await inForce(db, DEMO, garde)).toBe(0);
	}, 60_000);

	it('sans motif écrit, rien n’est gardé, et ce qui était écrit revient', async () => {
		const { refus } = await press('atteindre', '?case=T06.explicite', {
			...{ action, niveau: 'probable', motif: '', par: 'Camille' }
		});
		expect(refus).toMatchObject({ status: 422, data: { par: 'Camille', refus: { champ: 'motif' } } });
		expect(await level()).toBe('explicite');
	}, 60_000);
});
